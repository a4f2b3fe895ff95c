"""Why a message about a stay waits as an exception, in plain words, and what to do about it."""

from __future__ import annotations

__all__ = ["ASKED", "FHIR_STAYS", "HL7", "IS_URGENT", "WHO"]

_CONNECTION = (
    "Nothing was done. Look in the hospital's own system how it stands with the patient, put it right here, and tell "
    "whoever looks after the connection."
)
_LOOK = "Look in the hospital's own system how it stands with the patient, put it right here, and set this aside."
_NOT_OURS = "Open the original, do by hand what it asks for, and set this aside."

HL7 = {
    "NOT-HL7": ("The message is not an HL7 v2 message", _CONNECTION),
    "BAD-SEPARATORS": ("The message cannot be read: its separators are not told apart", _CONNECTION),
    "SEVERAL-MESSAGES": ("Several messages came as one", _CONNECTION),
    "TOO-MANY-SEGMENTS": ("The message was refused for safety: it has more parts than any of its kind", _CONNECTION),
    "NOT-ADT": ("The message is not about a patient coming or going", _NOT_OURS),
    "EVENT-UNKNOWN": ("The message tells of something that is not done here by machine", _NOT_OURS),
    "NO-PID": ("The message does not say who the patient is", _CONNECTION),
    "NO-NAME-OR-NUMBER": ("The patient in the message has neither a number nor a name", _CONNECTION),
    "NO-FORMER-NUMBER": ("Two records are to be merged, and the message does not say which", _CONNECTION),
}
"""What to say beside the reader's own sentence, which goes to the sender."""
FHIR_STAYS = {
    "NOT-AN-ENCOUNTER": ("The message carries no stay", _NOT_OURS),
    "NO-ENCOUNTER": ("The message carries no stay", _NOT_OURS),
    "SEVERAL-ENCOUNTERS": ("The message carries several stays, and it is not clear which it is about", _LOOK),
}
_WHO = "Say below who it is, or that it is somebody new: then it is taken in."
_KEPT = "The message is kept and waits for a person here"
ASKED = {
    "who-is-this": (
        "Somebody on record is much like the patient in the message, and may be the same",
        _WHO,
        f"{_KEPT}: it is not certain who the patient is.",
    ),
    "nobody-named": ("The patient in the message has no name, and the number is not known here", _WHO,
                     f"{_KEPT}: the patient has no name and the number is not known."),
    "number-of-another": (
        "The number in the message belongs to somebody of another name",
        "Do not guess. Ask the hospital whose number it is. If the name has changed, correct it on the record and read "
        "the message again; else say below who it is. That the number is somebody else's, only a pharmacist may say.",
        f"{_KEPT}: the number is known here for somebody else.",
    ),
    "numbers-of-several": (
        "The numbers in the message belong to several people on record",
        "Two records here may be of one person, or the hospital has mixed two. Ask there, then say below who it is.",
        f"{_KEPT}: the numbers are known here for several people.",
    ),
    "stay-of-another": (
        "The visit in the message is known for another patient",
        "Do not guess. Ask the hospital whose visit it is. If the name was put right there, correct it on the record "
        "and read the message again, or say below that it is the patient of the visit; else put it right by hand and "
        "set this aside.",
        f"{_KEPT}: the visit is known here for somebody else.",
    ),
    "stay-goes-on": (
        "An admission was taken back, but later news of the stay had come before",
        _LOOK,
        f"{_KEPT}: later events of the visit are known.",
    ),
    "stay-cancelled": ("Something is told of a stay that was cancelled", _LOOK, f"{_KEPT}: the visit was cancelled."),
    "stay-finished": (
        "Somebody is said to be in hospital on a visit that has ended",
        "If they have come again, begin a new stay by hand; if they never left, cancel the discharge. Then set this "
        "aside.",
        f"{_KEPT}: the visit has ended.",
    ),
    "which-stay": (
        "Something is told of a stay without a number, and it is not clear which stay that is",
        _LOOK,
        f"{_KEPT}: the visit has no number and cannot be told from others.",
    ),
    "merge": (
        "The hospital has put two patient records together",
        "Look for both numbers here. If they are on two records, treat them as one person from now on: carry over "
        "allergies and medicines by hand. Then set this aside.",
        f"{_KEPT}: records are not merged by machine.",
    ),
}  # fmt: skip
"""Text, advice, and what the sender is told."""
WHO = frozenset({"who-is-this", "nobody-named", "numbers-of-several", "number-of-another", "stay-of-another"})
"""Where a person has to say who it is."""
IS_URGENT = frozenset({"merge", "number-of-another", "stay-of-another"})
"""What may put one patient's allergies on another's record."""

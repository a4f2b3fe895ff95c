"""Why a message waits as an exception, in plain words, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.interchange.fhir.warnings import REFUSALS as FHIR_REFUSALS
from tallman.interchange.hl7v2.warnings import REFUSALS as HL7_REFUSALS
from tallman.interchange.ncpdp_script.warnings import REFUSALS
from tallman.server.exchange.stay_reasons import ASKED, FHIR_STAYS, HL7, IS_URGENT

__all__ = ["REASONS", "Reason", "reason"]


@dataclass(frozen=True)
class Reason:
    """`text` and `advice` are for the pharmacy, `to_sender` and the SCRIPT code `error` for the answer.

    `is_urgent`: a patient may be harmed while it waits.
    """

    text: str
    advice: str
    to_sender: str
    error: str = "900"
    is_urgent: bool = False


_BROKEN = (
    "It broke on the way, or the sender's system made it so. Telephone the prescriber's office for the prescription "
    "and ask them to send it again. If it comes like this again, tell whoever looks after the connection."
)
_ADVICE = {
    "cancel-request": (
        "A prescriber asks to cancel a prescription",
        "Open the original, find that prescription and cancel it before it is handed over. Then set this aside.",
    ),
    "renewal-response": (
        "A prescriber answers a renewal request",
        "Open the original: if it is approved, enter the prescription by hand from it. Then set this aside.",
    ),
    "change-response": (
        "A prescriber answers a change request",
        "Open the original: if the change is approved, enter the prescription by hand from it. Then set this aside.",
    ),
    "unsupported-transaction": (
        "The message asks for something that is not done here by machine",
        "Open the original, do by hand what it asks for, and set this aside.",
    ),
    "answer-only": (
        "The message is an answer to something, not a prescription",
        "Open the original. If it reports an error, deal with that, then set this aside.",
    ),
    "no-transaction": ("The message is empty: it does not say what it is for", _BROKEN),
    "no-medicine": (
        "The prescription names no medicine",
        "Telephone the prescriber's office: they see it as not delivered and must send it again.",
    ),
    "several-medicines": (
        "The message carries several medicines where there may be one",
        "Telephone the prescriber's office and ask for one message for each, or enter each by hand from the original.",
    ),
    "animal": ("The prescription is for an animal", "Tell the prescriber's office that you cannot fill it here."),
    "not-xml": ("The message cannot be read: it is broken", _BROKEN),
    "not-script": ("The message is not a SCRIPT message", _BROKEN),
    "doctype": (
        "The message was refused for safety: it holds definitions that no prescription needs",
        "Do not act on it. Tell whoever looks after the connection, and telephone the sender for any prescription.",
    ),
    "too-deep": ("The message was refused for safety: it is built in a way no prescription needs", _BROKEN),
    "too-large": ("The message is too large to be a prescription", _BROKEN),
}
_URGENT = {"cancel-request"}
_TELEPHONE = "Do not guess. Telephone the prescriber's office for the prescription and ask them to send it rightly."
_FHIR = {
    "NOT-JSON": ("The message cannot be read: it is broken", _BROKEN),
    "IS-XML": ("The message is XML where JSON is read", "Tell whoever looks after the connection."),
    "TOO-DEEP": _ADVICE["too-deep"],
    "NOT-FHIR": ("The message is not a FHIR resource", _BROKEN),
    "NOT-AN-ORDER": (
        "The message carries no prescription",
        "Open the original, do by hand what it asks for, and set this aside.",
    ),
    "NO-ORDER": (
        "No prescription in the message is to be filled",
        "Open the original: if one was stopped or cancelled, act on that now. Then set this aside.",
    ),
    "NO-PATIENT": ("The message does not say whose prescription it is", _TELEPHONE),
    "PATIENT-UNREADABLE": ("The patient in the message cannot be read", _TELEPHONE),
    "SEVERAL-PATIENTS": ("The message mixes prescriptions of several patients", _TELEPHONE),
    "NOT-THE-PATIENT": ("A prescription in the message is for somebody who is not in it", _TELEPHONE),
    "ENTRY-UNREADABLE": ("A part of the message cannot be read, and it might be a prescription", _TELEPHONE),
    "TYPE-UNKNOWN": ("A part of the message is of no known kind, and it might be a prescription", _TELEPHONE),
    "BUNDLE-INSIDE": ("There is a message inside the message, and it might hold prescriptions", _TELEPHONE),
}
"""FHIR's own sentence goes to the sender."""

REASONS = {
    code: Reason(*_ADVICE[code], refusal.text, refusal.error, code in _URGENT) for code, refusal in REFUSALS.items()
}
REASONS |= {code: Reason(*words, FHIR_REFUSALS[code]) for code, words in (_FHIR | FHIR_STAYS).items()}
REASONS |= {code: Reason(*words, HL7_REFUSALS[code].text) for code, words in HL7.items()}
REASONS |= {code: Reason(*words, is_urgent=code in IS_URGENT) for code, words in ASKED.items()}
REASONS |= {
    "same-id-other-content": Reason(
        "A second message came under an id that was used before, with other content",
        "Compare the two originals. If this is a prescription of its own, take it in as well; if it replaces the "
        "first, telephone the prescriber's office to hear which one counts. Otherwise set it aside.",
        "This message id was used before for a message with other content. Send it with an id of its own.",
    ),
    "not-storable": Reason(
        "The message was read, but something in it does not fit where it belongs",
        "Enter the prescription by hand from the original, and tell whoever looks after this program.",
        "The message was read but could not be stored.",
        "602",
    ),
    "busy": Reason(
        "The message could not be kept",
        "Nothing: the sender was told to send it again.",
        "The message could not be received now and was not kept: send it again.",
        "600",
    ),
    "reader-failed": Reason(
        "Reading the message failed: that is a fault of this program",
        "Enter the prescription by hand from the original, and tell whoever looks after this program. "
        "After it is repaired, read the message again.",
        "The receiver failed to read the message. It is kept and will be looked at.",
        "602",
    ),
}


def reason(code: str) -> Reason:
    """The reason of a code; a code from another version of the program gets words of its own."""
    return REASONS.get(code) or Reason(f"The message could not be read ({code})", _BROKEN, "The message was not read.")

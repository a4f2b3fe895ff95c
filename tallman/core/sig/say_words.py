"""What is short in the words of a text, in full; and which of its notes a patient is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallman.core.sig.model import Sig

__all__ = ["advice_in_full", "in_full", "is_note", "lettered", "purpose_in_full", "told_words"]

_SHORT = {
    "hr": "hour", "hrs": "hours", "h": "hours", "min": "minutes", "mins": "minutes", "bm": "bowel movement",
    "bms": "bowel movements", "appt": "appointment", "appts": "appointments", "hd": "dialysis", "wk": "week",
    "wks": "weeks", "temp": "temperature", "fbs": "fasting blood sugar", "fsbg": "blood sugar",
    "fbg": "fasting blood sugar", "bg": "blood sugar",
    "bs": "blood sugar", "sx": "symptoms", "mo": "months", "mos": "months", "lbs": "pounds", "lb": "pounds",
    "sob": "shortness of breath", "b4": "before", "xcept": "except", "sev": "severe", "agit": "agitation", "surg": "surgery",
    "inc": "increase", "incr": "increase", "cp": "chest pain", "plt": "platelets", "bp": "blood pressure",
    "bt": "breakthrough", "sbp": "systolic blood pressure", "dbp": "diastolic blood pressure", "spo2": "oxygen level", "rr": "breathing rate",
    "hgb": "hemoglobin", "phos": "phosphorus",
}  # fmt: skip
_LETTERS = re.compile(
    r"(?<![\w/])(?:ems|pjp|adhd|copd|gerd|uti|dvt|hiv|ibs|ptsd|ocd|mrsa|bph|cpap|bipap|ivf|iui|er|tsh|psa|ml|mri|ct|inr|iv|egd|npo|rsv|map|abg|vbg|bmp|cmp|cbc|crp|rass|cpot|anc|wbc|mtx|ns|lr|icu|pacu|md|ciwa|cows|sbp|dbp|hr|bp|rr|bg|spo2)(?![\w/])",
    re.IGNORECASE,
)
"""What is known by its letters."""
_WORD = re.compile(r"(?<![\w/])[a-z][a-z\d]*(?![\w/])")
"""A word that stands for itself, and is no part of a measure ("mcg/min")."""
_BY_SIGN = re.compile(
    r"(?<!\d )(?<![\d/])\b(?:(hr)(?= (?:is |of |was )?(?:less|greater|more|lower|higher|below|above|under|over|at or)\b)|(hr|k|mg|na)(?= ?[<>\u2264\u2265]))"
)
_RATES = {"hr": "heart rate", "k": "potassium", "mg": "magnesium", "na": "sodium"}
_DEGREES = re.compile(r"(?<=\d)( ?)[cf]\b(?! \d)")
_FOR_SO_LONG = re.compile(r"(?<=[a-z]) x (?=\d+ (?:minutes?|hours?)\b)")
_MILK = re.compile(r"\bmom (?=(?:is |was )?(?:not |in)?(?:effective|working|fails|failed|helpful))")
"""Milk of magnesia by its letters, before what it did not do."""
_TO_MOUTH = re.compile(r"\bto po\b")
_GLUED = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(hrs?|h|mins?)\b")
_WITH = re.compile(r"(?<![\w/])w ?/ ?(?!o\b)(?=\w)")
_EVERY = re.compile(r"\bq ?(\d+(?:-\d+)?) ?(min|h|hrs?)\b")
_A_DAY = re.compile(r"\bbms?/d(?:ay)?\b")
_SIGN = re.compile(r" ?(<=|>=|[<>\u2264\u2265]) ?(?=\d)")
_LONGER = re.compile(r" ?([<>]) ?(?=\d+ ?(?:min|h|hr|hrs|hours?|d|days?|wks?|weeks?|mo|months?|y|yrs?|years?)\b)")
"""Longer or shorter than some time, which is not above or below it."""
_COMPARED = {"<": "below", ">": "above", "<=": "at most", ">=": "at least", "\u2264": "at most", "\u2265": "at least"}
_ONE = frozenset({"1", "one", "an"})
_NEVER_CAME = re.compile(r"^(no [a-z ]+) x (\d+ \w+)$")
_PREVENTED = re.compile(
    r"^(.*(?:thrombosis|embolism|clots?|strokes?|migraines?|headaches?|seizures?|ulcers?|malaria|influenza|endocarditis"
    r"|pneumonia|angina|gout|nausea|vomiting)) prophylaxis$"
)
_PARTS = (
    "face|groin|eyes?|eyelids?|mouth|lips|nose|genitals|genital area|armpits?|underarms?|neck|scalp|breasts?|hands|feet"
    "|skin folds|broken skin|open wounds"
)
_NOT_ON = re.compile(
    rf"^not (?:(?:on|in|to|near) )?(?:the )?((?:{_PARTS})(?:(?:, | or | and )(?:the )?(?:{_PARTS}))+)$"
)
_MEASURE = (
    r"(?:(?:systolic |diastolic )?blood pressure|heart rate|blood sugar|breathing rate|potassium|hemoglobin|phosphorus|inr"
    r"|anc)"
)
_HELD = re.compile(rf"^hold (?:(?:if|for) )?({_MEASURE}) (?=(?:below|above|at most|at least) \d)")
_HOLD = re.compile(
    r"^hold (?:this |the |your )?(?:medicine |medication |med |dose )?(?:if|when) (?!.*\b(?:and|&) (?:call|notify|contact)\b)"
)
_NUMBER_OF_PRESCRIBER = re.compile(r"x?[a-z]{2}\d{7}", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:pt|patient) (?:is )?stable|earliest fill|d/c\b(?!.*\b(?:if|when|once|after|upon|unless|until)\b)"
    r"(?! (?!prev|prior|order|old\b|home|date|summary|instr|plan|today|tomorrow|prescr|script)[a-z]{5,}\b)",
    re.IGNORECASE,
)
"""Notes to the pharmacy: that it goes on or ends another prescription, when it may be filled."""


def in_full(words: str) -> str:
    """The words of a text with the short ones in full: "1 hour before the dental appointment"."""
    said = _BY_SIGN.sub(
        lambda found: _RATES[found[1] or found[2]], words.replace("w/in ", "within ").replace("d/c ", "stop ")
    )
    said = _WITH.sub("with ", _TO_MOUTH.sub("to the oral form", _MILK.sub("MOM ", said)))
    said = _LONGER.sub(lambda found: " more than " if found[1] == ">" else " less than ", said)
    said = _SIGN.sub(lambda found: f" {_COMPARED[found[1]]} ", said)
    said = _A_DAY.sub("bowel movements a day", _EVERY.sub(_spaced, _GLUED.sub(r"\1 \2", said)))
    said = " ".join(_counted(_WORD.sub(_long, said).split()))
    return _FOR_SO_LONG.sub(" for ", _NEVER_CAME.sub(r"\1 in \2", said))


def lettered(text: str) -> str:
    """The text with its letters in capitals, where they are no word: "titrate to MAP above 65", "with the MRI"."""
    said = _LETTERS.sub(lambda found: "mL" if found[0].lower() == "ml" else found[0].upper(), text)
    return _DEGREES.sub(lambda found: found[0].upper(), said)


def _long(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], found[0])


def _spaced(found: re.Match[str]) -> str:
    return f"every {found[1].replace('-', ' to ')} {found[2]}"


def _counted(words: list[str]) -> Iterator[str]:
    """The words with hours and minutes one where they are, and hours several where they are."""
    for before, word in zip(["", *words], words, strict=False):
        bare, end = (word[:-1], ",") if word.endswith(",") else (word, "")
        if bare in ("hours", "minutes") and before in _ONE:
            yield f"{bare[:-1]}{end}"
        else:
            yield f"hours{end}" if bare == "hour" and before.isdigit() and before not in _ONE else word


def purpose_in_full(words: str) -> str:
    """What it is for: "to prevent deep vein thrombosis"."""
    return _PREVENTED.sub(r"to prevent \1", in_full(words))


def advice_in_full(words: str, *, is_taken: bool = False) -> str:
    """A piece of advice in words that stand by themselves: "do not use on the face or groin"; "hold if dizzy" of what
    `is_taken` as a patient understands it."""
    said = _NOT_ON.sub(r"do not use on the \1", in_full(words.rstrip(" ,;" if "(" in words else " ,;)")))
    said = _HELD.sub(r"hold if \1 is ", said)
    return _HOLD.sub("do not take if ", said) if is_taken else said


def is_note(words: str) -> bool:
    """Whether the words tell a patient nothing: the number of a prescriber."""
    return _NUMBER_OF_PRESCRIBER.fullmatch(words) is not None


def told_words(sig: Sig) -> list[str]:
    """The words of the text that the patient must hear as they stand; not what was meant for the pharmacy."""
    words = (" ".join(sig.text[begun:end].strip(" ,;.-()*").split()) for begun, end in sig.told)
    return [said for said in words if said and not _NOTE.match(said)]

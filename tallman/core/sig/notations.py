"""Error-prone ways of writing, found in the text as it stands (our own wording; ISMP and Joint Commission warn of them)."""

from __future__ import annotations

import re

from tallman.core.sig.model import Notation

__all__ = ["notations"]

_KINDS: list[tuple[str, str, str, str]] = [
    ("unit-u", r"(?<![A-Za-z])(?:\d\s?)?U(?![A-Za-z])|(?<=\d)\s?u(?![a-z])", "U reads as 0, 4 or cc", "units"),
    ("unit-iu", r"(?<![A-Za-z])[Ii]\.?[Uu]\.?(?![A-Za-z])", "IU reads as IV or 10", "units"),
    ("daily-qd", r"(?<![A-Za-z])[Qq]\.?[Dd]\.?(?![A-Za-z])", "QD reads as QID", "daily"),
    ("every-other-day-qod", r"(?<![A-Za-z])[Qq]\.?[Oo]\.?[Dd]\.?(?![A-Za-z])", "QOD reads as QD or QID", "every other day"),
    ("morphine-ms", r"(?<![A-Za-z])(?:MS|MSO4|MgSO4)(?![A-Za-z0-9])", "morphine and magnesium sulfate are confused", "the full name"),
    ("trailing-zero", r"\d+\.0+(?!\d)", "the point is missed: ten times the dose", "no zero after the point"),
    ("naked-decimal", r"(?<![\d.])(?<!\w)\.\d+", "the point is missed: ten times the dose", "a zero before the point"),
    ("microgram-ug", r"(?<![A-Za-z])(?:[µμ]g|ug)(?![A-Za-z])", "reads as mg: a thousand times the dose", "mcg"),
    ("volume-cc", r"(?<![A-Za-z])[Cc][Cc](?:s)?(?![A-Za-z])", "cc reads as U or 00", "mL"),
    ("bedtime-hs", r"(?<![A-Za-z])(?:[Qq]\.?)?[Hh]\.?[Ss]\.?(?![A-Za-z])", "HS reads as half strength or every hour", "at bedtime"),
    ("three-a-week-tiw", r"(?<![A-Za-z])[Tt]\.?[Ii]\.?[Ww]\.?(?![A-Za-z])", "TIW reads as three times a day", "3 times a week"),
    ("two-a-week-biw", r"(?<![A-Za-z])[Bb]\.?[Ii]\.?[Ww]\.?(?![A-Za-z])", "BIW reads as twice a day or every two weeks", "2 times a week"),
    ("subcutaneous-sc", r"(?<![A-Za-z])(?:SC|SQ|sc|sq|[Ss]ub ?[Qq])(?![A-Za-z])", "SC reads as SL; SQ as 5 every", "subcutaneously"),
    ("eye-od", r"(?<![A-Za-z])(?:OD|OS|OU|od|os|ou|o\.d\.|o\.s\.|o\.u\.)(?![A-Za-z])", "eye and ear letters are mixed up; OD reads as once daily",
     "right eye, left eye, both eyes"),
    ("ear-ad", r"(?<![A-Za-z])(?:AD|AS|AU|ad|au|a\.d\.|a\.s\.|a\.u\.)(?![A-Za-z])", "ear and eye letters are mixed up", "right ear, left ear, both ears"),
    ("discharge-dc", r"(?<![A-Za-z])[Dd]/[Cc](?![A-Za-z])", "discharge and discontinue are confused", "discontinue or discharge"),
    ("slide-ssi", r"(?<![A-Za-z])SSR?I(?![A-Za-z])", "SSI reads as an antidepressant class", "sliding scale insulin"),
    ("half-ss", r"(?<![A-Za-z])ss(?![A-Za-z])", "ss reads as 55 or sliding scale", "one-half"),
    ("apothecary-sign", r"[ʒ℥♏]", "apothecary signs are misread", "metric units"),
    ("slash-per", r"(?<=\d)/(?=\d{2,}\b(?!/))", "a slash reads as 1", "per"),
    ("household-spoon", r"(?<![A-Za-z])(?:tea|table)spoon(?:ful)?s?(?![A-Za-z])|(?<![A-Za-z])t(?:b)?sps?(?![A-Za-z])",
     "household spoons differ in size", "mL"),
    ("large-number", r"(?<![\d,.])\d{4,}(?![\d,])(?=\s?(?:units?|U|mg|mcg)\b)", "a long number without commas is misread", "commas at the thousands"),
]  # fmt: skip
_ANY = [(code, re.compile(pattern), hazard, safer) for code, pattern, hazard, safer in _KINDS]
_QUICK = re.compile(r"[A-Zµμʒ℥♏.]|\d\s?u\b|[iqdhcst]", re.IGNORECASE)


def notations(text: str) -> tuple[Notation, ...]:
    """The error-prone notations in `text`, in order of place."""
    found = [
        Notation(code, m.span(), m[0], hazard, safer)
        for code, pattern, hazard, safer in _ANY
        for m in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda n: n.span)) if found else ()

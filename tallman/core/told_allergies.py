"""What a problem list tells of allergies: "Allergy status to penicillin", "sulfa allergy", or a code such as Z88.0."""

from __future__ import annotations

import re

from tallman.core.allergies import read_allergies
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy, Condition, Patient

__all__ = ["allergies_told", "tells_an_allergy"]

_BY_CODE = {
    "Z880": "penicillin", "Z882": "sulfonamides", "Z884": "anesthetics", "Z885": "narcotics", "Z91010": "peanut",
    "Z91012": "egg", "Z91040": "latex", "Z91041": "iodinated contrast",
}  # fmt: skip
"""ICD-10-CM, allergy status: the codes that name one substance or group."""
_BEFORE = r"^\W*(?:(?:h/o|hx|history|known|severe|confirmed|documented|drug|medication|personal)\b\s*(?:of\s+|:\s*)?)*"
_SHAPES = (
    re.compile(
        rf"{_BEFORE}(?:allerg(?:y|ies|ic)(?:\s+(?:status|reaction|disposition))?\s*(?:to\b|:|-))\s*(?P<by>.+)", re.I
    ),
    re.compile(
        rf"{_BEFORE}(?P<by>(?!food)\w[\w/&. -]{{1,40}}?)[\s-]+allerg(?:y|ies)\b(?:\s+status)?(?P<said>.*)", re.I
    ),
)
_NOT_TOLD = re.compile(
    r"\b(?:no|not|denies|denied|without|never|negative|unlikely|excluded|ruled\s+out|r/o|family|mother|father|sister|"
    r"brother|test\w*|de-?label\w*|removed|resolved|outgrew|outgrown|tolerates?|tolerated|desensiti[sz]\w+)\b",
    re.I,
)
_KIND = re.compile(r"\s*\((?:disorder|finding|situation)\)", re.I)


def allergies_told(patient: Patient, knowledge: Knowledge) -> tuple[Allergy, ...]:
    """The allergies of which active problems tell and the list of allergies, which knows more of them, does not.

    What cannot be read as a medicine or a group is left to the list of problems.
    """
    told = [a for c in patient.conditions if c.active for a in _told(c, knowledge)]
    known = {of for a in patient.allergies or () for of in _of(a)}
    return tuple({_of(a): a for a in told if known.isdisjoint(_of(a))}.values())


def _of(allergy: Allergy) -> tuple[str, ...]:
    return (*(i.name for i in allergy.ingredients), *allergy.groups)


def tells_an_allergy(condition: Condition, knowledge: Knowledge) -> bool:
    """Whether a problem is an allergy that the check of allergies reads."""
    return bool(_told(condition, knowledge))


def _told(condition: Condition, knowledge: Knowledge) -> tuple[Allergy, ...]:
    words = _words(condition)
    read = read_allergies(words, knowledge) if words else ()
    return tuple(a for a in read if a.ingredients or a.groups)


def _words(condition: Condition) -> str:
    """The substance, with what is said of the reaction; empty when the problem is none, or is denied."""
    text = _KIND.sub("", condition.text)
    if _NOT_TOLD.search(text):
        return ""
    for shape in _SHAPES:
        if found := shape.match(text):
            return found["by"] + (found.groupdict().get("said") or "")
    return _BY_CODE.get(condition.code or "", "")

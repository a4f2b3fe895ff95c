"""What a problem list tells of allergies ("Allergy status to penicillin", "sulfa allergy", or a code such as Z88.0),
what the note of an order tells ("pt is allergic to PCN"), and what of a list of allergies tells of none."""

from __future__ import annotations

import re
from dataclasses import replace

from tallman.core.allergies import reaction_class, read_allergies
from tallman.core.allergy_framing import says_unknown
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy, Condition, Patient

__all__ = ["allergies_noted", "allergies_told", "tells_an_allergy", "without_unknown_allergies"]

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
_NOTED = (
    re.compile(
        r"\b(?P<reaction>allergic|allergy|anaphyla\w+|hypersensitiv\w+)(?:\s+reaction)?\s+(?:to|with)\s+(?P<by>[^,;]+)",
        re.I,
    ),
    re.compile(r"^\W*(?:(?:pt|patient|known|drug|medication)\W+)*allerg(?:y|ies)\s*:\s*(?P<by>.+)", re.I),
    re.compile(r"(?P<by>[\w/-]{3,}(?:\s[\w/-]+)?)\s+allergy\b(?P<said>[^,;]*)", re.I),
)
_BEFORE_A_NAME = re.compile(
    r"^(?:(?:pt|patient|she|he|has|have|with|had|of|hx|history|known|severe|an?|the|due|to|given|note|reports?|true)\s+)+",
    re.I,
)
_KNOWN_OF = re.compile(
    r"\b(?:challenge|graded|evaluat\w*|clinic|shots?|season\w*|nkda|aware|ok(?:ay)?|acknowledg\w*|discussed|approved|"
    r"cleared|despite|instead)\b",
    re.I,
)
"""Words by which whoever wrote the note knew of the allergy."""
_ASKS = re.compile(r"\b(?:if|unless|in case|ask|verify|check|confirm|clarify|any)\b|\bfor\s+(?:an?\s+)?$", re.I)
"""Words before it by which a note asks, or tells what a medicine is for."""
_NOT_ITSELF = re.compile(r"\b(?:generics?|dyes?|fillers?|inactive|preservatives?|brand|manufacturer)\b", re.I)
"""What is in a product beside the medicine, and may be in another's."""
_SENTENCE = re.compile(r"\.(?!\d)\s*|[;\n]\s*")
_KIND = re.compile(r"\s*\((?:disorder|finding|situation)\)", re.I)


def allergies_told(patient: Patient, knowledge: Knowledge) -> tuple[Allergy, ...]:
    """The allergies of which active problems tell and the list of allergies, which knows more of them, does not.

    What cannot be read as a medicine or a group is left to the list of problems.
    """
    told = [a for c in patient.conditions if c.active for a in _told(c, knowledge)]
    known = {of for a in patient.allergies or () for of in _of(a)}
    return tuple({_of(a): a for a in told if known.isdisjoint(_of(a))}.values())


def allergies_noted(patient: Patient, note: str, knowledge: Knowledge) -> tuple[Allergy, ...]:
    """The allergies that the note of an order tells plainly and the list of allergies does not know."""
    if not re.search(r"allerg|anaphyla|hypersensitiv", note, re.IGNORECASE) or _KNOWN_OF.search(note):
        return ()
    told = [a for sentence in _SENTENCE.split(note) for a in _noted_in(sentence, knowledge)]
    known = {of for a in patient.allergies or () for of in _of(a)}
    return tuple({_of(a): a for a in told if known.isdisjoint(_of(a))}.values())


def _noted_in(sentence: str, knowledge: Knowledge) -> tuple[Allergy, ...]:
    found = next((m for shape in _NOTED if (m := shape.search(sentence))), None)
    if found is None or _NOT_TOLD.search(sentence) or "?" in sentence:
        return ()
    if _ASKS.search(sentence[: found.start()]) or _NOT_ITSELF.search(found["by"]):
        return ()
    words = _BEFORE_A_NAME.sub("", found["by"]) + (found.groupdict().get("said") or "")
    how = found.groupdict().get("reaction") or ""
    reaction = how if reaction_class(how) == "severe" else ""
    rest = sentence[found.end() :].strip(" ,;-")
    if not reaction and reaction_class(rest) != "unknown":
        reaction = rest
    read = read_allergies(words, knowledge, reaction)
    return tuple(a for a in read if a.ingredients or a.groups)


def without_unknown_allergies(patient: Patient) -> Patient:
    """The patient without entries that only say that nobody knows; where there are no others, nobody has asked. What is
    unknown and has done harm stands."""
    kept = tuple(
        a for a in patient.allergies or () if a.is_read or a.reaction or a.severity or not says_unknown(a.substance)
    )
    return patient if len(kept) == len(patient.allergies or ()) else replace(patient, allergies=kept or None)


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

"""What an ADT message tells beside the visit: allergies (AL1, IAM), diagnoses (DG1) and measurements (OBX)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tallman.core.allergies import is_no_known_allergies, is_none_of_another_kind
from tallman.core.codes import CodeError, icd10
from tallman.core.patient import Condition, Observation
from tallman.core.received import Code, ReceivedAllergy
from tallman.interchange.hl7v2.message import Message, Part, Segment
from tallman.interchange.hl7v2.times import day_of

__all__ = ["allergies_of", "observations_of", "problems_of"]

_SEVERITIES = {
    "SV": "severe", "SEV": "severe", "SEVERE": "severe", "MO": "moderate", "MOD": "moderate", "MODERATE": "moderate",
    "MI": "mild", "MILD": "mild",
}  # fmt: skip
"""HL7 table 0128; U is unknown."""
_SYSTEMS = {
    "RXNORM": "rxnorm", "RXN": "rxnorm", "NDC": "ndc", "UNII": "unii", "SCT": "snomed", "SNM": "snomed",
    "SNOMED": "snomed", "SNOMEDCT": "snomed", "SNOMED-CT": "snomed", "LN": "loinc", "LOINC": "loinc", "I10": "icd10",
    "I10C": "icd10", "ICD10": "icd10", "ICD-10": "icd10", "ICD10CM": "icd10", "ICD-10-CM": "icd10", "I9": "icd9",
    "I9C": "icd9", "ICD9": "icd9",
}  # fmt: skip
"""HL7 table 0396, and what is written instead."""
_WITHDRAWN, _KNOWN_ACTIONS = ("D",), ("A", "U", "X", "D", "")
_NO_ALLERGY = ("I", "E")
"""Table 0438: confirmed but inactive, erroneous. Doubted, suspected and pending ones count."""
_NUMBER = re.compile(r"[<>]?=?\s*(\d{1,7}(?:\.\d{1,4})?)", re.ASCII)
_NORMAL = re.compile(r"(?:\d+(?:\.\d+)? ?- ?|<=? ?)(\d+(?:\.\d+)?)")
"""What is normal: "7-56", "<50"."""
_ICD10_SHAPE = re.compile(r"[A-UW-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}", re.ASCII)
"""What no other system's codes look like; ICD-9 has codes with a V."""
_VOID = ("D", "W", "X")
"""Table 0085: results deleted, posted wrongly, not obtained."""


def allergies_of(message: Message) -> tuple[tuple[ReceivedAllergy, ...], bool]:
    """The allergies that hold, and whether the sender says that none are known."""
    found: list[ReceivedAllergy] = []
    says_none = False
    for segment in message.all("AL1", "IAM"):
        allergy = _allergy(segment)
        if allergy is None or _is_withdrawn(segment):
            continue
        if is_no_known_allergies(allergy.substance):
            says_none = True
        elif not is_none_of_another_kind(allergy.substance):
            found.append(allergy)
    return tuple(dict.fromkeys(found)), says_none and not found


def _allergy(segment: Segment) -> ReceivedAllergy | None:
    coded = segment.part(3)
    codes = _codes(coded)
    words = coded.text(2) or coded.text(5) or coded.text(9)
    if not words and not codes:
        if not coded.is_deleted:
            segment.warn("SUBSTANCE-MISSING", 3)
        return None
    said = segment.text(4).upper()
    severity = _SEVERITIES.get(said) or _SEVERITIES.get(segment.text(4, 2).upper(), "")
    reactions = (p.text(2) or p.text(1) for p in segment.parts(5))
    # A code that stands alone is often the word itself: AL1-3 "PENICILLIN".
    substance = words or (codes[0].code if not codes[0].system else f"{codes[0].system} {codes[0].code}")
    return ReceivedAllergy(substance, ", ".join(dict.fromkeys(filter(None, reactions))), severity, codes)


def _is_withdrawn(segment: Segment) -> bool:
    if segment.name != "IAM":
        return False
    action, status = segment.text(6).upper(), segment.text(17).upper()
    if action not in _KNOWN_ACTIONS:
        segment.warn("STATUS-UNKNOWN", 6)
    return action in _WITHDRAWN or status in _NO_ALLERGY


def problems_of(message: Message) -> tuple[Condition, ...]:
    """The diagnoses: by ICD-10-CM code where the sender says it is one, in words otherwise."""
    return tuple(dict.fromkeys(c for s in message.all("DG1") for c in _problem(s)))


def _problem(segment: Segment) -> Iterator[Condition]:
    if segment.text(21).upper() in _WITHDRAWN:
        return
    coded = segment.part(3)
    codes = _codes(coded)
    words = coded.text(2) or segment.text(4) or coded.text(5) or coded.text(9)
    method = _SYSTEMS.get(segment.text(2).upper(), "")
    sent = next((c.code for c in codes if (c.system or method or _by_shape(c.code)) == "icd10"), "")
    snomed = next((c.code for c in codes if c.system == "snomed"), "")
    code = _icd10(sent)
    if sent and code is None:
        segment.warn("CODE-MALFORMED", 3)
    text = words or ("" if code else coded.text(1))
    if code or text:
        yield Condition(code, text, onset=day_of(segment.part(5)), snomed=snomed)


def _by_shape(code: str) -> str:
    return "icd10" if _ICD10_SHAPE.fullmatch(code) else ""


def _icd10(text: str) -> str | None:
    try:
        return icd10.parse(text).code if text else None
    except CodeError:
        return None


def observations_of(message: Message) -> tuple[Observation, ...]:
    """Measurements and answers with a LOINC code: weight, height, creatinine. The rest stays in the original."""
    return tuple(dict.fromkeys(o for s in message.all("OBX") for o in _observation(s)))


def _observation(segment: Segment) -> Iterator[Observation]:
    loinc = next((c.code for c in _codes(segment.part(3)) if c.system == "loinc"), "")
    if not loinc or segment.text(11).upper() in _VOID:
        return
    on, unit = day_of(segment.part(14)), segment.text(6) or None
    value = segment.part(5)
    if segment.text(2).upper() in ("NM", "SN"):
        number = _NUMBER.fullmatch(value.text(2) if segment.text(2).upper() == "SN" else value.text())
        if number:
            normal = _NORMAL.fullmatch(segment.text(7).strip())
            yield Observation(loinc, on, Decimal(number[1]), unit, None, Decimal(normal[1]) if normal else None)
        else:
            segment.warn("VALUE-UNREADABLE", 5)
    elif text := value.text(2) or value.text(1):
        yield Observation(loinc, on, text=text)


def _codes(part: Part) -> tuple[Code, ...]:
    """Code, words and system of a CE or CWE, and the alternate beside them. `system` is empty where none is known."""
    found = []
    for at in (1, 4):
        code, named = part.text(at), part.text(at + 2).upper()
        if code:
            found.append(Code(_SYSTEMS.get(named, named.lower()), code, part.text(at + 1)))
    return tuple(found)

"""Conditions and reasons: ICD-10-CM codes without their dot, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tallman.core import patient as core
from tallman.core.codes import CodeError
from tallman.core.codes import icd10 as icd
from tallman.core.received import Code
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept, Reference
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.encounter_resources import Encounter
from tallman.interchange.fhir.resources import Condition, FamilyMemberHistory, Procedure
from tallman.interchange.fhir.systems import codes_in, codes_of

__all__ = ["diagnoses_of", "family_of", "problems_of", "procedures_of", "reasons_in_words", "reasons_of_stay"]

_PAST = ("inactive", "remission", "resolved")
_NOT_DONE = ("entered-in-error", "not-done", "preparation", "stopped", "on-hold")
_WITHDRAWN = ("refuted", "entered-in-error")
_NO_STAY, _STAY_OVER = ("cancelled", "entered-in-error"), ("finished",)
UNREAD = "an unreadable problem"


def problems_of(contents: Contents, held: Held, on: date) -> Iterator[core.Condition]:
    """A Condition, once for each of its ICD-10-CM codes; by its text and SNOMED CT code when it has none. One of which
    nothing can be read stands as a problem in words that nobody understands."""
    condition = contents.read(held, Condition)
    if _has(condition.verification_status, _WITHDRAWN):
        return
    text = next(iter(condition.code.texts()), "")
    active = not _has(condition.clinical_status, _PAST) and not _is_over(condition, on)
    codes = _icd10(contents, condition.code, f"{held.where}.code")
    if not codes:
        contents.warn("CODE-UNKNOWN", f"{held.where}.code")
    snomed = next((c.code for c in codes_in("snomed", condition.code)), "")
    text = text or ("" if codes else _named_by_code(condition.code))
    for code in codes or (None,):
        onset = exact_day(condition.onset_date_time)
        yield core.Condition(code.code if code else None, text, active, onset, snomed, also=_beside(condition.code))


def _is_over(condition: Condition, on: date) -> bool:
    """Whether it has ended by its own day, or is said to have; a day to come is no end yet."""
    said = condition.abatement_date_time or condition.abatement_period.end
    ended = exact_day(said)
    told = condition.abatement_string.strip() or condition.abatement_age or condition.abatement_boolean
    return bool(told) or (bool(said) and (ended is None or ended <= on))


def _beside(concept: CodeableConcept) -> tuple[str, ...]:
    """The names beside the first."""
    return concept.texts()[1:]


def _named_by_code(concept: CodeableConcept) -> str:
    """What stands for a problem without words: its code, else that nothing could be read."""
    known = {"snomed": "SNOMED CT", "icd10": "ICD-10-CM"}
    return next((f"{known.get(c.system, 'code')} {c.code}" for c in codes_of(concept)), UNREAD)


def reasons_of_stay(contents: Contents, held: Held) -> Iterator[core.Condition]:
    """What somebody is in the house for: of a stay that is over it is the past."""
    stay = contents.read(held, Encounter)
    status = stay.status.strip().lower()
    if status in _NO_STAY:
        return
    for index, concept in enumerate(stay.reason_code):
        text = next(iter(concept.texts()), "")
        snomed = next((c.code for c in codes_in("snomed", concept)), "")
        for code in _icd10(contents, concept, f"{held.where}.reasonCode[{index}]") or (None,):
            found = core.Condition(code.code if code else None, text, status not in _STAY_OVER, None, snomed)
            yield replace(found, where="the reason of a stay or visit")


def procedures_of(contents: Contents, held: Held) -> Iterator[core.Condition]:
    """What was done, in words: a pacemaker, a transplant and a womb that is gone matter as conditions do."""
    procedure = contents.read(held, Procedure)
    if procedure.status.strip() in _NOT_DONE:
        return
    day = exact_day(procedure.performed_date_time or procedure.performed_period.start)
    text = next(iter(procedure.code.texts()), "")
    snomed = next((c.code for c in codes_in("snomed", procedure.code)), "")
    yield core.Condition(None, text, True, day, snomed, where="among the procedures")


def family_of(contents: Contents, held: Held) -> Iterator[core.Condition]:
    """The illnesses of relatives, said as such: few rules ask for them."""
    history = contents.read(held, FamilyMemberHistory)
    if history.status.strip() == "entered-in-error":
        return
    for condition in history.condition:
        for text in condition.code.texts()[:1]:
            yield core.Condition(None, f"family history of {text}", where="in the family history")


def diagnoses_of(
    contents: Contents, held: Held, reasons: tuple[CodeableConcept, ...], references: tuple[Reference, ...]
) -> tuple[Code, ...]:
    """The reasons of an order, as codes or as Conditions it points at; the ICD-10-CM codes of them."""
    found = [c for i, r in enumerate(reasons) for c in _icd10(contents, r, f"{held.where}.reasonCode[{i}]")]
    for index, reference in enumerate(references):
        where = f"{held.where}.reasonReference[{index}]"
        target = contents.find(reference, held)
        if target is None:
            contents.warn("REFERENCE-UNKNOWN", where)
        elif target.kind == "Condition":
            found += _icd10(contents, contents.read(target, Condition).code, f"{target.where}.code")
    return tuple(dict.fromkeys(found))


def reasons_in_words(
    contents: Contents, held: Held, reasons: tuple[CodeableConcept, ...], references: tuple[Reference, ...]
) -> tuple[core.Condition, ...]:
    """The reasons of an order that come without an ICD-10-CM code: by their words and SNOMED CT codes."""
    pointed = (contents.find(r, held) for r in references)
    concepts = (*reasons, *(contents.read(p, Condition).code for p in pointed if p and p.kind == "Condition"))
    return tuple(
        core.Condition(
            None, next(iter(c.texts()), ""), snomed=next((s.code for s in codes_in("snomed", c)), ""), also=_beside(c)
        )
        for c in concepts
        if not codes_in("icd10", c)
    )


def _icd10(contents: Contents, concept: CodeableConcept, where: str) -> list[Code]:
    found = []
    for sent in codes_in("icd10", concept):
        try:
            found.append(Code("icd10", icd.parse(sent.code).code, sent.display))
        except CodeError:
            contents.warn("CODE-MALFORMED", where)
    return found


def _has(status: CodeableConcept, codes: tuple[str, ...]) -> bool:
    said = [c.code for c in status.coding if c.code] or list(status.texts())
    return any("-".join(word.lower().split()) in codes for word in said)

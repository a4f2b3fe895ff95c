"""A MedicationRequest as a received prescription; statements and dispensed medicines in the same shape."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.received import ReceivedPrescription, ReceivedQuantity
from tallman.interchange.fhir.contents import Contents, Held, tail
from tallman.interchange.fhir.datatypes import Annotation, CodeableConcept, Dosage, Quantity, Reference
from tallman.interchange.fhir.dates import day_of, days_of
from tallman.interchange.fhir.directions import differs, directions
from tallman.interchange.fhir.medicines import medicine_of
from tallman.interchange.fhir.people import prescriber_of
from tallman.interchange.fhir.problems import diagnoses_of, reasons_in_words
from tallman.interchange.fhir.resources import (
    MedicationAdministration,
    MedicationDispense,
    MedicationRequest,
    MedicationStatement,
    Substitution,
)
from tallman.interchange.fhir.units import unit_of, words_of

__all__ = ["administered", "dispensed", "prescription", "stated"]

_SETTINGS = ("inpatient", "outpatient", "community")
_URGENT = ("urgent", "asap", "stat")
_NO_SUBSTITUTION = ("N", "NONE")


def prescription(contents: Contents, held: Held) -> ReceivedPrescription:
    """A MedicationRequest without its patient. Raises Unreadable when nothing can be made of it."""
    request = contents.read(held, MedicationRequest)
    dispense, where = request.dispense_request, f"{held.where}.dispenseRequest"
    sig, structured = _sig(contents, held, request.dosage_instruction, "dosageInstruction")
    return ReceivedPrescription(
        prescriber=prescriber_of(contents, held, request.requester),
        medicine=medicine_of(contents, held, request.medication_codeable_concept, request.medication_reference),
        sig=sig,
        structured_sig=structured,
        quantity=_quantity(contents, dispense.quantity, f"{where}.quantity"),
        days_supply=days_of(contents, dispense.expected_supply_duration, f"{where}.expectedSupplyDuration"),
        refills=dispense.number_of_repeats_allowed,
        written_on=day_of(contents, request.authored_on, f"{held.where}.authoredOn"),
        not_before=day_of(contents, dispense.validity_period.start, f"{where}.validityPeriod.start"),
        expires_on=day_of(contents, dispense.validity_period.end, f"{where}.validityPeriod.end"),
        substitution_allowed=_substitution(request.substitution),
        diagnoses=diagnoses_of(contents, held, request.reason_code, request.reason_reference),
        reasons=reasons_in_words(contents, held, request.reason_code, request.reason_reference),
        notes=_notes(request.note) + _told_beside(request.dosage_instruction),
        order_number=_number(held, request),
        replaces=_replaced(contents, held, request.prior_prescription),
        setting=_setting(request.category),
        urgent=request.priority in _URGENT,
    )


def stated(contents: Contents, held: Held) -> ReceivedPrescription:
    """A MedicationStatement: what somebody says is taken, since when and until when."""
    statement = contents.read(held, MedicationStatement)
    sig, structured = _sig(contents, held, statement.dosage, "dosage")
    period, where = statement.effective_period, held.where
    start = period.start or statement.effective_date_time
    return ReceivedPrescription(
        medicine=medicine_of(contents, held, statement.medication_codeable_concept, statement.medication_reference),
        sig=sig,
        structured_sig=structured,
        not_before=day_of(contents, start, f"{where}.effectivePeriod.start"),
        expires_on=day_of(contents, period.end, f"{where}.effectivePeriod.end"),
        diagnoses=diagnoses_of(contents, held, statement.reason_code, statement.reason_reference),
        reasons=reasons_in_words(contents, held, statement.reason_code, statement.reason_reference),
        notes=_notes(statement.note),
        order_number=held.id,
    )


def dispensed(contents: Contents, held: Held) -> ReceivedPrescription:
    """A MedicationDispense: what was handed over, when, and how long it lasts."""
    dispense = contents.read(held, MedicationDispense)
    sig, structured = _sig(contents, held, dispense.dosage_instruction, "dosageInstruction")
    given = dispense.when_handed_over or dispense.when_prepared
    return ReceivedPrescription(
        medicine=medicine_of(contents, held, dispense.medication_codeable_concept, dispense.medication_reference),
        sig=sig,
        structured_sig=structured,
        quantity=_quantity(contents, dispense.quantity, f"{held.where}.quantity"),
        days_supply=days_of(contents, dispense.days_supply, f"{held.where}.daysSupply"),
        written_on=day_of(contents, given, f"{held.where}.whenHandedOver"),
        notes=_notes(dispense.note),
        order_number=held.id,
    )


def administered(contents: Contents, held: Held) -> ReceivedPrescription:
    """A MedicationAdministration: what was given, and from when to when."""
    given = contents.read(held, MedicationAdministration)
    start = given.effective_date_time or given.effective_period.start
    end = given.effective_date_time or given.effective_period.end
    return ReceivedPrescription(
        medicine=medicine_of(contents, held, given.medication_codeable_concept, given.medication_reference),
        sig=given.dosage.text.strip(),
        not_before=day_of(contents, start, f"{held.where}.effective"),
        expires_on=day_of(contents, end, f"{held.where}.effective"),
        diagnoses=diagnoses_of(contents, held, given.reason_code, given.reason_reference),
        order_number=held.id,
    )


def _sig(contents: Contents, held: Held, dosages: tuple[Dosage, ...], field: str) -> tuple[str, str]:
    sig, structured = directions(dosages)
    where = f"{held.where}.{field}"
    if not sig:
        contents.warn("SIG-MISSING", where)
    elif any(not d.text.strip() for d in dosages):
        contents.warn("SIG-FROM-STRUCTURE", where)
    elif differs(sig, structured):
        contents.warn("SIG-DIFFERS", where)
    elif len(dosages) == 1 and sig != dosages[0].text.strip():
        contents.warn("SIG-COMPLETED", where)
    return sig, structured


def _quantity(contents: Contents, quantity: Quantity | None, where: str) -> ReceivedQuantity | None:
    if quantity is None:
        return None
    unit = unit_of(quantity)
    if quantity.value is None or quantity.value <= 0:
        contents.warn("QUANTITY-UNREADABLE", where)
        return None
    if not unit:
        contents.warn("QUANTITY-UNREADABLE" if words_of(quantity) else "QUANTITY-BARE", where)
    written = f"{quantity.value:f} {words_of(quantity)}".strip()
    return ReceivedQuantity(Decimal(quantity.value), unit, written)


def _substitution(substitution: Substitution) -> bool | None:
    if substitution.allowed_codeable_concept:
        coded = [c.code for c in substitution.allowed_codeable_concept.coding]
        return not any(c in _NO_SUBSTITUTION for c in coded) if coded else None
    return substitution.allowed_boolean


def _notes(notes: tuple[Annotation, ...]) -> tuple[str, ...]:
    return tuple(n.text.strip() for n in notes if n.text.strip())


def _told_beside(dosages: tuple[Dosage, ...]) -> tuple[str, ...]:
    """What the patient is told beside the text of the directions: held against it like a note."""
    told = [(_words(d.text), d.patient_instruction.strip()) for d in dosages]
    return tuple(dict.fromkeys(said for text, said in told if said and text and text not in _words(said)))


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(". ")


def _number(held: Held, request: MedicationRequest) -> str:
    return next((i.value.strip() for i in request.identifier if i.value.strip()), held.id)


def _replaced(contents: Contents, held: Held, prior: Reference | None) -> str:
    """The sender's number of the order that is renewed or replaced; empty when none is named."""
    if prior is None:
        return ""
    found = contents.find(prior, held)
    if found is not None and found.kind == "MedicationRequest":
        return _number(found, contents.read(found, MedicationRequest)) or found.url
    contents.warn("REFERENCE-UNKNOWN", f"{held.where}.priorPrescription")
    named = tail(prior.reference)[1].removeprefix("#")
    return named or (prior.identifier.value if prior.identifier else "")


def _setting(categories: tuple[CodeableConcept, ...]) -> str:
    said = {word.strip().lower() for c in categories for word in (*(k.code for k in c.coding), *c.texts())}
    return next((s for s in _SETTINGS if s in said), "")

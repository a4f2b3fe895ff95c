"""What a message tells of a patient beside the stay, on their chart: added where it is missing, never taken away."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.patient import Condition as SentCondition
from tallman.core.patient import Observation as SentObservation
from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.server.audit.actions import Author
from tallman.server.exchange.whose import person_of
from tallman.server.patients.actions import correct_patient, record_fact, record_no_known_allergies
from tallman.server.patients.models import Allergy, Condition, Observation, Patient
from tallman.server.prescriptions.sent_allergies import not_on_record

__all__ = ["record_facts"]

_LARGEST = Decimal(10) ** 10
_FINEST = Decimal("0.0001")


def record_facts(patient: Patient, event: EncounterEvent, by: Author) -> None:
    """Put allergies, problems and measurements on the chart, and fill what is blank in the person."""
    for sent in event.allergies:
        if not not_on_record([sent.substance], patient):
            continue
        fact = Allergy(substance=sent.substance[:240], reaction=sent.reaction[:240], severity=sent.severity)
        record_fact(patient=patient, fact=fact, by=by)
    if event.no_known_allergies and _nobody_asked(patient):
        record_no_known_allergies(patient=patient, by=by)
    for problem in event.problems:
        if fact := _problem(patient, problem):
            record_fact(patient=patient, fact=fact, by=by)
    for observation in event.observations:
        if measured := _measured(patient, observation):
            record_fact(patient=patient, fact=measured, by=by)
    _fill_blanks(patient, event, by)


def _nobody_asked(patient: Patient) -> bool:
    is_asked = Patient.objects.filter(pk=patient.pk, no_known_allergies_on__isnull=False).exists()
    return not is_asked and not Allergy.objects.filter(patient=patient, status="active").exists()


def _problem(patient: Patient, sent: SentCondition) -> Condition | None:
    """The problem as a row; None when the chart has it, open or closed."""
    code, text = (sent.code or "")[:8], sent.text[:240]
    same = Condition.objects.filter(patient=patient)
    is_there = same.filter(code=code).exists() if code else same.filter(text__iexact=text).exists()
    if is_there or not (code or text):
        return None
    return Condition(code=code, text=text, active=sent.active, onset=sent.onset)


def _measured(patient: Patient, sent: SentObservation) -> Observation | None:
    """The measurement as a row; None when the chart has it, or when it does not fit there."""
    value = sent.value.quantize(_FINEST) if sent.value is not None and abs(sent.value) < _LARGEST else None
    text = (sent.text or "")[:120]
    if len(sent.loinc) > 12 or (value is None and not text):
        return None
    row = Observation(loinc=sent.loinc, value=value, unit=(sent.unit or "")[:24], text=text, on=sent.on)
    same = Observation.objects.filter(patient=patient, loinc=row.loinc, on=row.on, value=value, text=text)
    return None if same.exists() else row


def _fill_blanks(patient: Patient, event: EncounterEvent, by: Author) -> None:
    """What is blank in the person and said in the message. What is there is for people to change."""
    row = Patient.objects.get(pk=patient.pk)
    said = {name: value for name, value in person_of(event.patient).items() if value}
    blanks = {name: value for name, value in said.items() if not getattr(row, name)}
    if blanks:
        correct_patient(patient=row, version=row.version, changes=blanks, by=by)

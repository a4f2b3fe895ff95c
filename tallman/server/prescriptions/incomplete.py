"""Records that lack something the checks need, of the people whose prescriptions are being worked on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tallman.core.screening import record_gaps
from tallman.core.screening.case import Case
from tallman.core.workflow import Stage
from tallman.server import knowledge_in_use
from tallman.server.patients.models import Coverage, Patient, TwoPeople
from tallman.server.prescriptions import cases
from tallman.server.prescriptions.matching.names import Likeness, family_likeness, given_likeness
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.replay import Reader

__all__ = ["Incomplete", "Lacking", "incomplete"]

_WORKED_ON = [
    Stage.RECEIVED, Stage.ENTERED, Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED, Stage.READY, Stage.ON_HOLD, Stage.OWED,
]  # fmt: skip
_FIRST = ("RECORD-ALLERGIES", "RECORD-WEIGHT", "RECORD-WEIGHT-UNLIKELY")
"""What a check cannot do without stands before the rest."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing to put right: what it is, what to do, and the other record where two may be one person's."""

    code: str
    said: str
    advice: str
    other: Patient | None = None


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A person, the Rx numbers that wait, and what the record lacks, the most pressing first."""

    patient: Patient
    waiting: tuple[str, ...]
    lacking: tuple[Lacking, ...]


def incomplete(on: date) -> list[Incomplete]:
    """Everybody with a prescription in work whose record lacks something; those who lack the most pressing first."""
    waiting = _waiting()
    people = {p.pk: p for p in Patient.objects.filter(pk__in=waiting)}
    found: defaultdict[int, list[Lacking]] = defaultdict(list)
    for source in (_of_cases(list(people), on), _of_coverage(list(people), on), _of_identity(people.values())):
        for patient, lacking in source:
            found[patient].append(lacking)
    rows = [Incomplete(people[pk], waiting[pk], tuple(sorted(told, key=_pressing))) for pk, told in found.items()]
    return sorted(rows, key=lambda row: (_pressing(row.lacking[0]), str(row.patient), row.patient.pk))


def _pressing(lacking: Lacking) -> bool:
    return lacking.code not in _FIRST


def _waiting() -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Prescription.objects.filter(stage__in=_WORKED_ON, patient__isnull=False).order_by("pk")
    for patient, number in rows.values_list("patient", "rx_number"):
        found[patient].append(number or "")
    return {patient: tuple(numbers) for patient, numbers in found.items()}


def _of_cases(patients: Sequence[int], on: date) -> Iterator[tuple[int, Lacking]]:
    """What the checks themselves would miss."""
    reader = Reader(knowledge_in_use.current())
    for patient, document in cases.profiles(patients, on, with_nothing=True):
        yield from ((patient, Lacking(gap.code, gap.said, gap.advice)) for gap in _gaps(reader.read(document)))


def _gaps(case: Case) -> Iterator[record_gaps.Gap]:
    person = case.patient
    yield from chain(
        record_gaps.allergy_gaps(person),
        record_gaps.person_gaps(person, case.on),
        record_gaps.weight_gaps(person, case.on),
        record_gaps.size_gaps(person, case.on),
        record_gaps.medicine_gaps(case.continuing),
    )


def _of_coverage(patients: Sequence[int], on: date) -> Iterator[tuple[int, Lacking]]:
    """Plans that have all run out; who never had one may pay in cash."""
    plans: defaultdict[int, list[Coverage]] = defaultdict(list)
    for plan in Coverage.objects.filter(patient__in=patients):
        plans[plan.patient_id].append(plan)
    for patient, held in plans.items():
        if all(plan.valid_to and plan.valid_to < on for plan in held):
            last = max(held, key=lambda plan: plan.valid_to or on)
            said = f"the coverage {last.plan} ended on {last.valid_to}"
            yield patient, Lacking("RECORD-COVERAGE", said, "Ask for the new card, or whether it is paid in cash.")


def _of_identity(people: Iterable[Patient]) -> Iterator[tuple[int, Lacking]]:
    """Others of the same day of birth and nearly the same name: one person may have two charts."""
    held = [p for p in people if p.birth_date]
    born: defaultdict[date | None, list[Patient]] = defaultdict(list)
    for other in Patient.objects.filter(birth_date__in={p.birth_date for p in held}):
        born[other.birth_date].append(other)
    apart = set(TwoPeople.objects.values_list("one", "other"))
    for person in held:
        for other in born[person.birth_date]:
            known = (min(person.pk, other.pk), max(person.pk, other.pk)) in apart
            if other.pk != person.pk and not known and _may_be_one(person, other):
                said = f"may be the same person as {other}, record {other.pk}: same day of birth, names alike"
                advice = "Compare address, phone and medicines; use one chart, or say that they are two."
                yield person.pk, Lacking("RECORD-TWICE", said, advice, other)


def _may_be_one(one: Patient, other: Patient) -> bool:
    if one.sex and other.sex and one.sex != other.sex:
        return False
    family = family_likeness(one.family_name, other.family_name)
    given = given_likeness(one.given_names, other.given_names)
    return family is not Likeness.OTHER and given is not Likeness.OTHER

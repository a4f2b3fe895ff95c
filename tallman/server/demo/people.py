"""Patients with their records, and the people who prescribe for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tallman.core.codes import dea, npi
from tallman.core.law import DEA_SCHEDULES
from tallman.server.accounts.models import User
from tallman.server.demo.data import Catch, History, names
from tallman.server.demo.drawn import Drawn, draw
from tallman.server.patients import actions
from tallman.server.patients.models import Allergy, Condition, Coverage, Observation, OutsideMedicine, Patient
from tallman.server.prescriptions.actions import add_prescriber
from tallman.server.prescriptions.models import Prescriber
from tallman.server.web import clock

__all__ = ["add_patient", "add_prescribers", "record_allergy", "record_elsewhere"]

_KINDS = {
    "MD": "physician", "DO": "physician", "DDS": "dentist", "NP": "nurse-practitioner", "PA": "physician-assistant",
}  # fmt: skip


def add_prescribers(chance: Random, by: User) -> list[Prescriber]:
    """Everybody in the table, with NPI and DEA numbers whose check digits are right."""
    made = []
    for number, name in enumerate(names().prescribers):
        nine = f"1{900_000_00 + number * 37_511:08d}"[:9]
        letters = ("M" if name.nurse else "B") + name.family_name[0].upper()
        six = f"{chance.randrange(1_000_000):06d}"
        made.append(
            add_prescriber(
                family_name=name.family_name,
                given_names=name.given_names,
                kind=_KINDS[name.given_names.rpartition(" ")[2]],
                npi=nine + npi.check_digit(nine),
                dea=f"{letters}{six}{dea.check_digit(six)}",
                dea_schedules=list(DEA_SCHEDULES),
                dea_until=clock.today() + timedelta(days=140 + 37 * number),
                practice=name.practice,
                address=f"{100 + number} {names().streets[number % 6]}, {names().towns[number % 3]}",
                phone=f"555-{200 + number:04d}",
                fax=f"555-{300 + number:04d}",
                by=by,
            )
        )
    return made


def add_patient(chance: Random, history: History, number: int, on: date, by: User) -> Patient:
    """Somebody with such a history. `number` makes name and phone number unlike everybody else's."""
    drawn = draw(chance, history, number, on)
    told = ("family_name", "given_names", "birth_date", "sex", "address", "phone", "language")
    person = actions.add_patient(person={name: getattr(drawn, name) for name in told}, by=by)
    for fact in _facts(drawn, number):
        actions.record_fact(patient=person, fact=fact, by=by)
    if drawn.none_known:
        actions.record_no_known_allergies(patient=person, by=by)
    return person


def _facts(drawn: Drawn, number: int) -> Iterator[Condition | Observation | Allergy | Coverage]:
    for code, text, onset in drawn.conditions:
        yield Condition(code=code, text=text, onset=onset)
    for loinc, value, unit, taken in drawn.measured:
        yield Observation(loinc=loinc, value=value, unit=unit, on=taken)
    if drawn.allergy:
        substance, reaction, severity = drawn.allergy
        kind = "intolerance" if reaction in ("nausea", "stomach upset") else "allergy"
        yield Allergy(substance=substance, reaction=reaction, severity=severity, kind=kind)
    if drawn.plan:
        yield Coverage(**drawn.plan, member_id=f"M{700_000 + number}")


def record_allergy(person: Patient, catch: Catch, by: User) -> None:
    """The allergy that makes a prescription a catch."""
    if catch.allergy:
        substance, reaction, severity = catch.allergy
        fact = Allergy(substance=substance, reaction=reaction, severity=severity)
        actions.record_fact(patient=person, fact=fact, by=by)


def record_elsewhere(person: Patient, text: str, since: date, by: User) -> None:
    """A medicine from elsewhere: "name; directions" and whatever follows."""
    medicine, directions = (part.strip() for part in text.split(";")[:2])
    fact = OutsideMedicine(text=medicine, directions=directions, since=since)
    actions.record_fact(patient=person, fact=fact, by=by)

"""Patients with their records, and the people who prescribe for them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tallman.core.codes import dea, npi
from tallman.server.accounts.models import User
from tallman.server.demo.data import Catch, History, names
from tallman.server.patients import actions
from tallman.server.patients.models import Allergy, Condition, Coverage, Observation, OutsideMedicine, Patient
from tallman.server.prescriptions.actions import add_prescriber
from tallman.server.prescriptions.models import Prescriber

__all__ = ["add_patient", "add_prescribers", "record_allergy", "record_elsewhere"]

_WEIGHT, _LATEST = "29463-7", 120
_USUAL = [["penicillin", "hives", "moderate"], ["sulfa drugs", "rash", "mild"], ["codeine", "nausea", "mild"],
          ["latex", "itching", "mild"], ["aspirin", "stomach upset", ""], ["shellfish", "hives", ""]]  # fmt: skip


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
                npi=nine + npi.check_digit(nine),
                dea=f"{letters}{six}{dea.check_digit(six)}",
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
    sex = chance.choice(["female", "male"])
    years = chance.randint(*history.ages)
    born = on - timedelta(days=round(years * 365.25) + chance.randrange(360))
    book = names()
    person = actions.add_patient(
        person={
            "family_name": book.family[(number * 7) % len(book.family)],
            "given_names": (book.female if sex == "female" else book.male)[(number * 11) % 30],
            "birth_date": born,
            "sex": sex,
            "address": f"{chance.randint(1, 899)} {chance.choice(book.streets)}, {chance.choice(book.towns)}",
            "phone": f"555-{1000 + number:04d}",
            "language": chance.choice(book.languages),
        },
        by=by,
    )
    _conditions(chance, person, history, on, by)
    _measurements(chance, person, history, years, on, by)
    _allergies(chance, person, history, by)
    if chance.random() < 0.85:
        plan = chance.choice(book.plans)
        actions.record_fact(patient=person, fact=Coverage(**plan, member_id=f"M{700_000 + number}"), by=by)
    return person


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


def _conditions(chance: Random, person: Patient, history: History, on: date, by: User) -> None:
    for code, text in history.conditions:
        onset = on - timedelta(days=chance.randint(200, 4000))
        actions.record_fact(patient=person, fact=Condition(code=code, text=text, onset=onset), by=by)


def _measurements(chance: Random, person: Patient, history: History, years: int, on: date, by: User) -> None:
    """A weight for most adults and every child but one in eight, and the history's labs."""
    kilograms = Decimal(chance.randint(80, 120)) / 10 + Decimal(years) * Decimal("2.3")
    if not history.child:
        kilograms = Decimal(chance.randint(540, 1080)) / 10
    if chance.random() < 0.88:
        weighed = on - timedelta(days=chance.randint(3, 60 if history.child else 400))
        fact = Observation(loinc=_WEIGHT, value=kilograms.quantize(Decimal("0.1")), unit="kg", on=weighed)
        actions.record_fact(patient=person, fact=fact, by=by)
    for loinc, low, high, unit, step in history.labs:
        value = Decimal(chance.randint(low, high)) * Decimal(str(step))
        taken = on - timedelta(days=chance.randint(2, _LATEST))
        actions.record_fact(patient=person, fact=Observation(loinc=loinc, value=value, unit=unit, on=taken), by=by)


def _allergies(chance: Random, person: Patient, history: History, by: User) -> None:
    """Of ten people two have an allergy on record, one has not been asked, the others know of none."""
    draw = chance.random()
    if history.allergies or draw < 0.2:
        substance, reaction, severity = chance.choice(history.allergies or _USUAL)
        fact = Allergy(substance=substance, reaction=reaction, severity=severity)
        fact.kind = "intolerance" if reaction in ("nausea", "stomach upset") else "allergy"
        actions.record_fact(patient=person, fact=fact, by=by)
    elif draw < 0.9:
        actions.record_no_known_allergies(patient=person, by=by)

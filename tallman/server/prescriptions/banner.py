"""Who the prescription is for, in the words that stay in sight at every step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tallman.core.patient import LACTATION, PREGNANCY, WEIGHT, age_in_months, age_in_years, measured, says_yes
from tallman.core.patient import Observation as Measurement
from tallman.server.patients.models import Allergy, Observation, Patient
from tallman.server.prescriptions.models import Prescription

__all__ = ["Banner", "age", "ago", "banner_for", "banner_of"]


@dataclass(frozen=True, slots=True)
class Banner:
    """The patient as a line of an instrument. What is not known says so; `pk` is None before somebody is matched.

    `allergies` are substance with reaction, and whether it is a severe one; `asked` is false when nobody has recorded
    an answer.
    """

    pk: int | None
    name: str
    birth_date: date | None
    age: str
    sex: str
    weight: str
    weight_age: str
    allergies: tuple[tuple[str, str, bool], ...]
    asked: bool
    pregnancy: str
    lactation: str


def banner_of(row: Prescription, on: date) -> Banner:
    """The patient on record (two queries), else the person as received (none)."""
    return banner_for(row.patient, on) if row.patient else _received(row, on)


def banner_for(patient: Patient, on: date) -> Banner:
    """A patient on record (two queries)."""
    facts = list(Observation.objects.filter(patient=patient, in_error=False, loinc__in=_SHOWN))
    allergies = [a for a in Allergy.objects.filter(patient=patient) if a.status == "active"]
    weight = _latest(facts, *WEIGHT)
    return Banner(
        pk=patient.pk,
        name=str(patient),
        birth_date=patient.birth_date,
        age=age(patient.birth_date, on),
        sex=patient.get_sex_display(),  # type: ignore[attr-defined]
        weight=_measured(weight),
        weight_age=ago(weight.on, on) if weight and weight.on else "",
        allergies=tuple((a.substance, a.reaction, a.severity == "severe") for a in allergies),
        asked=bool(allergies) or patient.no_known_allergies_on is not None,
        pregnancy=_answer(_latest(facts, *PREGNANCY), "Pregnant", "Not pregnant"),
        lactation=_answer(_latest(facts, *LACTATION), "Breastfeeding", ""),
    )


def _received(row: Prescription, on: date) -> Banner:
    said: dict[str, Any] = row.received.get("patient", {})
    born = date.fromisoformat(said["birth_date"]) if said.get("birth_date") else None
    allergies = row.received.get("allergies", ())
    return Banner(
        pk=None,
        name=row.received_patient or "No patient named",
        birth_date=born,
        age=age(born, on),
        sex=str(said.get("sex") or "sex not known").capitalize(),
        weight="",
        weight_age="",
        allergies=tuple((a["substance"], a.get("reaction", ""), a.get("severity") == "severe") for a in allergies),
        asked=bool(allergies) or bool(row.received.get("no_known_allergies")),
        pregnancy="",
        lactation="",
    )


_SHOWN = [*WEIGHT, *PREGNANCY, *LACTATION]


def _latest(facts: list[Observation], *loinc: str) -> Observation | None:
    found = [o for o in facts if o.loinc in loinc]
    return max(found, key=lambda o: (o.on or date.min, o.pk), default=None)


def _measured(fact: Observation | None) -> str:
    """In kilograms, with what is on record beside it where that is another unit."""
    if fact is None:
        return ""
    said = f"{fact.value.normalize():f} {fact.unit}".strip() if fact.value is not None else fact.text
    amount = measured(Measurement(fact.loinc, fact.on, fact.value, fact.unit))
    return said if amount is None or str(amount) == said else f"{amount} ({said})"


def _answer(fact: Observation | None, yes: str, no: str) -> str:
    said = says_yes(fact.text) if fact else None
    return {True: yes, False: no, None: fact.text if fact else ""}[said]


def age(birth_date: date | None, on: date) -> str:
    """Years from two years on, months before, days before the first month.

    >>> age(date(2020, 5, 1), date(2026, 5, 1)), age(date(2025, 3, 9), date(2026, 5, 1))
    ('6 y', '13 mo')
    """
    if birth_date is None:
        return "age not known"
    if (years := age_in_years(birth_date, on)) >= 2:
        return f"{years} y"
    months = age_in_months(birth_date, on)
    return f"{months} mo" if months else f"{(on - birth_date).days} d"


def ago(day: date, on: date) -> str:
    """How long ago a day was.

    >>> ago(date(2026, 4, 30), date(2026, 5, 1)), ago(date(2026, 3, 1), date(2026, 5, 1))
    ('1 day ago', '8 weeks ago')
    """
    days = (on - day).days
    for size, word in ((730, "year"), (91, "month"), (14, "week"), (1, "day")):
        if days >= size:
            count = days // {"year": 365, "month": 30, "week": 7, "day": 1}[word]
            return f"{count} {word}{'s' if count != 1 else ''} ago"
    return "today"

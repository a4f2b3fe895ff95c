"""What is on record about a person, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tallman.core.codes import CodeError, icd10
from tallman.core.patient import age_in_months, age_in_years
from tallman.server.patients.measures import name_of
from tallman.server.patients.models import Patient

__all__ = ["Line", "Record", "age_text", "record_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as it is shown: what it says, what stands beside it, whether it still holds."""

    pk: int
    text: str
    detail: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one person. `allergies_asked` is false when nobody has recorded an answer."""

    age: str
    allergies: list[Line]
    allergies_asked: bool
    medicines: list[Line]
    conditions: list[Line]
    measurements: list[Line]
    coverage: list[Line]


def age_text(birth_date: date | None, on: date) -> str:
    """Age as it is said: years from two years on, months before, "age not known" without a birth date."""
    if birth_date is None:
        return "age not known"
    years = age_in_years(birth_date, on)
    return f"{years} y" if years >= 2 else f"{age_in_months(birth_date, on)} mo"


def record_of(patient: Patient, on: date) -> Record:
    """The facts of a person: five queries."""
    facts: Any = patient
    return Record(
        age=age_text(patient.birth_date, on),
        allergies=[Line(a.pk, a.substance, _allergy(a), a.status == "active") for a in facts.allergy_facts.all()],
        allergies_asked=patient.no_known_allergies_on is not None or facts.allergy_facts.exists(),
        medicines=[
            Line(m.pk, m.text, _since(m.directions, m.since, m.ended_on), not m.in_error and not _past(m.ended_on, on))
            for m in facts.outsidemedicine_facts.all()
        ],
        conditions=[
            Line(c.pk, c.text or _dotted(c.code), _dotted(c.code) if c.text else "", c.active)
            for c in facts.condition_facts.all()
        ],
        measurements=[
            Line(o.pk, name_of(o.loinc), _measured(o), not o.in_error)
            for o in sorted(facts.observation_facts.all(), key=lambda o: o.on or date.min, reverse=True)
        ],
        coverage=[Line(c.pk, c.plan, _coverage(c), not _past(c.valid_to, on)) for c in facts.coverage_facts.all()],
    )


def _dotted(code: str) -> str:
    """An ICD-10-CM code as people read it; a code of another shape as it is."""
    try:
        return str(icd10.parse(code))
    except CodeError:
        return code


def _allergy(fact: Any) -> str:
    status = "" if fact.status == "active" else fact.get_status_display().lower()
    kind = "intolerance" if fact.kind == "intolerance" else ""
    return ", ".join(filter(None, [fact.reaction or "reaction not recorded", fact.severity, kind, status]))


def _since(directions: str, since: date | None, ended: date | None) -> str:
    dates = [f"since {since:%Y-%m-%d}" if since else "", f"until {ended:%Y-%m-%d}" if ended else ""]
    return "; ".join(filter(None, [directions, *dates]))


def _measured(fact: Any) -> str:
    unit = "" if fact.unit == "{INR}" else fact.unit
    said = f"{fact.value.normalize():f} {unit}".strip() if fact.value is not None else fact.text
    return f"{said}, {fact.on:%Y-%m-%d}" if fact.on else f"{said}, undated"


def _coverage(fact: Any) -> str:
    codes = [("BIN", fact.bin), ("PCN", fact.pcn), ("group", fact.group), ("member", fact.member_id)]
    said = [f"{name} {value}" for name, value in codes if value]
    return ", ".join([*said, *([f"until {fact.valid_to:%Y-%m-%d}"] if fact.valid_to else [])])


def _past(day: date | None, on: date) -> bool:
    return day is not None and day < on

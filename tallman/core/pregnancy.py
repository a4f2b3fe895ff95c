"""Whether somebody is pregnant or breastfeeding, how far along, and whether that may be at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tallman.core.lab import Lab, latest_result
from tallman.core.patient import Patient, age_in_years

__all__ = ["Pregnancy", "is_lactating", "may_be_pregnant", "pregnancy_of"]

_CARRYING = ("O", "Z33", "Z34", "Z3A")
# Ended or not yet begun: miscarriage and abortion, ectopic, the puerperium, history of.
_NOT_CARRYING = ("O00", "O01", "O02", "O03", "O04", "O05", "O07", "O08", "O80", "O82", "O85", "O86", "O87", "O90",
                 "O91", "O92", "Z332", "Z370")  # fmt: skip
_NURSING = ("Z391", "O91", "O92")
_WEEKS = re.compile(r"Z3A(\d\d)$")
_FULL_TERM = timedelta(weeks=42)
YOUNGEST, OLDEST = 12, 50


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """`weeks` completed, None when not recorded; `evidence` is what the record says."""

    weeks: int | None
    evidence: str


def pregnancy_of(patient: Patient, labs: Mapping[str, Lab], today: date) -> Pregnancy | None:
    """The pregnancy on record: by answer or by an active diagnosis. None: none on record, which is not a "no"."""
    if patient.sex == "male" or patient.pregnant is False:
        return None
    carrying = [
        c
        for c in patient.conditions
        if c.active and c.code and c.code.startswith(_CARRYING) and not c.code.startswith(_NOT_CARRYING)
        and (c.onset is None or today - c.onset <= _FULL_TERM)
    ]  # fmt: skip
    if not carrying and not patient.pregnant:
        return None
    counted = [int(m[1]) for c in carrying if c.code and (m := _WEEKS.match(c.code))]
    dated = latest_result(patient, labs["gestational-age"], today) if "gestational-age" in labs else None
    weeks = int(dated.value) + (dated.age_in_days(today) or 0) // 7 if dated else max(counted, default=None)
    said = "pregnant, as recorded" if patient.pregnant else f"diagnosis {carrying[0].code} {carrying[0].text}".strip()
    return Pregnancy(weeks, said + (f", {weeks} weeks" if weeks is not None else ", weeks not recorded"))


def may_be_pregnant(patient: Patient, today: date) -> bool:
    """Whether a pregnancy that nobody has asked about is possible: not a man, 12 to 50 years, no answer on record."""
    if patient.sex == "male" or patient.pregnant is not None or patient.birth_date is None:
        return False
    return YOUNGEST <= age_in_years(patient.birth_date, today) <= OLDEST


def is_lactating(patient: Patient) -> bool:
    """Whether breastfeeding is on record, by answer or by diagnosis."""
    if patient.lactating is not None:
        return patient.lactating
    return patient.has_condition(*_NURSING)

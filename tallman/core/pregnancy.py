"""Whether somebody is pregnant or breastfeeding, how far along, and whether that may be at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tallman.core.lab import Lab, latest_result
from tallman.core.patient import Condition, Patient, age_in_years

__all__ = ["Pregnancy", "carrying", "is_lactating", "may_be_pregnant", "may_conceive", "pregnancy_of"]

_CARRYING = ("O", "Z33", "Z34", "Z3A")
# Ended or not yet begun: miscarriage and abortion, ectopic, the puerperium, history of.
_NOT_CARRYING = ("O00", "O01", "O02", "O03", "O04", "O05", "O07", "O08", "O72", "O73", "O80", "O82", "O85", "O86",
                 "O87", "O90", "O91", "O92", "O94", "Z332", "Z37")  # fmt: skip
_LOST = ("O00", "O01", "O02", "Z332")
"""Outside the womb, a mole, dead, or to be ended: the pregnancy that is spoken of has no child to come."""
_AFTER_BIRTH = re.compile(
    r"O(?:10\d3|1[1346][45]?5|12\d5|14\d5|152|24[01389]3|2443|253|26[67]3|88\d3|98\d3|99[0134567]3|99[2389]\d5|9A\d3)"
)
"""Diagnoses "complicating the puerperium"."""
_DELIVERED = ("Z37", "Z39", "O80", "O82", "O85", "O86", "O90")
"""After the birth the list goes on naming what was the matter before it."""
_NURSING = ("Z391", "O91", "O920", "O921", "O922", "O924", "O926", "O927")
# No uterus or ovaries, tubes tied, an intrauterine device, the menopause.
_CANNOT = ("Z9071", "Z90722", "Z9851", "Z975", "Z30430", "Z30431", "N951", "Z780", "Q5120", "E2831")
_WEEKS = re.compile(r"Z3A(\d\d)$")
_WEEKS_SAID = re.compile(
    r"\b(\d{1,2})(?:\s*\+\s*\d(?:/7)?|\s*\d/7)?\s*-?\s*(?:w|wk|wks|weeks?)(?=\d?d?\b)", re.IGNORECASE
)
_TRIMESTER = re.compile(r"Z34[089]([123])$")
_TRIMESTER_SAID = re.compile(r"\b(first|1st|second|2nd|third|3rd)\s+trimester", re.IGNORECASE)
_TRIMESTERS = {"1": (0, 13), "2": (14, 27), "3": (28, 42)}
_ORDINALS = {"first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3"}
_DUE, _LAST_PERIOD = ("11778-8", "11779-6", "11780-4"), ("8665-2",)
"""LOINC codes of dates: the day of delivery as estimated, the first day of the last period."""
_TEST, _TEST_DAYS = ("2106-3", "2110-5", "2118-8", "80384-1"), 60
"""LOINC codes of pregnancy tests in urine and blood, and for how long a positive one is taken to hold."""
_FULL_TERM = timedelta(weeks=42)
YOUNGEST, OLDEST, _CHILD = 12, 50, 9


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """`weeks` completed, None when not recorded; `evidence` is what the record says. `least` and `most` are the weeks
    it can be in: those of the trimester where only that is known, all of them where nothing is."""

    weeks: int | None
    evidence: str
    least: int = 0
    most: int = 45


def pregnancy_of(patient: Patient, labs: Mapping[str, Lab], today: date) -> Pregnancy | None:
    """The pregnancy on record: by answer or by an active diagnosis. None: none on record, which is not a "no"."""
    if patient.sex == "male" or patient.pregnant is False or _is_a_child(patient, today):
        return None
    diagnoses = carrying(patient, today)
    if patient.has_condition(*_DELIVERED):
        diagnoses = [c for c in diagnoses if c.code and not c.code.startswith("O")]
    due = _weeks_by_date(patient, today)
    if due is None and not diagnoses and patient.has_condition(*_LOST):
        return None
    tested = _has_tested_positive(patient, today)
    weeks = _weeks_measured(patient, labs, today)
    counted = weeks is not None and _is_counted_of_late(patient, labs, today)
    if not (diagnoses or patient.pregnant or due is not None or tested or counted):
        return None
    weeks = due if weeks is None else weeks
    weeks = max((w for c in diagnoses if (w := _weeks_said(c)) is not None), default=None) if weeks is None else weeks
    if patient.pregnant:
        said = "pregnant, as recorded"
    elif diagnoses:
        said = f"diagnosis {diagnoses[0].code} {diagnoses[0].text}".strip()
    elif tested:
        said = "a positive pregnancy test is on record"
    elif due is None:
        said = "weeks of pregnancy are on record"
    else:
        said = "an expected day of delivery is on record"
    if weeks is not None:
        return Pregnancy(weeks, f"{said}, {weeks} weeks", weeks, weeks)
    least, most = next((_TRIMESTERS[t] for c in diagnoses if (t := _trimester(c))), (0, 45))
    return Pregnancy(None, f"{said}, weeks not recorded", least, most)


def carrying(patient: Patient, today: date) -> list[Condition]:
    """The active diagnoses of somebody who carries a child."""
    return [
        c
        for c in patient.conditions
        if c.active and c.code and c.code.startswith(_CARRYING) and not c.code.startswith(_NOT_CARRYING)
        and not _AFTER_BIRTH.match(c.code)
        and (c.onset is None or today - c.onset <= _FULL_TERM)
    ]  # fmt: skip


def _weeks_measured(patient: Patient, labs: Mapping[str, Lab], today: date) -> int | None:
    dated = latest_result(patient, labs["gestational-age"], today) if "gestational-age" in labs else None
    if dated is None:
        return None
    weeks = int(dated.value) + (dated.age_in_days(today) or 0) // 7
    return weeks if weeks <= _FULL_TERM.days // 7 else None


def _is_counted_of_late(patient: Patient, labs: Mapping[str, Lab], today: date) -> bool:
    """Whether the weeks were taken of her in the last two months, and no birth is on record since. On a child's record
    they are those it was born at."""
    dated = latest_result(patient, labs["gestational-age"], today) if "gestational-age" in labs else None
    days = dated.age_in_days(today) if dated else None
    is_late = days is not None and days <= _TEST_DAYS
    return is_late and _is_of_age(patient, today) and not patient.has_condition(*_NOT_CARRYING, "Z39")


def _weeks_by_date(patient: Patient, today: date) -> int | None:
    """Completed weeks by the expected day of delivery, which lies at 40; by the last period only where she is said to
    be pregnant."""
    due = _day(patient, _DUE)
    if due and timedelta(weeks=-2) <= due - today <= timedelta(weeks=40):
        return (timedelta(weeks=40) - (due - today)).days // 7
    last = _day(patient, _LAST_PERIOD) if patient.pregnant else None
    if last and timedelta() <= today - last <= _FULL_TERM:
        return (today - last).days // 7
    return None


def _has_tested_positive(patient: Patient, today: date) -> bool:
    test = patient.latest(*_TEST)
    if test is None or test.on is None or not 0 <= (today - test.on).days <= _TEST_DAYS:
        return False
    return (test.text or "").strip().lower() in ("positive", "detected", "pos", "pregnant")


def _day(patient: Patient, loinc: tuple[str, ...]) -> date | None:
    found = patient.latest(*loinc)
    try:
        return date.fromisoformat((found.text or "")[:10]) if found else None
    except ValueError:
        return None


def _weeks_said(condition: Condition) -> int | None:
    match = _WEEKS.match(condition.code or "") or _WEEKS_SAID.search(condition.text)
    return int(match[1]) if match and int(match[1]) <= _FULL_TERM.days // 7 else None


def _trimester(condition: Condition) -> str | None:
    if match := _TRIMESTER.match(condition.code or ""):
        return match[1]
    said = _TRIMESTER_SAID.search(condition.text)
    return _ORDINALS[said[1].lower()] if said else None


def _is_a_child(patient: Patient, today: date) -> bool:
    """On whose record weeks of gestation are those of its own birth, and the milk its mother's."""
    return patient.birth_date is not None and age_in_years(patient.birth_date, today) < _CHILD


def _is_of_age(patient: Patient, today: date) -> bool:
    return patient.birth_date is not None and YOUNGEST <= age_in_years(patient.birth_date, today) <= OLDEST


def may_be_pregnant(patient: Patient, today: date) -> bool:
    """Whether a pregnancy that nobody has asked about is possible: not a man, 12 to 50 years, no answer on record,
    nothing on record that rules it out."""
    if patient.sex == "male" or patient.pregnant is not None or patient.has_condition(*_CANNOT):
        return False
    return _is_of_age(patient, today)


def may_conceive(patient: Patient, today: date) -> bool:
    """Whether she could become pregnant: a woman of 12 to 50 years of whom nothing on record says that she cannot."""
    return patient.sex == "female" and not patient.has_condition(*_CANNOT) and _is_of_age(patient, today)


def is_lactating(patient: Patient, today: date) -> bool:
    """Whether breastfeeding is on record, by answer or by diagnosis; of a child it says that it is breastfed."""
    if _is_a_child(patient, today):
        return False
    if patient.lactating is not None:
        return patient.lactating
    return patient.has_condition(*_NURSING)

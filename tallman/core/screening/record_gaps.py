"""What is missing on a patient's record, or cannot be right, as far as the checks depend on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tallman.core.knowledge import Source
from tallman.core.lab import Lab, latest_result
from tallman.core.patient import Patient, age_in_months, age_in_years
from tallman.core.pregnancy import carrying
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.screening.finding import Severity
from tallman.core.told_allergies import without_unknown_allergies

__all__ = [
    "SEX_UNLIKELY",
    "Gap",
    "allergy_gaps",
    "hold_gaps",
    "medicine_gaps",
    "person_gaps",
    "result_gaps",
    "size_gaps",
    "weight_gaps",
]

_OWN_RULE = (Source("Tallman: what the checks need to know of a patient"),)
_STATURE = (Source("CDC growth charts, stature for age, birth to 20 years, a third less and a third more", "", "2000"),)
_GROWTH = (Source("CDC growth charts, weight for age, birth to 20 years, halved and doubled", "", "2000"),)
_MEDIAN_KG = (
    (0, 3), (1, 4), (3, 6), (6, 8), (12, 10), (24, 12), (36, 14), (48, 16), (60, 18), (72, 21), (96, 26), (120, 32),
    (144, 41), (168, 50), (192, 58),
)  # fmt: skip
"""About half of all children of so many months weigh less: for the grossest errors only, pounds for kilograms."""
_TODDLER, _SMALL = 3 * 12, 9 * 12
_NEWBORN, _SMALLEST_NEWBORN = 4, Fraction(2, 5)
"""Months and kg: children born long before their time weigh less than a pound and are treated."""
_CHILD, _GROWN = 12 * 12, 18 * 12
_MEDIAN_CM = (
    (0, 50), (6, 67), (12, 75), (24, 86), (36, 95), (48, 102), (60, 109), (72, 115), (96, 128), (120, 138), (144, 149),
    (168, 160), (192, 166),
)  # fmt: skip
_GROWN_KG, _GROWN_CM = (Fraction(25), Fraction(350)), (Fraction(110), Fraction(225))
_SMALL_GROWN_KG, _SMALL_GROWN_CM = Fraction(15), Fraction(65)
_BUILT_SMALL = ("E23", "E343", "E43", "F50", "G80", "M41", "Q", "R64", "Z89")
"""Short stature, wasting, cerebral palsy, bent spines, what people are born with, amputations: less is believed."""
_BMI, _BMI_OF_A_CHILD = (9, 100), (8, 60)
_BMI_FROM = 24
_OLDEST, _OLDEST_PREGNANT, _YOUNGEST_PREGNANT = 115, 60, 9
_STALE_DAYS = ((12, 60), (36, 120), (_CHILD, 270), (_GROWN, 450))
_NAMED = 4
_RESULT_DAYS = 365
_OBSTETRIC = ("O", "Z33", "Z34", "Z37", "Z39", "Z3A")
SEX_UNLIKELY = "RECORD-SEX-UNLIKELY"
_OF_ONE_SEX = {
    "male": tuple("C60 C61 C62 C63 D29 D40 N40 N41 N42 N43 N44 N45 N47 N48 N49 N50 N51 N52 N53".split()),
    "female": tuple(
        "C51 C52 C53 C54 C55 C56 C57 C58 D25 D26 D27 D28 D39 N70 N71 N72 N73 N8 N90 N91 N92 N93 N94 N95 N96".split()
    ),
}
"""Chapters of organs that one sex has, without those of a couple or a treated partner (N46, N74-N77, N97, N98)."""
_SEX_IS_NOT_PLAIN = ("E25", "E345", "F64", "Q56", "Q96", "Q97", "Q98", "Q99", "Z87890")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a record lacks. `severity` is None where a check cannot look for want of it."""

    code: str
    said: str
    advice: str
    severity: Severity | None = None
    sources: tuple[Source, ...] = _OWN_RULE


def person_gaps(patient: Patient, on: date) -> Iterator[Gap]:
    """Birth date and sex, in one gap, and what of them cannot be."""
    if patient.born_late:
        said = f"the birth date on record, {patient.born_late.isoformat()}, is yet to come"
        yield Gap("RECORD-BIRTH-DATE", said, "Ask for the birth date and compare with an ID.", Severity.HIGH)
    missing = [
        name
        for name, value in (("birth date", patient.birth_date), ("sex", patient.sex))
        if value in (None, "", "unknown")
    ]
    if missing:
        yield Gap("RECORD-PERSON", f"not on record: {' and '.join(missing)}", "Ask the patient and compare with an ID.")
    years = age_in_years(patient.birth_date, on) if patient.birth_date else None
    if years is not None and years > _OLDEST:
        said = f"{years} years old by the birth date on record"
        yield Gap("RECORD-AGE-UNLIKELY", said, "Ask for the birth date and compare with an ID.", Severity.HIGH)
    yield from _pregnant_against_the_record(patient, years, on)
    yield from _of_the_other_sex(patient)


def _of_the_other_sex(patient: Patient) -> Iterator[Gap]:
    """A diagnosis of an organ that somebody of the recorded sex has not, as far as it was sent as a code: words like
    "hot flashes" or "cervical" are read as more than they say."""
    others = [codes for sex, codes in _OF_ONE_SEX.items() if sex != patient.sex]
    if patient.sex not in _OF_ONE_SEX or patient.has_condition(*_SEX_IS_NOT_PLAIN):
        return
    sent = [c for c in patient.conditions if c.active and c.code and not c.is_read]
    if found := next((c for c in sent if (c.code or "").startswith(others[0])), None):
        named = f"{found.dotted}, {found.text}" if found.text else found.dotted
        said = f"recorded as {patient.sex}, with a diagnosis of the other sex ({named})"
        advice = "Make sure that this is the right chart and ask which is so."
        yield Gap(SEX_UNLIKELY, said, advice, Severity.HIGH)


def _pregnant_against_the_record(patient: Patient, years: int | None, on: date) -> Iterator[Gap]:
    """Pregnant or breastfeeding, and of a sex or an age by which nobody is: the wrong chart, or a wrong entry."""
    is_man = patient.sex == "male" and years is not None and years >= _YOUNGEST_PREGNANT
    is_pregnant = patient.pregnant or bool(is_man and carrying(patient, on))
    state = "pregnant" if is_pregnant else "breastfeeding" if patient.lactating else ""
    if not state and is_man and patient.has_condition(*_OBSTETRIC):
        state = "one who has given birth"
    if not state:
        return
    if patient.sex == "male":
        said = f"recorded as {state}, and as male"
        advice = (
            "Make sure that this is the right chart and ask which is so: the checks for pregnant and for breastfeeding "
            "people look at nobody whose record says male."
        )
    elif years is not None and not _YOUNGEST_PREGNANT <= years < _OLDEST_PREGNANT:
        said = f"recorded as {state}, at {years} years of age"
        advice = "Make sure that this is the right chart, and ask for the birth date."
    else:
        return
    yield Gap("RECORD-STATE-UNLIKELY", said, advice, Severity.HIGH)


def allergy_gaps(patient: Patient) -> Iterator[Gap]:
    """Allergies that nobody has asked about, or that nobody here can read."""
    patient = without_unknown_allergies(patient)
    if patient.allergies is None:
        yield Gap(
            "RECORD-ALLERGIES",
            "nobody has asked about allergies",
            "Ask, and record what it did or that there are none.",
        )
    unread = [a.substance for a in patient.allergies or () if not a.is_read and not a.refuted]
    if unread:
        said = f"allergies that were not recognised: {_list(unread)}"
        yield Gap("RECORD-ALLERGY-UNREAD", said, "Ask what the medicine was, and record it by its name.")


def weight_gaps(patient: Patient, on: date) -> Iterator[Gap]:
    """A child's weight that is missing, old, or hardly possible."""
    if patient.birth_date is None:
        return
    months = age_in_months(patient.birth_date, on)
    if months >= _GROWN:
        return
    if patient.weight is None:
        if months < _CHILD:
            said = "a child, and no weight is on record: weigh before dosing"
            yield Gap("RECORD-WEIGHT", said, "Weigh, or ask for a weight and its day.")
        return
    kilograms = patient.weight.to("kg").value
    median = _median(months)
    over = Fraction(7, 4) if months < _TODDLER else Fraction(2) if months < _SMALL else Fraction(5, 2)
    least = _SMALLEST_NEWBORN if months < _NEWBORN else median / 2
    if kilograms > median * over or kilograms < least:
        said = f"a weight of {format_number(kilograms)} kg at {_age(months)}; about {round(median)} kg is usual"
        advice = (
            "Weigh again: pounds may stand for kilograms, or the decimal point elsewhere. Doses by weight rest on it."
        )
        yield Gap("RECORD-WEIGHT-UNLIKELY", said, advice, Severity.HIGH, _GROWTH)
    if patient.weight_on is not None:
        days, most = (on - patient.weight_on).days, next(d for age, d in _STALE_DAYS if months < age)
        if days > most:
            said = f"the weight of {format_number(kilograms)} kg is {days} days old, and children grow"
            yield Gap("RECORD-WEIGHT-OLD", said, "Weigh again before a dose by weight.", Severity.MODERATE)


def size_gaps(patient: Patient, on: date) -> Iterator[Gap]:
    """What a grown person hardly weighs, a height that hardly is, and the two where they do not fit each other.

    A child's weight by itself is `weight_gaps`'s to tell. The first thing that cannot be is told, and no more: it
    mostly explains the rest.
    """
    if patient.birth_date is None:
        return
    months = age_in_months(patient.birth_date, on)
    kilograms = Fraction(patient.weight.to("kg").value) if patient.weight else None
    centimeters = Fraction(patient.height.to("cm").value) if patient.height else None
    is_small = patient.has_condition(*_BUILT_SMALL)
    if months >= _GROWN and kilograms is not None:
        least, most = _SMALL_GROWN_KG if is_small else _GROWN_KG[0], _GROWN_KG[1]
        if not least <= kilograms <= most:
            said = f"a weight of {format_number(kilograms)} kg at {_age(months)}"
            advice = "Weigh again: a digit or the decimal point may be wrong. Kidneys and doses are reckoned with it."
            yield Gap("RECORD-WEIGHT-UNLIKELY", said, advice, Severity.HIGH)
            return
    if centimeters is not None and not _is_a_height(centimeters, months, is_small=is_small):
        said = f"a height of {format_number(centimeters)} cm at {_age(months)}"
        advice = "Measure again: inches may stand for centimeters, or the weight for the height. Doses rest on it."
        yield Gap("RECORD-HEIGHT-UNLIKELY", said, advice, Severity.HIGH, _STATURE)
    elif centimeters is not None and kilograms is not None and months >= _BMI_FROM and not is_small:
        least_bmi, most_bmi = _BMI if months >= _GROWN else _BMI_OF_A_CHILD
        if not least_bmi <= (index := kilograms / (centimeters / 100) ** 2) <= most_bmi:
            said = (
                f"a weight of {format_number(kilograms)} kg with a height of {format_number(centimeters)} cm: "
                f"a body mass index of {round(index)} kg/m2"
            )
            yield Gap("RECORD-SIZE-UNLIKELY", said, "Weigh and measure again: one of the two is wrong.", Severity.HIGH)


def _is_a_height(centimeters: Fraction, months: int, *, is_small: bool) -> bool:
    if months >= _GROWN:
        least = _SMALL_GROWN_CM if is_small else _GROWN_CM[0]
        return least <= centimeters <= _GROWN_CM[1]
    median = _median(months, _MEDIAN_CM)
    least = median / 2 if is_small or months < _NEWBORN else median * 2 / 3
    return least <= centimeters <= median * 4 / 3


def _median(months: int, of: tuple[tuple[int, int], ...] = _MEDIAN_KG) -> Fraction:
    """The median (weight in kg), between two of the months on file by the straight line."""
    for (age, middle), (next_age, next_middle) in pairwise(of):
        if months < next_age:
            return middle + Fraction(months - age, next_age - age) * (next_middle - middle)
    return Fraction(of[-1][1])


def result_gaps(patient: Patient, labs: Mapping[str, Lab], on: date) -> Iterator[Gap]:
    """The latest result of a year that no living person has: the number of another unit, or of another person."""
    for lab in labs.values():
        result = latest_result(patient, lab, on) if lab.possible else None
        if lab.possible is None or result is None or (result.age_in_days(on) or 0) > _RESULT_DAYS:
            continue
        least, most = lab.possible
        if not least <= result.value <= most:
            said = f"a result that cannot be: {result.words}"
            advice = "Ask the laboratory for the number and its unit; doses and other checks rest on it."
            yield Gap("RECORD-RESULT-UNLIKELY", said, advice, Severity.HIGH)


def medicine_gaps(taken: Iterable[Order]) -> Iterator[Gap]:
    """Medicines on the list that nobody here recognises."""
    unread = [order.medicine.text for order in taken if not order.medicine.is_known]
    if unread:
        said = f"on the medicine list, not recognised and so not checked against: {_list(unread)}"
        yield Gap("RECORD-MEDICINE", said, "Ask the patient or look at the bottle.", Severity.LOW)


def hold_gaps(paused: Iterable[Order]) -> Iterator[Gap]:
    """What is on hold, and so left out of every check of what is taken together."""
    if names := [order.medicine.text for order in paused]:
        said = f"on hold on the medicine list, and not counted as taken: {_list(names)}"
        yield Gap("RECORD-ON-HOLD", said, "Ask when it goes on again, and check it then.", Severity.LOW)


def _list(texts: list[str]) -> str:
    return ", ".join(repr(text) for text in texts[:_NAMED]) + (" and more" if len(texts) > _NAMED else "")


def _age(months: int) -> str:
    return f"{months // 12} years" if months >= 24 else f"{months} months"

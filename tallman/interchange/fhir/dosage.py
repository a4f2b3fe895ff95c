"""FHIR R4 `Dosage` in words: what its structure says, for the reader of directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tallman.core.quantity import format_number
from tallman.interchange.fhir.datatypes import (
    CodeableConcept,
    Dosage,
    DoseAndRate,
    Quantity,
    Range,
    Ratio,
    Repeat,
    Timing,
)
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.units import unit_of, words_of

__all__ = ["as_needed", "how_fast", "in_words", "most", "over", "when"]

_CODED = {
    "BID": "2 times daily", "TID": "3 times daily", "QID": "4 times daily", "QD": "once daily",
    "QOD": "every other day", "AM": "every morning", "PM": "every evening", "BED": "at bedtime", "WK": "once weekly",
    "MO": "once monthly", "Q1H": "every 1 hour", "Q2H": "every 2 hours", "Q3H": "every 3 hours",
    "Q4H": "every 4 hours", "Q6H": "every 6 hours", "Q8H": "every 8 hours",
}  # fmt: skip
_ROUTES = {
    "26643006": "by mouth", "6064005": "topical", "54485002": "ophthalmic", "10547007": "otic", "46713006": "nasal",
    "447694001": "by inhalation", "37161004": "rectally", "16857009": "vaginally", "34206005": "subcutaneously",
    "47625008": "intravenous", "78421000": "intramuscular", "45890007": "transdermal", "37839007": "sublingual",
    "54471007": "buccal", "12130007": "intra-articular", "72607000": "intrathecal", "372464004": "intradermal",
    "404820008": "epidural", "38239002": "intraperitoneal", "418401004": "intravitreal", "58100008": "intraarterial",
    "127492001": "per ng tube", "127490009": "per g tube", "90028008": "urethral",
    "PO": "by mouth", "SL": "sublingual", "IV": "intravenous", "IM": "intramuscular", "SC": "subcutaneously",
    "SQ": "subcutaneously", "PR": "rectally", "VG": "vaginally", "IT": "intrathecal", "ITINJ": "intrathecal",
    "IVPUSH": "iv push", "IVRPUSH": "rapid iv push", "IVINJBOL": "iv bolus", "IVINJ": "intravenous",
    "IPINHL": "by inhalation", "IH": "by inhalation", "NS": "nasal", "OP": "ophthalmic", "OT": "otic",
    "TP": "topical", "TD": "transdermal", "TRNSDERM": "transdermal", "NG": "per ng tube", "NGT": "per ng tube",
    "GTT": "per g tube", "EP": "epidural", "ID": "intradermal",
}  # fmt: skip
"""Routes by code (SNOMED CT, HL7 v3, HL7 v2), which need not come with words that are used in directions."""
_WHEN = {
    "MORN": "in the morning", "AFT": "in the afternoon", "EVE": "in the evening", "NIGHT": "at night",
    "NOON": "at noon",
    "HS": "at bedtime", "WAKE": "upon waking", "C": "with meals", "CM": "with breakfast", "CD": "with lunch",
    "CV": "with dinner", "AC": "before meals", "ACM": "before breakfast", "ACD": "before lunch", "ACV": "before dinner",
    "PC": "after meals", "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner", "PHS": "after sleep",
    "MORN.early": "in the early morning", "MORN.late": "in the late morning", "EVE.early": "in the early evening",
    "EVE.late": "in the late evening", "AFT.early": "in the early afternoon", "AFT.late": "in the late afternoon",
}  # fmt: skip
_KIND = re.compile(r"\s*\((?:qualifier value|body structure|finding|disorder|substance)\)\s*$")
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip
_DAYS_TOLD = re.compile(r"(?:on|in) (?:day|week|month)s? \d+(?! and after)(?! and \d+ of the month)")
"""The days of a course, beside which their number is no second length of time."""
_OWN_SENTENCE = re.compile(r"(?:if|check|limit|monitor|call|do not|take|use|avoid|keep|then)\b|[^()]*,")
"""Advice that would be taken for a part of the sentence before it."""
_CHANGES = re.compile(r"(?:may )?(?:increase|decrease) ")
_RUNS_ON = ("of ", "in all", "(", "a ribbon", "on day", "in week", "in month", "on the ", "until ", "as tolerated")
_PERIODS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_OFTEN = {"d": "daily", "wk": "weekly", "mo": "monthly", "a": "yearly"}


def in_words(dosage: Dosage) -> str:
    """What the structure says: "1 tablet by mouth 2 times daily as needed for pain for 5 days".

    Further instructions follow as parts of the sentence, or as sentences of their own.
    """
    told = [_said(instruction).lower() for instruction in dosage.additional_instruction]
    is_choice = told[:1] == ["or"]
    words = " ".join(filter(None, _words(dosage, told)))
    words, told = (f"or {words}", told[1:]) if is_choice else (words, told)
    for said in filter(None, told):
        words += f"{_behind(said) if words else ''}{said}"
    return words + "".join(f"{', ' if words else ''}{said}" for said in _limits(dosage))


def _behind(said: str) -> str:
    """What parts an instruction from the words before it: "…, with food", "…. If dizzy, lie down"."""
    if said.startswith(_RUNS_ON):
        return " "
    return ". " if _OWN_SENTENCE.match(said) else ", "


def _words(dosage: Dosage, told: list[str]) -> Iterator[str]:
    yield _said(dosage.method).lower()
    yield _dose(dosage)
    yield next((_ROUTES[c.code] for c in dosage.route.coding if c.code in _ROUTES), _as_a_word(_said(dosage.route)))
    yield f"to {_said(dosage.site).lower()}" if _said(dosage.site) else ""
    yield "" if _only_changes(dosage, told) else when(dosage.timing)
    yield from _bounds(dosage.timing.repeat, tells_days=any(map(_DAYS_TOLD.match, told)))
    yield as_needed(dosage)


def _only_changes(dosage: Dosage, told: list[str]) -> bool:
    """Whether it tells but how the dose before changes, which stays at its times: "increase by 1 tablet every week"."""
    return not dosage.dose_and_rate and any(map(_CHANGES.match, told))


def _limits(dosage: Dosage) -> Iterator[str]:
    if dosage.max_dose_per_period:
        yield most(dosage.max_dose_per_period)
    if dosage.max_dose_per_administration:
        yield f"max {_amount(dosage.max_dose_per_administration)} per dose"


def _said(concept: CodeableConcept) -> str:
    """The words of a concept, without what SNOMED CT calls its kind: "Oral route (qualifier value)"."""
    return _KIND.sub("", next(iter(concept.texts()), ""))


def _as_a_word(said: str) -> str:
    """In small letters, but for short forms: "IT" is no "it"."""
    return said if said.isupper() else said.lower()


def _number(value: Decimal) -> str:
    return format_number(value).replace(",", "")


def _amount(quantity: Quantity) -> str:
    if quantity.value is None:
        return ""
    return f"{_number(quantity.value)} {unit_of(quantity) or words_of(quantity)}".strip()


def _range(range: Range) -> str:
    low, high = range.low, range.high
    if low and high and low.value is not None and high.value is not None:
        return f"{_number(low.value)} to {_amount(high)}"
    return f"up to {_amount(high)}" if high else _amount(low) if low else ""


def _dose(dosage: Dosage) -> str:
    """The dose and how fast it runs in: "1000 mg at 100 mg/min"; a rate alone is what runs on."""
    doses = [_amount(d.dose_quantity) if d.dose_quantity else _range(d.dose_range or Range()) for d in _given(dosage)]
    dose = next(filter(None, doses), "")
    return f"{dose} {how_fast(dosage, has_dose=bool(dose))}".strip()


def how_fast(dosage: Dosage, *, has_dose: bool = True) -> str:
    """The rate, beside a dose ("at 100 mg/min") or alone; empty when none is said."""
    return next(filter(None, (_rate(d, has_dose) for d in _given(dosage))), "")


def _given(dosage: Dosage) -> tuple[DoseAndRate, ...]:
    """What is ordered, where what was calculated stands beside it."""
    ordered = tuple(d for d in dosage.dose_and_rate if any(c.code == "ordered" for c in d.type.coding))
    return ordered or dosage.dose_and_rate


def _rate(part: DoseAndRate, has_dose: bool) -> str:
    """How fast; a volume in several hours ("1000 mL over 8 hours") is how long the dose takes, if there is one."""
    at = "at " if has_dose else ""
    if part.rate_quantity:
        by_day = part.rate_quantity.code.endswith("/d")
        return (at or ("at " if by_day else "")) + _amount(part.rate_quantity)
    if part.rate_range and (said := _range(part.rate_range)):
        return at + said
    if (ratio := part.rate_ratio) is None:
        return ""
    if ratio.denominator.value in (None, 1):
        return f"{at}{_amount(ratio.numerator)}/{unit_of(ratio.denominator) or words_of(ratio.denominator)}"
    return f"{'' if has_dose else _amount(ratio.numerator)} over {_lasting(ratio.denominator)}".strip()


def when(timing: Timing) -> str:
    """How often, at which moments, days and hours; the code where nothing else is said."""
    repeat = timing.repeat
    away = f"{repeat.offset} minutes " if repeat.offset else ""
    words = [_often(repeat), " and ".join(away + _moment(w, away) for w in repeat.when if w in _WHEN) or away.strip()]
    if repeat.day_of_week:
        words.append("on " + " and ".join(_DAYS.get(d, d) for d in repeat.day_of_week))
    if repeat.time_of_day:
        words.append("at " + " and ".join(t[:5] for t in repeat.time_of_day))
    said = " ".join(filter(None, words))
    codes = (*(c.code for c in timing.code.coding), *(t.strip().upper() for t in timing.code.texts()))
    coded = next((_CODED[code] for code in codes if code in _CODED), "")
    return said or coded or _said(timing.code).lower() or next((c.code for c in timing.code.coding), "").lower()


def _moment(code: str, away: str) -> str:
    return "before bedtime" if away and code == "HS" else _WHEN[code]


def _often(repeat: Repeat) -> str:
    times, period, unit = repeat.frequency, repeat.period, repeat.period_unit
    if period is None or unit not in _PERIODS or _is_once(repeat):
        return ""
    word = _PERIODS[unit]
    if repeat.period_max:
        return f"every {_number(period)} to {_number(repeat.period_max)} {word}s"
    if unit in ("s", "min", "h") and (times or 1) == 1:
        return f"every {_number(period)} {word}{'' if period == 1 else 's'}"
    if period == 1 and unit in _OFTEN:
        return f"{_times(repeat)} {_OFTEN[unit]}"
    if (times or 1) == 1 and not repeat.frequency_max:
        return f"every {_number(period)} {word}s"
    return f"{_times(repeat)} every {_number(period)} {word}{'' if period == 1 else 's'}"


def _is_once(repeat: Repeat) -> bool:
    return repeat.count == 1 and not repeat.count_max


def _times(repeat: Repeat) -> str:
    low, high = repeat.frequency or 1, repeat.frequency_max
    if high and high != low:
        return f"{low} to {high} times"
    return "once" if low == 1 else f"{low} times"


def _bounds(repeat: Repeat, *, tells_days: bool) -> Iterator[str]:
    """How long one dose takes, how many there are, and for how long; not where days that are told say so."""
    yield over(repeat)
    if tells_days and (repeat.count in (None, 1)):
        return
    if repeat.count and repeat.count > 1 and repeat.bounds_duration and repeat.bounds_duration.value is not None:
        yield f"for {_lasting(repeat.bounds_duration)} ({repeat.count} doses)"
    elif repeat.count:
        end = f" to {repeat.count_max}" if repeat.count_max else ""
        yield "once" if _is_once(repeat) else f"for {repeat.count}{end} doses"
    elif repeat.bounds_duration and repeat.bounds_duration.value is not None:
        yield f"for {_lasting(repeat.bounds_duration)}"
    elif repeat.bounds_range and repeat.bounds_range.high:
        yield f"for {_range(repeat.bounds_range)}".replace(" d", " days").replace(" wk", " weeks")
    elif (first := exact_day(repeat.bounds_period.start)) and (last := exact_day(repeat.bounds_period.end)):
        yield f"for {(last - first).days + 1} days" if last >= first else ""


def over(repeat: Repeat) -> str:
    """How long one dose takes: "over 30 minutes"."""
    if repeat.duration is None or repeat.duration_unit not in _PERIODS:
        return ""
    end = f" to {_number(repeat.duration_max)}" if repeat.duration_max else ""
    unit = _PERIODS[repeat.duration_unit]
    return f"over {_number(repeat.duration)}{end} {unit}{'' if repeat.duration == 1 else 's'}"


def as_needed(dosage: Dosage) -> str:
    """ "As needed for pain"; empty when it is not."""
    if dosage.as_needed_codeable_concept:
        return f"as needed for {_said(dosage.as_needed_codeable_concept).lower()}".removesuffix(" for ")
    return "as needed" if dosage.as_needed_boolean else ""


def _lasting(quantity: Quantity) -> str:
    word = _PERIODS.get(quantity.code, words_of(quantity))
    return f"{_number(quantity.value or Decimal(0))} {word}{'' if word.endswith('s') or quantity.value == 1 else 's'}"


def most(ratio: Ratio) -> str:
    """ "Max 6 tablets per day"."""
    period = ratio.denominator
    unit = _PERIODS.get(period.code, words_of(period))
    span = unit if period.value in (None, 1) else f"{_number(period.value or Decimal(1))} {unit}s"
    return f"max {_amount(ratio.numerator)} per {span}"

"""Directions: the text is the truth; where it is missing the structure is put into words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tallman.core.quantity import format_number
from tallman.core.sig import Sig, daily_use, parse
from tallman.interchange.fhir.datatypes import CodeableConcept, Dosage, Quantity, Range, Ratio, Repeat, Timing
from tallman.interchange.fhir.units import unit_of, words_of

__all__ = ["differs", "directions", "in_words"]

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
    "54471007": "buccal", "PO": "by mouth", "SL": "sublingual", "IV": "intravenous", "IM": "intramuscular",
}  # fmt: skip
"""Routes by code (SNOMED CT, HL7 v3), which need not come with words that are used in directions."""
_WHEN = {
    "MORN": "in the morning", "AFT": "in the afternoon", "EVE": "in the evening", "NIGHT": "at night",
    "NOON": "at noon",
    "HS": "at bedtime", "WAKE": "upon waking", "C": "with meals", "CM": "with breakfast", "CD": "with lunch",
    "CV": "with dinner", "AC": "before meals", "ACM": "before breakfast", "ACD": "before lunch", "ACV": "before dinner",
    "PC": "after meals", "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner", "PHS": "after sleep",
    "MORN.early": "in the early morning", "MORN.late": "in the late morning", "EVE.early": "in the early evening",
    "EVE.late": "in the late evening", "AFT.early": "in the early afternoon", "AFT.late": "in the late afternoon",
}  # fmt: skip
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip
_PERIODS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_OFTEN = {"d": "daily", "wk": "weekly", "mo": "monthly", "a": "yearly"}


def directions(dosages: tuple[Dosage, ...]) -> tuple[str, str]:
    """The directions as written and as structured, both in words; a part without text is taken from its structure.

    Parts one after another are joined by "then" when each but the last says how long it lasts, else by "and".
    """
    order = sorted(range(len(dosages)), key=lambda i: (dosages[i].sequence or 0, i))
    parts = [dosages[i] for i in order]
    structured = [in_words(d) for d in parts]
    written = [
        d.text.strip() or words or d.patient_instruction.strip() for d, words in zip(parts, structured, strict=True)
    ]
    one_after_another = len({d.sequence for d in parts}) == len(parts)
    return _joined(written, one_after_another), _joined(structured, one_after_another)


def _joined(parts: list[str], one_after_another: bool) -> str:
    kept = list(dict.fromkeys(p for p in parts if p))
    if len(kept) < 2:
        return "".join(kept)
    if one_after_another and all(_ends(parse(p)) for p in kept[:-1]):
        rest = (p if p.lower().startswith("then") else f"then {p}" for p in kept[1:])
        return ", ".join([kept[0].rstrip(".,; "), *rest])
    return " and ".join(p.rstrip(".,; ") for p in kept)


def _ends(sig: Sig) -> bool:
    return bool(sig.steps) and all(s.duration or s.timing.once or s.timing.count for s in sig.steps)


def differs(written: str, structured: str) -> bool:
    """Whether two directions, both understood, come to different amounts a day."""
    if not written or not structured or written == structured:
        return False
    one, other = parse(written), parse(structured)
    uses = daily_use(one), daily_use(other)
    if not (one.is_read and other.is_read and uses[0] and uses[1]):
        return False
    return uses[0].unit == uses[1].unit and (uses[0].low, uses[0].high) != (uses[1].low, uses[1].high)


def in_words(dosage: Dosage) -> str:
    """What the structure says: "1 tablet by mouth 2 times daily as needed for pain for 5 days"."""
    return " ".join(filter(None, _words(dosage)))


def _words(dosage: Dosage) -> Iterator[str]:
    yield _said(dosage.method).lower()
    yield _dose(dosage)
    yield next((_ROUTES[c.code] for c in dosage.route.coding if c.code in _ROUTES), _said(dosage.route).lower())
    yield f"to {_said(dosage.site).lower()}" if _said(dosage.site) else ""
    yield _timing(dosage.timing)
    yield _bounds(dosage.timing.repeat)
    if dosage.as_needed_codeable_concept:
        yield f"as needed for {_said(dosage.as_needed_codeable_concept).lower()}".removesuffix(" for ")
    elif dosage.as_needed_boolean:
        yield "as needed"
    yield from (_said(instruction).lower() for instruction in dosage.additional_instruction)
    if dosage.max_dose_per_period:
        yield _maximum(dosage.max_dose_per_period)
    if dosage.max_dose_per_administration:
        yield f"max {_amount(dosage.max_dose_per_administration)} per dose"


def _said(concept: CodeableConcept) -> str:
    return next(iter(concept.texts()), "")


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
    for part in dosage.dose_and_rate:
        if part.dose_quantity:
            return _amount(part.dose_quantity)
        if part.dose_range:
            return _range(part.dose_range)
        if part.rate_quantity:
            return f"at {_amount(part.rate_quantity)}"
        if part.rate_ratio:
            return f"at {_amount(part.rate_ratio.numerator)} per {_amount(part.rate_ratio.denominator)}"
    return ""


def _timing(timing: Timing) -> str:
    repeat = timing.repeat
    words = [_often(repeat), " and ".join(filter(None, (_WHEN.get(w, "") for w in repeat.when)))]
    if repeat.offset:
        words.insert(1, f"{repeat.offset} minutes")
    if repeat.day_of_week:
        words.append("on " + " and ".join(_DAYS.get(d, d) for d in repeat.day_of_week))
    if repeat.time_of_day:
        words.append("at " + " and ".join(t[:5] for t in repeat.time_of_day))
    said = " ".join(filter(None, words))
    coded = next((_CODED[c.code] for c in timing.code.coding if c.code in _CODED), "")
    return said or coded or timing.code.text.strip()


def _often(repeat: Repeat) -> str:
    times, period, unit = repeat.frequency, repeat.period, repeat.period_unit
    if period is None or unit not in _PERIODS:
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


def _times(repeat: Repeat) -> str:
    low, high = repeat.frequency or 1, repeat.frequency_max
    if high and high != low:
        return f"{low} to {high} times"
    return "once" if low == 1 else f"{low} times"


def _bounds(repeat: Repeat) -> str:
    if repeat.bounds_duration and repeat.bounds_duration.value is not None:
        return f"for {_lasting(repeat.bounds_duration)}"
    if repeat.bounds_range and repeat.bounds_range.high:
        return f"for {_range(repeat.bounds_range)}".replace(" d", " days").replace(" wk", " weeks")
    return f"for {repeat.count} doses" if repeat.count else ""


def _lasting(quantity: Quantity) -> str:
    word = _PERIODS.get(quantity.code, words_of(quantity))
    return f"{_number(quantity.value or Decimal(0))} {word}{'' if word.endswith('s') or quantity.value == 1 else 's'}"


def _maximum(ratio: Ratio) -> str:
    period = ratio.denominator
    unit = _PERIODS.get(period.code, words_of(period))
    span = unit if period.value in (None, 1) else f"{_number(period.value or Decimal(1))} {unit}s"
    return f"max {_amount(ratio.numerator)} per {span}"

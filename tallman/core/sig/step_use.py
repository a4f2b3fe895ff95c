"""How much one step of a direction is in a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig.doses_a_day import DAYS_IN, days_of_repeats, doses_a_day
from tallman.core.sig.model import Dose, Link, Sig, Step
from tallman.core.sig.paired import fewest_places, places

__all__ = ["PhaseUse", "Unknown", "amount_words", "most_a_day", "use_of_step"]


@dataclass(frozen=True, slots=True)
class PhaseUse:
    """Use in one phase of a sequence. `days` is how long it lasts, None when nothing says; `on_a_day` the least and the most
    of one of its days, where that is no average over all of them."""

    low: Fraction
    high: Fraction
    peak: Fraction
    doses_low: Fraction
    doses_high: Fraction
    single_low: Fraction
    single_high: Fraction
    unit: str | None
    days: int | None
    is_capped: bool
    words: str
    on_a_day: tuple[Fraction, Fraction] | None = None


_UNKNOWN = {
    "into each lumen": "how many lumens are flushed is not said",
    "into both lumens": "into each lumen, or in all, is not said",
    "per sliding scale": "the dose follows a sliding scale",
    "plus a sliding scale": "what a sliding scale adds is not said",
    "from a pump at the patient's call": "the patient calls for each dose: how many a day is not known",
}
"""Words of a direction that leave the amount of a day open."""
_AT_SNACKS = frozenset({"with a snack", "before a snack"})
_HANGS_ON = re.compile(r"\bunits? (?:per|for|/|:)|\b(?:carb|factor|isf|icr|correct)")
"""Advice that adds so many units of insulin."""
_IN_ALL = re.compile(r"at most ([\d,.]+) (\w+) in all")
"""The most of what is given again within minutes, which no day goes beyond."""


class Unknown(Exception):
    """Carries the reason why a daily amount cannot be known."""


def most_a_day(step: Step) -> Fraction | None:
    """The most a day that is stated for the step, in the unit of its dose."""
    return _caps(step, step.dose) if step.dose else None


def _caps(step: Step, dose: Dose, *, on_one_day: bool = False) -> Fraction | None:
    """The daily maximum in the unit of the dose, when one is stated; a maximum a week or month holds the average, and
    says nothing of how much may be taken `on_one_day` of it."""
    found: list[Fraction] = []
    for limit in step.maxima:
        if limit.period is None or limit.period_unit == "min":
            continue  # "up to 3 sprays in 15 minutes" holds no day
        if on_one_day and Fraction(limit.period) * (DAYS_IN.get(limit.period_unit) or Fraction(0)) > 1:
            continue
        days = Fraction(limit.period) * (DAYS_IN.get(limit.period_unit) or Fraction(1))
        if limit.period_unit == "h":
            days = Fraction(limit.period) / 24
        value = Fraction(limit.value) / days
        if limit.unit == "dose" and dose.unit != "dose":
            found.append(value * Fraction(dose.high))
        elif limit.unit in (None, dose.unit) or (dose.unit is None and _is_counted(limit.unit)):
            found.append(value)
        elif dose.unit is None:
            continue  # "1 as needed, at most 30 mg a day": how many that is, the directions alone do not say.
        elif limit.unit and UNITS[limit.unit].dimension == UNITS[dose.unit].dimension:
            found.append(value * UNITS[limit.unit].factor / UNITS[dose.unit].factor)
        elif dose.strength and limit.unit and UNITS[limit.unit].dimension == dose.strength.dimension and dose.low:
            each = Fraction(dose.strength.to(limit.unit).value) / Fraction(dose.low)
            found.append(value / each)
    found += [
        Fraction(m[1].replace(",", "")) for m in map(_IN_ALL.fullmatch, step.instructions) if m and m[2] == dose.unit
    ]
    return min(found) if found else None


def _is_counted(unit: str | None) -> bool:
    """Whether it is pieces that are counted, not an amount."""
    return unit is not None and UNITS[unit].dimension == unit


def use_of_step(step: Step, sig: Sig, before: Step | None) -> PhaseUse:
    """How much a step is in a day; raises `Unknown` where that cannot be known."""
    dose, timing_step = step.dose, step
    first = dose
    if step.change:
        if before is None or before.dose is None:
            raise Unknown("the dose it changes from is not said")
        if step.change.is_increase and step.change.to is None:
            return _raised_to_most(step, before, sig)
        first = before.dose
        dose = step.change.to if step.change.is_increase else before.dose
        timing_step = step if step.timing else before
    if dose is None or first is None:
        raise Unknown(_no_dose(step))
    first, dose = _weighed(first, sig), _weighed(dose, sig)
    if not _UNKNOWN.keys().isdisjoint(step.instructions):
        raise Unknown(next(why for said, why in _UNKNOWN.items() if said in step.instructions))
    if any(_HANGS_ON.search(said) for said in step.instructions):
        raise Unknown("the dose hangs on the glucose, or on what is eaten")
    if not _AT_SNACKS.isdisjoint(step.instructions) and not (step.timing.frequency or step.timing.interval):
        raise Unknown("how many snacks a day is not said")
    if dose.per:
        raise Unknown("the dose depends on the patient's weight or size")
    count = None if _stays_in(step, dose) else doses_a_day(timing_step) or _by_the_day(sig)
    if count is None:
        return _capped_only(step, dose)
    low_n, high_n, peak_n = count[0], count[1], Fraction(count[2])
    at_once, cap = places(step), _caps(step, dose)
    if cap is None and _never_ends(timing_step):
        raise Unknown("how many doses in all is not said")
    if high_n == 1:
        again = _repeats(step, dose, cap)
        high_n, peak_n = high_n + again, peak_n + again
    elif each := _again_each_time(step):
        high_n, peak_n = high_n * each, peak_n * each
    least = Fraction(min(first.low, dose.low, _lowered_to(step) or dose.low))
    low, high = least * low_n * fewest_places(step), Fraction(dose.high) * high_n * at_once
    peak = Fraction(dose.high) * peak_n * at_once
    capped = cap is not None and (cap < high or cap < peak)
    if cap is not None:
        high, peak = min(high, cap), min(peak, _caps(step, dose, on_one_day=True) or peak)
        low = min(low, high)
    words = _words(dose, at_once, (low_n, high_n), (low, high), capped)
    return PhaseUse(low, high, peak, low_n, high_n, least, Fraction(dose.high), dose.unit,
                    _length(step), capped, words, _on_its_day(step, dose, low / low_n if low_n else low))  # fmt: skip


def _on_its_day(step: Step, dose: Dose, least: Fraction) -> tuple[Fraction, Fraction] | None:
    """What is taken at one time, of one dose that is taken once more on a later day: no use that goes on."""
    once_more = step.timing.once and days_of_repeats(step) is not None
    return (least, Fraction(dose.high) * places(step)) if once_more else None


def _raised_to_most(step: Step, before: Step, sig: Sig) -> PhaseUse:
    """The use of a dose that is raised until the most a day is reached, which alone is its end."""
    use = use_of_step(before, sig, None)
    most = _caps(step, before.dose) if before.dose else None
    if most is None or most < use.high:
        raise Unknown("the dose is increased without a stated end")
    words = f"{amount_words(use.low, most, use.unit)} a day, held to the stated maximum"
    single = most / use.doses_high if use.doses_high else most
    return replace(use, high=most, peak=most, single_high=single, days=_length(step), is_capped=True, words=words)


def _weighed(dose: Dose, sig: Sig) -> Dose:
    """By its strength where the others are told so: the second of "10 mg qam, 5 mg one qhs" is 5 mg, not one more."""
    if dose.unit is None and dose.strength and any(s.dose and s.dose.unit == dose.strength.unit for s in sig.steps):
        most = dose.strength_high or dose.strength
        return Dose(dose.strength.value, most.value, dose.strength.unit)
    return dose


def _by_the_day(sig: Sig) -> tuple[Fraction, Fraction, int] | None:
    """Once a day, in a taper that tells for each amount nothing but the days: "4 tabs x 3 days, 3 tabs x 3 days"."""
    bare = all(
        s.dose and s.duration and s.duration.unit in ("d", "wk") and not (s.timing or s.prn or s.rate or s.repeat)
        for s in sig.steps
    )
    in_turn = all(s.link is Link.THEN for s in sig.steps[1:])
    return (Fraction(1), Fraction(1), 1) if bare and in_turn and len(sig.steps) > 1 else None


def _never_ends(step: Step) -> bool:
    """Whether it follows itself by minutes, and nothing says how often: "8 oz every 10 minutes until gone"."""
    t = step.timing
    spaced = t.interval is not None and t.interval.unit == "min"
    return spaced and t.count is None and not (step.repeat and step.repeat.times)


def _stays_in(step: Step, dose: Dose) -> bool:
    """A ring that is in for the days that are said, not a new one on each of them: "1 ring for 3 weeks, off 1 week"."""
    timing = step.timing
    return dose.unit == "ring" and step.days is not None and not (timing.frequency or timing.interval or timing.events)


def _lowered_to(step: Step) -> Decimal | None:
    """The last dose of what is lowered: to which it is, or by how much each time until it is off."""
    change = step.change
    if change is None or change.is_increase:
        return None
    last = change.to or change.by
    return last.low if last else None


def _again_each_time(step: Step) -> int:
    """How many times over each dose may be given: "every 2 hours, may repeat once in 30 minutes"; 0 where that is not
    said."""
    between, repeat = step.timing.interval, step.repeat
    wait = repeat.after if repeat else None
    if (
        not between
        or not repeat
        or not repeat.times
        or not wait
        or between.unit != "h"
        or wait.unit not in ("min", "h")
    ):
        return 0
    hours = wait.high / (60 if wait.unit == "min" else 1)
    return 1 + repeat.times if hours * repeat.times < between.low else 0


def _repeats(step: Step, dose: Dose, cap: Fraction | None) -> Fraction:
    """How often a daily dose may be taken again on the same day; "may repeat" alone is once, or up to a stated maximum."""
    repeat = step.repeat
    if repeat is None or (repeat.after and repeat.after.unit not in ("h", "min")) or days_of_repeats(step):
        return Fraction(0)
    if repeat.times is None and step.timing.count:
        return Fraction(step.timing.count - 1)
    if repeat.times is None and cap is not None and dose.high:
        return max(cap / Fraction(dose.high) - 1, Fraction(0))
    return Fraction(repeat.times or 1)


def _capped_only(step: Step, dose: Dose) -> PhaseUse:
    """Only a maximum says how much a day: "1 tablet as needed, max 4 a day"."""
    cap = _caps(step, dose)
    if cap is None or not dose.high:
        raise Unknown("nothing says how often" if step.prn or step.dose else _no_dose(step))
    times = cap / Fraction(dose.high)
    peak = _caps(step, dose, on_one_day=True) or Fraction(dose.high) * (1 + _repeats(step, dose, None))
    words = f"at most {amount_words(cap, cap, dose.unit)} a day"
    return PhaseUse(min(Fraction(dose.low), cap), cap, peak, min(Fraction(1), times), times, Fraction(dose.low), Fraction(dose.high), dose.unit,
                    _length(step), True, words)  # fmt: skip


def _no_dose(step: Step) -> str:
    if step.scale or "per sliding scale" in step.instructions:
        return "the dose follows a sliding scale"
    if step.as_directed:
        return "it is to be used as directed"
    return "the directions name no dose"


def _length(step: Step) -> int | None:
    if step.duration:
        unit = DAYS_IN.get(step.duration.unit)
        return _days_on(step, ceil(Fraction(step.duration.high) * unit)) if unit else 1
    if step.days:
        if step.days.last is None:
            return None
        return int((step.days.last - step.days.first + 1) * DAYS_IN[step.days.unit])
    if step.timing.once and (course := days_of_repeats(step)):
        return course[1]
    if step.timing.once or step.timing.stat:
        return 1
    count, n = step.timing.count, doses_a_day(step)
    return ceil(Fraction(count) / n[0]) if count and n else None


def _days_on(step: Step, length: int) -> int:
    """The days of `length` on which it is taken: of 6 rounds of 28 days with 21 days on 126, of 30 days 23."""
    each, days = step.cycle, step.days
    whole = Fraction(each.low) * DAYS_IN.get(each.unit, Fraction(0)) if each else Fraction(0)
    if not whole or not days or days.last is None:
        return length
    each_on = int((days.last - days.first + 1) * DAYS_IN[days.unit])
    rounds, rest = divmod(Fraction(length), whole)
    before = int((days.first - 1) * DAYS_IN[days.unit])
    return int(rounds) * each_on + min(each_on, max(0, ceil(rest) - before))


def _number(value: Fraction) -> str:
    return format_number(value.numerator if value.denominator == 1 else value)


def amount_words(low: Fraction, high: Fraction, unit: str | None) -> str:
    """ "1 to 2 tablets", "500 mg", "3" when there is no unit."""
    number = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    return f"{number} {UNITS[unit].code if high == 1 else UNITS[unit].plural}" if unit else number


def _words(
    dose: Dose, places: int, times_a_day: tuple[Fraction, Fraction], total: tuple[Fraction, Fraction], capped: bool
) -> str:
    (low_n, high_n), (low, high) = times_a_day, total
    single = amount_words(Fraction(dose.low), Fraction(dose.high), dose.unit) + (
        f" x {places} places" if places > 1 else ""
    )
    if high_n < 1 and high_n.numerator == 1:
        times = f"once in {high_n.denominator} days"
    else:
        times = f"{_number(low_n)} to {_number(high_n)} a day" if low_n != high_n else f"{_number(high_n)} a day"
    end = ", held to the stated maximum" if capped else ""
    return f"{single} x {times} = {amount_words(low, high, dose.unit)} a day{end}"

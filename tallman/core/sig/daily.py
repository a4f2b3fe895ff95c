"""How much a day: lowest, highest, peak and steady amounts of a direction, with the arithmetic in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import ceil

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig.doses_a_day import DAYS_IN, days_of_repeats, doses_a_day
from tallman.core.sig.model import Dose, Link, Sig, Step
from tallman.core.sig.paired import fewest_places, places

__all__ = [
    "DailyUse",
    "PhaseUse",
    "amount_words",
    "daily_use",
    "phase_uses",
    "why_no_daily_use",
]

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class DailyUse:
    """Amounts a day in `unit` (None: the text names none).

    `low` and `high` are averages a day over the phases of a sequence (weekly dosing: a seventh), `peak` the most on any
    one day, `steady` the most a day in the last phase. `doses_low`/`doses_high` count doses a day in the heaviest phase,
    `single_low`/`single_high` are the smallest and largest single dose. `is_prn` when any of it is as needed, `is_capped`
    when a stated maximum set `high`. `words` is the arithmetic to show.
    """

    low: Fraction
    high: Fraction
    unit: str | None
    peak: Fraction
    steady: Fraction
    doses_low: Fraction
    doses_high: Fraction
    single_low: Fraction
    single_high: Fraction
    is_prn: bool
    is_capped: bool
    words: str


@dataclass(frozen=True, slots=True)
class PhaseUse:
    """Use in one phase of a sequence. `days` is how long it lasts, None when nothing says."""

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


_UNKNOWN = {
    "per sliding scale": "the dose follows a sliding scale",
    "from a pump at the patient's call": "the patient calls for each dose: how many a day is not known",
}
"""Words of a direction that leave the amount of a day open."""


_AT_SNACKS = frozenset({"with a snack", "before a snack"})
_HANGS_ON = re.compile(r"\bunits? (?:per|for|/|:)|\b(?:carb|factor|isf|icr|correct)")
"""Advice that adds so many units of insulin."""


_TODAY = re.compile(r"\b(?:today|tonight|hoy|esta noche|day (?:1|one)|(?:first|1st) day)\b", re.IGNORECASE)
"""What is for the whole of the first day."""
_SOON = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|six|twelve) ?(?:m|mins?|minutes?)\b|\b(?:1?\d|2[0-3]|an?|one|two|three|four|six|twelve) ?(?:h|hrs?|hours?)\b"
)
"""Minutes, or hours that are less than a day."""


_IN_ALL = re.compile(r"at most ([\d,.]+) (\w+) in all")
"""The most of what is given again within minutes, which no day goes beyond."""


class _Unknown(Exception):
    """Carries the reason why a daily amount cannot be known."""


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


def _use(step: Step, sig: Sig, before: Step | None) -> PhaseUse:
    dose, timing_step = step.dose, step
    first = dose
    if step.change:
        if before is None or before.dose is None:
            raise _Unknown("the dose it changes from is not said")
        if step.change.is_increase and step.change.to is None:
            raise _Unknown("the dose is increased without a stated end")
        first = before.dose
        dose = step.change.to if step.change.is_increase else before.dose
        timing_step = step if step.timing else before
    if dose is None or first is None:
        raise _Unknown(_no_dose(step))
    first, dose = _weighed(first, sig), _weighed(dose, sig)
    if not _UNKNOWN.keys().isdisjoint(step.instructions):
        raise _Unknown(next(why for said, why in _UNKNOWN.items() if said in step.instructions))
    if any(_HANGS_ON.search(said) for said in step.instructions):
        raise _Unknown("the dose hangs on the glucose, or on what is eaten")
    if not _AT_SNACKS.isdisjoint(step.instructions) and not (step.timing.frequency or step.timing.interval):
        raise _Unknown("how many snacks a day is not said")
    if dose.per:
        raise _Unknown("the dose depends on the patient's weight or size")
    count = None if _stays_in(step, dose) else doses_a_day(timing_step) or _by_the_day(sig)
    if count is None:
        return _capped_only(step, dose)
    low_n, high_n, peak_n = count[0], count[1], Fraction(count[2])
    at_once, cap = places(step), _caps(step, dose)
    if cap is None and _never_ends(timing_step):
        raise _Unknown("how many doses in all is not said")
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
                    _length(step), capped, words)  # fmt: skip


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
        raise _Unknown("nothing says how often" if step.prn or step.dose else _no_dose(step))
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


def _together(uses: Sequence[tuple[Step, PhaseUse]]) -> PhaseUse:
    """Steps that run side by side, or of which one is chosen."""
    units = {u.unit for _, u in uses if u.unit}
    if len(units) > 1:
        raise _Unknown("the doses are in different units")
    if len(uses) == 1:
        return uses[0][1]
    unit = next(iter(units), None)
    apart = _are_on_other_days([s for s, _ in uses])
    either = any(s.link is Link.OR for s, _ in uses) or apart
    due = [u for s, u in uses if not (s.prn and s.link is Link.THEN)] or [u for _, u in uses]
    low = min(u.low for _, u in uses) if either else sum((u.low for u in due), Fraction(0))
    high = max(u.high for _, u in uses) if either else sum((u.high for _, u in uses), Fraction(0))
    peak = max(u.peak for _, u in uses) if either else _peak_by_weekday(uses)
    lengths = [u.days for _, u in uses]
    words = (" or " if either else " and ").join(u.words for _, u in uses)
    if not either:
        words += f": together {amount_words(low, high, unit)} a day"
    add = max if either else (lambda values: sum(values, Fraction(0)))
    return PhaseUse(
        low, high, peak, min(u.doses_low for _, u in uses) if either else add([u.doses_low for _, u in uses]),
        add([u.doses_high for _, u in uses]), min(u.single_low for _, u in uses), max(u.single_high for _, u in uses), unit,
        None if None in lengths else (sum if apart else max)(n for n in lengths if n is not None), any(u.is_capped for _, u in uses), words,
    )  # fmt: skip


def _are_on_other_days(steps: Sequence[Step]) -> bool:
    """Whether no two of the steps fall on one day of a course: days 1, 8 and 15, months 1, 2 and 7."""
    units = {s.days.unit for s in steps if s.days}
    days = [s.days for s in steps if s.days] if len(units) == 1 else []
    ordered = sorted((d.first, d.last) for d in days if d.last is not None)
    return len(ordered) == len(steps) and all(a[1] < b[0] for a, b in pairwise(ordered))


def _peak_by_weekday(uses: Sequence[tuple[Step, PhaseUse]]) -> Fraction:
    return max(
        sum((u.peak for s, u in uses if not s.timing.weekdays or day in s.timing.weekdays), Fraction(0))
        for day in _WEEK
    )


def _days_apart(sig: Sig) -> list[tuple[Step, ...]]:
    """The phases of the sequence; one dose so few hours after another is of the same day as that: "2 now, then 1 in 1 hour"."""
    phases: list[tuple[Step, ...]] = []
    for phase in sig.phases():
        soon = len(phase) == 1 and _is_soon(phase[0])
        if soon and phases and (phases[-1][-1].timing.once or phases[-1][-1].timing.stat):
            phases[-1] = (*phases[-1], *phase)
        else:
            phases.append(phase)
    return phases


def _is_soon(step: Step) -> bool:
    """Whether it follows a dose within hours: at a time that is said, or where that one was not enough."""
    if step.start:
        return bool((step.timing.once or step.timing.count) and _SOON.search(step.start))
    t = step.timing
    return step.prn and not (t.frequency or t.interval or t.events or t.weekdays or step.duration or step.days)


@lru_cache(maxsize=4096)
def phase_uses(sig: Sig) -> tuple[PhaseUse, ...] | str:
    """The use in every phase of the sequence, or the reason why it cannot be known."""
    if not sig.steps:
        return "the directions could not be read"
    if len({s.product for s in sig.steps if s.product and s.dose}) > 1:
        return "it speaks of more than one medicine"
    found: list[PhaseUse] = []
    told: list[tuple[Step, ...]] = []
    before: Step | None = None
    try:
        for phase in _days_apart(sig):
            uses = []
            for step in phase:
                if step.dose is None and not step.change and (step.timing.once or step.as_directed) and found:
                    continue
                uses.append((step, _use(step, sig, before)))
                before = step
            if uses:
                found.append(_together(uses))
                told.append(phase)
    except _Unknown as unknown:
        return str(unknown)
    if len({u.unit for u in found if u.unit}) > 1:
        return "the doses are in different units"
    return tuple(_with_what_follows(sig, told, found)) or "the directions name no dose"


def _with_what_follows(sig: Sig, phases: list[tuple[Step, ...]], uses: list[PhaseUse]) -> Iterator[PhaseUse]:
    """To a dose given at once belongs what follows on the same day: "2 now, then 1 every 6 hours" are 5."""
    for at, (phase, use) in enumerate(zip(phases, uses, strict=True)):
        following = phases[at + 1] if at + 1 < len(phases) else ()
        at_once = all((s.timing.once or s.timing.stat) and not s.days for s in phase) and not _TODAY.search(sig.text)
        if not following or not at_once or any(s.start or s.days or not s.dose for s in following):
            yield use
            continue
        after = uses[at + 1]
        is_counted = all(s.timing.count and s.timing.interval for s in following)
        more = after.peak - (0 if is_counted else after.single_high)
        counts = more > 0 and after.unit == use.unit and not after.is_capped  # a stated maximum is of the whole day
        yield replace(use, peak=use.peak + more) if counts else use


@lru_cache(maxsize=4096)
def daily_use(sig: Sig) -> DailyUse | None:
    """The amounts a day, or None when they cannot be known (`why_no_daily_use` says why).

    What could not be read in `sig` is not in the figures: look at `sig.status` before calling a dose safe.
    """
    uses = phase_uses(sig)
    if isinstance(uses, str):
        return None
    heaviest = max(uses, key=lambda u: u.peak)
    words = uses[0].words if len(uses) == 1 else "; then ".join(u.words for u in uses)
    if len(uses) > 1:
        words += f"; the most on one day is {amount_words(heaviest.peak, heaviest.peak, heaviest.unit)}"
    return DailyUse(
        min(u.low for u in uses), max(u.high for u in uses), heaviest.unit or next((u.unit for u in uses if u.unit), None),
        heaviest.peak, uses[-1].high, heaviest.doses_low, heaviest.doses_high, min(u.single_low for u in uses),
        max(u.single_high for u in uses), any(s.prn for s in sig.steps), any(u.is_capped for u in uses), words,
    )  # fmt: skip


def why_no_daily_use(sig: Sig) -> str:
    """Why `daily_use` is None; empty when it is not."""
    uses = phase_uses(sig)
    return uses if isinstance(uses, str) else ""

"""Too often and too long: a weekly medicine every day, a patch before its time, a course without its end, headache
tablets for most days of a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from tallman.core.drug import Ingredient
from tallman.core.knowledge import DoseLimit, Knowledge, Source
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.course import LONG_ADVICE, days_in_all, frequency_finding
from tallman.core.screening.course_for import course_found, without_end
from tallman.core.screening.exposure import daily_exposure, held_as_said, single_dose, supplied_a_day, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Remedy, Severity
from tallman.core.screening.limits import for_patient, limits_by_route, speaking, taken_by, worked_out
from tallman.core.screening.match import name_of, release_of
from tallman.core.screening.sizing import of_size_one, sized, unsized
from tallman.core.sig import Sig, Step
from tallman.core.sig.daily import phase_uses
from tallman.core.sig.doses_a_day import doses_a_day
from tallman.core.sig.single_days import closest_days, most_in_a_week
from tallman.core.sig.step_use import PhaseUse

__all__ = ["check"]

_WEEKLY_ADVICE = "A weekly medicine taken daily can kill: call the prescriber before anything else."
_OFTEN_ADVICE = "Ask the prescriber how often it is meant; do not dispense it as written."
_WORN_ADVICE = "Ask the prescriber; the patches of a day count together, and so do the hours they are worn."
_HEADACHE_ADVICE = "Ask how often it is really taken, and whether something that prevents the headaches is needed."
_EARLY = Fraction(5, 6)
"""Monthly is every 28 to 31 days, and a dose may be given some days early."""
_FAR_TOO_OFTEN = 3
_MONTH, _WEEK, _DAY = 30, 7, 24
_FAR_TOO_MANY_DAYS = Fraction(3, 2)
_DEPOTS, _LASTS_WEEKS, _LOADING_APART = frozenset({"intramuscular", "subcutaneous"}), 21, 3
_LASTING = DoseLimit(
    "form/extended",
    "",
    ("oral",),
    note="it lets go of the medicine over 8 to 24 hours",
    sources=(Source("Tallman: an extended-release form is taken once to three times a day"),),
)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every ingredient of every proposed order against the days that must lie between doses and the longest course.

    Directions that do not say how often are the dose check's to name.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("frequency", order.id, why_not_known(order))
            continue
        found = [f for i in order.medicine.ingredients if (f := _found(case, order, i, knowledge))]
        if found:
            yield min(found, key=lambda f: f.severity.rank)
        elif endless := without_end(case, order, knowledge):
            yield endless


def _found(case: Case, order: Order, ingredient: Ingredient, knowledge: Knowledge) -> Finding | None:
    on_file = for_patient(limits_by_route(order, ingredient.name, knowledge), case)
    if _may_be_of_another_way(order, on_file):
        return None
    limits = speaking([x for x in on_file if not _is_of_little(x)], order)
    for limit in limits:
        if finding := (
            _days_a_week(order, limit)
            or _days_between(order, limit, case.patient)
            or _days_a_month(order, limit, limits)
            or _worn(order, limit)
            or _loading(order, limit, case.patient)
        ):
            return finding
    times = next((x for x in limits if x.times_a_day), None)
    course = course_found(case, order, limits, on_file, knowledge)
    return course or _times_a_day(order, times)


def _is_of_little(limit: DoseLimit) -> bool:
    """Whether a limit says only what is too little: for a reason it does not stand in the way of the general rhythm."""
    if not (limit.daily_low or limit.single_low or limit.min_days):
        return False
    most = (limit.single_max, limit.daily_max, limit.weekly_max, limit.steady_max)
    rhythm = (limit.days_a_week, limit.every_days, limit.times_a_day, limit.days_a_month, limit.max_days)
    return not any((*most, *rhythm, limit.worn_at_once, limit.worn_hours))


def _may_be_of_another_way(order: Order, limits: list[DoseLimit]) -> bool:
    """Whether nobody knows if an order is a gel or an injection, a tablet or a patch: each has a rhythm of its own."""
    if taken_by(order) is not None or order.medicine.product or order.medicine.form:
        return False
    ways = [set(x.routes) for x in limits]
    return any(a.isdisjoint(b) for a in ways for b in ways)


def _days_a_week(order: Order, limit: DoseLimit) -> Finding | None:
    if limit.days_a_week is None or not order.sig.is_read:
        return None
    most = most_in_a_week(order.sig) or _days_of_a_week(order.sig)
    if most <= limit.days_a_week:
        return None
    summary = f"{name_of(order)}: taken on {format_number(most)} days a week, the most is {limit.days_a_week}."
    level = Severity.CRITICAL if limit.hard else Severity.HIGH
    found = frequency_finding("DOSE-DAYS-A-WEEK", level, order, limit, summary, _WEEKLY_ADVICE)
    return replace(found, remedy=_once_a_week(order, limit))


def _days_of_a_week(sig: Sig) -> Fraction:
    uses = phase_uses(sig)
    if isinstance(uses, str):
        return min(Fraction(_WEEK), _WEEK * (_doses_a_day(sig) or Fraction(0)))
    return max((u.high / u.peak * min(_WEEK, u.days or _WEEK) for u in uses if u.peak), default=Fraction(0))


def _days_between(order: Order, limit: DoseLimit, patient: Patient) -> Finding | None:
    often = closest_days(order.sig) or _doses_a_day(order.sig) if limit.every_days is not None else None
    if limit.every_days is None or often is None or 1 / often >= limit.every_days * _EARLY:
        return None
    if limit.loading_days and _is_over_within(order.sig, limit.loading_days) and not _is_a_depot_again(often, limit):
        return None
    if limit.doses_over and not _is_over(order, limit, patient):
        return None
    said = f"{format_number(often)} times a day" if often > 1 else f"every {format_number(1 / often)} days"
    said = {Fraction(1): "every day", Fraction(1, 7): "every week"}.get(often, said)
    summary = f"{name_of(order)}: {said}, and {limit.every_days} days lie between one dose and the next."
    far = often * limit.every_days >= _FAR_TOO_OFTEN
    level = Severity.CRITICAL if far and limit.hard else Severity.HIGH
    found = frequency_finding("DOSE-INTERVAL", level, order, limit, summary, _WEEKLY_ADVICE if far else _OFTEN_ADVICE)
    return replace(found, remedy=_once_a_week(order, limit) if limit.every_days == _WEEK else None)


def _is_over(order: Order, limit: DoseLimit, patient: Patient) -> bool:
    """Whether the dose that goes on in the end is more than `doses_over`; by weight or surface, of each where the size
    is not known."""
    last = replace(order, sig=replace(order.sig, steps=order.sig.steps[-1:]))
    if by := unsized(last):
        if (limit.per_kg, limit.per_m2) != (by == "kg", by == "m2"):
            return False
        patient = of_size_one(patient)
        last = sized(last, patient)
    given = single_dose(last, limit.ingredient)
    most = worked_out(limit.doses_over, None, limit, patient, given.unit) if given else None
    return bool(given and most and given.low > most.value)


def _is_over_within(sig: Sig, days: int) -> bool:
    """Whether directions are for the first days only ("every 2 weeks x 2 doses"): a start may be closer together."""
    named = [s.days for s in sig.steps if s.days and s.days.unit == "d"]
    if named and max(d.last or d.first for d in named) - min(d.first for d in named) > days:
        return False
    uses = _uses(sig)
    lengths = [u.days for u in uses if u.days is not None] if not isinstance(uses, str) else []
    return len(lengths) == len(uses) and sum(lengths) <= days


def _is_a_depot_again(often: Fraction, limit: DoseLimit) -> bool:
    """Whether what lasts for weeks in a muscle or under the skin is given again within days, however it begins."""
    is_depot = _DEPOTS.issuperset(limit.routes) and (limit.every_days or 0) >= _LASTS_WEEKS
    return is_depot and often > Fraction(1, _LOADING_APART)


def _once_a_week(order: Order, limit: DoseLimit) -> Remedy | None:
    """The remedy for a weekly medicine whose single dose, as written, is one that is given in a week."""
    exposure, most = daily_exposure(order, limit.ingredient), limit.weekly_max
    if exposure is None or most is None or len(order.sig.steps) != 1 or limit.per_kg or limit.per_m2:
        return None
    return Remedy(once_a_week=True) if exposure.single_high <= Fraction(most.to(exposure.unit).value) else None


def _days_a_month(order: Order, limit: DoseLimit, limits: list[DoseLimit]) -> Finding | None:
    """On how many days of a month it is taken: as written where the days are set, else on as many as the quantity lasts
    at the most of each day. A supply for less than a month is taken to last for one."""
    if limit.days_a_month is None:
        return None
    days = _fewest_days(order, limit.ingredient, limits, is_counted_out=limit.hard)
    if days is None or days <= limit.days_a_month:
        return None
    summary = (
        f"{name_of(order)}: taken on {int(days)} days of a month at least; more than {limit.days_a_month} are too many."
    )
    far = limit.hard or days > limit.days_a_month * _FAR_TOO_MANY_DAYS
    level = Severity.HIGH if far else Severity.MODERATE
    return frequency_finding("DOSE-DAYS-A-MONTH", level, order, limit, summary, _HEADACHE_ADVICE)


def _fewest_days(
    order: Order, ingredient: str, limits: list[DoseLimit], *, is_counted_out: bool = False
) -> Fraction | None:
    """`is_counted_out`: whether a quantity for fewer days tells that there are days without ("1 daily", 21 for 28)."""
    if any(s.cycle or s.days for s in order.sig.steps) or all(s.timing.once for s in order.sig.steps):
        return None  # Its days of a round are told, or it is for one.
    exposure = daily_exposure(order, ingredient)
    a_day, unit = supplied_a_day(order, ingredient)
    if exposure and not any(s.prn or s.repeat or s.trigger or s.duration for s in order.sig.steps):
        is_less = is_counted_out and unit == exposure.unit and a_day < exposure.average
        return (a_day if is_less else exposure.average) / exposure.high * _MONTH
    if not unit:
        return None
    most = [Fraction(x.daily_max.to(unit).value) for x in limits if x.daily_max and not x.per_kg]
    most += [exposure.high] if exposure else []
    return a_day * min(_MONTH, order.days_supply or _MONTH) / min(most) if most else None


def _worn(order: Order, limit: DoseLimit) -> Finding | None:
    """Patches that come off after some hours: how many of them at once, and for how long."""
    if not (limit.worn_at_once or limit.worn_hours):
        return None
    for step in order.sig.steps:
        dose, most = step.dose, limit.worn_at_once
        if dose is None or dose.unit != "patch":
            continue
        if most and dose.high > most:
            summary = f"{name_of(order)}: {format_number(dose.high)} patches at once, the most is {most}."
            level = Severity.HIGH if dose.low > most else Severity.MODERATE
            found = frequency_finding("DOSE-PATCHES", level, order, limit, summary, _WORN_ADVICE)
            return replace(found, category=Category.DOSE_HIGH)
        hours = _hours_worn(step)
        if limit.worn_hours and hours and hours > limit.worn_hours:
            summary = (
                f"{name_of(order)}: worn for {format_number(hours)} hours of a day, {limit.worn_hours} is the most."
            )
            return frequency_finding("DOSE-WORN", Severity.MODERATE, order, limit, summary, _WORN_ADVICE)
    return None


def _hours_worn(step: Step) -> Fraction | None:
    """The hours of a day: as said; all of them where one follows the other and nothing says that it comes off."""
    wear, every = step.wear, step.timing.interval
    if wear and wear.on:
        return Fraction(wear.on.high) * UNITS[wear.on.unit].factor / UNITS["h"].factor
    return Fraction(_DAY) if every and every.unit == "h" and every.high <= _DAY and not wear else None


@lru_cache(maxsize=1 << 12)
def _doses_a_day(sig: Sig) -> Fraction | None:
    """How often in the end: after the loading doses. None for a single dose, and where nothing says."""
    if not sig.is_read or all(s.timing.once or s.timing.stat for s in sig.steps):
        return None
    if _is_on_one_day(sig.steps[-1]) or _comes_again_later(sig.steps[-1]):
        return None
    uses = _uses(sig)
    if not isinstance(uses, str):
        return uses[-1].doses_high or None
    undosed = len(sig.steps) == 1 and not (sig.steps[0].dose or sig.steps[0].change or sig.steps[0].as_directed)
    often = doses_a_day(sig.steps[0]) if undosed else None  # "inject daily": one pen, one syringe
    return often[1] or None if often else None


def _uses(sig: Sig) -> tuple[PhaseUse, ...] | str:
    """What is taken in each phase, or why that is not known; a size that is not known counts as one."""
    uses = phase_uses(sig)
    if isinstance(uses, str) and any(s.dose and s.dose.per for s in sig.steps):
        return phase_uses(_of_size_one(sig))
    return uses


def _comes_again_later(step: Step) -> bool:
    """Whether it is put on once, and once more after days: "overnight, repeat in 1 week"."""
    after = step.repeat.after if step.repeat else None
    if after is None or step.timing.frequency is not None:
        return False
    return Fraction(after.high) * UNITS[after.unit].factor > UNITS["d"].factor


def _of_size_one(sig: Sig) -> Sig:
    """The directions with doses by a size that is not known as those of one kilogram or square metre."""
    steps = (replace(s, dose=replace(s.dose, per=None)) if s.dose and s.dose.per else s for s in sig.steps)
    return replace(sig, steps=tuple(steps))


def _is_on_one_day(step: Step) -> bool:
    """Whether the step is for one day of a course and no round is told: "day 1"."""
    days, timing = step.days, step.timing
    often = timing.frequency or timing.interval or timing.events or timing.clock
    return bool(days and days.unit == "d" and days.first == days.last and not (step.cycle or often))


def _times_a_day(order: Order, limit: DoseLimit | None) -> Finding | None:
    """What lasts the whole day by its form is not taken every few hours, unless its limit says how often it is."""
    most = limit.times_a_day if limit else _by_form(order)
    often = _doses_a_day(order.sig)
    if most is None or often is None or often <= most or any(s.prn for s in order.sig.steps):
        return None
    summary = f"{name_of(order)}: {format_number(often)} times a day, {most} times at most."
    return frequency_finding("DOSE-TIMES-A-DAY", Severity.HIGH, order, limit or _LASTING, summary, _OFTEN_ADVICE)


def _by_form(order: Order) -> int | None:
    form = order.medicine.product.form if order.medicine.product else order.medicine.form
    if release_of(order) != "extended" or taken_by(order) != "oral":
        return None
    return 2 if form and form.name.startswith("24 hour") else 3


def _loading(order: Order, limit: DoseLimit, patient: Patient) -> Finding | None:
    """The dose of the first days that goes on after them."""
    if limit.steady_max is None or most_in_a_week(order.sig) or _is_over_within(order.sig, limit.loading_days):
        return None
    uses, days = phase_uses(order.sig) if order.sig.is_read else "", days_in_all(order, limit)
    if isinstance(uses, str) or days is None or days <= limit.loading_days:
        return None
    held = held_as_said(order, limit.ingredient, uses[-1].unit)
    if held is None:
        return None
    is_spaced = (_doses_a_day(order.sig) or 1) < 1
    given = Fraction(held.value) * (uses[-1].high if is_spaced else uses[-1].peak)
    most = worked_out(limit.steady_max, None, limit, patient, held.unit)
    if most is None or given <= most.value:
        return None
    summary = (
        f"{name_of(order)}: {format_number(given)} {held.unit} a day for {format_number(days)} days; "
        f"after {limit.loading_days} days {most.text} is the most."
    )
    return frequency_finding("DOSE-LOADING", Severity.HIGH, order, limit, summary, LONG_ADVICE)

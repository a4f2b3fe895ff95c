"""Run in too fast: a rate or a time in the directions that the vein, the heart or the kidneys do not stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from tallman.core.knowledge import Knowledge
from tallman.core.precaution import Precaution, Speed
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount, UnitMismatch, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import held_in, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import name_of
from tallman.core.screening.sizing import is_child
from tallman.core.screening.standing import Fact, finding_of, precautions_on, standing
from tallman.core.sig import Step

__all__ = ["check"]

_ROUNDED = Fraction(11, 10)
"""Rates are rounded to what a pump or a hand can keep."""
_BAG = 50
"""mL: what a strength is written for in a bag ready to run; less is a concentrate, and nobody says into how much."""
_HEAVY = 150
"""kg: of somebody whose weight is not known, that a rate by weight would be too fast for everybody."""
_SLIGHT = 40
"""kg: nearly every adult weighs more. Of somebody whose weight is not known, a rate that is too fast only for lighter
people is let be; of a child it never is."""
_LONG, _MINUTE = 12, 60
"""Hours: a dose that is given over so long runs on like a rate; and the seconds of a minute."""
_PUSH = re.compile(r"\b(?:push|ivp|bolus)\b(?!\s+(?:\w+\s+)?fluids)", re.IGNORECASE)
_SECONDS = re.compile(
    r"\bover\s+(?:at least\s+|about\s+)?(?:\d+\s*(?:-|to)\s*)?(\d+)\s*(?:s|secs?|seconds?)\b", re.IGNORECASE
)
"""A time that the directions keep in words: a push "over 10 seconds"."""
_DILUTED = re.compile(r"\bin\s+(\d[\d,]*(?:\.\d+)?)\s*(m?l)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Flow:
    """How one step runs in: `speed` of one ingredient a minute in `unit`, `minutes` for one dose; None: not said."""

    unit: str = ""
    speed: Fraction | None = None
    minutes: Fraction | None = None


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order whose directions say how fast, against the rules of its ingredients.

    Where they do not say, pump and ward protocol decide: no question of this check, but for what a rule says must be
    known (potassium). A push is by hand, and over what time it must be is not looked into unless it is said. Of several
    rules the gravest speaks.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("rate", order.id, why_not_known(order))
            continue
        steps = [s for s in order.sig.steps if s.rate or s.timing.over] or list(_in_seconds(order))
        if not steps:
            yield from _untold(case, order, knowledge)
            continue
        answers = [
            a
            for rule, names in precautions_on("rate", order, knowledge)
            for step in steps
            for a in _judge(rule, names, step, case, order, knowledge)
        ]
        found = [a for a in answers if isinstance(a, Finding)]
        yield from dict.fromkeys(a for a in answers if isinstance(a, NotChecked))
        if found:
            yield min(found, key=lambda f: (f.severity.rank, f.rule))


def _in_seconds(order: Order) -> Iterator[Step]:
    """The one step of directions that tell its time in seconds."""
    said = _SECONDS.search(order.sig.text)
    if said and len(order.sig.steps) == 1:
        (step,) = order.sig.steps
        over = Amount(Decimal(said[1]) / _MINUTE, "min")
        yield replace(step, timing=replace(step.timing, over=over))


def _untold(case: Case, order: Order, knowledge: Knowledge) -> Iterator[NotChecked]:
    """What has a rule of rate, is pushed or must be told how fast, and is not."""
    is_pushed = _PUSH.search(order.sig.text) is not None
    spoken = [
        rule
        for rule, names in precautions_on("rate", order, knowledge)
        if (is_pushed or rule.must_know) and any(_is_meant(rule, names, step, order) for step in order.sig.steps)
    ]
    if any(all(f.holds for f in standing(rule, case, order, knowledge)) for rule in spoken):
        how = " is pushed, and over" if is_pushed else ": over"
        yield NotChecked("rate", order.id, f"{name_of(order)}{how} what time is not said")


def _judge(
    rule: Precaution, names: tuple[str, ...], step: Step, case: Case, order: Order, knowledge: Knowledge
) -> Iterator[Finding | NotChecked]:
    """What a rule says of a step. Too fast for somebody that the patient may be, for all that is known: not checked."""
    if not _is_meant(rule, names, step, order):
        return
    facts = standing(rule, case, order, knowledge)
    if any(f.holds is False for f in facts):
        return
    missing = "; ".join(f.evidence for f in facts if f.holds is None)
    for answer in _held_against(rule, names, step, case, order, facts):
        is_open = bool(missing) and isinstance(answer, Finding)
        yield NotChecked("rate", order.id, f"{name_of(order)}: {missing}") if is_open else answer


def _held_against(
    rule: Precaution, names: tuple[str, ...], step: Step, case: Case, order: Order, facts: list[Fact]
) -> Iterator[Finding | NotChecked]:
    weight = Fraction(case.patient.weight.to("kg").value) if case.patient.weight else None
    if weight is None and step.rate and step.rate.weight_unit and rule.faster_than and rule.faster_than.per_kg:
        weight = Fraction(1)
    in_volume = rule.faster_than is not None and rule.faster_than.amount.dimension == "volume"
    for name in ("",) if in_volume else names:
        flow = _flow(step, order, name, weight)
        if rule.faster_than and flow.speed is not None:
            yield from _too_fast(rule, rule.faster_than, flow, weight, facts, case, order)
        elif rule.in_less_than and flow.minutes is not None:
            yield from _too_short(rule, rule.in_less_than, flow.minutes, facts, case, order)
        else:
            said = f"{name_of(order)}: how fast that runs in cannot be worked out: {order.sig.on_one_line!r}"
            yield NotChecked("rate", order.id, said)


def _is_meant(rule: Precaution, names: tuple[str, ...], step: Step, order: Order) -> bool:
    """Whether a rule speaks of a step that is given so: of what runs on, of so large a dose."""
    if rule.running and not _runs_on(step):
        return False
    return not rule.dose_over or _is_over(rule.dose_over, step, order, names)


def _runs_on(step: Step) -> bool:
    """Whether a rate is told that goes on: a bolus over some minutes is not meant."""
    if step.rate:
        return step.dose is None
    return bool(step.timing.over and step.timing.over.to("h").value >= _LONG)


def _is_over(least: Amount, step: Step, order: Order, names: tuple[str, ...]) -> bool:
    dose = step.dose and _amount(step.dose.high, step.dose.unit, step.dose.per, None)
    if dose and dose.dimension == least.dimension == "volume":
        return dose > least
    given = dose and _of_ingredient(dose, order, names[0], is_ready=True)
    return bool(given and given.dimension == least.dimension and given > least)


def _too_fast(
    rule: Precaution, most: Speed, flow: _Flow, weight: Fraction | None, facts: list[Fact], case: Case, order: Order
) -> Iterator[Finding | NotChecked]:
    """Faster than the most; where that is by weight and the weight is not known, faster than a heavy adult stands."""
    try:
        speed = _in_unit_of(most, flow)
    except UnitMismatch:
        yield NotChecked("rate", order.id, f"{name_of(order)}: {most} cannot be held against {flow.unit}/min")
        return
    limit = Fraction(most.amount.value)
    kilograms = Fraction(1) if not most.per_kg else weight or Fraction(_HEAVY)
    if speed > limit * kilograms * _ROUNDED:
        said = f"{_told(speed, most, weight)}, the most is {most}"
        yield _finding(rule, said, facts, case, order)
    elif most.per_kg and weight is None and _may_be_light(case, speed / limit):
        lightest = format_number(Fraction(ceil(speed / limit)))
        said = f"the weight is not on record, and who weighs less than {lightest} kg does not stand it so fast"
        yield NotChecked("rate", order.id, f"{name_of(order)}: {said}")


def _in_unit_of(most: Speed, flow: _Flow) -> Fraction:
    """What runs in for each `per` of `most`, in the unit of its amount."""
    per = UNITS[most.per].factor / UNITS["min"].factor
    one = Amount(Decimal(1), flow.unit).to(most.amount.unit).value
    return (flow.speed or 0) * Fraction(one) * per


def _told(speed: Fraction, most: Speed, weight: Fraction | None) -> str:
    """The rate in the terms of the most: "40 mcg/kg/min (3,000 mcg/min in 75 kg)"."""
    unit, per = most.amount.unit, most.per
    in_all = f"{format_number(speed)} {unit}/{per}"
    if not most.per_kg:
        return in_all
    kilograms = weight or Fraction(_HEAVY)
    each = f"{format_number(_rounded(speed / kilograms))} {unit}/kg/{per}"
    if weight == 1:
        return each
    return f"{each} ({in_all} in {'even ' if weight is None else ''}{format_number(kilograms)} kg)"


def _rounded(value: Fraction) -> Fraction:
    """To three places that count, for reading."""
    places = max(0, 2 - Decimal(value.numerator).adjusted() + Decimal(value.denominator).adjusted()) if value else 0
    return Fraction(round(value * 10**places), 10**places)


def _may_be_light(case: Case, kilograms: Fraction) -> bool:
    """Whether somebody whose weight is not known may weigh less than this."""
    return kilograms > _SLIGHT or case.patient.birth_date is None or is_child(case.patient, case.on)


def _too_short(
    rule: Precaution, least: Amount, minutes: Fraction, facts: list[Fact], case: Case, order: Order
) -> Iterator[Finding]:
    if minutes * _ROUNDED < Fraction(least.to("min").value):
        given = f"{format_number(minutes)} minutes" if minutes >= 1 else f"{round(minutes * _MINUTE)} seconds"
        said = f"over {given}, {least} at least are meant"
        yield _finding(rule, said, facts, case, order)


def _finding(rule: Precaution, said: str, facts: list[Fact], case: Case, order: Order) -> Finding:
    summary = f"{name_of(order)}: {said}; {rule.effect}"
    return finding_of(rule, Category.DOSE_HIGH, case, order, [Fact(True, "", said), *facts], summary=summary)


def _flow(step: Step, order: Order, ingredient: str, weight: Fraction | None) -> _Flow:
    """How fast a step gives an ingredient ("": the fluid itself): by its rate, else by its dose and the time that it is
    given over.

    "mU/min" is read like "mu"; million units a minute are given to nobody.
    """
    dose = _amount(step.dose.high, step.dose.unit, step.dose.per, weight) if step.dose else None
    given = _of_ingredient(dose, order, ingredient) if dose else _whole_bag(step, order, ingredient)
    if step.rate is None:
        minutes = Fraction(step.timing.over.to("min").value) if step.timing.over else None
        if minutes is None or given is None:
            return _Flow(minutes=minutes)
        return _Flow(given.unit, Fraction(given.value) / minutes if minutes else None, minutes)
    per = UNITS[step.rate.per].factor / UNITS["min"].factor
    unit = "mU" if step.rate.unit == "MU" else step.rate.unit
    rate = _amount(step.rate.high, unit, step.rate.weight_unit, weight)
    if rate is None:
        return _Flow()
    if rate.dimension == "volume" and dose and dose.dimension != "volume" and (bag := _bag(order)):
        minutes = (bag / rate) * per
        return _Flow(given.unit, Fraction(given.value) / minutes, minutes) if given else _Flow(minutes=minutes)
    running = _of_ingredient(rate, order, ingredient)
    minutes = (dose / rate) * per if dose and rate.value and dose.dimension == rate.dimension else None
    return _Flow(running.unit, Fraction(running.value) / per, minutes) if running else _Flow(minutes=minutes)


def _amount(value: Decimal, unit: str | None, by: str | None, weight: Fraction | None) -> Amount | None:
    """What is given in all; None for an amount by weight of somebody whose weight is not known, and without a unit."""
    if unit is None or (by and (by != "kg" or weight is None)):
        return None
    return Amount(value, unit) * (weight or 1 if by else 1)


def _whole_bag(step: Step, order: Order, ingredient: str) -> Amount | None:
    """What a bag ready to run holds, where the directions name no dose: "60 mEq in 250 mL: infuse over 1 hour"."""
    held = next((s for s in order.medicine.strengths if s.ingredient == ingredient), None)
    return held.amount if held and step.dose is None and step.rate is None and _is_ready(held.per) else None


def _bag(order: Order) -> Amount | None:
    """The volume that the directions say a dose is put into: "40 mEq in 1,000 mL"."""
    said = _DILUTED.search(order.sig.text)
    return Amount(Decimal(said[1].replace(",", "")), "mL" if said[2].lower() == "ml" else "L") if said else None


def _of_ingredient(amount: Amount, order: Order, ingredient: str, *, is_ready: bool = False) -> Amount | None:
    """The ingredient in an amount. A volume counts where the product is ready to run; a concentrate is not."""
    if not ingredient:
        return amount if amount.dimension == "volume" else None
    if amount.dimension in ("mass", "equivalent", "substance", "unit") and len(order.medicine.strengths) < 2:
        return amount
    strength = next((s for s in order.medicine.strengths if s.ingredient == ingredient), None)
    if amount.dimension == "volume" and (strength is None or not (is_ready or _is_ready(strength.per))):
        return None
    held = held_in(order, ingredient, amount.unit)
    return held * Fraction(amount.value) if held else None


def _is_ready(per: Amount) -> bool:
    return per.dimension == "volume" and per.to("mL").value >= _BAG

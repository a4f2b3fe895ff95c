"""What in a reading cannot be right, or may mean two things: the reasons why a sig whose every word is known is doubted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.amounts import SHAPED, is_measured
from tallman.core.sig.bare_maxima import counts_either
from tallman.core.sig.model import Dose, Event, Maximum, Step
from tallman.core.sig.sense_of_several import doubts_of_several
from tallman.core.sig.sense_of_time import doubts_of_time

__all__ = ["doubts_of"]

_NOT_SWALLOWED = frozenset(
    {"ophthalmic", "otic", "nasal", "subcutaneous", "intramuscular", "topical", "transdermal", "intravenous"}
)
_CONCENTRATION = re.compile(r"\d ?(?:m?c?gm?|meq|units?) ?(?:/|per) ?[\d.]* ?ml$", re.IGNORECASE)
_SEVERAL = re.compile(r"\d ?/ ?\d+(?:\.\d+)? ?/ ?\d+(?:\.\d+)? ?(?:g|gm|mg|units?)$", re.IGNORECASE)
_MEASURED_OUT = frozenset(
    {"oral", "sublingual", "subcutaneous", "intramuscular", "intravenous", "inhalation", "enteral tube"}
)
_NOT_BY_MOUTH = frozenset({"suppository", "pessary", "patch", "enema", "applicatorful"})
_SEEN = frozenset({None, "ophthalmic", "topical"})
_HEARD = frozenset({None, "otic", "topical", "transdermal"})
_ROUTES_OF = {
    "eye": _SEEN,
    "eyes": _SEEN,
    "ear": _HEARD,
    "ears": _HEARD,
    "nostril": frozenset({None, "nasal", "topical", "inhalation"}),
}
_MOST_AT_ONCE = {
    "tablet": 30,
    "capsule": 30,
    "pill": 30,
    "caplet": 30,
    "puff": 12,
    "spray": 12,
    "drop": 40,
    "patch": 6,
    "suppository": 4,
    "g": 300,
    "L": 5,
}
_GONE = frozenset({"mL", "unit", "puff", "inhalation", "spray", "drop", "suppository"})
"""Units of what is gone once it is given, and can be taken off again on the skin alone."""
_WORN = frozenset({"patch", "ring", "device", "pad"})
_MOST_GRAMS = {
    "oral": Decimal(110), "intravenous": Decimal(200), "intramuscular": Decimal(10), "subcutaneous": Decimal(60), "inhalation": Decimal(5),
    "intrathecal": Decimal("0.5"), "ophthalmic": Decimal(1), "topical": Decimal(300),
}  # fmt: skip
_HEAVIEST = 2
"""Grams in the heaviest tablet."""
_HALF_A_DAY = 12
_MOST_GRAMS_AT_ALL = Decimal(110)
_MOST_GRAMS_PER = {"m2": Decimal(15)}
_MOST_LITERS_OFTEN = Decimal("0.4")
_INJECTED = frozenset({"subcutaneous", "intramuscular", "intravenous", "intradermal"})
_ALIKE = (
    frozenset({*SHAPED, "each", "piece"}),
    frozenset({"puff", "inhalation", "spray", "actuation", "capsule"}),
)
_LATE = dict.fromkeys(("HS", "NIGHT", "EVE"), Event("NIGHT"))
_COUNTED = frozenset().union(*_ALIKE, {"drop", "patch", "suppository"})


def _counts_or_times(step: Step) -> bool:
    """Whether in "take 1 - 3 x daily" the first number may be the dose."""
    often = step.timing.frequency
    ranged = often is not None and 0 < often.low != often.high and often.unit == "d"
    return ranged and step.dose is None and step.method in ("take", "give") and step.route in (None, "oral")


def doubts_of(steps: Sequence[Step]) -> Iterator[str]:
    """Why these steps may not be what was meant, in words."""
    before: Step | None = None
    is_course = len(steps) > 1 and all(step.duration and step.link in ("first", "then") for step in steps[:2])
    is_course = is_course or (len(steps) > 1 and steps[1].link == "then" and steps[1].rate is not None)
    for step in steps:
        yield from _amount(step, goes_on=is_course)
        yield from _place(step)
        yield from doubts_of_time(step)
        if step.change and before and step.timing and not _as_often(step, before):
            yield "how often, while the dose is changed, is not said"
        if step.change and before and _all_at_once(before, step):
            yield "lowered by as much as is taken"  # "1 drop four times daily, taper by 1 drop weekly"
        if _counts_or_times(step):
            yield "so many, or so often?"
        if before and step.link != "first" and not step.product and {_poured(before), _poured(step)} == {True, False}:
            yield "a liquid, and then something else"
        if _is_dose_or_course(step):
            yield "the dose once more, or the whole course?"
        before = step
    yield from doubts_of_several(steps)
    if len(steps) > 1 and all(s.dose and s.dose.unit is None and s.dose.high < 1 and s.timing.once for s in steps):
        yield "half of what is not said"  # "half now and half in 1 hour"


def _as_often(step: Step, before: Step) -> bool:
    """Whether both are taken at the same times; "nightly" and "at bedtime" are."""
    late = [replace(t, events=tuple(_LATE.get(e.code, e) for e in t.events)) for t in (step.timing, before.timing)]
    return late[0] == late[1]


def _is_dose_or_course(step: Step) -> bool:
    """ "1 tablet daily for 5 days, repeat once": after how long is not said, so that it may be either."""
    again, lasting, often = step.repeat, step.duration, step.timing.frequency
    daily = (often is None or often.high == 1) and step.timing.interval is None
    course = lasting is not None and lasting.unit in ("d", "wk", "mo") and lasting.high > 1
    return again is not None and again.after is None and course and daily and not (step.prn or step.cycle)


def _is_measured_out(step: Step) -> bool:
    """Whether it is swallowed or injected, and nothing else says how much."""
    told = step.as_directed or step.scale or step.rate or step.change or "per sliding scale" in step.instructions
    into = step.route in _MEASURED_OUT or step.trigger is not None
    return into and not told and bool(step.timing or step.prn or step.trigger)


def _all_at_once(before: Step, step: Step) -> bool:
    """Whether a dose is to be lowered by all of it, so that it may be meant how often it is taken."""
    by, held = step.change.by if step.change else None, before.dose
    if not (by and held) or (step.change and step.change.is_increase) or by.unit not in (None, held.unit):
        return False
    return by.high >= held.high


def _poured(step: Step) -> bool | None:
    """Whether it is measured in mL (True) or counted in tablets (False)."""
    unit = step.dose.unit if step.dose else None
    return True if unit == "mL" else False if unit in SHAPED else None


def _amount(step: Step, *, goes_on: bool) -> Iterator[str]:
    """What of the amount cannot be right. `goes_on`: it is the first part of a taper, which tells doses."""
    dose = step.dose
    if dose is None and _SEVERAL.search(step.product or "") and _is_measured_out(step):
        yield "how much at which time is not said"  # "cefazolin 2/2/3 g after dialysis"
    if dose is None and _CONCENTRATION.search(step.product or "") and _is_measured_out(step):
        yield "how much at one time is not said"  # "amoxicillin 400 mg/5 mL by mouth twice a day"
    if dose is None:
        return
    if step.product in ("water", "fluid", "fluids") and step.route != "enteral tube":
        yield "what is drunk beside it is no dose"
    if dose.unit is None and step.route in _INJECTED:
        yield "so many of what is not said"  # "10 under the skin at bedtime"
    if dose.per and dose.unit in _COUNTED:
        yield f"so many {dose.unit}s for each {dose.per}"
    if not dose.high:
        yield "the dose is nothing"
    if (
        step.product
        and not dose.per
        and is_measured(dose.unit)
        and not (step.route == "intradermal" and dose.unit == "mL")
        and not (
            step.timing
            or step.prn
            or step.trigger
            or step.days
            or step.method
            or step.link != "first"
            or goes_on
            or step.rate
            or step.repeat
            or "lumen" in (step.site or "")
            or not {"before surgery", "between units of blood"}.isdisjoint(step.instructions)
        )
    ):
        yield "one dose, or what each holds?"
    if dose.unit and dose.high > _MOST_AT_ONCE.get(dose.unit, dose.high):
        yield f"so many {dose.unit}s at one time"
    yield from _too_much(step)
    if dose.strength and not dose.strength.value:
        yield "the strength is nothing"
    if dose.strength and dose.strength.value > _MOST_AT_ONCE.get(dose.strength.unit, dose.strength.value):
        yield f"so many {dose.strength.unit} at one time"
    for limit in step.maxima:
        if dose.unit in _COUNTED and limit.unit in _COUNTED and not _one_thing(dose.unit, limit.unit):
            yield "the most is said of something else than is taken"
        if limit.unit in (None, dose.unit) and limit.value < dose.low and limit.period is not None:
            yield "one dose is more than the stated maximum"
        if _is_beyond(step, dose, limit):
            yield "more a day than the stated maximum allows"
        if counts_either(limit, step):
            yield f"the most: so many doses, or so many {dose.unit}?"


def _is_beyond(step: Step, dose: Dose, limit: Maximum) -> bool:
    """Whether what is not as needed comes to more than the most a day: twice a day at most one, every 4 hours at most two."""
    often, spaced = step.timing.frequency, step.timing.interval
    daily = limit.period == 1 and limit.period_unit == "d" and limit.unit in (None, dose.unit) and not limit.of
    if not daily or step.prn or step.as_directed:
        return False
    if often and often.unit == "d" and often.period == 1:
        return dose.low <= limit.value < dose.low * often.low
    if spaced is None or spaced.unit != "h" or spaced.high > _HALF_A_DAY:
        return False
    times = 2 * _HALF_A_DAY / spaced.high
    return dose.low <= limit.value and (limit.value < 2 * dose.low or 2 * limit.value < times * dose.low)


def _too_much(step: Step) -> Iterator[str]:
    """Grams and liters so many that milligrams and milliliters may have been meant."""
    dose, t = step.dose, step.timing
    if dose is None:
        return
    often = (t.frequency and t.frequency.unit == "d" and t.frequency.high > 1) or (
        t.interval and t.interval.unit == "h"
    )
    most = _MOST_LITERS_OFTEN if dose.unit == "L" and often and step.route != "intravenous" else None
    if dose.unit == "g":
        most = _MOST_GRAMS_PER.get(dose.per) if dose.per else _MOST_GRAMS.get(step.route or "", _MOST_GRAMS_AT_ALL)
    if most is not None and dose.high > most:
        yield f"so many {dose.unit} at one time"
    held = dose.strength
    if held and held.unit == "g" and dose.unit in SHAPED and Decimal(str(held.value)) > _HEAVIEST * dose.high:
        yield f"a {dose.unit} of so many g"


def _one_thing(unit: str, other: str) -> bool:
    """Whether two units may count the same: a pill is a tablet or a capsule, a puff an inhalation."""
    return unit == other or any(unit in same and other in same for same in _ALIKE)


def _place(step: Step) -> Iterator[str]:
    unit = step.dose.unit if step.dose else None
    if unit in SHAPED and step.route in _NOT_SWALLOWED:
        yield f"a {unit} and {step.route} do not go together"
    if unit in _NOT_BY_MOUTH and step.route == "oral":
        yield f"a {unit} is not taken by mouth"
    for word in step.site.split() if step.site and step.route not in ("ophthalmic", "intravitreal") else ():
        if step.route not in _ROUTES_OF.get(word, {step.route}):
            yield f"{step.route} and {step.site} do not go together"
    if (
        step.wear
        and (unit in SHAPED or (unit in _GONE and step.route != "topical"))
        and (step.wear.off or step.wear.until)
    ):
        yield f"what is told in {unit} does not come off"
    elif step.wear and step.wear.until and not (unit or step.method or step.site or step.route):
        yield "what comes off is not said"
    elif step.wear and step.wear.off and not (step.wear.on or unit in _WORN or step.route == "vaginal"):
        yield "off for so long: after how long on, is not said"
    if unit in SHAPED and step.method in ("inject", "instill"):
        yield f"a {unit} cannot be {step.method}ed"

"""What goes without saying in one step of a direction, and what in it may belong to something else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, Amount, format_number
from tallman.core.sig.amounts import SHAPED
from tallman.core.sig.infusions import given_at_once
from tallman.core.sig.limits import DAILY_MAX
from tallman.core.sig.model import Dose, Event, Frequency, Interval, Maximum
from tallman.core.sig.occasions import DAY_PARTS, MEALS, are_apart, clock_part, occasions
from tallman.core.sig.pumps import CALLED_FOR
from tallman.core.sig.reader import A_DAY_IN_ALL, Draft, Reader

__all__ = ["tidy"]

_APP = re.compile(r"\d ?app(?:s|l|ls)?\b", re.IGNORECASE)
_EYE = re.compile(r"\b(?:eyes?|ou|od|os|ribbon|margins?|lashes|lash line|ophth\w*|inch|drops?)\b", re.IGNORECASE)
"""What tells that the eye itself is meant beside its lids."""
_DOUBLE = re.compile(r"\d ?(?:ds|double strength) (?:tabs?|tablets?)\b", re.IGNORECASE)
_BY_FOOD = {"C": "with food", "AC": "before food", "PC": "after food"}
_RAISED = re.compile(r"\b(?:increas\w*|raise|go up|titrate)\b", re.IGNORECASE)
_IF_NEEDED = re.compile(r"\bif (?:needed|necessary|required)\b", re.IGNORECASE)
_EVERY_OTHER_DAY = Interval(Decimal(2), Decimal(2), "d")
_NOT_BY_MEALS = tuple(Interval(Decimal(hours), Decimal(hours), "h") for hours in (6, 12, 24))
"""How far apart what is taken "with meals" cannot be taken at each of them."""
_MEAL_OF = {"morning": "M", "noon": "D", "evening": "V"}
_NARROWER = {
    "MORN": frozenset({"CM", "ACM", "PCM"}), "NOON": frozenset({"CD", "ACD", "PCD"}), "EVE": frozenset({"CV", "ACV", "PCV"}),
}  # fmt: skip
_AT_REST = {"NIGHT": frozenset({"HS", "EVE"}), "EVE": frozenset({"HS"}), "MORN": frozenset({"WAKE"})}
_BEYOND = frozenset({"gain", "over", "above"}) | frozenset("<>≥≤")
"""Words of a reason that holds on some days and not on others: "an additional 40 mg in the evening for weight gain"."""
_SPREAD = frozenset({None, "g", "application", "fingertip unit", "pump", "cm", "inch"})
"""Units (or none) in which what is named with a place on the skin is spread on it."""


def tidy(r: Reader, draft: Draft) -> None:
    """What goes without saying."""
    if len(draft.events) > 1:
        _narrow_meals(r, draft)
        _narrow_parts(draft)
    _narrow_hour(draft)
    _daily_with_meals(r, draft)
    if draft.cycle:
        _without_round_again(draft)
    if draft.rate and draft.dose:
        _bag(draft)
    _doubt(r, draft)
    _patch_of(draft)
    unit = draft.dose.unit if draft.dose else None
    if draft.route in (None, "oral") and (draft.method == "inhale" or unit in ("puff", "inhalation")):
        draft.route = "inhalation"
    if draft.method == "inject" and draft.route == "topical":
        draft.route = "subcutaneous"  # "inject into the skin"
    if draft.dose and unit == "application" and draft.route == "vaginal" and _APP.search(r.text):
        draft.dose = replace(draft.dose, unit="applicatorful")  # "1 app pv"
    if unit == "patch" and draft.route in (None, "topical"):
        draft.route = "transdermal"
    if draft.site and draft.route is None and (draft.method == "apply" or (draft.method is None and unit in _SPREAD)):
        draft.route = "topical"
    if draft.site == "eyelid" and draft.method == "apply" and not draft.dose and not _EYE.search(r.text):
        draft.route = "topical"
    if draft.dose and unit == "tablet" and _DOUBLE.search(r.text[max(draft.first, 0) : draft.last]):
        draft.instructions.append("double strength")
    repeated = draft.frequency or draft.interval or draft.events or draft.weekdays
    if draft.stat and not repeated and len(draft.clock) <= 1:
        draft.once = True
    draft.prn = draft.prn or CALLED_FOR in draft.instructions
    if given_at_once(r, draft):
        draft.once = True
    if draft.is_extra and draft.indication and not draft.prn:
        draft.prn = not draft.has_timing() or not _BEYOND.isdisjoint(draft.indication.split())
    if draft.prn and draft.prn_reason is None and draft.indication:
        draft.prn_reason, draft.indication = draft.indication, None
    if draft.indication and draft.indication == draft.prn_reason:
        draft.indication = None  # "for pain, as needed for pain"


def _patch_of(draft: Draft) -> None:
    """ "Estradiol patch 0.05 mg": one patch, and what it gives."""
    dose = draft.dose
    if not dose or not (draft.product or "").endswith(" patch") or dose.unit not in ("mg", "mcg") or dose.per:
        return
    if dose.low == dose.high and not dose.strength:
        draft.dose = Dose(Decimal(1), Decimal(1), "patch", Amount(dose.low, dose.unit))


def _bag(draft: Draft) -> None:
    """ "Heparin 25,000 units in 250 mL D5W at 12 units/kg/hr": what the bag holds is no dose, the rate is."""
    rate, dose = draft.rate, draft.dose
    into = next((i for i in draft.instructions if i.startswith("in ") and i[3:4].isdigit()), None)
    if not (rate and dose and into) or rate.unit in ("mL", "L") or draft.once or draft.has_schedule() or dose.per:
        return
    held = f"{format_number(dose.low)} {UNITS[dose.unit].plural if dose.unit else ''}"
    draft.product = " ".join(filter(None, [draft.product, held, into]))
    draft.dose = None
    draft.instructions.remove(into)


def _without_round_again(draft: Draft) -> None:
    """ "Every 21 days on day 1 of every 21 days", "for 5 days on days 1 to 5 of every 28 days": what the round says already."""
    whole, days, lasting, spaced = draft.cycle, draft.days, draft.duration, draft.interval
    if whole and spaced and (spaced.high, spaced.unit) == (whole.high, whole.unit):
        draft.interval = None
    if days and days.last and lasting and lasting.unit == days.unit and lasting.high == days.last - days.first + 1:
        draft.duration = None


def _doubt(r: Reader, draft: Draft) -> None:
    """What may belong to something else than the dose."""
    freq = draft.frequency
    if draft.is_extra and draft is r.drafts[0] and draft.has_timing() and not draft.prn:
        r.doubts.append("so much more: besides what, is not said")
    if draft.often == DAILY_MAX and not (draft.has_timing() or draft.prn):
        r.doubts.append("taken daily, or so much a day at most?")
    at_most = draft.dose is not None and not draft.dose.low
    if at_most and _runs_all_day(r, draft):
        at_most = False
    daily_insulin = at_most and draft.dose and draft.dose.unit == "unit" and draft.is_weak
    if daily_insulin or (at_most and "continuously" in draft.instructions):
        r.doubts.append("so much at one time, or so much a day at most?")
    agreed = freq is not None and freq.unit == "d" and 1 < freq.high == occasions(draft.events, draft.clock)
    agreed = agreed or (freq is not None and freq.unit == "wk" and freq.high == len(draft.weekdays))
    if draft.is_apart and not agreed:
        r.doubts.append("a time that may belong to something else")
    spaced = (
        draft.interval is not None and draft.interval.unit in ("d", "wk", "mo") and draft.interval != _EVERY_OTHER_DAY
    )
    if draft.is_raised and spaced and draft.dose and draft.dose.unit in SHAPED:
        r.doubts.append("taken so far apart, or changed again each time?")
    if draft.is_begun_so and (draft.duration or draft.days) and draft is r.drafts[-1]:
        r.doubts.append("how often after that time is not said")
    if draft.prn and ((draft.is_raised and _is_plainly_raised(r, draft)) or _is_raised_if_needed(r, draft)):
        draft.start, draft.prn = (
            f"{draft.start} if needed" if draft.start else "when needed",
            False,
        )  # "1 tablet daily, may increase to 2 tablets if needed"
    if draft.is_raised and draft.prn and not (draft.prn_reason and draft.has_timing()):
        r.doubts.append("when the dose is raised, and how often it is taken then, is not said")
    if draft.dose and draft.dose.unit == "patch" and draft.cycle and draft.duration:
        worn, draft.duration = draft.duration, None  # "wear 1 patch for 7 days, weekly for 3 weeks, then 1 week off"
        if not (draft.frequency or draft.interval):
            draft.interval = Interval(worn.low, worn.high, worn.unit)
    if (
        draft.wear
        and draft.wear.off
        and not draft.wear.on
        and draft.duration
        and draft.dose
        and draft.dose.unit == "ring"
    ):
        lasting = draft.duration
        draft.wear, draft.duration = replace(draft.wear, on=Interval(lasting.low, lasting.high, lasting.unit)), None


def _runs_all_day(r: Reader, draft: Draft) -> bool:
    """ "Up to 50 units a day via insulin pump": the most a day, which is then kept as that, and no dose."""
    dose, a_day = draft.dose, draft.frequency == Frequency(1, 1) or A_DAY_IN_ALL in r.doubts
    pump = "continuously" in draft.instructions and "pump" in r.text.lower() and not (draft.events or draft.clock)
    if not (dose and dose.unit == "unit" and a_day and pump and len(r.drafts) == 1):
        return False
    draft.maxima.append(Maximum(dose.high, "unit"))
    draft.dose, draft.frequency = None, None
    r.doubts = [doubt for doubt in r.doubts if doubt != A_DAY_IN_ALL]
    return True


def _is_plainly_raised(r: Reader, draft: Draft) -> bool:
    """Whether more of the same is taken as often as before, where it is needed: no other way of taking it comes to mind."""
    before = r.drafts[r.drafts.index(draft) - 1]
    often = (draft.frequency, draft.interval, draft.events, draft.clock)
    as_before = often in ((None, None, [], []), (before.frequency, before.interval, before.events, before.clock))
    more = draft.dose and before.dose and draft.dose.low > before.dose.low and not (before.duration or draft.duration)
    once = before.frequency in (None, Frequency(1, 1)) and occasions(before.events, before.clock) <= 1
    plain = draft.prn_reason is None and (draft.start or "after").startswith("after") and before.has_timing()
    told = draft.frequency is not None and draft.frequency.unit == "d" and before.interval is None
    more = more or bool(told and draft.dose and draft.dose == before.dose and before.frequency != draft.frequency)
    return bool(more and plain and (told or (as_before and once)) and before.interval is None and not before.weekdays)


def _is_raised_if_needed(r: Reader, draft: Draft) -> bool:
    """ "1 capsule daily for 1 week then increase to 1 capsule twice daily if needed": the change is, not each dose."""
    at = r.drafts.index(draft)
    before = r.drafts[at - 1]
    told = at and draft.prn_reason is None and draft.start is None and draft.has_schedule() and before.has_timing()
    raised = draft.is_raised or _RAISED.search(r.text[before.last : draft.first])
    return bool(told and before.duration and raised and _IF_NEEDED.search(r.text[draft.first : draft.last]))


def _narrow_meals(r: Reader, draft: Draft) -> None:
    """ "In the morning before meals" is before that one meal, not three times more; "in the morning with meals" with food."""
    for at, event in enumerate(draft.events):
        if event.code not in MEALS or at in draft.joined:
            continue
        parts = [DAY_PARTS[e.code] for e in draft.events[:at] if e.code in DAY_PARTS]
        if not at and 1 not in draft.joined and len(draft.events) > 1:
            later = [DAY_PARTS.get(e.code, "") for e in draft.events[1:]]
            if all(p in _MEAL_OF or (p == "night" and "nocte" in r.text.lower()) for p in later):
                parts = later  # "before meals, every morning and evening"; where "nocte" is said, "pc" is of that meal
        if not parts:
            continue
        if event.offset and not all(p in _MEAL_OF for p in parts):
            r.doubts.append("at every meal, or at that time of day?")
            return
        _at_those_meals(r, draft, event, [p for p in parts if p in _MEAL_OF])
        return


def _at_those_meals(r: Reader, draft: Draft, event: Event, parts: list[str]) -> None:
    """Put the meals of these parts of the day in place of any meal; "with food" where none is named."""
    by_food = event.code == "C" or not parts
    meals = [] if by_food else [replace(event, code=event.code + _MEAL_OF[p]) for p in parts]
    said = _BY_FOOD[event.code]
    draft.by_meals = None if by_food else event
    draft.instructions += [said] if by_food and said not in draft.instructions else []
    codes = {m.code for m in meals} | {f"C{m.code[-1]}" for m in meals}
    others = [e for e in draft.events if e != event and not (e.code in codes and not e.offset)]
    if any(e.code[:2] in ("AC", "PC") and e.code[:2] != event.code for e in others if meals):
        r.doubts.append("before a meal, or after it?")
    timed = {e.code for e in others if e.offset}
    draft.events = [*others, *(m for m in meals if m not in others and (m.offset or m.code not in timed))]


def _narrow_parts(draft: Draft) -> None:
    """ "In the morning with breakfast", "nightly at bedtime" is one moment: the narrower name stays."""
    codes = {e.code for e in draft.events}
    dropped = {wide for wide, narrow in _NARROWER.items() if wide in codes and codes & narrow}
    if not draft.joined:
        dropped |= {wide for wide, narrow in _AT_REST.items() if wide in codes and codes & narrow}
    draft.events = [e for e in draft.events if e.code not in dropped]


def _narrow_hour(draft: Draft) -> None:
    """ "Nightly at 8 pm", "every evening at 9 pm" is that hour, and not the evening besides."""
    late = [e.code in ("EVE", "NIGHT", "HS") and not e.offset for e in draft.events]
    if late != [True] or len(draft.clock) != 1 or draft.is_hour_joined or draft.joined:
        return
    if are_apart(draft.events, draft.clock) and clock_part(draft.clock[0]) in ("evening", "night"):
        draft.events = []


def _is_spaced(draft: Draft) -> bool:
    """Whether it is taken less often than every day."""
    freq, interval = draft.frequency, draft.interval
    return bool((freq and freq.unit in ("wk", "mo")) or (interval and interval.unit in ("d", "wk", "mo")))


def _daily_with_meals(r: Reader, draft: Draft) -> None:
    """ "Once daily with meals" is with a meal; "daily with meals" may also mean with every one."""
    codes = [e.code for e in draft.events]
    by_hours = codes in (["C"], ["PC"]) and draft.interval in _NOT_BY_MEALS
    if (
        len(codes) == 1
        and codes[0] in MEALS
        and (_is_spaced(draft) or _is_of_few_days(r, draft) or _has_its_hour(draft) or by_hours)
    ):
        _put_by_food(draft)
        return
    if len(codes) != 1 or codes[0] not in MEALS or draft.frequency != Frequency(1, 1):
        return
    if (codes[0] != "C" or draft.events[0].offset) and not draft.is_weak:
        return
    if draft.is_weak and (codes[0] == "C" or "meal" in r.text.lower()):
        r.doubts.append("once a day with food, or with every meal?")
    _put_by_food(draft)


def _is_of_few_days(r: Reader, draft: Draft) -> bool:
    """Whether "before food" tells how it is taken on its one day of the week, or so long before food on up to three."""
    alone = len(r.drafts) == 1 and not (draft.interval or draft.joined)
    return alone and _is_at_most_daily(draft) and 0 < len(draft.weekdays) <= (3 if draft.events[0].offset else 1)


def _is_at_most_daily(draft: Draft) -> bool:
    return draft.frequency in (None, Frequency(1, 1))


def _has_its_hour(draft: Draft) -> bool:
    """Whether it is taken at one hour, and no "and" makes the meals more times of the day."""
    return len(draft.clock) == 1 and not (draft.is_hour_joined or draft.joined) and _is_at_most_daily(draft)


def _put_by_food(draft: Draft) -> None:
    """Tell the meal as advice: "before food", "30 to 60 minutes before food"."""
    meal = draft.events[0]
    far = f"{meal.offset} to {meal.offset_high}" if meal.offset_high else str(meal.offset)
    said = f"{far} minutes {_BY_FOOD[meal.code]}" if meal.offset else _BY_FOOD[meal.code]
    draft.events = []
    if said not in draft.instructions:
        draft.instructions.append(said)

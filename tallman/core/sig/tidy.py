"""What goes without saying in one step of a direction, and what in it may belong to something else."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.sig.model import Frequency, Interval
from tallman.core.sig.occasions import DAY_PARTS, MEALS, occasions
from tallman.core.sig.reader import Draft, Reader

__all__ = ["tidy"]

_MEAL_OF = {"morning": "M", "noon": "D", "evening": "V"}
_SPREAD = frozenset({None, "g", "application", "pump", "cm", "inch"})
"""Units (or none) in which what is named with a place on the skin is spread on it."""


def tidy(r: Reader, draft: Draft) -> None:
    """What goes without saying."""
    if len(draft.events) > 1:
        codes = {e.code for e in draft.events}
        for wide, narrow in (("NIGHT", "HS"), ("EVE", "HS"), ("MORN", "WAKE"), ("NIGHT", "EVE")):
            if {wide, narrow} <= codes and not draft.joined:
                draft.events = [e for e in draft.events if e.code != wide]
                codes.discard(wide)
        _narrow_meals(draft)
    _daily_with_meals(r, draft)
    _doubt(r, draft)
    unit = draft.dose.unit if draft.dose else None
    if draft.route in (None, "oral") and (draft.method == "inhale" or unit in ("puff", "inhalation")):
        draft.route = "inhalation"
    if draft.method == "inject" and draft.route == "topical":
        draft.route = "subcutaneous"  # "inject into the skin"
    if unit == "patch" and draft.route in (None, "topical"):
        draft.route = "transdermal"
    if draft.site and draft.route is None and (draft.method == "apply" or (draft.method is None and unit in _SPREAD)):
        draft.route = "topical"
    if draft.stat and not (draft.frequency or draft.interval or draft.events or draft.clock or draft.weekdays):
        draft.once = True
    if draft.prn and draft.prn_reason is None and draft.indication:
        draft.prn_reason, draft.indication = draft.indication, None


def _doubt(r: Reader, draft: Draft) -> None:
    """What may belong to something else than the dose."""
    freq = draft.frequency
    agreed = freq is not None and freq.unit == "d" and 1 < freq.high == occasions(draft.events, draft.clock)
    if draft.is_apart and not agreed:
        r.doubts.append("a time that may belong to something else")
    if draft.is_raised and draft.prn and not (draft.prn_reason and draft.has_timing()):
        r.doubts.append("when the dose is raised, and how often it is taken then, is not said")
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


def _narrow_meals(draft: Draft) -> None:
    """ "In the morning before meals" is before that one meal, not three times more."""
    for at, event in enumerate(draft.events):
        parts = [DAY_PARTS[e.code] for e in draft.events[:at] if e.code in DAY_PARTS]
        if event.code in MEALS and at not in draft.joined and parts:
            meals = [replace(event, code=event.code + _MEAL_OF[p]) for p in parts if p in _MEAL_OF]
            with_food = ["with food"] if event.code == "C" and not meals else []
            draft.instructions += [i for i in with_food if i not in draft.instructions]
            others = [e for e in draft.events if e != event]
            draft.events = [*others, *(m for m in meals if m not in others)]
            return


def _daily_with_meals(r: Reader, draft: Draft) -> None:
    """ "Once daily with meals" is with a meal; "daily with meals" may also mean with every one."""
    if draft.frequency != Frequency(1, 1) or [e.code for e in draft.events] != ["C"]:
        return
    if draft.is_weak:
        r.doubts.append("once a day with food, or with every meal?")
    draft.events = []
    if "with food" not in draft.instructions:
        draft.instructions.append("with food")

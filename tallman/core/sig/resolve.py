"""From drafts to steps: how they follow each other, what they take over, and whether they make sense together."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tallman.core.quantity import Amount
from tallman.core.sig.model import Event, Interval, Link, Step, Timing
from tallman.core.sig.reader import Draft, Reader

__all__ = ["DAY_PARTS", "clock_part", "occasions", "resolve"]

# Which part of the day an event belongs to; meals in general count as three.
DAY_PARTS = {
    "MORN": "morning", "WAKE": "morning", "ACM": "morning", "CM": "morning", "PCM": "morning", "NOON": "noon", "ACD": "noon",
    "CD": "noon", "PCD": "noon", "AFT": "afternoon", "EVE": "evening", "ACV": "evening", "CV": "evening", "PCV": "evening",
    "NIGHT": "night", "HS": "night",
}  # fmt: skip
_MEALS = frozenset({"C", "AC", "PC"})
_MEAL_OF = {"morning": "M", "noon": "D", "evening": "V"}
_COPIED = ("method", "route", "site")


def clock_part(hour: str) -> str:
    """The part of the day of an hour such as "08:00"."""
    h = int(hour[:2])
    return (
        "morning"
        if 4 <= h < 11
        else "noon"
        if h < 13 and h >= 11
        else "afternoon"
        if 13 <= h < 17
        else "evening"
        if 17 <= h < 21
        else "night"
    )


def occasions(events: tuple[Event, ...] | list[Event], clock: tuple[str, ...] | list[str] = ()) -> int:
    """How many times a day these events and hours make: "in the morning" and "at 8 am" are one.

    >>> occasions([Event("C"), Event("HS")])
    4
    """
    hours: dict[str, int] = {}
    for hour in clock:
        hours[clock_part(hour)] = hours.get(clock_part(hour), 0) + 1
    for event in events:
        part = DAY_PARTS.get(event.code)
        if part:
            hours.setdefault(part, 1)
    return sum(hours.values()) + (3 if any(e.code in _MEALS for e in events) else 0)


def resolve(r: Reader) -> tuple[Step, ...]:
    """The steps of what was read. What does not fit together is added to the reader's doubts."""
    drafts = _merge_blank(r)
    for draft in drafts:
        _tidy(draft)
    for before, draft in pairwise(drafts):
        draft.link = _link(r, before, draft)
        _inherit(before, draft)
    drafts = _merge_restated(drafts)
    _share_timing(drafts)
    _other_weekdays(drafts)
    drafts = [part for draft in drafts for part in _split_joined(r, draft)]
    return tuple(_step(r, draft) for draft in drafts if draft.first >= 0)


def _merge_blank(r: Reader) -> list[Draft]:
    """Fold drafts that say neither how much nor when into the one before."""
    kept: list[Draft] = []
    for draft in r.drafts:
        if kept and draft.is_blank():
            held = kept[-1]
            held.instructions += [i for i in draft.instructions if i not in held.instructions]
            held.maxima += [m for m in draft.maxima if m not in held.maxima]
            for name in ("route", "site", "indication", "until", "start"):
                said = getattr(draft, name)
                if said is not None and getattr(held, name) not in (None, said):
                    r.doubts.append(f"two different statements of {name}")
                elif said is not None:
                    setattr(held, name, said)
            if draft.first >= 0:
                held.last = draft.last
                held.first = draft.first if held.first < 0 else held.first
        else:
            kept.append(draft)
    return kept


def _tidy(draft: Draft) -> None:
    """What goes without saying."""
    codes = {e.code for e in draft.events}
    if {"NIGHT", "HS"} <= codes:
        draft.events = [e for e in draft.events if e.code != "NIGHT"]
    _narrow_meals(draft)
    unit = draft.dose.unit if draft.dose else None
    if draft.method == "inhale" and draft.route in (None, "oral"):
        draft.route = "inhalation"
    if unit in ("puff", "inhalation") and draft.route in (None, "oral"):
        draft.route = "inhalation"
    if unit == "patch" and draft.route in (None, "topical"):
        draft.route = "transdermal"
    if draft.method == "apply" and draft.site and draft.route is None:
        draft.route = "topical"
    if draft.stat and not (draft.frequency or draft.interval or draft.events or draft.clock or draft.weekdays):
        draft.once = True
    if draft.prn and draft.prn_reason is None and draft.indication:
        draft.prn_reason, draft.indication = draft.indication, None
    if draft.rate and draft.dose is None and draft.method is None:
        draft.method = None


def _narrow_meals(draft: Draft) -> None:
    """ "In the morning before meals" is before that one meal, not three times more."""
    for at, event in enumerate(draft.events):
        parts = [DAY_PARTS[e.code] for e in draft.events[:at] if e.code in DAY_PARTS]
        if event.code in _MEALS and at not in draft.joined and parts:
            meals = [replace(event, code=event.code + _MEAL_OF[p]) for p in parts if p in _MEAL_OF]
            with_food = ["with food"] if event.code == "C" and not meals else []
            draft.instructions += [i for i in with_food if i not in draft.instructions]
            others = [e for e in draft.events if e != event]
            draft.events = [*others, *(m for m in meals if m not in others)]
            return


def _link(r: Reader, before: Draft, draft: Draft) -> str:
    if draft.link in ("then", "or"):
        return draft.link
    if before.days and draft.days:
        return "then" if draft.days.first > before.days.first else "and"
    if before.stat or (before.once and draft.has_timing()):
        return "then"
    if draft.link == "and" or draft.is_exception:
        return "then" if before.duration and draft.duration else "and"
    if before.duration and (draft.duration or not draft.days):
        if draft.new_verb and draft.new_sentence is False:
            r.doubts.append("two courses, and nothing says how they follow each other")
        return "then"
    apart = ((before.events or before.clock) and (draft.events or draft.clock)) or (before.weekdays and draft.weekdays)
    if not apart:
        r.doubts.append("two doses, and nothing says how they go together")
    return "and"


def _inherit(before: Draft, draft: Draft) -> None:
    if draft.dose is None and not draft.change and not draft.rate:
        draft.dose = before.dose
    elif draft.dose and draft.dose.unit is None and before.dose and before.dose.unit:
        draft.dose = replace(draft.dose, unit=before.dose.unit)
    for name in _COPIED:
        if getattr(draft, name) is None:
            setattr(draft, name, getattr(before, name))
    if draft.link == "then" and not draft.has_timing() and draft.dose and not draft.prn and not before.stat:
        for name in ("frequency", "interval", "events", "weekdays", "clock", "is_weak"):
            setattr(draft, name, getattr(before, name))


def _same_timing(a: Draft, b: Draft) -> bool:
    names = ("frequency", "interval", "events", "weekdays", "clock", "days", "duration", "stat", "once")
    return all(getattr(a, n) == getattr(b, n) for n in names)


def _merge_restated(drafts: list[Draft]) -> list[Draft]:
    """Drop a step that only says the one before again."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and kept[-1].dose == draft.dose and draft.link == "and" and draft.dose and not draft.is_exception:
            before = kept[-1]
            if not draft.has_timing() or _same_timing(before, draft):
                before.last = draft.last
                continue
        kept.append(draft)
    return kept


def _share_timing(drafts: list[Draft]) -> None:
    """What stands at the end of a list of doses holds for all of it: "1 tab and 2 caps bid", "2 am and 1 pm x 10 days"."""
    for before, draft in zip(reversed(drafts[:-1]), reversed(drafts), strict=False):
        if draft.link in ("and", "or") and before.duration is None and draft.duration and not before.days:
            before.duration = draft.duration
        bare = not before.has_timing() and not before.prn and before.dose is not None
        if bare and draft.has_timing() and (draft.link in ("and", "or") or before.duration):
            for name in ("frequency", "interval", "events", "weekdays", "clock", "is_weak"):
                setattr(before, name, getattr(draft, name))


def _other_weekdays(drafts: list[Draft]) -> None:
    """ "Other days" are those no other step names; an exception takes its days from the step before."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    for i, draft in enumerate(drafts):
        if "other" in draft.weekdays:
            named = {d for other in drafts for d in other.weekdays}
            draft.weekdays = tuple(d for d in week if d not in named)
        if draft.is_exception and i and not drafts[i - 1].weekdays:
            drafts[i - 1].weekdays = tuple(d for d in week if d not in draft.weekdays)


def _split_joined(r: Reader, draft: Draft) -> list[Draft]:
    """ "Three times a day and at bedtime" is two steps; a count that contradicts its events is doubted."""
    freq = draft.frequency
    count = occasions(draft.events, draft.clock)
    if freq and draft.duration and draft.duration.unit == "d" and freq.unit in ("mo", "y"):
        r.doubts.append("so many days of each month: not how often")
    per_day = freq is not None and freq.unit == "d" and freq.period == 1
    if not count or not (per_day or draft.interval):
        return [draft]
    if per_day and freq and (freq.low <= count <= freq.high or (freq.high == 1 and draft.is_weak)):
        if freq.high == 1 and draft.is_weak and count > 1:
            draft.frequency = None
        return [draft]
    meals = any(e.code in _MEALS for e in draft.events)
    if freq and [e.code in _MEALS for e in draft.events] == [True, False] and 1 in draft.joined and freq.high == 3:
        return _cut(draft, draft.events[:1])
    if per_day and freq and meals and (freq.high <= 3 or (freq.high == 4 and len(draft.events) == 1)):
        return [draft]
    last = len(draft.events) - 1
    rest = draft.events[:-1]
    if last in draft.joined and not draft.clock:
        fits = (
            draft.interval is not None
            if freq is None
            else (not rest or occasions(rest) == freq.high or any(e.code in _MEALS for e in rest))
        )
        if fits and (freq is None or freq.high > 1):
            return _cut(draft, rest)
    if draft.interval is not None and draft.interval.unit in ("d", "wk", "mo") and count == 1:
        return [draft]
    if draft.interval is not None and draft.interval.unit == "h" and draft.interval.low * count == 24:
        return [draft]
    if draft.interval is not None and draft.interval.unit == "h" and draft.interval.low >= 24 and count == 1:
        return [draft]
    r.doubts.append("the number of times and the times of day do not agree")
    return [draft]


def _cut(draft: Draft, rest: list[Event]) -> list[Draft]:
    extra = Draft(link="and", method=draft.method, dose=draft.dose, route=draft.route, site=draft.site)
    extra.events, extra.duration = [draft.events[-1]], draft.duration
    extra.first, extra.last = draft.first, draft.last
    draft.events = rest
    return [draft, extra]


def _step(r: Reader, d: Draft) -> Step:
    timing = Timing(
        d.frequency, d.interval, tuple(d.events), d.weekdays, d.month_days, tuple(d.clock), d.count, d.once, d.stat,
        d.over if isinstance(d.over, Amount) else None,
    )  # fmt: skip
    if d.frequency and d.interval and not _agree(d.frequency.high, d.interval):
        r.doubts.append("the number of times and the interval do not agree")
    return Step(
        Link(d.link or "and"), d.method, d.dose, d.route, d.site, timing, d.prn, d.prn_reason, tuple(d.maxima), d.duration,
        d.as_directed, tuple(d.instructions), d.indication, d.days, d.change, d.rate, d.scale, d.repeat, d.trigger, d.start,
        d.until, d.product, (d.first, d.last),
    )  # fmt: skip


def _agree(times: int, interval: Interval) -> bool:
    """Whether so many times a day fit the interval: 2 a day every 12 h, 4 a day every 4 to 6 h."""
    return interval.unit == "h" and interval.low * times <= 24

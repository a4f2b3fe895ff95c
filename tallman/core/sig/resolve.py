"""From drafts to steps: how they follow each other and what they take over from each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from tallman.core.quantity import Amount
from tallman.core.sig.model import Event, Frequency, Interval, Link, Step, Timing
from tallman.core.sig.occasions import MEALS, occasions
from tallman.core.sig.reader import Draft, Reader
from tallman.core.sig.sense import doubts_of
from tallman.core.sig.tidy import tidy
from tallman.core.sig.wearing import worn

__all__ = ["resolve"]

_EVERY = frozenset({"every", "each", "q", "daily", "nightly", "mornings", "evenings", "nights"})
_COPIED = ("method", "route", "site")
_TIMES = ("frequency", "interval", "events", "weekdays", "clock", "is_weak")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def resolve(r: Reader) -> tuple[Step, ...]:
    """The steps of what was read. What does not fit together is added to the reader's doubts."""
    drafts = r.drafts
    if len(drafts) > 1:
        drafts = _together(r)
    else:
        tidy(r, drafts[0])
        if r.alternating:
            r.doubts.append("what alternates is not clear")
    steps = tuple(_step(part) for draft in drafts for part in _split_joined(r, draft) if draft.first >= 0)
    r.doubts += doubts_of(steps)
    return steps


def _together(r: Reader) -> list[Draft]:
    """Several drafts: linked, with what they take over from each other."""
    drafts = _merge_said_again(_merge_blank(r))
    for draft in drafts:
        tidy(r, draft)
    for before, draft in pairwise(drafts):
        draft.link = _link(r, before, draft)
        if before.stat and draft.events and not _is_daily(r, draft):
            r.doubts.append("once more, or every day from then on?")
        _inherit(before, draft)
    drafts = _merge_restated(drafts)
    _share_timing(drafts)
    _other_weekdays(drafts)
    if r.alternating:
        _alternate(r, drafts)
    return drafts


def _alternate(r: Reader, drafts: list[Draft]) -> None:
    """Two doses on alternate days; anything else that alternates is not understood."""
    every_day = (None, Frequency(1, 1))
    if len(drafts) != 2 or any(d.frequency not in every_day or not d.dose or d.weekdays for d in drafts):
        r.doubts.append("what alternates is not clear")
        return
    for draft in drafts:
        draft.frequency, draft.interval = None, Interval(Decimal(2), Decimal(2), "d")


def _merge_blank(r: Reader) -> list[Draft]:
    """Fold drafts that say neither how much nor when into the one before."""
    kept: list[Draft] = []
    for draft in r.drafts:
        if not (kept and draft.is_blank()):
            kept.append(draft)
            continue
        held = kept[-1]
        held.instructions += [i for i in draft.instructions if i not in held.instructions]
        held.maxima += [m for m in draft.maxima if m not in held.maxima]
        if draft.method not in (None, held.method):
            r.doubts.append(f"{draft.method}: how much or when is not said")
        both = worn(held.wear, draft.wear)
        if (held.wear or draft.wear) and both is None:
            r.doubts.append("two different statements of how long it stays on")
        held.wear = both
        for name in ("route", "site", "indication", "until", "start"):
            said = getattr(draft, name)
            if said is not None and getattr(held, name) not in (None, said):
                r.doubts.append(f"two different statements of {name}")
            elif said is not None:
                setattr(held, name, said)
        if draft.first >= 0:
            held.last = draft.last
            held.first = draft.first if held.first < 0 else held.first
    return kept


def _merge_said_again(drafts: list[Draft]) -> list[Draft]:
    """ "Take 1 tablet daily. TAKE 1 TABLET DAILY, max 1 a day": the same again, with more said about it."""
    kept = drafts[:1]
    for draft in drafts[1:]:
        held = kept[-1]
        again = draft.link is None and draft.dose == held.dose and draft.dose is not None and held.prn == draft.prn
        if not (
            again and draft.has_timing() and _same_timing(held, draft, "duration") and held.route in (None, draft.route)
        ):
            kept.append(draft)
            continue
        for name in ("route", "site", "indication", "prn_reason", "duration", "until", "start"):
            if getattr(held, name) is None:
                setattr(held, name, getattr(draft, name))
        held.maxima += [m for m in draft.maxima if m not in held.maxima]
        held.instructions += [i for i in draft.instructions if i not in held.instructions]
        held.last = draft.last
    return kept


def _is_daily(r: Reader, draft: Draft) -> bool:
    """Whether a moment comes back every day: "every morning", "at bedtime for 4 days", and not just "in the morning"."""
    said = set(r.text[draft.first : draft.last].lower().replace("q", "q ").split())
    return bool(draft.frequency or draft.duration or draft.days or not said.isdisjoint(_EVERY))


def _link(r: Reader, before: Draft, draft: Draft) -> str:
    if draft.link in ("then", "or"):
        return draft.link
    if draft.days and not before.days and draft.days.first > 1:
        return "then"
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
    places = before.site and draft.site and before.site != draft.site
    apart = (
        places
        or ((before.events or before.clock) and (draft.events or draft.clock))
        or (before.weekdays and draft.weekdays)
    )
    rescue = (
        draft.prn
        and not before.prn
        and draft.has_timing()
        and before.has_timing()
        and (draft.new_sentence or draft.new_verb)
    )
    if not (apart or rescue):
        r.doubts.append("two doses, and nothing says how they go together")
    return "and"


def _inherit(before: Draft, draft: Draft) -> None:
    if draft.as_directed and draft.link == "then" and not (draft.dose or draft.has_timing() or draft.prn):
        return  # "then taper as directed"
    if draft.dose is None and not draft.change and not draft.rate:
        draft.dose = before.dose
    elif draft.dose and draft.dose.unit is None and before.dose and before.dose.unit:
        draft.dose = replace(draft.dose, unit=before.dose.unit)
    for name in _COPIED:
        if getattr(draft, name) is None:
            setattr(draft, name, getattr(before, name))
    if draft.link == "and" and draft.days is None and draft.duration is None:
        draft.days, draft.cycle = before.days, before.cycle
    if draft.link == "then" and not draft.has_timing() and draft.dose and not draft.prn and not before.stat:
        for name in _TIMES:
            setattr(draft, name, getattr(before, name))


def _same_timing(a: Draft, b: Draft, *but: str) -> bool:
    names = ("frequency", "interval", "events", "weekdays", "clock", "days", "duration", "stat", "once")
    return all(getattr(a, n) == getattr(b, n) for n in names if n not in but)


def _merge_restated(drafts: list[Draft]) -> list[Draft]:
    """Drop a step that only says the one before again."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and kept[-1].dose == draft.dose and draft.link == "and" and draft.dose and not draft.is_exception:
            before = kept[-1]
            same_place = draft.site == before.site and draft.prn == before.prn
            if (not draft.has_timing() and not draft.prn) or (_same_timing(before, draft) and same_place):
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
            for name in _TIMES:
                setattr(before, name, getattr(draft, name))


def _other_weekdays(drafts: list[Draft]) -> None:
    """ "Other days" are those no other step names; an exception takes its days from the step before."""
    for i, draft in enumerate(drafts):
        if "other" in draft.weekdays:
            named = {d for other in drafts for d in other.weekdays}
            draft.weekdays = tuple(d for d in _WEEK if d not in named)
        if draft.is_exception and i and not drafts[i - 1].weekdays:
            drafts[i - 1].weekdays = tuple(d for d in _WEEK if d not in draft.weekdays)


def _split_joined(r: Reader, draft: Draft) -> list[Draft]:
    """ "Three times a day and at bedtime" is two steps; a count that contradicts its events is doubted."""
    if not (draft.events or draft.clock):
        return [draft]
    freq, interval = draft.frequency, draft.interval
    count = occasions(draft.events, draft.clock)
    per_day = freq is not None and freq.unit == "d" and freq.period == 1
    if not count or not (per_day or interval):
        return [draft]
    if per_day and freq and (freq.low <= count <= freq.high or (freq.high == 1 and draft.is_weak)):
        if freq.high == 1 and draft.is_weak and count > 1:
            draft.frequency = None
        return [draft]
    codes = [e.code in MEALS for e in draft.events]
    if freq and codes == [True, False] and 1 in draft.joined and freq.high == 3:
        return _cut(draft, draft.events[:1])
    if per_day and freq and any(codes) and (freq.high <= 3 or (freq.high == 4 and len(draft.events) == 1)):
        return [draft]
    if len(draft.events) - 1 in draft.joined and not draft.clock:
        rest = draft.events[:-1]
        fits = interval is not None if freq is None else (not rest or occasions(rest) == freq.high or any(codes[:-1]))
        if fits and (freq is None or freq.high > 1):
            return _cut(draft, rest)
    if interval is not None and _fits(interval.low, interval.unit, count):
        return [draft]
    r.doubts.append("the number of times and the times of day do not agree")
    return [draft]


def _fits(each: Decimal, unit: str, count: int) -> bool:
    """Whether so many moments of the day go with an interval: one with days, two with 12 hours."""
    if unit == "h":
        return each * count == 24 or (each >= 24 and count == 1)
    return unit in ("d", "wk", "mo") and count == 1


def _cut(draft: Draft, rest: list[Event]) -> list[Draft]:
    extra = Draft(link="and", method=draft.method, dose=draft.dose, route=draft.route, site=draft.site)
    extra.events, extra.duration = [draft.events[-1]], draft.duration
    extra.first, extra.last = draft.first, draft.last
    draft.events = rest
    return [draft, extra]


def _step(d: Draft) -> Step:
    timing = Timing(
        d.frequency, d.interval, tuple(d.events), d.weekdays, d.month_days, tuple(d.clock), d.count, d.once, d.stat,
        d.over if isinstance(d.over, Amount) else None,
    )  # fmt: skip
    return Step(
        Link(d.link or "and"), d.method, d.dose, d.route, d.site, timing, d.prn, d.prn_reason, tuple(d.maxima), d.duration,
        d.as_directed, tuple(d.instructions), d.indication, d.days, d.change, d.rate, d.scale, d.repeat, d.trigger, d.start,
        d.until, d.product, d.wear, d.cycle, (d.first, d.last),
    )  # fmt: skip

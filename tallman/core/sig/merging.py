"""Drafts that are one: a phrase that adds to the dose before it, the same said twice, a dose and how it is spread over the day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.model import Frequency
from tallman.core.sig.occasions import occasions
from tallman.core.sig.reader import Draft, Reader
from tallman.core.sig.wearing import worn

__all__ = ["merge_blank", "merge_restated", "merge_said_again", "merge_told_apart"]

_NEVER_TWO = ("route", "site", "duration", "until", "start")
_SAID_ONCE = (*_NEVER_TWO, "indication", "prn_reason")


def merge_blank(r: Reader) -> list[Draft]:
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


def merge_said_again(drafts: list[Draft]) -> list[Draft]:
    """ "Take 1 tablet daily. TAKE 1 TABLET DAILY, max 1 a day": the same again, with more said about it."""
    kept = drafts[:1]
    for draft in drafts[1:]:
        held = kept[-1]
        if _is_headline(held, draft):
            for name in ("method", "route", "site", "product", "indication"):
                setattr(draft, name, getattr(draft, name) or getattr(held, name))
            draft.link, draft.first = held.link, held.first
            draft.instructions = [*held.instructions, *(i for i in draft.instructions if i not in held.instructions)]
            kept[-1] = draft
            continue
        next_line = len(drafts) > 2 and held.duration and draft.duration
        again = draft.link is None and held.prn == draft.prn and (draft.has_timing() or draft.prn)
        if next_line or not (again and _same_dose(held, draft) and _agree(held, draft)):
            kept.append(draft)
            continue
        held.events = held.events or draft.events
        for name in _SAID_ONCE:
            if getattr(held, name) is None:
                setattr(held, name, getattr(draft, name))
        held.maxima += [m for m in draft.maxima if m not in held.maxima]
        held.instructions += [i for i in draft.instructions if i not in held.instructions]
        held.last = draft.last
    return kept


def _is_headline(held: Draft, draft: Draft) -> bool:
    """Whether the first sentence says only how much, and the next the same with its times: "Take 1 tablet by mouth. Take 1
    tablet daily", "1 tablet by mouth see instructions. Take 1 tablet daily"."""
    more = held.has_schedule() or held.rate or held.maxima or held.trigger or held.repeat or held.change or held.start
    told = (
        draft.link is None
        and draft.new_sentence
        and (draft.new_verb or held.as_directed)
        and draft.has_timing()
        and not draft.is_extra
    )
    places = all(getattr(held, n) is None or getattr(draft, n) in (None, getattr(held, n)) for n in ("route", "site"))
    return bool(told and places) and not more and held.first >= 0 and _same_dose(held, draft)


def _agree(held: Draft, draft: Draft) -> bool:
    """Whether the second says the same times, and nothing else of what both say."""
    fuller = bool(draft.frequency or draft.interval) and not held.events
    if not _same_timing(held, draft, "duration", *(("events",) if fuller else ())):
        return False
    if not _same_occasion(held, draft):
        return False
    return not any(None is not getattr(held, n) != getattr(draft, n) is not None for n in _NEVER_TWO)


def _same_dose(held: Draft, draft: Draft) -> bool:
    """Whether both name the same amount, one of them perhaps with its strength."""
    if held.dose is None or draft.dose is None:
        return False
    if held.dose.strength and draft.dose.strength and held.dose.strength != draft.dose.strength:
        return False
    return (held.dose.low, held.dose.high, held.dose.unit) == (draft.dose.low, draft.dose.high, draft.dose.unit)


def merge_told_apart(drafts: list[Draft]) -> list[Draft]:
    """ "1 tablet twice a day, 1 in the morning and 1 at bedtime", "3 daily: 1 in the morning, 2 at night": the parts stay."""
    whole, parts = drafts[0], drafts[1:]
    if whole.frequency and len(parts) and _are_told_one_by_one(drafts):
        whole.frequency, whole.is_weak = None, False  # "Take twice a day. Take 1 tablet in the morning and 2 at night"
        return drafts
    plain = (
        whole.dose
        and whole.frequency
        and not (whole.events or whole.clock or whole.prn or whole.days or whole.duration)
    )
    if not plain or len(parts) < 2 or not all(p.dose and (p.events or p.clock) and p.link != "then" for p in parts):
        return drafts
    total = sum((p.dose.high * occasions(p.events, p.clock) for p in parts if p.dose), Decimal(0))
    freq, dose = whole.frequency, whole.dose
    if not (freq and dose and freq.unit == "d" and freq.period == 1 and dose.high * freq.high == total):
        return drafts
    if any(p.dose and p.dose.unit not in (None, dose.unit) for p in parts):
        return drafts
    for part in parts:
        for name in ("method", "route", "site"):
            setattr(part, name, getattr(part, name) or getattr(whole, name))
        part.dose = replace(part.dose, unit=dose.unit) if part.dose else None
    first = parts[0]
    first.link, first.first, first.product = whole.link, whole.first, first.product or whole.product
    for name in ("maxima", "instructions"):
        setattr(first, name, [*getattr(whole, name), *getattr(first, name)])
    first.indication, first.as_directed = first.indication or whole.indication, first.as_directed or whole.as_directed
    return parts


def _are_told_one_by_one(drafts: list[Draft]) -> bool:
    """Whether how often is said once, and then as many doses with a moment of the day each."""
    whole = drafts[0].frequency
    apart = all(d.dose and occasions(d.events, d.clock) == 1 and d.link != "then" and not d.prn for d in drafts)
    rest = all(d.frequency is None and d.interval is None for d in drafts[1:])
    return bool(apart and rest and whole == Frequency(len(drafts), len(drafts)) and drafts[0].interval is None)


def merge_restated(drafts: list[Draft]) -> list[Draft]:
    """Drop a step that only says the one before again."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and kept[-1].dose == draft.dose and draft.link == "and" and draft.dose and not draft.is_exception:
            before = kept[-1]
            same_place = draft.site == before.site and draft.prn == before.prn
            says_more = (
                draft.has_schedule()
                or draft.trigger
                or draft.repeat
                or draft.start
                or draft.until
                or draft.instructions
                or _has_other_reason(before, draft)
            )
            begins = draft.start in (None, before.start) and draft.until in (None, before.until)
            again = _same_timing(before, draft) and same_place and begins and _same_occasion(before, draft)
            if not says_more or again:
                before.last = draft.last
                continue
        kept.append(draft)
    return kept


def _has_other_reason(before: Draft, draft: Draft) -> bool:
    """ "1 tablet daily and 1 for pain"; what the first dose is for may stand behind the second."""
    return bool(before.indication and draft.indication not in (None, before.indication)) or bool(
        draft.indication and before.has_timing() and not before.prn
    )


def _same_occasion(a: Draft, b: Draft) -> bool:
    """Not "the night before surgery" and "the morning of surgery"."""
    return all(getattr(b, name) in (None, getattr(a, name)) for name in ("trigger", "repeat"))


def _same_timing(a: Draft, b: Draft, *but: str) -> bool:
    names = ("frequency", "interval", "events", "weekdays", "clock", "days", "duration", "stat", "once")
    if "frequency" not in but and _daily_moment(a) and _daily_moment(b):
        but = (*but, "frequency")
    return all(getattr(a, n) == getattr(b, n) for n in names if n not in but)


def _daily_moment(draft: Draft) -> bool:
    """Whether it is one moment of every day: "at bedtime", "every day at bedtime"."""
    return draft.frequency in (None, Frequency(1, 1)) and occasions(draft.events, draft.clock) == 1

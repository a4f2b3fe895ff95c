"""What stands at the end of a list of doses, or behind it, and holds for all of them: how long, when, where."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.sig.linking import TIMES, other_moments
from tallman.core.sig.model import Frequency
from tallman.core.sig.occasions import MEALS
from tallman.core.sig.phrases import is_graded
from tallman.core.sig.reader import Draft, Reader

__all__ = [
    "all_of_them",
    "share_all",
    "share_days",
    "share_degree",
    "share_length",
    "share_moments",
    "share_place",
    "share_timing",
]

_BEFORE_OR_AFTER = {"MORN": "M", "NOON": "D", "EVE": "V"}
"""The meals of parts of the day."""


def _is_once_daily(draft: Draft) -> bool:
    return draft.frequency == Frequency(1, 1) or not (draft.frequency or draft.interval or len(draft.events) > 1)


def share_length(drafts: list[Draft]) -> None:
    """In the middle of a course "1/2 in the morning and 1 in the evening for a week" is one part of it, and both last a week."""
    for earlier, before, draft in zip(drafts, drafts[1:], drafts[2:], strict=False):
        joined = draft.link in ("and", None) and draft.duration and other_moments(before, draft)
        if joined and earlier.duration and not (before.duration or before.days):
            before.duration, draft.link = draft.duration, "and"


def share_days(drafts: list[Draft]) -> None:
    """ "1 tab bid week 1, 2 tabs in the morning and 1 at night week 2": both doses are those of the second week."""
    for earlier, before, draft in zip(drafts, drafts[1:], drafts[2:], strict=False):
        joined = draft.link == "and" and draft.days and other_moments(before, draft) and before.link != "and"
        if joined and earlier.days and not (before.days or before.duration):
            before.days = draft.days


def share_timing(drafts: list[Draft]) -> None:
    """What stands at the end of a list of doses holds for all of it: "1 tab and 2 caps bid", "2 am and 1 pm x 10 days"."""
    for before, draft in zip(reversed(drafts[:-1]), reversed(drafts), strict=False):
        if draft.link in ("and", "or") and before.duration is None and draft.duration and not before.days:
            before.duration = draft.duration
        if draft.link == "and" and draft.cycle and not (before.days or before.cycle) and other_moments(before, draft):
            before.days, before.cycle = draft.days, draft.cycle
        bare = not (before.has_timing() or before.prn or before.trigger) and before.dose is not None
        other = draft.new_verb and draft.method != before.method
        listed = draft.link in ("and", "or") or (before.duration and _is_once_daily(draft))
        if bare and not other and draft.has_timing() and listed and not draft.is_exception:
            for name in TIMES:
                setattr(before, name, getattr(draft, name))


def all_of_them(r: Reader) -> bool:
    """ "All" behind a list of doses that each last so long, before the time of day at which they are taken."""
    if r.word(r.at) != "all" or len(r.drafts) == 1:
        return False
    j = r.at + 1
    j += r.word(j) == "doses"
    timed = r.term(j, "event") or (r.word(j) in ("in", "in the", "at", "with") and r.term(j + 1, "event"))
    listed = all(d.dose and d.duration and not d.events for d in r.drafts)
    if not timed or not listed or timed in MEALS:
        return False
    r.draft.is_of_all = True
    return r.took(j)


def share_all(drafts: list[Draft]) -> None:
    """ "30 mg x 3 d, 20 mg x 3 d all in the morning with food": the moment and the advice are those of each."""
    last = drafts[-1]
    for draft in drafts[:-1] if last.is_of_all else ():
        draft.events = draft.events or list(last.events)
        draft.instructions += [said for said in last.instructions if said not in draft.instructions]


def share_degree(drafts: list[Draft]) -> None:
    """ "1 for mild, 2 for severe pain every 6 hours": one or the other, as needed, each as often as is said once, or as is said
    of it; the most that is said last is that of both."""
    reasons = [d.prn_reason or d.indication for d in drafts]
    if not all(map(is_graded, reasons)) or len(set(reasons)) < len(drafts) or not all(d.dose for d in drafts):
        return
    timed_each = all(d.has_timing() and d.prn for d in drafts)
    if any(d.link == "then" for d in drafts[1:]) or not (timed_each or sum(d.has_timing() for d in drafts) == 1):
        return
    timed = next(d for d in drafts if d.has_timing())
    felt = (reasons[-1] or "").split()[1:]
    for draft, reason in zip(drafts, reasons, strict=True):
        draft.prn, draft.prn_reason, draft.indication = True, reason, None
        if reason and " " not in reason:
            draft.prn_reason = " ".join([reason, *felt])
        if draft is not drafts[0]:
            draft.link = "or"
        draft.maxima = draft.maxima or list(drafts[-1].maxima)
        for name in () if timed_each else TIMES:
            setattr(draft, name, getattr(timed, name))


def share_moments(r: Reader, drafts: list[Draft]) -> None:
    """What is said of the moment behind a whole list of doses holds for each of them.

    "4 daily x 3 days, then 2 daily x 3 days. Take in the morning"; "10 units in the morning and 8 in the evening before
    meals".
    """
    last, others = drafts[-1], drafts[:-1]
    if last.is_said_after and last.events and last.link == "then":
        if all(d.frequency == Frequency(1, 1) and not (d.events or d.clock) and d.link != "and" for d in others):
            for draft in others:
                draft.events = list(last.events)
        elif any(not (d.events or d.clock or d.stat or d.once) for d in others):
            r.doubts.append("at that time of day all along, or only at last?")
    for before, draft in zip(reversed(others), reversed(drafts), strict=False):
        parts = [_BEFORE_OR_AFTER.get(e.code) for e in before.events]
        if draft.by_meals and draft.link == "and" and parts and all(parts) and not (before.clock or before.by_meals):
            before.events = [replace(draft.by_meals, code=f"{draft.by_meals.code}{part}") for part in parts]
            before.by_meals = draft.by_meals


def share_place(drafts: list[Draft]) -> None:
    """What stands at the end of a list says where all of it goes: "1 drop every 2 hours for 2 days, then every 4 hours, left eye"."""
    for before, draft in zip(reversed(drafts[:-1]), reversed(drafts), strict=False):
        same = before.dose and draft.dose and before.dose.unit == draft.dose.unit and before.method == draft.method
        if same and before.route is None and before.site is None and (draft.inherits_dose or draft.site is None):
            before.route, before.site = draft.route, draft.site

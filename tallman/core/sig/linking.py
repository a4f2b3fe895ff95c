"""How the doses of a direction follow each other, and what they take over from each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tallman.core.quantity import UNITS
from tallman.core.sig.amounts import is_measured
from tallman.core.sig.doses_a_day import DAYS_IN
from tallman.core.sig.model import DayRange, Frequency, Interval
from tallman.core.sig.phrases import is_graded
from tallman.core.sig.reader import Draft, Reader

__all__ = [
    "TIMES",
    "alternate",
    "doubt_untimed",
    "inherit",
    "is_daily",
    "link_of",
    "other_moments",
    "other_weekdays",
]

_EVERY = frozenset({"every", "each", "q", "daily", "nightly", "mornings", "evenings", "nights"})
_TWO_DOSES = "two doses, and nothing says how they go together"
_ONE = Decimal(1)
_EVERY_OTHER_DAY = Interval(Decimal(2), Decimal(2), "d")
_COPIED = ("method", "route", "site")
TIMES = ("frequency", "interval", "events", "weekdays", "clock", "is_weak")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_daily(r: Reader, draft: Draft) -> bool:
    """Whether a moment comes back every day: "every morning", "at bedtime for 4 days", and not just "in the morning"."""
    said = set(r.text[draft.first : draft.last].lower().replace("q", "q ").split())
    return bool(draft.frequency or draft.duration or draft.days or not said.isdisjoint(_EVERY))


def link_of(r: Reader, before: Draft, draft: Draft) -> str:
    """How `draft` follows the one before: "then", "and" or "or"; what is not said about it is doubted."""
    if draft.is_exception and not draft.weekdays:
        r.doubts.append("on which days the other dose is taken is not said")
    if draft.link == "then" and _same_day(before, draft):
        return "and"
    if draft.link in ("then", "or"):
        if draft.link == "then":
            _doubt_change(r, before, draft)
        return draft.link
    if draft.days and not before.days and draft.days.first > 1:
        if before.frequency and before.frequency.unit == "wk" and draft.link == "and":
            r.doubts.append("a day of each week, or of the course?")  # "1 tablet 6 days a week and 2 on the 7th day"
        return "then"
    if before.days and draft.days:
        if _share_days(before.days, draft.days) and not (other_moments(before, draft) or draft.product):
            r.doubts.append("two doses on the same days")
        return "then" if draft.days.first > before.days.first else "and"
    if before.stat or (before.once and draft.has_timing()) or _are_counted(before, draft):
        return "then"
    if draft.link in ("and", None) and set(before.weekdays) & set(draft.weekdays) and not _same_or_apart(before, draft):
        r.doubts.append("two doses on the same days")  # "5 mg Mon/Wed/Fri and 2.5 mg Wed"
    if draft.link == "and" and _is_extra_day(before, draft):
        r.doubts.append("on those days instead, or besides?")
    if draft.link == "and" or draft.is_exception:
        return "then" if before.duration and draft.duration and not other_moments(before, draft) else "and"
    if before.duration and (draft.duration or not draft.days):
        _doubt_course(r, before, draft)
        return "then"
    places = before.site and draft.site and before.site != draft.site
    apart = (
        places
        or (draft.trigger and before.has_timing())
        or (_at_snacks(draft) and not _at_snacks(before))
        or other_moments(before, draft)
        or _other_days(before, draft)
    )
    rescue = (
        draft.prn
        and not before.prn
        and draft.has_timing()
        and before.has_timing()
        and (draft.new_sentence or draft.new_verb)
    )
    if _by_severity(before, draft) or _for_worse(before, draft):
        return "or"  # "5 mg q4h prn moderate pain, 10 mg q4h prn severe pain"
    if draft.is_extra and draft.prn and (draft.prn_reason or draft.has_timing()):
        return "and"  # "an extra tablet for weight gain of 3 lb"
    if not places and draft.has_timing() and _same_moments(before, draft) and _in_other_units(before, draft):
        r.doubts.append("the same dose in other words, or a second one?")
    elif rescue and _is_more_as_often(before, draft):
        r.doubts.append("besides what was taken before, or instead?")
    elif not (apart or rescue):
        of_two = "two sentences, and they do not say the same" if _are_sentences(before, draft) else _TWO_DOSES
        r.doubts.append(of_two)
    return "and"


def _is_more_as_often(before: Draft, draft: Draft) -> bool:
    """ "1 tablet daily, may take 2 tablets daily if needed": a larger dose, as often as the one before."""
    often = (before.frequency, before.interval, before.events) == (draft.frequency, draft.interval, draft.events)
    both = before.dose and draft.dose and before.dose.unit == draft.dose.unit and before.dose.high < draft.dose.low
    return bool(often and both and not draft.is_extra)


def _are_sentences(before: Draft, draft: Draft) -> bool:
    """Whether each of the two is a whole direction in a sentence of its own, and both are meant to go on."""
    is_apart = draft.link is None and draft.new_sentence and not (draft.is_extra or draft.trigger or draft.product)
    return bool(is_apart and all(d.dose and _lasts(d) and not d.prn and not d.duration for d in (before, draft)))


def _doubt_change(r: Reader, before: Draft, draft: Draft) -> None:
    """What is not said about the change from one dose to the next."""
    if not _is_told_when(before, draft):
        r.doubts.append("when the dose changes is not said")
    if draft.is_raised and any(said.startswith(("while ", "if ")) for said in draft.instructions):
        r.doubts.append("whether the dose changes is left open")  # "change to 5 mg IV if NPO"
    if draft.is_extra and draft.has_timing() and _lasts(before) and _lasts(draft):
        r.doubts.append("besides what was taken before, or instead?")


def _same_or_apart(before: Draft, draft: Draft) -> bool:
    """Whether two doses on a day they share are told to be taken at two moments of it, or on all the same days."""
    return before.weekdays == draft.weekdays or other_moments(before, draft) or draft.prn


def _doubt_course(r: Reader, before: Draft, draft: Draft) -> None:
    """What is not said about a dose behind one that lasts so long."""
    if draft.link is None and not (draft.has_timing() or draft.duration or draft.days):
        r.doubts.append("when the second dose is taken is not said")
    open_end = (
        draft.link is None and draft.has_timing() and not draft.duration and not other_moments(before, draft)
    ) and before.link != "then"  # Behind two parts of a course the third goes on with it.
    elsewhere = draft.link is None and before.site and draft.site and before.site != draft.site
    told_again = draft.link is None and (_is_shorter_and_more(before, draft) or _is_said_otherwise(r, before, draft))
    if (draft.new_verb and draft.new_sentence is False) or open_end or elsewhere or told_again:
        r.doubts.append("two courses, and nothing says how they follow each other")


def _is_said_otherwise(r: Reader, before: Draft, draft: Draft) -> bool:
    """ "1 capsule every 8 hours for 10 days. Take 1 capsule twice daily for 10 days": no course of two such parts says so."""
    alone = len(r.drafts) == 2 and draft.new_sentence and draft.new_verb
    return bool(alone and draft.dose == before.dose and draft.duration == before.duration)


def _is_shorter_and_more(before: Draft, draft: Draft) -> bool:
    """ "1 tablet daily for 10 days. 3 tablets for 3 days, then 2 for 3 days": the ten days may be all of the course."""
    lengths = [
        Fraction(d.duration.high) * DAYS_IN.get(d.duration.unit, Fraction(0)) for d in (before, draft) if d.duration
    ]
    doses = before.dose and draft.dose and before.dose.unit == draft.dose.unit and before.dose.high < draft.dose.low
    return bool(doses and len(lengths) == 2 and lengths[1] < lengths[0])


def _lasts(draft: Draft) -> bool:
    """Whether it is taken again and again."""
    return bool(draft.frequency or draft.interval or draft.events) and not (draft.once or draft.stat or draft.start)


def _by_severity(before: Draft, draft: Draft) -> bool:
    """Whether two doses are as needed, as often, and each for a pain of its own."""
    reasons = [d.prn_reason or "" for d in (before, draft)]
    graded = all(map(is_graded, reasons)) and reasons[0] != reasons[1]
    often = (before.frequency, before.interval) == (draft.frequency, draft.interval)
    often = often or (before.prn and draft.prn and draft.has_timing())
    return graded and often and draft.link is None and bool(before.dose and draft.dose)


def _for_worse(before: Draft, draft: Draft) -> bool:
    """ "5 mg every 6 hours as needed for pain 4-6; 10 mg for pain 7-10": as needed as well, and as often."""
    reasons = [before.prn_reason or "", draft.indication or ""]
    graded = all(map(is_graded, reasons)) and reasons[0] != reasons[1]
    bare = draft.dose and draft.link is None and not (draft.has_schedule() or draft.product)
    if not (graded and bare and before.prn and before.has_timing()):
        return False
    draft.prn, draft.prn_reason, draft.indication = True, draft.indication, None
    for name in TIMES:
        setattr(draft, name, getattr(before, name))
    return True


def _other_days(before: Draft, draft: Draft) -> bool:
    """ "Mon and Wed, … Fri", "6 days a week, … on Sunday": no day in common."""
    left = 7 - len(draft.weekdays)
    if draft.weekdays and before.frequency == Frequency(left, left, _ONE, "wk"):
        return True
    return bool(before.weekdays and draft.weekdays and set(before.weekdays).isdisjoint(draft.weekdays))


def _are_counted(before: Draft, draft: Draft) -> bool:
    """ "10 mg every 6 hours x 4, 5 mg every 6 hours x 8": so many of one, then so many of the other."""
    other = before.dose != draft.dose or before.interval != draft.interval
    return bool(before.count and draft.count and other and draft.link is None)


def _share_days(before: DayRange, days: DayRange) -> bool:
    """Whether the later days do not begin after the earlier ones: "days 1 to 3", and "days 3 to 5"."""
    return before.unit == days.unit and before.last is not None and days.first <= before.last


def _same_moments(before: Draft, draft: Draft) -> bool:
    return (before.events, before.clock, before.weekdays) == (draft.events, draft.clock, draft.weekdays)


def _in_other_units(before: Draft, draft: Draft) -> bool:
    """ "3 tablets at bedtime. Take 300 mg at bedtime": one of them counted, the other weighed."""
    units = [d.dose.unit for d in (before, draft) if d.dose and d.dose.unit]
    return len(units) == 2 and is_measured(units[0]) != is_measured(units[1])


def _is_extra_day(before: Draft, draft: Draft) -> bool:
    """ "1 tablet daily and 2 on Sundays"."""
    other = not draft.weekdays or "other" in draft.weekdays or draft.is_exception
    return not other and not before.weekdays and before.frequency == Frequency(1, 1)


def _at_snacks(draft: Draft) -> bool:
    return any("snack" in said for said in draft.instructions) and not draft.has_timing()


def other_moments(before: Draft, draft: Draft) -> bool:
    """Whether both name moments of the day, and none of them in common."""
    moments = [{e.code for e in d.events} | set(d.clock) for d in (before, draft)]
    return all(moments) and moments[0].isdisjoint(moments[1])


def _same_day(before: Draft, draft: Draft) -> bool:
    """ "1 tablet in the morning, then 2 at bedtime": other moments of the same days."""
    lasting = (
        before.duration or before.days or before.start or draft.start or draft.is_raised or draft.days or draft.change
    )
    return other_moments(before, draft) and not lasting and not (before.stat or before.once)


def _is_told_when(before: Draft, draft: Draft) -> bool:
    """Whether it is said when the dose before a "then" ends, or what the new one waits for."""
    ends = (
        before.duration or before.days or (before.stat and not (before.frequency or before.interval)) or before.once or before.until or before.change or before.cycle
        or before.trigger or before.count or before.weekdays or before.scale or before.start
    )  # fmt: skip
    waits = (
        draft.start
        or draft.days
        or draft.trigger
        or draft.prn
        or draft.as_directed
        or draft.change
        or (draft.instructions and ("stop" in draft.instructions or not draft.dose or not draft.has_timing()))
    )
    return bool(ends or waits or not (before.has_timing() and (draft.dose or draft.has_timing())))


def inherit(before: Draft, draft: Draft) -> None:
    """Give a draft what it leaves out and the one before says: the dose, the route, the days, how often."""
    if draft.as_directed and draft.link == "then" and not (draft.dose or draft.has_timing() or draft.prn):
        return  # "then taper as directed"
    if draft.dose is None and not (draft.change or draft.rate or draft.is_told_elsewhere):
        draft.dose, draft.inherits_dose = before.dose, True
    elif draft.dose and draft.dose.unit is None and before.dose and before.dose.unit and not _is_counted(draft, before):
        draft.dose = replace(draft.dose, unit=before.dose.unit)
    for name in _COPIED:
        if getattr(draft, name) is None:
            setattr(draft, name, getattr(before, name))
    if draft.link == "and" and draft.days is None and draft.duration is None:
        draft.days, draft.cycle = before.days, before.cycle
    seldom = before.frequency and before.frequency.unit == "wk" and draft.days and draft.days.unit == "d"
    if (
        draft.link == "then"
        and not draft.has_timing()
        and draft.dose
        and not seldom
        and (not draft.prn or _goes_on_if_needed(before, draft))
        and not before.stat
    ):
        for name in TIMES:
            setattr(draft, name, getattr(before, name))


def _goes_on_if_needed(before: Draft, draft: Draft) -> bool:
    """ "1 tablet every 8 hours for 3 days, then only if needed": the same dose, no more often than it was taken."""
    ended = before.duration or before.days or before.until or before.count
    return bool(
        ended and draft.inherits_dose and not (draft.maxima or draft.trigger or draft.repeat) and not before.prn
    )


def _only_last_seldom(before: Draft, draft: Draft) -> bool:
    """Whether days between or days of the week stand behind the last of two moments of a day."""
    spaced = draft.interval is not None and draft.interval.unit in ("d", "wk", "mo") and before.interval is None
    each = before.weekdays and draft.weekdays and draft.frequency == Frequency(1, 1, _ONE, "wk")
    spaced = spaced or (draft.frequency is not None and draft.frequency.unit in ("wk", "mo") and not each)
    named = draft.weekdays and not (before.weekdays or draft.is_exception or "other" in draft.weekdays)
    return bool((spaced or named) and other_moments(before, draft) and before.frequency is None)


def _is_counted(draft: Draft, before: Draft) -> bool:
    """Whether "5 mg one at bedtime" after "10 mg" counts tablets, and no milligrams."""
    held = before.dose.unit if before.dose else None
    return bool(draft.dose and is_measured(held) and (draft.dose.strength or UNITS[held or ""].dimension == "mass"))


def doubt_untimed(r: Reader, drafts: list[Draft]) -> None:
    """ "10 units in the morning and 12 units": when the second is taken is not said."""
    for before, draft in pairwise(drafts):
        told = draft.has_schedule() or draft.trigger or draft.instructions or draft.repeat or draft.as_directed
        told = told or (r.alternating and before.interval == _EVERY_OTHER_DAY)  # "every other day, alternating with 2"
        is_other = draft.dose != before.dose or draft.indication
        if draft.link == "and" and draft.dose and before.has_timing() and not told and is_other:
            r.doubts.append("when the second dose is taken is not said")
        if draft.is_raised and draft.link == "then" and before.link == "and" and draft.events:
            r.doubts.append("what goes on of the doses before is not said")
        if draft.link == "and" and _only_last_seldom(before, draft):
            r.doubts.append("both so seldom, or only the last?")  # "2 in the morning and 1 at night on weekdays"
        if draft.link == "and" and draft.inherits_dose and draft.interval and before.frequency and not draft.prn:
            r.doubts.append("so often besides, or instead?")  # "once daily and every 8 hours"
        if draft.link == "and" and draft.trigger and draft.trigger.startswith("on ") and not before.trigger:
            r.doubts.append("both doses on those days, or only the last?")
        first = (
            before.has_schedule()
            or before.trigger
            or before.count
            or before.rate
            or before.as_directed
            or before.change
            or (before.over and before.route == "intravenous")  # "1 g/kg IV over 20 min then 0.5 g/kg q6h"
        )
        vague = before.duration and not (before.has_timing() or before.prn or before.trigger or before.as_directed)
        if draft.link == "then" and before.dose and not first and not vague and _within_hours(draft):
            before.once = True  # "2 tabs then 1 tab 1 hour later", "2 tabs, then 1 tab q4h prn"
        elif draft.link == "then" and before.dose and draft.has_timing() and (vague or not first):
            r.doubts.append("how often the first dose is taken is not said")


def _within_hours(draft: Draft) -> bool:
    """Whether a dose follows the one before within hours: that one is for now, and no daily one."""
    hourly = draft.interval is not None and draft.interval.unit in ("h", "min")
    return hourly or (draft.once and bool(draft.start) and not draft.days)


def other_weekdays(r: Reader, drafts: list[Draft]) -> None:
    """ "Other days" are those no other step names; an exception takes its days from the step before."""
    for i, draft in enumerate(drafts):
        if "other" in draft.weekdays:
            named = {d for other in drafts for d in other.weekdays if d != "other"}
            draft.weekdays = tuple(d for d in _WEEK if d not in named) if named else ()
            if not named and i and drafts[i - 1].interval == _EVERY_OTHER_DAY and not draft.frequency:
                draft.interval = _EVERY_OTHER_DAY  # "1 tablet every other day and 2 on the other days"
            elif not named:
                r.doubts.append("which are the other days?")
        if draft.is_exception and i and not drafts[i - 1].weekdays:
            drafts[i - 1].weekdays = tuple(d for d in _WEEK if d not in draft.weekdays)


def alternate(r: Reader, drafts: list[Draft]) -> None:
    """Two doses on alternate days; anything else that alternates is not understood."""
    every_day = (None, Frequency(1, 1))
    moments = [d.events for d in drafts]
    if (
        len(drafts) != 2
        or moments[0] != moments[1]
        or any(
            d.frequency not in every_day
            or d.interval not in (None, _EVERY_OTHER_DAY)
            or not d.dose
            or d.weekdays
            or d.days
            or d.link == "then"
            for d in drafts
        )
    ):
        r.doubts.append("what alternates is not clear")
        return
    for draft in drafts:
        draft.frequency, draft.interval = None, _EVERY_OTHER_DAY

"""From drafts to steps: how they follow each other and what they take over from each other."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from tallman.core.quantity import Amount
from tallman.core.sig.bare_maxima import with_counted_maxima
from tallman.core.sig.linking import (
    alternate,
    doubt_untimed,
    inherit,
    is_daily,
    link_of,
    other_weekdays,
)
from tallman.core.sig.merging import merge_blank, merge_restated, merge_said_again, merge_told_apart
from tallman.core.sig.model import Dose, Frequency, Link, Repeat, Step, Timing
from tallman.core.sig.raising import go_on_from_their_days
from tallman.core.sig.reader import CHANGED_FROM, Draft, Reader
from tallman.core.sig.sense import doubts_of
from tallman.core.sig.sense_of_amounts import doubts_of_amounts
from tallman.core.sig.sharing import (
    share_all,
    share_days,
    share_degree,
    share_length,
    share_moments,
    share_place,
    share_timing,
)
from tallman.core.sig.splitting import split_days, split_joined
from tallman.core.sig.tidy import tidy

__all__ = ["resolve"]


_LINKS = {link.value: link for link in Link}
_FORM = r"(cream|oint(?:ment)?|gel|lotion|foam|shampoo|patch|drops?)\b"
_OTHER_FORM = re.compile(
    rf"\b{_FORM}.*?(?:\b(?:and|then|plus)\s|[&;,.+]\s*)(?:(?:apply|use|put)\s)?(?:the\s)?(?!drop\b){_FORM}",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"[^.;]*\b(?:avoid|no|not|don't|may|can|appear\w*|stains?)\b[^.;]*", re.IGNORECASE)
"""A sentence that warns of other things than what is applied."""

_ROUNDS = re.compile(
    r"\bthen\b(?:[^,;]|,(?=\d))*\bover\b[^,;]*[,;]\s*(?:q ?\d|every\b)"
    r"|\bday 1\b.*\bthen\b.*\bover \d\d ?h(?:(?:ou)?rs?)? (?:q ?\d|every \d)",
    re.IGNORECASE,
)
"""Rounds that are told behind a comma: "400 mg/m2 day 1 then 2,400 mg/m2 over 46 hours, q2wk"."""

_HALF = re.compile(r"(?:a |one )?half|½|1/2", re.IGNORECASE)
_WEEKEND = re.compile(r"^(?!.*(?:\band\b|&|\+)).*\bweekends?\b", re.IGNORECASE | re.DOTALL)


def resolve(r: Reader) -> tuple[Step, ...]:
    """The steps of what was read. What does not fit together is added to the reader's doubts."""
    drafts = r.drafts
    if len(drafts) > 1:
        drafts = _together(r)
    else:
        _alone(r, drafts[0])
    if _are_of_two_forms(r.text):
        r.doubts.append("two forms of a medicine: which of them is meant?")
    steps = tuple(
        with_counted_maxima(_step(part)) if part.maxima else _step(part)
        for draft in drafts
        for part in (split_days(r, draft) if draft.more_days else split_joined(r, draft))
        if draft.first >= 0
    )
    r.doubts += doubts_of(steps)
    r.doubts += doubts_of_amounts(r.text, steps)
    if any(len(step.timing.weekdays) == 7 for step in steps) and _WEEKEND.search(r.text):
        r.doubts.append("on which days of the week, is not clear")
    if len(steps) > 1 and _ROUNDS.search(r.text):
        r.doubts.append("all of it again and again, or the last alone?")
    if any(_is_each_day_of_one(draft) for draft in drafts):
        r.doubts.append("every day, or on that one day?")
    return steps


def _is_told_how_often(d: Draft) -> bool:
    return bool(d.frequency or d.interval or d.events or d.clock or d.weekdays or d.once)


def _is_each_day_of_one(d: Draft) -> bool:
    """ "1 tablet every Monday daily", and not "once daily on Monday"."""
    is_daily = d.frequency == Frequency(1, 1) and bool(d.often) and not d.often.startswith(("once", "one", "1"))
    return len(d.weekdays) == 1 and is_daily


def _alone(r: Reader, draft: Draft) -> None:
    """The only draft."""
    tidy(r, draft)
    other_weekdays(r, [draft])
    if draft.stat and r.word(0).startswith("initial"):
        r.doubts.append("how often, after the first dose, is not said")
    if draft.is_hour_like and not r.unread:
        r.doubts.append("so many at that time of day, or at that hour?")
    if r.alternating:
        r.doubts.append("what alternates is not clear")
    if r.form == "patch" and draft.dose is None and draft.has_timing():
        draft.dose = Dose(Decimal(1), Decimal(1), "patch")  # "fentanyl 25 mcg/hr patch every 72 hours"
        draft.route = draft.route or "transdermal"


def _together(r: Reader) -> list[Draft]:
    """Several drafts: linked, with what they take over from each other."""
    if r.drafts[-1].comes_first:
        _put_first(r)
    drafts = merge_said_again(merge_blank(r))
    for draft in drafts:
        tidy(r, draft)
    drafts = merge_told_apart(drafts)
    go_on_from_their_days(drafts)
    share_length(drafts)
    share_days(drafts)
    share_degree(drafts)
    for before, draft in pairwise(drafts):
        draft.link = link_of(r, before, draft)
        if before.stat and draft.events and not (draft.once or is_daily(r, draft)):
            r.doubts.append("once more, or every day from then on?")
        if (
            draft.link == "then"
            and _HALF.fullmatch(r.text[draft.first : draft.last])
            and not _is_told_how_often(before)
        ):
            r.doubts.append("half of what, and how often, is not said")  # "2 tablets first week then half"
        inherit(before, draft)
    drafts = merge_restated(drafts)
    share_timing(drafts)
    share_all(drafts)
    share_moments(r, drafts)
    share_place(drafts)
    doubt_untimed(r, drafts)
    other_weekdays(r, drafts)
    if r.alternating:
        alternate(r, drafts)
    return drafts


def _put_first(r: Reader) -> None:
    """ "1 tablet twice a day. Start with 1 tablet daily for 3 days": what is told last is taken first."""
    first, told = r.drafts[-1], [draft for draft in r.drafts[:-1] if draft.first >= 0]
    if not (first.has_timing() and len(told) == 1 and (first.duration or told[0].change)):
        r.doubts.append("when the dose changes is not said")
        return
    first.link, told[0].link, r.drafts = "first", "then", [first, told[0]]
    if told[0].change:
        r.doubts = [doubt for doubt in r.doubts if doubt != CHANGED_FROM]
    for name in ("method", "route", "site", "product"):
        setattr(first, name, getattr(first, name) or getattr(told[0], name))


def _are_of_two_forms(text: str) -> bool:
    """ "Cream to the face twice a day and ointment to the legs at bedtime": no package holds both."""
    if not _OTHER_FORM.search(text):
        return False
    found = _OTHER_FORM.search(_ADVISES.sub("", text))
    return bool(found and found[1].lower()[:3] != found[2].lower()[:3])


def _is_of_another_day(repeat: Repeat) -> bool:
    after = repeat.after
    return after is not None and (after.unit in ("wk", "mo") or (after.unit == "d" and after.low > 1))


def _step(d: Draft) -> Step:
    ahead = bool(d.repeat and d.repeat.is_every and d.trigger and "before " in d.trigger and "each" not in d.trigger)
    if d.repeat and d.repeat.is_due and (d.prn or d.trigger) and not (ahead and not d.prn):
        d.repeat = replace(d.repeat, is_due=False)
    if d.count and d.trigger and d.days and not d.has_timing():
        d.frequency, d.count = Frequency(d.count, d.count), None  # "at 0, 4 and 8 hours after ifosfamide, days 1 to 3"
    if (
        d.events
        and d.repeat
        and _is_of_another_day(d.repeat)
        and not (d.frequency or d.interval or d.weekdays or d.prn)
    ):
        d.once = not (d.duration or d.days)  # "at bedtime, wash off in the morning, repeat in 7 days"
    over = (d.over, None) if isinstance(d.over, Amount) else d.over if isinstance(d.over, tuple) else (None, None)
    timing = Timing(
        d.frequency, d.interval, tuple(d.events), d.weekdays, d.month_days, tuple(d.clock), d.count, d.once, d.stat,
        *over,
    )  # fmt: skip
    return Step(
        _LINKS[d.link or "and"], d.method, d.dose, d.route, d.site, timing, d.prn, d.prn_reason, tuple(d.maxima), d.duration,
        d.as_directed, tuple(d.instructions), d.indication, d.days, d.change, d.rate, d.scale, d.repeat, d.trigger, d.start,
        d.until, d.product, d.wear, d.cycle, (d.first, d.last),
    )  # fmt: skip

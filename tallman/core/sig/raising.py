"""A dose that is raised on some day of the course goes on from that day: "1 tablet daily. Increase to 2 daily on day 8"."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from tallman.core.sig.model import DayRange, Duration
from tallman.core.sig.reader import Draft

__all__ = ["go_on_from_their_days"]


def go_on_from_their_days(drafts: list[Draft]) -> None:
    """Let each dose that takes over on one day last until the next one does, and the one before it end there."""
    goes_on = False
    for (before, draft), following in zip(pairwise(drafts), [*drafts[2:], None], strict=False):
        days = draft.days
        goes_on = _takes_over(before, draft, is_last=following is None, is_further=goes_on)
        if not days or not goes_on:
            continue
        after = following.days if following else None
        if following and not (after and after.unit == days.unit and after.first > days.first):
            continue
        before.days, before.duration = before.days or DayRange(1, days.first - 1, days.unit), None
        draft.days = DayRange(days.first, after.first - 1 if after else None, days.unit)


def _takes_over(before: Draft, draft: Draft, *, is_last: bool, is_further: bool) -> bool:
    """Whether it begins on a day of the course, and is taken every day as the one before, of which no end is told."""
    days = draft.days
    single = days is not None and 1 < days.first == days.last and not (draft.more_days or draft.cycle)
    told_before = before.days is None or before.days.last == (days.first - 1 if days else None)
    regular = all(d.dose and (d.frequency or d.interval or d.events) and not d.prn for d in (before, draft))
    follows = draft.link == "then" and is_last and before.days is None and days is not None and days.unit in ("d", "wk")
    alone = before.link != "and"  # "5 mg in the morning and 10 mg at night, increase to 20 mg at night on day 8"
    to_then = days is not None and before.duration == Duration(
        Decimal(days.first - 1), Decimal(days.first - 1), days.unit
    )
    begins = draft.is_raised or follows or is_further  # "increase to 2 daily on day 8, 3 daily on day 15"
    return bool(
        single
        and told_before
        and regular
        and begins
        and alone
        and (to_then or not before.duration)
        and not (before.cycle or draft.duration)
    )

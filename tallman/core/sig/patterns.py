"""Doses told as a row of numbers: "1-0-1" for morning, noon and evening, "4,4,3,3,2,2,1,1" for one day after another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from tallman.core.sig.amounts import SHAPED, unit_at
from tallman.core.sig.model import Dose, Duration, Event, Frequency
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader

__all__ = ["day_by_day", "is_day_by_day", "parts_of_day"]

_PARTS = {3: ("MORN", "NOON", "EVE"), 4: ("MORN", "NOON", "EVE", "HS")}
_LEAST, _MOST_COUNTED = 5, 12
"""Numbers that such a row has at least; tablets above which a bare number may be milligrams."""
_DAILY = Frequency(1, 1)


def _row(r: Reader, j: int) -> tuple[list[Decimal], int]:
    """The numbers from `j` on with nothing but one and the same sign between them, and where they end."""
    values: list[Decimal] = []
    between = r.word(j + 1)
    if between not in (",", "-"):
        return values, j
    while (value := r.term(j, "num")) is not None and r.word(j)[:1].isdigit():
        values.append(value)
        j += 1
        if r.word(j) != between or r.term(j + 1, "num") is None or (between == "-" and not r.glued(j + 1)):
            break
        j += 1
    return values, j


@needs("-")
def parts_of_day(r: Reader) -> bool:
    """ "1-0-1", "1 tab 1-0-0-1", "1-1-2 tablets daily", as it is written abroad: one number for each part of the day, where a
    zero is among them, or it is said that they are of a day."""
    if r.word(r.at + 1) != "-" or r.draft.has_timing():
        return False
    if named := _named_parts(r):
        values, parts, end = named
        if len(values) == 2 and values[0] < values[1]:
            r.doubts.append("so many at each of those times, or from so many to so many?")
        _put_parts(r, values, parts, r.form, (r.items[r.at].start, r.items[end - 1].end))
        return r.took(end)
    if not r.glued(r.at + 1):
        return False
    values, j = _row(r, r.at)
    counts = {value for value in values if value}
    unit = unit_at(r, j)
    counted = unit is not None and unit[0] in (*SHAPED, "unit")
    end = unit[2] if unit and counted else j
    a_day = counted and r.term(end, "freq") == (1, "d", True)
    turns = len({a > b for a, b in pairwise(values) if a != b}) < 2 and len(set(values)) == len(values)
    if len(values) not in _PARTS or not counts or not (0 in values or (a_day and not turns)):
        return False
    held = r.draft.dose
    if held and (held.low != held.high or len(counts) > 1 or counts.isdisjoint({Decimal(1), held.low})):
        return False
    code, place = unit[0] if unit and counted else r.form, (r.items[r.at].start, r.items[end + a_day - 1].end)
    _put_parts(r, values, _PARTS[len(values)], code, place)
    return r.took(end + a_day)


def _put_parts(
    r: Reader, values: list[Decimal], parts: Sequence[str], code: str | None, place: tuple[int, int]
) -> None:
    """Give each part of the day its number, as a dose of its own where it is another one."""
    draft, held = r.draft, r.draft.dose
    draft.first = draft.first if draft.first >= 0 else place[0]
    draft.last = place[1]
    for part, value in zip(parts, values, strict=True):
        if value and draft.events and (held or draft.dose == Dose(value, value, code)):
            draft.joined.add(len(draft.events))
        elif value and draft.events:
            draft = r.begin("and")
            draft.first, draft.last = place
        if value:
            draft.dose = held or Dose(value, value, code)
            draft.events.append(Event(part))


def _named_parts(r: Reader) -> tuple[list[Decimal], list[str], int] | None:
    """ "1 - 1 - 2 (AM - noon - HS)": the numbers, the moments that brackets behind them name, and where that ends."""
    values, parts, j = [r.term(r.at, "num")], list[str](), r.at + 1
    while r.word(j) == "-" and r.term(j + 1, "num") is not None:
        values.append(r.term(j + 1, "num"))
        j += 2
    k = j + 1
    while r.word(j) == "(" and r.term(k, "event") and " " not in r.term(k, "event"):
        parts.append(r.term(k, "event"))
        k += 1 + (r.word(k + 1) in ("-", "/", ","))
    fits = len(values) == len(parts) > 1 and r.word(k) == ")" and r.draft.dose is None
    return (values, parts, k + 1) if fits else None


def is_day_by_day(r: Reader, i: int) -> bool:
    """Whether a row stands at `i` that never rises, and in which most numbers are said again: one for each day."""
    values, _ = _row(r, i)
    falls = all(a >= b > 0 for a, b in pairwise(values))
    return len(values) >= _LEAST and falls and len(set(values)) * 2 <= len(values)


@needs(",", "-")
def day_by_day(r: Reader) -> bool:
    """ "Prednisone 10 mg 4,4,4,3,3,3,2,2,2,1,1,1": so many on each day, in a row that falls and says its numbers again."""
    if not is_day_by_day(r, r.at) or r.draft.dose or r.draft.has_timing():
        return False
    values, j = _row(r, r.at)
    found = unit_at(r, j)
    unit = found[0] if found and found[0] in (*SHAPED, "mg") else r.form
    end = found[2] if found and found[0] in (*SHAPED, "mg") else j
    if unit != "mg" and values[0] > _MOST_COUNTED:
        return False
    often = r.term(end, "freq")
    end += often is not None and often[:2] == (1, "d")
    place, draft = (r.items[r.at].start, r.items[end - 1].end), r.draft
    for k, (value, days) in enumerate(groupby(values)):
        if k:
            draft = r.begin("then")
        length = Decimal(len(list(days)))
        draft.dose, draft.frequency = Dose(value, value, unit), _DAILY
        draft.duration = Duration(length, length, "d")
        draft.first = draft.first if draft.first >= 0 else place[0]
        draft.last = place[1]
    return r.took(end)

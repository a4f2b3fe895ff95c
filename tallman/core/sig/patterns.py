"""Doses told as a row of numbers: "1-0-1" for morning, noon and evening, "4,4,3,3,2,2,1,1" for one day after another."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby, pairwise

from tallman.core.sig.amounts import SHAPED, unit_at
from tallman.core.sig.model import Dose, Duration, Event, Frequency
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


def parts_of_day(r: Reader) -> bool:
    """ "1-0-1", "1 tab 1-0-0-1", as it is written abroad: one number for each part of the day, a zero among them."""
    if r.word(r.at + 1) != "-" or not r.glued(r.at + 1) or r.draft.has_timing():
        return False
    values, j = _row(r, r.at)
    counts = sorted({value for value in values if value})
    if len(values) not in _PARTS or 0 not in values or len(counts) != 1:
        return False
    unit = unit_at(r, j)
    end = unit[2] if unit and unit[0] in SHAPED else j
    dose = Dose(counts[0], counts[0], unit[0] if end > j and unit else r.form)
    held = r.draft.dose
    if held and (held.low != held.high or counts[0] not in (Decimal(1), held.low)):
        return False
    r.draft.dose = held or dose
    r.draft.events = [Event(part) for part, value in zip(_PARTS[len(values)], values, strict=True) if value]
    r.draft.joined = set(range(1, len(r.draft.events)))
    return r.took(end)


def is_day_by_day(r: Reader, i: int) -> bool:
    """Whether a row stands at `i` that never rises, and in which most numbers are said again: one for each day."""
    values, _ = _row(r, i)
    falls = all(a >= b > 0 for a, b in pairwise(values))
    return len(values) >= _LEAST and falls and len(set(values)) * 2 <= len(values)


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

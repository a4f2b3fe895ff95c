"""Tapers of bare numbers: "60-50-40-30-20-10 mg x 2 days each"."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from tallman.core.sig.amounts import unit_at
from tallman.core.sig.model import Dose, Duration, Frequency
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader

__all__ = ["ladder", "rungs"]

_BETWEEN = frozenset({"-", "–", ",", "/", "→", "then", ">"})
_LEAST = 3
_ONE = Decimal(1)
_LADDERED = frozenset({"mg", "mcg", "g", "tablet", "capsule"})
_HEADED = re.compile(r"\b(\d{1,2})[ -]?days?\b[^\d]*$", re.IGNORECASE)
_DAILY = Frequency(1, 1)


def rungs(r: Reader, i: int) -> tuple[tuple[Decimal, ...], str, int] | None:
    """At least three numbers that only fall or only rise, the unit told once or with each, and where they end."""
    if r.word(i + 1) not in _BETWEEN and r.word(i + 2) not in _BETWEEN:
        return None
    values: list[Decimal] = []
    units: set[str] = set()
    j = i
    while (value := r.term(j, "num")) is not None:
        values.append(value)
        j += 1
        unit = unit_at(r, j)
        if unit and unit[1] == 1 and r.term(j, "period") is None:
            units.add(unit[0])
            j = unit[2]
        if r.word(j) not in _BETWEEN or r.term(j + 1, "num") is None or r.term(j + 2, "period"):
            break
        j += 1
    steps = [b - a for a, b in pairwise(values)]
    headed = _is_day_for_each(r, len(values)) or bool(_past_whole_length(r, j, len(values)))
    if not units and headed and max(values) <= len(values):
        units.add("tablet")
    if len(values) < _LEAST or len(units) != 1 or not (max(steps) < 0 or min(steps) > 0) or min(values) <= 0:
        return None
    unit_code = units.pop()
    return (tuple(values), unit_code, j) if unit_code in _LADDERED else None


def _each(r: Reader, j: int) -> tuple[Duration, int] | None:
    """ "X 2 days each", "each for 3 days", "2 days each": how long each step lasts."""
    j += r.word(j) in (",", "(")
    before = r.word(j) in ("each", "every", "each dose")
    j += before
    j += bool(r.term(j, "for")) or r.word(j) == "every"
    found = (_ONE, j + 1) if r.word(j) in ("x 1", "x1") else r.number(j)
    unit = r.term(found[1], "period") if found else None
    if not found or unit not in ("d", "wk") or found[0] != int(found[0]) or not found[0]:
        return None
    end = found[1] + 1
    if not before:
        if r.word(end) not in ("each", "each dose", "apiece"):
            return None
        end += 1
    end += r.word(end) == "dose"
    return Duration(found[0], found[0], unit), end + (r.word(end) == ")")


def _is_day_for_each(r: Reader, count: int) -> bool:
    """Whether the row is headed by as many days as it has numbers: "6 day taper: 6-5-4-3-2-1"."""
    headed = _HEADED.search(r.text[: r.items[r.at].start])
    return headed is not None and Decimal(headed[1]) == count


def _past_whole_length(r: Reader, j: int, count: int) -> int:
    """Past "taper over 6 days" behind a row of as many numbers; 0 where it is something else."""
    while r.word(j) in ("taper", "tapered", "tapering"):
        j += 1
    found = r.number(j + 1) if r.word(j) in ("over", "x", "for") else None
    told = found and found[0] == count and r.term(found[1], "period") == "d"
    ends = found and not (r.term(found[1] + 1, "per") or r.word(found[1] + 1) in ("each", "apiece"))
    return found[1] + 1 if found and told and ends else 0


@needs(*_BETWEEN)
def ladder(r: Reader) -> bool:
    """One step of a course for each number. Without the length of each nothing is read."""
    found = rungs(r, r.at)
    if not found or r.draft.dose or r.draft.has_timing():
        return False
    values, unit, j = found
    route = r.term(j, "route")
    j += route is not None
    often = r.term(j, "freq")
    j += often is not None
    whole = _past_whole_length(r, j, len(values)) or (j if _is_day_for_each(r, len(values)) else 0)
    each = _each(r, j) or ((Duration(_ONE, _ONE, "d"), whole) if whole else None)
    if each is None or (often and often[:2] != (1, "d")):
        return False
    draft, place = r.draft, (r.items[r.at].start, r.items[each[1] - 1].end)
    draft.route = draft.route or route
    for k, value in enumerate(values):
        if k:
            draft = r.begin("then")
        draft.dose, draft.duration = Dose(value, value, unit), each[0]
        draft.first = draft.first if draft.first >= 0 else place[0]
        draft.last = place[1]
    if often:
        r.drafts[-len(values)].frequency = _DAILY
    return r.took(each[1])

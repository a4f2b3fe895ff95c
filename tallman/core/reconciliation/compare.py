"""Amounts of two groups of lines held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from tallman.core.reconciliation.intake import Intake, Size, about_equal
from tallman.core.reconciliation.traits import Item

__all__ = ["Verdict", "amounts_differ", "has_same_strength", "same_total"]

_SPRAYED = frozenset({"puff", "spray", "inhalation", "actuation", "drop", "application", "dose", "patch"})
_MONTH = (28, 31)
"""The fewest and the most days of a month."""


class Verdict(StrEnum):
    """What holding two lines against each other says of their amounts."""

    SAME = "same"
    DOSE = "dose"
    FREQUENCY = "frequency"
    UNKNOWN = "unknown"


def amounts_differ(one: Item, other: Item) -> Verdict:
    """How the amounts of one line differ from those of another. A range is the same only as a whole.

    What was read of directions may show a difference; that there is none they show only when all of them was read.
    """
    if one.words and one.words == other.words and has_same_strength(one, other):
        return Verdict.SAME
    found = _read_amounts_differ(one, other)
    if found is Verdict.SAME and _unread(one) != _unread(other):
        return Verdict.UNKNOWN
    return found


def _unread(item: Item) -> tuple[str, ...] | None:
    """What of the directions was not understood, in its words; None when all of them was."""
    if item.sig.is_read:
        return None
    return tuple(item.sig.text[start:end].strip().lower() for start, end in item.sig.unread)


def _read_amounts_differ(one: Item, other: Item) -> Verdict:
    if one.sig.is_read and other.sig.is_read and has_same_strength(one, other) and one.sig.same_meaning(other.sig):
        return Verdict.SAME
    here, there = one.intake, other.intake
    if here is None or there is None:
        return Verdict.UNKNOWN
    names = one.names & other.names or one.names
    single = _both(_compared(here, there, names, "single_low"), _compared(here, there, names, "single_high"))
    if single is None:
        single = _counted_alike(one, other, here, there)
    times = _times_alike(here, there)
    if single and times:
        return Verdict.SAME
    if times is None:
        return Verdict.DOSE if single is False else Verdict.UNKNOWN
    day = _both(_compared(here, there, names, "day_low"), _compared(here, there, names, "day_high"))
    if day and times:
        return Verdict.SAME
    if not times and (day or single is not False):
        return Verdict.FREQUENCY
    return Verdict.DOSE if single is False else Verdict.UNKNOWN


def same_total(left: Sequence[Item], right: Sequence[Item]) -> bool | None:
    """Whether two groups of lines give the same amounts a day of every ingredient; None when it cannot be told."""
    names = frozenset().union(*(i.names for i in (*left, *right)))
    answers = [_same_total_of(name, left, right) for name in names]
    return None if None in answers else all(answers)


def _same_total_of(name: str, left: Sequence[Item], right: Sequence[Item]) -> bool | None:
    for field in ("day_low", "day_high"):
        here, there = _total(name, left, field), _total(name, right, field)
        if here is None or there is None or here[0] != there[0]:
            return None
        if not about_equal(here[1], there[1]):
            return False
    return True


def _total(name: str, items: Sequence[Item], field: str) -> Size | None:
    sizes = [i.intake.of(name, getattr(i.intake, field)) if i.intake else None for i in items if name in i.names]
    known = [s for s in sizes if s]
    if len(known) != len(sizes) or len({dimension for dimension, _ in known}) > 1:
        return None
    return (known[0][0], sum((s for _, s in known), Fraction(0))) if known else ("mass", Fraction(0))


def _both(low: bool | None, high: bool | None) -> bool | None:
    return None if low is None or high is None else low and high


def _compared(here: Intake, there: Intake, names: frozenset[str], field: str) -> bool | None:
    """Whether an amount is the same of every ingredient; None where one is not known."""
    answers: list[bool | None] = []
    for name in names:
        one, other = here.of(name, getattr(here, field)), there.of(name, getattr(there, field))
        comparable = one and other and one[0] == other[0]
        answers.append(about_equal(one[1], other[1]) if one and other and comparable else None)
    return None if None in answers else all(answers)


def _counted_alike(one: Item, other: Item, here: Intake, there: Intake) -> bool | None:
    """Of amounts that are counted: 2 puffs and 2 puffs; of tablets only where they are of one strength."""
    low, high = here.counted(here.single_low), here.counted(here.single_high)
    low_there, high_there = there.counted(there.single_low), there.counted(there.single_high)
    if low is None or high is None or low_there is None or high_there is None or low[0] != low_there[0]:
        return None
    if not has_same_strength(one, other):
        if here.unit not in _SPRAYED:
            return None
        if not _is_strength_open(one, other):
            return False  # One drop of another strength is another dose.
    return about_equal(low[1], low_there[1]) and about_equal(high[1], high_there[1])


def _is_strength_open(one: Item, other: Item) -> bool:
    return not one.medicine.strengths or not other.medicine.strengths


def has_same_strength(one: Item, other: Item) -> bool:
    """Whether both are the same medicine in the same strength, or name none."""
    return one.strengths == other.strengths and (one.names == other.names)


def _times_alike(here: Intake, there: Intake) -> bool | None:
    if here.times_high is None or there.times_high is None or here.times_low is None or there.times_low is None:
        return None
    alike = _is_same_month if max(here.times_high, there.times_high) * _MONTH[0] <= 1 else about_equal
    return alike(here.times_high, there.times_high) and alike(here.times_low, there.times_low)


def _is_same_month(one: Fraction, other: Fraction) -> bool:
    """Whether two that come round in months are the same: every 4 weeks and once a month, 12 weeks and 3 months."""
    shortest, longest = _MONTH
    return max(one, other) * shortest <= min(one, other) * longest

"""Why several steps, or the rows of a scale, may not go together as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from tallman.core.sig.doses_a_day import doses_a_day
from tallman.core.sig.model import Link, ScaleRow, Step

__all__ = ["doubts_of_several"]


def doubts_of_several(steps: Sequence[Step]) -> Iterator[str]:
    """What is doubtful of how the steps of a direction go together, in words."""
    for one, other in pairwise(steps):
        if other.link is Link.OR and one.route == other.route and _differ_far(one, other):
            yield "two ways of taking it that come to very different amounts"
    if any(_overlap(a, b) for step in steps for a, b in pairwise(step.scale)):
        yield "rows of the scale that overlap"


def _differ_far(one: Step, other: Step) -> bool:
    """Whether two ways of taking the same come to amounts a day of which one is more than twice the other."""
    if one.prn or other.prn:
        return False
    here, there = doses_a_day(one), doses_a_day(other)
    if not (one.dose and other.dose and one.dose.unit == other.dose.unit and here and there):
        return False
    a, b = Fraction(one.dose.high) * here[1], Fraction(other.dose.high) * there[1]
    return max(a, b) > 2 * min(a, b)


def _overlap(row: ScaleRow, following: ScaleRow) -> bool:
    """Whether a value lies in both: 150 to 200 and 180 to 250."""
    if (row.low is None and following.low is None) or (row.high is None and following.high is None):
        return False  # "> 200 4 units; > 250 6 units"
    begins = following.low is None or row.high is None or following.low < row.high
    return begins and (row.low is None or following.high is None or row.low < following.high)

"""Doses that have days of their own: "days 1, 8 and 15", "days 1 and 8 of 21", "weeks 0 and 4, then every 12 weeks"."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tallman.core.quantity import UNITS
from tallman.core.sig.model import Sig

__all__ = ["are_single_days", "closest_days", "most_in_a_week"]

_WEEK = 7


def _told(sig: Sig) -> list[int]:
    """The single days that are told, in the order of the text."""
    return [s.days.first for s in sig.steps if s.days and s.days.unit == "d" and s.days.first == s.days.last]


def _alone(sig: Sig) -> list[int]:
    """The days of directions that tell nothing else, from the first to the last."""
    days = sorted(_told(sig))
    return days if len(days) == len(sig.steps) else []


def are_single_days(sig: Sig) -> bool:
    """Whether every dose has a day of its own, or the first ones do and lie apart: no quantity lasts for so many days.

    >>> from tallman.core.sig.parse import parse
    >>> are_single_days(parse("1 tab on day 1, 2 tabs on days 2-5"))
    False
    """
    lie_apart = any(after - before > 1 for before, after in pairwise(_told(sig)))
    return len(sig.steps) > 1 and (bool(_alone(sig)) or lie_apart)


def most_in_a_week(sig: Sig) -> int | None:
    """On how many of any seven days it is taken, where nothing but single days are told."""
    days = _alone(sig)
    return max((sum(first <= day < first + _WEEK for day in days) for first in days), default=None)


def closest_days(sig: Sig) -> Fraction | None:
    """How often the two single days that lie closest together come to, the next round's first among them: once in 7
    days for "days 1 and 8 of 21". None where other days are told too, or one alone."""
    days = _alone(sig)
    rounds = [int(Fraction(s.cycle.low) * UNITS[s.cycle.unit].factor / UNITS["d"].factor) for s in sig.steps if s.cycle]
    told = [*days, days[0] + min(rounds)] if days and rounds else days
    closest = min((after - day for day, after in pairwise(told)), default=0)
    return Fraction(1, closest) if closest > 0 else None

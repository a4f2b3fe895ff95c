"""Quantity against directions: how many days a quantity lasts and how much so many days need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.quantity import Amount, UnitMismatch
from tallman.core.sig.daily import phase_uses
from tallman.core.sig.model import Sig
from tallman.core.sig.step_use import PhaseUse, amount_words

__all__ = ["DaysSupply", "QuantityNeeded", "course_days", "days_supply", "quantity_for"]

_PIECES = frozenset("tablet capsule caplet pill each piece lozenge troche film wafer gum suppository insert".split())
_FOREVER = 3660
_PART_OF_CYCLE = ("during the luteal phase", "during menses", "during your period")
"""Words by which it is taken on some days of each cycle: how many, nobody says."""
_PLAIN = {1, 2, 4, 5, 10, 20}  # denominators of numbers that are short when written with a point


@dataclass(frozen=True, slots=True)
class DaysSupply:
    """Whole days a quantity lasts: `low` when used fastest, `high` when used slowest.

    `is_course` says the directions end by themselves before the quantity does; `leftover` is then what remains (in the
    unit of the dose), at the fastest use.
    """

    low: int
    high: int
    words: str
    is_course: bool = False
    leftover: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class QuantityNeeded:
    """How much so many days need, least and most, in the unit of the dose."""

    low: Fraction
    high: Fraction
    unit: str | None
    words: str


def _in_dose_unit(quantity: Amount | Decimal, sig: Sig, unit: str | None) -> Fraction | None:
    """The quantity counted in the unit of the dose, through the strength beside the dose if need be."""
    if isinstance(quantity, Decimal):
        return Fraction(quantity)
    if unit is None or quantity.unit == unit or {quantity.unit, unit} <= _PIECES:
        return Fraction(quantity.value)
    try:
        return Fraction(quantity.to(unit).value)
    except UnitMismatch:
        pass
    for step in sig.steps:
        dose = step.dose
        if (
            dose
            and dose.strength
            and dose.low
            and (dose.strength.unit == quantity.unit or {dose.strength.unit, quantity.unit} <= _PIECES)
        ):
            return Fraction(quantity.value) * Fraction(dose.low) / Fraction(dose.strength.value)
    return None


def _walk(uses: Sequence[PhaseUse], amount: Fraction, fastest: bool) -> tuple[int, Fraction, bool]:
    """Days until the amount is used up or the course ends, what is left, and whether the course ended."""
    days = 0
    for use, following in zip(uses, [*uses[1:], None], strict=True):
        rate = use.high if fastest else use.low or use.high
        if use.days is None:
            return (days + int(amount / rate), Fraction(0), False) if rate else (_FOREVER, amount, False)
        need = rate * use.days
        if need > amount:
            return days + int(amount / rate), Fraction(0), False
        amount -= need
        days += max(use.days, _until(following) if use.days == 1 else 0)
    return days, amount, True


def _until(following: PhaseUse | None) -> int:
    """How many days pass between a single dose and the next, where the next come at long intervals: a month of
    "240 mg once, then 120 mg monthly"."""
    return int(1 / following.doses_high) if following and 0 < following.doses_high < 1 else 0


def _rate(low: Fraction, high: Fraction, unit: str | None) -> str:
    """So much a day, or a week, or every so many days, whichever gives plain numbers."""
    for days, word in ((1, "day"), (7, "week")):
        if {(low * days).denominator, (high * days).denominator} <= _PLAIN:
            return f"{amount_words(low * days, high * days, unit)} a {word}"
    if low == high and low.numerator == 1:
        return f"{amount_words(Fraction(1), Fraction(1), unit)} every {low.denominator} days"
    return f"{amount_words(low, high, unit)} a day"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def days_supply(sig: Sig, quantity: Amount | Decimal, primed: Amount | None = None) -> DaysSupply | None:
    """How many whole days `quantity` lasts; None when directions or units do not say.

    A plain number counts in the unit of the dose. Phases of a sequence are walked in order. `primed` is what a pen
    loses before each dose: the fewest days are reckoned with it, the most without.
    """
    uses = phase_uses(sig)
    if isinstance(uses, str) or _is_for_part_of_a_cycle(sig):
        return None
    unit = next((u.unit for u in uses if u.unit), None)
    amount = _in_dose_unit(quantity, sig, unit)
    if amount is None or any(not u.high for u in uses):
        return None
    low, left, ended = _walk(uses, amount, fastest=True)
    high, _, _ = _walk(uses, amount, fastest=False)
    said = amount_words(amount, amount, unit)
    lasts = _days(low) if low == high else f"{low} to {high} days"
    if len(uses) == 1:
        words = f"{said} / {_rate(uses[0].low, uses[0].high, unit)} = {lasts}"
    else:
        words = f"{said} over {len(uses)} phases = {lasts}"
    if primed and primed.unit == unit:
        wasting = [replace(u, high=u.high + Fraction(primed.value) * u.doses_high) for u in uses]
        low, left, ended = _walk(wasting, amount, fastest=True)
        words += f", {_days(low)} with {primed} to prime the pen each time" if low != high else ""
    if ended:
        words += f" (the course ends after {_days(low)}" + (
            f", {amount_words(left, left, unit)} left)" if left else ")"
        )
    return DaysSupply(low, max(low, high), words, ended, left)


def quantity_for(sig: Sig, days: int) -> QuantityNeeded | None:
    """How much `days` days need; None when the directions do not say."""
    uses = phase_uses(sig)
    if isinstance(uses, str) or _is_for_part_of_a_cycle(sig):
        return None
    low = high = Fraction(0)
    remaining = days
    for use in uses:
        length = remaining if use.days is None else min(use.days, remaining)
        low, high, remaining = low + use.low * length, high + use.high * length, remaining - length
        if remaining <= 0:
            break
    unit = next((u.unit for u in uses if u.unit), None)
    return QuantityNeeded(low, high, unit, f"{days - remaining} days need {amount_words(low, high, unit)}")


def _is_for_part_of_a_cycle(sig: Sig) -> bool:
    said = (words for s in sig.steps for words in (*s.instructions, s.trigger or ""))
    return any(words.startswith(_PART_OF_CYCLE) for words in said)


def course_days(sig: Sig) -> int | None:
    """The days of a course that the directions themselves end; None when they go on, are as needed or do not say.

    >>> from tallman.core.sig import parse
    >>> course_days(parse("take 2 tablets today then 1 tablet daily for 4 days")), course_days(parse("1 tablet daily"))
    (5, None)
    """
    uses = phase_uses(sig)
    if isinstance(uses, str) or any(s.prn for s in sig.steps):
        return None
    lengths = [u.days for u in uses]
    return None if None in lengths else sum(n for n in lengths if n is not None)

"""How much at one time, also where the directions do not say how often."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tallman.core.sig.model import Sig
from tallman.core.sig.paired import fewest_places, places
from tallman.core.sig.step_use import amount_words

__all__ = ["SingleUse", "single_use"]

_POURED = frozenset({"mL", "L"})


@dataclass(frozen=True, slots=True)
class SingleUse:
    """The smallest and the largest amount taken at one time, in `unit` (None: the text names none), and in words."""

    low: Fraction
    high: Fraction
    unit: str | None
    words: str


def single_use(sig: Sig) -> SingleUse | None:
    """The amounts at one time over all steps that name a dose.

    None when no step names one, a dose depends on the patient's weight, or the doses are in different units. A bag that
    runs in at a rate ("100 mL at 7 mL/hr") is not given at one time.
    """
    dosed = [
        (s.dose, fewest_places(s), places(s)) for s in sig.steps if s.dose and not (s.rate and s.dose.unit in _POURED)
    ]
    units = {dose.unit for dose, *_ in dosed if dose.unit}
    if not dosed or len(units) > 1 or any(dose.per for dose, *_ in dosed):
        return None
    low = min(Fraction(dose.low) * fewest for dose, fewest, _ in dosed)
    high = max(Fraction(dose.high) * most for dose, _, most in dosed)
    unit = next(iter(units), None)
    return SingleUse(low, high, unit, f"{amount_words(low, high, unit)} at one time")

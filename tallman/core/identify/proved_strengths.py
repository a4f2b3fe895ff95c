"""The strengths that a text proves where it proves no product."""

from __future__ import annotations

from collections.abc import Sequence

from tallman.core.drug import Product, Strength
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import Written
from tallman.core.quantity import UNITS, Amount

__all__ = ["proved_strengths"]

_ONE = {"mL", "g"}


def proved_strengths(
    reading: Reading, measures: list[Written], matched: Sequence[Product], held: Sequence[Product]
) -> tuple[Strength, ...]:
    """What is the same in every product that fits (`matched`), else the strengths as they are written (`measures`).

    `held` are the products on record, which say what a number without "per" is per.
    """
    if not measures:
        return matched[0].strengths if len(matched) > 1 and len({p.strengths for p in matched}) == 1 else ()
    if matched and (shared := _shared(measures, matched)):
        return shared
    return _as_written(reading, measures, matched or held)


def _shared(measures: list[Written], matched: Sequence[Product]) -> tuple[Strength, ...]:
    first = matched[0].strengths
    if len({p.strengths for p in matched}) == 1:
        return first
    if len({tuple((s.ingredient, s.amount) for s in p.strengths) for p in matched}) > 1:
        return ()
    if all(s.per.value == 1 and s.per.unit in _ONE for p in matched for s in p.strengths):
        return first
    if all(w.per_unit is None for w in measures):
        return tuple(Strength(s.ingredient, s.amount, Amount(s.amount.value * 0 + 1, "each")) for s in first)
    return ()


def _as_written(reading: Reading, measures: list[Written], like: Sequence[Product]) -> tuple[Strength, ...]:
    """The strengths as read; none when a unit is missing, or it is unclear which number is whose."""
    named = len(reading.order) == len(reading.ingredients)
    if len(measures) != len(reading.ingredients) or not (named or len(measures) == 1):
        return ()
    is_liquid = bool(like) and all(p.strengths[0].per.unit in _ONE for p in like)
    strengths = []
    for name, w in zip(reading.ingredients, measures, strict=True):
        if w.unit not in UNITS or not w.value or w.is_package or w.unit in ("%", "inhalation"):
            return ()
        if is_liquid and not w.per_unit:
            return ()
        strengths.append(Strength(name, Amount(w.value, w.unit), Amount(w.per, w.per_unit or _piece(like))))
    return tuple(strengths)


def _piece(like: Sequence[Product]) -> str:
    units = {p.form.unit for p in like if UNITS[p.form.unit].dimension == p.form.unit}
    return units.pop() if len(units) == 1 else "each"

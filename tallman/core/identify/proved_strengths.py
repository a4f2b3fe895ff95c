"""The strengths that a text proves where it proves no product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import DOSED_WHOLE, Product, Strength
from tallman.core.identify.one_strength import fit_one
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import Written
from tallman.core.quantity import UNITS, Amount

__all__ = ["proved_strengths", "shared_strengths"]

_ONE = {"mL", "g"}
_OF_ONE_DOSE = ("auto-injector", "prefilled syringe")
_INJECTED = {"intravenous", "intramuscular", "subcutaneous"}


def proved_strengths(
    reading: Reading, measures: list[Written], matched: Sequence[Product], held: Sequence[Product]
) -> tuple[Strength, ...]:
    """What is the same in every product that fits (`matched`), else the strengths as they are written (`measures`); in
    the order of the ingredients.

    `held` are the products on record, which say what a number without "per" is per.
    """
    if not measures:
        found = matched[0].strengths if len(matched) > 1 and len({p.strengths for p in matched}) == 1 else ()
        found = found or _of_the_whole(held)
    else:
        found = shared_strengths(measures, matched)
        found = found or _as_written(_owners(reading, measures, matched), measures, matched or held)
        found = found or _as_on_labels(reading, measures, held)
    return tuple(sorted(found, key=lambda s: reading.ingredients.index(s.ingredient)))


def shared_strengths(measures: list[Written], matched: Sequence[Product]) -> tuple[Strength, ...]:
    """What is the same in every product that fits what is written; nothing where they differ, or none fits."""
    if not matched:
        return ()
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


def _of_the_whole(held: Sequence[Product]) -> tuple[Strength, ...]:
    """What the whole of a mixture that is dosed as one holds ("Zosyn, 4.5 g IV q6h"), where every product on record has
    the same parts of it."""
    parts = {tuple((s.ingredient, _share(s, p)) for s in p.strengths) for p in held}
    if len(parts) != 1 or not any(name in DOSED_WHOLE for name, _ in next(iter(parts))):
        return ()
    strengths = held[0].strengths
    whole = Amount(sum((s.amount.to("mg").value for s in strengths), Decimal(0)), "mg")
    return tuple(Strength(s.ingredient, s.amount, whole) for s in strengths)


def _share(strength: Strength, product: Product) -> Fraction | None:
    """The part that one ingredient has of all; None where they are not masses."""
    if any(s.amount.dimension != "mass" for s in product.strengths):
        return None
    whole = sum((Fraction(s.amount.to("mg").value) for s in product.strengths), Fraction(0))
    return Fraction(strength.amount.to("mg").value) / whole


def _owners(reading: Reading, measures: list[Written], matched: Sequence[Product]) -> list[str]:
    """Whose each strength is: in the order of the names, or as the products that fit tell; else nothing."""
    if len(measures) != len(reading.ingredients) or all(w.aside for w in measures):
        return []
    if len(measures) == 1:
        return list(reading.ingredients)
    named = list(dict.fromkeys(name for name, _ in reading.order))
    if {*named} == {*reading.ingredients}:
        return named
    told = [[s.ingredient for s in p.strengths if fit_one(s, w, p)] for p in matched[:1] for w in measures]
    owners = [names[0] for names in told if len(names) == 1]
    return owners if len({*owners}) == len(measures) else []


def _as_on_labels(reading: Reading, measures: list[Written], held: Sequence[Product]) -> tuple[Strength, ...]:
    """The joined strengths of a brand of several ingredients, of which there are others: "Norco 2.5/500". In the order
    and the units of its labels, where no number is that of another part."""
    own = [p for p in held if reading.brand and (p.brand or "").lower().startswith(reading.brand.lower())]
    if not own or len(measures) < 2 or not all(w.joined for w in measures[1:]):
        return ()
    units = {tuple((s.ingredient, s.amount.unit) for s in p.strengths) for p in own}
    if len(units) != 1 or len(own[0].strengths) != len(measures):
        return ()
    label = list(zip(own[0].strengths, measures, strict=True))
    others = ((s, w, p) for p in own for mine, w in label for s in p.strengths if s.ingredient != mine.ingredient)
    if any(fit_one(s, w, p) for s, w, p in others):
        return ()
    said = [replace(w, unit=w.unit or s.amount.unit) for s, w in label]
    return _as_written([s.ingredient for s, _ in label], said, own)


def _as_written(owners: list[str], measures: list[Written], like: Sequence[Product]) -> tuple[Strength, ...]:
    """The strengths as read; none when a unit is missing, or it is unclear which number is whose."""
    is_liquid = bool(like) and all(p.strengths[0].per.unit in _ONE for p in like)
    strengths = []
    for name, said in zip(owners, measures, strict=False):
        w = _per_cent(said, like) if said.unit == "%" else said
        if w.unit not in UNITS or not w.value or w.is_package or w.unit in ("%", "inhalation") or _is_daily(w):
            return ()
        if is_liquid and not w.per_unit and any(p.form.name not in _OF_ONE_DOSE for p in like):
            return ()
        strengths.append(Strength(name, Amount(w.value, w.unit), Amount(w.per, w.per_unit or _piece(like))))
    return tuple(strengths)


def _per_cent(written: Written, like: Sequence[Product]) -> Written:
    """A percentage as milligrams in one of what the products are measured by; as it is where they are not alike.

    Of what is a gel and an injection it is milligrams in a millilitre: a gel is measured by no dose.
    """
    strengths = [s for p in like for s in p.strengths]
    units = {s.per.unit for s in strengths}
    if any(_INJECTED.intersection(p.form.routes) for p in like):
        units &= {"mL"}
    if len(units) != 1 or not units <= _ONE or any(s.amount.dimension != "mass" for s in strengths):
        return written
    return replace(written, value=written.value * 10, unit="mg", per_unit=units.pop())


def _is_daily(written: Written) -> bool:
    """Whether it says what is taken in a day: "25 mcg/day" may be of any strength."""
    return written.per_unit == "d" and written.per == 1


def _piece(like: Sequence[Product]) -> str:
    every = {p.form.unit for p in like}
    units = {unit for unit in every if UNITS[unit].dimension == unit}
    is_patch_or_other = "patch" in every and len(every) > 1
    return units.pop() if len(units) == 1 and not is_patch_or_other else "each"

"""Products that only a number speaks for: of what nobody named, a strength alone is no proof."""

from __future__ import annotations

from tallman.core.drug import Product
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.forms import is_container

__all__ = ["is_by_chance"]

_SLIPS = (10, 100)
"""How far the point may have slipped in a number."""


def is_by_chance(product: Product, products: list[Product], said: Evidence) -> bool:
    """Whether a text gives the strength of a product, and as well the dose of others of the name (`products`)."""
    if not said.measures or (said.reading.brand and not said.reading.generic_first):
        return False
    return _is_one_milliliter(product, said) or _is_made_up(product, products, said)


def _is_one_milliliter(product: Product, said: Evidence) -> bool:
    """Whether an amount alone was taken for what is in one milliliter of a liquid that nothing speaks of: of "vitamin E
    400 IU" no oil is proved."""
    per = product.strengths[0].per
    is_alone = all(w.per_unit is None and w.unit != "%" for w in said.measures)
    is_liquid = per.value == 1 and per.unit in ("mL", "g") and "inject" not in product.form.name
    return is_alone and is_liquid and not said.forms.demands and not any(w.is_package for w in said.written)


def _is_made_up(product: Product, products: list[Product], said: Evidence) -> bool:
    """Whether it is an extended release, a syringe or an injection that nobody named, and several plain tablets or
    capsules make the same dose: "methotrexate 20 mg" may be eight, "acetaminophen 650 mg tablet" two."""
    if product.form.release == "extended":
        is_named = said.forms.says_release
        kinds: tuple[str, ...] = (product.form.name.split()[-1],) if said.forms.demands else ("tablet", "capsule")
    else:
        is_named = bool(said.forms.demands) or not (is_container(product.form) or _is_vial(product, said))
        kinds = ("tablet", "capsule")
    if is_named or len(product.strengths) > 1:
        return False
    plain = [p for p in products if p.form.release == "immediate" and p.form.name in {f"oral {k}" for k in kinds}]
    is_vial = _is_vial(product, said)
    if is_vial and _is_in_one_milliliter(product) and any(w.unit is None for w in said.measures):
        return bool(plain)  # "estradiol 5" may be a slip for 0.5 before it is what is in one milliliter.
    most = 2 if is_vial else None
    return any(_is_several(product, p, most) for p in plain)


def _is_in_one_milliliter(product: Product) -> bool:
    per = product.strengths[0].per
    return per.value == 1 and per.unit == "mL"


def _is_vial(product: Product, said: Evidence) -> bool:
    """Whether an amount alone was taken for what is in a vial."""
    is_alone = len(said.written) == 1 and said.written[0].per_unit is None and said.written[0].unit != "%"
    return is_alone and "inject" in product.form.name and not is_container(product.form)


def _is_several(product: Product, plain: Product, most: int | None) -> bool:
    """Whether several of the plain ones, at most so many, make the dose."""
    dose, piece = product.strengths[0].amount, plain.strengths[0].amount
    if len(plain.strengths) > 1 or dose.dimension != piece.dimension:
        return False
    times = dose.to(piece.unit).value / piece.value
    is_slip = times in _SLIPS  # "clonidine 1 mg" is no vial, but perhaps 0.1 mg.
    return 1 < times == int(times) and (most is None or times <= most or is_slip)

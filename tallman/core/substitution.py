"""Whether one product may be dispensed for another: the same product, or a therapeutic equivalent of it.

Products are equivalent when active ingredients, their salts where these tell products apart, strengths, dose form and
route are the same (FDA Orange Book preface, section 1.2: pharmaceutical equivalents); whether the prescriber allows it
is a matter of the prescription.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from fractions import Fraction

from tallman.core.drug import Product
from tallman.core.quantity import UNITS

__all__ = ["Difference", "difference", "is_equivalent"]


class Difference(StrEnum):
    """In what a product is not the one prescribed."""

    DRUG = "wrong-drug"
    STRENGTH = "wrong-strength"
    FORM = "wrong-form"
    SUBSTITUTION = "no-substitution"


def difference(prescribed: Product, found: Product, *, substitution: bool) -> Difference | None:
    """What is wrong with dispensing `found` for `prescribed`; None when it is right.

    `substitution` says that an equivalent of another name may be dispensed.
    """
    if prescribed.id == found.id:
        return None
    if sorted(prescribed.ingredients) != sorted(found.ingredients):
        return Difference.DRUG
    if prescribed.form != found.form:
        return Difference.FORM
    if prescribed.salt != found.salt:
        return Difference.DRUG
    if _amounts(prescribed) != _amounts(found):
        return Difference.STRENGTH
    return None if substitution else Difference.SUBSTITUTION


def is_equivalent(prescribed: Collection[str], found: str) -> bool:
    """Whether the FDA's therapeutic equivalence codes allow a package for a product; true where nothing is rated.

    `prescribed` are the codes of the packages of the product prescribed, `found` that of the package ("AB", or several:
    "AB1,AB2"). A code that begins with B is not equivalent; numbered codes are equivalent only to the same number
    (Orange Book preface, section 1.7).

    >>> is_equivalent(["AB1"], "AB1,AB2"), is_equivalent(["AB1"], "AB2"), is_equivalent([], "BX")
    (True, False, False)
    """
    codes = [code for code in found.split(",") if code]
    if not codes:
        return True
    usable = [code for code in codes if not code.startswith("B")]
    wanted, offered = ({c for c in of if c[-1].isdigit()} for of in (prescribed, usable))
    return bool(usable) and (not wanted or not offered or not wanted.isdisjoint(offered))


def _amounts(product: Product) -> set[tuple[object, ...]]:
    """The strengths as numbers, so that 400 mg/5 mL of a suspension is 80 mg/mL, and 0.09 mg a puff 90 mcg.

    In what comes filled to its strength the whole counts: a syringe of 40 mg/0.4 mL is none of 80 mg/0.8 mL.
    """
    found: set[tuple[object, ...]] = set()
    for strength in product.strengths:
        amount, per = (Fraction(a.value) * UNITS[a.unit].factor for a in (strength.amount, strength.per))
        size = per if product.form.is_filled else Fraction(1)
        dimensions = strength.amount.dimension, strength.per.dimension
        found.add((strength.ingredient, *dimensions, amount * size / per, size))
    return found

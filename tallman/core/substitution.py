"""Whether one product may be dispensed for another: the same product, or a therapeutic equivalent of it.

Products are equivalent when active ingredients, their salts where these tell products apart, strengths, dose form and
route are the same (FDA Orange Book preface, section 1.2: pharmaceutical equivalents); whether the prescriber allows it
is a matter of the prescription.
"""

from __future__ import annotations

from enum import StrEnum

from tallman.core.drug import Product

__all__ = ["Difference", "difference"]


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
    if {*prescribed.strengths} != {*found.strengths}:
        return Difference.STRENGTH
    return None if substitution else Difference.SUBSTITUTION

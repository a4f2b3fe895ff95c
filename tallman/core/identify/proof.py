"""When a text proves one product: where it leaves none of the others that bear the name."""

from __future__ import annotations

from fractions import Fraction

from tallman.core.drug import Product
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.forms import is_container

__all__ = ["proved"]

_PLAIN = (
    "oral tablet",
    "oral capsule",
    "topical cream",
    "topical ointment",
    "topical gel",
    "oral solution",
    "oral suspension",
)
"""What a word of form means where nothing more is said of it."""
_CONFIRMED = 2
"""A fit that the size of the package confirms (see `fit_of`)."""


def proved(matched: list[Product], products: list[Product], said: Evidence) -> Product | None:
    """The one of the products that fit best (`matched`) which is proved among all of that name (`products`)."""
    product = _meant(matched, said)
    return product if product and _leaves_no_other(product, products, said) else None


def _meant(matched: list[Product], said: Evidence) -> Product | None:
    """The one product meant, where the text settles it; plain tablets unless another release is said."""
    if not said.reading.brand:
        made = {(p.strengths, p.form, p.salt) for p in matched if p.brand is None}
        matched = [p for p in matched if p.brand is None or (p.strengths, p.form, p.salt) not in made]
    if not said.measures and not said.forms.demands and not said.reading.brand:
        return None
    if len(matched) == 1:
        return matched[0]
    if len({p.strength_text() for p in matched}) > 1 or not said.forms.demands or len({p.brand for p in matched}) > 1:
        return None
    if len({p.salt for p in matched}) > 1 and not said.reading.salts:
        return None
    if not said.forms.says_release:
        matched = [p for p in matched if p.form.release == "immediate"] or matched
    plain = [p for p in matched if p.form.name in _PLAIN]
    if len(matched) > 1 and len(plain) == 1:
        return plain[0]
    return matched[0] if len(matched) == 1 else None


def _leaves_no_other(product: Product, products: list[Product], said: Evidence) -> bool:
    """Whether nothing that was left out could make it another.

    A strength that is not written is proved only where all have the same; a pen or syringe that is not named, where no
    vial fits as well; a starter pack, by a pack; a route, where the same is not made for another; and
    nothing by what is usual, where a word could not be read.
    """
    if is_container(product.form) and not said.forms.says_container:
        vials = [p for p in products if "inject" in p.form.name and not is_container(p.form)]
        if any(0 < said.fit(product)[0] <= said.fit(p)[0] for p in vials):
            return False
    loosely = said.forms.loosely()
    rivals = [p for p in products if loosely.fit(p.form) and said.fit(p)[0]]
    as_good = [p for p in rivals if said.fit(p) >= said.fit(product)]
    if said.forms.says_several and "pack" not in product.form.name:
        return False
    if not said.measures:
        return len({p.strengths for p in as_good}) == 1
    if _is_of_a_bag(product, said) and any(_is_same_fluid(product, p) for p in products):
        return False
    if not said.reading.brand and not product.brand:
        as_good = [p for p in as_good if not p.brand or p.strengths == product.strengths]  # Brixadi of 8 mg is said so.
    if product.salt and not said.reading.salts and any(_is_other_salt(p, product) for p in rivals):
        return False
    elsewhere = any({*p.form.routes}.isdisjoint(product.form.routes) for p in as_good)
    if elsewhere and product.form.name not in _PLAIN:
        return False
    return not said.leaves_a_word() or all(p.form == product.form for p in rivals if p.origin == product.origin)


def _is_other_salt(one: Product, product: Product) -> bool:
    """Whether something is another salt by another route: "testosterone 200" is an injection before it is a capsule."""
    return one.salt not in ("", product.salt) and {*one.form.routes}.isdisjoint(product.form.routes)


def _is_of_a_bag(product: Product, said: Evidence) -> bool:
    """Whether a fluid is written by its percentage, and the size of the bag is not."""
    is_percent = any(w.unit == "%" for w in said.measures)
    return is_percent and product.unit_of_use is not None and said.fit(product)[0] < _CONFIRMED


def _is_same_fluid(one: Product, other: Product) -> bool:
    """Whether two bags differ in nothing but their size, where both are known: "D5 1/2NS + 20 KCl"."""
    sizes = {one.unit_of_use, other.unit_of_use}
    return len(sizes - {None}) > 1 and one.form == other.form and _inside(one) == _inside(other)


def _inside(product: Product) -> dict[str, tuple[str, Fraction]]:
    return {
        s.ingredient: (s.per.unit, Fraction(s.amount.to("mg").value if s.amount.dimension == "mass" else s.amount.value)
                       / Fraction(s.per.value))
        for s in product.strengths
    }  # fmt: skip

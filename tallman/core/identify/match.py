"""Which products fit the strengths and forms that a text gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallman.core.drug import Product
from tallman.core.identify.fit import fit_of
from tallman.core.identify.forms import FormDemands
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import Written
from tallman.core.knowledge import Knowledge

__all__ = ["Match", "match", "products_of"]

_PLAIN = (
    "oral tablet",
    "oral capsule",
    "topical cream",
    "topical ointment",
    "topical gel",
    "oral solution",
    "oral suspension",
)


@dataclass(frozen=True)
class Match:
    """The products that fit best; `product` when exactly one is proved; `fitting` fit the form alone."""

    product: Product | None
    matched: tuple[Product, ...]
    fitting: tuple[Product, ...]


def products_of(ingredients: Sequence[str], knowledge: Knowledge) -> list[Product]:
    """Every product of exactly these ingredients."""
    wanted = set(ingredients)
    return [p for p in knowledge.products_of.get(ingredients[0], ()) if set(p.ingredients) == wanted]


def match(reading: Reading, written: list[Written], forms: FormDemands, knowledge: Knowledge) -> Match:
    """The products a reading can mean, given the strengths and the words of form."""
    products = _of_salt(products_of(reading.ingredients, knowledge), reading)
    fitting = [p for p in products if forms.fit(p.form)]
    for tier in _tiers(fitting, reading):
        matched = _solids(_authored_first(_best(tier, written, reading), written), written)
        if matched:
            product = _proved(matched, written, forms, reading)
            return Match(product, tuple(matched), tuple(fitting))
    return Match(None, (), tuple(fitting))


def _of_salt(products: list[Product], reading: Reading) -> list[Product]:
    if not reading.salts:
        return products
    named = [p for p in products if p.salt and reading.salts & {*p.salt.split()}]
    return named or [p for p in products if not p.salt] or products


def _tiers(products: list[Product], reading: Reading) -> list[list[Product]]:
    generic = [p for p in products if p.brand is None]
    if reading.brand is None or reading.generic_first:
        return [generic, products]
    brand = reading.brand.lower()
    own = [p for p in products if (p.brand or "").lower() == brand]
    family = [p for p in products if (p.brand or "").lower().startswith(brand + " ")]
    if not own and not family:
        return [generic]
    forms, releases = {p.form.name for p in own}, {p.form.release for p in own}
    siblings = [p for p in family if p.form.name not in forms and p.form.release in releases]
    return [own + siblings, family]


def _best(products: list[Product], written: list[Written], reading: Reading) -> list[Product]:
    graded = [(fit_of(p, written, reading), p) for p in products]
    best = max((grade for grade, _ in graded), default=(0, 0))
    return [p for grade, p in graded if grade == best] if best[0] else []


def _authored_first(matched: list[Product], written: list[Written]) -> list[Product]:
    """Without what only an imported release has, where a product of our own fits the strength as well.

    We hold what is written for; a release also holds the bottle of another size and the tablet that nobody means
    unless more is said ("metformin ER 500 mg" is not the osmotic one). Without a strength every product counts.
    """
    if not any(not w.is_package for w in written):
        return matched
    return [p for p in matched if p.origin == "authored"] or matched


def _proved(matched: list[Product], written: list[Written], forms: FormDemands, reading: Reading) -> Product | None:
    """The one product meant, where the text settles it; plain tablets unless another release is said."""
    measured = any(not w.is_package for w in written)
    if not measured and not forms.demands and not reading.brand:
        return None
    if len(matched) == 1:
        return matched[0]
    if len({p.strength_text() for p in matched}) > 1 or not forms.demands or len({p.brand for p in matched}) > 1:
        return None
    if len({p.salt for p in matched}) > 1 and not reading.salts:
        return None
    if not forms.says_release:
        immediate = [p for p in matched if p.form.release == "immediate"]
        matched = immediate or matched
    plain = [p for p in matched if p.form.name in _PLAIN]
    if len(matched) > 1 and len(plain) == 1:
        return plain[0]
    return matched[0] if len(matched) == 1 else None


def _solids(matched: list[Product], written: list[Written]) -> list[Product]:
    """Without the liquids: "furosemide 40 mg" is the tablet, though 5 mL of a solution also hold 40 mg."""
    solids = [p for p in matched if p.form.name in ("oral tablet", "oral capsule")]
    liquids = [p for p in matched if p.form.unit == "mL" and "oral" in p.form.routes]
    said = not written or any(w.per_unit or w.unit == "mL" for w in written)
    return solids if solids and not said and len(solids) + len(liquids) == len(matched) else matched

"""Which products fit the strengths and forms that a text gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallman.core.drug import Product
from tallman.core.identify.fit import LOOSE, fit_of
from tallman.core.identify.forms import FormDemands, is_container
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
    """The products that fit best; `product` when exactly one is proved; `fitting` fit the form alone.

    `other_forms` have the strength that is written, and no such form: a contradiction, or a form not known here.
    """

    product: Product | None = None
    matched: tuple[Product, ...] = ()
    fitting: tuple[Product, ...] = ()
    other_forms: tuple[Product, ...] = ()


def products_of(ingredients: Sequence[str], knowledge: Knowledge) -> list[Product]:
    """Every product of exactly these ingredients."""
    wanted = set(ingredients)
    return [p for p in knowledge.products_of.get(ingredients[0], ()) if set(p.ingredients) == wanted]


def match(
    reading: Reading, written: list[Written], forms: FormDemands, knowledge: Knowledge, *, is_all_read: bool = True
) -> Match:
    """The products a reading can mean, given the strengths and the words of form.

    Where words remain that were not read (`is_all_read`), nothing is proved that another word could change.
    """
    products = _of_salt(products_of(reading.ingredients, knowledge), reading)
    fitting = [p for p in products if forms.fit(p.form)]
    for tier in _tiers(products, reading):
        named = [p for p in tier if forms.fit(p.form)]
        if not named and reading.brand:
            named = [p for p in tier if forms.loosely().fit(p.form)]
        matched = _best(named, written, reading)
        if matched and tier is not products and not reading.brand and _is_loose(matched, written, reading):
            matched = _best([p for p in products if forms.fit(p.form)], written, reading)
        if matched:
            likely = _solids(_authored_first(matched, written), written)
            if not forms.demands and any(w.unit is None for w in written):
                likely = _with_other_units(likely, named, written, reading)
            product = _proved(likely, written, forms, reading)
            rivals = tier if reading.brand else products
            if product and not _is_proof(product, rivals, written, forms, reading, is_all_read=is_all_read):
                product = None
            return Match(product, tuple(likely), tuple(fitting))
    elsewhere = next((m for tier in _tiers(products, reading) if (m := _best(tier, written, reading))), [])
    return Match(fitting=tuple(fitting), other_forms=tuple(elsewhere))


def _is_loose(matched: list[Product], written: list[Written], reading: Reading) -> bool:
    """Whether the strength only fits rounded or in part, so that a brand may fit better."""
    return fit_of(matched[0], written, reading)[1] == LOOSE and any(not w.is_package for w in written)


def _with_other_units(
    likely: list[Product], named: list[Product], written: list[Written], reading: Reading
) -> list[Product]:
    """With all that a number alone may mean: 10 micrograms, 10 milligrams, 10 percent. Of one meaning the best ones."""
    every = [p for p in named if fit_of(p, written, reading)[0]]
    base = {(s.ingredient, s.amount.to("g").value if s.amount.dimension == "mass" else s.amount)
            for p in every for s in p.strengths}  # fmt: skip
    return likely if len(base) == len({s.ingredient for p in every for s in p.strengths}) else every


def _is_proof(
    product: Product,
    products: list[Product],
    written: list[Written],
    forms: FormDemands,
    reading: Reading,
    *,
    is_all_read: bool,
) -> bool:
    """Whether the text leaves none of the other products of that name open.

    A strength that is not written is proved only where all have the same; a pen or syringe that is not named, where the
    same does not come as a vial too; a route, where the same is not made for another; and nothing by what was left out,
    where a word could not be read.
    """
    grade = fit_of(product, written, reading)
    if is_container(product.form) and not forms.says_container:
        vials = [p for p in products if "inject" in p.form.name and not is_container(p.form)]
        if any(fit_of(p, written, reading)[0] for p in vials):
            return False
    rivals = [p for p in products if forms.loosely().fit(p.form) and fit_of(p, written, reading)[0]]
    if not any(not w.is_package for w in written):
        return len({p.strengths for p in rivals if fit_of(p, written, reading) >= grade}) == 1
    as_good = [p for p in rivals if fit_of(p, written, reading) >= grade]
    elsewhere = any({*p.form.routes}.isdisjoint(product.form.routes) for p in as_good)
    if elsewhere and product.form.name not in _PLAIN:
        return False
    return is_all_read or all(p.form == product.form for p in rivals if p.origin == product.origin)


def _of_salt(products: list[Product], reading: Reading) -> list[Product]:
    if not reading.salts:
        return products
    named = [p for p in products if p.salt and reading.salts & {*p.salt.split()}]
    return named or [p for p in products if not p.salt] or products


def _tiers(products: list[Product], reading: Reading) -> list[list[Product]]:
    generic = [p for p in products if p.brand is None]
    if reading.brand is None:
        return [generic, products]
    brand = reading.brand.lower()
    own = [p for p in products if (p.brand or "").lower() == brand]
    family = [p for p in products if (p.brand or "").lower().startswith(brand + " ")]
    forms = {p.form.name for p in own}
    if reading.generic_first:
        return [[p for p in generic if p.form.name in forms] or generic, products]
    if not own and not family:
        return [generic]
    pens = [p for p in family if is_container(p.form) and p.form.name not in forms]
    return [own + pens, family]


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

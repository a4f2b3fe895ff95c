"""The products and packages of a medicine file as core records, and the names that mean one of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tallman.core.drug import DoseForm, Handling, Product, Strength
from tallman.core.knowledge import Package
from tallman.core.quantity import Amount, parse_amount
from tallman.knowledge.schema.medicine import MedicineFile, ProductsEntry

__all__ = ["alias_records", "product_records", "slug", "strength"]


def product_records(
    file: MedicineFile, forms: dict[str, DoseForm], display: Any
) -> tuple[list[Product], list[Package]]:
    """The products and packages of a medicine file. `display` puts a name into tall-man letters.

    Raises ValueError for an unknown form or a strength that cannot be read.
    """
    products: list[Product] = []
    packages: list[Package] = []
    for entry in file.products:
        if entry.form not in forms:
            raise ValueError(f"unknown form {entry.form!r}: add it to forms.yaml or use its name there")
        variants = [(None, text, rxcui) for text, rxcui in entry.strengths.items()]
        variants += [(brand, t, r) for brand, by_text in entry.brands.items() for t, r in by_text.items()]
        for brand, text, rxcui in variants:
            product = _product(file, entry, forms[entry.form], (brand, text, rxcui), display)
            products.append(product)
            key = f"{brand} {text}" if brand else text
            packages += [Package(ndc, product.id) for ndc in entry.ndc.get(key, ())]
        if strange := set(entry.also_written) - {text for _, text, _ in variants}:
            raise ValueError(f"also_written without a strength: {', '.join(sorted(strange))}")
        unknown = set(entry.ndc) - {f"{b} {t}" if b else t for b, t, _ in variants}
        if unknown:
            raise ValueError(f"ndc keys without a product: {', '.join(sorted(unknown))}")
    return products, packages


def alias_records(file: MedicineFile, products: list[Product]) -> list[tuple[str, str]]:
    """Names that mean one product: `written_as: ["tylenol #3 = 300 mg / 30 mg"]` as (name, product id) pairs."""
    aliases = []
    for text in file.written_as:
        name, equals, amounts = text.partition(" = ")
        if not equals:
            continue
        found = [p.id for p in products if p.brand is None and p.strength_text() == amounts]
        if not found:
            raise ValueError(f"{text!r}: no generic product of that strength in this file")
        aliases.append((name, found[0]))
    return aliases


def _product(
    file: MedicineFile, entry: ProductsEntry, form: DoseForm, variant: tuple[str | None, str, str | None], display: Any
) -> Product:
    brand, text, rxcui = variant
    strengths = _strengths(file, text, form)
    plain = f"{brand or ' / '.join(file.parts)} {text} {form.name}"
    called = f"{file.parts[0]}-{entry.salt}"
    if called not in file.also:
        called = f"{file.parts[0]} {entry.salt}"
    name = plain.replace(file.parts[0], called, 1) if entry.salt and not brand else plain
    sizes = entry.sizes(strengths, form)
    return Product(
        id=rxcui or slug(plain),
        name=name,
        tall_man=display(name),
        form=form,
        strengths=strengths,
        rxcui=rxcui,
        brand=brand,
        schedule=file.schedule,
        unit_of_use=sizes[0] if len(sizes) == 1 else None,
        salt=entry.salt,
        sizes=sizes,
        written_sizes=entry.written_sizes(),
        handling=_handling(file, form),
        also_written=tuple(_strengths(file, other, form) for other in entry.also_written.get(text, ())),
    )


def _strengths(file: MedicineFile, text: str, form: DoseForm) -> tuple[Strength, ...]:
    amounts = text.split(" / ")
    if len(amounts) != len(file.parts):
        raise ValueError(f"{text!r} needs one strength for each of {', '.join(file.parts)}")
    return tuple(strength(p, a, form) for p, a in zip(file.parts, amounts, strict=True))


def _handling(file: MedicineFile, form: DoseForm) -> Handling | None:
    """What the label says of a form that is swallowed in pieces; None when it leaves that to the form."""
    for entry in file.handling:
        named = form.name in entry.forms
        if not named and (entry.forms or form.unit not in ("tablet", "capsule")):
            continue
        return Handling(
            entry.reason,
            str(file.sources[entry.source].record()),
            may_be_split=entry.split and (named or form.may_be_split),
            may_be_crushed=entry.crush and (named or form.may_be_crushed),
            may_be_opened=entry.open if form.unit == "capsule" else None,
        )
    return None


_STRENGTH = re.compile(r"^\s*([\d.,]+\s*[A-Za-z%]+)\s*(?:/\s*([\d.]*)\s*([A-Za-z]+))?\s*$")


def strength(ingredient: str, text: str, form: DoseForm) -> Strength:
    """Read "10 mg", "400 mg/5 mL" or "0.05 mg/actuation"; without a slash it is per one unit of the form."""
    match = _STRENGTH.match(text)
    if not match:
        raise ValueError(f"not a strength: {text!r} (write 10 mg or 400 mg/5 mL)")
    per = parse_amount(f"{match[2] or 1} {match[3]}") if match[3] else Amount(Decimal(1), form.unit)
    return Strength(ingredient, parse_amount(match[1]), per)


def slug(*words: str) -> str:
    """An id of our own for a product without a confirmed RxCUI."""
    return re.sub(r"[^a-z0-9.]+", "-", " ".join(words).lower()).strip("-")

"""Packages: which product an NDC is, what the NDC directory lists it as, how Drugs@FDA rates it, which label it has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from tallman.core.drug import Listing
from tallman.core.knowledge import Package
from tallman.core.quantity import UNITS, Amount
from tallman.knowledge.importers import facts

__all__ = ["listed", "products_of_packages", "rated", "size_of"]

_ONE = re.compile(r"^\s*([\d.]+) (.+?) in (?:1|[\d.]+) [^>/]*$")
_ASIDE = re.compile(r"\s*\([^)]*\)|\*")
_STEPS = re.compile(r"\s*>\s*|\s*/\s*(?=[\d.]+ )")
_UNITS = {
    "tablet": "tablet", "capsule": "capsule", "lozenge": "lozenge", "suppository": "suppository", "patch": "patch",
    "film": "film", "ml": "mL", "g": "g", "l": "L", "kg": "kg", "mg": "mg", "packet": "packet", "pouch": "packet",
    "spray": "spray", "actuation": "actuation", "metered": "puff",
}  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_APPLICATION = re.compile(r"^(?:NDA|ANDA|BLA|BN|NADA|ANADA)?\s*(\d{5,6})$")


def products_of_packages(ndcs: Mapping[str, str], listings: Iterable[facts.Listing]) -> dict[str, str]:
    """The product of every NDC: as RxNorm says, and of packages it lacks as it says of others of the same product code.

    Labeler and product segment name one strength, form and formulation of one firm (21 CFR 207.33).
    """
    found = dict(ndcs)
    by_code: defaultdict[str, set[str]] = defaultdict(set)
    for ndc, product in ndcs.items():
        by_code[ndc[:-2]].add(product)
    for listing in listings:
        products = by_code.get(listing.ndc[:-2], set())
        if listing.finished and len(products) == 1:
            found.setdefault(listing.ndc, *products)
    return found


def size_of(description: str) -> Amount | None:
    """What a package holds: "100 TABLET in 1 BOTTLE" is 100 tablets, "2 VIAL in 1 BOX > 10 mL in 1 VIAL" 20 mL.

    None where the description says anything else, such as several kinds in one kit.

    >>> str(size_of("3 BLISTER PACK in 1 CARTON (0093-1234-93)  > 10 TABLET, FILM COATED in 1 BLISTER PACK"))
    '30 tablets'
    """
    total, steps = Decimal(1), _STEPS.split(_ASIDE.sub("", description))
    for place, step in enumerate(steps):
        match = _ONE.match(step)
        if not match:
            return None
        total *= Decimal(match[1])
        if place == len(steps) - 1:
            unit = _UNITS.get(re.split(r"[,; ]", match[2].lower())[0])
            return Amount(total, unit) if unit in UNITS else None
    return None


def listed(directory: Iterable[facts.Listing], ratings: facts.Ratings | None, origin: str) -> Iterator[Listing]:
    """The packages of the NDC directory, with their ratings where Drugs@FDA is imported too."""
    for row in directory:
        yield Listing(
            ndc=row.ndc,
            name=row.name,
            generic=row.generic,
            form=row.form,
            route=row.route,
            labeler=row.labeler,
            category=row.category,
            application=row.application,
            schedule=row.schedule,
            package=row.package,
            started=row.started,
            ended=row.ended,
            is_finished=row.finished,
            equivalence=_rating(row, ratings.products) if ratings else "",
            origin=origin,
        )


def rated(packages: Mapping[str, Package], listings: Mapping[str, Listing]) -> dict[str, tuple[str, ...]]:
    """The codes that a product's packages are rated with."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for ndc, package in packages.items():
        if (listing := listings.get(ndc)) and listing.equivalence:
            found[package.product] |= {*listing.equivalence.split(",")}
    return {product: tuple(sorted(codes)) for product, codes in found.items()}


def _rating(row: facts.Listing, products: Mapping[str, tuple[tuple[str, str, str], ...]]) -> str:
    """The code of the approved product of that application and strength; "" where it is not certain which that is."""
    match = _APPLICATION.match(row.application)
    approved = products.get(match[1].zfill(6), ()) if match else ()
    if len({code for _, _, code in approved}) == 1:
        return approved[0][2]
    numbers = _numbers(row.strengths)
    fitting = {code for strength, _, code in approved if _numbers(strength) == numbers}
    return fitting.pop() if len(fitting) == 1 else ""


def _numbers(text: str) -> list[Decimal]:
    """The amounts of each ingredient, without those of the volume they are in ("EQ 250MG BASE/5ML")."""
    parts = [part.partition("/")[0] for part in text.split(";")]
    return sorted(Decimal(m[0].replace(",", "")) for part in parts if (m := _NUMBER.search(part)))

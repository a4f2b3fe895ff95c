"""The stored releases joined with the authored records, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tallman.core.drug import Listing
from tallman.core.knowledge import Package, Records, ReleaseName
from tallman.core.lookalike.pairs import spelled
from tallman.core.lookalike.tall_man import tall_man_display
from tallman.knowledge.imported import Compiled, packed
from tallman.knowledge.importers.facts import Labels, Listings, RxNorm
from tallman.knowledge.importers.join import Joined, join
from tallman.knowledge.importers.names import names_of_releases
from tallman.knowledge.importers.packages import listed, products_of_packages, rated, size_of
from tallman.knowledge.importers.store import Header, facts_of

__all__ = ["compile_releases"]

_LONGEST_NAME = 120
"""Rows of ingredients go on for lines: nobody takes one for another by its name."""


def compile_releases(folder: Path, releases: list[Header], authored: Records) -> Compiled:
    """What the releases stored in a folder add to the authored records."""
    names = {release.kind: release.name for release in releases}
    held: dict[str, Any] = {kind: facts_of(folder, kind) for kind in names}
    rxnorm: RxNorm | None = held.get("rxnorm")
    labels: Labels | None = held.get("dailymed-map")
    display = tall_man_display(authored.tall_man)
    joined = join(rxnorm, authored, names["rxnorm"], display) if rxnorm else Joined()
    directories: dict[str, Listings] = {k: d for k in ("ndc-unfinished", "ndc") if (d := held.get(k))}
    listings = {x.ndc: x for k, d in directories.items() for x in listed(d.packages, held.get("drugsfda"), names[k])}
    packages = _packages(rxnorm, directories.get("ndc"), joined, authored, listings)
    return packed(
        ingredients=joined.ingredients,
        forms=joined.forms,
        codes=joined.codes,
        same=joined.same,
        unusable=tuple(joined.unusable),
        names=_names(held, joined, authored),
        products=joined.products,
        packages=packages,
        listings=listings,
        labels=labels.setids if labels else {},
        ratings=rated(packages, listings),
    )


def _names(held: dict[str, Any], joined: Joined, authored: Records) -> dict[str, ReleaseName]:
    """Every name that a release brings, as the first of them has it, but for those of our ingredients."""
    ingredients = (*authored.ingredients, *joined.ingredients)
    called = {spelled(name): i.name for i in ingredients for name in (*i.synonyms, i.name)}
    listings = (x for kind in ("ndc", "ndc-unfinished") if kind in held for x in held[kind].packages)
    found: dict[str, tuple[str, ReleaseName]] = {}
    for name, what in names_of_releases(
        held.get("rxnorm"), held.get("drugsfda"), listings, lambda name: called.get(spelled(name))
    ):
        found.setdefault(spelled(name), (name, what))
    return dict(row for key, row in found.items() if key and key not in called and len(key) <= _LONGEST_NAME)


def _packages(
    rxnorm: RxNorm | None,
    directory: Listings | None,
    joined: Joined,
    authored: Records,
    listings: Mapping[str, Listing],
) -> dict[str, Package]:
    """Every package whose product is known, ours too, with its size where the directory tells it."""
    ids = {p.rxcui: p.id for p in authored.products if p.rxcui} | joined.same | {id: id for id in joined.products}
    theirs = {ndc: ids[code] for ndc, code in (rxnorm.ndcs if rxnorm else {}).items() if code in ids}
    ours = {p.ndc: p for p in authored.packages}
    known = theirs | {ndc: package.product for ndc, package in ours.items()}
    found = products_of_packages(known, directory.packages if directory else ())
    sizes = {ndc: size_of(listings[ndc].package) for ndc in found if ndc in listings}
    return ours | {n: Package(n, product, sizes.get(n)) for n, product in found.items() if n in sizes or n not in ours}

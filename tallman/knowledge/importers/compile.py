"""The stored releases joined with the authored records, as tables."""

from __future__ import annotations

from pathlib import Path

from tallman.core.drug import Listing
from tallman.core.knowledge import Package, Records
from tallman.core.lookalike.tall_man import tall_man_display
from tallman.knowledge.imported import Compiled, packed
from tallman.knowledge.importers.facts import Labels, Listings, Ratings, RxNorm
from tallman.knowledge.importers.join import Joined, join
from tallman.knowledge.importers.packages import listed, products_of_packages, rated, size_of
from tallman.knowledge.importers.store import Header, facts_of

__all__ = ["compile_releases"]


def compile_releases(folder: Path, releases: list[Header], authored: Records) -> Compiled:
    """What the releases stored in a folder add to the authored records."""
    held = {release.kind: release for release in releases}
    rxnorm: RxNorm | None = facts_of(folder, "rxnorm") if "rxnorm" in held else None
    directory: Listings | None = facts_of(folder, "ndc") if "ndc" in held else None
    ratings: Ratings | None = facts_of(folder, "drugsfda") if "drugsfda" in held else None
    labels: Labels | None = facts_of(folder, "dailymed-map") if "dailymed-map" in held else None
    display = tall_man_display(authored.tall_man)
    joined = join(rxnorm, authored, held["rxnorm"].name, display) if rxnorm else Joined("")
    listings = {x.ndc: x for x in listed(directory.packages, ratings, held["ndc"].name)} if directory else {}
    packages = _packages(rxnorm, directory, joined, authored, listings)
    return packed(
        ingredients=joined.ingredients,
        forms=joined.forms,
        codes=joined.codes,
        same=joined.same,
        unusable=tuple(joined.unusable),
        products=joined.products,
        packages=packages,
        listings=listings,
        labels=labels.setids if labels else {},
        ratings=rated(packages, listings),
    )


def _packages(
    rxnorm: RxNorm | None, directory: Listings | None, joined: Joined, authored: Records, listings: dict[str, Listing]
) -> dict[str, Package]:
    """Every package whose product is known, with its size where the directory tells it."""
    ids = {p.rxcui: p.id for p in authored.products if p.rxcui} | joined.same | {id: id for id in joined.products}
    ours = {p.ndc: p.product for p in authored.packages}
    theirs = {ndc: ids[code] for ndc, code in (rxnorm.ndcs if rxnorm else {}).items() if code in ids}
    found = products_of_packages(theirs | ours, directory.packages if directory else ())
    return {
        ndc: Package(ndc, product, size_of(listings[ndc].package) if ndc in listings else None)
        for ndc, product in found.items()
    }

"""The FDA's directory of unfinished drugs: the materials of compounding and manufacturing."""

from __future__ import annotations

from tallman.knowledge.importers.facts import Listings
from tallman.knowledge.importers.ndc_directory import counted, listings, released
from tallman.knowledge.importers.release import Release

__all__ = ["FILES", "TITLE", "counted", "files", "read", "released"]

TITLE = "the NDC directory of unfinished drugs"
FILES = ("unfinished_product.txt", "unfinished_package.txt")


def files(release: Release) -> list[str]:
    """The files that are read. Raises UnusableRelease when one is missing."""
    return release.need(TITLE, *FILES)


def read(release: Release) -> Listings:
    """The packages of the directory. Raises UnusableRelease when a file is missing or damaged."""
    product, package = files(release)
    return Listings(tuple(listings(release, product, package, finished=False)))

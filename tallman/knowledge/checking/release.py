"""Codes held against a release of RxNorm: what names something else, and what could not be verified."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.codes import MISMATCH, NO_CODE, Concept, read_release, unverified

if TYPE_CHECKING:
    from tallman.knowledge.importers.facts import RxNorm

__all__ = ["Release", "check", "from_facts", "read"]

PACKS = ("GPCK", "BPCK")


@dataclass(frozen=True)
class Release:
    """What a release says: concepts by RxCUI, and RxCUIs by NDC of eleven digits."""

    concepts: Mapping[str, Concept]
    ndcs: Mapping[str, str]


def read(path: Path) -> Release:
    """A release as NLM publishes it (RRF files, in a folder or zipped), or a folder with its extract in CSV:
    concepts.csv (rxcui, tty, name), ndc11.csv (ndc11, rxcui) and files of further ingredients (rxcui, name).

    Raises UnusableRelease for what is none, OSError for what is not there.
    """
    if not (path / "concepts.csv").is_file():
        from tallman.knowledge.importers import rxnorm
        from tallman.knowledge.importers.release import Release as Published

        return from_facts(rxnorm.read(Published(path)))
    more = sorted(path.glob("*ingredient*.csv"))
    ndcs = path / "ndc11.csv"
    return Release(read_release(*more, path / "concepts.csv"), _read_ndcs(ndcs) if ndcs.is_file() else {})


def from_facts(facts: RxNorm) -> Release:
    """What an imported release says."""
    concepts = {code: Concept("IN", name) for code, name in facts.ingredients.items()}
    concepts |= {code: Concept("PIN", name) for code, (name, _) in facts.salts.items()}
    concepts |= {d.rxcui: Concept("SBD" if d.brand else "SCD", d.name) for d in facts.drugs}
    concepts |= {p.rxcui: Concept("BPCK" if p.brand else "GPCK", p.name) for p in facts.packs}
    return Release(concepts, facts.ndcs)


def _read_ndcs(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["ndc11"]: row["rxcui"] for row in csv.DictReader(file)}


def check(book: Book, release: Release) -> Iterator[Problem]:
    """Codes that name something else are errors. A code that is missing or not in the release is told as a warning:
    withdrawn products, parts that a release lacks."""
    places = {product.name: sheet.file for sheet in book.sheets for product in sheet.products} | book.files
    for gap in unverified(book.records, release.concepts):
        file = places[gap.name]
        if gap.reason == MISMATCH:
            what = f"{gap.rxcui} names something else, {gap.detail}"
            yield Problem(file, gap.name, what, "correct the code or the record", "RXCUI-MISMATCH")
        elif gap.reason == NO_CODE:
            yield Problem(file, gap.name, "no RxCUI could be confirmed", "add it when found", "RXCUI-NONE", True)
        else:
            what = f"the release does not hold {gap.rxcui}"
            yield Problem(file, gap.name, what, "confirm it elsewhere, or take it out", "RXCUI-UNVERIFIED", True)
    yield from _packages(book, release)


def _packages(book: Book, release: Release) -> Iterator[Problem]:
    """Packages whose NDC the release gives to another product; to a pack of such tablets is the same."""
    for sheet in book.sheets if release.ndcs else ():
        for package in sheet.packages:
            code = release.ndcs.get(package.ndc)
            concept = release.concepts.get(code or "")
            if code is None:
                what = f"the release does not hold NDC {package.ndc}"
                yield Problem(sheet.file, sheet.entry.name, what, "confirm it elsewhere", "NDC-UNVERIFIED", True)
            elif code != package.product and not (concept and concept.kind in PACKS):
                names = concept.name if concept else code
                what = f"NDC {package.ndc} is that of {names}, here of {package.product}"
                yield Problem(sheet.file, sheet.entry.name, what, "put it where it belongs", "NDC-MISMATCH")

"""The FDA's NDC directory: product.txt and package.txt of the finished drugs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tallman.core.codes import CodeError, ndc
from tallman.knowledge.importers.facts import Listing, Listings
from tallman.knowledge.importers.release import Release
from tallman.knowledge.importers.rows import records

__all__ = ["FILES", "TITLE", "counted", "files", "listings", "read", "released"]

TITLE = "the NDC directory of finished drugs"
FILES = ("product.txt", "package.txt")
PRODUCT = ("PRODUCTID", "PRODUCTNDC", "NONPROPRIETARYNAME", "DOSAGEFORMNAME", "LABELERNAME", "SUBSTANCENAME")
PACKAGE = ("PRODUCTID", "NDCPACKAGECODE", "PACKAGEDESCRIPTION")


def files(release: Release) -> list[str]:
    """The files that are read. Raises UnusableRelease when one is missing."""
    return release.need(TITLE, *FILES)


def released(release: Release) -> date | None:
    """The directory does not say its day."""
    return None


def counted(facts: Listings) -> dict[str, int]:
    """What the directory holds, in words."""
    return {"packages": len(facts.packages), "labelers": len({p.labeler for p in facts.packages})}


def read(release: Release) -> Listings:
    """The packages of the directory. Raises UnusableRelease when a file is missing or damaged."""
    product, package = files(release)
    return Listings(tuple(listings(release, product, package, finished=True)))


def listings(release: Release, product: str, package: str, *, finished: bool) -> Iterator[Listing]:
    """Every package with what its product is listed as."""
    products = _products(release, product)
    seen: set[str] = set()
    for row in records(release, package, PACKAGE):
        line, held = int(row["LINE"]), products.get(row["PRODUCTID"])
        try:
            eleven = ndc.parse(row["NDCPACKAGECODE"]).eleven
        except CodeError:
            release.report.problem(package, line, f"{row['NDCPACKAGECODE']!r} is no NDC")
            continue
        if row.get("NDC_EXCLUDE_FLAG", "N") not in ("N", ""):
            release.report.leave_out(package, "excluded by the FDA")
        elif held is None:
            release.report.problem(package, line, f"NDC {row['NDCPACKAGECODE']} is of a product that is not listed")
        elif eleven in seen:
            release.report.problem(package, line, f"NDC {row['NDCPACKAGECODE']} is listed a second time")
        else:
            seen.add(eleven)
            yield _listing(eleven, held, row, finished=finished)


def _products(release: Release, file: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in records(release, file, PRODUCT):
        if row.get("NDC_EXCLUDE_FLAG", "N") not in ("N", ""):
            release.report.leave_out(file, "excluded by the FDA")
        elif not row["PRODUCTID"] or (not row["NONPROPRIETARYNAME"] and not row.get("PROPRIETARYNAME")):
            release.report.problem(file, int(row["LINE"]), "a product without an id or without a name")
        else:
            found[row["PRODUCTID"]] = row
    return found


def _listing(eleven: str, product: dict[str, str], package: dict[str, str], *, finished: bool) -> Listing:
    names = (product.get("PROPRIETARYNAME", ""), product.get("PROPRIETARYNAMESUFFIX", ""))
    return Listing(
        ndc=eleven,
        name=" ".join(filter(None, names)) or product["NONPROPRIETARYNAME"],
        generic=product["NONPROPRIETARYNAME"],
        form=product["DOSAGEFORMNAME"],
        route=product.get("ROUTENAME", ""),
        labeler=product["LABELERNAME"],
        category=product.get("MARKETINGCATEGORYNAME", ""),
        application=product.get("APPLICATIONNUMBER", ""),
        substances=product["SUBSTANCENAME"],
        strengths=product.get("ACTIVE_NUMERATOR_STRENGTH", ""),
        units=product.get("ACTIVE_INGRED_UNIT", ""),
        schedule=product.get("DEASCHEDULE", ""),
        package=package["PACKAGEDESCRIPTION"],
        started=package.get("STARTMARKETINGDATE") or product.get("STARTMARKETINGDATE", ""),
        ended=package.get("ENDMARKETINGDATE") or product.get("ENDMARKETINGDATE", ""),
        finished=finished,
    )

"""The Drugs@FDA data files: Products.txt with the therapeutic equivalence codes of TE.txt."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from tallman.knowledge.importers.facts import Ratings
from tallman.knowledge.importers.release import Release
from tallman.knowledge.importers.rows import records

__all__ = ["FILES", "TITLE", "counted", "files", "read", "released"]

TITLE = "a release of Drugs@FDA"
FILES = ("Products.txt", "TE.txt")


def files(release: Release) -> list[str]:
    """The files that are read. Raises UnusableRelease when one is missing."""
    return release.need(TITLE, *FILES)


def released(release: Release) -> date | None:
    """The files do not say their day."""
    return None


def counted(facts: Ratings) -> dict[str, int]:
    """What the release holds, in words."""
    products = [p for of in facts.products.values() for p in of]
    return {"approved products": len(products), "of them rated": sum(bool(code) for _, _, code in products)}


def read(release: Release) -> Ratings:
    """The approved products of applications that have a rated one, and the names of all.

    Raises UnusableRelease when a file is damaged.
    """
    product, rating = files(release)
    codes: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in records(release, rating, ("APPLNO", "PRODUCTNO", "TECODE")):
        for code in filter(None, row["TECODE"].replace(" ", "").split(",")):
            codes[row["APPLNO"], row["PRODUCTNO"]][code] = None
    rated = {application for application, _ in codes}
    products: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    names: dict[tuple[str, str], None] = {}
    for row in records(release, product, ("APPLNO", "PRODUCTNO", "FORM", "STRENGTH")):
        application, number = row["APPLNO"], row["PRODUCTNO"]
        names[row.get("DRUGNAME", "").strip(), row.get("ACTIVEINGREDIENT", "").strip()] = None
        if not application.isdecimal():
            release.report.problem(product, int(row["LINE"]), f"{application!r} is no number of an application")
        elif application not in rated:
            release.report.leave_out(product, "of an application without a rating")
        else:
            code = ",".join(codes.pop((application, number), ()))
            products[application.zfill(6)].append((row["STRENGTH"], row["FORM"], code))
    for application, number in codes:
        release.report.problem(rating, 0, f"{application}/{number} is rated, and no such product is listed")
    return Ratings({application: tuple(of) for application, of in products.items()}, tuple(names))

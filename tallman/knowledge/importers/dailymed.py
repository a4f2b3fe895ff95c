"""DailyMed's mapping of labels to RxNorm: rxnorm_mappings.txt, fields divided by pipes."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from tallman.knowledge.importers.facts import Labels
from tallman.knowledge.importers.release import Release, UnusableRelease
from tallman.knowledge.importers.rows import records

__all__ = ["TITLE", "counted", "files", "read", "released"]

TITLE = "DailyMed's mapping to RxNorm"
COLUMNS = ("SETID", "SPL_VERSION", "RXCUI", "RXSTRING", "RXTTY")
_SETID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def files(release: Release) -> list[str]:
    """The file that is read. Raises UnusableRelease when it is missing."""
    found = release.find("*rxnorm_mapping*.txt")
    if found is None:
        raise UnusableRelease(f"{release.path} is not {TITLE}: it lacks rxnorm_mappings.txt.")
    return [found]


def released(release: Release) -> date | None:
    """The mapping does not say its day."""
    return None


def counted(facts: Labels) -> dict[str, int]:
    """What the mapping holds, in words."""
    return {"drugs": len(facts.setids), "labels": len({s for ids in facts.setids.values() for s in ids})}


def read(release: Release) -> Labels:
    """The labels of every drug. Raises UnusableRelease when the file is damaged or lacks a column."""
    file = files(release)[0]
    setids: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in records(release, file, COLUMNS, separator="|"):
        if not _SETID.fullmatch(row["SETID"]) or not row["RXCUI"].isdecimal():
            release.report.problem(file, int(row["LINE"]), f"{row['SETID']!r} and {row['RXCUI']!r}: no label and drug")
        else:
            setids[row["RXCUI"]][row["SETID"].lower()] = None
    return Labels({rxcui: tuple(ids) for rxcui, ids in setids.items()})

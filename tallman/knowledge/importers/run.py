"""One import from beginning to end: read the release, see that it is one, keep it, join it with what is authored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

from tallman.knowledge.importers import dailymed, drugsfda, ndc_directory, ndc_unfinished, rxnorm
from tallman.knowledge.importers.release import Release, Report, UnusableRelease
from tallman.knowledge.importers.store import Header, headers, save

__all__ = ["READERS", "Imported", "import_release"]

READERS: dict[str, ModuleType] = {
    "rxnorm": rxnorm,
    "ndc": ndc_directory,
    "ndc-unfinished": ndc_unfinished,
    "dailymed-map": dailymed,
    "drugsfda": drugsfda,
}
"""A reader by the kind of release; each has `TITLE`, `files`, `released`, `read` and `counted`."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was kept, and what was not."""

    header: Header
    report: Report


def import_release(
    kind: str,
    path: Path,
    folder: Path,
    *,
    released: date | None = None,
    replace_newer: bool = False,
    begin: Callable[[int], object] = lambda _: None,
    advance: Callable[[int], object] = lambda _: None,
) -> Imported:
    """Import the release at `path` into `folder`, in place of the one of its kind that is there.

    `released` is the day of the release where the release does not say it; `begin` is told how many bytes will be
    read, `advance` how many have been. Raises UnusableRelease, and OSError when the result cannot be written; what was
    there before then still is.
    """
    reader = READERS[kind]
    release = Release(path, advance)
    files = reader.files(release)
    day = released or reader.released(release) or release.newest(files)
    held = next((h for h in headers(folder) if h.kind == kind), None)
    if held and held.released > day and not replace_newer:
        raise UnusableRelease(f"This is {kind} of {day}; a newer one, of {held.released}, is there already.")
    begin(release.size(files))
    facts = reader.read(release)
    counts = reader.counted(facts)
    if not any(counts.values()):
        raise UnusableRelease(f"{path} holds nothing that could be used as {reader.TITLE}.")
    return Imported(save(folder, kind, day, facts, counts), release.report)

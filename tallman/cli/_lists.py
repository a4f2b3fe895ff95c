"""Files with lists of one person's medicines, read for the commands that hold them against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.received import ReadWarning
from tallman.interchange.fhir.lists import ListsRead, read_lists
from tallman.interchange.fhir.warnings import Unreadable
from tallman.knowledge.load import KnowledgeError, load

__all__ = ["FilesRead", "Refused", "read_files", "warning_as_object"]


class Refused(Exception):
    """A file or the knowledge cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The files of the history and those of orders, in the order they were named."""

    knowledge: Knowledge
    history: tuple[ListsRead, ...]
    orders: tuple[ListsRead, ...]
    warnings: tuple[tuple[str, ReadWarning], ...]
    sha256: str
    """Of all files together: the same files make the same papers."""

    @property
    def newest_first(self) -> tuple[ListsRead, ...]:
        """The last file of orders first, the history last."""
        return (*reversed(self.orders), *self.history)

    def day(self, given: datetime | None) -> date:
        """The day to judge on: the one given, else that of the orders, else of the history, else today."""
        days = [given.date() if given else None, *(read.on for read in self.newest_first)]
        return next((d for d in days if d), datetime.now().astimezone().date())

    def patient(self) -> Patient:
        """The patient as the orders have them, else the history; the allergies are those of all."""
        known = [read.patient for read in self.newest_first if read.patient]
        lists = [one for read in self.newest_first for one in read.lists]
        every = [a.allergy for one in lists for a in one.allergies or ()]
        asked = any(one.allergies is not None for one in lists)
        return replace(known[0] if known else Patient(), allergies=tuple(dict.fromkeys(every)) if asked else None)


def read_files(history: Sequence[str], orders: Sequence[str]) -> FilesRead:
    """Read them all. Raises Refused for the first that cannot be used."""
    name, seen = "", sha256()
    try:
        knowledge = load()
        read = []
        for name in (*history, *orders):
            data = Path(name).read_bytes()
            seen.update(sha256(data).digest())
            read.append(read_lists(data, knowledge, name, is_orders=len(read) >= len(history)))
    except KnowledgeError as error:
        raise Refused(f"The knowledge cannot be used: {error}") from error
    except OSError as error:
        raise Refused(f"{name}: {error.strerror or type(error).__name__}") from error
    except Unreadable as error:
        raise Refused(f"{name}: {error}") from error
    warnings = tuple((file, w) for file, r in zip((*history, *orders), read, strict=True) for w in r.warnings)
    return FilesRead(knowledge, tuple(read[: len(history)]), tuple(read[len(history) :]), warnings, seen.hexdigest())


def warning_as_object(file: str, warning: ReadWarning) -> dict[str, str]:
    """A warning as JSON."""
    return {"file": file, "code": warning.code, "text": warning.text, "where": warning.where}

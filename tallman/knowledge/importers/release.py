"""A release as it was published: a folder, a zip file or one file, its files found by name and read line by line."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import IO

__all__ = ["Problem", "Release", "Report", "UnusableRelease"]

Advance = Callable[[int], object]
_STEP = 1 << 20
"""Bytes between two reports of progress."""
_MOST_TOLD = 20


class UnusableRelease(ValueError):
    """What was given cannot be imported at all: says why, and what is expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be used: the file and the line it stands in, and what is wrong with it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass
class Report:
    """What a reader made of a release: rows read, rows left out on purpose, rows that could not be used."""

    rows: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def leave_out(self, file: str, why: str) -> None:
        """Count a row that is not wanted here: another vocabulary, an obsolete name."""
        self.left_out[file, why] += 1

    def problem(self, file: str, line: int, what: str) -> None:
        """Note a row that cannot be used."""
        self.problems.append(Problem(file, line, what))


class Release:
    """The files of one release at `path`. Raises UnusableRelease when there is nothing to read.

    `advance` is told the bytes as they are read. Of several files of one name, that in a folder called "prescribe"
    counts, else the one nearest to the top.
    """

    def __init__(self, path: Path, advance: Advance = lambda _: None) -> None:
        self.path, self.advance, self.report = path, advance, Report()
        self._sizes: dict[str, int] = {}
        self._dates: dict[str, date] = {}
        try:
            self._take_stock()
        except (OSError, zipfile.BadZipFile) as error:
            raise UnusableRelease(f"{path} cannot be read ({_reason(error)}).") from error

    def _take_stock(self) -> None:
        if self.path.is_dir():
            for file in sorted(p for p in self.path.rglob("*") if p.is_file()):
                self._add(file.relative_to(self.path).as_posix(), file)
        elif zipfile.is_zipfile(self.path):
            with zipfile.ZipFile(self.path) as archive:
                for info in archive.infolist():
                    if not info.is_dir():
                        self._sizes[info.filename] = info.file_size
                        self._dates[info.filename] = date(*info.date_time[:3])
        else:
            self._add(self.path.name, self.path)

    def _add(self, name: str, file: Path) -> None:
        stat = file.stat()
        self._sizes[name] = stat.st_size
        self._dates[name] = datetime.fromtimestamp(stat.st_mtime).astimezone().date()

    @property
    def names(self) -> list[str]:
        """Every file in the release."""
        return list(self._sizes)

    def find(self, *patterns: str) -> str | None:
        """The file that one of the patterns ("RXNREL.RRF", "*mapping*.txt") names, whatever its folder and case."""
        wanted = [p.lower() for p in patterns]
        found = [n for n in self._sizes if any(fnmatchcase(PurePosixPath(n).name.lower(), p) for p in wanted)]
        return min(found, key=lambda n: ("prescribe" not in n.lower().split("/"), n.count("/"), n), default=None)

    def need(self, kind: str, *names: str) -> list[str]:
        """The files of these names. Raises UnusableRelease that names what is missing."""
        found = {name: self.find(name) for name in names}
        if missing := [name for name, file in found.items() if file is None]:
            held = [PurePosixPath(n).name for n in self.names]
            shown = ", ".join(held[:_MOST_TOLD]) + (", …" if len(held) > _MOST_TOLD else "")
            raise UnusableRelease(
                f"{self.path} is not {kind}: it lacks {', '.join(missing)}. Found: {shown or 'no file at all'}."
            )
        return [file for file in found.values() if file]

    def size(self, files: list[str]) -> int:
        """How many bytes these files have."""
        return sum(self._sizes[f] for f in files)

    def newest(self, files: list[str]) -> date:
        """The day the youngest of these files was written."""
        return max(self._dates[f] for f in files)

    def lines(self, file: str) -> Iterator[tuple[int, bytes]]:
        """The lines of a file with their numbers, without their ends. Raises UnusableRelease where it is damaged."""
        told = 0
        try:
            with self._open(file) as stream:
                for number, line in enumerate(stream, 1):
                    told += len(line)
                    if told >= _STEP:
                        self.advance(told)
                        told = 0
                    yield number, line.rstrip(b"\r\n")
        except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise UnusableRelease(
                f"{file} in {self.path} is damaged ({_reason(error)}): get the release once more."
            ) from error
        self.advance(told)

    @contextmanager
    def _open(self, file: str) -> Iterator[IO[bytes]]:
        if self.path.is_dir():
            with (self.path / file).open("rb") as stream:
                yield stream
        elif zipfile.is_zipfile(self.path):
            with zipfile.ZipFile(self.path) as archive, archive.open(file) as stream:
                yield stream
        else:
            with self.path.open("rb") as stream:
                yield stream

    def dated(self, pattern: str) -> date | None:
        """The day in the name of the release or of a file in it, by a pattern with groups m, d and y (four digits)."""
        for name in (self.path.name, *self.names):
            if match := re.search(pattern, name):
                try:
                    return date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    continue
        return None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

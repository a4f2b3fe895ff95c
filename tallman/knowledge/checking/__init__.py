"""Whether the authored knowledge can be trusted: every rule about it in one place, for the command and for the tests.

A check is a function of the book (the files of a folder as read) that tells problems and never raises. They come in
three steps: the form of the files, the words in them, and what they say. A fault in one step hides the next from view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tallman.knowledge.checking import codes, examples, limits, members, names, overlaps, reviews, sources, words
from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.checking.reading import read

__all__ = ["CHECKS", "Book", "Problem", "Report", "check", "read"]

CHECKS: dict[str, Callable[[Book], Iterator[Problem]]] = {
    "codes": codes.check,
    "names": names.check,
    "members": members.check,
    "sources": sources.check,
    "limits": limits.check,
    "overlaps": overlaps.check,
    "reviews": reviews.check,
    "examples": examples.check,
}


@dataclass(frozen=True)
class Report:
    """What was found in a folder. `book` is None where faults of form or words kept the other checks from running."""

    problems: tuple[Problem, ...]
    book: Book | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make the knowledge unfit for use."""
        return tuple(p for p in self.problems if not p.is_warning)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is to be known, and stops nobody."""
        return tuple(p for p in self.problems if p.is_warning)


def check(folder: Path, on: date) -> Report:
    """Everything that is wrong with the authored files of a folder, as of a day."""
    book = read(folder, on)
    if isinstance(book, list):
        return Report(tuple(book), None)
    if unknown := tuple(words.check(book)):
        return Report(unknown, None)
    return Report(tuple(problem for tell in CHECKS.values() for problem in tell(book)), book)

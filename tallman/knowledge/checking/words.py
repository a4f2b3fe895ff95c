"""Words that stand for something elsewhere: classes, forms, routes, laboratory values, severities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallman.core.screening.checks import CHECKS
from tallman.core.screening.finding import Severity
from tallman.core.sig.words import ENGLISH
from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.checking.walk import values

__all__ = ["check"]

SEVERITIES = (
    "severity",
    "severity_if_severe",
    "already_together",
    "palliative",
    "on_ward",
    "followed",
    "for_one_dose",
    "where_meant",
    "already_taken",
    "within",
    "within_if_severe",
)
RELEASES = ("immediate", "extended", "delayed")
KINDS = ("therapeutic", "chemical", "mechanism")


def check(book: Book) -> Iterator[Problem]:
    """Every word of every record that stands for something elsewhere."""
    words = _words(book)
    entries: list[tuple[str, str, Any]] = [(s.file, s.entry.name, s.entry) for s in book.sheets]
    entries += [(r.file, r.id, r.entry) for r in book.rules]
    for file, record, entry in entries:
        for field, text in values(entry, words):
            if text not in words[field]:
                what = f"{text!r} in {field} is not known"
                yield Problem(file, record, what, f"write one of {_some(words[field])}", "WORD-UNKNOWN")


def _words(book: Book) -> dict[str, frozenset[str]]:
    """What each field may say."""
    forms, classes = frozenset(book.knowledge.forms), frozenset(book.knowledge.classes)
    routes = frozenset(route for form in book.records.forms for route in form.routes) | frozenset(ENGLISH["route"])
    labs = frozenset(lab.id for lab in book.records.labs)
    return {
        "classes": classes,
        **dict.fromkeys(("form", "forms"), forms),
        **dict.fromkeys(("route", "routes", "systemic_by"), routes),
        **dict.fromkeys(("lab", "labs"), labs),
        **dict.fromkeys(SEVERITIES, frozenset(Severity)),
        "release": frozenset(RELEASES),
        "kind": frozenset(KINDS),
        "about": frozenset(CHECKS),
    }


def _some(known: frozenset[str]) -> str:
    return ", ".join(sorted(known)[:8]) + (" …" if len(known) > 8 else "")

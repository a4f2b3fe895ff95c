"""Sources: every fact says where it comes from, in a document, a section of it, and a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tallman.knowledge.checking.book import Book, Sheet
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.checking.walk import parts
from tallman.knowledge.schema import SourceEntry

__all__ = ["check"]

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def check(book: Book) -> Iterator[Problem]:
    """Sources that are missing, incomplete, from the future, or that nothing rests on."""
    for sheet in book.sheets:
        yield from _of_sources(book, sheet.file, sheet.entry.name, sheet.entry)
        yield from _unused(sheet)
    for rule in book.rules:
        if not rule.entry.sources and _says_something(rule.entry):
            yield Problem(rule.file, rule.id, "it has no source", "add title, section and date", "SOURCE-MISSING")
        yield from _of_sources(book, rule.file, rule.id, rule.entry)


def _says_something(entry: Any) -> bool:
    """Not a class that only groups, nor what is no medicine."""
    return not getattr(entry, "ignorable", False) and getattr(entry, "at_once", 0) is not None


def _of_sources(book: Book, file: str, record: str, entry: Any) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for source in (part for part in parts(entry) if isinstance(part, SourceEntry)):
        title, section, date = source.title.strip(), str(source.section).strip(), str(source.date).strip()
        if (title, section) in seen:
            continue
        seen.add((title, section))
        if not title:
            yield Problem(file, record, "a source has no title", "name the document", "SOURCE-UNTITLED")
        if not section:
            yield Problem(file, record, f"{title!r} names no section", "add it", "SOURCE-NO-SECTION", True)
        if not date:
            do = "add the date of the document that was read"
            yield Problem(file, record, f"{title!r} has no date", do, "SOURCE-UNDATED", True)
        elif not _DATE.fullmatch(date):
            do = "write 2026, 2026-11 or 2026-11-28"
            yield Problem(file, record, f"{date!r} is no date", do, "SOURCE-DATE")
        elif date > book.on.isoformat():
            yield Problem(file, record, f"{title!r} is dated {date}, after today", "correct the date", "SOURCE-DATE")


def _unused(sheet: Sheet) -> Iterator[Problem]:
    entry = sheet.entry
    for key in entry.sources.keys() - {limit.source for limit in entry.limits} - {h.source for h in entry.handling}:
        do = "name it where it belongs, or take it out"
        yield Problem(sheet.file, entry.name, f"nothing rests on the source {key!r}", do, "SOURCE-UNUSED", True)

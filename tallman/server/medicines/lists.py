"""Reading a pharmacy's own copy of a list: a CSV file, or pasted lines, one pair or one name a line. Writes nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Line", "decoded", "names_in", "pairs_in"]

_BETWEEN = re.compile(r"\s*(?:\t|\s[–—-]{1,2}\s|[–—;|]|\s/\s|\s(?:vs\.?|versus|with|and)\s)\s*", re.IGNORECASE)
_COUNTED = re.compile(r"\d+[.)]?")
"""A number before the names of a line."""
_FOOTNOTE = re.compile(r"[*†‡§¶]+|\[[a-z0-9]{1,3}\]", re.IGNORECASE)
_HEADING = re.compile(r"\b(?:names?|drugs?|medicines?|confused|list|source)\b", re.IGNORECASE)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read: its number, its text, the names in it; `fault` says why it cannot be used."""

    number: int
    text: str
    names: tuple[str, ...] = ()
    fault: str = ""


def decoded(raw: bytes) -> str:
    """The text of an uploaded file: UTF-8, UTF-16 with its mark, or what spreadsheets under Windows write."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def pairs_in(text: str) -> list[Line]:
    """The pairs of a list: the first two columns of a CSV, or "name — name" (also -, ;, a tab, "vs").

    >>> [line.names for line in pairs_in("Drug name,Confused with\\nhydrALAZINE*,hydrOXYzine\\nCelebrex - Celexa")]
    [('hydrALAZINE', 'hydrOXYzine'), ('Celebrex', 'Celexa')]
    """
    lines = []
    for number, said, names in _lines(text):
        if number == 1 and all(_HEADING.search(n) for n in names):
            continue
        lines.append(Line(number, said, names[:2], _fault(names[:2])))
    return lines


def names_in(text: str) -> list[Line]:
    """The names of a list, one or several a line. Only those with tall letters are taken.

    >>> [line.names for line in names_in("metFORMIN\\nmetroNIDAZOLE — metFORMIN")]
    [('metFORMIN',), ('metroNIDAZOLE', 'metFORMIN')]
    """
    lines = []
    for number, said, names in _lines(text):
        tall = tuple(n for n in names if re.search(r"[A-Z]{2}", n))
        if tall or number > 1 or not all(_HEADING.search(n) for n in names):
            lines.append(Line(number, said, tall, "" if tall else "No name in tall-man letters."))
    return lines


def _lines(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for number, said in enumerate(text.splitlines(), 1):
        if said.strip():
            names = (" ".join(_FOOTNOTE.sub(" ", column).split()) for column in _columns(said))
            yield number, said.strip(), tuple(n for n in names if n and not _COUNTED.fullmatch(n))


def _columns(said: str) -> list[str]:
    """The cells of a line: parted by tabs, as copied out of a spreadsheet, by semicolons or commas, else by a dash."""
    delimiter = next((sign for sign in "\t;," if sign in said), "")
    return next(csv.reader([said], delimiter=delimiter), []) if delimiter else _BETWEEN.split(said)


def _fault(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "Only one name."
    if any(len(n) > _LONGEST for n in names):
        return "Too long for a name."
    if any(sum(c.isalpha() for c in n) < 3 for n in names):
        return "A name has three letters or more."
    return "One name twice." if names[0].casefold() == names[1].casefold() else ""

"""Names: one name, one meaning, unless it is listed as an abbreviation with several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tallman.core.identify.names import words_of
from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem

__all__ = ["check"]

_Names = dict[tuple[str, ...], dict[frozenset[str], tuple[str, str]]]
"""Written name -> what it means (a set of ingredients) -> where that stands: file and name."""


def check(book: Book) -> Iterator[Problem]:
    """Names that mean two medicines, records that share a name, words that mean two forms."""
    yield from _shared("the name", [(s.file, s.entry.name) for s in book.sheets])
    yield from _shared("the id", [(r.file, r.id) for r in book.rules if r.subject == "classes"])
    yield from _shared("the id", [(r.file, r.id) for r in book.rules if r.subject != "classes" and r.id != "-"])
    yield from _shared("the word", [("forms.yaml", word) for word, _ in book.records.form_synonyms])
    intended = {words_of(name) for name, readings in book.records.abbreviations if len(readings) > 1}
    held = _held(book)
    for key, meanings in held.items():
        if len(meanings) > 1 and key not in intended:
            (first, (file, name)), *others = meanings.items()
            also = " and ".join(f"{_said(parts)} ({where})" for parts, (where, _) in others)
            what = f"{' '.join(key)!r} means {_said(first)} here and {also}"
            do = "take it out of one, or list both readings in abbreviations.yaml"
            yield Problem(file, name, what, do, "NAME-AMBIGUOUS")
    yield from _abbreviations(book, held)


def _shared(what: str, places: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    files = defaultdict(list)
    for file, name in places:
        files[name.lower()].append((file, name))
    for (file, name), *others in files.values():
        if others:
            where = ", ".join(file for file, _ in others)
            yield Problem(file, name, f"{what} stands again in {where}", "make one of the two", "NAME-TWICE")


def _held(book: Book) -> _Names:
    names: defaultdict[tuple[str, ...], dict[frozenset[str], tuple[str, str]]] = defaultdict(dict)
    for sheet in book.sheets:
        entry = sheet.entry
        made_of = frozenset(entry.ingredients or [entry.name])
        written = [entry.name, *entry.also, *(text.partition(" = ")[0] for text in entry.written_as)]
        for name in [*written, *(brand for products in entry.products for brand in products.brands)]:
            if key := words_of(name):
                names[key].setdefault(made_of, (sheet.file, entry.name))
    return names


def _abbreviations(book: Book, held: _Names) -> Iterator[Problem]:
    """An abbreviation of one reading, where a record already says it means something else."""
    for name, readings in book.records.abbreviations:
        meant = {_canonical(parts, held) for parts in readings}
        known = set(held.get(words_of(name), ()))
        if len(readings) == 1 and known and known != meant:
            what = f"it means {_said(next(iter(meant)))} here and {_said(next(iter(known)))} in a record"
            yield Problem("abbreviations.yaml", name, what, "correct one, or list both readings", "NAME-AMBIGUOUS")


def _canonical(parts: tuple[str, ...], held: _Names) -> frozenset[str]:
    """The ingredients by the names of their own records, whatever other name of theirs the list uses."""
    singles = ([m for m in held.get(words_of(part), ()) if len(m) == 1] for part in parts)
    return frozenset(next(iter(found[0])) if found else part for part, found in zip(parts, singles, strict=True))


def _said(parts: frozenset[str]) -> str:
    return " / ".join(sorted(parts))

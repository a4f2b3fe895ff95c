"""What a record names must exist: ingredients under the name of their own record, salts, members of classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallman.knowledge.checking.book import Book, Sheet
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.checking.walk import values

__all__ = ["check"]

MEMBERS = ("ingredients", "excluding", "unless_with", "meant_beside", "only_with", "intended", "long_acting")
"""Fields that name ingredients, most of them classes too."""


def check(book: Book) -> Iterator[Problem]:
    """Every ingredient and salt that a record names, and classes nobody belongs to."""
    for rule in book.rules:
        yield from _members(book, rule.file, rule.id, rule.entry)
    for sheet in book.sheets:
        yield from _of_medicine(book, sheet)
    yield from _empty_classes(book)


def _members(book: Book, file: str, record: str, entry: Any) -> Iterator[Problem]:
    """Ingredients that a rule speaks of. Rules match the name of a record: another name of it would never match."""
    for field, name in values(entry, MEMBERS):
        if name in book.knowledge.ingredients:
            continue
        if name in book.knowledge.classes and field not in ("ingredients", "long_acting"):
            continue
        if name in book.synonyms:
            what = f"{name!r} in {field} is another name of {book.synonyms[name]}, and never matches"
            yield Problem(file, record, what, f"write {book.synonyms[name]}", "MEMBER-SYNONYM")
        elif name not in book.names:
            what = f"{name!r} in {field} is an ingredient of no record and of no list of names"
            yield Problem(file, record, what, "correct its spelling, or add it", "MEMBER-UNKNOWN", True)


def _of_medicine(book: Book, sheet: Sheet) -> Iterator[Problem]:
    entry, file = sheet.entry, sheet.file
    wanted = [*entry.ingredients, *(name for limit in entry.limits for name in limit.combined_with)]
    for name in wanted:
        if name not in book.names:
            what = f"the ingredient {name!r} has no record"
            yield Problem(file, entry.name, what, "correct its spelling, or add its file", "MEMBER-UNKNOWN")
    salts = {product.salt for product in book.knowledge.products_of.get(entry.name, ())}
    for salt in (salt for limit in entry.limits for salt in limit.salts if salt not in salts):
        what = f"no product is of the salt {salt!r} that a limit is for"
        yield Problem(file, entry.name, what, "name a salt of its products", "SALT-UNKNOWN")


def _empty_classes(book: Book) -> Iterator[Problem]:
    held = {name for ingredient in book.records.ingredients for name in ingredient.classes}
    for rule in book.rules:
        if rule.subject == "classes" and rule.id not in held:
            do = "name it in the files of its members, or take it out"
            yield Problem(rule.file, rule.id, "no medicine belongs to this class", do, "CLASS-EMPTY", True)

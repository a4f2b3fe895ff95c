"""The authored files of a folder as they were read, each record with the file it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge, Package, Records
from tallman.knowledge.schema import MedicineFile

__all__ = ["Book", "Rule", "Sheet"]


@dataclass(frozen=True)
class Sheet:
    """The file of one medicine, with the products and packages it makes."""

    file: str
    entry: MedicineFile
    products: tuple[Product, ...]
    packages: tuple[Package, ...]


@dataclass(frozen=True)
class Rule:
    """One entry that has sources and a review: a class, an interaction, an allergy group, a precaution, a law …"""

    file: str
    entry: Any

    @property
    def id(self) -> str:
        """What the entry calls itself; "-" where the file is one entry."""
        return next(
            (str(found) for name in ("id", "jurisdiction", "name") if (found := getattr(self.entry, name, ""))), "-"
        )

    @property
    def subject(self) -> str:
        """The folder it stands in, or the file where there is no folder."""
        return self.file.partition("/")[0].removesuffix(".yaml")


@dataclass(frozen=True)
class Book:
    """Everything a check looks at. `on` is the day on which reviews are due or not."""

    folder: Path
    sheets: tuple[Sheet, ...]
    rules: tuple[Rule, ...]
    knowledge: Knowledge
    on: date

    @property
    def records(self) -> Records:
        """The records that the files become."""
        return self.knowledge.records

    @cached_property
    def files(self) -> dict[str, str]:
        """The file of each medicine by its name."""
        return {sheet.entry.name: sheet.file for sheet in self.sheets}

    @cached_property
    def names(self) -> frozenset[str]:
        """What a rule may call an ingredient: the names on record and those that only a list of names knows."""
        foreign = {part for _, parts in self.records.other_names for part in parts}
        return frozenset(self.knowledge.ingredients) | foreign

    @cached_property
    def synonyms(self) -> dict[str, str]:
        """Other names of ingredients, with the name of the record."""
        return {
            word: i.name
            for i in self.records.ingredients
            for word in i.synonyms
            if word not in self.knowledge.ingredients
        }

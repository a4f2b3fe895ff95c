"""How we say of a medicine what RxNorm says otherwise, learned from the authored products whose RxCUI is in a release.

We write "extended release injectable suspension" where RxNorm writes "Injection", "Humira Pen" where it writes
"Humira", micrograms where it counts milligrams. What authored products differ in among themselves is not learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tallman.core.drug import Handling, Product
from tallman.knowledge.importers.facts import Drug
from tallman.knowledge.importers.strengths import is_dry

__all__ = ["HOURS", "PIECES", "Habits", "learned_from"]

HOURS = re.compile(r"(\d+) HR")
PIECES = frozenset({"tablet", "capsule"})
K = TypeVar("K")
V = TypeVar("V")
Names = frozenset[str]


@dataclass
class Habits:
    """What was learned; None stands where authored products differ."""

    orders: dict[Names, tuple[str, ...]] = field(default_factory=dict)
    """In which order the parts of a combination are named."""
    _handling: dict[tuple[Names, str], Handling | None] = field(default_factory=dict)
    """What the label says of handling tablets and capsules, by form; "" where it is the same of all of them."""
    in_mcg: set[tuple[str, str]] = field(default_factory=set)
    """Ingredients in forms that are given in micrograms."""
    per_ml: dict[tuple[Names, str], bool | None] = field(default_factory=dict)
    """Whether the strength of a filled container is said per millilitre, by ingredients and form."""
    brands: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Our brand names by RxNorm's and the form."""
    _forms: dict[tuple[Names, str, str, bool], str | None] = field(default_factory=dict)
    _salts: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    def form(self, names: Names, drug: Drug) -> str | None:
        """What we call the form of a drug of these ingredients; None where nothing was learned."""
        return self._forms.get(_form_key(names, drug))

    def handling(self, names: Names, form: str) -> Handling | None:
        """What the label says of handling these ingredients in a form; None where nothing was learned."""
        return self._handling.get((names, form), self._handling.get((names, "")))

    def salt(self, name: str, form: str, precise: str) -> str | None:
        """The name we give to a salt of an ingredient, "" where we give none; None where nothing was learned.

        A salt that no product of ours in this form has is not like one that goes without a name there.
        """
        learned = self._salts.get((name, form, precise))
        return learned if learned is not None or self.unnamed(name, form) else self._salts.get((name, "", precise))

    def unnamed(self, name: str, form: str) -> list[str]:
        """The salts, by their codes, that go without a name in products of this ingredient and form."""
        return [salt for (of, at, salt), ours in self._salts.items() if (of, at, ours) == (name, form, "")]

    def learn(self, product: Product, drug: Drug | None) -> None:
        """Note what one authored product says of itself, beside what the release says of it."""
        names = frozenset(product.ingredients)
        self.orders.setdefault(names, product.ingredients)
        self.in_mcg |= {(s.ingredient, product.form.name) for s in product.strengths if s.amount.unit == "mcg"}
        if product.form.unit in PIECES:
            for form in (product.form.name, ""):
                _agree(self._handling, (names, form), product.handling)
        if drug:
            self._learn_words(product, names, drug)

    def _learn_words(self, product: Product, names: Names, drug: Drug) -> None:
        _agree(self._forms, _form_key(names, drug), product.form.name)
        if product.brand:
            _agree(self.brands, (drug.brand, product.form.name), product.brand)
        if drug.quantity.endswith(" ML") and drug.quantity != "1 ML":
            _agree(self.per_ml, (names, product.form.name), product.strengths[0].per.value == 1)
        if len(drug.parts) == 1:
            for form in (product.form.name, ""):
                _agree(self._salts, (product.ingredients[0], form, drug.parts[0].precise), product.salt)


def learned_from(products: Iterable[Product], drugs: Mapping[str, Drug]) -> Habits:
    """The habits of the authored products, held against the drugs of a release by their codes."""
    habits = Habits()
    for product in products:
        habits.learn(product, drugs.get(product.rxcui or ""))
    return habits


def _agree(table: dict[K, V | None], key: K, value: V | None) -> None:
    table[key] = value if table.setdefault(key, value) == value else None


def _form_key(names: Names, drug: Drug) -> tuple[Names, str, str, bool]:
    hours = drug.quantity if HOURS.fullmatch(drug.quantity) else ""
    return names, drug.form, hours, is_dry(drug.parts[0].strength)

"""Medicines that were taken for each other here: what a pharmacy's own pairs are suggested from.

The areas in which it happens put their readers into `SOURCES` when they start, because this area does not know them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tallman.core.drug import Product
from tallman.server import knowledge_in_use
from tallman.server.medicines.confusion import pairs_in_use
from tallman.server.medicines.models import DismissedMixUp, key_of

__all__ = ["SOURCES", "MixUp", "Suggestion", "suggestions"]


@dataclass(frozen=True, slots=True)
class MixUp:
    """One product taken for another: the ids of both, when, and where it was noticed ("filling", "entry")."""

    intended: str
    picked: str
    at: datetime
    where: str


SOURCES: list[Callable[[datetime], Iterable[MixUp]]] = []
"""Each answers with what happened since a time."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that were mixed up and are no pair yet: how often, where, the last time; `dismissed` when somebody
    had decided against a pair before it happened again."""

    one: str
    other: str
    happened: tuple[MixUp, ...]
    dismissed: DismissedMixUp | None = None

    @property
    def count(self) -> int:
        """How often."""
        return len(self.happened)

    @property
    def last(self) -> datetime:
        """The last time."""
        return max(m.at for m in self.happened)

    @property
    def why(self) -> str:
        """What a pair made of it says."""
        times = Counter(m.where for m in self.happened)
        places = ", ".join(f"{count} × in {where}" for where, count in sorted(times.items()))
        return f"Mixed up here {places}, last on {self.last:%Y-%m-%d}"


def suggestions(since: datetime) -> list[Suggestion]:
    """What happened since a time, the most frequent first; without what is a pair already or was dismissed after it."""
    by_names: dict[tuple[str, str], list[MixUp]] = {}
    for source in SOURCES:
        for mix_up in source(since):
            if names := _names(mix_up):
                by_names.setdefault(names, []).append(mix_up)
    dismissed = {(d.one_key, d.other_key): d for d in DismissedMixUp.objects.select_related("by")}
    found = []
    for (one, other), happened in by_names.items():
        before = dismissed.get((key_of(one), key_of(other)))
        is_new = before is None or any(m.at > before.at for m in happened)
        if is_new and not pairs_in_use().find(one, other):
            found.append(Suggestion(one, other, tuple(happened), before))
    return sorted(found, key=lambda s: (-s.count, s.one))


def _names(mix_up: MixUp) -> tuple[str, str] | None:
    """The two names in order; None where a product is not known or only strength, form or brand differ."""
    products = knowledge_in_use.current().products
    intended, picked = products.get(mix_up.intended), products.get(mix_up.picked)
    if intended is None or picked is None or set(intended.ingredients) == set(picked.ingredients):
        return None
    one, other = sorted((_name(intended), _name(picked)), key=key_of)
    return one, other


def _name(product: Product) -> str:
    return product.brand or " / ".join(product.ingredients)

"""The deck through the real path: every harmful situation must stop, its twin and ordinary prescriptions must not.

Prints sensitivity by category and alerts per 100 ordinary prescriptions (`pytest -s tests/deck`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

import pytest

from tallman.core.screening.finding import Finding
from tallman.core.screening.screen import Screening, screen
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load
from tests.deck.deck import Situation, harmful, ordinary

SENSITIVITY, ALERTS, UNCHECKED = 0.95, 0.03, 0.20
PAIRS, ORDINARY = harmful(), ordinary()
LEAST_HARMFUL, LEAST_ORDINARY = 120, 150

knowledge = lru_cache(maxsize=1)(load)


@dataclass(frozen=True)
class Seen:
    """A situation and what the engine said of it."""

    situation: Situation
    result: Screening

    @property
    def stops(self) -> list[Finding]:
        """What a pharmacist must decide."""
        return [f for f in self.result.findings if f.severity.is_interruptive]

    @property
    def right(self) -> list[Finding]:
        """The stops of the expected kind that name what they must."""
        told = self.situation.told
        return [
            f
            for f in self.stops
            if not {f.category, *f.also}.isdisjoint(self.situation.categories)
            and all(str(word).lower() in f.summary.lower() for word in told["says"])
            and f.severity == told.get("severity", f.severity)
        ]


@cache
def seen(situation_id: str) -> Seen:
    """Each situation is screened once."""
    return Seen(EVERY[situation_id], screen(read_case(EVERY[situation_id].bundle(), knowledge())[0], knowledge()))


EVERY = {s.id: s for s in [*(s for pair in PAIRS for s in pair), *ORDINARY]}


def test_the_deck_is_as_large_as_it_says() -> None:
    assert len(EVERY) == 2 * len(PAIRS) + len(ORDINARY), "two situations share an id"
    assert len(PAIRS) >= LEAST_HARMFUL
    assert sum(s.orders for s in ORDINARY) >= LEAST_ORDINARY


@pytest.mark.parametrize("category", sorted({h.categories[0] for h, _ in PAIRS}))
def test_what_harms_stops(category: str) -> None:
    tried = [h for h, _ in PAIRS if h.categories[0] == category]
    missed = [h for h in tried if not seen(h.id).right]
    found = 1 - len(missed) / len(tried)
    print(f"\n{category}: {len(tried) - len(missed)} of {len(tried)} found ({found:.0%})")
    assert found >= SENSITIVITY, "\n".join(f"{h.id}: {_said(seen(h.id))}" for h in missed)
    assert {h.id for h in missed} == {h.id for h in tried if h.known_gap}, "a gap is neither new nor closed unsaid"


@pytest.mark.parametrize("kind", ["twins", "ordinary"])
def test_what_is_right_goes_on(kind: str) -> None:
    tried = [t for _, t in PAIRS] if kind == "twins" else ORDINARY
    orders = sum(s.orders for s in tried)
    stopped = {(s.id, f.order) for s in tried for f in seen(s.id).stops}
    print(f"\n{kind}: {100 * len(stopped) / orders:.1f} interruptions per 100 of {orders} prescriptions")
    assert len(stopped) / orders <= ALERTS, "\n".join(f"{id}: {_said(seen(id))}" for id, _ in sorted(stopped))


def test_little_is_left_unchecked_and_never_for_want_of_a_name() -> None:
    """What could not be checked is said with its reason; for ordinary prescriptions it is the exception."""
    said = [(s.id, n) for s in ORDINARY for n in seen(s.id).result.not_checked]
    orders = sum(s.orders for s in ORDINARY)
    lacking = {(id, n.order) for id, n in said}
    print(f"\n{100 * len(lacking) / orders:.1f} of 100 ordinary prescriptions not checked in full")
    print(Counter(n.check for _, n in said))
    assert len(lacking) / orders <= UNCHECKED, "\n".join(f"{id}: {n.check}: {n.reason}" for id, n in said)
    assert all(n.reason for _, n in said)
    assert not any(seen(s.id).result.failed for s in EVERY.values())


def _said(what: Seen) -> str:
    return " / ".join(f"{f.severity} {f.category}: {f.summary}" for f in what.result.findings) or "nothing"

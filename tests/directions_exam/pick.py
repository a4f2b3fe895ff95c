"""Draws from the tables: a meaning and one of the wordings beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import msgspec

from tests.directions_exam.meaning import Amount

__all__ = ["Pick", "dose_of"]

T = TypeVar("T")
TABLES = Path(__file__).with_name("tables.yaml")


@cache
def _tables() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.yaml.decode(TABLES.read_bytes())
    return found


class Pick:
    """The same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def of(self, choices: Sequence[T]) -> T:
        """One of several."""
        return self.random.choice(choices)

    def words(self, choices: str) -> str:
        """One of several wordings, apart by bars."""
        return self.random.choice(choices.split("|"))

    def line(self, table: str) -> str:
        """One wording of a table that is a line, or one of its rows."""
        held = _tables()[table]
        return str(self.of(held)) if isinstance(held, list) else self.words(held)

    def chance(self, percent: int) -> bool:
        """Whether something that happens so often happens."""
        return self.random.randrange(100) < percent

    def said(self, table: str, only: str = "") -> tuple[str | None, str]:
        """A meaning (None: nothing, or "any") and one of its wordings; each wording is as likely as another."""
        held = _tables()[table]
        names = only.split("|") if only else list(held)
        name = self.of([name for name in names for _ in (held[name].split("|") if not only else (0,))])
        return name, self.words(held[name])

    def when(self, names: str) -> tuple[frozenset[str], str]:
        """One of the named times (of the usual ones without names), and how it is written."""
        name, said = self.said("when", names or _tables()["usual times"])
        return frozenset(str(name).split("+")), said

    def amount(self, choices: str) -> tuple[str, str]:
        """A number or a range, and how it is written."""
        name, said = self.said("amounts", choices)
        return str(name), said

    def counts(self, unit: str) -> str:
        """The amounts in which so many of a unit are given, apart by bars."""
        held: dict[str, str] = _tables()["counts"]
        return held.get(unit, held["rest"])

    def form(self, *units: str) -> tuple[str, str, list[str]]:
        """A form: unit, way in, and its wordings (one, several, ways, verbs)."""
        rows = {name: words for name, words in _tables()["forms"].items() if not units or name.split(",")[0] in units}
        name = self.of(sorted(rows))
        unit, route = name.split(", ")
        return unit, route, [words or "" for words in rows[name]]

    def reason(self) -> tuple[str | None, str]:
        """What it is wanted for, or nothing said."""
        if self.chance(35):
            return None, self.line("wanted for nothing")
        meant, said = self.said("reasons")
        return meant, self.line("wanted").format(said)

    def lasting(self, percent: int, names: str = "") -> tuple[str | None, str]:
        """How long, and how it is written; as often as not nothing."""
        if not self.chance(percent):
            return None, ""
        return self.said("lengths", names or _tables()["usual lengths"])

    def limit(self, many: str) -> tuple[str, str]:
        """At most so many a day, and how it is written."""
        count = self.words("3|4|6|8|12")
        return count, self.line("limits").format(n=count, u=self.words(many))


def dose_of(count: str, unit: str | None) -> Amount:
    """The dose of a count such as "1-2"."""
    low, _, high = count.partition("-")
    return Decimal(low), Decimal(high or low), unit

"""The tables the demo pharmacy is made from, as values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tallman.core.quantity import parse_amount
from tallman.knowledge.load import read_yaml

__all__ = ["Catch", "History", "Line", "Names", "histories", "names"]

HERE = Path(__file__).parent


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Every field is spelled as the table spells it."""


class PrescriberName(_Strict):
    """Somebody who prescribes; `nurse` marks those whose DEA number is a mid-level practitioner's."""

    family_name: str
    given_names: str
    practice: str
    nurse: bool = False


class Names(_Strict):
    """What people, places and plans are called."""

    female: list[str]
    male: list[str]
    family: list[str]
    streets: list[str]
    towns: list[str]
    languages: list[str]
    plans: list[dict[str, str]]
    prescribers: list[PrescriberName]


class Catch(_Strict):
    """A prescription with something wrong: why, and with what the codes of its findings begin.

    `may_be_approved` marks those that a pharmacist may let go on, with a reason.
    """

    rx: str
    because: str
    finds: list[str]
    allergy: list[str] = []
    may_be_approved: bool = False


class History(_Strict):
    """A kind of person: conditions, labs (LOINC, low and high in steps, unit, step), medicines, prescriptions."""

    id: str
    count: int
    ages: tuple[int, int]
    conditions: list[tuple[str, str]]
    labs: list[tuple[str, int, int, str, Any]]
    taken: list[str]
    elsewhere: list[str]
    new: list[str]
    catch: list[Catch]
    allergies: list[list[str]] = []
    child: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One prescription: "name; directions; quantity; days; refills; replaces NAME"."""

    medicine: str
    sig: str
    quantity: Decimal
    unit: str
    days: int
    refills: int
    replaces: str = ""

    @classmethod
    def read(cls, text: str) -> Line:
        """The line of a table. A quantity without a unit counts tablets, capsules or whatever the directions do."""
        medicine, sig, quantity, days, refills, *rest = (part.strip() for part in text.split(";"))
        amount = parse_amount(quantity, "capsule" if "capsule" in medicine else _counted(sig))
        replaced = rest[0].removeprefix("replaces ") if rest else ""
        return cls(medicine, sig, amount.value, amount.unit, int(days), int(refills), replaced)


def _counted(sig: str) -> str:
    """What a bare quantity counts, by the words of the directions."""
    for word, unit in (("puff", "inhalation"), ("inject", "mL"), ("spray 1", "each")):
        if word in sig:
            return unit
    return "tablet"


@cache
def names() -> Names:
    """The table of names."""
    return read_yaml(HERE / "names.yaml", Names)  # type: ignore[no-any-return]


@cache
def histories() -> list[History]:
    """The table of histories."""
    return read_yaml(HERE / "histories.yaml", list[History])  # type: ignore[no-any-return]

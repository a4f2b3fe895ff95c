"""One person of a history drawn by chance: what the record will hold, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tallman.server.demo.data import History, names

__all__ = ["Drawn", "draw"]

_WEIGHT, _LATEST = "29463-7", 120
_USUAL = [["penicillin", "hives", "moderate"], ["sulfa drugs", "rash", "mild"], ["codeine", "nausea", "mild"],
          ["latex", "itching", "mild"], ["aspirin", "stomach upset", ""], ["shellfish", "hives", ""]]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody synthetic. `measured` are (LOINC, value, unit, day), `conditions` (code, words, onset).

    `allergy` is (substance, reaction, severity); without one, `none_known` tells whether anybody has asked.
    """

    family_name: str
    given_names: str
    sex: str
    birth_date: date
    address: str
    phone: str
    language: str
    conditions: tuple[tuple[str, str, date], ...]
    measured: tuple[tuple[str, Decimal, str, date], ...]
    allergy: tuple[str, str, str] | None
    none_known: bool
    plan: dict[str, str] | None


def draw(chance: Random, history: History, number: int, on: date) -> Drawn:
    """Somebody with such a history. `number` makes name and phone number unlike everybody else's."""
    book = names()
    sex = chance.choice(["female", "male"])
    years = chance.randint(*history.ages)
    born = on - timedelta(days=round(years * 365.25) + chance.randrange(360))
    address = f"{chance.randint(1, 899)} {chance.choice(book.streets)}, {chance.choice(book.towns)}"
    language = chance.choice(book.languages)
    conditions = tuple(
        (code, text, on - timedelta(days=chance.randint(200, 4000))) for code, text in history.conditions
    )
    measured = _measured(chance, history, years, on)
    allergy, none_known = _allergy(chance, history)
    return Drawn(
        family_name=book.family[(number * 7) % len(book.family)],
        given_names=(book.female if sex == "female" else book.male)[(number * 11) % 30],
        sex=sex,
        birth_date=born,
        address=address,
        phone=f"555-{1000 + number:04d}",
        language=language,
        conditions=conditions,
        measured=measured,
        allergy=allergy,
        none_known=none_known,
        plan=chance.choice(book.plans) if chance.random() < 0.85 else None,
    )


def _measured(chance: Random, history: History, years: int, on: date) -> tuple[tuple[str, Decimal, str, date], ...]:
    """A weight for most adults and every child but one in eight, and the history's labs."""
    found = []
    kilograms = Decimal(chance.randint(80, 120)) / 10 + Decimal(years) * Decimal("2.3")
    if not history.child:
        kilograms = Decimal(chance.randint(540, 1080)) / 10
    if chance.random() < 0.88:
        weighed = on - timedelta(days=chance.randint(3, 60 if history.child else 400))
        found.append((_WEIGHT, kilograms.quantize(Decimal("0.1")), "kg", weighed))
    for loinc, low, high, unit, step in history.labs:
        value = Decimal(chance.randint(low, high)) * Decimal(str(step))
        found.append((loinc, value, unit, on - timedelta(days=chance.randint(2, _LATEST))))
    return tuple(found)


def _allergy(chance: Random, history: History) -> tuple[tuple[str, str, str] | None, bool]:
    """Of ten people two have an allergy on record, one has not been asked, the others know of none."""
    roll = chance.random()
    if history.allergies or roll < 0.2:
        substance, reaction, severity = chance.choice(history.allergies or _USUAL)
        return (substance, reaction, severity), False
    return None, roll < 0.9

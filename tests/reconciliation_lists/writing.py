"""One regimen written in the ways people and systems write it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from tests.reconciliation_lists.catalog import Medicine

__all__ = ["OFTEN", "Regimen", "written"]

OFTEN = {
    "daily": ("once daily", "daily", "every day", "qd", "once a day", "every morning", "1 time per day"),
    "bid": (
        "twice daily",
        "bid",
        "two times a day",
        "every 12 hours",
        "2 times daily",
        "in the morning and at bedtime",
    ),
    "tid": ("three times daily", "tid", "3 times a day", "every 8 hours"),
    "qid": ("four times daily", "qid", "4 times a day", "every 6 hours"),
    "hs": ("at bedtime", "nightly", "qhs", "every night at bedtime", "once daily at bedtime"),
}
TIMES = {"daily": 1, "hs": 1, "bid": 2, "tid": 3, "qid": 4}
_ROUTE = ("by mouth ", "po ", "orally ", "")
_COUNT = {"0.5": ("1/2", "half a", "0.5"), "1": ("1", "one", "1"), "2": ("2", "two", "2"), "3": ("3", "three", "3")}


@dataclass(frozen=True)
class Regimen:
    """A medicine, the strength of one piece, how many at a time and how often."""

    medicine: Medicine
    strength: str
    count: str
    often: str

    @property
    def single(self) -> Decimal | None:
        """The amount at one time; None of a combination."""
        return Decimal(self.strength) * Decimal(self.count) if "-" not in self.strength else None

    def regrouped(self) -> Regimen | None:
        """The same amount at a time from pieces of another strength; None where none fits."""
        for strength in self.medicine.strengths:
            for count in ("1", "2", "0.5"):
                if self.single is None or strength == self.strength or (count == "0.5" and not self.medicine.splits):
                    continue
                if Decimal(strength) * Decimal(count) == self.single:
                    return replace(self, strength=strength, count=count)
        return None


def written(regimen: Regimen, chance: Random) -> dict[str, Any]:
    """The fields of a resource that say the medicine and its directions, in one of many ways."""
    style = chance.choice(["text", "text", "text", "amount", "inside", "structured", "bare"])
    name = _name(regimen, chance)
    if style == "inside" and regimen.count == "1" and regimen.single is not None:
        amount = f"{regimen.strength} {regimen.medicine.unit}"
        return {"medicine": f"{_plain(regimen, chance)} {amount} {chance.choice(OFTEN[regimen.often])}"}
    if style == "structured":
        return {"medicine": name, "structured": _structured(regimen)}
    if style == "amount" and regimen.single is not None:
        verb = chance.choice(["Take ", "take ", ""])
        amount = f"{regimen.single.normalize():f} {regimen.medicine.unit}"
        return {"medicine": name, "sig": f"{verb}{amount} {chance.choice(_ROUTE)}{chance.choice(OFTEN[regimen.often])}"}
    if style == "bare" and regimen.count == "1":
        return {"medicine": name, "sig": chance.choice(OFTEN[regimen.often])}
    return {"medicine": name, "sig": _counted(regimen, chance)}


def _counted(regimen: Regimen, chance: Random) -> str:
    number = chance.choice(_COUNT[regimen.count])
    piece = (
        regimen.medicine.form if number.startswith(("1/2", "half", "0.5", "1", "one")) else f"{regimen.medicine.form}s"
    )
    piece = chance.choice([piece, {"tablet": "tab", "capsule": "cap"}[regimen.medicine.form]])
    verb = chance.choice(["Take ", "take ", "TAKE ", ""])
    return f"{verb}{number} {piece} {chance.choice(_ROUTE)}{chance.choice(OFTEN[regimen.often])}"


def _structured(regimen: Regimen) -> dict[str, Any]:
    times = TIMES[regimen.often]
    quantity = {"value": float(regimen.count), "unit": regimen.medicine.form}
    repeat: dict[str, Any] = {"frequency": times, "period": 1, "periodUnit": "d"}
    if regimen.often == "hs":
        repeat["when"] = ["HS"]
    return {
        "timing": {"repeat": repeat},
        "route": {"text": "oral"},
        "doseAndRate": [{"doseQuantity": quantity}],
    }


def _plain(regimen: Regimen, chance: Random) -> str:
    """The name alone: generic with or without its salt, or the brand."""
    generic = regimen.medicine.name
    salted = f"{generic} {regimen.medicine.salt}".strip()
    return chance.choice([generic, generic.capitalize(), salted, regimen.medicine.brand, generic])


def _name(regimen: Regimen, chance: Random) -> str:
    unit = regimen.medicine.unit
    form, strength, plain = regimen.medicine.form, regimen.strength, _plain(regimen, chance)
    return chance.choice(
        [
            f"{plain} {strength} {unit} {form}",
            f"{plain} {strength}{unit}",
            f"{plain} {strength} {unit}",
            f"{plain} {strength} {unit} oral {form}",
            f"{plain} {strength} {unit} {form}s",
            f"{plain.upper()} {strength} {unit.upper() if unit == 'mg' else unit} {form[:3].upper()}",
        ]
    )

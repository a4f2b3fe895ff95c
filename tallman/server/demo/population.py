"""The demo's people as cases to be screened, without a database: everybody, with every prescription they could bring.

A case is the document that `prescriptions.cases` stores with a screening; `prescriptions.replay` reads it with any
knowledge. Medicines stand in it by the words they are written in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tallman.server.demo.data import Catch, History, Line, histories
from tallman.server.demo.drawn import Drawn, draw

__all__ = ["SEED", "Brought", "population"]

SEED = 20_261

_DAYS_A_YEAR = 365.25
_PRESCRIBER = "BR1234563"


@dataclass(frozen=True, slots=True)
class Brought:
    """Somebody synthetic with one new prescription: who in a few words, the case, and whether it is all right."""

    who: str
    case: dict[str, Any]
    is_ordinary: bool = True


def population(seed: int, on: date) -> Iterator[Brought]:
    """Everybody with each prescription of their history, ordinary or to be caught; the same for one seed and day."""
    chance = Random(seed)
    number = 0
    for history in histories():
        for _ in range(history.count):
            drawn = draw(chance, history, number, on)
            years = int((on - drawn.birth_date).days / _DAYS_A_YEAR)
            who = f"demo {number + 1}, {history.id}, {drawn.sex}, {years} years"
            number += 1
            for text in history.new:
                yield Brought(who, _case(history, drawn, Catch(text, "", []), on))
            for catch in history.catch:
                yield Brought(who, _case(history, drawn, catch, on), is_ordinary=False)


def _case(history: History, drawn: Drawn, catch: Catch, on: date) -> dict[str, Any]:
    new = Line.read(catch.rx)
    since = on - timedelta(days=90)
    taken = [_order(f"taken:{n}", text, since) for n, text in enumerate(history.taken, 1)]
    outside = [_outside(f"outside:{n}", text, since) for n, text in enumerate(history.elsewhere, 1)]
    replaced = [order["id"] for order in taken if new.replaces and new.replaces in order["text"]]
    proposed = _order("new", catch.rx, None) | {
        "replaces": replaced,
        "reasons": [code for code, _ in history.conditions[:1]],
        "written_on": on.isoformat(),
        "prescriber_dea": _PRESCRIBER,
    }
    return {
        "on": on.isoformat(),
        "patient": _person(drawn, catch),
        "current": [*taken, *outside],
        "proposed": [proposed],
    }


def _person(drawn: Drawn, catch: Catch) -> dict[str, Any]:
    allergies = [tuple(catch.allergy)] if catch.allergy else []
    allergies += [drawn.allergy] if drawn.allergy else []
    return {
        "birth_date": drawn.birth_date.isoformat(),
        "sex": drawn.sex,
        "no_known_allergies": drawn.none_known,
        "allergies": [
            {"substance": substance, "reaction": reaction, "severity": severity, "kind": "allergy", "status": "active"}
            for substance, reaction, severity in allergies
        ],
        "conditions": [
            {"code": code, "text": text, "active": True, "onset": onset.isoformat()}
            for code, text, onset in drawn.conditions
        ],
        "observations": [
            {"loinc": loinc, "value": f"{value:f}", "unit": unit, "text": "", "on": taken.isoformat()}
            for loinc, value, unit, taken in drawn.measured
        ],
    }


def _order(id: str, text: str, started: date | None) -> dict[str, Any]:
    line = Line.read(text)
    return {
        "id": id,
        "product_id": "",
        "text": line.medicine,
        "sig": line.sig,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "days_supply": line.days,
        "refills": line.refills,
        "started": started.isoformat() if started else None,
    }


def _outside(id: str, text: str, since: date) -> dict[str, Any]:
    medicine, directions = (part.strip() for part in text.split(";")[:2])
    return {"id": id, "product_id": "", "text": medicine, "sig": directions, "started": since.isoformat()}

"""From a stored case to core values, and a stored screening run again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from tallman.core import patient as core
from tallman.core import sig as sigs
from tallman.core.allergies import is_no_known_allergies, is_none_of_another_kind, read_allergies, read_allergy
from tallman.core.drug import Medicine
from tallman.core.identify import identify
from tallman.core.identify.codes import whole
from tallman.core.knowledge import ConfusedNames, Knowledge, Source
from tallman.core.law import Registration
from tallman.core.prescription import Order
from tallman.core.quantity import Amount
from tallman.core.quantity import unit as parse_unit
from tallman.core.screening.case import Case
from tallman.core.screening.screen import Screening, screen

__all__ = ["Reader", "read", "replay"]

_REMEMBERED = 1 << 16


class Reader:
    """Reads many cases with one knowledge, each text once: most people take what others take, in the same words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._medicine = lru_cache(_REMEMBERED)(partial(_medicine, knowledge))
        self._sig = lru_cache(_REMEMBERED)(sigs.parse)
        self._allergies = lru_cache(_REMEMBERED)(partial(_allergies_in, knowledge))

    def read(self, document: dict[str, Any]) -> Case:
        """The case that a document of `cases.document` describes."""
        return Case(
            patient=self._patient(document["patient"]),
            current=tuple(map(self.order, document["current"])),
            proposed=tuple(map(self.order, document["proposed"])),
            on=date.fromisoformat(document["on"]),
            jurisdiction=document.get("jurisdiction", "US"),
            own_pairs=tuple(map(_pair, document.get("own_pairs", ()))),
        )

    def order(self, row: dict[str, Any]) -> Order:
        """One medicine of a case."""
        named = row["product_id"], row["text"], row.get("rxcui") or None, row.get("ndc") or None
        return Order(
            id=row["id"],
            medicine=self._medicine(*named),
            sig=self._sig(row["sig"]),
            quantity=_quantity(row),
            days_supply=row.get("days_supply"),
            refills=row.get("refills"),
            written=_day(row.get("written_on")),
            started=_day(row.get("started")),
            ended=_day(row.get("ended")),
            reasons=tuple(row.get("reasons", ())),
            note=row.get("note", ""),
            prescriber_dea=row.get("prescriber_dea") or None,
            registration=_registration(row.get("registration")),
            replaces=tuple(row.get("replaces", ())),
            setting=row.get("setting", "community"),
            coded=self._sig(row["coded"]) if row.get("coded", "").strip() else None,
        )

    def _patient(self, facts: dict[str, Any]) -> core.Patient:
        return core.with_measurements(
            core.Patient(
                birth_date=_day(facts.get("birth_date")),
                sex=facts.get("sex") or None,
                allergies=self._all_allergies(facts),
                conditions=tuple(
                    core.Condition(c["code"] or None, c["text"], c["active"], _day(c["onset"]))
                    for c in facts.get("conditions", ())
                ),
                observations=tuple(_observation(o) for o in facts.get("observations", ())),
            )
        )

    def _all_allergies(self, facts: dict[str, Any]) -> tuple[core.Allergy, ...] | None:
        """Every line as it is read; None when nobody has asked. "NKDA" written as an allergy says that somebody has,
        unless it was withdrawn; "NKFA" only that somebody has asked about food."""
        asked = bool(facts.get("no_known_allergies"))
        found: list[core.Allergy] = []
        for row in facts.get("allergies", ()):
            if is_no_known_allergies(row["substance"]):
                asked = asked or row["status"] == "active"
            elif not is_none_of_another_kind(row["substance"]):
                severity, is_active = row["severity"] or None, row["status"] == "active"
                found += self._allergies(row["substance"], row["reaction"], row["kind"], severity, is_active)
        return tuple(found) if found or asked else None


def read(document: dict[str, Any], knowledge: Knowledge) -> Case:
    """The case that a document of `cases.document` describes, read with a knowledge."""
    return Reader(knowledge).read(document)


def replay(document: dict[str, Any], knowledge: Knowledge) -> Screening:
    """Screen a stored case again. With the knowledge of that day the answer is the same."""
    return screen(read(document, knowledge), knowledge)


def _pair(row: dict[str, str]) -> ConfusedNames:
    return ConfusedNames(row["one"], row["other"], (Source(row["source"], row["why"], row["on"]),))


def _observation(row: dict[str, Any]) -> core.Observation:
    value = Decimal(row["value"]) if row["value"] is not None else None
    return core.Observation(row["loinc"], _day(row["on"]), value, row["unit"] or None, row["text"] or None)


def _medicine(knowledge: Knowledge, product_id: str, text: str, rxcui: str | None, ndc: str | None) -> Medicine:
    product = knowledge.products.get(product_id)
    if product is not None:
        return whole(product.name, product, knowledge, 100)
    return identify(text, knowledge, rxcui=rxcui, ndc=ndc)


def _allergies_in(
    knowledge: Knowledge, text: str, reaction: str, kind: str, severity: str | None, is_active: bool
) -> tuple[core.Allergy, ...]:
    if is_active:
        return read_allergies(text, knowledge, reaction, kind, severity)
    return (read_allergy(text, knowledge, reaction, kind, severity, refuted=True),)


def _quantity(row: dict[str, Any]) -> Amount | None:
    if row.get("quantity") is None:
        return None
    try:
        return Amount(Decimal(row["quantity"]), parse_unit(row["unit"]).code)
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _registration(row: dict[str, Any] | None) -> Registration | None:
    return Registration(tuple(row["schedules"]), _day(row["until"])) if row else None

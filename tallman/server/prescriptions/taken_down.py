"""Between what was received and what people type: prefilled forms one way, a call taken down the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallman.core.received import (
    ReceivedMedicine,
    ReceivedPatient,
    ReceivedPrescriber,
    ReceivedPrescription,
    ReceivedQuantity,
)

__all__ = ["as_patient", "as_prescriber", "as_received"]


def as_patient(received: Mapping[str, Any]) -> dict[str, Any]:
    """The received person as the fields of a patient."""
    said = received.get("patient") or {}
    given = " ".join(filter(None, [said.get("given_names"), said.get("suffix")]))
    plain = {name: said.get(name) for name in ("family_name", "birth_date", "sex", "phone", "language")}
    return plain | {"given_names": given, "address": _address(said.get("address"))}


def as_prescriber(received: Mapping[str, Any]) -> dict[str, Any]:
    """The received prescriber as the fields of one on record."""
    said = received.get("prescriber") or {}
    names = ("family_name", "given_names", "npi", "dea", "practice", "phone", "fax")
    return {name: said.get(name) for name in names} | {"address": _address(said.get("address"))}


def _address(said: Mapping[str, Any] | None) -> str:
    said = said or {}
    place = " ".join(filter(None, [said.get("state"), said.get("postal_code")]))
    return ", ".join(filter(None, [*said.get("lines", ()), said.get("city"), place]))


def as_received(typed: Mapping[str, Any]) -> ReceivedPrescription:
    """What a technician took down from a call, paper or fax, kept word for word like any message."""
    quantity = typed.get("quantity")
    return ReceivedPrescription(
        patient=ReceivedPatient(
            family_name=typed["family_name"], given_names=typed["given_names"], birth_date=typed["birth_date"],
            sex=typed["sex"], phone=typed["phone"],
        ),
        prescriber=ReceivedPrescriber(
            family_name=typed["prescriber_family_name"], given_names=typed["prescriber_given_names"],
            npi=typed["npi"], dea=typed["dea"].upper(), practice=typed["practice"],
        ),
        medicine=ReceivedMedicine(text=typed["medicine"]),
        sig=typed["sig"],
        quantity=ReceivedQuantity(quantity, typed["quantity_unit"]) if quantity else None,
        refills=typed["refills"],
        written_on=typed["written_on"],
        substitution_allowed=False if typed["dispense_as_written"] else None,
        notes=(typed["note"],) if typed["note"] else (),
    )  # fmt: skip

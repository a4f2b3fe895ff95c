"""The ways from every page: one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

__all__ = ["NAVIGATION", "Destination", "destinations"]


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the top bar. `key` is the second key after `g`."""

    label: str
    url_name: str
    permission: str
    key: str


NAVIGATION = [
    Destination("Queue", "dispensing:queue", "read-work", "q"),
    Destination("Reconciliation", "reconciliation:worklist", "read-patients", "h"),
    Destination("Exceptions", "exchange:exceptions", "read-exceptions", "e"),
    Destination("Patients", "patients:list", "read-patients", "p"),
    Destination("Prescribers", "prescriptions:prescribers", "read-work", "b"),
    Destination("Records", "prescriptions:records", "read-patients", "r"),
    Destination("Stock", "inventory:stock", "read-stock", "s"),
    Destination("Medicines", "medicines:search", "read-knowledge", "m"),
    Destination("Knowledge", "web:knowledge", "read-knowledge", "k"),
    Destination("Audit", "audit:log", "read-audit", "a"),
    Destination("People", "accounts:people", "manage-users", "u"),
]


@cache
def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def destinations(user: Any, path: str) -> list[dict[str, Any]]:
    """The places this person may go, each with its address and whether `path` is inside it."""
    found = []
    for d in NAVIGATION:
        address = _address(d.url_name)
        if address and user.can(d.permission):
            found.append({"label": d.label, "url": address, "key": d.key, "here": path.startswith(address)})
    return found

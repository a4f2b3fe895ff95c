"""Writes ADT messages for tests: one believable admission, and what a test changes in it."""

from __future__ import annotations

__all__ = ["PERSON", "VISIT", "adt", "segment"]

Fields = dict[int, str]
PERSON: Fields = {
    1: "1", 3: "70031^^^MERCY^MR~000-00-0000^^^USA^SS", 5: "Okafor^Tess^Marie^Jr^Ms^^L", 7: "19610309", 8: "F",
    11: "4 Elm St^Apt 2^Albany^NY^12207^USA^H", 13: "5185550100^PRN^PH", 15: "es^Spanish^ISO639", 18: "A-9^^^MERCY^AN",
}  # fmt: skip
VISIT: Fields = {
    1: "1", 2: "I", 3: "4W^412^B^MERCY", 6: "ED^7^^MERCY", 7: "1234567893^Ruiz^Ana^^^^MD^^NPI", 10: "MED",
    14: "7^Emergency", 19: "V-100^^^MERCY^VN", 44: "20261127083000",
}  # fmt: skip


def segment(name: str, fields: Fields) -> str:
    """One segment with the fields given, by their numbers."""
    return "|".join([name, *(fields.get(n, "") for n in range(1, max(fields, default=0) + 1))])


def adt(
    event: str = "A01", *more: str, id: str = "M-1", at: str = "20261127083500", happened: str = "",
    pid: Fields | None = None, pv1: Fields | None = None, msh: Fields | None = None,
) -> bytes:  # fmt: skip
    """An ADT message. `pid`, `pv1` and `msh` change fields; `more` are whole segments that come after PV1."""
    header = {
        2: "^~\\&", 3: "HIS", 4: "MERCY", 5: "TALLMAN", 6: "PHARMACY", 7: at, 9: f"ADT^{event}^ADT_{event}", 10: id,
        11: "P", 12: "2.5.1",
    } | (msh or {})  # fmt: skip
    evn = {1: event, 2: at, 6: happened}
    segments = [
        segment("MSH", {n - 1: text for n, text in header.items()}),
        segment("EVN", evn),
        segment("PID", PERSON | (pid or {})),
        segment("PV1", VISIT | (pv1 or {})),
        *more,
    ]
    return ("\r".join(segments) + "\r").encode()

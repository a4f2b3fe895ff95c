"""The medicines a patient takes, as orders, statements and dispensings in a message show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.sig import days_supply, parse
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import Reference
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.orders import UNREAD, as_order
from tallman.interchange.fhir.prescriptions import administered, dispensed, prescription, stated
from tallman.interchange.fhir.resources import (
    MedicationAdministration,
    MedicationDispense,
    MedicationRequest,
    MedicationStatement,
)
from tallman.interchange.fhir.subject import own
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["current_orders", "id_of", "is_draft", "past_orders"]

Json = dict[str, Any]
_KINDS = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration")
_PAUSED = "on-hold"
_REQUEST_STATES = ("active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown")
_TAKEN = ("active", "intended", "on-hold", "unknown", "")
_NOT_TAKEN = ("completed", "entered-in-error", "stopped", "not-taken", "cancelled", "declined", "preparation")
_GIVEN = ("completed", "in-progress", "preparation", "on-hold", "unknown", "")
_NAMING = ("id", "status", "meta", "identifier", "text")
_ADMINISTERED = ("completed", "in-progress", "stopped", "unknown", "")
_STILL_GIVEN_DAYS = 1
"""What was given yesterday and rests on no order of the message counts as going on: it may be due again."""


def is_draft(contents: Contents, held: Held) -> bool:
    """Whether a MedicationRequest is to be screened: a draft, or one of which the status cannot be told."""
    request = contents.read(held, MedicationRequest)
    status = request.status.strip().lower()
    if status not in _REQUEST_STATES:
        contents.warn("STATUS-MISSING", f"{held.where}.status")
    if status in _REQUEST_STATES and status != "draft":
        return False
    if request.do_not_perform:
        contents.warn("NOT-TO-BE-GIVEN", held.where)
    return not request.do_not_perform


def id_of(contents: Contents, held: Held) -> str:
    """What an order is called: its id, with its type where another has the same, else its place."""
    if not held.id:
        return held.url or held.where
    same = [h for h in contents.of(*_KINDS) if h.id == held.id]
    if len(same) == 1:
        return held.id
    if [h.kind for h in same].count(held.kind) == 1:
        return f"{held.kind}/{held.id}"
    contents.warn("DUPLICATE-ID", held.where)
    return f"{held.id} at {held.where}"


def current_orders(contents: Contents, patient: Held, knowledge: Knowledge, on: date) -> tuple[Order, ...]:
    """Everything the patient takes beside the drafts, each once. What cannot be read is kept as not read."""
    orders: list[Order] = []
    for held, is_ours in (pair for kind in _KINDS for pair in own(contents, patient, kind)):
        try:
            order = _current(contents, held, knowledge, on)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            order = as_unread(contents, held)
        if order is None:
            continue
        if not is_ours:
            orders.append(as_unread(contents, held))
        elif held.kind == "MedicationRequest" or not _is_repeated(order, held.kind, orders):
            orders.append(order)
    return tuple(orders)


def past_orders(contents: Contents, patient: Held, knowledge: Knowledge, on: date) -> tuple[Order, ...]:
    """What the patient took before, where a day tells when it was last taken: an end that is said, else the day on
    which the supply ran out, and for what was stopped before that, yesterday. What cannot be read is left out."""
    orders: list[Order] = []
    kinds = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
    for held, is_ours in (pair for kind in kinds for pair in own(contents, patient, kind)):
        try:
            order = _past(contents, held, knowledge, on) if is_ours else None
        except Unreadable:
            continue
        if order and order.ended and order.ended <= on:
            orders.append(order)
    return tuple(orders)


def _past(contents: Contents, held: Held, knowledge: Knowledge, on: date) -> Order | None:
    if held.kind == "MedicationStatement":
        statement = contents.read(held, MedicationStatement)
        if statement.status.strip().lower() not in ("completed", "stopped"):
            return None
        said = stated(contents, held)
        return as_order(id_of(contents, held), said, knowledge, started=said.not_before, ended=said.expires_on)
    if held.kind == "MedicationAdministration":
        given = _administered(contents, held, knowledge)
        return given if given and not _goes_on(given, on) else None
    request = contents.read(held, MedicationRequest)
    if request.status.strip().lower() not in ("completed", "stopped") or request.do_not_perform:
        return None
    ends = [exact_day(d.timing.repeat.bounds_period.end) for d in request.dosage_instruction]
    order = as_order(
        id_of(contents, held), prescription(contents, held), knowledge, ended=max(filter(None, ends), default=None)
    )
    if order.ended or not order.written or order.days_supply is None:
        return order
    supplied = order.written + timedelta(days=order.days_supply * (1 + (order.refills or 0)))
    yesterday = on - timedelta(days=1)
    return replace(order, ended=min(supplied, yesterday), end_is_known=supplied <= yesterday)


def as_unread(contents: Contents, held: Held) -> Order:
    """An order of which nothing is known but that there is one."""
    return Order(id_of(contents, held), UNREAD, parse(""))


def _current(contents: Contents, held: Held, knowledge: Knowledge, on: date) -> Order | None:
    if held.kind == "MedicationRequest":
        return _requested(contents, held, knowledge)
    if held.kind == "MedicationStatement":
        return _stated(contents, held, knowledge)
    if held.kind == "MedicationAdministration":
        given = _administered(contents, held, knowledge)
        return replace(given, ended=None) if given and _goes_on(given, on) else None
    return _dispensed(contents, held, knowledge, on)


def _requested(contents: Contents, held: Held, knowledge: Knowledge) -> Order | None:
    request = contents.read(held, MedicationRequest)
    status = request.status.strip().lower()
    if status not in ("active", "on-hold", "unknown"):
        return None
    if request.do_not_perform:
        contents.warn("NOT-TO-BE-GIVEN", held.where)
        return None
    if _is_a_draft_again(contents, held):
        contents.warn("DRAFT-ALSO-LISTED", held.where)
        return None
    _warn_of_status(contents, held, status)
    received = prescription(contents, held)
    ends = [exact_day(d.timing.repeat.bounds_period.end) for d in request.dosage_instruction]
    last = max((e for e in ends if e), default=None) if ends and all(ends) else None
    return as_order(
        id_of(contents, held), received, knowledge, started=received.written_on, ended=last, on_hold=status == _PAUSED
    )


def _is_a_draft_again(contents: Contents, held: Held) -> bool:
    """Whether an order is one of the drafts under another id: written at the same moment, and alike in everything."""
    return "T" in str(held.raw.get("authoredOn", "")) and any(
        _content(other) == _content(held)
        for other in contents.of("MedicationRequest")
        if str(other.raw.get("status", "")).strip().lower() == "draft"
    )


def _content(held: Held) -> Json:
    return {name: value for name, value in held.raw.items() if name not in _NAMING}


def _stated(contents: Contents, held: Held, knowledge: Knowledge) -> Order | None:
    statement = contents.read(held, MedicationStatement)
    status = statement.status.strip().lower()
    if status in _NOT_TAKEN or _is_of_a_request(contents, held, statement.based_on + statement.derived_from):
        return None
    _warn_of_status(contents, held, status if status in _TAKEN else "")
    received = stated(contents, held)
    return as_order(
        id_of(contents, held), received, knowledge, started=received.not_before, ended=received.expires_on,
        on_hold=status == _PAUSED,
    )  # fmt: skip


def _dispensed(contents: Contents, held: Held, knowledge: Knowledge, on: date) -> Order | None:
    dispense = contents.read(held, MedicationDispense)
    status = dispense.status.strip().lower()
    if status not in _GIVEN or _is_of_a_request(contents, held, dispense.authorizing_prescription):
        return None
    if status == _PAUSED:
        contents.warn("DISPENSE-ON-HOLD", held.where)
    _warn_of_status(contents, held, status if status in ("unknown", "") else "active")
    order = as_order(id_of(contents, held), dispensed(contents, held), knowledge)
    days = order.days_supply
    if days is None and order.quantity and (lasts := days_supply(order.sig, order.quantity)):
        days = lasts.high
    ran_out = order.written and days is not None and days < (on - order.written).days
    return None if ran_out else order


def _administered(contents: Contents, held: Held, knowledge: Knowledge) -> Order | None:
    given = contents.read(held, MedicationAdministration)
    if given.status.strip().lower() not in _ADMINISTERED:
        return None
    if _is_of_a_request(contents, held, (given.request,) if given.request else ()):
        return None
    received = administered(contents, held)
    return as_order(id_of(contents, held), received, knowledge, started=received.not_before, ended=received.expires_on)


def _goes_on(given: Order, on: date) -> bool:
    return given.ended is None or (on - given.ended).days <= _STILL_GIVEN_DAYS


def _warn_of_status(contents: Contents, held: Held, status: str) -> None:
    if status == _PAUSED:
        contents.warn("ON-HOLD", held.where)
    elif status in ("unknown", ""):
        contents.warn("STATUS-UNKNOWN", f"{held.where}.status")


def _is_of_a_request(contents: Contents, held: Held, references: tuple[Reference, ...]) -> bool:
    """Whether it belongs to a MedicationRequest of the message that says whether it is taken."""
    found = (contents.find(r, held) for r in references)
    requests = [contents.read(f, MedicationRequest) for f in found if f is not None and f.kind == "MedicationRequest"]
    return any(r.status.strip().lower() in ("active", "on-hold", "draft") for r in requests)


def _is_repeated(order: Order, kind: str, orders: list[Order]) -> bool:
    """Whether a statement, dispensing or dose given tells of a medicine that is on the list already."""
    parts = {i.name for i in order.medicine.ingredients}
    same = [
        o for o in orders if parts and order.medicine.is_known and {i.name for i in o.medicine.ingredients} == parts
    ]
    if kind != "MedicationStatement":
        return bool(same)
    return any(order.sig.text in ("", o.sig.text) for o in same)

"""Bundles as lists of medicines to reconcile: statements, orders and dispensings, each line with what is said of it.

A line is kept whatever its status, for what was stopped or never taken says as much as what is in use; only what was
entered in error is left out. Its reference is that of the resource: "MedicationRequest/a1".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tallman.core.identify.written import take_apart
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.received import ReadWarning, ReceivedPatient, ReceivedPrescription
from tallman.core.reconciliation.line import Fill, Line, ListSource, RecordedAllergy, SourceKind, State
from tallman.core.reconciliation.not_taken import says_not_taken
from tallman.core.sig import parse
from tallman.interchange.fhir import allergies
from tallman.interchange.fhir.case import patient_in
from tallman.interchange.fhir.contents import Contents, Held, contents_of
from tallman.interchange.fhir.datatypes import CodeableConcept, Reference
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.orders import UNREAD, as_order
from tallman.interchange.fhir.people import patient_as_sent
from tallman.interchange.fhir.prescriptions import dispensed, prescription, stated
from tallman.interchange.fhir.resources import (
    AllergyIntolerance,
    MedicationDispense,
    MedicationRequest,
    MedicationStatement,
)
from tallman.interchange.fhir.subject import own
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["ListsRead", "read_lists"]

_STATES = {
    "on-hold": State.HELD,
    "stopped": State.STOPPED,
    "cancelled": State.STOPPED,
    "declined": State.STOPPED,
    "not-taken": State.NOT_TAKEN,
    "completed": State.COMPLETED,
}


@dataclass(frozen=True, slots=True)
class ListsRead:
    """One Bundle as lists, with the patient where one is sent, its day where it says one, and what was not read.

    `patient` holds the facts that rules need, `person` the name.
    """

    lists: tuple[ListSource, ...]
    patient: Patient | None
    on: date | None
    warnings: tuple[ReadWarning, ...]
    person: ReceivedPatient | None = None


def read_lists(data: bytes, knowledge: Knowledge, name: str, *, is_orders: bool = False) -> ListsRead:
    """The lists in a Bundle: what is stated, handed over and ordered are lists of their own; of orders all is one.

    Raises Unreadable, saying where and what to do.
    """
    sent = document(data)
    contents = contents_of(sent)
    patient = _patient(contents)
    lines = list(_lines(contents, patient, knowledge))
    recorded = _allergies(contents, patient, knowledge)
    timestamp = sent.get("timestamp")
    on = exact_day(timestamp) if isinstance(timestamp, str) else None
    days = [line.asserted for _, line in lines if line.asserted]
    kinds = (
        [SourceKind.HOSPITAL]
        if is_orders
        else sorted({k for k, _ in lines}, key=lambda k: k.rank) or [SourceKind.INTERVIEW]
    )
    lists = tuple(
        ListSource(
            f"{name}: {kind}" if len(kinds) > 1 else name,
            kind,
            tuple(line for k, line in lines if is_orders or k is kind),
            recorded if kind is kinds[0] else None,
        )
        for kind in kinds
    )
    facts = patient_in(contents, patient, knowledge, on or max(days, default=date.max)) if patient else None
    person = patient_as_sent(contents, patient) if patient else None
    return ListsRead(lists, facts, on or max(days, default=None), tuple(contents.warnings), person)


def _patient(contents: Contents) -> Held | None:
    """The one Patient of the Bundle; None without one. Raises Unreadable when there are several."""
    patients = list(contents.of("Patient"))
    if len(patients) > 1:
        raise Unreadable("SEVERAL-PATIENTS", patients[1].where)
    return patients[0] if patients else None


def _owned(contents: Contents, patient: Held | None, *kinds: str) -> Iterator[Held]:
    if patient is None:
        yield from contents.of(*kinds)
    else:
        yield from (held for held, _ in own(contents, patient, *kinds))


def _lines(contents: Contents, patient: Held | None, knowledge: Knowledge) -> Iterator[tuple[SourceKind, Line]]:
    kinds = ("MedicationStatement", "MedicationRequest", "MedicationDispense")
    for held in _owned(contents, patient, *kinds):
        try:
            made = _line(contents, held, knowledge)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            made = SourceKind.RECORD, Line(_ref(held), Order(_ref(held), UNREAD, parse("")))
        if made is not None:
            yield made


def _ref(held: Held) -> str:
    return f"{held.kind}/{held.id}" if held.id else held.url or held.where


def _line(contents: Contents, held: Held, knowledge: Knowledge) -> tuple[SourceKind, Line] | None:
    if held.kind == "MedicationStatement":
        return _stated(contents, held, knowledge)
    if held.kind == "MedicationRequest":
        return _requested(contents, held, knowledge)
    return _given(contents, held, knowledge)


def _stated(contents: Contents, held: Held, knowledge: Knowledge) -> tuple[SourceKind, Line] | None:
    statement = contents.read(held, MedicationStatement)
    status = statement.status.strip().lower()
    if status == "entered-in-error":
        return None
    received = stated(contents, held)
    words = _words(statement.status_reason)
    order = _order(held, received, knowledge, started=received.not_before, ended=received.expires_on)
    line = Line(
        _ref(held), order, _STATES.get(status, State.ACTIVE), _joined(received.notes, words),
        _words(statement.reason_code), exact_day(statement.date_asserted) or received.not_before,
    )  # fmt: skip
    return _kind_of(contents, held, statement), _as_said(line)


def _kind_of(contents: Contents, held: Held, statement: MedicationStatement) -> SourceKind:
    """A statement by the patient is an interview unless it names a professional or a record as its source."""
    source = statement.information_source.reference
    if any(r.reference.startswith("MedicationDispense/") for r in statement.derived_from):
        return SourceKind.FILLS
    if re.search(r"\b(?:Practitioner|PractitionerRole|Organization)/", source):
        return SourceKind.RECORD
    return SourceKind.INTERVIEW


def _requested(contents: Contents, held: Held, knowledge: Knowledge) -> tuple[SourceKind, Line] | None:
    request = contents.read(held, MedicationRequest)
    status = request.status.strip().lower()
    if status == "entered-in-error":
        return None
    received = prescription(contents, held)
    state = State.STOPPED if request.do_not_perform else _STATES.get(status, State.ACTIVE)
    order = _order(held, received, knowledge, started=received.written_on)
    line = Line(
        _ref(held), order, state, _joined(received.notes, _words((request.status_reason,))),
        _joined((_words(request.reason_code),), _referred(contents, held, request.reason_reference)),
        received.written_on, _fills_of(contents, held),
    )  # fmt: skip
    return SourceKind.RECORD, _as_said(line)


def _given(contents: Contents, held: Held, knowledge: Knowledge) -> tuple[SourceKind, Line] | None:
    dispense = contents.read(held, MedicationDispense)
    if dispense.status.strip().lower() in ("entered-in-error", "cancelled", "declined", "stopped", "preparation"):
        return None
    if any(f is not None and f.kind == "MedicationRequest" for f in _found(contents, held, dispense)):
        return None
    received = dispensed(contents, held)
    order = _order(held, received, knowledge)
    fills = (Fill(order.written, order.days_supply),) if order.written else ()
    return SourceKind.FILLS, Line(_ref(held), order, State.ACTIVE, _joined(received.notes), "", order.written, fills)


def _found(contents: Contents, held: Held, dispense: MedicationDispense) -> list[Held | None]:
    return [contents.find(r, held) for r in dispense.authorizing_prescription]


def _fills_of(contents: Contents, request: Held) -> tuple[Fill, ...]:
    """The supplies handed over on a request, in order of their days."""
    fills = []
    for held in contents.of("MedicationDispense"):
        dispense = contents.read(held, MedicationDispense)
        if any(f is not None and f.where == request.where for f in _found(contents, held, dispense)):
            received = dispensed(contents, held)
            if received.written_on:
                fills.append(Fill(received.written_on, received.days_supply))
    return tuple(sorted(fills, key=lambda f: f.on))


def _order(
    held: Held, received: ReceivedPrescription, knowledge: Knowledge, started: date | None = None,
    ended: date | None = None,
) -> Order:  # fmt: skip
    """The order of a line. Directions that stand in the name of the medicine ("lisinopril 10 mg daily") are read."""
    order = as_order(_ref(held), received, knowledge, started=started, ended=ended)
    text = received.medicine.text
    if not order.medicine.is_known and (apart := take_apart(text, knowledge)).medicine.is_known:
        order = replace(order, medicine=replace(apart.medicine, text=text))
    if received.sig.strip() or not text:
        return order
    inside = parse(text)
    return replace(order, sig=inside) if any(s.timing or s.prn for s in inside.steps) else order


def _as_said(line: Line) -> Line:
    """The line with the state that its notes give it, where they say more than its status."""
    if line.is_active and says_not_taken(f"{line.note}\n{line.order.medicine.text}"):
        return replace(line, state=State.NOT_TAKEN)
    return line


def _words(concepts: tuple[CodeableConcept, ...]) -> str:
    return "; ".join(t for c in concepts if (t := next(iter(c.texts()), "") or next((k.code for k in c.coding), "")))


def _referred(contents: Contents, held: Held, references: tuple[Reference, ...]) -> str:
    """The names of the conditions that an order refers to."""
    said = []
    for reference in references:
        found = contents.find(reference, held)
        code = found.raw.get("code") if found else None
        text = code.get("text", "") if isinstance(code, dict) else ""
        codings = code.get("coding", []) if isinstance(code, dict) else []
        names = [c.get("display", "") for c in codings if isinstance(c, dict)]
        said.append(reference.display or text or next(iter(names), "") or "a recorded condition")
    return "; ".join(said)


def _joined(texts: tuple[str, ...], *more: str) -> str:
    return "\n".join(t for t in (*texts, *more) if t.strip())


def _allergies(contents: Contents, patient: Held | None, knowledge: Knowledge) -> tuple[RecordedAllergy, ...] | None:
    """Every allergy on record with its reference; None when nobody is known to have asked."""
    found: list[RecordedAllergy] = []
    asked = patient is not None and allergies.without_any(contents, patient)
    for held in _owned(contents, patient, "AllergyIntolerance"):
        try:
            contents.read(held, AllergyIntolerance)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            found.append(RecordedAllergy(_ref(held), allergies.UNREAD))
            continue
        recorded = allergies.as_received(contents, held)
        asked = asked or (recorded.is_current and allergies.says_none(recorded))
        found += (RecordedAllergy(_ref(held), a) for a in allergies.understood(recorded, knowledge))
    return tuple(found) if found or asked else None

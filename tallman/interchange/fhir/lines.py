"""One line of a list: a statement, an order or a dispensing, with what is said of it.

A line is kept whatever its status, for what was stopped or never taken says as much as what is in use; only what was
entered in error is left out. Its reference is that of the resource: "MedicationRequest/a1".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tallman.core.identify.written import take_apart
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.received import ReceivedMedicine, ReceivedPrescription
from tallman.core.reconciliation.change_reasons import WORDS
from tallman.core.reconciliation.line import Fill, Line, SourceKind, State
from tallman.core.reconciliation.not_taken import says_not_taken
from tallman.core.sig import parse
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept, Reference
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.orders import UNREAD, as_order
from tallman.interchange.fhir.prescriptions import dispensed, prescription, stated
from tallman.interchange.fhir.resources import MedicationDispense, MedicationRequest, MedicationStatement

__all__ = ["line_of", "named_only", "ref_of", "unread"]

_STATES = {
    "on-hold": State.HELD,
    "stopped": State.STOPPED,
    "cancelled": State.STOPPED,
    "declined": State.STOPPED,
    "not-taken": State.NOT_TAKEN,
    "completed": State.COMPLETED,
}
_HL7 = "http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason"
_HL7_REASONS = {words.hl7: words.name for words in WORDS.values() if words.hl7}


def ref_of(held: Held) -> str:
    """The reference of a resource, as the sender has it."""
    return f"{held.kind}/{held.id}" if held.id else held.url or held.where


def line_of(contents: Contents, held: Held, knowledge: Knowledge) -> tuple[SourceKind, Line] | None:
    """The line of a resource and the kind of list it belongs to; None for what does not count.

    Raises Unreadable when nothing can be made of it.
    """
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
        ref_of(held), order, _STATES.get(status, State.ACTIVE), _joined(received.notes, words),
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
        ref_of(held), order, state, _joined(received.notes, _words((request.status_reason,))),
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
    return SourceKind.FILLS, Line(ref_of(held), order, State.ACTIVE, _joined(received.notes), "", order.written, fills)


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
    return _with_directions(
        as_order(ref_of(held), received, knowledge, started=started, ended=ended), received, knowledge
    )


def _with_directions(order: Order, received: ReceivedPrescription, knowledge: Knowledge) -> Order:
    """The order with the directions that stand in the name of its medicine ("lisinopril 10 mg daily")."""
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


def unread(ref: str) -> Line:
    """Stands for a line of which nothing is known, so that nobody takes it for none."""
    return Line(ref, Order(ref, UNREAD, parse("")))


def named_only(ref: str, text: str, knowledge: Knowledge) -> Line:
    """The line of a medicine of which a list has the name alone, perhaps with directions in it."""
    received = ReceivedPrescription(medicine=ReceivedMedicine(text=text))
    return _as_said(Line(ref, _with_directions(as_order(ref, received, knowledge), received, knowledge)))


def _words(concepts: tuple[CodeableConcept, ...]) -> str:
    return "; ".join(said for c in concepts if (said := _said(c)))


def _said(concept: CodeableConcept) -> str:
    """A concept in words: its own, else the name of a reason that is known here by its code, else the code."""
    known = (_HL7_REASONS.get(c.code, "") for c in concept.coding if c.system == _HL7)
    words = concept.text.strip() or next(filter(None, known), "")
    return words or next(iter(concept.texts()), "") or next((c.code for c in concept.coding), "")


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

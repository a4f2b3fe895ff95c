"""Bundles as lists of medicines to reconcile: collections, Lists, and whole documents such as a discharge summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.received import ReadWarning, ReceivedPatient
from tallman.core.reconciliation.line import Line, ListSource, RecordedAllergy, SourceKind, State
from tallman.interchange.fhir import allergies
from tallman.interchange.fhir.administrations import last_doses
from tallman.interchange.fhir.case import patient_in
from tallman.interchange.fhir.contents import Contents, Held, contents_of
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.lines import line_of, named_only, ref_of, unread
from tallman.interchange.fhir.listed import MEDICINES, Listing, Time, Unlinked, listing_of
from tallman.interchange.fhir.people import patient_as_sent
from tallman.interchange.fhir.resources import AllergyIntolerance
from tallman.interchange.fhir.subject import Whose, own, subject_of, whose
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["ListsRead", "read_lists"]

_Told = tuple[Time, SourceKind, Line]


@dataclass(frozen=True, slots=True)
class ListsRead:
    """One Bundle as lists, with the patient where one is sent, its day where it says one, and what was not read.

    `patient` holds the facts that rules need, `person` the name. A document that tells of the past as well has that in
    `admission` (what was taken before the stay) and `hospital` (what was given in it): no part of `lists`.
    """

    lists: tuple[ListSource, ...]
    patient: Patient | None
    on: date | None
    warnings: tuple[ReadWarning, ...]
    person: ReceivedPatient | None = None
    admission: ListSource | None = None
    hospital: ListSource | None = None


def read_lists(data: bytes, knowledge: Knowledge, name: str, *, is_orders: bool = False) -> ListsRead:
    """The lists in a Bundle: what is stated, handed over and ordered are lists of their own; of orders all is one.

    Raises Unreadable, saying where and what to do.
    """
    sent = document(data)
    contents = contents_of(sent)
    patient = _patient(contents)
    every = list(_lines(contents, patient, knowledge, is_document=sent.get("type") == "document"))
    recorded = _allergies(contents, patient, knowledge)
    timestamp = sent.get("timestamp")
    on = exact_day(timestamp) if isinstance(timestamp, str) else None
    on = on or max((line.asserted for _, _, line in every if line.asserted), default=None)
    now = [(kind, line) for time, kind, line in every if time is Time.NOW]
    facts = patient_in(contents, patient, knowledge, on or date.max) if patient else None
    person = patient_as_sent(contents, patient) if patient else None
    return ListsRead(
        _sources(now, name, recorded, is_orders=is_orders), facts, on, tuple(contents.warnings), person,
        _past(every, Time.ADMISSION, SourceKind.RECORD, name), _past(every, Time.HOSPITAL, SourceKind.HOSPITAL, name),
    )  # fmt: skip


def _sources(
    lines: Sequence[tuple[SourceKind, Line]],
    name: str,
    recorded: tuple[RecordedAllergy, ...] | None,
    *,
    is_orders: bool,
) -> tuple[ListSource, ...]:
    if is_orders:
        return (ListSource(name, SourceKind.HOSPITAL, tuple(line for _, line in lines), recorded),)
    kinds = sorted({k for k, _ in lines}, key=lambda k: k.rank) or [SourceKind.INTERVIEW]
    return tuple(
        ListSource(
            f"{name}: {kind}" if len(kinds) > 1 else name,
            kind,
            tuple(line for k, line in lines if k is kind),
            recorded if kind is kinds[0] else None,
        )
        for kind in kinds
    )


def _past(every: Sequence[_Told], time: Time, kind: SourceKind, name: str) -> ListSource | None:
    """What a document tells of the past, as it was then: in use, though it has ended since. None without any."""
    then = [line for t, _, line in every if t is time]
    as_it_was = (State.NOT_TAKEN, State.HELD)
    kept = (line if line.state in as_it_was else replace(line, state=State.ACTIVE) for line in then)
    return ListSource(f"{name}: {time}", kind, tuple(kept)) if then else None


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


def _lines(contents: Contents, patient: Held | None, knowledge: Knowledge, *, is_document: bool) -> Iterator[_Told]:
    """Every line with its time, those of Lists first and in their order."""
    listing, doses = listing_of(contents), last_doses(contents)
    for held in _medicines(contents, patient, listing):
        try:
            made = line_of(contents, held, knowledge)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            made = SourceKind.RECORD, unread(ref_of(held))
        if made is not None:
            kind, line = made
            yield listing.time_of(held), kind, _as_listed(line, held, listing, doses, is_decided=is_document)
    for entry in listing.unlinked:
        yield listing.time_of_entry(entry), SourceKind.RECORD, _unlinked(entry, knowledge)


def _medicines(contents: Contents, patient: Held | None, listing: Listing) -> Iterator[Held]:
    """Those of the patient. What only a List holds (`contained`) is asked whose it is, too."""
    owned = {held.where: held for held in _owned(contents, patient, *MEDICINES)}
    sent = {held.where for held in contents.held}
    for held in listing.sorted(owned.values()):
        inside = held.where not in sent
        if held.where in owned or (inside and not _is_of_another(contents, patient, held)):
            yield held


def _is_of_another(contents: Contents, patient: Held | None, held: Held) -> bool:
    return patient is not None and whose(contents, patient, held, subject_of(held)) is Whose.OTHERS


def _as_listed(line: Line, held: Held, listing: Listing, doses: dict[str, datetime], *, is_decided: bool) -> Line:
    """The line with what its list and the doses given say of it; in a document the reason of a status is a decision."""
    state = listing.states.get(held.where)
    return replace(
        line,
        state=state if state is not None and line.is_active else line.state,
        last_given=doses.get(held.where),
        is_decided=is_decided and "statusReason" in held.raw,
    )


def _unlinked(entry: Unlinked, knowledge: Knowledge) -> Line:
    line = named_only(entry.ref, entry.text, knowledge) if entry.text else unread(entry.ref)
    return line if entry.state is None else replace(line, state=entry.state)


def _allergies(contents: Contents, patient: Held | None, knowledge: Knowledge) -> tuple[RecordedAllergy, ...] | None:
    """Every allergy on record with its reference; None when nobody is known to have asked."""
    found: list[RecordedAllergy] = []
    asked = patient is not None and allergies.without_any(contents, patient)
    for held in _owned(contents, patient, "AllergyIntolerance"):
        try:
            contents.read(held, AllergyIntolerance)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            found.append(RecordedAllergy(ref_of(held), allergies.UNREAD))
            continue
        recorded = allergies.as_received(contents, held)
        asked = asked or (recorded.is_current and allergies.says_none(recorded))
        found += (RecordedAllergy(ref_of(held), a) for a in allergies.understood(recorded, knowledge))
    return tuple(found) if found or asked else None

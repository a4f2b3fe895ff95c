"""A discharge as a FHIR R4 document: a Composition with its Lists, for the next pharmacy's and prescriber's systems.

What goes on, what has changed and what has stopped are the present; what was taken before and what the hospital gave
are told as past, and no statement about the past is "active". Ids come from the one that is passed in, times are passed
in: the same discharge makes the same document. Source: HL7 FHIR R4 (4.0.1), Documents and List; LOINC for the sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.discharge_words import dated, printed
from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.papers import Discharge
from tallman.interchange.fhir.listed import FLAGS
from tallman.interchange.fhir.statement_out import (
    Json,
    administration_of,
    allergy_text,
    narrative,
    past_statement,
    statement_of,
)

__all__ = ["UndecidedDischarge", "discharge_document"]

_LOINC = "http://loinc.org"
_DOCUMENT = ("56445-0", "Medication summary Document")
_AFTER = ("10183-2", "Hospital discharge medications Narrative")
_BEFORE = ("42346-7", "Medications on admission (narrative)")
_GIVEN = ("29549-3", "Medication administered Narrative")
_ALLERGIES = ("48765-2", "Allergies and adverse reactions Document")
_LISTS = {"system": "http://terminology.hl7.org/CodeSystem/list-example-use-codes", "code": "medications"}
_FLAGS = {
    Change.SAME: ("01", "Unchanged"), Change.CHANGED: ("02", "Changed"), Change.NEW: ("04", "Prescribed"),
    Change.STOPPED: ("05", "Ceased"), Change.PAUSED: ("06", "Suspended"),
}  # fmt: skip
_STAYS = {"inpatient": "IMP", "emergency": "EMER", "observation": "OBSENC", "outpatient": "AMB"}
_NOTHING = {"nilknown": "None.", "notasked": "Nobody is known to have asked."}
_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_OFF = (Change.STOPPED, Change.PAUSED)


class UndecidedDischarge(ValueError):
    """Something is not decided, and a document that leaves the house tells only what is."""


def discharge_document(discharge: Discharge, *, id: UUID, written: datetime) -> bytes:
    """The document as JSON. `written` is the moment it is made, with its offset from UTC.

    Raises UndecidedDischarge while it is a draft.
    """
    if discharge.is_draft:
        raise UndecidedDischarge("Not everything is decided and signed.")
    return _ENCODER.encode(_Document(discharge, id, written).bundle())


@dataclass
class _Document:
    """The document while it is made: `entries` are the resources in their order, the Composition first of all."""

    discharge: Discharge
    id: UUID
    written: datetime
    entries: list[Json] = field(default_factory=list)
    _doses: dict[int, Json] = field(default_factory=dict)

    def bundle(self) -> Json:
        own = self.discharge
        patient = self._add("patient", self._patient())
        place = self._add("place", self._place())
        authors = [self._add(f"author-{n}", _practitioner(name)) for n, name in enumerate(own.decided_by)] or [place]
        stay = self._add("stay", self._stay(patient)) if own.admitted_on else None
        sections = list(self._sections(patient, place))
        composition: Json = {
            "resourceType": "Composition",
            "text": narrative(
                f"Medicines of {own.patient} at discharge, {dated(own.made_on, 'en')}.",
                f"Agreed with {'; '.join(own.agreed_with)}." if own.agreed_with else "",
            ),
            "status": "final",
            "type": _concept(_DOCUMENT),
            "subject": patient,
            "date": self.written.isoformat(),
            "author": authors,
            "title": "Medicines at discharge",
            "custodian": place,
            "section": sections,
        }
        if stay:
            composition["encounter"] = stay
        self._add("composition", composition)
        return {
            "resourceType": "Bundle",
            "id": str(self.id),
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{self.id}"},
            "type": "document",
            "timestamp": self.written.isoformat(),
            "entry": [self.entries[-1], *self.entries[:-1]],
        }

    def _add(self, name: str, resource: Json) -> Json:
        """Put a resource into the document under an id made of its name; the reference to it."""
        id = str(uuid5(self.id, name))
        self.entries.append({"fullUrl": f"urn:uuid:{id}", "resource": {**resource, "id": id}})
        return {"reference": f"urn:uuid:{id}"}

    def _patient(self) -> Json:
        own = self.discharge
        born = {"birthDate": own.birth_date.isoformat()} if own.birth_date else {}
        name = {"name": [{"text": own.patient}]}
        return {"resourceType": "Patient", "text": narrative(own.patient)} | name | born

    def _place(self) -> Json:
        place = self.discharge.place
        made: Json = {"resourceType": "Organization", "text": narrative(place.name), "name": place.name or "not named"}
        if place.phone:
            made["telecom"] = [{"system": "phone", "value": place.phone, "use": "work"}]
        if place.address:
            made["address"] = [{"text": place.address}]
        return made

    def _stay(self, patient: Json) -> Json:
        own = self.discharge
        days = {"start": own.admitted_on, "end": own.discharged_on}
        period = {name: day.isoformat() for name, day in days.items() if day}
        coding = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": _STAYS[own.kind]}
        return {
            "resourceType": "Encounter", "text": narrative("A stay in hospital."), "status": "finished",
            "class": coding, "subject": patient, "period": period,
        }  # fmt: skip

    def _sections(self, patient: Json, place: Json) -> Iterator[Json]:
        told = {id(row): self._present(row, n, patient, place) for n, row in enumerate(self.discharge.rows)}
        rows = [row for row in self.discharge.rows if row.change in _FLAGS]
        on = [(row, ref) for row in rows if row.change not in _OFF for ref in told[id(row)]]
        off = [(row, ref) for row in rows if row.change in _OFF for ref in told[id(row)]]
        listed = self._list("after", "Medicines at discharge", _AFTER, [{"item": ref} for _, ref in on], patient, place)
        yield _section("Medicines at discharge", _AFTER, [listed], [r.said("en") for r in rows if r.change not in _OFF])
        changed = self._list(
            "changes", "What changed", None, [_flagged(row, ref) for row, ref in (*on, *off)], patient, place
        )
        yield _section("What changed", None, [changed], [_told(row) for row in rows if row.change is not Change.SAME])
        yield _section("Stopped or paused", None, [ref for _, ref in off], [_told(r) for r in rows if r.change in _OFF])
        if not_taken := [ref for n, row in enumerate(self.discharge.rows) for ref in self._off(row, n, patient, place)]:
            said = [_told(row) for row in self.discharge.of(Change.OFF_AT_HOME)]
            yield _section("Not taken at home and not ordered", _BEFORE, not_taken, said)
        yield from self._past("before", "Taken before the stay", _BEFORE, patient, place)
        yield from self._past("given", "Given in hospital", _GIVEN, patient, place)
        yield self._allergies(patient)

    def _present(self, row: DischargeRow, number: int, patient: Json, place: Json) -> list[Json]:
        if row.change in (Change.HOSPITAL_ONLY, Change.OFF_AT_HOME):
            return []
        about = {"subject": patient, "informationSource": place} | self._dose(row, number, patient)
        return [
            self._add(f"after-{number}-{n}", statement_of(line, row, self.discharge.made_on) | about)
            for n, line in enumerate(row.after)
        ]

    def _off(self, row: DischargeRow, number: int, patient: Json, place: Json) -> list[Json]:
        """What is known to be not taken at home, or paused there: told as past, but never as taken before the stay."""
        about = {"subject": patient, "informationSource": place}
        lines = row.was if row.change is Change.OFF_AT_HOME else ()
        return [
            self._add(f"off-{number}-{n}", past_statement(line, self.discharge.made_on, row.said("en")) | about)
            for n, line in enumerate(replace(one, note=row.because) for one in lines)
        ]

    def _dose(self, row: DischargeRow, number: int, patient: Json) -> Json:
        """The last dose in hospital, which the statements about the medicine rest on; nothing where none is known."""
        if row.last_dose is None or not row.hospital:
            return {}
        if number not in self._doses:
            given = administration_of(row.hospital[0], row.last_dose) | {"subject": patient}
            self._doses[number] = self._add(f"dose-{number}", given)
        return {"derivedFrom": [self._doses[number]]}

    def _past(self, name: str, title: str, code: tuple[str, str], patient: Json, place: Json) -> Iterator[Json]:
        told: list[tuple[Line, Json]] = []
        for number, row in enumerate(self.discharge.rows):
            given = name == "given"
            about = {"subject": patient, "informationSource": place}
            about |= self._dose(row, number, patient) if given else {}
            lines = row.hospital if given else () if row.change is Change.OFF_AT_HOME else row.was
            told += ((line, about) for line in lines)
        if not told:
            return
        entries = []
        for number, (line, about) in enumerate(told):
            made = past_statement(line, self.discharge.made_on, f"{title}.")
            entries.append({"item": self._add(f"{name}-{number}", made | about)})
        listed = self._list(name, title, code, entries, patient, place)
        yield _section(title, code, [listed], [_written(line) for line, _ in told])

    def _list(
        self, name: str, title: str, code: tuple[str, str] | None, entries: Sequence[Json], patient: Json, place: Json
    ) -> Json:
        made: Json = {
            "resourceType": "List",
            "text": narrative(f"{title}: {len(entries)}"),
            "status": "current",
            "mode": "changes" if name == "changes" else "snapshot",
            "title": title,
            "code": {"coding": [_LISTS, *(_concept(code)["coding"] if code else ())]},
            "subject": patient,
            "date": self.written.isoformat(),
            "source": place,
        }
        if entries:
            made["entry"] = list(entries)
        else:
            made["emptyReason"] = _empty("nilknown")
        return self._add(f"list-{name}", made)

    def _allergies(self, patient: Json) -> Json:
        found = self.discharge.current_allergies
        if found is None:
            return _section("Allergies", _ALLERGIES, [], [], empty="notasked")
        texts = [allergy_text(a.substance, a.reaction) for a in found] or ["No known allergies"]
        refs = []
        for number, text in enumerate(texts):
            code: Json = {"text": found[number].substance} if found else _NO_ALLERGY
            made: Json = {
                "resourceType": "AllergyIntolerance", "text": narrative(text), "clinicalStatus": _ACTIVE,
                "code": code, "patient": patient,
            }  # fmt: skip
            if found and found[number].reaction:
                made["reaction"] = [{"manifestation": [{"text": found[number].reaction}]}]
            refs.append(self._add(f"allergy-{number}", made))
        return _section("Allergies", _ALLERGIES, refs, texts)


_ACTIVE = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active"}]
}
_NO_ALLERGY = {
    "coding": [{"system": "http://snomed.info/sct", "code": "716186003", "display": "No known allergy"}],
    "text": "No known allergies",
}


def _practitioner(name: str) -> Json:
    return {"resourceType": "Practitioner", "text": narrative(name), "name": [{"text": name}]}


def _concept(code: tuple[str, str]) -> Json:
    return {"coding": [{"system": _LOINC, "code": code[0], "display": code[1]}]}


def _empty(code: str) -> Json:
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/list-empty-reason", "code": code}]}


def _section(
    title: str, code: tuple[str, str] | None, refs: Sequence[Json], said: Iterable[str], *, empty: str = "nilknown"
) -> Json:
    """A section with its entries; without any, why: there are none, or nobody asked."""
    made: Json = {"title": title, "text": narrative(*said) if refs else narrative(_NOTHING[empty])}
    if code:
        made["code"] = _concept(code)
    return made | ({"entry": list(refs)} if refs else {"emptyReason": _empty(empty)})


def _flagged(row: DischargeRow, ref: Json) -> Json:
    code, display = _FLAGS[row.change]
    made: Json = {"flag": {"coding": [{"system": FLAGS, "code": code, "display": display}]}, "item": ref}
    return made | ({"deleted": True} if row.change in _OFF else {})


def _told(row: DischargeRow) -> str:
    return f"{row.said('en')} Reason: {row.because}" if row.because else row.said("en")


def _written(line: Line) -> str:
    return f"{printed(line)}. {line.order.sig.text}".strip()

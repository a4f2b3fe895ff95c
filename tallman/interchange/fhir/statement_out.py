"""One medicine of a discharge as a MedicationStatement, and what stands beside it in words."""

from __future__ import annotations

from datetime import date, datetime
from html import escape
from typing import Any

from tallman.core.reconciliation.change_reasons import WORDS
from tallman.core.reconciliation.discharge import DischargeRow
from tallman.core.reconciliation.discharge_words import printed
from tallman.core.reconciliation.line import Line, State
from tallman.interchange.fhir.dosage_out import dosages_of

__all__ = ["Json", "administration_of", "allergy_text", "narrative", "past_statement", "statement_of"]

Json = dict[str, Any]
_STATUS = {
    State.ACTIVE: "active", State.HELD: "on-hold", State.STOPPED: "stopped", State.NOT_TAKEN: "not-taken",
    State.COMPLETED: "completed", State.LAPSED: "stopped",
}  # fmt: skip
_REASONS = "http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason"


def narrative(*paragraphs: str) -> Json:
    """The text of a resource for people to read."""
    inside = "".join(f"<p>{escape(p)}</p>" for p in paragraphs if p)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'}


def statement_of(line: Line, row: DischargeRow, made_on: date) -> Json:
    """A medicine as it stands after the discharge, with the reason of that."""
    made = _statement(line, _STATUS[line.state], made_on, row.said("en"), _because(row))
    if row.because:
        made["statusReason"] = [_reason(row)]
    if note := _beside(line, row):
        made["note"] = [{"text": note}]
    if row.next_dose and line.is_active:
        made["effectivePeriod"] = {"start": row.next_dose.isoformat()}
    return made


def past_statement(line: Line, made_on: date, when: str) -> Json:
    """A medicine as it was taken, paused or given once: no system may take it for one in use."""
    status = _STATUS[line.state] if line.state in (State.NOT_TAKEN, State.HELD) else "completed"
    made = _statement(line, status, made_on, when)
    if line.note.strip():
        made["note"] = [{"text": line.note.strip()}]
    return made


def administration_of(line: Line, last_dose: datetime) -> Json:
    """The last dose in hospital."""
    return {
        "resourceType": "MedicationAdministration",
        "text": narrative(f"{printed(line)}: last dose given {last_dose.isoformat()}"),
        "status": "completed",
        "medicationCodeableConcept": _medicine(line),
        "effectiveDateTime": last_dose.isoformat(),
    }


def allergy_text(substance: str, reaction: str) -> str:
    """An allergy in words."""
    return f"{substance} ({reaction})" if reaction else substance


def _statement(line: Line, status: str, made_on: date, *said: str) -> Json:
    written = line.order.sig.text.strip()
    made: Json = {
        "resourceType": "MedicationStatement",
        "text": narrative(f"{printed(line)}. {written}".strip(), *said),
        "status": status,
        "medicationCodeableConcept": _medicine(line),
        "dateAsserted": made_on.isoformat(),
    }
    if line.reason:
        made["reasonCode"] = [{"text": line.reason}]
    if coded := dosages_of(line.order.sig) if line.order.sig.is_read else []:
        made["dosage"] = coded
    elif written:
        made["dosage"] = [{"text": written}]  # What was read in part is not coded: the rest would be lost.
    return made


def _medicine(line: Line) -> Json:
    medicine = line.order.medicine
    product = medicine.product
    coded = product.rxcui if product else None
    coding = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": coded}
    return ({"coding": [coding]} if coded else {}) | {"text": medicine.text or printed(line)}


def _reason(row: DischargeRow) -> Json:
    coded = [WORDS[r].hl7 for r in row.reasons if WORDS[r].hl7]
    coding = {"coding": [{"system": _REASONS, "code": code} for code in coded]} if coded else {}
    return coding | {"text": row.because}


def _because(row: DischargeRow) -> str:
    return f"Reason: {row.because}" if row.because else ""


def _beside(line: Line, row: DischargeRow) -> str:
    """What is noted beside a line and is not the reason."""
    return "\n".join(t for t in line.note.split("\n") if t.strip() and t.strip() not in row.because)

"""Running the checks over a prescription and keeping what they said.

A decision holds for every later finding that says exactly the same of the same patient and the same medicines with
the same directions. A finding that waits for a decision does not vanish because somebody other than a pharmacist
changed the record: it stays, marked as no longer found, until a pharmacist decides it or enters the order anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from tallman.core.screening import finding as core
from tallman.core.screening.screen import screen
from tallman.core.workflow import PHARMACISTS
from tallman.server import knowledge_in_use
from tallman.server.audit.actions import Author
from tallman.server.prescriptions import cases, replay
from tallman.server.prescriptions.models import Decision, Finding, Prescription, Screening
from tallman.server.prescriptions.outcomes import OUTCOMES
from tallman.server.web import clock

__all__ = ["is_outdated", "run"]


def run(row: Prescription, by: Author, *, is_entry: bool) -> Screening:
    """Screen the locked row and make the result the one that counts. The row is not saved.

    `is_entry` says that the prescription itself was entered or corrected (a pharmacist will review it), not that
    the record around it changed.
    """
    knowledge = knowledge_in_use.current()
    document = cases.document(row, clock.today())
    result = screen(replay.read(document, knowledge), knowledge)
    made = Screening.objects.create(
        prescription=row,
        on=result.on,
        at=clock.now(),
        knowledge_version=result.knowledge_version,
        knowledge_sha256=result.knowledge_sha256,
        case=document,
        ran=list(result.ran),
        not_checked=[{"check": n.check, "reason": n.reason} for n in dict.fromkeys(result.not_checked)],
    )
    decided = {d.fingerprint: d for d in Decision.objects.filter(prescription=row)}
    found = [_row(f, made, row, document) for f in result.findings]
    found += _kept(row, found, by, is_entry=is_entry)
    for finding in found:
        finding.screening, finding.decision = made, decided.get(finding.fingerprint)
    Finding.objects.bulk_create(found)
    row.screening = made
    return made


def is_outdated(row: Prescription) -> bool:
    """Whether the screening that counts was made on another day, or with other knowledge than is in use now."""
    made = row.screening
    return made is not None and (made.on, made.knowledge_sha256) != (clock.today(), knowledge_in_use.current().sha256)


def _row(finding: core.Finding, made: Screening, row: Prescription, document: dict[str, Any]) -> Finding:
    return Finding(
        screening=made,
        prescription=row,
        code=finding.code,
        category=finding.category,
        severity=finding.severity,
        is_interruptive=finding.severity.is_interruptive,
        summary=finding.summary,
        advice=finding.advice,
        evidence=list(finding.evidence),
        others=sorted({finding.order, *finding.others} - {cases.order_id(row)}),
        sources=[{"title": s.title, "section": s.section, "date": s.date} for s in finding.sources],
        rule=finding.rule,
        reviewed=finding.reviewed,
        fingerprint=_fingerprint(finding, document, row.patient_id),
    )


def _fingerprint(finding: core.Finding, document: dict[str, Any], patient: int | None) -> str:
    """The finding's text and evidence, whom it is about and the orders it speaks of, as one hash."""
    involved = {finding.order, *finding.others}
    orders = [o for o in (*document["proposed"], *document["current"]) if o["id"] in involved]
    said = [finding.code, finding.severity, finding.summary, finding.evidence, finding.rule]
    text = json.dumps([said, patient, [{k: o.get(k) for k in _IDENTITY} for o in orders]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


_IDENTITY = ("id", "product_id", "text", "sig", "quantity", "unit", "days_supply")


def _kept(row: Prescription, found: list[Finding], by: Author, *, is_entry: bool) -> list[Finding]:
    """Copies of findings of the screening before that still wait, although the checks do not find them any more."""
    is_pharmacist = getattr(by, "role", None) in PHARMACISTS
    if row.screening_id is None or (is_pharmacist and is_entry):
        return []
    said = {f.fingerprint for f in found}
    about = {(f.code, f.rule, tuple(f.others)) for f in found if f.is_interruptive}
    waiting = [
        f
        for f in Finding.objects.filter(screening=row.screening_id, is_interruptive=True).select_related("decision")
        if (f.decision is None or not OUTCOMES[f.decision.outcome].releases)
        and (f.no_longer_found or not (is_entry or is_pharmacist))
        and f.fingerprint not in said
        and (f.code, f.rule, tuple(f.others)) not in about
    ]
    for finding in waiting:
        finding.pk, finding._state.adding, finding.no_longer_found = None, True, True
    return waiting

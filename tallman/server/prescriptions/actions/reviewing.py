"""Judging: findings, concerns, the clinical review."""

from __future__ import annotations

from django.db import transaction

from tallman.core.workflow import Action
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.prescriptions.models import Concern, Decision, Finding, Prescription
from tallman.server.prescriptions.outcomes import OUTCOMES
from tallman.server.prescriptions.steps import locked, moved, touched, written
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["answer_concern", "approve", "decide", "raise_concern"]


@transaction.atomic
def decide(*, finding: Finding, version: int, outcome: str, reason: str, by: User) -> Decision:
    """A pharmacist's decision about a finding: an outcome of `OUTCOMES` and, for most, the reason.

    It can be decided anew. Raises Refused when the finding is not one of the screening that counts now.
    """
    row = locked(finding.prescription, version)
    chosen = OUTCOMES.get(outcome)
    if chosen is None:
        raise refuse("outcome", "Choose what you decide.")
    moved(row, Action.DECIDE, by, releases=chosen.releases)
    if finding.screening_id != row.screening_id:
        raise refuse("finding", "The prescription was screened again meanwhile: look at the findings anew.")
    if chosen.needs_reason and not reason.strip():
        raise refuse("reason", "Give the reason in words.")
    decision = Decision.objects.create(
        prescription=row, fingerprint=finding.fingerprint, outcome=outcome, reason=reason.strip(), by=by,
        at=clock.now(),
    )  # fmt: skip
    Finding.objects.filter(screening=row.screening_id, fingerprint=finding.fingerprint).update(decision=decision)
    touched(row, by)
    data = {"finding": finding.pk, "code": finding.code, "outcome": outcome, "reason": reason}
    record(action="prescriptions.decide", by=by, subject=row, data=data)
    return decision


@transaction.atomic
def approve(*, prescription: Prescription, version: int, by: User) -> Prescription:
    """The clinical review is done: it may be filled. The event names the checks that could not run."""
    row = locked(prescription, version)
    work = moved(row, Action.APPROVE, by)
    row.approved_by = by
    written(row, work, by)
    data = {"screening": row.screening_id, "not_checked": row.screening.not_checked if row.screening else []}
    record(action="prescriptions.approve", by=by, subject=row, data=data)
    return row


@transaction.atomic
def raise_concern(
    *, prescription: Prescription, kind: str, by: User, what: str = "", why: str = "", how_sure: str = "unsure"
) -> Concern:
    """Something does not sit right. Takes no version and raises none: a concern overwrites nothing, must always get
    through, and leaves what somebody is just typing valid. The table keeps everything from moving past it."""
    row = locked(prescription)
    moved(row, Action.RAISE_CONCERN, by)
    concern = Concern(
        prescription=row, kind=kind, what=what.strip(), why=why.strip(), how_sure=how_sure, raised_by=by,
        raised_at=clock.now(),
    )  # fmt: skip
    concern.full_clean(exclude=["answered_by", "answered_at"])
    concern.save()
    data = {"concern": concern.pk, "kind": kind, "what": what, "why": why, "how_sure": how_sure}
    record(action="prescriptions.raise_concern", by=by, subject=row, data=data)
    return concern


@transaction.atomic
def answer_concern(*, concern: Concern, answer: str, by: User) -> Concern:
    """A pharmacist answers. Refused when somebody has answered before."""
    row = locked(concern.prescription)
    moved(row, Action.ANSWER_CONCERN, by)
    open_one = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if open_one.answered_at:
        raise refuse("answered", f"{open_one.answered_by} has answered it already.")
    if not answer.strip():
        raise refuse("answer", "Write the answer: who raised it will read it.")
    open_one.answer, open_one.answered_by, open_one.answered_at = answer.strip(), by, clock.now()
    open_one.save()
    touched(row, by)
    data = {"concern": concern.pk, "answer": answer}
    record(action="prescriptions.answer_concern", by=by, subject=row, data=data)
    return open_one

"""Reading prescriptions: their state, their queue, and the case the screening looks at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tallman.core.screening.case import Case
from tallman.core.screening.screen import Screening as Result
from tallman.core.screening.screen import screen
from tallman.core.workflow import Stage, Work
from tallman.server import knowledge_in_use
from tallman.server.patients.queries import find
from tallman.server.prescriptions import cases, replay
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Concern, Finding, Prescription
from tallman.server.prescriptions.outcomes import OUTCOMES
from tallman.server.web import clock

__all__ = [
    "OPEN", "WAITING", "Standing", "case_for", "every_open_concern", "lines", "numbered", "open_concerns", "preview",
    "queue", "standings", "stopped", "undecided", "work_of",
]  # fmt: skip

OPEN = [s for s in Stage if s not in (Stage.HANDED_OVER, Stage.CANCELLED)]
"""The stages in which something is still to come."""
WAITING = Q(screening__isnull=False) & ~Q(stage__in=[Stage.RECEIVED, Stage.HANDED_OVER, Stage.CANCELLED])
"""Entered and not handed over: screened again when what it rests on changes."""
_BLOCKING = [o.code for o in OUTCOMES.values() if not o.releases]


def work_of(prescription: Prescription) -> Work:
    """The state of a prescription as the table of the workflow sees it. Two queries."""
    findings = Finding.objects.filter(screening=prescription.screening_id, is_interruptive=True).order_by()
    outcomes = list(findings.values_list("decision__outcome", flat=True))
    hold = prescription.hold
    return Work(
        stage=Stage(prescription.stage),
        undecided_findings=outcomes.count(None),
        changes_due=sum(outcome in _BLOCKING for outcome in outcomes),
        open_concerns=Concern.objects.filter(prescription=prescription, answered_at=None).count(),
        filled_by=str(prescription.filled_by_id) if prescription.filled_by_id else None,
        verified_by=str(prescription.verified_by_id) if prescription.verified_by_id else None,
        resume_to=Stage(hold.resume_to) if hold else None,
        hold_reason=hold.reason if hold else None,
        owed=prescription.owed_quantity > 0,
        part_given=_part_given(prescription),
    )


def _part_given(prescription: Prescription) -> bool:
    """Whether something was handed over and the prescription goes on all the same."""
    return prescription.handed_over_at is not None and prescription.stage != Stage.HANDED_OVER


def undecided(prescription: Prescription) -> QuerySet[Finding]:
    """The findings that wait for a pharmacist's decision, gravest first."""
    return Finding.objects.filter(screening=prescription.screening_id, is_interruptive=True, decision=None).order_by(
        "severity", "pk"
    )


def open_concerns(prescription: Prescription) -> QuerySet[Concern]:
    """The concerns that wait for an answer, oldest first."""
    return Concern.objects.filter(prescription=prescription, answered_at=None).select_related("raised_by")


def every_open_concern() -> QuerySet[Concern]:
    """The concerns of all prescriptions that wait for an answer, oldest first."""
    rows = Concern.objects.filter(answered_at=None).exclude(prescription__stage=Stage.CANCELLED)
    return rows.select_related("raised_by", "prescription__patient").order_by("raised_at", "pk")


def case_for(prescription: Prescription) -> Case:
    """The case that the checks look at today."""
    return replay.read(cases.document(prescription, clock.today()), knowledge_in_use.current())


def preview(prescription: Prescription, entry: Entry) -> Result:
    """What the checks would say of an entry that is not made yet. Writes nothing."""
    case = cases.document(prescription, clock.today(), entry)
    knowledge = knowledge_in_use.current()
    return screen(replay.read(case, knowledge), knowledge)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many prescriptions stand in a stage, and how many of them are late."""

    stage: Stage
    count: int
    late: int


def standings() -> list[Standing]:
    """One for each stage in which something is still to come, empty ones included. One query, by index."""
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    rows = Prescription.objects.filter(stage__in=OPEN).order_by().values_list("stage")
    found = {stage: counted for stage, *counted in rows.annotate(n=Count("pk"), late=late)}
    return [Standing(stage, *found.get(stage.value, (0, 0))) for stage in OPEN]


def queue(stage: Stage | None = None, search: str = "", *, is_flagged: bool = False) -> QuerySet[Prescription]:
    """Prescriptions of a stage (None: every unfinished one), the one due first on top.

    `search` is an Rx number or the scanned bar code of a label, else the beginning of the patient's names;
    `is_flagged` leaves those with something that must be decided, changed or answered first.
    """
    found = Prescription.objects.filter(stage=stage) if stage else Prescription.objects.filter(stage__in=OPEN)
    if search.strip():
        found = found.filter(_matches(search.strip()))
    if is_flagged:
        found = found.filter(pk__in=_flagged())
    return found.order_by("due_at", "pk")


def stopped() -> QuerySet[Prescription]:
    """Those past their review that cannot go on, because something was found or asked since."""
    return queue(is_flagged=True).exclude(stage__in=[Stage.RECEIVED, Stage.ENTERED])


def _flagged() -> QuerySet[Any]:
    """Sought from what is open, which is little, and not from the prescriptions, which are many."""
    rows = Prescription.objects.order_by()
    undecided_or_due = [rows.filter(screening__in=found.values("screening")) for found in (_UNDECIDED, _CHANGES)]
    concerned = Concern.objects.filter(answered_at=None).order_by().values("prescription")
    return concerned.union(*(found.values("pk") for found in undecided_or_due))


_UNDECIDED = Finding.objects.filter(is_interruptive=True, decision=None)
_CHANGES = Finding.objects.filter(decision__outcome__in=_BLOCKING)


def lines(pks: Collection[int]) -> QuerySet[Prescription]:
    """The rows of one page of the queue, each with whether it `has_undecided` findings, `has_change` due or
    `has_concern` open. One query; asked for the page alone, because the flags would be looked up for every row."""
    found = Prescription.objects.select_related("patient", "prescriber", "hold", "filled_by").filter(pk__in=pks)
    return (
        found.annotate(
            has_undecided=Exists(_UNDECIDED.filter(screening=OuterRef("screening"))),
            has_change=Exists(_CHANGES.filter(screening=OuterRef("screening"))),
            has_concern=Exists(Concern.objects.filter(prescription=OuterRef("pk"), answered_at=None)),
        )
        .defer("received", "diagnosis_codes", "note")
        .order_by("due_at", "pk")
    )


def numbered(text: str) -> Prescription | None:
    """The prescription whose number, or whose label's bar code, this is; finished ones too."""
    number = _number(text)
    return Prescription.objects.filter(rx_number=number).first() if number else None


def _number(text: str) -> str:
    """The Rx number in "1000017", "Rx 1000017" or a label's "1000017-2"; empty when it is no number."""
    number = text.strip().upper().removeprefix("RX").strip(" :#").partition("-")[0]
    return number if number.isdigit() else ""


def _matches(text: str) -> Q:
    if number := _number(text):
        return Q(rx_number=number)
    unmatched = Q(patient=None)
    for word in text.replace(",", " ").split():
        unmatched &= Q(received_patient__icontains=word)
    return Q(patient__in=find(text).order_by().values("pk")) | unmatched

"""Reading prescriptions: their state, their queue, and the case the screening looks at."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tallman.core.screening.case import Case
from tallman.core.screening.screen import Screening as Result
from tallman.core.screening.screen import screen
from tallman.core.workflow import Stage, Work
from tallman.server import knowledge_in_use
from tallman.server.prescriptions import cases, replay
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Concern, Finding, Prescription
from tallman.server.prescriptions.outcomes import OUTCOMES
from tallman.server.web import clock

__all__ = ["case_for", "counts", "every_open_concern", "open_concerns", "preview", "queue", "undecided", "work_of"]

_BLOCKING = [o.code for o in OUTCOMES.values() if not o.releases]


def work_of(prescription: Prescription) -> Work:
    """The state of a prescription as the table of the workflow sees it. Two queries."""
    findings = Finding.objects.filter(screening=prescription.screening_id, is_interruptive=True).aggregate(
        undecided=Count("pk", filter=Q(decision=None)),
        changes=Count("pk", filter=Q(decision__outcome__in=_BLOCKING)),
    )
    hold = prescription.hold
    return Work(
        stage=Stage(prescription.stage),
        undecided_findings=findings["undecided"],
        changes_due=findings["changes"],
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


def counts() -> dict[Stage, int]:
    """How many prescriptions stand in each stage, the finished ones left out. One query."""
    rows = Prescription.objects.exclude(stage__in=_FINISHED).values_list("stage").annotate(n=Count("pk")).order_by()
    found = dict(rows)
    return {stage: found.get(stage.value, 0) for stage in Stage if stage not in _FINISHED}


_FINISHED = [Stage.HANDED_OVER, Stage.CANCELLED]


def queue(stage: Stage | None = None, search: str = "") -> QuerySet[Prescription]:
    """Prescriptions of a stage (None: every unfinished one), the one due first on top.

    `search` is an Rx number or the scanned bar code of a label, else the beginning of the patient's names. Each row
    says whether it has `has_undecided` findings or an `has_concern` open. One query for a page of it.
    """
    found = Prescription.objects.select_related("patient", "prescriber", "hold", "filled_by")
    found = found.filter(stage=stage) if stage else found.exclude(stage__in=_FINISHED)
    if search.strip():
        found = found.filter(_matches(search.strip()))
    return found.annotate(
        has_undecided=Exists(
            Finding.objects.filter(screening=OuterRef("screening"), is_interruptive=True, decision=None)
        ),
        has_concern=Exists(Concern.objects.filter(prescription=OuterRef("pk"), answered_at=None)),
    ).order_by("due_at", "pk")


def _matches(text: str) -> Q:
    number = text.upper().removeprefix("RX").strip(" :#").partition("-")[0]
    if number.isdigit():
        return Q(rx_number=number)
    wanted = Q()
    for word in text.replace(",", " ").split():
        wanted &= (
            Q(patient__family_name__istartswith=word)
            | Q(patient__given_names__istartswith=word)
            | Q(patient=None, received_patient__icontains=word)
        )
    return wanted

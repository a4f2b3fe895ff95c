"""What the pages of every step share: finding the prescription, the frame around it, and the way to the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from tallman.core.workflow import HOLD_REASONS, PHARMACISTS, Action, Stage, Work, refusals
from tallman.server.audit.models import Event
from tallman.server.audit.queries import history_of
from tallman.server.prescriptions.banner import banner_of
from tallman.server.prescriptions.due import ageing, clock_text
from tallman.server.prescriptions.models import Concern, Prescription
from tallman.server.prescriptions.queries import open_concerns, stopped, work_of
from tallman.server.refusal import refuse
from tallman.server.web import clock
from tallman.server.web.answers import go_to, typed_before

__all__ = ["find", "following", "go_on", "keyed", "page_of", "queue_page", "seen_version", "step_context", "why_not"]

_PAGES = {
    Stage.RECEIVED: "prescriptions:entry",
    Stage.ENTERED: "prescriptions:review",
    Stage.TO_FILL: "dispensing:fill",
    Stage.FILLED: "dispensing:verify",
    Stage.VERIFIED: "dispensing:shelve",
    Stage.READY: "dispensing:hand-over",
    Stage.OWED: "dispensing:owed",
}
_SHOW = "prescriptions:show"
_WITH = ("patient", "prescriber", "hold__by", "screening", "entered_by", "approved_by", "filled_by", "verified_by")


def find(rx_number: str) -> Prescription:
    """The prescription with everything the frame names, in one query. Raises Http404."""
    return get_object_or_404(Prescription.objects.select_related(*_WITH), rx_number=rx_number)


def page_of(row: Prescription) -> str:
    """The address of the page on which its present stage is worked; its overview where nothing is to be done."""
    return _address(_PAGES.get(Stage(row.stage), _SHOW), row) or _address(_SHOW, row)


def _address(name: str, row: Prescription) -> str:
    """The address of a page of this prescription; empty when there is no such page."""
    try:
        return reverse(name, kwargs={"rx_number": row.rx_number})
    except NoReverseMatch:
        return ""


def step_context(request: HttpRequest, row: Prescription) -> dict[str, Any]:
    """What `prescriptions/step.html` shows, for a row of `find`: six queries at most, whatever there is to show.

    `rx` the row, `patient` its banner, `work` its state for `why_not`, `ageing` and `due_clock` of the due time,
    `concerns` that are open, `sent_back` the event, `undecided` and `changes_due` findings, `concern_kinds` and
    `hold_reasons` with the key of each, `holding` and `resuming` with the reasons why not, `original`, `review`,
    `entry_page` and `overview` addresses, `typed_before`.
    """
    work = work_of(row)
    clinical = Action.HOLD_CLINICAL if request.user.can("hold-clinical") else Action.HOLD
    resume = Action.RESUME_CLINICAL if request.user.actor.role in PHARMACISTS else Action.RESUME
    return {
        "rx": row,
        "patient": banner_of(row, clock.today()),
        "work": work,
        "ageing": ageing(row.stage, row.due_at, row.changed_at, clock.now()),
        "due_clock": clock_text(row.due_at, clock.today()),
        "concerns": list(open_concerns(row)) if work.open_concerns else [],
        "sent_back": _sent_back(row),
        "undecided": work.undecided_findings,
        "changes_due": work.changes_due,
        "concern_kinds": keyed(Concern.KINDS),
        "certainties": Concern.CERTAINTIES,
        "hold_reasons": keyed(
            [(r.code, r.text) for r in HOLD_REASONS.values() if clinical is not Action.HOLD or not r.is_clinical]
        ),
        "holding": why_not(work, clinical, request),
        "resuming": why_not(work, resume, request),
        "original": _address("exchange:original", row),
        "review": _address("prescriptions:review", row),
        "entry_page": _address("prescriptions:entry", row),
        "overview": _address(_SHOW, row),
        "typed_before": typed_before(request),
    }


def _sent_back(row: Prescription) -> Event | None:
    """Why a pharmacist wants it entered again, while that is to be done."""
    if row.stage != Stage.RECEIVED or row.entered_by_id is None:
        return None
    return history_of(row).filter(action="prescriptions.send_back").last()


def keyed(choices: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Each choice with its key: 1 to 9, then 0."""
    return [(key, code, text) for key, (code, text) in zip("1234567890", choices, strict=False)]


def why_not(work: Work, action: Action, request: HttpRequest) -> list[str]:
    """The sentences that stand between this person and an action; empty when they can take it."""
    return [r.text for r in refusals(work, action, request.user.actor)]


def seen_version(request: HttpRequest) -> int:
    """The version of the prescription that the person saw when the form was made. Raises Refused without one."""
    try:
        return int(request.POST["version"])
    except (KeyError, ValueError) as error:
        raise refuse("version", "The page is incomplete: reload it and try again.") from error


def go_on(request: HttpRequest, row: Prescription, done: str = "Done") -> HttpResponse:
    """After a step: the next prescription of the stage that `row` stood in opens by itself; without one, the queue.

    `row` is the prescription as it was before the step (actions return a fresh one and leave this as it was). `done`
    is the word for what was done: "Approved".
    """
    after = following(request, row)
    said = f"Rx {row.rx_number}: {done[:1].lower()}{done[1:]}."
    if after is not None:
        messages.success(request, f"{said} This is the next one, Rx {after.rx_number}.")
        return go_to(request, page_of(after))
    messages.success(request, f"{said} Nothing else waits at this step.")
    return go_to(request, queue_page())


def following(request: HttpRequest, row: Prescription, *, is_skipping: bool = False) -> Prescription | None:
    """The one of the same stage due first that this person can go on with; when skipping, due first after this one.

    Left out for people who cannot decide: what waits for an answer or, past its review, for a decision. And what the
    person may not check.
    """
    rows = Prescription.objects.filter(stage=row.stage).exclude(pk=row.pk)
    if is_skipping:
        rows = rows.filter(Q(due_at__gt=row.due_at) | Q(due_at=row.due_at, pk__gt=row.pk))
    if not request.user.can("decide"):
        rows = rows.exclude(concerns__in=Concern.objects.filter(answered_at=None))
        rows = rows.exclude(pk__in=stopped().order_by().values("pk"))
    if row.stage == Stage.FILLED:
        rows = rows.exclude(filled_by=request.user)
    return rows.order_by("due_at", "pk").first()


def queue_page() -> str:
    """The address of the queue."""
    try:
        return reverse("dispensing:queue")
    except NoReverseMatch:
        return reverse("web:home")

"""The pages of decision: at admission and transfer the orders against the history, at discharge the list to go home."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from tallman.server.reconciliation import actions
from tallman.server.reconciliation.actions.deciding import Terms
from tallman.server.reconciliation.checked import checked_list
from tallman.server.reconciliation.comparison import Compared, Stay
from tallman.server.reconciliation.decision_page import (
    DecisionRow,
    decision_rows,
    discharge_rows,
    reasons_for,
    terms_of,
    unchanged,
    with_history,
)
from tallman.server.reconciliation.models import Decision, Encounter, Stage
from tallman.server.reconciliation.pages import address, find, seen_version, stay_context
from tallman.server.refusal import refuse
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["agree", "continue_unchanged", "decide", "decisions", "discharge", "propose", "sign", "withdraw"]


PROPOSED = ("disposition", "text", "directions", "until", "reason_code", "reason")


@require("read-patients")
@require_safe
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """The history against the orders, what differs, and what becomes of each medicine."""
    stay = find(pk)
    compared, rows = _rows(stay, _stage(stay.encounter))
    return render(request, "reconciliation/decisions.html", _context(request, stay, compared, rows))


@require("read-patients")
@require_safe
def discharge(request: HttpRequest, pk: int) -> HttpResponse:
    """From home through the hospital to home again, in the words that the patient will read."""
    stay = find(pk)
    compared, rows = _rows(stay, Stage.DISCHARGE)
    context = _context(request, stay, compared, rows)
    context["unchanged"] = unchanged(rows, stay.compared(Stage.ADMISSION)) if request.user.can("reconcile") else []
    context["staying_off"] = sum(row.is_off for row in context["unchanged"])
    context["going_on"] = len(context["unchanged"]) - context["staying_off"]
    context["is_going_home"] = bool(stay.encounter.discharge_planned_at or stay.encounter.discharged_at)
    return render(request, "reconciliation/discharge.html", context)


@require("reconcile")
@require_POST
@answered
def decide(request: HttpRequest, pk: int, stage: str, key: str) -> HttpResponse:
    """What becomes of one medicine. Then the next that waits."""
    stay = find(pk)
    terms = _terms(request, stay, stage, key)
    actions.decide(
        encounter=stay.encounter, stage=stage, key=key, terms=terms, by=request.user, seen=request.POST.get("seen")
    )
    return go_to(request, address(_page(stage), stay.encounter))


@require("reconcile")
@require_POST
@answered
def agree(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The prescriber agreed to put the orders right."""
    encounter = get_object_or_404(Encounter, pk=pk)
    who = request.POST.get("who", "")
    actions.agree(encounter=encounter, stage=_known(stage), who=who, by=request.user)
    return go_to(request, address(_page(stage), encounter))


@require("gather-history")
@require_POST
@answered
def propose(request: HttpRequest, pk: int, stage: str, key: str) -> HttpResponse:
    """What a technician would do about one medicine. Then the next."""
    stay = find(pk)
    terms = _terms(request, stay, stage, key)
    actions.propose(encounter=stay.encounter, stage=stage, key=key, terms=terms, by=request.user)
    return go_to(request, address(_page(stage), stay.encounter))


def _terms(request: HttpRequest, stay: Stay, stage: str, key: str) -> Terms:
    """What the form says about a row; with "proposed", what a technician proposes. Raises Refused when the row is no
    longer there."""
    compared, rows = _rows(stay, _known(stage))
    row = next((r for r in rows if r.key == key), None)
    if row is None:
        raise refuse("changed", "The lists say something else by now: look at the row again.")
    given = request.POST.dict()
    if "proposed" in given:
        proposal = row.row.proposal if row.row else None
        if proposal is None or str(proposal.pk) != given["proposed"]:
            raise refuse("changed", "Something else is proposed by now: look at the row again.")
        given |= {name: getattr(proposal, name) for name in PROPOSED}
    elif "directions" in given and not given["directions"].strip():
        raise refuse("directions", "Say how it is taken: the patient will read it.")
    return terms_of(row, given, has_orders=compared.has_orders)


@require("reconcile")
@require_POST
@answered
def continue_unchanged(request: HttpRequest, pk: int) -> HttpResponse:
    """What was given in hospital as at home goes on, as many medicines as were shown."""
    encounter = get_object_or_404(Encounter, pk=pk)
    keys = request.POST.getlist("key")
    actions.continue_all(encounter=encounter, stage=Stage.DISCHARGE, keys=keys, by=request.user)
    return go_to(request, address("discharge", encounter))


@require("reconcile")
@require_POST
@answered
def withdraw(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """A decision is taken back."""
    row = get_object_or_404(Decision.objects.select_related("encounter"), pk=decision, encounter=pk)
    actions.withdraw_decision(decision=row, by=request.user)
    return go_to(request, address(_page(row.stage), row.encounter))


@require("reconcile")
@require_POST
@answered
def sign(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The stage is signed: every difference has its reason or its correction."""
    encounter = get_object_or_404(Encounter, pk=pk)
    version = seen_version(request)
    signed = actions.sign_off(encounter=encounter, stage=_known(stage), version=version, by=request.user)
    messages.success(request, f"{signed.get_stage_display()} signed.")
    return go_to(request, address(_page(stage), encounter))


def _rows(stay: Stay, stage: Stage) -> tuple[Compared, list[DecisionRow]]:
    compared = stay.compared(stage)
    rows = discharge_rows(compared, stay.discharge(compared)) if stage is Stage.DISCHARGE else decision_rows(compared)
    return compared, with_history(rows, stay.encounter.history.all())


def _context(request: HttpRequest, stay: Stay, compared: Compared, rows: list[DecisionRow]) -> dict[str, Any]:
    current = _current(request, rows)
    return stay_context(request, stay) | {
        "compared_at": compared.stage,
        "rows": rows,
        "current": current,
        "choices": [(c, reasons_for(c.disposition)) for r in rows if r.id == current for c in r.choices],
        "verb": "reconciliation:decide" if request.user.can("reconcile") else "reconciliation:propose",
        "open_count": len(compared.open_rows),
        "orders_known": compared.has_orders or compared.stage is Stage.DISCHARGE,
        "is_signed": any(s.stage == compared.stage for s in stay.encounter.signed),
        "unagreed": compared.unagreed,
        "checked": checked_list(stay.screened(compared), compared.lines),
    }


def _current(request: HttpRequest, rows: list[DecisionRow]) -> str | None:
    """The row that is asked for, else the first that waits for what this person may do."""
    if not request.user.can("gather-history"):
        return None
    wanted = request.GET.get("row", "")
    waits = [row.id for row in rows if (row.is_open if request.user.can("reconcile") else row.waits)]
    return next(iter([row.id for row in rows if row.id == wanted] + waits), None)


def _stage(encounter: Encounter) -> Stage:
    """What the page of orders compares for: the transfer that waits, else the admission."""
    return Stage.TRANSFER if encounter.stage is Stage.TRANSFER else Stage.ADMISSION


def _page(stage: str) -> str:
    return "discharge" if stage == Stage.DISCHARGE else "decisions"


def _known(stage: str) -> Stage:
    if stage not in Stage.values:
        raise refuse("stage", "This is no stage of a stay.")
    return Stage(stage)

"""`tallman reconcile`: lists of one person's medicines held against the orders, without the server.

Whatever happens, lists that were not held against each other are never taken for lists without a difference: there is
an "error" instead, and the exit status is 2.
"""

from __future__ import annotations

import gc
import json
import sys
from datetime import date, datetime
from typing import Any

import click

from tallman.cli._lists import Refused, read_files, warning_as_object
from tallman.core.reconciliation.adherence import adherence_of
from tallman.core.reconciliation.difference import Difference, DifferenceType, Match, Proposal, Reconciliation
from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.reconcile import reconcile

__all__ = ["as_object", "command"]

NOTHING, OPEN, UNREADABLE = 0, 1, 2
_TYPES = {DifferenceType.DURATION: "frequency"}
"""How long a course lasts is printed as part of how often it is taken."""


@click.command("reconcile")
@click.argument("history", metavar="HISTORY...", nargs=-1, required=True)
@click.argument("orders", metavar="ORDERS")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--on", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge on, YYYY-MM-DD.")
def command(history: tuple[str, ...], orders: str, as_json: bool, on: datetime | None) -> None:
    """Hold what a patient takes against the orders. Each file is a FHIR R4 Bundle, List or document.

    Several HISTORY files are several sources (interview, fills, record …). The day is that of ORDERS unless given.
    Exit status: 0 nothing to decide, 1 something to decide or that could not be compared,
    2 a file could not be read.
    """
    gc.disable()  # The knowledge stays until the end.
    try:
        sys.exit(_reconciled(history, orders, on, as_json=as_json))
    finally:
        gc.freeze()
        gc.enable()


def _reconciled(history: tuple[str, ...], orders: str, on: datetime | None, *, as_json: bool) -> int:
    try:
        read = read_files(history, (orders,))
    except Refused as error:
        return _refused(str(error), as_json=as_json)
    result = reconcile(
        [lists for source in read.history for lists in source.lists],
        read.orders[0].lists[0],
        read.knowledge,
        on=read.day(on),
        patient=read.patient(),
    )
    if as_json:
        found = as_object(result) | {"warnings": [warning_as_object(*w) for w in read.warnings]}
        click.echo(json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        from tallman.cli._reconciliation_page import show

        show(result)
    return OPEN if result.open_differences or result.not_compared else NOTHING


def _refused(text: str, *, as_json: bool) -> int:
    click.echo(json.dumps({"error": text}) if as_json else text, err=not as_json)
    return UNREADABLE


def as_object(result: Reconciliation) -> dict[str, Any]:
    """The reconciliation as the JSON object that is printed."""
    return {
        "on": result.on.isoformat(),
        "pairs": [_pair(m) for m in result.pairs],
        "differences": [_difference(d) for d in result.differences],
        "proposed": [_proposal(p) for p in result.proposals],
        "not_compared": [
            {"left": _refs(n.left), "right": _refs(n.right), "what": n.what, "reason": n.reason}
            for n in result.not_compared
        ],
        "fills": [_fills(m, result.on) for m in result.matches if adherence_of(m.left, result.on)],
        "screening": _screening(result),
    }


def _refs(lines: tuple[Line, ...]) -> list[str]:
    return list(dict.fromkeys(line.ref for line in lines))


def _pair(match: Match) -> dict[str, Any]:
    return {
        "left": _refs(match.left),
        "right": _refs(match.right),
        "why": "; ".join(match.why),
        "confidence": match.confidence / 100,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "type": _TYPES.get(difference.type, difference.type.value),
        "left": list(difference.left_refs),
        "right": list(difference.right_refs),
        "intent": "explained" if difference.explained else "unexplained",
        "because": difference.because,
        "harm": difference.harm.value,
        "summary": difference.summary,
        "likely": difference.likely,
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "action": proposal.action.value,
        "left": _refs(proposal.left),
        "right": _refs(proposal.right),
        "medicine": proposal.medicine,
        "directions": proposal.directions,
        "sentence": proposal.sentence,
        "decided_by": "pharmacist",
    }


def _fills(match: Match, on: date) -> dict[str, Any]:
    found = adherence_of(match.left, on)
    assert found is not None
    return {
        "left": _refs(match.left),
        "last_filled": found.last_filled.isoformat(),
        "due": found.due.isoformat() if found.due else None,
        "late": found.is_late,
        "summary": found.words,
    }


def _screening(result: Reconciliation) -> dict[str, Any] | None:
    """The findings over the list that would result; None when it was not screened."""
    screening = result.screening
    if screening is None:
        return None
    findings = [
        {"order": f.order, "code": f.code, "severity": f.severity.value, "summary": f.summary}
        for f in screening.findings
    ]
    missing = [{"order": n.order, "check": n.check, "reason": n.reason} for n in screening.not_checked]
    return {"findings": findings, "not_checked": missing}

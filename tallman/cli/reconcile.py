"""`tallman reconcile`: lists of one person's medicines held against the orders, without the server.

Whatever happens, lists that were not held against each other are never taken for lists without a difference: there is
an "error" instead, and the exit status is 2.
"""

from __future__ import annotations

import gc
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tallman.core.reconciliation.difference import Difference, Match, Reconciliation
from tallman.core.reconciliation.reconcile import reconcile
from tallman.interchange.fhir.lists import ListsRead, read_lists
from tallman.interchange.fhir.warnings import Unreadable
from tallman.knowledge.load import KnowledgeError, load

__all__ = ["as_object", "command"]

NOTHING, OPEN, UNREADABLE = 0, 1, 2


@click.command("reconcile")
@click.argument("history", metavar="HISTORY...", nargs=-1, required=True)
@click.argument("orders", metavar="ORDERS")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--on", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge on, YYYY-MM-DD.")
def command(history: tuple[str, ...], orders: str, as_json: bool, on: datetime | None) -> None:
    """Hold what a patient takes against the orders. Each file is a FHIR R4 Bundle with the lines of a list.

    Several HISTORY files are several sources (interview, fills, record …). The day is that of ORDERS unless given.
    Exit status: 0 nothing to decide, 1 a difference that nothing explains, 2 a file could not be read.
    """
    gc.disable()  # The knowledge stays until the end.
    try:
        sys.exit(_reconciled(history, orders, on.date() if on else None, as_json=as_json))
    finally:
        gc.freeze()
        gc.enable()


def _reconciled(history: tuple[str, ...], orders: str, on: date | None, *, as_json: bool) -> int:
    try:
        knowledge = load()
        name = orders
        sources: list[ListsRead] = []
        for name in history:
            sources.append(read_lists(Path(name).read_bytes(), knowledge, name))
        name = orders
        ordered = read_lists(Path(name).read_bytes(), knowledge, name, is_orders=True)
    except KnowledgeError as error:
        return _refused(f"The knowledge cannot be used: {error}", as_json=as_json)
    except OSError as error:
        return _refused(f"{name}: {error.strerror or type(error).__name__}", as_json=as_json)
    except Unreadable as error:
        return _refused(f"{name}: {error}", as_json=as_json)
    days = [on, ordered.on, *(s.on for s in sources)]
    result = reconcile(
        [lists for s in sources for lists in s.lists],
        ordered.lists[0],
        knowledge,
        on=next((d for d in days if d), datetime.now().astimezone().date()),
        patient=ordered.patient or next((s.patient for s in sources if s.patient), None),
    )
    if as_json:
        click.echo(json.dumps(as_object(result), ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        click.echo("\n".join(f"{d.type}: {d.summary} {d.because}" for d in result.differences))
    return OPEN if result.open_differences else NOTHING


def _refused(text: str, *, as_json: bool) -> int:
    click.echo(json.dumps({"error": text}) if as_json else text, err=not as_json)
    return UNREADABLE


def as_object(result: Reconciliation) -> dict[str, Any]:
    """The reconciliation as the JSON object that is printed."""
    return {
        "on": result.on.isoformat(),
        "pairs": [_pair(m) for m in result.pairs],
        "differences": [_difference(d) for d in result.differences],
        "proposed": [],
    }


def _pair(match: Match) -> dict[str, Any]:
    return {
        "left": list(dict.fromkeys(line.ref for line in match.left)),
        "right": list(dict.fromkeys(line.ref for line in match.right)),
        "why": "; ".join(match.why),
        "confidence": match.confidence / 100,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "type": difference.type.value,
        "left": list(difference.left_refs),
        "right": list(difference.right_refs),
        "intent": "explained" if difference.explained else "unexplained",
        "because": difference.because,
        "harm": difference.harm.value,
        "summary": difference.summary,
    }

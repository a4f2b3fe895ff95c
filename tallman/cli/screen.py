"""`tallman screen`: the screening engine over FHIR Bundles, without the server."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tallman.core.screening.finding import Finding, NotChecked
from tallman.core.screening.screen import Screening, screen
from tallman.interchange.fhir.case import UnreadableBundle, read_case
from tallman.knowledge.load import load

NOTHING, INTERRUPTIVE, UNREADABLE = 0, 1, 2


@click.command("screen")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file and line.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to screen on (default: the Bundle's).")
def command(files: tuple[Path, ...], as_json: bool, on: datetime | None) -> None:
    """Screen the draft orders of FHIR R4 Bundles.

    Exit status: 0 nothing interruptive, 1 something a pharmacist must decide, 2 a file could not be read.
    """
    knowledge = load()
    status = NOTHING
    for path in files:
        try:
            case, warnings = read_case(path.read_bytes(), knowledge, on=on.date() if on else None)
        except (OSError, UnreadableBundle) as error:
            status = UNREADABLE
            _say_unreadable(path, error, as_json)
            continue
        result = screen(case, knowledge)
        if result.is_interruptive and status != UNREADABLE:
            status = INTERRUPTIVE
        orders = [(o.id, o.medicine.name) for o in case.proposed]
        if as_json:
            print(json.dumps(as_object(path, orders, result, [str(w) for w in warnings]), ensure_ascii=False))
        else:
            _show(path, orders, result, [str(w) for w in warnings])
    sys.exit(status)


def _say_unreadable(path: Path, error: Exception, as_json: bool) -> None:
    reason = error.strerror or "" if isinstance(error, OSError) else str(error)
    if as_json:
        print(json.dumps({"file": str(path), "error": reason}, ensure_ascii=False))
    else:
        click.echo(f"{path}: could not be read: {reason}", err=True)


def about(order: str, answer: Finding | NotChecked) -> bool:
    """Whether an answer concerns an order: as its subject, or as a partner in a pair of new orders."""
    return answer.order == order or (isinstance(answer, Finding) and order in answer.others)


def as_object(path: Path, orders: list[tuple[str, str]], result: Screening, warnings: list[str]) -> dict[str, Any]:
    """The screening as the JSON object that is printed."""
    return {
        "file": str(path),
        "on": result.on.isoformat(),
        "knowledge": {"version": result.knowledge_version, "sha256": result.knowledge_sha256},
        "orders": [
            {
                "order": id,
                "medicine": name,
                "findings": [_finding(f) for f in result.findings if about(id, f)],
                "not_checked": [
                    {"check": n.check, "reason": n.reason} for n in dict.fromkeys(result.not_checked) if about(id, n)
                ],
            }
            for id, name in orders
        ],
        "warnings": warnings,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "category": finding.category.value,
        "severity": finding.severity.value,
        "summary": finding.summary,
        "evidence": list(finding.evidence),
        "advice": finding.advice,
        "sources": [{"title": s.title, "section": s.section, "date": s.date} for s in finding.sources],
        "with": list(finding.others),
        "rule": finding.rule,
        "reviewed": finding.reviewed,
    }


_STYLE = {"critical": "bold white on red", "high": "bold red", "moderate": "yellow", "low": "dim"}


def _show(path: Path, orders: list[tuple[str, str]], result: Screening, warnings: list[str]) -> None:
    """The page a technician reads in a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(f"{path}  screened for {result.on}, knowledge {result.knowledge_version}", style="dim"))
    for warning in warnings:
        console.print(Text(f"  note: {warning}", style="yellow"))
    for id, name in orders:
        console.print(Text(f"\n{name}", style="bold"))
        findings = [f for f in result.findings if about(id, f)]
        missing = [n for n in dict.fromkeys(result.not_checked) if n.order == id]
        for finding in findings:
            console.print(
                Text.assemble("  ", (f" {finding.severity.upper()} ", _STYLE[finding.severity]), " ", finding.summary)
            )
            for line in finding.evidence:
                console.print(Text(f"      {line}"))
            console.print(Text(f"      do: {finding.advice}"))
            signed = "signed by a pharmacist" if finding.reviewed else "not yet reviewed by a pharmacist"
            sources = "; ".join(str(s) for s in finding.sources)
            console.print(Text(f"      source: {sources} ({signed})", style="dim"))
        for gap in missing:
            console.print(Text.assemble("  ", (" NOT CHECKED ", "black on yellow"), f" {gap.check}: {gap.reason}"))
        if not findings and not missing:
            console.print(Text(f"  clear: {', '.join(result.ran)} looked and found nothing", style="green"))

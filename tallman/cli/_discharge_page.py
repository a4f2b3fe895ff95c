"""A discharge as a page to read: what is undecided first, then what changes, then what stays."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from tallman.core.received import ReadWarning
from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.papers import Discharge, reason_of

__all__ = ["show"]

_STYLES = {Change.UNDECIDED: "bold red", Change.NEW: "green", Change.CHANGED: "yellow", Change.STOPPED: "red"}
_WIDE = max(len(change) for change in Change) + 1


def show(discharge: Discharge, language: str, warnings: Iterable[tuple[str, ReadWarning]]) -> None:
    """Print the page."""
    console = Console(soft_wrap=True)
    console.print(Text(f"Discharge of {discharge.made_on.isoformat()}: {len(discharge.rows)} medicines", "bold"))
    for row in (*discharge.undecided, *(r for r in discharge.rows if r.change is not Change.UNDECIDED)):
        _row(console, row, language)
    for file, warning in warnings:
        console.print(Text(f"Not understood: {file}: {warning.where}: {warning.text}", "dim"))


def _row(console: Console, row: DischargeRow, language: str) -> None:
    console.print(Text.assemble((f"{row.change.upper():<{_WIDE}}", _STYLES.get(row.change, "dim")), row.said(language)))
    reason = reason_of(row, language)
    told = [*reason.plain, f"“{reason.written}”" if reason.written else ""]
    if any(told):
        console.print(Text(f"{'':<{_WIDE}}{' '.join(filter(None, told))}", "dim"))

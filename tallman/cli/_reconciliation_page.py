"""A reconciliation as a page to read: what a pharmacist must decide first, then what is explained, then the rest."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tallman.core.reconciliation.adherence import adherence_of
from tallman.core.reconciliation.difference import Difference, Match, Reconciliation

__all__ = ["show"]

_STYLES = {"high": "bold red", "moderate": "yellow", "low": "dim"}


def show(result: Reconciliation) -> None:
    """Print the page."""
    console = Console(soft_wrap=True)
    open_ones = result.open_differences
    console.print(
        Text(f"Reconciliation of {result.on.isoformat()}: {len(result.pairs)} medicines on both sides", "bold")
    )
    _section(console, "To be decided by a pharmacist", open_ones)
    _section(console, "Explained", [d for d in result.differences if d.explained])
    for gap in result.not_compared:
        names = ", ".join(dict.fromkeys(line.name for line in (*gap.left, *gap.right)))
        console.print(Text(f"Not compared: the {gap.what} of {names}: {gap.reason}", "bold"))
    console.print(_pairs(result))
    if result.screening and result.screening.is_interruptive:
        urgent = [f for f in result.screening.findings if f.severity.is_interruptive]
        console.print(Text("The list that would result", "bold"))
        for finding in urgent:
            console.print(Text(f"  {finding.severity}: {finding.summary}"))


def _section(console: Console, title: str, differences: Iterable[Difference]) -> None:
    rows = list(differences)
    if not rows:
        return
    console.print(Text(f"{title}: {len(rows)}", "bold"))
    for row in rows:
        console.print(Text.assemble("  ", (f"{row.harm} harm", _STYLES[row.harm]), f"  {row.type}: {row.summary}"))
        console.print(Text(f"      {row.because}", "dim"))


def _pairs(result: Reconciliation) -> Table:
    table = Table("history", "orders", "why", "sure", "fills", box=None, header_style="bold")
    for match in result.pairs:
        table.add_row(
            _side(match, "left"),
            _side(match, "right"),
            "; ".join(match.why),
            f"{match.confidence} %",
            _fills(match, result),
        )
    return table


def _side(match: Match, side: str) -> str:
    return "\n".join(dict.fromkeys(f"{line.name}: {line.order.sig.text}" for line in getattr(match, side)))


def _fills(match: Match, result: Reconciliation) -> str:
    found = adherence_of(match.left, result.on)
    return found.words if found else ""

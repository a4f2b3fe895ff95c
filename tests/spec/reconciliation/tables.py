"""The chapters on reconciliation: what is taken, what is ordered, and what a careful colleague would say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.reconciliation.difference import Reconciliation
from tallman.core.reconciliation.line import Line, ListSource, SourceKind, State
from tallman.core.reconciliation.reconcile import reconcile
from tallman.core.sig import parse
from tallman.knowledge.load import read_yaml

__all__ = [
    "ON",
    "Chapter",
    "Row",
    "chapters",
    "list_of",
    "reconciled",
    "reconciliation_index",
    "reconciliation_page",
    "said",
]

HERE = Path(__file__).parent
ON = date(2026, 3, 2)


class Row(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One situation. A line is "medicine; directions", "medicine; directions; state; note". `said` is a list of
    "type, explained or unexplained[, harm]"; `second` is a list that is believed less than `taken`."""

    taken: list[str]
    ordered: list[str]
    said: list[str]
    second: list[str] = []


class Chapter(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One kind of thing that lists differ or agree in."""

    title: str
    text: str
    rows: list[Row]


def chapters() -> list[Chapter]:
    """The chapters in the order of their files."""
    return [read_yaml(path, Chapter) for path in sorted(HERE.glob("*.yaml"))]


def reconciled(row: Row, knowledge: Knowledge) -> Reconciliation:
    """What the program makes of a row."""
    history = [list_of("taken", SourceKind.INTERVIEW, row.taken, knowledge)]
    if row.second:
        history.append(list_of("second", SourceKind.RECORD, row.second, knowledge))
    return reconcile(history, list_of("ordered", SourceKind.HOSPITAL, row.ordered, knowledge), knowledge, on=ON)


def list_of(name: str, kind: SourceKind, texts: Sequence[str], knowledge: Knowledge) -> ListSource:
    """A list of lines as the tables write them."""
    return ListSource(name, kind, tuple(_line(f"{name} {n}", text, knowledge) for n, text in enumerate(texts, 1)))


def _line(ref: str, text: str, knowledge: Knowledge) -> Line:
    medicine, sig, state, note = [*(part.strip() for part in text.split(";")), "", "", ""][:4]
    order = Order(ref, identify(medicine, knowledge), parse(sig))
    return Line(ref, order, State(state or "active"), note)


def said(result: Reconciliation, *, with_harm: bool) -> list[str]:
    """The differences as the tables write them."""
    found = []
    for difference in result.differences:
        words = [difference.type.value, "explained" if difference.explained else "unexplained"]
        found.append(", ".join([*words, *([difference.harm.value] if with_harm else [])]))
    return sorted(found)


def reconciliation_page() -> str:
    """All chapters as one page of the manual."""
    lines = ["# Reconciliation", "", INTRODUCTION, ""]
    for chapter in chapters():
        lines += [f"## {chapter.title}", "", chapter.text.strip(), "", "| taken | ordered | said |", "|---|---|---|"]
        for row in chapter.rows:
            taken = [*row.taken, *(f"(a second list) {text}" for text in row.second)]
            lines.append(f"| {_cell(taken)} | {_cell(row.ordered)} | {_cell(row.said) or 'no difference'} |")
        lines.append("")
    return "\n".join(lines)


def _cell(texts: Sequence[str]) -> str:
    return "<br>".join(text.replace("|", "/") for text in texts)


def reconciliation_index() -> str:
    """The line of the manual's first page."""
    return f"- [Reconciliation](reconciliation.md): {sum(len(c.rows) for c in chapters())} pairs of lists\n"


INTRODUCTION = (
    "What a patient takes beside what is ordered. A line is the medicine, its directions, and where they matter its "
    "state and the note beside it, apart by semicolons. *Explained* means that something written beside the order says "
    "why; everything else waits for a pharmacist. Each row is run through the program by the tests."
)

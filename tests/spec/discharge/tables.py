"""The chapter on going home: three lists, what becomes of each medicine, and what the patient reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.discharge import DischargeRow, at_discharge
from tallman.core.reconciliation.line import SourceKind
from tallman.knowledge.load import load, read_yaml
from tests.spec.reconciliation.tables import list_of

__all__ = ["Row", "discharge_index", "discharge_page", "discharged", "rows", "told"]

HERE = Path(__file__).parent


class Row(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One situation, its lines written as in the chapters on reconciliation. `told` has "change" or "change: reason"
    for each medicine; `en` and `es` are what the patient reads of the only one, empty where the table leaves it out."""

    taken: list[str]
    hospital: list[str]
    home: list[str]
    told: list[str]
    en: str = ""
    es: str = ""


def rows() -> list[Row]:
    """All of them, in their order."""
    return read_yaml(HERE / "going_home.yaml", list[Row])


def discharged(row: Row, knowledge: Knowledge) -> tuple[DischargeRow, ...]:
    """What the program makes of a row."""
    taken = list_of("taken", SourceKind.INTERVIEW, row.taken, knowledge)
    hospital = list_of("hospital", SourceKind.HOSPITAL, row.hospital, knowledge)
    home = list_of("home", SourceKind.DISCHARGE, row.home, knowledge)
    return at_discharge([taken], hospital, home, knowledge)


def told(found: Sequence[DischargeRow]) -> list[str]:
    """The changes as the tables write them."""
    return [f"{r.change}: {r.because}" if r.because else r.change.value for r in found]


def discharge_page() -> str:
    """The chapter as a page of the manual."""
    knowledge = load()
    head = "| taken | in hospital | going home | told | the patient reads |\n|---|---|---|---|---|"
    lines = ["# Going home", "", INTRODUCTION, "", head]
    for row in rows():
        said = [text for r in discharged(row, knowledge) for text in (r.said("en"), f"*{r.said('es')}*")]
        cells = (row.taken, row.hospital, row.home, row.told, said)
        lines.append(f"| {' | '.join('<br>'.join(texts).replace('|', '/') or '–' for texts in cells)} |")
    return "\n".join([*lines, ""])


def discharge_index() -> str:
    """The line of the manual's first page."""
    return f"- [Going home](discharge.md): {len(rows())} situations\n"


INTRODUCTION = (
    "What was taken before, what was ordered in hospital, and what is ordered for home. Only what the list for home says "
    "is settled, and a stop in hospital with its reason; everything else is *undecided*, and the patient's list is a draft "
    "until somebody has asked. Each row is run through the program by the tests."
)

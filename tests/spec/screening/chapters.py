"""The clinical manual, executable: one chapter for each check, rows of patients, medicines and what must be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding
from tallman.core.screening.screen import screen
from tallman.knowledge import schema
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import read_yaml

__all__ = ["CHAPTERS", "Chapter", "Row", "answers", "chapter_page", "chapters", "index_page"]

HERE = Path(__file__).parent
CHAPTERS = sorted(path.stem for path in HERE.glob("*.yaml"))


class Row(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One situation. `says` lists "CODE severity", or "clear", or "not checked: words of the reason"."""

    name: str
    case: schema.ExampleEntry
    says: list[str]
    allergies_asked: bool = True
    born_known: bool = True


class Chapter(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What one check looks at, in a few sentences, and its table. A `quiet` check reads the text alone: it can always
    look, and never stops a prescription."""

    check: str
    title: str
    text: str
    rows: list[Row]
    quiet: bool = False


def chapters() -> list[Chapter]:
    """Every chapter, in the order of their names."""
    return [read_yaml(HERE / f"{name}.yaml", Chapter) for name in CHAPTERS]


def case(row: Row, knowledge: Knowledge) -> Case:
    """The row as a case; no allergies asked for, and no birth date, where the row says so."""
    made = case_of(row.case, knowledge)
    patient = made.patient if row.allergies_asked else replace(made.patient, allergies=None)
    return replace(made, patient=patient if row.born_known else replace(patient, birth_date=None))


def answers(row: Row, check: str, knowledge: Knowledge) -> list[str]:
    """What the checks say of the chapter's own matter, in the words of `says`: the real engine, all checks."""
    result = screen(case(row, knowledge), knowledge)
    own = {f"{f.code} {f.severity.value}" for f in result.findings if _belongs(f, check)}
    own |= {f"not checked: {n.reason}" for n in result.not_checked if n.check == check}
    return sorted(own) or ["clear"]


_OF_DIRECTIONS = (
    "DISCREPANCY-CODED",
    "DISCREPANCY-NOTE",
    "DISCREPANCY-UNIT",
    "DISCREPANCY-STRENGTH",
    "DISCREPANCY-DOSE",
    "DISCREPANCY-UNCLEAR",
)


def _belongs(finding: Finding, check: str) -> bool:
    if finding.category is Category.INTERACTION:
        return check == ("burden" if finding.code.startswith("BURDEN-") else "interaction")
    if finding.category is Category.LOOKALIKE:
        return check == ("identity" if finding.code.startswith("IDENTITY-") else "lookalike")
    if finding.category is Category.DISCREPANCY:
        return check == ("directions" if finding.code.startswith(_OF_DIRECTIONS) else "discrepancy")
    if finding.category is Category.CONDITION:
        return check == ("liver" if finding.rule.startswith("LIVER-") else "condition")
    if finding.category is Category.FREQUENCY:
        return check == ("hour" if finding.code.startswith("HOUR-") else "frequency")
    if finding.category in (Category.DOSE_LOW, Category.DOSE_HIGH):
        own = {"BURDEN-": "burden", "OPIOID": "opioid", "DOSE-START": "start", "DOSE-DAILY-LOW": "low", "RATE-": "rate"}
        return check == next((name for code, name in own.items() if finding.code.startswith(code)), "dose")
    return finding.category.value.startswith({"kidney": "renal"}.get(check, check))


def chapter_page(chapter: Chapter) -> str:
    """The chapter as a page of the manual."""
    lines = [f"# {chapter.title}", "", chapter.text.strip(), ""]
    lines += ["| situation | patient | takes | new | says |", "|---|---|---|---|---|"]
    for row in chapter.rows:
        cells = [row.name, _patient(row), "<br>".join(row.case.current) or "nothing", _new(row), "<br>".join(row.says)]
        lines.append(f"| {' | '.join(c.replace('|', '/') for c in cells)} |")
    return "\n".join(lines) + "\n"


def _patient(row: Row) -> str:
    entry = row.case
    allergies = ", ".join(entry.allergies) or "none known"
    said = [
        _age(entry) if row.born_known else "birth date not known",
        entry.sex or "",
        entry.weight or "",
        entry.height or "",
        {True: "pregnant", False: "not pregnant"}.get(entry.pregnant, ""),  # type: ignore[call-overload]
        {True: "breastfeeding", False: "not breastfeeding"}.get(entry.lactating, ""),  # type: ignore[call-overload]
        *(f"{lab} {text}" for lab, text in entry.labs.items()),
        f"conditions {', '.join(entry.conditions)}" if entry.conditions else "",
        f"allergies: {allergies if row.allergies_asked else 'not asked'}",
    ]
    return ", ".join(filter(None, said))


def _age(entry: schema.ExampleEntry) -> str:
    if entry.age_months is not None:
        return f"{entry.age_months} mo"
    return f"{entry.age} y" if entry.age is not None else "45 y"


def _new(row: Row) -> str:
    entry = row.case
    said = [
        entry.new,
        f"coded: {entry.coded}" if entry.coded else "",
        f"note: {entry.note}" if entry.note else "",
        entry.quantity and f"quantity {entry.quantity}",
        entry.days_supply and f"{entry.days_supply} days",
    ]
    said.append(f"for {', '.join(entry.reasons)}" if entry.reasons else None)
    return "; ".join(filter(None, said))


def index_page(all_chapters: list[Chapter]) -> str:
    """The first page of the manual."""
    lines = [
        "# The clinical manual",
        "",
        "What each check looks at and what it says, as tables that the tests run through the real engine. Written by "
        "`python -m tests.spec.manual`; never by hand. The knowledge behind it has not been signed by a pharmacist yet.",
        "",
    ]
    lines += [f"- [{c.title}]({c.check}.md): {len(c.rows)} situations" for c in all_chapters]
    return "\n".join(lines) + "\n"

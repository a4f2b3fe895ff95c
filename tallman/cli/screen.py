"""`tallman screen`: the screening engine over FHIR Bundles, without the server.

Whatever happens, a file that was not screened is never taken for one that is clear: it has an "error" and no
"orders", and the exit status is 2.
"""

from __future__ import annotations

import gc
import glob
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tallman.core.knowledge import Knowledge
from tallman.core.received import ReadWarning
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Finding, NotChecked
from tallman.core.screening.screen import Screening, screen
from tallman.interchange.fhir.case import UnreadableBundle, read_case
from tallman.interchange.fhir.orders import UNREAD
from tallman.knowledge.load import KnowledgeError, load

__all__ = ["about", "as_object", "command"]

NOTHING, INTERRUPTIVE, UNREADABLE = 0, 1, 2
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Screened:
    """One file and what came of it: a case with its screening, or the reason why there is none."""

    file: str
    case: Case | None = None
    result: Screening | None = None
    warnings: tuple[ReadWarning, ...] = ()
    error: str = ""

    @property
    def status(self) -> int:
        """The exit status this file asks for. A check that broke off asks for a pharmacist like a finding; a draft of
        which no medicine could be read, and a file without any draft, count as not read."""
        drafts = self.case.proposed if self.case else ()
        if self.result is None or not drafts or any(o.medicine == UNREAD for o in drafts):
            return UNREADABLE
        return INTERRUPTIVE if self.result.is_interruptive or self.result.failed else NOTHING


@click.command("screen")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file and line.")
@click.option("--on", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The day to screen on, YYYY-MM-DD.")
def command(files: tuple[str, ...], as_json: bool, on: datetime | None) -> None:
    """Screen the draft orders of FHIR R4 Bundles. FILE may be a folder, a pattern, or - for standard input.

    The day is the Bundle's timestamp unless given. Exit status: 0 nothing interruptive was found (what could not be
    checked is on the page, and is not clear), 1 something a pharmacist must decide, 2 a file or a draft in it could
    not be read, or there was no draft to screen.
    """
    gc.disable()  # The knowledge stays until the end: looking for garbage in it is a third of the time to start.
    try:
        sys.exit(_all_screened(files, on.date() if on else None, as_json=as_json))
    finally:
        gc.freeze()  # And the end of the process would look once more.
        gc.enable()


def _all_screened(files: tuple[str, ...], on: date | None, *, as_json: bool) -> int:
    """Screen and show every file; the exit status."""
    try:
        knowledge = load()
    except KnowledgeError as error:
        click.echo(f"The knowledge cannot be used: {error}", err=True)
        return UNREADABLE
    show = _print_object if as_json else _printer_of_pages()
    status = NOTHING
    for name in _named(files):
        screened = _screened(name, knowledge, on)
        show(screened)
        status = max(status, screened.status)
    return status


def _named(files: tuple[str, ...]) -> Iterator[str]:
    """Every file meant, each once: the JSON files of a folder and those that fit a pattern in order of their names."""
    found: dict[str, None] = {}
    for name in files:
        if name != STANDARD_INPUT and Path(name).is_dir():
            found |= dict.fromkeys(sorted(map(str, Path(name).rglob("*.json"))) or [name])
        elif glob.has_magic(name) and not Path(name).exists():
            found |= dict.fromkeys(sorted(glob.glob(name, recursive=True)) or [name])
        else:
            found[name] = None
    yield from found


def _screened(name: str, knowledge: Knowledge, on: date | None) -> Screened:
    try:
        case, warnings = read_case(_bytes(name), knowledge, on=on)
        return Screened(name, case, screen(case, knowledge), tuple(warnings))
    except OSError as error:
        if Path(name).is_dir():
            return Screened(name, error="there is no .json file in this folder")
        return Screened(name, error=error.strerror or type(error).__name__)
    except UnreadableBundle as error:
        return Screened(name, error=str(error))
    except Exception as error:
        return Screened(name, error=f"not screened, for a fault in Tallman ({type(error).__name__}): please report it")


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()


def about(order: str, answer: Finding | NotChecked) -> bool:
    """Whether an answer concerns an order: as its subject, or as a partner in a pair of new orders."""
    return answer.order == order or (isinstance(answer, Finding) and order in answer.others)


def as_object(screened: Screened) -> dict[str, Any]:
    """The screening as the JSON object that is printed; "file" and "error" alone for a file that was not screened."""
    case, result = screened.case, screened.result
    if case is None or result is None:
        return {"file": screened.file, "error": screened.error}
    return {
        "file": screened.file,
        "on": result.on.isoformat(),
        "knowledge": {"version": result.knowledge_version, "sha256": result.knowledge_sha256},
        "orders": [
            {
                "order": order.id,
                "medicine": order.medicine.name,
                "findings": [_finding(f) for f in result.findings if about(order.id, f)],
                "not_checked": [
                    {"check": n.check, "reason": n.reason}
                    for n in dict.fromkeys(result.not_checked)
                    if about(order.id, n)
                ],
            }
            for order in case.proposed
        ],
        "warnings": [{"code": w.code, "text": w.text, "where": w.where} for w in screened.warnings],
        "ran": list(result.ran),
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


def _print_object(screened: Screened) -> None:
    text = json.dumps(as_object(screened), ensure_ascii=False)
    # What is no text (half a character in a file's name) is written as JSON escapes it.
    click.echo(text.encode("utf-8", "backslashreplace"))


def _printer_of_pages() -> Callable[[Screened], None]:
    from tallman.cli._screening_page import Page

    page = Page()
    return lambda s: (
        page.show(s.file, s.case, s.result, s.warnings) if s.case and s.result else page.say_unreadable(s.file, s.error)
    )

"""`tallman discharge`: what changes for a patient who goes home, and the papers of it, without the server."""

from __future__ import annotations

import gc
import json
import sys
from datetime import date, datetime
from typing import Any

import click

from tallman.cli._discharge_papers import refusals
from tallman.cli._lists import FilesRead, Refused, read_files, warning_as_object
from tallman.core.label import Pharmacy
from tallman.core.received import ReceivedPatient
from tallman.core.reconciliation.discharge import DischargeRow, at_discharge
from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.papers import Discharge

__all__ = ["as_object", "command"]

SETTLED, OPEN, UNREADABLE = 0, 1, 2


@click.command("discharge")
@click.argument("before", metavar="BEFORE...", nargs=-1, required=True)
@click.argument("hospital", metavar="HOSPITAL")
@click.argument("after", metavar="AFTER")
@click.option("--pdf", metavar="FILE", help="Write the patient's list.")
@click.option("--letter", metavar="FILE", help="Write the letter to the next pharmacy and prescriber, as PDF.")
@click.option("--fhir", metavar="FILE", help="Write the same as a FHIR R4 document.")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", help="The language of the patient's list.")
@click.option("--large-print", is_flag=True, help="The patient's list in large letters.")
@click.option("--draft", is_flag=True, help="Print the list though something is undecided; DRAFT stands on every page.")
@click.option("--place", metavar="TEXT", envvar="TALLMAN_PHARMACY", default="", help='"name|address|phone".')
@click.option("--decided-by", metavar="NAME", multiple=True, help="Who decided; may be given again.")
@click.option("--admitted", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The day of the admission.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--on", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The day of the discharge, YYYY-MM-DD.")
def command(before: tuple[str, ...], hospital: str, after: str, on: datetime | None, **asked: Any) -> None:
    """Say of every medicine whether it is new, changed, stopped, paused, the same or only for the hospital.

    Each file is a FHIR R4 Bundle with the lines of a list: one or more from before the admission, the orders in
    hospital and those at discharge. Exit status: 0 everything is settled, 1 something is undecided or a paper was
    refused, 2 a file could not be read.
    """
    gc.disable()  # The knowledge stays until the end.
    try:
        sys.exit(_told(read_files(before, (hospital, after)), on, asked))
    except Refused as error:
        click.echo(json.dumps({"error": str(error)}) if asked["as_json"] else str(error), err=not asked["as_json"])
        sys.exit(UNREADABLE)
    finally:
        gc.freeze()
        gc.enable()


def _told(read: FilesRead, on: datetime | None, asked: dict[str, Any]) -> int:
    hospital, after = read.orders
    home = [lists for source in read.history for lists in source.lists]
    day = read.day(on)
    rows = at_discharge(home, hospital.lists[0], after.lists[0], read.knowledge)
    discharge = _discharge(read, rows, day, asked)
    refused = list(refusals(discharge, asked, read.sha256))
    if asked["as_json"]:
        warnings = [warning_as_object(*w) for w in read.warnings]
        found = as_object(discharge) | {"refused": refused, "warnings": warnings}
        click.echo(json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        from tallman.cli._discharge_page import show

        show(discharge, asked["language"], read.warnings)
        for text in refused:
            click.echo(text, err=True)
    return OPEN if refused or discharge.undecided else SETTLED


def _discharge(read: FilesRead, rows: tuple[DischargeRow, ...], day: date, asked: dict[str, Any]) -> Discharge:
    people = [one.person for one in read.newest_first if one.person]
    births = {p.birth_date for p in people if p.birth_date}
    if len(births) > 1:
        raise Refused("The files are not of one person: their birth dates differ.")
    name, address, phone = (*(part.strip() for part in asked["place"].split("|")[:3]), "", "", "")[:3]
    return Discharge(
        next((n for p in people if (n := _name(p))), ""), next(iter(births), None), day, Pharmacy(name, address, phone),
        rows, read.patient().allergies, asked["admitted"].date() if asked["admitted"] else None, day,
        asked["decided_by"],
    )  # fmt: skip


def _name(person: ReceivedPatient) -> str:
    return " ".join(filter(None, [person.given_names, person.family_name, person.suffix]))


def _medicine(row: DischargeRow) -> str:
    return " and ".join(dict.fromkeys(line.name for line in row.now_or_was))


def as_object(discharge: Discharge) -> dict[str, Any]:
    """The discharge as the JSON object that is printed."""
    return {
        "on": discharge.made_on.isoformat(),
        "rows": [_row(row) for row in discharge.rows],
        "undecided": [_medicine(row) for row in discharge.undecided],
    }


def _row(row: DischargeRow) -> dict[str, Any]:
    return {
        "change": row.change.value,
        "medicine": _medicine(row),
        "before": _refs(row.before),
        "hospital": _refs(row.hospital),
        "after": _refs(row.after),
        "sentence": row.said("en"),
        "sentence_es": row.said("es"),
        "because": row.because,
        "reasons": [r.value for r in row.reasons],
        "until": row.until.isoformat() if row.until else None,
        "compared": row.is_compared,
    }


def _refs(lines: tuple[Line, ...]) -> list[str]:
    return list(dict.fromkeys(line.ref for line in lines))

"""`tallman adt`: what a message about a stay says, a JSON object for each file."""

from __future__ import annotations

import sys
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import msgspec

from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.interchange.fhir import warnings as fhir
from tallman.interchange.fhir.encounters import read_encounter
from tallman.interchange.hl7v2 import warnings as hl7v2
from tallman.interchange.hl7v2.message import LARGEST
from tallman.interchange.hl7v2.read import read

__all__ = ["command"]

READ, UNREADABLE = 0, 2
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--zone", default="UTC", show_default=True, help="The time zone of times without an offset.")
def command(paths: tuple[Path, ...], zone: str) -> None:
    """Read ADT messages of HL7 v2 and Encounters of FHIR R4 (JSON), and print what each says. Nothing is kept.

    An object has `event` (null where nothing is to be done) and `warnings`, or `error` with `code` and `place`.
    Exit status 2 when a file could not be read.
    """
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.ClickException(f"There is no time zone {zone!r}: write one such as America/New_York.") from error
    objects = [_object(path, where) for path in paths]
    for one in objects:
        click.echo(_ENCODE(one))
    sys.exit(UNREADABLE if any("error" in one for one in objects) else READ)


def _object(path: Path, zone: tzinfo) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(5 * LARGEST)
    except OSError as error:
        return {"file": str(path), "error": error.strerror or "it cannot be read", "code": "NOT-OPENED", "place": ""}
    try:
        event = _event(content, zone)
    except hl7v2.Unreadable as refused:
        text = hl7v2.REFUSALS[refused.code].text
        return {"file": str(path), "error": text, "code": refused.code, "place": str(refused.place or "")}
    except fhir.Unreadable as refused:
        return {"file": str(path), "error": refused.sentence, "code": refused.code, "place": refused.where}
    said = msgspec.to_builtins(event) if event else None
    return {"file": str(path), "event": said, "warnings": said.pop("warnings") if said else []}


def _event(content: bytes, zone: tzinfo) -> EncounterEvent | None:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_encounter(content, zone)
    return read(content, zone).event

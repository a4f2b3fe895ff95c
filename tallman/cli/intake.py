"""`tallman intake`: messages out of files, by the same way as those that come over the network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from tallman.server.exchange.actions import Taken

__all__ = ["command"]

SENDER = "intake"
ACCEPTED, PARKED, NOT_OPENED = 0, 1, 2
Line = tuple[int, str, str]
"""Exit status, what became of the file in a word or two, and more about it."""


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...]) -> None:
    """Take in SCRIPT, FHIR and HL7 v2 messages from files and folders, whichever format each is in.

    A message that came before, over the network or from a file, is taken in once. Exit status 0 when every message
    was taken in, 1 when one waits as an exception, 2 when a file could not be opened or is no message.
    """
    from tallman.server.config.start import start

    start()
    console, worst = Console(highlight=False, soft_wrap=True), ACCEPTED
    for path, is_named in _files(paths):
        status, word, more = _taken_in(path, is_named=is_named)
        worst = max(worst, status)
        style = {ACCEPTED: "green", PARKED: "yellow", NOT_OPENED: "red"}[status]
        console.print(Text.assemble(str(path), "  ", (word, style), "  ", more))
    sys.exit(worst)


def _files(paths: tuple[Path, ...]) -> Iterator[tuple[Path, bool]]:
    """Each file, and whether it was named itself rather than found in a folder. Hidden files in folders are left."""
    for path in paths:
        if not path.is_dir():
            yield path, True
            continue
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not any(p.startswith(".") for p in inner.relative_to(path).parts):
                yield inner, False


def _taken_in(path: Path, *, is_named: bool) -> Line:
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.exchange.actions import take_in
    from tallman.server.exchange.formats import FORMATS, sniff

    try:
        with path.open("rb") as file:
            format = sniff(file.read(200))
            file.seek(0)
            content = file.read(FORMATS[format].largest + 1) if format else b""
    except OSError as error:
        return NOT_OPENED, "not opened", error.strerror or "it cannot be read"
    if format is None:
        return NOT_OPENED if is_named else ACCEPTED, "left alone", "it is no message of a kind that is known here"
    if len(content) > FORMATS[format].largest:
        return (
            NOT_OPENED,
            "too large",
            f"{FORMATS[format].name} messages have at most {FORMATS[format].largest:,} bytes",
        )
    return _line(take_in(format=format, content=content, sender=SENDER, by=SYSTEM))


def _line(taken: Taken) -> Line:
    from tallman.server.exchange import queries
    from tallman.server.exchange.reasons import reason

    message = taken.message
    before = "seen before" if taken.seen_before else ""
    if message.status == message.ACCEPTED:
        made = [f"Rx {rx.rx_number}" for rx in queries.prescriptions_of(message)]
        made += [f"{m.encounter}: {m.kind}" for m in queries.movements_of(message)]
        return ACCEPTED, before or "accepted", ", ".join(made)
    if message.status == message.SET_ASIDE:
        return ACCEPTED, before, f"set aside by {message.settled_by}"
    place = f" ({message.place})" if message.place else ""
    words = ", ".join(filter(None, [before, "waits as an exception"]))
    return PARKED, words, f"{reason(message.reason).text}{place}"

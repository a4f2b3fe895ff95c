"""`tallman sig`: what directions say, a JSON object or a plain line for each text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import click
import msgspec

from tallman.cli._standard_input import lines
from tallman.core.sig import Notation, Schedule, Sig, daily_use, parse, say, schedule
from tallman.core.sig.say_es import say_in_spanish
from tallman.interchange.fhir.dosage_out import dosages_of

__all__ = ["as_object", "command"]

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


@click.command("sig")
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per text and line.")
def command(texts: tuple[str, ...], as_json: bool) -> None:
    """Read each TEXT (or each line of standard input) as the directions of a prescription.

    Prints whether it was read, partly read or not read, what it says in plain words, the amount a day where all of it
    was read, what was not understood and error-prone ways of writing in it. The JSON carries FHIR R4 Dosage objects
    too, the same in Spanish where every word has a certain translation, and what was taken for notes and no directions.
    """
    for text in texts or _lines():
        sig = parse(text)
        click.echo(_ENCODE(as_object(sig)).decode() if as_json else _as_line(sig))


def _lines() -> Iterable[str]:
    return (line for line in lines() if line.strip())


def as_object(sig: Sig) -> dict[str, Any]:
    """The direction as the JSON object that is printed."""
    use, planned = daily_use(sig), schedule(sig)
    return {
        "text": sig.text,
        "status": sig.status.value,
        "language": sig.language,
        "dosage": dosages_of(sig),
        "plain": say(sig),
        "plain_es": say_in_spanish(sig),
        "schedule": _schedule(planned) if planned else None,
        "daily": {"low": _number(use.low), "high": _number(use.high), "unit": use.unit}
        if use and sig.is_read
        else None,
        "unread": [list(span) for span in sig.unread],
        "notes": [sig.text[first:last] for first, last in sig.remarks],
        "doubts": list(sig.doubts),
        "notations": [_notation(n) for n in sig.notations],
    }


def _schedule(planned: Schedule) -> dict[str, Any]:
    slots = {slot: dict(zip(("low", "high"), getattr(planned, slot), strict=True)) for slot in _SLOTS}
    return slots | {"unit": planned.unit, "exact": planned.is_exact}


_SLOTS = ("morning", "noon", "evening", "bedtime")


def _number(value: Any) -> Any:
    """A fraction as a whole number where it is one, else with four digits after the point."""
    return int(value) if value.denominator == 1 else round(float(value), 4)


def _notation(found: Notation) -> dict[str, Any]:
    return {f.name: getattr(found, f.name) for f in fields(found)}


def _as_line(sig: Sig) -> str:
    unread = ", ".join(repr(sig.text[first:last]) for first, last in sig.unread)
    parts = [sig.status.value, say(sig) or sig.text]
    if sig.is_read and (use := daily_use(sig)):
        parts.append(use.words)
    if unread:
        parts.append(f"not understood: {unread}")
    parts += sig.doubts
    parts += [f"{n.found!r}: {n.hazard}; write {n.safer}" for n in sig.notations]
    return " | ".join(parts)

"""`tallman knowledge show`: everything held on a medicine, with its sources."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from tallman.cli.knowledge._described import lines
from tallman.core.drug import Certainty, Medicine
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.search import universe_of
from tallman.knowledge.describe import Description, describe
from tallman.knowledge.load import load

NEAREST = 8
"""Look-alike names that are shown."""


@click.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--width", default=100, show_default=True, type=click.IntRange(60, 300), help="Columns of the text.")
def command(name: str, as_json: bool, width: int) -> None:
    """Show what is held on NAME: a medicine, a brand, an NDC or an RxCUI.

    Exit status 1 when it is not one medicine: what it could mean is told instead.
    """
    knowledge = load()
    medicine = identify(name, knowledge)
    if not medicine.is_known:
        _tell_unknown(medicine, knowledge, as_json=as_json)
        sys.exit(1)
    description = describe(tuple(i.name for i in medicine.ingredients), knowledge)
    near = nearest(description, medicine, knowledge)
    if as_json:
        print(json.dumps(as_object(medicine, description, near, knowledge), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(medicine, description, near, knowledge, width)))


def nearest(description: Description, medicine: Medicine, knowledge: Knowledge) -> tuple[str, ...]:
    """Names that the medicine, and the brand that was asked for, are taken for; each says when it is a known pair."""
    asked = dict.fromkeys(filter(None, [*description.ingredients, medicine.brand]))
    found = (n for name in asked for n in universe_of(knowledge).nearest(name, NEAREST))
    return tuple(dict.fromkeys(f"{n.name} (known to be confused)" if n.known else n.name for n in found))


def as_object(
    medicine: Medicine, description: Description, near: tuple[str, ...], knowledge: Knowledge
) -> dict[str, Any]:
    """The JSON object: what was asked, what it was taken for, and the description."""
    product = medicine.product
    return {
        "asked": medicine.text,
        "version": knowledge.version,
        "sha256": knowledge.sha256,
        "product": {"name": product.name, "rxcui": product.rxcui} if product else None,
        **asdict(description),
        "lookalikes": list(near),
    }


def _tell_unknown(medicine: Medicine, knowledge: Knowledge, *, as_json: bool) -> None:
    names = [knowledge.products[c].name if c in knowledge.products else c for c in medicine.candidates]
    near = [] if names else [n.name for n in universe_of(knowledge).nearest(medicine.text, NEAREST)]
    if as_json:
        print(json.dumps({"asked": medicine.text, "reason": medicine.reason, "candidates": names, "lookalikes": near}))
        return
    click.echo(f"{medicine.text}: {medicine.reason or 'not recognised'}.")
    if medicine.certainty is Certainty.AMBIGUOUS or names:
        click.echo("It may be:\n" + "\n".join(f"  {name}" for name in names))
    elif near:
        click.echo(f"Names like it: {', '.join(near)}.")

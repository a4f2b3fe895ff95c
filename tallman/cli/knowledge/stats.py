"""`tallman knowledge stats`: how far the knowledge reaches, by subject."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby

import click

from tallman.knowledge.coverage import Count, coverage
from tallman.knowledge.load import load


@click.command("stats")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day reviews are due on. The computer's day if left out."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object: version, hash, and the counts.")
def command(today: datetime | None, as_json: bool) -> None:
    """Count what is held: medicines, products, dose limits, rules, allergies, and who has signed them."""
    knowledge = load()
    counts = coverage(knowledge, today.date() if today else date.today())  # noqa: DTZ011
    if as_json:
        head = {"version": knowledge.version, "sha256": knowledge.sha256, "releases": list(knowledge.releases)}
        print(json.dumps(head | {"counts": [asdict(c) for c in counts]}, ensure_ascii=False))
    else:
        click.echo(f"{knowledge.version}  {knowledge.sha256}")
        _table(counts)


def _table(counts: Iterable[Count]) -> None:
    for subject, lines in groupby(counts, key=lambda c: c.subject):
        click.echo(f"\n{subject}")
        for line in lines:
            click.echo(f"  {line.what:<46}{line.count:>9,}{_share(line)}".rstrip())


def _share(line: Count) -> str:
    if not line.of:
        return ""
    percent = "<1%" if 0 < line.count / line.of < 0.005 else f"{line.count / line.of:.0%}"
    return f"{percent:>7} of {line.of:,}"

"""`tallman knowledge replay`: whether stored screenings still say the same with the versions they name."""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import datetime

import click


@click.command("replay")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only screenings of this day and later.")
def command(since: datetime | None) -> None:
    """Run every stored screening again, each with the version of the knowledge that it names.

    Exit status 1 when one says something else now, or its version is gone. Screenings are named by number, never by
    patient.
    """
    from tallman.server.config.start import start

    start()
    from tallman.server.prescriptions.again import Outcome, screened_again
    from tallman.server.prescriptions.models import Screening

    rows = Screening.objects.order_by("knowledge_sha256", "pk")
    counts: defaultdict[str, defaultdict[Outcome, int]] = defaultdict(lambda: defaultdict(int))
    for row in (rows.filter(on__gte=since.date()) if since else rows).iterator():
        again = screened_again(row)
        counts[f"{row.knowledge_version}  {row.knowledge_sha256}"][again.outcome] += 1
        if again.outcome is Outcome.DIFFERS:
            click.echo(f"screening {row.pk} differs in {', '.join(again.differing)}")
    for version, found in counts.items():
        told = ", ".join(f"{count:,} {outcome}" for outcome, count in found.items())
        click.echo(f"{version}: {told}{'; this version is not kept here any more' if Outcome.GONE in found else ''}")
    total = sum(sum(found.values()) for found in counts.values())
    click.echo(f"{total:,} screening{'s' * (total != 1)}.")
    sys.exit(any(outcome is not Outcome.SAME for found in counts.values() for outcome in found))

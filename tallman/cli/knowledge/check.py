"""`tallman knowledge check`: whether what is authored can be trusted, one problem a line."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from tallman.knowledge import checking
from tallman.knowledge.checking import release as releases
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.load import HERE, snapshot_folder

_WHERE = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("check")
@click.option("--folder", type=_FOLDER, default=HERE, help="A copy that you edit, instead of what is installed.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day reviews are due on. The computer's day if left out."
)
@click.option("--rxnorm", type=_WHERE, help="Hold every code against this RxNorm release: a folder or zip file.")
@click.option("--imported", is_flag=True, help="Hold every code against the RxNorm release that was imported.")
@click.option("--warnings", "every", is_flag=True, help="Tell every warning; else they are counted.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per problem and line, warnings too.")
def command(
    folder: Path, today: datetime | None, rxnorm: Path | None, imported: bool, every: bool, as_json: bool
) -> None:
    """Look through the authored files: form, words, codes, names, sources, limits, overlaps, reviews, examples.

    A line says file, record, what is wrong and what to do. Exit status 1 when there are errors; what is only to be
    known (a review that is due, a code that no release confirms) is a warning.
    """
    release = _release(rxnorm, imported=imported) if rxnorm or imported else None
    report = checking.check(folder, today.date() if today else date.today())  # noqa: DTZ011
    problems = list(report.problems)
    if release and report.book:
        problems += releases.check(report.book, release)
    if as_json:
        for problem in problems:
            print(json.dumps(asdict(problem), ensure_ascii=False))
    else:
        _tell(problems, every=every, is_whole=report.book is not None)
    sys.exit(any(not p.is_warning for p in problems))


def _release(path: Path | None, *, imported: bool) -> releases.Release | None:
    from tallman.knowledge.importers.release import UnusableRelease
    from tallman.knowledge.importers.store import facts_of

    if path:
        try:
            return releases.read(path)
        except (UnusableRelease, OSError) as error:
            raise click.ClickException(str(error)) from error
    facts = facts_of(snapshot_folder() / "releases", "rxnorm") if imported else None
    if imported and facts is None:
        raise click.ClickException("No RxNorm release is imported: run `tallman knowledge import rxnorm` first.")
    return releases.from_facts(facts) if facts else None


def _tell(problems: list[Problem], *, every: bool, is_whole: bool) -> None:
    errors = [p for p in problems if not p.is_warning]
    warnings = [p for p in problems if p.is_warning]
    for problem in [*errors, *(warnings if every else ())]:
        click.echo(str(problem))
    if not every:
        _count(warnings)
    if not is_whole:
        click.echo("Nothing else was looked at: run it again when these are gone.")
    click.echo(f"{len(errors)} error{'s' * (len(errors) != 1)}, {len(warnings)} warning{'s' * (len(warnings) != 1)}.")


def _count(warnings: Iterable[Problem]) -> None:
    """Warnings by kind, with one of each."""
    kinds = defaultdict(list)
    for problem in warnings:
        kinds[problem.code].append(problem)
    for code, found in sorted(kinds.items()):
        click.echo(f"{len(found):>6} {code:<20} {found[0]}")
    if kinds:
        click.echo("`--warnings` tells every one.")

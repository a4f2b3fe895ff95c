"""`tallman knowledge diff`: what another version of the knowledge changes, in records and for the demo's people."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime

import click

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Severity
from tallman.knowledge.differences import Said, Subject, records_that_differ, said_differently
from tallman.knowledge.load import KnowledgeError
from tallman.knowledge.versions import version_named
from tallman.server.demo.population import SEED, population
from tallman.server.prescriptions.replay import read

_MOST = 40
"""Records of one subject that are listed."""
_KINDS = ("appears", "disappears", "graver", "milder", "other words")


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day of the cases. The computer's day if left out."
)
@click.option("--seed", default=SEED, show_default=True, help="Who the demo's people are.")
@click.option("--examples", default=2, show_default=True, type=click.IntRange(0), help="People shown for each change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with everything.")
def command(old: str, new: str, today: datetime | None, seed: int, examples: int, as_json: bool) -> None:
    """Compare two versions of the knowledge.

    OLD and NEW are each "current" (what is in use here), "authored" (without what is imported), a folder of authored
    files, a snapshot file, or the hash of a version compiled here. The demo's synthetic people are screened with both.
    """
    try:
        before, after = version_named(old), version_named(new)
    except KnowledgeError as error:
        raise click.ClickException(str(error)) from error
    subjects = records_that_differ(before, after)
    cases = list(_cases(before, after, seed, today.date() if today else date.today()))  # noqa: DTZ011
    said = list(said_differently(cases, before, after))
    if as_json:
        print(json.dumps(_as_object(before, after, subjects, said, len(cases)), ensure_ascii=False))
        return
    click.echo(f"old  {before.version}  {before.sha256}\nnew  {after.version}  {after.sha256}\n")
    click.echo("\n".join([*_records(subjects), "", *_people(said, len(cases), examples)]))


def _cases(old: Knowledge, new: Knowledge, seed: int, on: date) -> Iterator[tuple[str, Case, Case]]:
    for brought in population(seed, on):
        yield f"{brought.who}: {brought.case['proposed'][0]['text']}", read(brought.case, old), read(brought.case, new)


def _as_object(
    old: Knowledge, new: Knowledge, subjects: Iterable[Subject], said: Iterable[Said], cases: int
) -> dict[str, object]:
    return {
        "old": {"version": old.version, "sha256": old.sha256},
        "new": {"version": new.version, "sha256": new.sha256},
        "records": [asdict(s) for s in subjects],
        "cases": cases,
        "findings": [asdict(s) for s in said],
    }


def _records(subjects: list[Subject]) -> Iterator[str]:
    """Every record that was added (+), removed (-) or changed (~, with its fields), by subject."""
    if not subjects:
        yield "Every record is the same."
    for subject in subjects:
        counts = ((len(subject.added), "added"), (len(subject.removed), "removed"), (len(subject.changed), "changed"))
        yield f"{subject.name}: {', '.join(f'{n:,} {what}' for n, what in counts if n)}"
        changed = tuple(f"{c.record}: {', '.join(c.fields)}" for c in subject.changed)
        for sign, names in (("+", subject.added), ("-", subject.removed), ("~", changed)):
            yield from (f"  {sign} {name}" for name in names[:_MOST])
            if len(names) > _MOST:
                yield f"  {sign} … {len(names) - _MOST:,} more (--json has all)"


def _people(said: list[Said], cases: int, examples: int) -> Iterator[str]:
    """Changes for people, those of one rule together, the gravest first, with examples."""
    counts = Counter(s.what for s in said)
    told = ", ".join(f"{counts[kind]:,} {kind}" for kind in _KINDS if counts[kind])
    yield f"{cases:,} cases of the demo's synthetic people: {told or 'nothing changes'}"
    groups: defaultdict[tuple[str, str, str, str], list[Said]] = defaultdict(list)
    for one in said:
        groups[one.what, one.code, one.was, one.now].append(one)
    for (what, code, was, now), found in sorted(groups.items(), key=lambda group: _order(*group[0])):
        change = f"{was} → {now}" if was and now and was != now else was or now
        yield f"  {len(found):>5,} {what:<11} {code}  {change}"
        yield from (f"        {one.who}\n          {one.text}" for one in found[:examples])


def _order(what: str, code: str, was: str, now: str) -> tuple[int, int, str]:
    ranks = [Severity(severity).rank for severity in (was, now) if severity in list(Severity)]
    return _KINDS.index(what), min(ranks, default=len(Severity)), code

"""`tallman rescreen`: everything that patients take, checked again with the knowledge in use."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tallman.server.prescriptions.models import Profile
    from tallman.server.prescriptions.profiles import Checked

_AT_ONCE = 250
"""Patients that a process takes at a time."""
_EXAMPLES = 5


@dataclass
class _Tally:
    """What came of all profiles."""

    profiles: int = 0
    medicines: int = 0
    in_part: int = 0
    changes: defaultdict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))


@click.command("rescreen")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to check on. The computer's day if left out.")
@click.option(
    "--processes", type=click.IntRange(1), help="How many at once. As many as there are processors if left out."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each profile that changed.")
def command(today: datetime | None, processes: int | None, as_json: bool) -> None:
    """Check every profile of active medicines again, keep what is found, and list what changed since the last time.

    For every night, and after another knowledge was put in use. The first time, everything that is found is new.
    Patients are named by number.
    """
    from tallman.server.config.start import start

    start()
    from tallman.server import knowledge_in_use
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.prescriptions.actions.profiling import note_profiles
    from tallman.server.prescriptions.profiles import with_medicines
    from tallman.server.web import clock

    on = today.date() if today else clock.today()
    knowledge, tally = knowledge_in_use.current(), _Tally()
    patients = with_medicines()
    with _progress(len(patients)) as advance:
        for done, checked in _checked(patients, on, processes or os.cpu_count() or 1):
            rows = note_profiles(checked=checked, on=on, knowledge=knowledge, by=SYSTEM)
            _count(tally, checked, rows)
            if as_json:
                _print(rows)
            advance(done)
    if not as_json:
        click.echo("\n".join(_told(tally, knowledge.version)))


def _checked(patients: Sequence[int], on: date, processes: int) -> Iterator[tuple[int, list[Checked]]]:
    """The profiles of all patients in lots, checked in several processes where that is worth it."""
    remaining = iter(patients)
    lots = list(iter(lambda: list(islice(remaining, _AT_ONCE)), []))
    if processes == 1 or len(lots) < 2:
        yield from (_lot((lot, on)) for lot in lots)
        return
    with multiprocessing.get_context("spawn").Pool(min(processes, len(lots)), _begin) as pool:
        yield from pool.imap(_lot, [(lot, on) for lot in lots])


def _begin() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallman.server.config.settings")
    django.setup()


def _lot(asked: tuple[list[int], date]) -> tuple[int, list[Checked]]:
    from tallman.server.prescriptions.profiles import checked

    patients, on = asked
    return len(patients), list(checked(patients, on))


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("Checking profiles"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.advance(task, done)


def _count(tally: _Tally, checked: Iterable[Checked], rows: Iterable[Profile]) -> None:
    for profile in checked:
        tally.profiles += 1
        tally.medicines += profile.medicines
        tally.in_part += bool(profile.not_checked)
    for row in rows:
        for change in row.changes:
            key = (change["what"], change["was"], change["severity"], change["code"], change["rule"])
            tally.changes[key].append(row.patient_id)


def _print(rows: Iterable[Profile]) -> None:
    for row in rows:
        if row.changes:
            print(json.dumps({"patient": row.patient_id, "changes": row.changes}, ensure_ascii=False))


def _told(tally: _Tally, version: str) -> Iterator[str]:
    counts = Counter(dict.fromkeys(("appears", "graver", "milder", "disappears"), 0))
    for (what, *_), patients in tally.changes.items():
        counts[what] += len(patients)
    changed = ", ".join(f"{n:,} {what}" for what, n in counts.items() if n) or "nothing changed"
    yield f"{tally.profiles:,} profiles, {tally.medicines:,} medicines, knowledge {version}: {changed}"
    if tally.in_part:
        yield f"  {tally.in_part:>6,} could not be checked in full: no finding there does not mean that all is well"
    for (what, was, severity, code, rule), patients in sorted(tally.changes.items(), key=_order):
        change = f"{was} → {severity}" if what in ("graver", "milder") else severity
        named = ", ".join(map(str, sorted(set(patients))[:_EXAMPLES]))
        more = ", …" if len(set(patients)) > _EXAMPLES else ""
        yield f"  {len(patients):>6,} {what:<10} {change:<18} {rule or code}  (patient {named}{more})"


def _order(item: tuple[tuple[str, ...], list[int]]) -> tuple[int, str, int]:
    from tallman.core.screening.finding import Severity

    (what, _, severity, *_), patients = item
    return Severity(severity).rank, what, -len(patients)

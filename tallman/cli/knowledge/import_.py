"""`tallman knowledge import`: a public release of drug data, kept beside what is authored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

import click

from tallman.knowledge.imported import unusable
from tallman.knowledge.importers.release import Report, UnusableRelease
from tallman.knowledge.importers.run import READERS, Imported, import_release
from tallman.knowledge.importers.rxnorm import ATTRIBUTION
from tallman.knowledge.load import load, snapshot_folder

_MOST_SHOWN = 10


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(READERS)))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--released", type=click.DateTime(["%Y-%m-%d"]), help="The day of the release, where it does not say it itself."
)
@click.option("--older", is_flag=True, help="Put it in place of a newer one that is there.")
def command(kind: str, path: Path, released: datetime | None, older: bool) -> None:
    """Import a release from PATH, the zip file or folder it was published as. It takes the place of an older one.

    rxnorm: RxNorm's current prescribable content or full release. ndc: the FDA's NDC directory, finished and unfinished
    drugs. dailymed-map: DailyMed's mapping of labels to RxNorm. drugsfda: the Drugs@FDA data files.
    """
    day = released.date() if released else None
    folder = snapshot_folder() / "releases"
    try:
        with _progress(kind) as (begin, advance):
            done = import_release(kind, path, folder, released=day, replace_newer=older, begin=begin, advance=advance)
    except UnusableRelease as error:
        hint = " Say --older to take this one." if "newer" in str(error) else ""
        raise click.ClickException(f"{error}{hint} Nothing was changed.") from error
    except OSError as error:
        raise click.ClickException(f"It could not be kept ({error.strerror}). Nothing was changed.") from error
    _tell(done, folder)


@contextmanager
def _progress(kind: str) -> Iterator[tuple[Callable[[int], object], Callable[[int], object]]]:
    """A bar on the terminal while the files are read."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("Reading {task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(kind, total=None)
        yield lambda total: bar.update(task, total=total), lambda read: bar.advance(task, read)


def _tell(done: Imported, folder: Path) -> None:
    header, knowledge = done.header, load()
    counts = ", ".join(f"{count:,} {what}" for what, count in header.counts.items())
    click.echo(f"{header.name}: {counts}.")
    _tell_of_rows(done.report, folder / f"{header.kind}.problems")
    for what in unusable(knowledge, snapshot_folder()) if header.kind == "rxnorm" else ():
        click.echo(f"No product could be made of {what}")
    click.echo(f"The knowledge is now {knowledge.version}: {len(knowledge.products):,} products.")
    if header.kind == "rxnorm":
        click.echo(f"\n{ATTRIBUTION}")


def _tell_of_rows(report: Report, problems: Path) -> None:
    """How many rows of each file were read and left out, and those that could not be used, each with its line."""
    left_out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (file, why), count in report.left_out.items():
        left_out[file][why] += count
    for file, count in report.rows.items():
        reasons = "; ".join(f"{n:,} {why}" for why, n in left_out[file].most_common())
        click.echo(f"  {PurePosixPath(file).name}: {count:,} rows" + (f", left out {reasons}" if reasons else ""))
    if not report.problems:
        problems.unlink(missing_ok=True)
        return
    click.echo(f"{len(report.problems):,} could not be used:")
    for problem in report.problems[:_MOST_SHOWN]:
        click.echo(f"  {problem}")
    if len(report.problems) > _MOST_SHOWN:
        problems.write_text("".join(f"{p}\n" for p in report.problems), encoding="utf-8")
        click.echo(f"  … all of them are in {problems}")

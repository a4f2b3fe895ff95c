"""`tallman knowledge use`: another authored version to work with, here and in a server that is running."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from tallman.core.knowledge import Knowledge
from tallman.knowledge import checking
from tallman.knowledge.choice import choose
from tallman.knowledge.load import KnowledgeError, load, load_authored, read_snapshot, snapshot_folder
from tallman.knowledge.versions import version_named

INSTALLED = "installed"


@click.command("use")
@click.argument("version")
def command(version: str) -> None:
    """Work with VERSION from now on: a folder of authored files, the hash of a version used before, or "installed".

    A folder is checked first and refused when it has errors; it is compiled, so that editing it changes nothing until
    it is put in use again. A server that is running takes the version up within seconds.
    """
    try:
        sha256 = None if version == INSTALLED else _authored(version).sha256
        choose(snapshot_folder(), sha256)
        knowledge = load()
    except KnowledgeError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{snapshot_folder()} cannot be written ({error.strerror}).") from error
    click.echo(f"The knowledge is now {knowledge.version}  {knowledge.sha256}")


def _authored(version: str) -> Knowledge:
    """The version in its compiled form. Raises KnowledgeError for what cannot be chosen."""
    folder = Path(version)
    if not folder.is_dir():
        knowledge = version_named(version)
        if read_snapshot(snapshot_folder() / f"{knowledge.sha256}.msgpack") is None:
            raise KnowledgeError(f"{version!r} holds imported releases: name the authored version it begins with")
        return knowledge
    report = checking.check(folder, date.today())  # noqa: DTZ011
    if report.errors:
        for problem in report.errors:
            click.echo(str(problem))
        click.echo(f"Not put in use: {len(report.errors)} error{'s' * (len(report.errors) != 1)}.")
        sys.exit(1)
    knowledge = load_authored(folder)
    if read_snapshot(snapshot_folder() / f"{knowledge.sha256}.msgpack") is None:
        raise KnowledgeError(f"{snapshot_folder()} cannot be written, so the version cannot be kept")
    return knowledge

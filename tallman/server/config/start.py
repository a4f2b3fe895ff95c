"""Bringing Django up for a command, on a database that is ready."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
import django

__all__ = ["migrate", "refusals", "start"]


def start() -> None:
    """Load the settings and the areas, and bring the tables up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallman.server.config.settings")
    try:
        django.setup()
    except ValueError as error:  # DATABASE_URL or TALLMAN_HOME that will not do
        raise click.ClickException(str(error)) from error
    migrate()


def migrate() -> None:
    """Run the migrations that have not run yet; looks only when there are none."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        known = connection.settings_dict
        where = known["NAME"] if connection.vendor == "sqlite" else f"{known['HOST']}:{known['PORT']}/{known['NAME']}"
        raise click.ClickException(f"The database {where} cannot be used: {error}".strip()) from error


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what an action refuses into a sentence and exit status 1."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error

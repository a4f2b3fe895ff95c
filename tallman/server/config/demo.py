"""Loading the demo pharmacy once, and knowing that it is loaded."""

from __future__ import annotations

import click
from django.conf import settings
from django.db import transaction

__all__ = ["is_loaded", "load"]


def is_loaded() -> bool:
    """Whether this installation holds the demo pharmacy. Every page then says so."""
    return bool(settings.SYNTHETIC_MARKER.exists())


def load() -> None:
    """Load people, patients, stock and prescriptions, all or nothing. Refuses when real people work here."""
    from tallman.server.accounts import demo as people
    from tallman.server.accounts.models import User
    from tallman.server.demo import generate

    if is_loaded() and User.objects.exists():
        return
    if User.objects.exists():
        raise click.ClickException(
            "This database is in use: the demo pharmacy is loaded into an empty one only. "
            "Leave out --demo, or name another folder: TALLMAN_HOME=demo-var tallman serve --demo."
        )
    with transaction.atomic():
        people.load()
        generate.load()
    settings.SYNTHETIC_MARKER.touch()

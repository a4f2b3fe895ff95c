"""The people of the demo pharmacy, one for each role, and its one machine."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tallman.server.accounts.actions import add_person, create_token
from tallman.server.accounts.models import ApiToken, User
from tallman.server.audit.actions import SYSTEM

__all__ = ["PASSWORD", "PEOPLE", "load", "token_file"]

PASSWORD = "tall-man-letters"  # printed at every start: it opens synthetic data on this machine only
TOKEN_NAME = "demo"

# username, display name, initials, role, license
PEOPLE = [
    ("theo", "Theo Brandt", "TB", "trainee", ""),
    ("tess", "Tess Okafor", "TO", "technician", "T-10441"),
    ("carla", "Carla Nunez, CPhT", "CN", "certified-technician", "T-08812"),
    ("priya", "Priya Raman, PharmD", "PR", "pharmacist", "P-22907"),
    ("ines", "Ines Haddad, PharmD", "IH", "pharmacist-in-charge", "P-19350"),
    ("adam", "Adam Lind", "AL", "administrator", ""),
]


def token_file() -> Path:
    """Where the demo machine's token is written."""
    return Path(settings.TALLMAN_HOME) / "demo-token"


@transaction.atomic
def load() -> None:
    """Add the demo people and the demo token where they are missing. A token in the file stays the demo's token."""
    for username, display_name, initials, role, license_number in PEOPLE:
        if not User.objects.filter(username=username).exists():
            add_person(
                username=username, display_name=display_name, initials=initials, role=role,
                license_number=license_number, password=PASSWORD, by=SYSTEM,
            )  # fmt: skip
    if not ApiToken.objects.filter(name=TOKEN_NAME).exists():
        before = token_file().read_text().strip() if token_file().exists() else ""
        _, plain = create_token(name=TOKEN_NAME, by=SYSTEM, plain=before)
        with os.fdopen(os.open(token_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(plain + "\n")

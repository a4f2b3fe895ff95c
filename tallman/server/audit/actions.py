"""Adding to the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models

from tallman.server.audit.chain import GENESIS, canonical, link
from tallman.server.audit.models import Event, Head
from tallman.server.web import clock

__all__ = ["SYSTEM", "Author", "record"]


class Author(Protocol):
    """Whoever does things: a person, a machine with a token, or the system itself."""

    @property
    def author_key(self) -> str: ...
    @property
    def author_name(self) -> str: ...


class _System:
    author_key = "system"
    author_name = "Tallman"


SYSTEM: Author = _System()


def record(
    *,
    action: str,
    by: Author,
    subject: models.Model | None,
    data: dict[str, Any] | None = None,
    patient: models.Model | None = None,
    at: datetime | None = None,
) -> Event:
    """Append one event to the chain, inside the caller's transaction, as its last step.

    `action` is `area.verb`; `data` holds facts that canonical JSON can hold (no floats). The patient is
    taken from `patient`, else from the subject's `patient_id`. Raises RuntimeError outside a transaction: an
    event must stand or fall with the deed. It takes the one lock that all writers share, so call it after the
    rows of the deed are locked.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.actions.record must run inside transaction.atomic().")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
    said = {
        "sequence": head.sequence + 1,
        "at": at or clock.now(),
        "actor": by.author_key,
        "actor_name": by.author_name,
        "action": action,
        "subject_type": subject._meta.label_lower if subject is not None else "",
        "subject_id": str(subject.pk) if subject is not None else "",
        "patient_id": _patient_id(patient, subject),
        "data_json": canonical(data or {}),
        "previous_hash": head.hash,
    }
    event = Event.objects.create(**said, hash=link(**said))
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event


def _patient_id(patient: models.Model | None, subject: models.Model | None) -> str | None:
    found = patient.pk if patient is not None else getattr(subject, "patient_id", None)
    if found is None and subject is not None and subject._meta.label_lower == "patients.patient":
        found = subject.pk
    return None if found is None else str(found)

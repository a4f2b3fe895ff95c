"""Keeping what the checks say of everything that patients take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from tallman.core.knowledge import Knowledge
from tallman.server.audit.actions import Author, record
from tallman.server.prescriptions.models import Profile
from tallman.server.prescriptions.profiles import Checked, changes
from tallman.server.web import clock

__all__ = ["note_profiles"]

_KEPT = ("on", "at", "knowledge_version", "knowledge_sha256", "findings", "changes", "not_checked")


@transaction.atomic
def note_profiles(*, checked: Sequence[Checked], on: date, knowledge: Knowledge, by: Author) -> list[Profile]:
    """Keep what was found, and against the time before what that changed. The rows, those of one call at once."""
    before = {p.patient_id: p for p in Profile.objects.filter(patient__in=[c.patient for c in checked])}
    at = clock.now()
    rows = [
        Profile(
            patient_id=now.patient,
            on=on,
            at=at,
            knowledge_version=knowledge.version,
            knowledge_sha256=knowledge.sha256,
            findings=now.findings,
            changes=changes(before.get(now.patient), now),
            not_checked=now.not_checked,
        )
        for now in checked
    ]
    Profile.objects.bulk_create(rows, update_conflicts=True, unique_fields=["patient"], update_fields=_KEPT)
    counts = Counter(change["what"] for row in rows for change in row.changes)
    facts = {"profiles": len(rows), "knowledge": knowledge.sha256, **counts}
    record(action="prescriptions.note_profiles", by=by, subject=None, data=facts)
    return rows

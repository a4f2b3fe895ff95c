"""Products that were entered for another than the message names, and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tallman.server import knowledge_in_use
from tallman.server.audit.models import Event
from tallman.server.medicines.mixups import MixUp
from tallman.server.prescriptions.matching import medicine_of
from tallman.server.prescriptions.models import Prescription

__all__ = ["mispicks"]


def mispicks(since: datetime) -> Iterator[MixUp]:
    """Every time since that another medicine replaced what was entered, in a correction or after it was sent back. Two
    queries. Left out is a change of mind: what was entered first is what the message named.
    """
    events = Event.objects.filter(action__in=["prescriptions.correct", "prescriptions.enter"], at__gte=since)
    events = events.filter(data_json__contains='"product_id":["').exclude(data_json__contains='"product_id":["",')
    changes = [(e.subject_id, *e.data["changed"]["product_id"], e.at) for e in events]
    rows = Prescription.objects.in_bulk([int(pk) for pk, *_ in changes])
    for pk, before, after, at in changes:
        if int(pk) in rows and not _was_named(rows[int(pk)], before):
            yield MixUp(after, before, at, "entry")


def _was_named(row: Prescription, product_id: str) -> bool:
    product, meant = knowledge_in_use.current().products.get(product_id), medicine_of(row)
    return bool(product and meant.is_known and {i.name for i in meant.ingredients} == {*product.ingredients})

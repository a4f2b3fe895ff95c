"""Wrong medicines that the scanner caught while filling, for the pharmacy's own list of look-alikes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tallman.server.dispensing.models import NearMiss
from tallman.server.medicines.mixups import MixUp

__all__ = ["near_misses"]


def near_misses(since: datetime) -> Iterator[MixUp]:
    """Every package of another medicine that was scanned since a time. One query."""
    rows = NearMiss.objects.filter(kind="wrong-drug", at__gte=since).exclude(scanned_product="")
    for intended, picked, at in rows.order_by().values_list("expected_product", "scanned_product", "at"):
        yield MixUp(intended, picked, at, "filling")

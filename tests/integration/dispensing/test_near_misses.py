"""A wrong medicine caught by the scanner is told to those who keep the list of look-alikes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tallman.server.dispensing.actions import scan
from tallman.server.dispensing.near_misses import near_misses
from tallman.server.medicines.mixups import SOURCES, suggestions
from tallman.server.web import clock
from tests.integration.dispensing.conftest import LISINOPRIL_20, METOPROLOL_25, upc

pytestmark = pytest.mark.django_db


def test_another_medicine_is_suggested_as_a_pair_and_another_strength_is_not(shelf, to_fill, person) -> None:
    row, since = to_fill(), clock.now() - timedelta(days=1)
    for product in (METOPROLOL_25, METOPROLOL_25, LISINOPRIL_20):
        scan(prescription=row, code=upc(product), by=person("technician"))
    assert [(m.picked, m.where) for m in near_misses(since)] == [(METOPROLOL_25, "filling")] * 2
    assert near_misses in SOURCES
    (one,) = suggestions(since)
    assert (one.one, one.other, one.count) == ("lisinopril", "metoprolol", 2)
    assert list(near_misses(clock.now() + timedelta(minutes=1))) == []

"""Whatever is decided: the document that leaves the house says it all, and says it back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tallman.core.knowledge import Knowledge
from tallman.core.label import Pharmacy
from tallman.core.reconciliation.discharge import Change, DischargeRow, at_discharge
from tallman.core.reconciliation.line import ListSource, SourceKind
from tallman.core.reconciliation.papers import Discharge
from tallman.interchange.fhir.discharge_out import discharge_document
from tallman.interchange.fhir.lists import read_lists
from tests.authored import load
from tests.reconciliation_lists.measure import as_bundle
from tests.reconciliation_lists.patients import drawn

_DAY = date(2026, 3, 2)
_NOTHING = ListSource("nothing", SourceKind.HOSPITAL, ())


@lru_cache(maxsize=1)
def _knowledge() -> Knowledge:
    return load()


def _said(rows: tuple[DischargeRow, ...]) -> list[tuple[str, ...]]:
    return sorted((r.change.value, r.said("en"), r.said("es"), r.because, str(r.until)) for r in rows)


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_the_document_gives_the_same_rows_back(seed: int) -> None:
    case = drawn(1, Random(seed))
    home = [one for lines in case.histories for one in read_lists(as_bundle(lines), _knowledge(), "home").lists]
    after = read_lists(as_bundle(case.orders), _knowledge(), "orders", is_orders=True).lists[0]
    hospital = ListSource("hospital", SourceKind.HOSPITAL, after.lines[::3])
    every = at_discharge(home, hospital, after, _knowledge())
    rows = tuple(row for row in every if row.change is not Change.UNDECIDED)
    discharge = Discharge("Marta Okonjo", date(1948, 5, 2), _DAY, Pharmacy("St. Brigid"), rows)
    data = discharge_document(discharge, id=UUID(int=seed), written=datetime(2026, 3, 2, 9, tzinfo=UTC))
    read = read_lists(data, _knowledge(), "document", is_orders=True)
    again = at_discharge([read.admission or _NOTHING], read.hospital or _NOTHING, read.lists[0], _knowledge())
    assert _said(again) == _said(rows)

"""A man of 74 who comes in with heart failure, with what his daughter tells and what is ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tallman.core.reconciliation.line import SourceKind
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient, record_fact, record_no_known_allergies
from tallman.server.patients.models import OutsideMedicine, Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.models import Encounter, ListLine, MedicineList
from tallman.server.web import clock

NOON = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A Wednesday noon in New York."""
    with clock.fixed(NOON):
        yield


@pytest.fixture
def patient(person: Callable[[str], Any]) -> Patient:
    """He knows of no allergy; warfarin is on his record."""
    who = {"family_name": "Brandt", "given_names": "Emil", "birth_date": date(1952, 1, 20), "sex": "male"}
    emil = add_patient(person=who, by=SYSTEM)
    record_no_known_allergies(patient=emil, by=SYSTEM)
    outside = OutsideMedicine(text="warfarin 5 mg oral tablet", directions="Take 1 tablet by mouth once daily")
    record_fact(patient=emil, fact=outside, by=person("technician"))
    return emil


@pytest.fixture
def stay(patient: Patient) -> Encounter:
    """Admitted this morning."""
    return actions.admit(patient=patient, by=SYSTEM, visit_number="V1", authority="HOSPITAL", facts={"unit": "4 West"})


@pytest.fixture
def told(stay: Encounter, person: Callable[[str], Any]) -> Callable[..., MedicineList]:
    """`told(["lisinopril 10 mg tablet | take 1 tablet daily"])`: a list of the stay, of the interview unless said."""

    def add(lines: list[str], kind: SourceKind = SourceKind.INTERVIEW, **options: Any) -> MedicineList:
        made = []
        for line in lines:
            text, directions, *note = (part.strip() for part in line.split("|"))
            made.append(ListLine(text=text, directions=directions, note="".join(note)))
        by = person("technician")
        return actions.add_list(encounter=stay, kind=kind, name=str(kind), lines=made, by=by, **options)

    return add

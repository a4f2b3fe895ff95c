"""The whole demo pharmacy: made twice from one seed it is the same, and it is what it says it is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tallman.core.codes import dea, npi
from tallman.core.reconciliation.line import SourceKind
from tallman.core.workflow import Stage
from tallman.server.accounts import demo as people
from tallman.server.audit.verify import verify
from tallman.server.demo.generate import STAGES, load
from tallman.server.demo.stays import plans
from tallman.server.exchange.models import Message
from tallman.server.inventory.models import Lot
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Finding, Prescriber, Prescription
from tallman.server.reconciliation.comparison import stays
from tallman.server.reconciliation.due import Due, due_of, history_clock
from tallman.server.reconciliation.models import Found, MedicineList
from tallman.server.reconciliation.worklist import unreconciled
from tallman.server.web import clock

NOON = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)


class _Undone(Exception):
    """Takes the first making back."""


def portrait() -> list[Any]:
    """What tells one pharmacy from another, without the database's own numbers."""
    rows = Prescription.objects.order_by("pk").values_list(
        "received_patient", "received_medicine", "received_sig", "stage", "due_at", "quantity", "owed_quantity"
    )
    persons = Patient.objects.order_by("pk").values_list("family_name", "given_names", "birth_date", "phone")
    lots = Lot.objects.order_by("pk").values_list("number", "expires_on")
    prescribers = Prescriber.objects.order_by("pk").values_list("npi", "dea")
    return [list(rows), list(persons), list(lots), list(prescribers)]


def made_and_undone(into: list[Any]) -> None:
    with transaction.atomic():
        load()
        into.extend(portrait())
        raise _Undone


@pytest.mark.django_db
def test_the_demo_pharmacy(settings, tmp_path) -> None:
    settings.TALLMAN_HOME = tmp_path
    people.load()
    with clock.fixed(NOON):
        first: list[Any] = []
        with pytest.raises(_Undone):
            made_and_undone(first)
        load()
    assert portrait() == first

    this_morning = Prescription.objects.filter(received_at__gt=NOON - timedelta(days=1))
    assert Counter(this_morning.values_list("stage", flat=True)) == {s.value: n for s, n in STAGES.items()}
    assert set(STAGES) | {Stage.HANDED_OVER} == set(Stage)
    in_hospital = [plan for plan in plans() if plan.person]
    assert Patient.objects.count() == 80 + len(in_hospital)
    assert Prescriber.objects.count() == 12
    for prescriber in Prescriber.objects.all():
        assert npi.parse(prescriber.npi)
        assert dea.parse(prescriber.dea).fits_name(prescriber.family_name)
    assert Message.objects.filter(status=Message.PARKED, format="script").count() == 2
    assert list(Message.objects.filter(format="hl7v2").exclude(reason="").values_list("reason", flat=True)) == [
        "who-is-this"
    ]
    assert Prescription.objects.exclude(source__startswith="message:").count() == 0, "each has its original"
    found = Finding.objects.filter(prescription__in=this_morning, is_interruptive=True)
    assert found.filter(decision=None).exists()
    assert found.exclude(decision=None).exists()
    assert not verify([]).faults
    the_stays()


def the_stays() -> None:
    """Somebody at every stage of a stay, on the worklist for a reason."""
    every = list(stays())
    by_wire = [stay for stay in every if stay.movements.exists()]
    assert len(every) == len(plans()) + len(by_wire)
    assert sorted((stay.status, stay.unit) for stay in by_wire) == [("finished", "5 South"), ("in-progress", "5 South")]
    now = [stay for stay in every if stay.status == "in-progress"]
    with clock.fixed(NOON):
        due = {due_of(stay) for stay in now}
        assert due == set(Due)
        assert {history_clock(stay, NOON).level for stay in now} == {"", "soon", "late"}
        assert unreconciled(NOON).count() == 1 + len([stay for stay in by_wire if stay.status == "finished"])
    kinds = set(MedicineList.objects.values_list("kind", flat=True))
    assert kinds == {kind.value for kind in SourceKind}, "a list of every kind"
    assert Found.objects.filter(is_explained=True).exists()
    assert Found.objects.filter(decision__intent="unintended").exists()
    assert any(len(stay.risk_reasons) > 4 for stay in now)

"""What the page of the record shows to whom."""

from __future__ import annotations

from tallman.server.accounts.actions import create_token
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient, record_fact
from tallman.server.patients.models import Allergy


def test_an_administrator_sees_that_something_was_done_but_nothing_clinical(client_as, person) -> None:
    patient = add_patient(person={"family_name": "Okonjo"}, by=SYSTEM)
    record_fact(patient=patient, fact=Allergy(substance="penicillin"), by=person("technician"))
    create_token(name="wholesaler", by=SYSTEM)
    shown = client_as("administrator").get("/audit/").content.decode()
    assert "patients.record_fact" in shown
    assert "wholesaler" in shown
    assert "penicillin" not in shown
    assert "Okonjo" not in shown
    assert "penicillin" in client_as("pharmacist-in-charge").get("/audit/").content.decode()

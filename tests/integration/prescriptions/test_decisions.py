"""Who decides findings, how long a decision holds, and what a record's change does to it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallman.server import knowledge_in_use
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.queries import history_of
from tallman.server.patients.actions import correct_fact, record_fact
from tallman.server.patients.models import Allergy, OutsideMedicine
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Finding
from tallman.server.prescriptions.replay import replay
from tallman.server.refusal import Conflict, Refused

from .conftest import LISINOPRIL

MONITORED = {"outcome": "override-monitoring", "reason": "INR is measured on Friday"}


def interruptive(row):
    row.refresh_from_db()
    return list(Finding.objects.filter(screening=row.screening_id, is_interruptive=True))


def test_ibuprofen_beside_warfarin_waits_for_a_pharmacist(entered, person) -> None:
    row = entered()
    assert [f.code for f in interruptive(row)] == ["INT-WARFARIN-NSAID"]
    with pytest.raises(Refused, match="must decide it first"):
        actions.approve(prescription=row, version=row.version, by=person("pharmacist"))


@pytest.mark.parametrize("role", ["trainee", "technician", "certified-technician", "administrator"])
def test_nobody_but_a_pharmacist_decides_or_approves(entered, undecided, person, role) -> None:
    row = entered()
    with pytest.raises(Refused):
        actions.decide(finding=undecided(row), version=row.version, by=person(role), **MONITORED)
    with pytest.raises(Refused):
        actions.approve(prescription=row, version=row.version, by=person(role))
    assert undecided(row).decision is None


def test_a_decision_releases_it_and_the_event_names_both(entered, undecided, person) -> None:
    row, pharmacist = entered(), person("pharmacist")
    actions.decide(finding=undecided(row), version=row.version, by=pharmacist, **MONITORED)
    row.refresh_from_db()
    done = actions.approve(prescription=row, version=row.version, by=pharmacist)
    assert (done.stage, done.approved_by) == ("to-fill", pharmacist)
    decided = history_of(row).get(action="prescriptions.decide")
    assert decided.data["outcome"] == "override-monitoring"
    assert decided.data["reason"] == "INR is measured on Friday"


def test_that_it_must_change_does_not_release_it(entered, undecided, person) -> None:
    row, pharmacist = entered(), person("pharmacist")
    actions.decide(finding=undecided(row), version=row.version, outcome="accepted-change", reason="", by=pharmacist)
    row.refresh_from_db()
    with pytest.raises(Refused, match="must change"):
        actions.approve(prescription=row, version=row.version, by=pharmacist)


def test_an_override_needs_its_reason(entered, undecided, person) -> None:
    row, said = entered(), MONITORED | {"reason": "  "}
    with pytest.raises(Refused, match="reason in words"):
        actions.decide(finding=undecided(row), version=row.version, by=person("pharmacist"), **said)


def test_the_same_finding_is_not_asked_again_until_something_changes(entered, undecided, entry, person) -> None:
    row, pharmacist = entered(), person("pharmacist")
    actions.decide(finding=undecided(row), version=row.version, by=pharmacist, **MONITORED)
    row = actions.rescreen(prescription=row, by=SYSTEM)
    assert [f.decision.reason for f in interruptive(row)] == ["INR is measured on Friday"]
    more = entry(sig="Take 2 tablets by mouth three times daily", quantity=Decimal(60))
    row = actions.correct(prescription=row, version=row.version, entry=more, reason="Misread", by=person("technician"))
    assert [f.decision for f in interruptive(row) if f.code == "INT-WARFARIN-NSAID"] == [None]


def test_an_unreadable_allergy_makes_a_check_say_that_it_could_not_run(entered, person, patient) -> None:
    row = entered(product_id=LISINOPRIL, sig="Take 1 tablet by mouth once daily", quantity=Decimal(30), days_supply=30)
    assert row.screening.not_checked == []
    record_fact(patient=patient, fact=Allergy(substance="zzqx"), by=person("technician"))
    row.refresh_from_db()
    assert "allergy" in {n["check"] for n in row.screening.not_checked}
    done = actions.approve(prescription=row, version=row.version, by=person("pharmacist"))
    assert history_of(done).get(action="prescriptions.approve").data["not_checked"] == row.screening.not_checked


def test_an_allergy_learnt_later_stops_what_was_approved(approved, person, patient) -> None:
    row = approved()
    version = row.version
    record_fact(patient=patient, fact=Allergy(substance="ibuprofen", reaction="anaphylaxis"), by=person("technician"))
    assert "allergy" in {f.category for f in interruptive(row) if f.decision is None}
    assert row.version > version
    assert [f.decision is None for f in interruptive(row) if f.code == "INT-WARFARIN-NSAID"] == [False]


def test_a_technician_cannot_edit_a_finding_away(entered, person, patient) -> None:
    row = entered()
    warfarin = OutsideMedicine.objects.get(patient=patient)
    correct_fact(fact=warfarin, changes={"in_error": True}, by=person("technician"))
    kept = interruptive(row)
    assert [(f.code, f.no_longer_found, f.decision) for f in kept] == [("INT-WARFARIN-NSAID", True, None)]
    with pytest.raises(Refused, match="must decide it first"):
        actions.approve(prescription=row, version=row.version, by=person("pharmacist"))


def test_a_pharmacist_s_correction_of_the_record_takes_it_away(entered, person, patient) -> None:
    row = entered()
    warfarin = OutsideMedicine.objects.get(patient=patient)
    correct_fact(fact=warfarin, changes={"in_error": True}, by=person("pharmacist"))
    assert interruptive(row) == []


def test_who_saw_an_older_version_is_told_and_nothing_is_overwritten(entered, undecided, person) -> None:
    row = entered()
    finding, version = undecided(row), row.version
    actions.decide(finding=finding, version=version, by=person("pharmacist"), **MONITORED)
    with pytest.raises(Conflict, match="A pharmacist changed it"):
        actions.decide(
            finding=finding, version=version, outcome="not-applicable", reason="?", by=person("pharmacist-in-charge")
        )
    finding.refresh_from_db()
    assert finding.decision.outcome == "override-monitoring"


def test_a_finding_of_an_older_screening_cannot_be_decided(entered, undecided, person) -> None:
    row = entered()
    old = undecided(row)
    row = actions.rescreen(prescription=row, by=SYSTEM)
    with pytest.raises(Refused, match="screened again"):
        actions.decide(finding=old, version=row.version, by=person("pharmacist"), **MONITORED)


def test_a_stored_screening_gives_the_same_findings_again(entered) -> None:
    row = entered()
    again = replay(row.screening.case, knowledge_in_use.current())
    assert [f.summary for f in again.findings] == [f.summary for f in Finding.objects.filter(screening=row.screening)]
    assert again.knowledge_sha256 == row.screening.knowledge_sha256

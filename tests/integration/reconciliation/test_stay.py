"""A stay from the door to the door: gathered, compared, decided, signed, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tallman.core.reconciliation.discharge import Change
from tallman.core.reconciliation.line import SourceKind
from tallman.server.patients.models import Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.actions.deciding import Terms
from tallman.server.reconciliation.comparison import Row, Stay, stays
from tallman.server.reconciliation.models import Encounter, Found, HistoryLine, ListLine, SignOff, Stage
from tallman.server.refusal import Refused
from tallman.server.web import clock
from tests.integration.reconciliation.conftest import NOON

Told = Callable[..., Any]


def now(stay: Encounter) -> Encounter:
    return stays().get(pk=stay.pk)


def rows(stay: Encounter, stage: Stage = Stage.ADMISSION) -> dict[str, Row]:
    compared = Stay(now(stay), clock.today()).compared(stage)
    return {(r.match.left or r.match.right)[0].name: r for r in compared.rows if r.match}


def sign(stay: Encounter, by: Any) -> SignOff:
    return actions.sign_off(encounter=stay, stage="admission", version=now(stay).version, by=by)


def changes(stay: Encounter) -> list[Change]:
    whole = Stay(now(stay), clock.today())
    return [row.change for row in whole.discharge(whole.compared(Stage.DISCHARGE))]


def take_all(stay: Encounter, by: Any) -> None:
    """The patient takes everything as the first source tells it."""
    for row in Stay(now(stay), clock.today()).aligned():
        line = row.lines[0]
        rests_on = list(ListLine.objects.filter(pk__in=[int(one.ref.split(":")[1]) for one in row.lines]))
        told = HistoryLine(text=line.order.medicine.text, directions=line.order.sig.text)
        actions.add_history(encounter=stay, line=told, rests_on=rests_on, by=by)


def complete(stay: Encounter, by: Any) -> Encounter:
    take_all(stay, by)
    return actions.complete_history(encounter=stay, version=now(stay).version, by=by)


def test_the_first_list_is_what_the_pharmacy_knows(stay: Encounter) -> None:
    made = stay.lists.get()
    assert (made.kind, [line.text for line in made.lines.all()]) == ("outpatient record", ["warfarin 5 mg oral tablet"])
    assert now(stay).stage is Stage.ADMISSION
    assert now(stay).undecided == 0, "nothing differs while no orders are known"
    assert "warfarin" in now(stay).risk_reasons


def test_sources_stand_side_by_side(stay: Encounter, told: Told) -> None:
    told(["Coumadin 2.5 mg | take 1 tablet daily", "furosemide 40 mg tablet | 1 tab every morning"])
    found = {row.name: row for row in Stay(now(stay), clock.today()).aligned()}
    assert [t.source.kind for t in found["warfarin"].told] == [SourceKind.INTERVIEW, SourceKind.RECORD]
    assert found["warfarin"].told[1].differs == ("dose",)
    assert found["furosemide"].is_agreed


def test_a_history_is_complete_when_every_source_has_its_answer(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    by = person("technician")
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    with pytest.raises(Refused, match="furosemide, warfarin"):
        actions.complete_history(encounter=stay, version=now(stay).version, by=by)
    assert complete(stay, by).history_completed_at == NOON
    with pytest.raises(Refused, match="open it again"):
        take_all(stay, by)
    told(["Advil 200 mg | as needed"], SourceKind.BOTTLES)
    assert now(stay).history_completed_at is None, "a source told of something new"


def test_nothing_is_signed_while_a_difference_waits(stay: Encounter, told: Told, person: Callable[[str], Any]) -> None:
    technician, pharmacist = person("technician"), person("pharmacist")
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    told(["furosemide 20 mg tablet | 1 tab every morning"], SourceKind.HOSPITAL)
    complete(stay, technician)
    assert now(stay).undecided == 2
    with pytest.raises(Refused, match="may not"):
        actions.sign_off(encounter=stay, stage="admission", version=now(stay).version, by=technician)
    with pytest.raises(Refused, match="2 medicines wait"):
        actions.sign_off(encounter=stay, stage="admission", version=now(stay).version, by=pharmacist)
    found = rows(stay)
    warfarin = next(row for name, row in found.items() if "warfarin" in name)
    furosemide = next(row for name, row in found.items() if "furosemide" in name)
    hold = Terms("hold", intent="intended", until="after the procedure", reason="bleeding risk")
    change = Terms(
        "change", intent="unintended", text="furosemide 40 mg tablet", directions="1 tab every morning",
        reason="typing error", agreed_with="Dr Iyer",
    )  # fmt: skip
    for key, terms in ((warfarin.key, hold), (furosemide.key, change)):
        with pytest.raises(Refused):
            actions.decide(encounter=stay, stage="admission", key=key, terms=terms, by=technician)
        actions.decide(encounter=stay, stage="admission", key=key, terms=terms, by=pharmacist)
    signed = actions.sign_off(encounter=stay, stage="admission", version=now(stay).version, by=pharmacist)
    assert signed.knowledge_version
    assert len(signed.rows) == 2
    assert now(stay).stage is None
    after = Stay(now(stay), clock.today()).compared(Stage.ADMISSION).after
    assert {(line.name.split()[0], str(line.state)) for line in after.lines} == {
        ("warfarin", "on hold"), ("furosemide", "active"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "terms, missing",
    [
        (Terms("stop"), "reason"),
        (Terms("hold", reason="surgery"), "until"),
        (Terms("substitute", reason="not stocked"), "which medicine"),
    ],
)
def test_a_decision_says_what_the_next_one_must_know(
    stay: Encounter, person: Callable[[str], Any], terms: Terms, missing: str
) -> None:
    (row,) = rows(stay).values()
    with pytest.raises(Refused, match=missing):
        actions.decide(encounter=stay, stage="admission", key=row.key, terms=terms, by=person("pharmacist"))


def test_a_decision_falls_when_the_lists_say_something_else(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    told(["furosemide 20 mg tablet | 1 tab every morning", "warfarin 5 mg tablet | 1 daily"], SourceKind.HOSPITAL)
    by = person("pharmacist")
    row = next(row for row in rows(stay).values() if row.is_open)
    actions.decide(encounter=stay, stage="admission", key=row.key, terms=Terms("continue"), by=by)
    assert now(stay).undecided == 0
    told(["furosemide 80 mg tablet | 1 tab every morning", "warfarin 5 mg tablet | 1 daily"], SourceKind.HOSPITAL)
    assert now(stay).undecided == 1
    with pytest.raises(Refused, match="something else"):
        actions.decide(encounter=stay, stage="admission", key=row.key, terms=Terms("continue"), by=by)


def test_without_orders_nothing_differs_and_nothing_is_signed(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    complete(stay, person("technician"))
    with pytest.raises(Refused, match="No orders are known"):
        sign(stay, person("pharmacist"))
    assert not Found.objects.exists()
    told([], SourceKind.HOSPITAL)
    assert now(stay).undecided == 1, "nothing is ordered, and warfarin is taken"


def test_an_order_to_be_put_right_is_agreed_with_a_prescriber_first(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    pharmacist = person("pharmacist")
    told([], SourceKind.HOSPITAL)
    complete(stay, person("technician"))
    (row,) = rows(stay).values()
    terms = Terms("continue", intent="unintended")
    actions.decide(encounter=stay, stage="admission", key=row.key, terms=terms, by=pharmacist)
    with pytest.raises(Refused, match="agree that with the prescriber"):
        sign(stay, pharmacist)
    with pytest.raises(Refused, match="who agreed"):
        actions.agree(encounter=stay, stage="admission", who=" ", by=pharmacist)
    actions.agree(encounter=stay, stage="admission", who="Dr Iyer", by=pharmacist)
    assert sign(stay, pharmacist).stage == "admission"


def test_what_was_found_stays_for_the_measures(stay: Encounter, told: Told, person: Callable[[str], Any]) -> None:
    told([], SourceKind.HOSPITAL)
    (row,) = rows(stay).values()
    found = Found.objects.get()
    assert (found.type, found.harm, found.is_explained, found.sources) == (
        "omission",
        "high",
        False,
        ["outpatient record"],
    )
    terms = Terms("continue", intent="unintended", agreed_with="Dr Iyer")
    actions.decide(encounter=stay, stage="admission", key=row.key, terms=terms, by=person("pharmacist"))
    found.refresh_from_db()
    assert found.decision is not None
    assert found.gone_at is None
    told(["warfarin 5 mg tablet | 1 tablet daily"], SourceKind.HOSPITAL)
    found.refresh_from_db()
    assert found.gone_at == NOON


def test_going_home_asks_for_everything_again(stay: Encounter, told: Told, person: Callable[[str], Any]) -> None:
    technician, pharmacist = person("technician"), person("pharmacist")
    told(["warfarin 5 mg tablet | 1 tablet daily", "cefTRIAXone 1 g injection | 1 g IV daily"], SourceKind.HOSPITAL)
    complete(stay, technician)
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=technician)
    assert now(stay).stage is Stage.DISCHARGE
    (row,) = rows(stay, Stage.DISCHARGE).values()
    assert changes(stay) == [Change.HOSPITAL_ONLY, Change.UNDECIDED]
    actions.decide(encounter=stay, stage="discharge", key=row.key, terms=Terms("continue"), by=pharmacist)
    assert changes(stay) == [Change.SAME, Change.HOSPITAL_ONLY]
    actions.sign_off(encounter=stay, stage="discharge", version=now(stay).version, by=pharmacist)
    assert now(stay).stage is None


def test_older_news_changes_nothing_newer(stay: Encounter) -> None:
    later = stay.heard_at + timedelta(hours=5)
    actions.transfer(encounter=stay, at=later, facts={"unit": "ICU"}, by=_system())
    actions.update(encounter=stay, at=later - timedelta(hours=1), facts={"unit": "2 East"}, by=_system())
    assert (now(stay).unit, now(stay).moved_at) == ("ICU", later)


def test_a_visit_begins_once(stay: Encounter, patient: Patient) -> None:
    with pytest.raises(Refused, match="on record already"):
        actions.admit(patient=patient, by=_system(), visit_number="V1", authority="HOSPITAL")


def _system() -> Any:
    from tallman.server.audit.actions import SYSTEM

    return SYSTEM


def test_a_history_opened_again_takes_the_signature_with_it(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    technician, pharmacist = person("technician"), person("pharmacist")
    told(["warfarin 5 mg tablet | 1 tablet daily"], SourceKind.HOSPITAL)
    complete(stay, technician)
    sign(stay, pharmacist)
    assert now(stay).stage is None
    with clock.fixed(NOON + timedelta(hours=2)):
        told(["Advil 200 mg | as needed"], SourceKind.BOTTLES)
        assert now(stay).stage is Stage.ADMISSION
        complete(stay, technician)
        assert now(stay).stage is Stage.ADMISSION, "a medicine more: the orders are compared again"


def test_an_allergy_that_only_the_orders_know_is_put_on_record(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    told(["warfarin 5 mg tablet | 1 tablet daily"], SourceKind.HOSPITAL,
         allergies=[{"substance": "penicillin", "reaction": "hives"}])  # fmt: skip
    compared = Stay(now(stay), clock.today()).compared(Stage.ADMISSION)
    (row,) = [one for one in compared.rows if one.match is None]
    actions.decide(encounter=stay, stage="admission", key=row.key, terms=Terms("continue"), by=person("pharmacist"))
    assert [(a.substance, a.reaction) for a in stay.patient.allergy_facts.all()] == [("penicillin", "hives")]
    assert not [one for one in Stay(now(stay), clock.today()).compared(Stage.ADMISSION).rows if one.match is None]

"""What goes wrong on a busy ward: two people at once, lists that change under a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallman.core.reconciliation.discharge import Change
from tallman.core.reconciliation.line import SourceKind
from tallman.server.patients.models import Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.actions.deciding import Terms
from tallman.server.reconciliation.decision_page import terms_of
from tallman.server.reconciliation.keys import key_of_lines
from tallman.server.reconciliation.models import Decision, Encounter, HistoryLine, ListLine, Stage
from tallman.server.reconciliation.pages import find
from tallman.server.reconciliation.papers import papers_of
from tallman.server.refusal import Refused
from tests.integration.reconciliation.test_decision_pages import decide, rows
from tests.integration.reconciliation.test_history_page import address
from tests.integration.reconciliation.test_stay import complete, now

Told = Callable[..., Any]
Person = Callable[[str], Any]
HOME = Stage.DISCHARGE
STOP = Terms("stop", "intended", reason="bleeding")


@pytest.fixture
def home(stay: Encounter, told: Told, person: Person) -> Encounter:
    """Warfarin and furosemide from home, furosemide and pantoprazole in hospital, no list to go home with yet."""
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    complete(stay, person("technician"))
    told(
        ["furosemide 40 mg tablet | 1 tab every morning", "pantoprazole 40 mg tablet | 1 tablet daily"],
        SourceKind.HOSPITAL,
    )
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=person("technician"))
    return stay


def settle(stay: Encounter, name: str, terms: Terms, by: Any) -> Decision:
    return actions.decide(encounter=stay, stage=HOME, key=rows(stay, HOME)[name].key, terms=terms, by=by)


def sign(stay: Encounter, by: Any) -> None:
    for name in ("warfarin", "furosemide"):
        settle(stay, name, Terms("continue"), by)
    actions.sign_off(encounter=stay, stage=HOME, version=now(stay).version, by=by)


def texts(stay: Encounter) -> list[str]:
    return [line.order.medicine.text for row in papers_of(find(stay.pk)).discharge.rows for line in row.after]


def listed(stay: Encounter) -> list[tuple[str, str]]:
    found = papers_of(find(stay.pk)).discharge.rows
    return [(line.name, line.order.sig.text) for row in found if row.goes_on for line in row.after]


def test_a_medicine_that_stands_twice_on_the_history_goes_on_twice(stay: Encounter, told: Told, person: Person) -> None:
    technician, pharmacist = person("technician"), person("pharmacist")
    for text, when in (("500 mg", "Take 1 tablet every morning"), ("1000 mg", "Take 1 tablet every evening")):
        line = HistoryLine(text=f"metformin {text} tablet", directions=when)
        actions.add_history(encounter=stay, line=line, rests_on=[], by=technician)
    complete(stay, technician)
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=technician)
    told(["metformin 750 mg tablet | Take 2 tablets every morning"], SourceKind.DISCHARGE)
    settle(stay, "metformin", Terms("continue"), pharmacist)
    assert [how for name, how in listed(stay) if "metformin" in name] == [
        "Take 1 tablet every morning", "Take 1 tablet every evening",
    ]  # fmt: skip


def test_a_decision_taken_back_leaves_no_older_one_behind(home: Encounter, person: Person) -> None:
    by = person("pharmacist")
    settle(home, "warfarin", Terms("continue"), by)
    last = settle(home, "warfarin", STOP, by)
    actions.withdraw_decision(decision=last, by=by)
    assert rows(home, HOME)["warfarin"].is_open


def test_what_was_decided_about_orders_that_changed_is_not_on_the_list(
    home: Encounter, told: Told, person: Person
) -> None:
    told(["furosemide 20 mg tablet | 1 tab every morning"], SourceKind.DISCHARGE)
    terms = Terms("change", "unintended", "furosemide 60 mg tablet", "1 tab every morning", reason="edema")
    settle(home, "furosemide", terms, person("pharmacist"))
    assert texts(home) == ["furosemide 60 mg tablet"]
    told(["furosemide 80 mg tablet | 1 tab every morning"], SourceKind.DISCHARGE)
    assert texts(home) == ["furosemide 80 mg tablet"]


def test_a_medicine_begun_in_hospital_and_taken_home_after_the_signature_is_a_draft(
    home: Encounter, person: Person, client_as: Callable[[str], Client]
) -> None:
    sign(home, person("pharmacist"))
    assert papers_of(find(home.pk)).unsettled == ""
    assert decide(client_as("pharmacist"), home, "pantoprazole", HOME, disposition="new").status_code == 302
    assert papers_of(find(home.pk)).unsettled
    assert now(home).stage is HOME


def test_a_decision_about_a_medicine_begun_in_hospital_can_be_taken_back(
    home: Encounter, client_as: Callable[[str], Client]
) -> None:
    client = client_as("pharmacist")
    decide(client, home, "pantoprazole", HOME, disposition="new")
    made = Decision.objects.get()
    page = client.get(address("discharge", home)).content.decode()
    assert f"/decisions/{made.pk}/withdraw" in page


def test_what_is_taken_back_or_superseded_after_the_signature_is_to_be_signed_again(
    home: Encounter, told: Told, person: Person
) -> None:
    by = person("pharmacist")
    sign(home, by)
    assert now(home).stage is None
    actions.withdraw_decision(decision=Decision.objects.order_by("pk").first(), by=by)
    assert now(home).stage is HOME
    assert now(home).undecided == 1


def test_new_orders_for_going_home_after_the_signature_are_to_be_signed_again(
    home: Encounter, told: Told, person: Person
) -> None:
    sign(home, person("pharmacist"))
    told(["furosemide 80 mg tablet | 1 tab every morning"], SourceKind.DISCHARGE)
    assert now(home).stage is HOME
    assert now(home).undecided >= 1


def test_the_second_of_two_who_decide_one_row_is_told(home: Encounter, client_as: Callable[[str], Client]) -> None:
    one, other = client_as("pharmacist"), client_as("pharmacist")
    assert decide(one, home, "warfarin", HOME, disposition="continue", seen="").status_code == 302
    late = decide(other, home, "warfarin", HOME, disposition="stop", reason="bleeding", seen="")
    assert late.status_code == 409
    assert Decision.objects.get().disposition == "continue"
    seen = str(Decision.objects.get().pk)
    assert decide(other, home, "warfarin", HOME, disposition="stop", reason="bleeding", seen=seen).status_code == 302


def test_a_proposal_that_changed_since_it_was_read_is_not_taken(
    home: Encounter, client_as: Callable[[str], Client], person: Person
) -> None:
    key = rows(home, HOME)["warfarin"].key
    for terms in (Terms("continue"), Terms("stop", reason="bleeding")):
        made = actions.propose(encounter=home, stage=HOME, key=key, terms=terms, by=person("technician"))
    answer = decide(client_as("pharmacist"), home, "warfarin", HOME, proposed=str(made.pk - 1))
    assert answer.status_code == 422
    assert not Decision.objects.exists()
    assert decide(client_as("pharmacist"), home, "warfarin", HOME, proposed=str(made.pk)).status_code == 302


def test_otherwise_without_saying_how_is_refused(home: Encounter, client_as: Callable[[str], Client]) -> None:
    answer = decide(client_as("pharmacist"), home, "warfarin", HOME, disposition="change", reason="INR", directions=" ")
    assert answer.status_code == 422
    answer = decide(
        client_as("pharmacist"),
        home,
        "warfarin",
        HOME,
        disposition="change",
        reason="INR",
        directions="",
        text="warfarin 2 mg tablet",
    )
    assert answer.status_code == 422


def test_directions_that_cannot_be_read_are_told_as_they_were_written(
    home: Encounter, client_as: Callable[[str], Client]
) -> None:
    decide(
        client_as("pharmacist"), home, "warfarin", HOME, disposition="change", reason="INR 4.1",
        directions="as the clinic's yellow card says",
    )  # fmt: skip
    row = next(r for r in papers_of(find(home.pk)).discharge.rows if "warfarin" in r.now_or_was[0].name)
    assert row.change is Change.CHANGED
    assert "yellow card" in row.sentence
    assert row.because == "INR 4.1"


def test_what_was_paused_in_hospital_is_asked_about(home: Encounter, told: Told) -> None:
    told(["furosemide 40 mg tablet | 1 tab every morning"], SourceKind.HOSPITAL)
    ListLine.objects.filter(medicine_list__kind=SourceKind.HOSPITAL).update(state="on hold", note="potassium low")
    found = rows(home, HOME)["furosemide"]
    assert found.is_open
    assert found.discharge
    assert found.discharge.change is Change.UNDECIDED


def test_a_line_of_no_number_is_refused(home: Encounter, client_as: Callable[[str], Client]) -> None:
    answer = client_as("technician").post(address("answer", home), {"line": "x", "as": "x"})
    assert answer.status_code == 422


def test_a_planned_discharge_is_taken_back(home: Encounter, client_as: Callable[[str], Client]) -> None:
    client = client_as("technician")
    page = client.get(address("edit", home)).content.decode()
    assert 'value="plan"' in page
    client.post(address("cancel", home), {"version": now(home).version, "what": "plan"})
    assert now(home).discharge_planned_at is None
    assert now(home).status == "in-progress"
    assert now(home).stage is Stage.ADMISSION


def test_a_stay_without_a_birth_date_has_its_pages_and_papers(
    home: Encounter, client_as: Callable[[str], Client]
) -> None:
    Patient.objects.update(birth_date=None)
    client = client_as("pharmacist")
    for page in ("history", "decisions", "discharge", "lists", "guide", "edit", "patient-list", "measures"):
        url = reverse("reconciliation:measures") if page == "measures" else address(page, home)
        assert client.get(url).status_code == 200, page


@pytest.mark.parametrize("path", ["decide", "withdraw", "withdraw-list", "take-back"])
def test_nothing_of_another_stay_is_reached(
    home: Encounter, patient: Patient, client_as: Callable[[str], Client], person: Person, path: str
) -> None:
    other = actions.admit(patient=patient, by=person("technician"), visit_number="V2")
    made = settle(home, "warfarin", Terms("continue"), person("pharmacist"))
    number = {"decision": made.pk} if path == "withdraw" else {"number": home.lists.get(kind="outpatient record").pk}
    if path == "decide":
        number = {"stage": "discharge", "key": "0" * 64}
    if path == "take-back":
        number = {"line": home.history.first().pk}
    answer = client_as("pharmacist").post(
        reverse(f"reconciliation:{path}", kwargs={"pk": other.pk, **number}), {"disposition": "continue"}
    )
    assert answer.status_code in (404, 422)


def test_a_history_that_is_open_again_makes_the_papers_a_draft(home: Encounter, person: Person) -> None:
    sign(home, person("pharmacist"))
    actions.reopen_history(encounter=home, version=now(home).version, by=person("technician"))
    assert papers_of(find(home.pk)).unsettled


def test_what_rests_on_a_withdrawn_list_is_shown_and_asked_about_again(
    home: Encounter, person: Person, client_as: Callable[[str], Client]
) -> None:
    actions.drop_list(medicine_list=home.lists.get(kind=SourceKind.INTERVIEW), by=person("technician"))
    assert now(home).history_completed_at is None
    line = home.history.get(text__startswith="furosemide")
    page = client_as("technician").get(address("history", home)).content.decode()
    assert f"/history/{line.pk}/take-back" in page


def test_without_a_birth_date_every_signed_paper_is_made(
    home: Encounter, person: Person, client_as: Callable[[str], Client]
) -> None:
    Patient.objects.update(birth_date=None)
    sign(home, person("pharmacist"))
    for paper in ("patient-list", "letter", "document"):
        assert client_as("technician").get(address(paper, home)).status_code == 200, paper


def test_a_list_beside_another_is_withdrawn_without_asking_again(home: Encounter, told: Told, person: Person) -> None:
    told(["Lasix 40 mg tablet | 1 tab every morning"], SourceKind.BOTTLES)
    bottles = home.lists.get(kind=SourceKind.BOTTLES)
    line = home.history.get(text__startswith="furosemide")
    line.rests_on.add(bottles.lines.get())
    actions.drop_list(medicine_list=bottles, by=person("technician"))
    assert now(home).history_completed_at is not None


def test_two_orders_that_take_the_place_of_one_medicine_both_go_on(stay: Encounter, told: Told, person: Person) -> None:
    told(["ramipril 5 mg capsule | 1 capsule daily"])
    complete(stay, person("technician"))
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=person("technician"))
    two = ["metoprolol tartrate 25 mg tablet | 1 tablet every morning"]
    two += ["lisinopril 10 mg tablet | 1 tablet every morning", "lisinopril 10 mg tablet | half a tablet every evening"]
    told(two, SourceKind.DISCHARGE)
    replaced = rows(stay, HOME)["ramipril"]
    terms = terms_of(replaced, {"disposition": "substitute", "reason_code": "formulary"})
    settle(stay, "ramipril", terms, person("pharmacist"))
    assert sorted(how for name, how in listed(stay) if "lisinopril" in name) == [
        "1 tablet every morning",
        "half a tablet every evening",
    ]


def test_of_two_orders_begun_in_hospital_none_is_left_behind_in_silence(
    home: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    two = ["prednisone 20 mg tablet | 1 tablet every morning", "prednisone 10 mg tablet | 1 tablet every evening"]
    told(two, SourceKind.HOSPITAL)
    client, whole = client_as("pharmacist"), find(home.pk)
    found = [r for r in whole.discharge(whole.compared(HOME)) if r.change is Change.HOSPITAL_ONLY]
    wheres = [{"pk": home.pk, "stage": HOME.value, "key": key_of_lines(r.hospital)} for r in found]
    answers = [
        client.post(reverse("reconciliation:decide", kwargs=where), {"disposition": "new"}).status_code
        for where in wheres
    ]
    assert len([t for t in texts(home) if "prednisone" in t]) == answers.count(302)
    assert set(answers) <= {302, 422}


def test_nothing_is_decided_about_a_stay_that_was_cancelled(stay: Encounter, told: Told, person: Person) -> None:
    told([], SourceKind.HOSPITAL)
    (row,) = rows(stay).values()
    actions.cancel(encounter=stay, at=stay.admitted_at, by=person("technician"))
    with pytest.raises(Refused, match="was cancelled"):
        actions.decide(encounter=stay, stage="admission", key=row.key, terms=STOP, by=person("pharmacist"))
    with pytest.raises(Refused, match="was cancelled"):
        actions.sign_off(encounter=stay, stage="admission", version=now(stay).version, by=person("pharmacist"))


def test_a_list_longer_than_anybody_takes_is_refused(stay: Encounter, told: Told) -> None:
    with pytest.raises(Refused, match="301 lines"):
        told(["aspirin 81 mg | daily"] * 301)

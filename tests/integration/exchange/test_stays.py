"""Stays by wire: messages in any order, more than once, of people who are known, new, or not to be told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from tallman.interchange.hl7v2.message import parse
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.exchange import actions as exchange
from tallman.server.exchange.models import KnownNumber, Message, Movement
from tallman.server.patients.actions import add_patient, record_no_known_allergies
from tallman.server.patients.models import Allergy, Condition, Observation, Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.models import Encounter
from tests.unit.hl7v2.messages import adt

Send = Callable[..., Any]
MORNING, NOON, EVENING, NEXT_DAY = "20261120080000", "20261120120000", "20261120180000", "20261121090000"
TESS = {"family_name": "Okafor", "given_names": "Tess Marie Jr", "birth_date": date(1961, 3, 9), "sex": "female"}
Fields = dict[int, str]


@pytest.fixture
def say(send: Send) -> Callable[..., list[str]]:
    """`say("A02", at=NOON)`: send an ADT message; MSA-1 and the reason it waits for, if it waits."""
    count = 0

    def sent(event: str, *more: str, **options: Any) -> list[str]:
        nonlocal count
        count += 1
        options.setdefault("id", f"M-{count}")
        response = send(adt(event, *more, **options), "/exchange/hl7v2")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/hl7-v2"
        reason = Message.objects.order_by("pk").last().reason
        return [parse(response.content).first("MSA").text(1), reason]

    return sent


Say = Callable[..., list[str]]


def admit(say: Say, at: str = MORNING, **options: Any) -> list[str]:
    return say("A01", at=at, **{"pv1": {3: "ED^7^^MERCY", 44: at}, **options})


def stay() -> Encounter:
    return Encounter.objects.get()


def local(text: str) -> datetime:
    return datetime.strptime(text + "-0500", "%Y%m%d%H%M%S%z").astimezone(UTC)


def test_somebody_comes_moves_and_leaves(say: Say) -> None:
    assert admit(say) == ["AA", ""]
    assert (stay().status, stay().unit, stay().kind, stay().visit_number) == ("in-progress", "ED", "inpatient", "V-100")
    assert (stay().authority, stay().attending, stay().admitted_at) == ("MERCY", "Ruiz, Ana", local(MORNING))
    assert say("A02", at=NOON) == ["AA", ""]
    assert (stay().location, stay().moved_at) == ("4W 412 B", local(NOON))
    assert say("A03", at=NEXT_DAY, pv1={45: NEXT_DAY}) == ["AA", ""]
    assert (stay().status, stay().discharged_at) == ("finished", local(NEXT_DAY))
    assert list(Movement.objects.values_list("kind", "is_news")) == [
        ("admitted", True), ("transferred", True), ("discharged", True),
    ]  # fmt: skip
    assert Event.objects.filter(action="exchange.move").count() == 3


def test_a_new_person_gets_a_chart_and_is_known_from_then_on(say: Say) -> None:
    admit(say)
    tess = Patient.objects.get()
    assert {name: getattr(tess, name) for name in TESS} == TESS
    assert (tess.phone, tess.address) == ("5185550100", "4 Elm St, Apt 2, Albany, NY 12207, USA")
    assert list(KnownNumber.objects.values_list("authority", "number")) == [("MERCY", "70031")]
    admit(say, pv1={19: "V-200^^^MERCY"}, pid={5: "Okafor-Reed^Tess"})
    assert Patient.objects.count() == 1
    assert Encounter.objects.filter(patient=tess).count() == 2


def test_somebody_on_record_is_found_by_name_birth_date_and_sex(say: Say) -> None:
    tess = add_patient(person=TESS, by=SYSTEM)
    assert admit(say) == ["AA", ""]
    assert stay().patient == tess
    tess.refresh_from_db()
    assert tess.phone == "5185550100"


MOVES: list[tuple[str, dict[str, Any]]] = [
    ("A01", {"at": MORNING, "pv1": {3: "ED^7^^MERCY", 44: MORNING}}),
    ("A02", {"at": NOON, "pv1": {3: "4W^412^B^MERCY", 44: ""}}),
    ("A08", {"at": EVENING, "pv1": {3: "4W^412^B^MERCY", 7: "77^Osei^Kofi", 44: ""}}),
    ("A03", {"at": NEXT_DAY, "pv1": {3: "4W^412^B^MERCY", 7: "77^Osei^Kofi", 44: "", 45: NEXT_DAY}}),
]


@pytest.mark.parametrize("order", list(permutations(range(len(MOVES)))))
def test_any_order_comes_to_the_same(say: Say, order: tuple[int, ...]) -> None:
    for index in order:
        event, options = MOVES[index]
        assert say(event, **options) == ["AA", ""]
    one = stay()
    assert (one.status, one.location, one.attending) == ("finished", "4W 412 B", "Osei, Kofi")
    assert (one.admitted_at, one.discharged_at) == (local(MORNING), local(NEXT_DAY))
    assert Patient.objects.count() == 1


def test_a_message_seen_twice_has_one_effect_and_one_answer(send: Send) -> None:
    data = adt("A02", at=NOON)
    first = send(data, "/exchange/hl7v2").content
    version = stay().version
    assert send(data, "/exchange/hl7v2").content == first
    assert stay().version == version
    assert Movement.objects.count() == 1


def test_other_content_under_a_known_id_is_parked(say: Say) -> None:
    admit(say, id="M-1")
    assert say("A03", id="M-1", at=NEXT_DAY) == ["AE", "same-id-other-content"]
    assert stay().status == "in-progress"
    assert admit(say, id="M-1", msh={4: "OTHER"}) == ["AA", ""]


def test_a_discharge_can_be_taken_back_and_made_again(say: Say) -> None:
    admit(say)
    say("A03", at=NOON, pv1={45: NOON})
    assert say("A13", at=EVENING) == ["AA", ""]
    assert (stay().status, stay().discharged_at) == ("in-progress", None)
    assert say("A03", at=NOON, pv1={45: NOON}) == ["AA", ""]
    assert stay().status == "in-progress"
    say("A03", at=NEXT_DAY, pv1={45: NEXT_DAY})
    assert (stay().status, stay().discharged_at) == ("finished", local(NEXT_DAY))


def test_an_admission_can_be_taken_back_whichever_comes_first(say: Say) -> None:
    say("A11", at=NOON)
    assert stay().status == "cancelled"
    assert admit(say) == ["AA", ""]
    assert stay().status == "cancelled"
    assert say("A08", at=EVENING) == ["AA", ""]
    assert say("A02", at=EVENING) == ["AE", "stay-cancelled"]
    assert stay().status == "cancelled"


def test_an_admission_taken_back_after_later_news_is_asked_about(say: Say) -> None:
    admit(say)
    say("A02", at=EVENING)
    assert say("A11", at=NOON) == ["AE", "stay-goes-on"]
    assert stay().status == "in-progress"
    assert say("A11", at=NEXT_DAY, happened=MORNING) == ["AA", ""]
    assert stay().status == "cancelled"


def test_an_update_that_tells_of_the_end_ends_the_stay(say: Say) -> None:
    say("A08", at=NEXT_DAY, pv1={44: MORNING, 45: EVENING})
    assert (stay().status, stay().discharged_at) == ("finished", local(EVENING))
    say("A13", at="20261121100000")
    say("A08", at="20261121110000", pv1={44: MORNING, 45: ""})
    assert stay().status == "in-progress"
    say("A08", at="20261121120000", pv1={44: MORNING, 45: "20261121115900"})
    assert stay().status == "finished"


def test_a_stay_that_ended_does_not_begin_again_by_itself(say: Say) -> None:
    admit(say)
    say("A03", at=NOON, pv1={45: NOON})
    assert admit(say, at=NEXT_DAY) == ["AE", "stay-finished"]
    assert say("A08", at=NEXT_DAY, pv1={7: "77^Osei^Kofi"}) == ["AA", ""]
    assert (stay().status, stay().attending) == ("finished", "Osei, Kofi")


def test_an_update_of_an_unknown_visit_begins_it(say: Say) -> None:
    say("A08", at=NOON, pv1={44: MORNING})
    assert (stay().status, stay().admitted_at, stay().heard_at) == ("in-progress", local(MORNING), local(NOON))


def test_a_clock_that_runs_ahead_does_not_shut_out_what_follows(say: Say) -> None:
    admit(say, at="20991231080000")
    assert stay().heard_at <= Message.objects.get().received_at


def test_stays_without_a_number_are_told_by_the_patient(say: Say) -> None:
    bare = {19: "", 44: ""}
    say("A01", at=MORNING, pv1=bare, pid={18: ""})
    say("A02", at=NOON, pv1={**bare, 3: "ICU^1"}, pid={18: ""})
    assert (stay().visit_number, stay().unit) == ("", "ICU")
    say("A03", at=EVENING, pv1=bare, pid={18: ""})
    assert stay().status == "finished"
    assert say("A03", at=NEXT_DAY, pv1=bare, pid={18: ""}) == ["AE", "which-stay"]


def test_facts_are_put_on_the_chart_once(say: Say) -> None:
    more = (
        "AL1|1|DA|^Penicillin|SV|Anaphylaxis", "AL1|2|DA|^PCN", "DG1|1||I50.9^Heart failure^I10", "DG1|2|||Gout",
        "OBX|1|NM|29463-7^Weight^LN||81.5|kg|||||F|||20261120",
    )  # fmt: skip
    for at in (MORNING, NOON):
        say("A08", *more, at=at)
    assert list(Allergy.objects.values_list("substance", "severity", "recorded_by")) == [("Penicillin", "severe", None)]
    assert list(Condition.objects.values_list("code", "text")) == [("I509", "Heart failure"), ("", "Gout")]
    assert [str(o) for o in Observation.objects.all()] == ["29463-7 81.5 kg"]


def test_none_known_is_recorded_only_where_nobody_has_said_otherwise(say: Say) -> None:
    say("A08", "AL1|1|DA|NKDA", at=MORNING)
    assert Patient.objects.get().no_known_allergies_on is not None
    say("A08", "AL1|1|DA|^Codeine", at=NOON)
    assert Patient.objects.get().no_known_allergies_on is None
    assert say("A08", "AL1|1|DA|NKDA", at=EVENING) == ["AA", ""]
    assert (Allergy.objects.count(), Patient.objects.get().no_known_allergies_on) == (1, None)


def test_news_of_a_person_changes_their_chart_and_no_stay(say: Say) -> None:
    assert say("A31", "AL1|1|DA|^Codeine", at=MORNING) == ["AA", ""]
    assert not Patient.objects.exists()
    tess = add_patient(person=TESS, by=SYSTEM)
    record_no_known_allergies(patient=tess, by=SYSTEM)
    say("A60", "IAM|1|DA|^Codeine|MO||A", at=NOON)
    assert Allergy.objects.get().patient == tess
    assert not Encounter.objects.exists()


@pytest.mark.parametrize(
    "pid",
    [{7: "19610903"}, {7: ""}, {5: "Okafor^Thess"}, {8: "M"}, {5: "Okafor^Tess^Ann"}, {5: "Okafor^Tess^Marie^Sr"}],
)
def test_whoever_is_much_like_somebody_on_record_is_asked_about(say: Say, pid: Fields) -> None:
    add_patient(person=TESS, by=SYSTEM)
    assert admit(say, pid=pid) == ["AE", "who-is-this"]
    assert Patient.objects.count() == 1
    assert not Encounter.objects.exists()


@pytest.mark.parametrize("pid", [{5: "Okafor^Kofi", 8: "M"}, {5: "Brandt^Emil", 7: "19520120"}])
def test_a_number_of_somebody_else_is_never_believed(say: Say, pid: Fields) -> None:
    admit(say)
    assert admit(say, pid=pid, pv1={19: "V-2^^^MERCY"}) == ["AE", "number-of-another"]
    assert say("A08", at=NOON, pid=pid) == ["AE", "stay-of-another"]
    assert not Allergy.objects.exists()
    assert Encounter.objects.count() == 1


def test_the_same_name_under_another_number_of_the_same_house_is_asked_about(say: Say) -> None:
    admit(say)
    assert admit(say, pid={3: "70999^^^MERCY^MR"}, pv1={19: "V-2^^^MERCY"}) == ["AE", "who-is-this"]
    assert admit(say, pid={3: "5^^^STLUKES^MR"}, pv1={19: "V-3^^^STLUKES"}) == ["AA", ""]
    assert Patient.objects.count() == 1


def test_a_number_without_a_giver_is_the_sending_houses(say: Say) -> None:
    bare = {3: "70031"}
    admit(say, pid=bare, pv1={19: "V-1"})
    other = {"pid": {**bare, 5: "Brandt^Emil", 7: "19520120"}, "pv1": {19: "V-1"}, "msh": {4: "STLUKES"}}
    assert admit(say, **other) == ["AA", ""]
    assert Patient.objects.count() == Encounter.objects.count() == 2


def test_records_are_not_merged_by_machine(say: Say) -> None:
    admit(say)
    assert say("A40", "MRG|70099^^^MERCY^MR", at=NOON) == ["AE", "merge"]


def test_what_nobody_acts_on_is_accepted_and_what_is_not_known_is_rejected(say: Say) -> None:
    assert say("A05") == ["AA", ""]
    assert say("A99") == ["AR", "EVENT-UNKNOWN"]
    assert say("A01", msh={9: "ORU^R01"}) == ["AR", "NOT-ADT"]
    assert not Encounter.objects.exists()


def test_what_is_no_message_is_kept_and_rejected(send: Send) -> None:
    response = send(b"hello", "/exchange/hl7v2")
    assert parse(response.content).first("MSA").text(1) == "AR"
    assert Message.objects.get().reason == "NOT-HL7"
    assert send(b"MSH|^~\\&|" + b"x" * 2_000_000, "/exchange/hl7v2").status_code == 413


def test_a_stranger_is_not_heard(client: Client) -> None:
    assert client.post("/exchange/hl7v2", data=adt(), content_type="application/hl7-v2").status_code == 401


def test_nothing_of_the_patient_is_logged(say: Say, caplog: pytest.LogCaptureFixture) -> None:
    add_patient(person=TESS, by=SYSTEM)
    admit(say, pid={7: "19610903"})
    say("A99")
    assert caplog.records, "the refusal is logged"
    assert "Okafor" not in caplog.text
    assert "70031" not in caplog.text


def test_a_person_says_who_it_is_and_it_is_taken_in(say: Say, client_as: Callable[[str], Client]) -> None:
    tess = add_patient(person=TESS, by=SYSTEM)
    admit(say, pid={7: "19610903"})
    row, client = Message.objects.get(), client_as("technician")
    page = client.get(f"/messages/{row.pk}/").content.decode()
    assert "Who is it?" in page
    assert f'value="{tess.pk}"' in page
    assert "Birth date differs (day and month exchanged)" in page
    assert client.post(f"/exceptions/{row.pk}/who", {"patient": "somebody"}).status_code == 422
    page = client.post(f"/exceptions/{row.pk}/who", {"patient": tess.pk}, follow=True).content.decode()
    assert "Okafor, Tess Marie Jr: admitted" in page
    assert (stay().patient, Message.objects.get().status) == (tess, "accepted")
    assert say("A02", at=NOON, pid={7: "19610903"}) == ["AA", ""]
    assert client.post(f"/exceptions/{row.pk}/who", {"patient": tess.pk}).status_code == 422
    page = client.get(f"/messages/{row.pk}/").content.decode()
    assert "Stay V-100" in page
    assert "Patient (PID)" in page


def test_or_that_it_is_somebody_new(say: Say, client_as: Callable[[str], Client]) -> None:
    tess = add_patient(person=TESS, by=SYSTEM)
    admit(say, pid={5: "Okafor^Thess"})
    client_as("pharmacist").post(f"/exceptions/{Message.objects.get().pk}/who", {"patient": "new"})
    assert stay().patient != tess
    assert stay().patient.given_names == "Thess"
    assert Event.objects.filter(action="exchange.say_who").exists()


def test_a_stay_begun_by_hand_is_the_one_that_is_told_of(say: Say) -> None:
    tess = add_patient(person=TESS, by=SYSTEM)
    by_hand = actions.admit(patient=tess, by=SYSTEM, at=local(MORNING), facts={"unit": "ED"})
    say("A02", at=NOON, pv1={44: MORNING})
    assert (stay().pk, stay().visit_number, stay().unit) == (by_hand.pk, "V-100", "4W")
    say("A03", at=EVENING, pv1={19: "V-99^^^MERCY", 44: ""})
    assert [s.status for s in Encounter.objects.order_by("pk")] == ["in-progress", "finished"]


def test_a_giver_that_is_named_only_sometimes_makes_no_second_stay(say: Say) -> None:
    admit(say)
    say("A02", at=NOON, pv1={19: "V-100"}, msh={4: "MERCY HOSPITAL"})
    say("A03", at=EVENING, pv1={19: "V-100^^^MERCY&1.2.3&ISO"}, pid={3: "70031"})
    assert (stay().status, stay().authority, stay().unit) == ("finished", "MERCY", "4W")


def test_whoever_was_faster_with_the_same_stay_is_found_at_the_second_try(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, raced = exchange.move, []

    def late(**options: Any) -> str:
        if not raced:
            raced.append(True)
            raise IntegrityError
        return real(**options)

    monkeypatch.setattr(exchange, "move", late)
    assert admit(say) == ["AA", ""]
    assert stay().status == "in-progress"


def test_a_number_is_given_to_somebody_else_by_a_pharmacist_alone(say: Say, client_as: Callable[[str], Client]) -> None:
    admit(say)
    brandt = {5: "Brandt^Emil", 7: "19520120", 8: "M"}
    admit(say, pid=brandt, pv1={19: "V-2^^^MERCY"})
    row = Message.objects.get(reason="number-of-another")
    refused = client_as("technician").post(f"/exceptions/{row.pk}/who", {"patient": "new"})
    assert refused.status_code == 422
    assert "only a pharmacist" in refused.content.decode()
    assert Patient.objects.count() == 1
    client_as("pharmacist").post(f"/exceptions/{row.pk}/who", {"patient": "new"})
    emil = Patient.objects.get(family_name="Brandt")
    assert KnownNumber.objects.get(number="70031").patient == emil
    assert Encounter.objects.get(visit_number="V-2").patient == emil
    assert say("A02", at=NOON, pid=brandt, pv1={19: "V-2^^^MERCY"}) == ["AA", ""]


def test_a_name_that_changed_is_said_to_be_the_patient_of_the_visit(
    say: Say, client_as: Callable[[str], Client]
) -> None:
    admit(say)
    say("A02", at=NOON, pid={5: "Okafor^Theresia"})
    row = Message.objects.get(reason="stay-of-another")
    client_as("technician").post(f"/exceptions/{row.pk}/who", {"patient": stay().patient.pk})
    assert (stay().unit, Message.objects.get(pk=row.pk).status) == ("4W", "accepted")

"""The interview guide: one question after the other, what comes up taken down at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tallman.server.patients.models import Allergy, Patient
from tallman.server.reconciliation.models import Encounter, HistoryLine, Probe
from tallman.server.reconciliation.probes import PROBES
from tests.integration.reconciliation.test_stay import complete

As = Callable[[str], Client]
FIRST, SECOND = PROBES[0].code, PROBES[1].code


def post(client: Client, stay: Encounter, path: str, **sent: str) -> Any:
    return client.post(f"/stays/{stay.pk}/guide/{path}", sent)


def page(client: Client, stay: Encounter, query: str = "") -> str:
    return client.get(f"/stays/{stay.pk}/guide/{query}").content.decode()


def test_codes_are_there_once_and_every_question_can_be_read_aloud() -> None:
    assert len({ask.code for ask in PROBES}) == len(PROBES)
    assert all(ask.question.endswith(("?", ".")) for ask in PROBES)


def test_a_no_goes_on_and_a_yes_stays(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    assert page(client, stay).count('class="ask"') == 1
    assert post(client, stay, f"{FIRST}/answer", answer="no").url == f"/stays/{stay.pk}/guide/?ask={SECOND}"
    assert post(client, stay, f"{SECOND}/answer", answer="yes").url == f"/stays/{stay.pk}/guide/?ask={SECOND}"
    shown = page(client, stay, f"?ask={SECOND}")
    assert 'id="tell-line"' in shown, "the field stands open at once"
    assert "2 of 14 asked" in shown
    assert [(p.code, p.answer, p.by.role) for p in Probe.objects.all()] == [
        (FIRST, "no", "technician"), (SECOND, "yes", "technician"),
    ]  # fmt: skip


def test_what_comes_up_becomes_part_of_the_history_and_the_question_stays(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    sent = {"lines": "timolol 0.5% eye drops 1 drop both eyes bid // since last year", "told_by": "daughter"}
    assert post(client, stay, f"{FIRST}/tell", **sent).url.endswith(f"?ask={FIRST}")
    made = HistoryLine.objects.get()
    assert (made.text, made.directions, made.note, made.told_by) == (
        "timolol 0.5% eye drops", "1 drop both eyes bid", "since last year", "daughter",
    )  # fmt: skip
    assert "timolol" in page(client, stay).lower()
    assert post(client, stay, f"{FIRST}/tell", lines=" ").url.endswith(f"?ask={SECOND}")


def test_what_a_list_tells_of_too_is_answered_with_it(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    refused = post(client, stay, "otc/tell", lines="warfarin")
    assert (refused.status_code, "say how it is taken" in refused.content.decode()) == (422, True)
    post(client, stay, "otc/tell", lines="Coumadin 2.5 mg 1 tablet daily")
    (made,) = HistoryLine.objects.all()
    assert [line.text for line in made.rests_on.all()] == ["warfarin 5 mg oral tablet"]


def test_an_allergy_goes_on_the_record_of_the_patient(stay: Encounter, patient: Patient, client_as: As) -> None:
    post(client_as("technician"), stay, "allergies/tell", lines="penicillin", reaction="hives as a child")
    made = Allergy.objects.get(patient=patient)
    assert (made.substance, made.reaction) == ("penicillin", "hives as a child")


def test_nobody_asked_before(stay: Encounter, patient: Patient, client_as: As) -> None:
    client = client_as("technician")
    assert "No known allergies: on the record" not in page(client, stay, "?ask=allergies"), "it is there already"
    Patient.objects.filter(pk=patient.pk).update(no_known_allergies_on=None)
    assert "No known allergies: on the record" in page(client, stay, "?ask=allergies")
    post(client, stay, "none-known")
    assert Patient.objects.get(pk=patient.pk).no_known_allergies_on is not None
    assert Probe.objects.get().answer == "no"


def test_a_complete_history_is_opened_before_it_is_changed(
    stay: Encounter, client_as: As, person: Callable[[str], Any]
) -> None:
    complete(stay, person("technician"))
    refused = post(client_as("technician"), stay, "otc/tell", lines="aspirin 81 mg daily")
    assert (refused.status_code, "open it again" in refused.content.decode()) == (422, True)


def test_a_question_that_is_none_is_not_found(stay: Encounter, client_as: As) -> None:
    assert post(client_as("technician"), stay, "colour/answer", answer="no").status_code == 404


def test_when_all_was_asked_the_history_is_next(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    for ask in PROBES:
        answer = post(client, stay, f"{ask.code}/answer", answer="unknown")
    assert answer.url == f"/stays/{stay.pk}/guide/"
    shown = page(client, stay)
    assert "On to the history" in shown
    assert 'class="ask"' not in shown

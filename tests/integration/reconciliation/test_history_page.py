"""The history page: what it shows, and what its keys send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tallman.core.reconciliation.line import SourceKind
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine
from tests.integration.reconciliation.test_stay import now

Told = Callable[..., Any]


def address(name: str, stay: Encounter) -> str:
    return reverse(f"reconciliation:{name}", kwargs={"pk": stay.pk})


def lines(*, of: str) -> list[int]:
    return list(ListLine.objects.filter(text__icontains=of).values_list("pk", flat=True))


def test_sources_stand_beside_each_other_and_differences_are_lit(
    stay: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    told(["Coumadin 2.5 mg | take 1 tablet daily", "furosemide 40 mg tablet | 1 tab every morning"])
    page = client_as("technician").get(address("history", stay)).content.decode()
    assert "Patient interview" in page
    assert "Outpatient record" in page
    assert "other dose" in page
    assert "sources differ" in page
    assert page.count('class="asking"') == 1, "one row is asked about at a time"
    assert 'data-key="1"' not in page.split('class="asking"')[0], "keys belong to the row that is asked about"


def test_one_key_answers_a_row(stay: Encounter, told: Told, client_as: Callable[[str], Client]) -> None:
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    client = client_as("technician")
    (pk,) = lines(of="furosemide")
    sent = {"line": [pk], "as": pk, "told_by": "daughter", "last_taken": "this morning"}
    assert client.post(address("answer", stay), sent).status_code == 302
    answer = HistoryLine.objects.get()
    assert (answer.text, answer.state, answer.told_by) == ("furosemide 40 mg tablet", "active", "daughter")
    assert "last taken this morning" in client.get(address("history", stay)).content.decode()


def test_the_button_counts_not_what_the_form_proposes(
    stay: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    told(["Coumadin 2.5 mg | take 1 tablet daily"])
    record, interview = lines(of="warfarin") + lines(of="coumadin")
    sent = {"line": [record, interview], "as": [interview, record]}
    client_as("technician").post(address("answer", stay), sent)
    assert HistoryLine.objects.get().text == "warfarin 5 mg oral tablet"


def test_what_is_not_taken_and_what_is_taken_otherwise(
    stay: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    client = client_as("technician")
    (warfarin,), (furosemide,) = lines(of="warfarin"), lines(of="furosemide")
    client.post(address("answer", stay), {"line": warfarin, "as": warfarin, "state": "not taken"})
    client.post(address("answer", stay), {"line": furosemide, "as": furosemide, "directions": "1 tab every other day"})
    said = {line.text.split()[0]: (line.state, line.directions) for line in HistoryLine.objects.all()}
    assert said["warfarin"][0] == "not taken"
    assert said["furosemide"] == ("active", "1 tab every other day")


def test_an_answer_is_given_anew_and_taken_back(stay: Encounter, client_as: Callable[[str], Client]) -> None:
    client = client_as("technician")
    (pk,) = lines(of="warfarin")
    client.post(address("answer", stay), {"line": pk, "as": pk})
    client.post(address("answer", stay), {"line": pk, "as": pk, "certainty": "unsure"})
    told = HistoryLine.objects.get()
    assert told.certainty == "unsure"
    client.post(reverse("reconciliation:take-back", kwargs={"pk": stay.pk, "line": told.pk}))
    assert not HistoryLine.objects.exists()


def test_a_line_of_somebody_else_is_no_answer(stay: Encounter, told: Told, client_as: Callable[[str], Client]) -> None:
    response = client_as("technician").post(address("answer", stay), {"line": 987654, "as": 987654})
    assert response.status_code == 422
    assert not HistoryLine.objects.exists()


def test_the_history_is_completed_and_opened_again(
    stay: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    client = client_as("technician")
    (pk,) = lines(of="warfarin")
    client.post(address("answer", stay), {"line": pk, "as": pk})
    client.post(address("add-history", stay), {"text": "aspirin 81 mg", "directions": "daily", "told_by": "wife"})
    client.post(address("complete-history", stay), {"version": now(stay).version})
    assert now(stay).history_completed_at
    page = client.get(address("history", stay)).content.decode()
    assert "no source but wife" in page
    assert 'class="asking"' not in page
    client.post(address("reopen-history", stay), {"version": now(stay).version})
    assert now(stay).history_completed_at is None


def test_a_new_source_is_asked_about(stay: Encounter, told: Told, client_as: Callable[[str], Client]) -> None:
    told(["Advil 200 mg | as needed"], SourceKind.BOTTLES)
    page = client_as("trainee").get(address("history", stay)).content.decode()
    assert "ibuprofen" in page
    assert 'class="asking"' not in page, "a trainee looks on"


def test_no_key_takes_what_its_source_says_is_not_taken(
    stay: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    told(["Coumadin 2.5 mg | take 1 tablet daily", "furosemide 40 mg tablet | 1 tab every morning"])
    ListLine.objects.filter(text__icontains="coumadin").update(state="not taken")
    ListLine.objects.filter(text__icontains="furosemide").update(state="not taken")
    client = client_as("technician")
    (record,), (interview,), (furosemide,) = lines(of="warfarin"), lines(of="coumadin"), lines(of="furosemide")
    differing = client.get(address("history", stay), {"row": min(record, interview)}).content.decode()
    assert differing.count('<button class="quiet" name="as"') == 1, "the record's alone"
    assert f'name="as" value="{record}" data-key=' in differing
    agreed = client.get(address("history", stay), {"row": furosemide}).content.decode()
    assert 'data-key="y"' not in agreed
    assert '<button name="state" value="not taken"' in agreed

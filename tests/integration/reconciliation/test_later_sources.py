"""A source that comes after the answers: what it says otherwise is looked at once more, what it repeats is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tallman.core.reconciliation.line import SourceKind
from tallman.server.audit.models import Event
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine
from tallman.server.refusal import Refused
from tests.integration.reconciliation.test_stay import complete, now

Told = Callable[..., Any]
HALF, WHOLE = "furosemide 20 mg tablet | 1 tab every morning", "furosemide 40 mg tablet | 1 tab every morning"


@pytest.fixture
def known(stay: Encounter, told: Told, person: Callable[[str], Any]) -> Encounter:
    """Complete: warfarin, and furosemide 40 mg in the morning."""
    told([WHOLE])
    return complete(stay, person("technician"))


@pytest.mark.parametrize(
    "lines, is_opened",
    [
        ([HALF], True),
        (["furosemide 40 mg tablet | 1 tab twice daily"], True),
        ([WHOLE], False),
        (["Lasix 20 mg tablet | 2 tabs every morning"], False),
        (["furosemide 40 mg tablet | "], False),
        (["metformin 500 mg tablet | 1 tab daily"], True),
    ],
    ids=[
        "another dose",
        "another rhythm",
        "the same",
        "the same in other tablets",
        "without directions",
        "another one",
    ],
)
def test_only_what_is_news_opens_a_complete_history(
    known: Encounter, told: Told, lines: list[str], is_opened: bool
) -> None:
    told(lines, SourceKind.REFERRAL)
    assert (now(known).history_completed_at is None) is is_opened
    assert bool(Event.objects.filter(action="reconciliation.add_list").last().data["opened"]) is is_opened


def test_what_somebody_ended_is_news(known: Encounter, person: Callable[[str], Any]) -> None:
    line = ListLine(text="furosemide 40 mg tablet", directions="1 tab every morning", state="stopped")
    actions.add_list(encounter=known, kind="referral", name="Dr Okafor", lines=[line], by=person("technician"))
    assert now(known).history_completed_at is None


def test_orders_never_open_it(known: Encounter, told: Told) -> None:
    told([HALF], SourceKind.HOSPITAL)
    assert now(known).history_completed_at is not None


def test_what_was_weighed_before_is_no_news_when_a_third_source_repeats_it(
    stay: Encounter, told: Told, person: Callable[[str], Any]
) -> None:
    """He takes 40 mg, whatever the record of his doctor says; a letter that says so too changes nothing."""
    told([WHOLE])
    told([HALF], SourceKind.REFERRAL)
    complete(stay, person("technician"))
    told([HALF], SourceKind.RECORD)
    assert now(stay).history_completed_at is not None


def test_the_page_says_what_is_other_and_one_key_keeps_the_answer(
    known: Encounter, told: Told, client_as: Callable[[str], Client], person: Callable[[str], Any]
) -> None:
    told([HALF], SourceKind.REFERRAL)
    client = client_as("technician")
    page = client.get(f"/stays/{known.pk}/history/").content.decode()
    assert "referral tells of another dose: furosemide 20 mg tablet 1 tab every morning" in page
    with pytest.raises(Refused, match=r"furosemide .*another dose"):
        actions.complete_history(encounter=known, version=now(known).version, by=person("technician"))
    answer = HistoryLine.objects.get(text__startswith="furosemide")
    lines = [str(n) for n in ListLine.objects.filter(text__startswith="furosemide").values_list("pk", flat=True)]
    client.post(f"/stays/{known.pk}/history/answer", {"line": lines, "keep": answer.pk})
    answer.refresh_from_db()
    assert (answer.text, answer.rests_on.count()) == ("furosemide 40 mg tablet", 2)
    actions.complete_history(encounter=known, version=now(known).version, by=person("technician"))
    assert "look once more" not in client.get(f"/stays/{known.pk}/history/").content.decode()
    assert Event.objects.filter(action="reconciliation.keep_answer").count() == 1


def test_another_answer_settles_it_too(known: Encounter, told: Told, client_as: Callable[[str], Client]) -> None:
    told([HALF], SourceKind.REFERRAL)
    lines = list(ListLine.objects.filter(text__startswith="furosemide").values_list("pk", flat=True))
    client_as("technician").post(f"/stays/{known.pk}/history/answer", {"line": lines, "as": max(lines)})
    assert HistoryLine.objects.get(text__startswith="furosemide").text == "furosemide 20 mg tablet"

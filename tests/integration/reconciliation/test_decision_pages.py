"""The pages of decision: what keys are offered, what they decide, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallman.core.reconciliation.line import SourceKind
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.decision_page import DecisionRow, decision_rows, discharge_rows
from tallman.server.reconciliation.models import Decision, Encounter, Proposal, Stage
from tallman.server.reconciliation.pages import find
from tests.integration.reconciliation.test_history_page import address
from tests.integration.reconciliation.test_stay import complete, now

Told = Callable[..., Any]


def rows(stay: Encounter, stage: Stage = Stage.ADMISSION) -> dict[str, DecisionRow]:
    whole = find(stay.pk)
    compared = whole.compared(stage)
    found = discharge_rows(compared, whole.discharge(compared)) if stage is Stage.DISCHARGE else decision_rows(compared)
    return {row.name.split()[0].lower(): row for row in found}


def decide(client: Client, stay: Encounter, name: str, stage: Stage = Stage.ADMISSION, **sent: str) -> Any:
    where = {"pk": stay.pk, "stage": stage.value, "key": rows(stay, stage)[name].key}
    return client.post(reverse("reconciliation:decide", kwargs=where), sent)


@pytest.fixture
def compared(stay: Encounter, told: Told, person: Callable[[str], Any]) -> Encounter:
    """Complete: warfarin is not ordered, furosemide in another dose, ramipril replaced, pantoprazole is new."""
    told(["furosemide 40 mg tablet | 1 tab every morning", "ramipril 5 mg capsule | 1 capsule daily"])
    complete(stay, person("technician"))
    told(
        ["furosemide 80 mg tablet | 1 tab every morning", "lisinopril 10 mg tablet | 1 tablet daily",
         "pantoprazole 40 mg tablet | 1 tablet daily"],
        SourceKind.HOSPITAL,
    )  # fmt: skip
    return stay


def keys(row: DecisionRow) -> str:
    return "".join(choice.key for choice in row.choices)


def test_every_row_offers_what_can_become_of_it(compared: Encounter) -> None:
    found = rows(compared)
    assert {name: keys(row) for name, row in found.items()} == {
        "warfarin": "yshe", "furosemide": "yoshe", "ramipril": "ybshe", "pantoprazole": "nshe",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name, sent, disposition, intent, text",
    [
        ("warfarin", {"disposition": "continue"}, "continue", "unintended", ""),
        ("warfarin", {"disposition": "stop", "reason_code": "bleeding"}, "stop", "intended", ""),
        ("furosemide", {"disposition": "continue"}, "continue", "unintended", ""),
        ("furosemide", {"disposition": "change", "reason_code": "not-enough"}, "change", "intended", ""),
        ("furosemide", {"disposition": "change", "directions": "1 tab twice daily", "reason": "worse"},
         "change", "unintended", "furosemide 80 mg tablet"),
        ("furosemide", {"disposition": "stop", "reason_code": "kidneys"}, "stop", "unintended", ""),
        ("ramipril", {"disposition": "substitute", "reason_code": "formulary"},
         "substitute", "intended", "lisinopril 10 mg tablet"),
        ("pantoprazole", {"disposition": "new"}, "new", "intended", ""),
        ("pantoprazole", {"disposition": "stop", "reason_code": "not-needed"}, "stop", "unintended", ""),
    ],
)  # fmt: skip
def test_a_key_decides(
    compared: Encounter, client_as: Callable[[str], Client], name: str, sent: dict[str, str], disposition: str,
    intent: str, text: str,
) -> None:  # fmt: skip
    assert decide(client_as("pharmacist"), compared, name, **sent).status_code == 302
    made = Decision.objects.get()
    assert (made.disposition, made.intent, made.text) == (disposition, intent, text)
    assert rows(compared)[name].is_open is False


def test_the_next_one_that_waits_comes_up_and_the_signature_waits_for_all(
    compared: Encounter, client_as: Callable[[str], Client]
) -> None:
    client = client_as("pharmacist")
    page = client.get(address("decisions", compared)).content.decode()
    assert page.count('class="asking"') == 1
    assert "4 wait for a decision" in page
    for name, sent in {
        "warfarin": {"disposition": "continue", "agreed_with": "Dr Iyer"}, "furosemide": {"disposition": "continue"},
        "ramipril": {"disposition": "substitute", "reason_code": "formulary"}, "pantoprazole": {"disposition": "new"},
    }.items():  # fmt: skip
        decide(client, compared, name, **sent)
    page = client.get(address("decisions", compared)).content.decode()
    assert 'class="asking"' not in page
    assert "agreed with Dr Iyer" in page
    assert "1 to be agreed with the prescriber" in page
    agreed = reverse("reconciliation:agree", kwargs={"pk": compared.pk, "stage": "admission"})
    client.post(agreed, {"who": "Dr Lund"})
    assert "agreed with Dr Lund" in client.get(address("decisions", compared)).content.decode()
    signed = reverse("reconciliation:sign", kwargs={"pk": compared.pk, "stage": "admission"})
    client.post(signed, {"version": now(compared).version})
    assert now(compared).sign_offs.get().stage == "admission"


def test_a_decision_is_taken_back(compared: Encounter, client_as: Callable[[str], Client]) -> None:
    client = client_as("pharmacist")
    decide(client, compared, "warfarin", disposition="continue")
    made = Decision.objects.get()
    client.post(reverse("reconciliation:withdraw", kwargs={"pk": compared.pk, "decision": made.pk}))
    assert rows(compared)["warfarin"].is_open


def test_a_technician_proposes_and_the_pharmacist_takes_it_with_one_key(
    compared: Encounter, client_as: Callable[[str], Client]
) -> None:
    technician, pharmacist = client_as("technician"), client_as("pharmacist")
    where = {"pk": compared.pk, "stage": "admission", "key": rows(compared)["warfarin"].key}
    proposed = {"disposition": "hold", "until": "after the procedure", "reason_code": "procedure"}
    technician.post(reverse("reconciliation:propose", kwargs=where), proposed)
    assert rows(compared)["warfarin"].is_open, "a proposal decides nothing"
    page = technician.get(address("decisions", compared)).content.decode()
    assert "proposes: Hold, surgery or procedure" in page
    assert technician.post(reverse("reconciliation:decide", kwargs=where), proposed).status_code == 403
    pharmacist.post(
        reverse("reconciliation:decide", kwargs=where),
        {"proposed": str(Proposal.objects.get().pk), "agreed_with": "Dr Iyer"},
    )
    made = Decision.objects.get()
    assert (made.disposition, made.until, made.reason_code) == ("hold", "after the procedure", "procedure")
    assert made.agreed_with == "Dr Iyer"


def test_a_trainee_looks_on(compared: Encounter, client_as: Callable[[str], Client]) -> None:
    for name in ("decisions", "discharge"):
        page = client_as("trainee").get(address(name, compared)).content.decode()
        assert 'class="asking"' not in page
        assert "a pharmacist decides" in page


def test_what_was_given_as_at_home_goes_on_with_one_key(
    stay: Encounter, told: Told, client_as: Callable[[str], Client], person: Callable[[str], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    lines = [f"{name} | 1 tablet daily" for name in ("furosemide 40 mg tablet", "ramipril 5 mg tablet")]
    told(lines)
    complete(stay, person("technician"))
    told(lines, SourceKind.HOSPITAL)
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=person("technician"))
    client, where = client_as("pharmacist"), reverse("reconciliation:continue-unchanged", kwargs={"pk": stay.pk})
    page = client.get(address("discharge", stay)).content.decode()
    shown = re.findall(r'name="key" value="(\w+)"', page)
    client.post(where, {"key": [*shown, "of a row that has changed"]})
    assert not Decision.objects.exists(), "all of them or none"
    looked, compared = [], Stay.compared
    monkeypatch.setattr(Stay, "compared", lambda own, stage: looked.append(stage) or compared(own, stage))
    client.post(where, {"key": shown})
    assert len(looked) == 2, "before and after, however many go on"
    decided = {name: row.decision and row.decision.disposition for name, row in rows(stay, Stage.DISCHARGE).items()}
    assert decided == {"furosemide": "continue", "ramipril": "continue", "warfarin": None}


def test_at_discharge_everything_is_decided_in_the_words_the_patient_reads(
    compared: Encounter, client_as: Callable[[str], Client], person: Callable[[str], Any]
) -> None:
    client = client_as("pharmacist")
    actions.plan_discharge(encounter=compared, version=now(compared).version, by=person("technician"))
    undecided = rows(compared, Stage.DISCHARGE)["warfarin"]
    assert (undecided.badge, undecided.reads) == ("critical", "")
    decide(client, compared, "warfarin", Stage.DISCHARGE, disposition="stop", reason_code="bleeding")
    decide(client, compared, "furosemide", Stage.DISCHARGE, disposition="change", directions="2 tabs every morning",
           reason_code="not-enough")  # fmt: skip
    decide(client, compared, "ramipril", Stage.DISCHARGE, disposition="continue")
    decide(client, compared, "pantoprazole", Stage.DISCHARGE, disposition="new")
    page = client.get(address("discharge", compared)).content.decode()
    said = " ".join(page.split())
    assert "Stop taking" in said
    assert "bleeding" in said
    assert "New:" in said
    found = rows(compared, Stage.DISCHARGE)
    assert {name: (str(row.discharge.change), row.badge) for name, row in found.items() if row.discharge} == {
        "warfarin": ("stopped", "moderate"), "furosemide": ("changed", "moderate"), "ramipril": ("same", "clear"),
        "pantoprazole": ("new", "moderate"), "lisinopril": ("only in hospital", "low"),
    }  # fmt: skip
    assert all(row.reads in said for row in found.values())


def test_what_could_not_be_checked_names_the_medicine_and_silence_names_the_checks(
    stay: Encounter, told: Told, client_as: Callable[[str], Client]
) -> None:
    told(["ibuprofen 200 mg tablet | 2 tablets as needed", "warfarin 5 mg tablet | 1 tablet daily"],
         SourceKind.HOSPITAL)  # fmt: skip
    page = client_as("pharmacist").get(address("decisions", stay)).content.decode()
    assert "ibuprofen 200 mg oral tablet: the amount a day cannot be worked out" in page
    told(["acetaminophen 500 mg tablet | 1 tablet twice daily"], SourceKind.HOSPITAL)
    page = client_as("pharmacist").get(address("decisions", stay)).content.decode()
    assert "Nothing that stops was found" in page
    assert "interaction" in page.split("Nothing that stops was found")[1]

"""The pages of review, concerns and holds, as people with and without htmx meet them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallman.core.workflow import Role
from tallman.server.patients.actions import record_fact
from tallman.server.patients.models import Allergy
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Concern
from tallman.server.web import clock

from .conftest import LISINOPRIL, METFORMIN, NOON

HTMX = {"HX-Request": "true", "HX-Target": "answer-decide"}
PLAIN = {"product_id": LISINOPRIL, "sig": "Take 1 tablet by mouth once daily", "days_supply": 30}


def page(row, name="review", **more):
    return reverse(f"prescriptions:{name}", kwargs={"rx_number": row.rx_number} | more)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", ["review", "show"])
@pytest.mark.parametrize("role", ["trainee", "technician", "pharmacist"])
def test_the_frame_shows_patient_medicine_and_directions(client_as, entered, name, role) -> None:
    seen = text(client_as(role).get(page(entered(), name)))
    for said in ("Okonjo, Marta", "1960-02-09", "66 y", "71 kg", "4 weeks ago", "No known allergies", "30 tablets"):
        assert said in seen
    assert "three times daily as needed for pain" in seen
    assert "ibuprofen with warfarin" in seen
    assert "1 tab po tid prn pain" in seen


def test_only_a_pharmacist_gets_the_outcomes_and_the_approval(client_as, entered) -> None:
    row = entered()
    assert 'name="outcome"' in text(client_as("pharmacist").get(page(row)))
    for role in ("trainee", "technician", "certified-technician"):
        seen = text(client_as(role).get(page(row)))
        assert 'name="outcome"' not in seen
        assert page(row, "approve") not in seen
        assert "A pharmacist must decide it." in seen


def test_allergies_nobody_asked_for_are_loud(client_as, received) -> None:
    row = received()
    row.received["allergies"] = []
    row.save()
    assert "Allergies not asked" in text(client_as("technician").get(page(row, "show")))


def test_an_administrator_sees_nothing_of_any_prescription(client_as, entered) -> None:
    row = entered()
    concern = actions.raise_concern(prescription=row, kind="dose", by=row.entered_by)
    addresses = [page(row), page(row, "show"), page(row, "next"), reverse("prescriptions:concerns")]
    addresses.append(reverse("prescriptions:concern", kwargs={"pk": concern.pk}))
    for address in addresses:
        response = client_as("administrator").get(address)
        assert response.status_code == 403
        assert "Okonjo" not in text(response)


def test_approving_is_disabled_with_the_reason_until_all_is_decided(client_as, entered, undecided) -> None:
    row, client = entered(), client_as("pharmacist")
    assert "A finding is undecided: a pharmacist must decide it first." in text(client.get(page(row)))
    response = client.post(page(row, "approve"), {"version": row.version})
    assert response.status_code == 422
    said = {"version": row.version, "outcome": "override-counselled", "reason": "Knows the signs of bleeding"}
    client.post(page(row, "decide", pk=undecided(row).pk), said)
    row.refresh_from_db()
    seen = text(client.get(page(row)))
    assert "Knows the signs of bleeding" in seen
    assert "A pharmacist" in seen
    client.post(page(row, "approve"), {"version": row.version})
    row.refresh_from_db()
    assert row.stage == "to-fill"


def test_a_refusal_to_htmx_is_a_part_for_the_form_s_own_answer(client_as, entered, undecided) -> None:
    row = entered()
    response = client_as("pharmacist").post(
        page(row, "decide", pk=undecided(row).pk), {"version": row.version, "outcome": ""}, headers=HTMX
    )
    assert response.status_code == 422
    assert "Choose what you decide." in text(response)
    assert "<html" not in text(response)
    assert "HX-Retarget" not in response.headers


def test_a_refusal_to_a_form_without_an_answer_goes_to_the_messages(client_as, entered) -> None:
    row = entered()
    response = client_as("pharmacist").post(
        page(row, "approve"), {"version": row.version}, headers={"HX-Request": "true"}
    )
    assert (response.status_code, response.headers["HX-Retarget"]) == (422, "#messages")


def test_who_was_slower_is_told_by_whom_and_keeps_what_was_typed(client_as, entered, undecided, person) -> None:
    row, client = entered(), client_as("pharmacist")
    address = page(row, "decide", pk=undecided(row).pk)
    said = {"version": row.version, "outcome": "not-applicable", "reason": "She takes it for a week only"}
    actions.rescreen(prescription=row, by=person("pharmacist-in-charge"))
    response = client.post(address, said, headers=HTMX | {"HX-Current-URL": f"http://testserver{page(row)}"})
    assert response.status_code == 409
    assert "A pharmacist-in-charge changed it just now, at" in text(response)
    again = text(client.get(page(row)))
    assert "She takes it for a week only" in again
    assert "She takes it for a week only" not in text(client.get(page(row)))
    without_htmx = client.post(address, said)
    assert without_htmx.status_code == 409
    assert "She takes it for a week only" in text(without_htmx)
    assert undecided(row).decision is None


def test_a_form_without_a_version_is_refused(client_as, entered) -> None:
    assert client_as("pharmacist").post(page(entered(**PLAIN), "approve")).status_code == 422


def test_after_a_step_the_next_one_of_that_stage_opens(client_as, entered) -> None:
    first, client = entered(**PLAIN), client_as("pharmacist")
    other = {"product_id": METFORMIN, "sig": "Take 1 tablet by mouth twice daily", "quantity": Decimal(60)}
    second = entered(days_supply=30, **other)
    response = client.post(page(first, "approve"), {"version": first.version})
    assert response.url == page(second)
    assert f"Rx {first.rx_number}: approved." in text(client.get(response.url))
    last = client.post(page(second, "approve"), {"version": second.version}, headers={"HX-Request": "true"})
    assert (last.status_code, last.headers["HX-Redirect"]) == (204, reverse("dispensing:queue"))


def test_passing_over_goes_on_to_the_one_due_after_it(client_as, entered) -> None:
    rows, client = [entered(**PLAIN) for _ in range(3)], client_as("pharmacist")
    assert client.get(page(rows[1], "next")).url == page(rows[2])
    assert client.get(page(rows[2], "next")).url == reverse("dispensing:queue")


def test_a_concern_takes_one_press_and_stops_everything(client_as, entered, person) -> None:
    row, client = entered(**PLAIN), client_as("trainee")
    response = client.post(page(row, "raise-concern"), {"kind": "forgery"}, headers={"HX-Request": "true"})
    assert response.headers["HX-Trigger"] == "close-dialogs"
    assert "May not be genuine" in text(response)
    row.refresh_from_db()
    refused = client_as("pharmacist").post(page(row, "approve"), {"version": row.version})
    assert "A concern is open" in text(refused)
    concern = Concern.objects.get()
    address = reverse("prescriptions:concern", kwargs={"pk": concern.pk})
    assert client.post(address, {"answer": "Fine"}).status_code == 403
    answered = client_as("pharmacist").post(address, {"answer": "Called the practice: it is theirs."})
    assert answered.url == page(row)
    row.refresh_from_db()
    assert actions.approve(prescription=row, version=row.version, by=person("pharmacist")).stage == "to-fill"


def test_raising_a_concern_leaves_what_somebody_types_valid(entered, person) -> None:
    row = entered(**PLAIN)
    actions.raise_concern(prescription=row, kind="dose", by=person("technician"))
    held = actions.hold(prescription=row, version=row.version, reason="out-of-stock", by=person("technician"))
    assert held.stage == "on-hold"


def test_a_kind_nobody_knows_is_refused(client_as, entered) -> None:
    assert client_as("technician").post(page(entered(), "raise-concern"), {"kind": "x"}).status_code == 422


def test_the_open_concerns_are_listed_oldest_first(client_as, entered, person) -> None:
    for kind in ("dose", "forgery"):
        actions.raise_concern(prescription=entered(**PLAIN), kind=kind, by=person("technician"))
    seen = text(client_as("pharmacist").get(reverse("prescriptions:concerns")))
    assert seen.index("Dose or directions") < seen.index("May not be genuine")


def test_a_technician_holds_for_stock_but_not_for_a_clinical_reason(client_as, entered) -> None:
    row, client = entered(), client_as("technician")
    refused = client.post(page(row, "hold"), {"version": row.version, "reason": "monitoring"})
    assert refused.status_code == 422
    assert "raise a concern instead" in text(refused)
    client.post(page(row, "hold"), {"version": row.version, "reason": "out-of-stock", "note": "Thursday"})
    row.refresh_from_db()
    assert (row.stage, row.hold.reason) == ("on-hold", "out-of-stock")
    assert "Waiting for stock" in text(client.get("/queue/?stage=on-hold"))
    assert client.post(page(row, "resume"), {"version": row.version}).url == page(row)


def test_what_a_pharmacist_held_for_a_clinical_reason_only_a_pharmacist_takes_off(client_as, entered, person) -> None:
    row = entered()
    row = actions.hold(prescription=row, version=row.version, reason="prescriber-call", by=person("pharmacist"))
    refused = client_as("technician").post(page(row, "resume"), {"version": row.version})
    assert (refused.status_code, "a pharmacist must release it" in text(refused)) == (422, True)
    assert "a pharmacist must release it" in text(client_as("technician").get(page(row, "show")))
    client_as("pharmacist").post(page(row, "resume"), {"version": row.version})
    row.refresh_from_db()
    assert row.stage == "entered"


def test_cancelling_needs_a_reason_and_is_told_in_the_timeline(client_as, entered) -> None:
    row, client = entered(), client_as("pharmacist")
    assert client.post(page(row, "cancel"), {"version": row.version, "reason": ""}).status_code == 422
    client.post(page(row, "cancel"), {"version": row.version, "reason": "Sent twice by the practice"})
    row.refresh_from_db()
    assert row.stage == "cancelled"
    seen = text(client.get(page(row, "show")))
    assert "Sent twice by the practice" in seen
    assert "Entered" in seen


def test_sent_back_it_waits_for_entry_again_with_the_reason(client_as, entered) -> None:
    row = entered()
    client_as("pharmacist").post(page(row, "send-back"), {"version": row.version, "reason": "Strength is 400 mg"})
    row.refresh_from_db()
    assert row.stage == "received"
    for name in ("show", "entry"):
        assert "Sent back:</strong> Strength is 400 mg" in text(client_as("technician").get(page(row, name)))


@pytest.mark.parametrize("name", ["review", "show"])
@pytest.mark.parametrize("role", [r.value for r in Role if r is not Role.ADMINISTRATOR])
def test_every_stage_can_be_looked_at(client_as, received, entered, approved, name, role) -> None:
    for row in (received(), entered(), approved()):
        assert client_as(role).get(page(row, name)).status_code == 200


def test_the_page_asks_the_same_number_of_queries_however_much_there_is(client_as, entered, person) -> None:
    client, row = client_as("pharmacist"), entered()
    client.get(page(row))

    def queries(more: int) -> int:
        for _ in range(more):
            entered(**PLAIN)
            actions.raise_concern(prescription=row, kind="dose", by=person("technician"))
        actions.rescreen(prescription=row, by=person("technician"))
        with CaptureQueriesContext(connection) as seen:
            client.get(page(row))
        return len(seen)

    assert queries(1) == queries(5) <= 14


def test_approving_the_next_day_screens_again_and_goes_on_when_nothing_new_is_found(client_as, entered) -> None:
    row, client = entered(**PLAIN), client_as("pharmacist")
    with clock.fixed(NOON + timedelta(days=1)):
        client.post(page(row, "approve"), {"version": row.version})
    before = row.screening_id
    row.refresh_from_db()
    assert (row.stage, row.screening.on) == ("to-fill", date(2026, 6, 4))
    assert row.screening_id != before


def test_knowledge_learnt_since_the_screening_stops_the_approval(client_as, entered, patient, person) -> None:
    row, client = entered(**PLAIN), client_as("pharmacist")
    Allergy.objects.create(patient=patient, substance="lisinopril", reaction="angioedema", severity="severe")
    with clock.fixed(NOON + timedelta(days=1)):
        response = client.post(page(row, "approve"), {"version": row.version})
        assert response.url == page(row)
        assert "something was found" in text(client.get(response.url))
    row.refresh_from_db()
    assert row.stage == "entered"


def test_a_promise_moves_it_in_the_queue(client_as, entered) -> None:
    row, client = entered(**PLAIN), client_as("technician")
    said = {"version": row.version, "priority": "waiting", "promised_at": "2026-06-03T12:30"}
    client.post(page(row, "promise"), said)
    row.refresh_from_db()
    assert (row.priority, row.due_at) == ("waiting", NOON + timedelta(minutes=30))
    for wrong in ({"priority": "soon"}, {"promised_at": "half past four"}):
        assert client.post(page(row, "promise"), said | {"version": row.version} | wrong).status_code == 422


def test_what_stops_after_its_review_is_counted_on_the_queue(client_as, approved, patient, person) -> None:
    approved()
    client = client_as("pharmacist")
    assert client.get("/queue/").context["stopped"] == 0
    record_fact(patient=patient, fact=Allergy(substance="ibuprofen", reaction="hives"), by=person("technician"))
    assert "1 stopped after review" in text(client.get("/queue/"))


def test_a_technician_is_not_led_to_what_waits_for_a_pharmacist(client_as, approved, patient, person) -> None:
    first = approved(**PLAIN)
    stopped = approved(
        product_id=METFORMIN, sig="Take 1 tablet by mouth twice daily", quantity=Decimal(60), days_supply=30
    )
    asked, free = approved(**PLAIN), approved(**PLAIN)
    record_fact(patient=patient, fact=Allergy(substance="metformin", reaction="rash"), by=person("technician"))
    actions.raise_concern(prescription=asked, kind="dose", by=person("technician"))
    following = client_as("technician").get(page(first, "next")).url
    assert free.rx_number in following
    assert stopped.rx_number in client_as("pharmacist").get(page(first, "next")).url

"""What the pages of a fill show and answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client

from tallman.core.quantity import UnitMismatch
from tallman.server.accounts.models import User
from tallman.server.dispensing import actions
from tallman.server.dispensing.models import NearMiss, Scan
from tallman.server.dispensing.portions import in_stock_unit
from tallman.server.inventory.models import Lot, StockItem
from tallman.server.inventory.queries import on_hand
from tallman.server.prescriptions.actions import raise_concern
from tallman.server.prescriptions.models import Prescription
from tests.integration.dispensing.conftest import LISINOPRIL_10, LISINOPRIL_20, ZESTRIL_10, matrix, upc

Pages = Callable[[str], Client]
Make = Callable[..., Prescription]


def post(client: Client, row: Prescription, step: str, htmx: bool = True, **said: object) -> object:
    headers = {"HX-Request": "true", "HX-Target": "answer-here"} if htmx else {}
    return client.post(f"/rx/{row.rx_number}/{step}", {"version": row.version, **said}, headers=headers)


def test_a_right_scan_is_green_and_counted(client_as: Pages, to_fill: Make, shelf: SimpleNamespace) -> None:
    row, client = to_fill(), client_as("trainee")
    said = post(client, row, "fill/scan", code=matrix(LISINOPRIL_10, shelf.late)).content.decode()
    assert 'class="right"' in said
    assert "30</strong> of <strong>30 tablets" in said
    assert 'hx-swap-oob="true"' in said
    assert "30</strong> of" in client.get(f"/rx/{row.rx_number}/fill/").content.decode()


def test_a_wrong_scan_shows_both_sides_and_stays_on_record(
    client_as: Pages, to_fill: Make, shelf: SimpleNamespace
) -> None:
    row, client = to_fill(), client_as("technician")
    answer = post(client, row, "fill/scan", htmx=False, code=upc(LISINOPRIL_20))
    page = client.get(answer.url).content.decode()
    assert 'class="stop"' in page
    assert "This is another strength." in page
    assert NearMiss.objects.get().scan.code == upc(LISINOPRIL_20)
    stranger = client_as("pharmacist").get(answer.url).content.decode()
    assert 'class="stop"' not in stranger, "a stop is for the person who scanned"


def test_the_page_tells_the_second_person(client_as: Pages, to_fill: Make, shelf: SimpleNamespace, person) -> None:
    row = to_fill()
    actions.scan(prescription=row, code=upc(LISINOPRIL_10), by=person("technician"))
    assert "Ask before you go on." in client_as("trainee").get(f"/rx/{row.rx_number}/fill/").content.decode()
    assert "Ask before" not in client_as("technician").get(f"/rx/{row.rx_number}/fill/").content.decode()


def test_a_stale_page_is_told_409(client_as: Pages, filled: Make, person) -> None:
    row = filled()
    row.version -= 1
    for step, role in (("fill/scan", "technician"), ("fill/", "technician"), ("verify/", "pharmacist")):
        answer = post(client_as(role), row, step, code=upc(LISINOPRIL_10))
        assert (answer.status_code, b"A technician" in answer.content) == (409, True), step


def test_what_is_refused_says_why_422(client_as: Pages, to_fill: Make, shelf: SimpleNamespace) -> None:
    row, client = to_fill(), client_as("technician")
    for step, said, sentence in (
        ("fill/scan", {"code": "RX1000001"}, "label of Rx 1000001"),
        ("fill/", {}, "more than 0"),
        ("shelve/", {"bin": "A1"}, "It is to fill now"),
    ):
        answer = post(client, row, step, **said)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


@pytest.mark.parametrize("amount", ["-1", "x", "NaN", "1e999", "0.00001"])
def test_an_amount_is_a_number(client_as: Pages, to_fill: Make, shelf: SimpleNamespace, person, amount: str) -> None:
    row = to_fill()
    one = actions.scan(prescription=row, code=upc(LISINOPRIL_10), by=person("technician"))
    answer = post(client_as("technician"), row, "fill/", scan=one.pk, owe="on", **{f"amount-{one.pk}": amount})
    assert answer.status_code == 422
    assert on_hand(one.lot) == 12


def test_amounts_typed_by_lot_are_taken(client_as: Pages, to_fill: Make, shelf: SimpleNamespace, person) -> None:
    row, by = to_fill(), person("technician")
    scans = [actions.scan(prescription=row, code=matrix(LISINOPRIL_10, x), by=by) for x in (shelf.early, shelf.late)]
    amounts = {f"amount-{s.pk}": n for s, n in zip(scans, ("10", "20"), strict=True)}
    post(client_as("technician"), row, "fill/", scan=[s.pk for s in scans], **amounts)
    row.refresh_from_db()
    assert (row.stage, on_hand(shelf.early), on_hand(shelf.late)) == ("filled", 2, 80)


def test_a_technician_does_not_verify(client_as: Pages, filled: Make) -> None:
    row, client = filled(), client_as("technician")
    assert "A pharmacist checks it." in client.get(f"/rx/{row.rx_number}/verify/").content.decode()
    assert post(client, row, "verify/").status_code == 403


def test_the_checker_sees_product_label_original_and_what_was_stopped(
    client_as: Pages, to_fill: Make, shelf: SimpleNamespace, person
) -> None:
    row, by = to_fill(), person("technician")
    actions.scan(prescription=row, code=upc(LISINOPRIL_20), by=by)
    one = actions.scan(prescription=row, code="9999-0101-01", by=by, method="manual", reason="Torn", lot_number="LATE7")
    actions.fill(prescription=row, version=row.version, scans=[one], quantity=Decimal(30), by=by)
    page = client_as("pharmacist").get(f"/rx/{row.rx_number}/verify/").content.decode()
    for said in (
        "Take 1 tablet by mouth",
        "typed by hand",
        "Torn",
        "LATE7",
        "Another strength".lower(),
        "As received",
        "30 tablets",
    ):
        assert said in page, said


def test_rejected_work_comes_back_with_its_reason(client_as: Pages, filled: Make) -> None:
    row = filled()
    post(client_as("pharmacist"), row, "verify/reject", reason="Two kinds of tablets.")
    page = client_as("technician").get(f"/rx/{row.rx_number}/fill/").content.decode()
    assert "Two kinds of tablets." in page


def test_bags_of_one_patient_are_found_together(
    client_as: Pages, ready: Make, filled: Make, person, shelf: SimpleNamespace
) -> None:
    row, other = ready(), ready()
    Prescription.objects.filter(pk=other.pk).update(patient=row.patient)
    page = client_as("technician").get(f"/rx/{row.rx_number}/hand-over/").content.decode()
    assert "Also waiting for" in page
    assert other.rx_number in page


def test_after_a_hand_over_comes_what_waits_for_the_same_patient_and_nobody_else(client_as: Pages, ready: Make) -> None:
    row, same, somebody = ready(), ready(), ready()
    Prescription.objects.filter(pk=same.pk).update(patient=row.patient)
    said = {"identifier": ["name", "phone"], "counselling": "declined", "relationship": "self"}
    client = client_as("technician")
    assert post(client, row, "hand-over/", **said).headers["HX-Redirect"] == f"/rx/{same.rx_number}/hand-over/"
    assert post(client, same, "hand-over/", **said).headers["HX-Redirect"] == "/queue/?stage=ready"
    assert somebody.stage == "ready"


def test_handing_over_owing_and_returning_by_page(client_as: Pages, ready: Make, shelf: SimpleNamespace) -> None:
    row, client = ready(part=20), client_as("technician")
    said = {"identifier": ["name"], "counselling": "declined", "relationship": "self"}
    assert post(client, row, "hand-over/", **said).status_code == 422
    post(client, row, "hand-over/", **{**said, "identifier": ["name", "phone"]})
    row.refresh_from_db()
    assert row.stage == "owed"
    assert "10 tablets" in client.get(f"/rx/{row.rx_number}/owed/").content.decode()
    assert post(client, row, "owed/").headers["HX-Redirect"] == f"/rx/{row.rx_number}/fill/"
    back = ready()
    post(client, back, "return/", reason="Not picked up")
    back.refresh_from_db()
    assert back.stage == "returned-to-stock"


def test_counselling_by_a_pharmacist_is_named(client_as: Pages, ready: Make, person: Callable[[str], User]) -> None:
    row = ready()
    said = {"identifier": ["name", "phone"], "counselling": "accepted", "relationship": "self"}
    client = client_as("technician")
    assert post(client, row, "hand-over/", **said).status_code == 422
    assert post(client, row, "hand-over/", **said, counselled_by=person("technician").pk).status_code == 422
    post(client, row, "hand-over/", **said, counselled_by=person("pharmacist").pk)
    assert row.fills.get().hand_over.counselled_by == person("pharmacist")


def test_pages_say_why_nothing_can_be_done(client_as: Pages, to_fill: Make, shelf: SimpleNamespace, person) -> None:
    row = to_fill()
    raise_concern(prescription=row, kind="other", by=person("technician"))
    page = client_as("technician").get(f"/rx/{row.rx_number}/fill/").content.decode()
    assert "A concern is open" in page
    assert 'id="scan"' not in page
    for step in ("verify", "shelve", "hand-over", "owed", "return"):
        assert client_as("technician").get(f"/rx/{row.rx_number}/{step}/").status_code == 200


def test_the_shelf_lists_equivalents_and_marks_what_must_go(
    client_as: Pages, to_fill: Make, shelf: SimpleNamespace, lot: Callable[..., Lot]
) -> None:
    lot(LISINOPRIL_10, "OLD1", date(2020, 1, 31), 50)
    page = client_as("technician").get(f"/rx/{to_fill().rx_number}/fill/").content.decode()
    assert page.index("EARLY3") < page.index("LATE7") < page.index("OLD1")
    assert f"product {ZESTRIL_10}" in page
    assert f"product {LISINOPRIL_20}" not in page
    assert "expired" in page


def test_units_of_prescription_and_package() -> None:
    litres = Prescription(quantity_unit="L")
    assert in_stock_unit(Decimal("0.25"), litres, StockItem(unit="mL")) == 250
    with pytest.raises(UnitMismatch, match="puffs, the package inhalers"):
        in_stock_unit(Decimal(200), Prescription(quantity_unit="puff"), StockItem(unit="inhaler"))
    with pytest.raises(UnitMismatch):
        in_stock_unit(Decimal(1), Prescription(quantity_unit=""), StockItem(unit="inhaler"))


def test_another_unit_than_the_package_is_refused(client_as: Pages, to_fill: Make, shelf: SimpleNamespace) -> None:
    row, client = to_fill(quantity_unit="mL"), client_as("technician")
    page = post(client, row, "fill/scan", code=matrix(LISINOPRIL_10, shelf.late)).content.decode()
    assert "The prescription counts mL, the package tablets" in page
    one = Scan.objects.get()
    assert post(client, row, "fill/", scan=one.pk, **{f"amount-{one.pk}": "30"}).status_code == 422

"""The shelf: lots and movements, first expiry first, and nothing used that must not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from tallman.server.accounts.models import User
from tallman.server.inventory import actions, queries
from tallman.server.inventory.models import Lot, Movement, StockItem
from tallman.server.refusal import Refused
from tallman.server.web import clock


@pytest.fixture
def technician(person: Callable[[str], User]) -> User:
    return person("technician")


@pytest.fixture
def item(technician: User) -> StockItem:
    return actions.add_item(
        ndc="99999-1000-1", product_id="314076", name="lisinopril 10 mg oral tablet", size=Decimal(100), unit="tablets",
        by=technician,
    )  # fmt: skip


def receive(item: StockItem, number: str, days: int, quantity: int, by: User) -> Lot:
    expires = clock.today() + timedelta(days=days)
    return actions.receive_stock(item=item, lot_number=number, expires_on=expires, quantity=Decimal(quantity), by=by)


def test_an_item_keeps_its_eleven_digits_and_its_unit(item: StockItem) -> None:
    assert (item.ndc, item.ndc_text, item.unit) == ("99999100001", "99999-1000-01", "tablet")


def test_the_lot_that_expires_first_comes_first(item: StockItem, technician: User) -> None:
    for number, days in (("late", 400), ("soon", 40), ("over", -1)):
        receive(item, number, days, 100, technician)
    assert [lot.number for lot in queries.usable_lots("314076", clock.today())] == ["SOON", "LATE"]


def test_a_count_becomes_a_movement(item: StockItem, technician: User) -> None:
    lot = receive(item, "a1", 100, 100, technician)
    actions.adjust_stock(lot=lot, counted=Decimal(97), reason="shelf count", by=technician)
    assert queries.on_hand(lot) == 97
    assert list(Movement.objects.values_list("kind", flat=True)) == ["received", "adjusted"]


@pytest.mark.parametrize("quantity", [0, -1, 101])
def test_no_more_is_destroyed_than_there_is(item: StockItem, technician: User, quantity: int) -> None:
    lot = receive(item, "a1", 100, 100, technician)
    with pytest.raises(Refused, match="100 tablet of this lot"):
        actions.destroy_stock(lot=lot, quantity=Decimal(quantity), reason="broken", by=technician)


def test_one_lot_number_has_one_expiry(item: StockItem, technician: User) -> None:
    receive(item, "a1", 100, 10, technician)
    with pytest.raises(Refused, match="another expiry"):
        receive(item, "A1 ", 101, 10, technician)


def test_recalled_stock_is_not_dispensed(item: StockItem, technician: User) -> None:
    lot = receive(item, "a1", 100, 10, technician)
    actions.recall_lot(lot=lot, reason="maker's letter", by=technician)
    assert not queries.usable_lots("314076", clock.today()).exists()
    with pytest.raises(Refused, match="recalled"):
        actions.move_stock(lot=lot, quantity=Decimal(-1), kind="dispensed", by=technician)


def test_a_trainee_looks_and_does_not_touch(item: StockItem, client_as: Callable[[str], Client]) -> None:
    client = client_as("trainee")
    page = client.get(f"/stock/{item.pk}/")
    assert page.status_code == 200
    assert b"Receive" not in page.content
    assert client.post(f"/stock/{item.pk}/", {}).status_code == 403


def test_received_and_recalled_through_the_pages(item: StockItem, client_as: Callable[[str], Client]) -> None:
    client = client_as("technician")
    expires = clock.today() + timedelta(days=90)
    client.post(f"/stock/{item.pk}/", {"lot_number": "q7", "expires_on": f"{expires}", "quantity": "30"})
    lot = Lot.objects.get()
    assert client.post(f"/stock/lots/{lot.pk}/destroy/", {"quantity": "31", "reason": "wet"}).status_code == 422
    assert client.post(f"/stock/lots/{lot.pk}/recall/", {"reason": "maker's letter"}).status_code == 302
    assert b"Recalled" in client.get(f"/stock/{item.pk}/").content
    assert b"recalled" in client.get("/stock/").content
    assert client.get(f"/stock/lots/{lot.pk}/dance/").status_code == 404


@pytest.mark.parametrize("text, found", [("lisin", True), ("99999-1000", True), ("metf", False)])
def test_stock_is_found_by_name_or_ndc(item: StockItem, client_as: Callable, text: str, found: bool) -> None:
    page = client_as("technician").get("/stock/", {"q": text}, headers={"HX-Request": "true"})
    assert (b"99999-1000-01" in page.content) is found

"""What is presented while filling: right, wrong, and in what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tallman.server import knowledge_in_use
from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.dispensing import actions
from tallman.server.dispensing.models import NearMiss, Scan
from tallman.server.dispensing.scans import bin_of, read
from tallman.server.inventory.actions import add_item, recall_lot
from tallman.server.inventory.models import Lot, StockItem
from tallman.server.prescriptions.actions import raise_concern
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import Refused
from tallman.server.web import clock
from tests.integration.dispensing.conftest import (
    LISINOPRIL_10,
    LISINOPRIL_20,
    METOPROLOL_25,
    METOPROLOL_ER_25,
    NDC,
    ZESTRIL_10,
    matrix,
    upc,
)  # fmt: skip


@pytest.fixture
def technician(person: Callable[[str], User]) -> User:
    return person("technician")


def scan(row: Prescription, code: str, by: User, **how: str) -> Scan:
    return actions.scan(prescription=row, code=code, by=by, **how)


ELEVEN = "09999010101"


@pytest.mark.parametrize(
    "text",
    [
        NDC[LISINOPRIL_10], f"NDC {NDC[LISINOPRIL_10]}", ELEVEN, upc(LISINOPRIL_10), "0" + upc(LISINOPRIL_10),
        "00" + upc(LISINOPRIL_10), "]E0" + "0" + upc(LISINOPRIL_10), "9999010101", f"]d20100{upc(LISINOPRIL_10)}",
        f"(01)00{upc(LISINOPRIL_10)}(17)280630(10)A", f"\x1d0100{upc(LISINOPRIL_10)}1728063010A\x1d21S",
    ],
)  # fmt: skip
def test_an_ndc_is_read_however_it_is_written(text: str) -> None:
    assert ELEVEN in read(text).elevens


@pytest.mark.parametrize("text", ["", "   ", "hello", "0100305910933013", "4006381333931", "12345"])
def test_what_is_no_code_of_a_medicine_is_nothing(text: str) -> None:
    assert (read(text).ndcs, read(text).rx_number) == ((), "")


def test_our_own_label_and_bins_are_known() -> None:
    assert {read(text).rx_number for text in ("RX1000017", "rx1000017-2", "1000017", "1000017-1")} == {"1000017"}
    assert {bin_of(text) for text in ("BIN:A12", "a12", " A12 ", "bin a12")} == {"A12"}


@pytest.mark.parametrize("separator", ["\x1d", "", "<GS>", "~"])
def test_lot_and_expiry_come_from_the_code_even_without_separator(
    separator: str, to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    made = scan(to_fill(), matrix(LISINOPRIL_10, shelf.late, "21ABC", separator), technician)
    assert (made.is_right, made.lot, made.lot_is_assumed) == (True, shelf.late, False)


def test_a_lot_swallowed_into_the_serial_number_is_found(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    code = f"0100{upc(LISINOPRIL_10)}21S9917{shelf.late.expires_on:%y%m%d}10{shelf.late.number}"
    assert scan(to_fill(), code, technician).lot == shelf.late


def test_without_a_lot_in_the_code_the_first_to_expire_is_taken_then_the_next(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = to_fill()
    lots = [scan(row, upc(LISINOPRIL_10), technician) for _ in range(2)]
    assert [(s.lot, s.lot_is_assumed) for s in lots] == [(shelf.early, True), (shelf.late, True)]


@pytest.mark.parametrize(
    "code, kind",
    [
        (upc(METOPROLOL_25), "wrong-drug"), (upc(LISINOPRIL_20), "wrong-strength"), ("HELLO", "unknown"),
        (upc(METOPROLOL_ER_25), "wrong-drug"), ("4006381333931", "unknown"),
    ],
)  # fmt: skip
def test_a_wrong_package_records_itself(
    code: str, kind: str, to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = to_fill()
    made = scan(row, code, technician)
    assert not made.is_right
    miss = NearMiss.objects.get(scan=made)
    assert (miss.kind, miss.expected_product, miss.by) == (kind, LISINOPRIL_10, technician)
    assert Event.objects.filter(action="dispensing.scan").latest("sequence").actor == technician.author_key


def test_another_form_of_the_same_medicine_is_wrong(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    made = scan(to_fill(product_id=METOPROLOL_25), upc(METOPROLOL_ER_25), technician)
    assert made.near_miss.kind == "wrong-form"


def test_an_equivalent_is_right_where_substitution_is_allowed(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    assert scan(to_fill(), upc(ZESTRIL_10), technician).is_right
    assert scan(to_fill(dispense_as_written=True), upc(ZESTRIL_10), technician).near_miss.kind == "no-substitution"
    assert scan(to_fill(dispense_as_written=True), upc(LISINOPRIL_10), technician).is_right


def test_expired_and_recalled_stock_stops(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, lot: Callable[..., Lot]
) -> None:
    row, old = to_fill(), lot(LISINOPRIL_10, "OLD1", date(2020, 1, 31), 50)
    assert scan(row, matrix(LISINOPRIL_10, old), technician).near_miss.kind == "expired"
    recall_lot(lot=shelf.late, reason="The manufacturer recalled it.", by=SYSTEM)
    assert scan(row, matrix(LISINOPRIL_10, shelf.late), technician).near_miss.kind == "recalled"


def test_a_code_that_says_expired_stops_although_the_lot_is_not_on_record(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    code = f"0100{upc(LISINOPRIL_10)}1720013110NOBODY"
    assert scan(to_fill(), code, technician).near_miss.kind == "expired"


@pytest.mark.parametrize("code, sentence", [
    (f"0100{upc(LISINOPRIL_10)}1728063010NOBODY", "Lot NOBODY"),
    (f"0100{upc(LISINOPRIL_10)}1728073110LATE7", "two expiry dates"),
    ("RX1000001", "scan the package"),
    ("", "Nothing was scanned"),
])  # fmt: skip
def test_what_is_neither_right_nor_wrong_is_refused_with_what_to_do(
    code: str, sentence: str, to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    with pytest.raises(Refused, match=sentence):
        scan(to_fill(), code, technician)
    assert not Scan.objects.exists()


def test_typing_needs_a_reason_and_may_name_the_lot(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = to_fill()
    with pytest.raises(Refused, match="Say why"):
        scan(row, NDC[LISINOPRIL_10], technician, method="manual")
    made = scan(row, NDC[LISINOPRIL_10], technician, method="manual", reason="Code is torn", lot_number="late7")
    assert (made.lot, made.lot_is_assumed, made.method) == (shelf.late, False, "manual")
    with pytest.raises(Refused, match="Lot NONE1"):
        scan(row, NDC[LISINOPRIL_10], technician, method="manual", reason="Code is torn", lot_number="none1")


def test_nothing_is_scanned_past_an_open_concern(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = to_fill()
    raise_concern(prescription=row, kind="other", by=technician)
    with pytest.raises(Refused, match="concern is open"):
        scan(row, upc(LISINOPRIL_10), technician)


def test_a_package_known_to_the_knowledge_alone_is_named(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    package = next(p for p in knowledge_in_use.current().by_ndc.values() if p.product == METOPROLOL_25)
    miss = scan(to_fill(), package.ndc, technician).near_miss
    assert (miss.kind, miss.scanned_product) == ("wrong-drug", METOPROLOL_25)


def test_the_expiry_on_the_last_day_is_good(
    to_fill: Callable[..., Prescription], lot: Callable[..., Lot], technician: User
) -> None:
    last = lot(LISINOPRIL_10, "LAST", clock.today(), 30)
    assert scan(to_fill(), matrix(LISINOPRIL_10, last), technician).is_right


OTHER_READING = "99990-101-01"
"""Its ten digits are those of 9999-0101-01."""


def test_ten_digits_that_fit_two_medicines_are_not_guessed(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    stock(OTHER_READING, METOPROLOL_25)
    row = to_fill()
    for code in ("9999010101", upc(LISINOPRIL_10), matrix(LISINOPRIL_10, shelf.late)):
        with pytest.raises(Refused, match="more than one medicine"):
            scan(row, code, technician)
    assert scan(row, NDC[LISINOPRIL_10], technician).is_right


def test_a_labeler_divides_its_codes_alike(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    """6586201001 is 65862-010-01 or 65862-0100-1: other codes of that labeler say which."""
    stock("65862-010-01", METOPROLOL_25)
    stock("65862-0100-1", LISINOPRIL_10)
    assert scan(to_fill(), "6586201001", technician).near_miss.kind == "wrong-drug"
    assert scan(to_fill(), "65862-010-01", technician).near_miss.kind == "wrong-drug"


def stock(ndc: str, product: str) -> StockItem:
    return add_item(ndc=ndc, product_id=product, name=f"package {ndc}", size=Decimal(100), unit="tablet", by=SYSTEM)

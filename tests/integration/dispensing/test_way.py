"""From the wire to the patient's hands, and every way off it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.verify import verify as verify_audit
from tallman.server.dispensing import actions
from tallman.server.dispensing.models import Fill, Scan
from tallman.server.inventory.actions import recall_lot
from tallman.server.inventory.queries import on_hand
from tallman.server.prescriptions.actions import answer_concern, raise_concern
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import Conflict, Refused
from tallman.server.web import clock
from tests.integration.dispensing.conftest import LISINOPRIL_10, LISINOPRIL_20, matrix

HANDED = {"first_identifier": "name", "second_identifier": "birth-date", "counselling": "declined"}


@pytest.fixture
def technician(person: Callable[[str], User]) -> User:
    return person("technician")


@pytest.fixture
def pharmacist(person: Callable[[str], User]) -> User:
    return person("pharmacist")


def scanned(row: Prescription, lots: list, by: User) -> list[Scan]:
    return [actions.scan(prescription=row, code=matrix(LISINOPRIL_10, lot), by=by) for lot in lots]


def fill(row: Prescription, scans: list[Scan], quantity: int, by: User, **more: object) -> Fill:
    return actions.fill(prescription=row, version=row.version, scans=scans, quantity=Decimal(quantity), by=by, **more)


def do(action: Callable, row: Prescription, by: User, **more: object) -> Prescription:
    action(prescription=row, version=row.version, by=by, **more)
    row.refresh_from_db()
    return row


def test_the_whole_way_with_two_lots(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, pharmacist: User
) -> None:
    row = to_fill()
    made = fill(row, scanned(row, [shelf.late, shelf.early], technician), 30, technician)
    row.refresh_from_db()
    taken = {line.scan.lot: line.taken.quantity for line in made.lines.all()}
    assert taken == {shelf.early: -12, shelf.late: -18}, "the lot that expires first is emptied first"
    assert (on_hand(shelf.early), on_hand(shelf.late)) == (0, 82)
    assert (row.stage, row.filled_by, row.owed_quantity, made.days_supply) == ("filled", technician, 0, 30)

    do(actions.verify, row, pharmacist)
    do(actions.shelve, row, technician, bin="BIN:a12")
    made.refresh_from_db()
    assert (row.stage, made.bin, made.checked_by) == ("ready", "A12", pharmacist)

    do(actions.hand_over, row, technician, counselled_by=pharmacist, **{**HANDED, "counselling": "accepted"})
    made.refresh_from_db()
    assert (row.stage, made.is_open, made.hand_over.picked_up_by) == ("handed-over", False, row.patient_name)
    assert row.supplied_until == clock.today() + timedelta(days=29)
    assert not verify_audit().faults


def test_a_part_is_given_and_the_rest_owed(
    ready: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, pharmacist: User
) -> None:
    row = do(actions.hand_over, ready(part=20), technician, **HANDED)
    first = row.fills.get()
    assert (row.stage, row.owed_quantity, first.days_supply) == ("owed", 10, 20)
    do(actions.complete_owed, row, technician)
    with pytest.raises(Refused, match="at most 10 tablets"):
        fill(row, scanned(row, [shelf.late], technician), 30, technician)
    rest = fill(row, scanned(row, [shelf.late], technician), 10, technician)
    row.refresh_from_db()
    assert (rest.completes, rest.number, row.owed_quantity) == (first, 2, 0)
    do(actions.verify, row, pharmacist)
    do(actions.shelve, row, technician, bin="A12")
    do(actions.hand_over, row, technician, **HANDED)
    assert (row.stage, row.supplied_until) == ("handed-over", clock.today() + timedelta(days=29))


def test_a_returned_rest_stays_owed(
    ready: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = do(actions.complete_owed, do(actions.hand_over, ready(part=20), technician, **HANDED), technician)
    fill(row, scanned(row, [shelf.late], technician), 4, technician)
    row.refresh_from_db()
    assert row.owed_quantity == 6
    do(actions.return_to_stock, row, technician, reason="Nobody came.")
    assert (row.stage, row.owed_quantity, on_hand(shelf.late)) == ("owed", 10, 80)


def test_a_rejected_fill_gives_its_stock_back_and_is_filled_anew(
    filled: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, pharmacist: User
) -> None:
    row = filled(part=20)
    with pytest.raises(Refused, match="Say what is wrong"):
        do(actions.reject_fill, row, pharmacist, reason=" ")
    do(actions.reject_fill, row, pharmacist, reason="28 tablets counted, not 30.")
    assert (row.stage, row.filled_by, row.owed_quantity, on_hand(shelf.late)) == ("to-fill", None, 0, 100)
    assert row.fills.get().stock_return.kind == "rejected"
    again = fill(row, scanned(row, [shelf.late], technician), 30, technician)
    assert (again.number, on_hand(shelf.late)) == (2, 70)


def test_what_nobody_fetched_goes_back(
    ready: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = do(actions.return_to_stock, ready(), technician, reason="Not fetched for 10 days.")
    assert (row.stage, row.verified_by, on_hand(shelf.late)) == ("returned-to-stock", None, 100)
    line = row.fills.get().lines.get()
    assert (line.taken.quantity, line.put_back.quantity, line.put_back.kind) == (-30, 30, "returned")


def test_the_filler_never_checks_nor_does_a_technician(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, pharmacist: User
) -> None:
    row = to_fill()
    fill(row, scanned(row, [shelf.late], pharmacist), 30, pharmacist)
    row.refresh_from_db()
    with pytest.raises(Refused, match="You filled this one"):
        do(actions.verify, row, pharmacist)
    with pytest.raises(Refused, match="not a technician's task"):
        do(actions.verify, row, technician)


def test_the_second_of_two_is_told_and_overwrites_nothing(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, person: Callable[[str], User]
) -> None:
    row, other = to_fill(), person("certified-technician")
    seen = Prescription.objects.get(pk=row.pk)
    ours, theirs = scanned(row, [shelf.late], technician), scanned(seen, [shelf.early], other)
    fill(row, ours, 30, technician)
    with pytest.raises(Conflict, match=technician.display_name):
        fill(seen, theirs, 12, other)
    with pytest.raises(Conflict):
        actions.scan(prescription=seen, version=seen.version, code=matrix(LISINOPRIL_10, shelf.late), by=other)
    assert row.fills.count() == 1
    assert on_hand(shelf.early) == 12


def test_scans_of_somebody_else_of_another_prescription_or_used_ones_do_not_count(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, person: Callable[[str], User]
) -> None:
    row, other_row = to_fill(), to_fill()
    wrong = actions.scan(prescription=row, code=matrix(LISINOPRIL_20, shelf.lisinopril_20), by=technician)
    foreign = scanned(row, [shelf.late], person("trainee"))
    elsewhere = scanned(other_row, [shelf.late], technician)
    for scans in ([], [wrong], foreign, elsewhere, [*(one := scanned(row, [shelf.late], technician)), *one]):
        with pytest.raises(Refused, match=r"[Ss]can the package"):
            fill(row, scans, 30, technician)
    fill(row, one, 30, technician)
    row.refresh_from_db()
    do(actions.reject_fill, row, person("pharmacist"), reason="Count again.")
    with pytest.raises(Refused, match="Scan the packages again"):
        fill(row, one, 30, technician)


def test_amounts_by_hand_must_add_up_and_be_there(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = to_fill()
    scans = scanned(row, [shelf.late, shelf.early], technician)
    with pytest.raises(Refused, match="add up to 29, the fill is 30"):
        fill(row, scans, 30, technician, amounts=[Decimal(20), Decimal(9)])
    with pytest.raises(Refused, match="Only 12 tablet of lot EARLY3"):
        fill(row, scans, 30, technician, amounts=[Decimal(10), Decimal(20)])
    with pytest.raises(Refused, match="12 tablets are on record"):
        fill(row, scans[1:], 30, technician)
    made = fill(row, scans, 30, technician, amounts=[Decimal(20), Decimal(10)])
    assert [line.taken.quantity for line in made.lines.all()] == [-20, -10]


def test_a_lot_recalled_after_filling_goes_no_further(
    filled: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, pharmacist: User
) -> None:
    row = filled()
    recall_lot(lot=shelf.late, reason="Recalled by its maker.", by=SYSTEM)
    with pytest.raises(Refused, match="LATE7 in it is recalled"):
        do(actions.verify, row, pharmacist)
    do(actions.reject_fill, row, pharmacist, reason="Recalled.")
    assert on_hand(shelf.late) == 100


def test_a_concern_stops_every_step_until_it_is_answered(
    ready: Callable[..., Prescription], technician: User, pharmacist: User
) -> None:
    row = ready()
    concern = raise_concern(prescription=row, kind="product", by=technician)
    row.refresh_from_db()
    with pytest.raises(Refused, match="concern is open"):
        do(actions.hand_over, row, technician, **HANDED)
    answer_concern(concern=concern, answer="The new maker's tablets are pink.", by=pharmacist)
    row.refresh_from_db()
    assert do(actions.hand_over, row, technician, **HANDED).stage == "handed-over"


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"second_identifier": "name"}, "two different identifiers"), ({"first_identifier": "smile"}, "two different"),
        ({"counselling": ""}, "Offer counselling"), ({"counselling": "accepted"}, "which pharmacist"),
        ({"relationship": "spouse"}, "name of who picks it up"), ({"relationship": "cat"}, "Say who picks it up"),
    ],
)  # fmt: skip
def test_hand_over_asks_for_what_the_law_asks(
    changes: dict[str, str], sentence: str, ready: Callable[..., Prescription], technician: User
) -> None:
    with pytest.raises(Refused, match=sentence):
        do(actions.hand_over, ready(), technician, **{**HANDED, **changes})


def test_only_a_pharmacist_counsels(ready: Callable[..., Prescription], technician: User) -> None:
    with pytest.raises(Refused, match="Counselling is a pharmacist's"):
        do(actions.hand_over, ready(), technician, counselled_by=technician, **{**HANDED, "counselling": "accepted"})


def test_a_trainee_hands_nothing_over(ready: Callable[..., Prescription], person: Callable[[str], User]) -> None:
    with pytest.raises(Refused, match="not a trainee's task"):
        do(actions.hand_over, ready(), person("trainee"), **HANDED)


@pytest.mark.parametrize(
    "bin, sentence", [("", "Scan the bin"), ("RX1000001", "not the name of a bin"), ("X" * 30, "not the")]
)
def test_a_bin_is_a_bin(bin: str, sentence: str, filled: Callable[..., Prescription], pharmacist: User) -> None:
    row = do(actions.verify, filled(), pharmacist)
    with pytest.raises(Refused, match=sentence):
        do(actions.shelve, row, pharmacist, bin=bin)

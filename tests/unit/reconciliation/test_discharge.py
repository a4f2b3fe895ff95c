"""What a patient is told at discharge: new, changed, stopped, paused, the same, and what nobody has decided."""

from __future__ import annotations

from typing import Any

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.change_reasons import WORDS, ChangeReason, reason_in
from tallman.core.reconciliation.decided import Decided, Disposition, list_after
from tallman.core.reconciliation.difference import Match
from tallman.core.reconciliation.discharge import Change, DischargeRow, at_discharge
from tallman.interchange.fhir.lists import read_lists
from tests.authored import load
from tests.unit.reconciliation.bundles import bundle, order, statement


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def _rows(knowledge: Knowledge, before: bytes, hospital: bytes, after: bytes) -> dict[str, DischargeRow]:
    home = read_lists(before, knowledge, "home").lists
    inside, out = (read_lists(data, knowledge, "orders", is_orders=True).lists[0] for data in (hospital, after))
    rows = at_discharge(home, inside, out, knowledge)
    return {(row.before or row.after or row.hospital)[0].order.medicine.ingredients[0].name: row for row in rows}


def test_every_medicine_has_its_row(knowledge: Knowledge) -> None:
    rows = _rows(
        knowledge,
        bundle(
            statement("1", "lisinopril 10 mg tablet", "1 tablet daily"),
            statement("2", "metoprolol tartrate 25 mg", "1 tablet twice daily"),
            statement("3", "naproxen 500 mg", "1 tablet twice daily"),
            statement("4", "metformin 500 mg", "1 tablet twice daily"),
            statement("5", "sertraline 50 mg", "1 tablet daily"),
        ),
        bundle(order("h", "ceftriaxone 1 g", "1 g IV daily"), order("i", "lisinopril 10 mg tablet", "1 tablet daily")),
        bundle(
            order("1", "lisinopril 10 mg tablet", "1 tablet daily"),
            order("2", "metoprolol tartrate 50 mg", "1 tablet twice daily", note="Increased for rate control"),
            order("3", "naproxen 500 mg", "1 tablet twice daily", note="Stop: kidney injury", status="stopped"),
            order("4", "metformin 500 mg", "1 tablet twice daily", note="Until creatinine is back", status="on-hold"),
            order("6", "apixaban 5 mg tablet", "1 tablet by mouth twice daily", note="New atrial fibrillation"),
        ),
    )
    assert {name: row.change for name, row in rows.items()} == {
        "apixaban": Change.NEW,
        "metoprolol": Change.CHANGED,
        "naproxen": Change.STOPPED,
        "metformin": Change.PAUSED,
        "lisinopril": Change.SAME,
        "ceftriaxone": Change.HOSPITAL_ONLY,
        "sertraline": Change.UNDECIDED,
    }
    assert rows["apixaban"].sentence == "New: apixaban. Take 1 tablet by mouth 2 times a day."
    assert rows["metoprolol"].because == "Increased for rate control"
    assert rows["naproxen"].because == "Stop: kidney injury"
    assert len(rows["lisinopril"].hospital) == 1


def test_what_is_new_stands_first_and_what_is_open_last(knowledge: Knowledge) -> None:
    rows = _rows(
        knowledge,
        bundle(statement("1", "sertraline 50 mg", "daily"), statement("2", "lisinopril 10 mg", "daily")),
        bundle(),
        bundle(order("2", "lisinopril 10 mg", "daily"), order("3", "apixaban 5 mg", "twice daily")),
    )
    assert list(rows) == ["apixaban", "lisinopril", "sertraline"]


@pytest.mark.parametrize(
    "hospital, told",
    [
        (order("h", "metformin 500 mg", "twice daily", status="on-hold", note="Contrast dye"), Change.UNDECIDED),
        (order("h", "metformin 500 mg", "twice daily", status="completed"), Change.UNDECIDED),
        (order("h", "metformin 500 mg", "twice daily", status="stopped"), Change.UNDECIDED),
        (order("h", "metformin 500 mg", "twice daily", status="stopped", note="Lactic acidosis"), Change.STOPPED),
    ],
    ids=["held", "completed", "stopped without a word", "stopped with its reason"],
)
def test_what_only_the_hospital_held_or_ended_is_not_settled(
    knowledge: Knowledge, hospital: dict[str, Any], told: Change
) -> None:
    home = bundle(statement("1", "metformin 500 mg", "1 tablet twice daily"))
    assert _rows(knowledge, home, bundle(hospital), bundle())["metformin"].change is told


@pytest.mark.parametrize("note, told", [("", Change.UNDECIDED), ("formulary", Change.CHANGED)])
def test_another_medicine_of_the_kind_replaces_the_one_from_home_only_where_somebody_says_so(
    knowledge: Knowledge, note: str, told: Change
) -> None:
    rows = _rows(
        knowledge,
        bundle(statement("1", "omeprazole 20 mg capsule", "1 capsule daily")),
        bundle(order("h", "pantoprazole 40 mg tablet", "1 tablet daily")),
        bundle(order("1", "pantoprazole 40 mg tablet", "1 tablet daily", note=note)),
    )
    assert rows["omeprazole"].change is told
    assert ("Stop taking omeprazole" in rows["omeprazole"].sentence) is bool(note)
    assert len(rows["omeprazole"].hospital) == 1


def test_what_the_discharge_list_stops_is_told_though_no_list_has_it(knowledge: Knowledge) -> None:
    rows = _rows(knowledge, bundle(), bundle(), bundle(order("1", "naproxen 500 mg", "", status="stopped")))
    assert rows["naproxen"].sentence == "Stop taking naproxen."


@pytest.mark.parametrize("written", ["until 2026-03-16", "Kidneys. Hold until 3/16/2026, then ask"])
def test_until_when_it_is_paused_is_told_in_both_languages(knowledge: Knowledge, written: str) -> None:
    home = bundle(statement("1", "metformin 500 mg", "1 tablet by mouth twice daily"))
    row = _rows(knowledge, home, bundle(), bundle(order("1", "metformin 500 mg", "", status="on-hold", note=written)))
    assert row["metformin"].said("en") == "Do not take metformin until March 16, 2026."
    assert row["metformin"].said("es") == "No tome metformin hasta el 16 de marzo de 2026."


def test_what_is_not_swallowed_is_used_and_another_strength_is_named(knowledge: Knowledge) -> None:
    rows = _rows(
        knowledge,
        bundle(
            statement("1", "timolol 0.25% eye drops", "1 drop in both eyes twice daily"),
            statement("2", "metoprolol tartrate 25 mg tablet", "1 tablet by mouth twice daily"),
        ),
        bundle(),
        bundle(
            order("1", "timolol 0.25% eye drops", "1 drop in both eyes twice daily", status="stopped"),
            order("2", "metoprolol tartrate 50 mg tablet", "1 tablet by mouth twice daily", note="high blood pressure"),
        ),
    )
    assert rows["timolol"].said("es") == "Deje de usar timolol."
    assert "metoprolol tartrate 50 mg oral tablet. Tome 1 tableta" in rows["metoprolol"].said("es")
    assert rows["metoprolol"].reasons == (ChangeReason.PRESSURE_HIGH,)


def test_every_coded_reason_has_words_of_its_own_in_both_languages() -> None:
    assert set(WORDS) == set(ChangeReason)
    for field in ("name", "en", "es"):
        assert len({getattr(w, field) for w in WORDS.values()}) == len(WORDS)
    assert all(reason_in(said) is r for r, w in WORDS.items() for said in (w.name, w.en, w.es))


def test_a_decided_substitution_stops_the_medicine_from_home_and_gives_its_reason(knowledge: Knowledge) -> None:
    home = read_lists(bundle(statement("1", "warfarin 5 mg tablet", "1 tablet daily")), knowledge, "home").lists
    orders = read_lists(bundle(), knowledge, "orders", is_orders=True).lists[0]
    apixaban = read_lists(bundle(order("2", "apixaban 5 mg tablet", "1 tablet twice daily")), knowledge, "new")
    match = Match(home[0].lines, (), (), 95)
    decided = Decided(
        Disposition.SUBSTITUTE, "decision:1", apixaban.lists[0].lines[0].order, reason="INR never in range"
    )
    rows = at_discharge(home, orders, list_after(orders, [(match, decided)]), knowledge)
    assert [(r.change, r.because) for r in rows] == [
        (Change.NEW, "INR never in range"),
        (Change.STOPPED, "INR never in range"),
    ]


@pytest.mark.parametrize(
    "sig, reason, is_told",
    [
        ("2 tablets daily", "not effective enough", True),
        ("2 tablets daily", "dose or level too high", False),
        ("1/2 tablet daily", "dose or level too high", True),
        ("1/2 tablet daily", "not effective enough", False),
    ],
)
def test_a_coded_reason_that_speaks_against_the_change_explains_nothing(
    knowledge: Knowledge, sig: str, reason: str, is_told: bool
) -> None:
    home = bundle(statement("1", "amlodipine 5 mg tablet", "1 tablet daily"))
    rows = _rows(knowledge, home, bundle(), bundle(order("1", "amlodipine 5 mg tablet", sig, note=reason)))
    assert (rows["amlodipine"].because == reason) is is_told

"""What a note says of sides, of tolerance, of a second strength and of allergies, and what only looks like it."""

from __future__ import annotations

import pytest

from tallman.core.screening.noted_side import other_side
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation


@pytest.mark.parametrize(
    ("directions", "note", "differs"),
    [
        ("1 drop OD bid", "left eye only", True),
        ("1 drop in left eye qid", "Right eye is meant", True),
        ("1 drop OD bid", "use OS", True),
        ("1 drop in both eyes bid", "left eye only", True),
        ("1 drop in the left eye bid", "both eyes please", True),
        ("4 drops in right ear bid", "DISPENSE AS WRITTEN", False),
        ("4 drops in right ear bid", "DAW - dispense AS written", False),
        ("1 drop in right eye bid", "fill AS eye drop", False),
        ("1 drop in right eye bid", "right eye", False),
        ("1 drop in right eye bid", "left eye done last week", False),
    ],
)
def test_the_other_side(directions: str, note: str, differs: bool) -> None:
    assert bool(other_side(directions, note)) is differs


def told(order: str, **more: object) -> dict[str, str]:
    row = UNLESS_SAID | {"order": order, "weight": "80 kg"} | more
    found = screen(read_case(Situation("one", row).bundle(), load())[0], load()).findings
    return {f.code: str(f.severity) for f in reversed(found)}


@pytest.mark.parametrize(
    ("note", "is_tolerant"),
    [
        ("pt is opioid tolerant", True),
        ("opioid-tolerant", True),
        ("pt is not yet opioid tolerant", False),
        ("only for opioid-tolerant patients", False),
        ("Is pt opioid tolerant? call if not", False),
        ("must be opioid tolerant", False),
    ],
)
def test_tolerance_is_said_of_the_patient(note: str, is_tolerant: bool) -> None:
    order = f"fentanyl 50 mcg/hr patch | apply 1 patch q72h | 10 | 30 | note={note}"
    found = told(order, current=["lisinopril 10 mg tab | 1 tab daily | 30 | 30"])
    assert (found.get("OPIOID-NAIVE") == "critical") is not is_tolerant


@pytest.mark.parametrize(
    ("note", "stops"),
    [
        ("pt is allergic to PCN (anaphylaxis)", True),
        ("Allergy: penicillin. Please check with patient about delivery", True),
        ("Pt allergic to penicillin, ask for flavor.", True),
        ("ask if allergic to penicillin", False),
        ("penicillin allergy?", False),
        ("allergic to dye in generic amoxicillin", False),
        ("MD aware of penicillin allergy", False),
    ],
)
def test_an_allergy_told_in_a_note(note: str, stops: bool) -> None:
    found = told(f"amoxicillin 500 mg cap | 1 cap po tid | 30 | 10 | note={note}")
    assert any(code.startswith("ALLERGY") and level in ("high", "critical") for code, level in found.items()) is stops


@pytest.mark.parametrize(
    ("note", "is_one_dose"),
    [("with the 5 mg tablet for 7.5 mg total", True), ("do not take with the 5 mg tablet", False),
     ("replaced with 5 mg tab", False)],
)  # fmt: skip
def test_a_second_strength_of_one_dose(note: str, is_one_dose: bool) -> None:
    taken = "warfarin 5 mg tab | 1 tab po daily | 30 | 30"
    found = told(f"warfarin 2.5 mg tab | 1 tab po daily | 30 | 30 | note={note}", current=[taken])
    assert any(code.startswith("DUPLICATE") for code in found) is not is_one_dose


def test_a_note_excuses_no_direction() -> None:
    order = "epinephrine 1 mg/mL vial | 1 mg IV push once | 1 | 1 | category=inpatient note={}"
    assert told(order.format("full code")) == told(order.format("stock"))

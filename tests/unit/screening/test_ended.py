"""Which words end a medicine, and which only stand near one."""

from __future__ import annotations

import pytest

from tallman.core.prescription import Order
from tallman.core.screening.ended import days_since_ended, is_said_to_end
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load
from tests.deck.deck import UNLESS_SAID, Situation


def order(line: str) -> Order:
    return read_case(Situation("one", UNLESS_SAID | {"order": line}).bundle(), load())[0].proposed[0]


WARFARIN = order("warfarin 5 mg tab | 1 daily | 30 | 30")


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("stop warfarin", 0),
        ("Stop taking your warfarin 5 mg tablets", 0),
        ("replaces warfarin", 0),
        ("d/c warfarin", 0),
        ("DC'd warfarin", 0),
        ("in place of warfarin", 0),
        ("switching from warfarin to apixaban", 0),
        ("converted over from warfarin", 0),
        ("stop aspirin, metoprolol succinate 50 mg and warfarin", 0),
        ("stop aspirin/warfarin", 0),
        ("off warfarin x 3 weeks", 21),
        ("warfarin stopped 5 days ago", 5),
        ("warfarin 5 mg daily was discontinued 2 wks ago", 14),
        ("aspirin and warfarin were both stopped", 0),
        ("warfarin and aspirin d/c'd", 0),
        ("warfarin: stopped", 0),
        ("bleeding on warfarin, stop", 0),
        ("stop warfarin and start apixaban", 0),
        ("Stroke on warfarin - discontinue", 0),
        ("INR 1.8; stopped warfarin. Continue metoprolol.", 0),
        ("Coumadin discontinued", None),
        ("stopped smoking, on warfarin", None),
        ("stopped smoking, warfarin for AF", None),
        ("stop aspirin, continue warfarin", None),
        ("stop aspirin; warfarin continues", None),
        ("stop aspirin, warfarin to continue", None),
        ("do not stop warfarin", None),
        ("do not abruptly stop warfarin", None),
        ("without stopping warfarin", None),
        ("never discontinue warfarin", None),
        ("warfarin was not stopped", None),
        ("stop if bleeding, takes warfarin", None),
        ("stop when warfarin is therapeutic", None),
        ("stop warfarin 5 days before, resume after", None),
        ("stop at 10 days; patient takes warfarin", None),
        ("discontinue use and call if rash. Takes warfarin", None),
        ("bridge until INR 2, warfarin started today", None),
        ("off label; has been stable on warfarin", None),
        ("replaces lisinopril. Patient also takes warfarin", None),
        ("days off work, takes warfarin", None),
        ("finished antibiotics, still on warfarin", None),
        ("hold warfarin today", None),
        ("warfarin failed", None),
    ],
)
def test_what_ends_has_its_name_beside_the_word_that_ends_it(said: str, days: int | None) -> None:
    assert days_since_ended(order(f"apixaban 5 mg tab | 1 bid | 60 | 30 | note={said}"), WARFARIN) == days


@pytest.mark.parametrize(
    ("said", "held", "ends"),
    [
        ("warfarin failed", False, True),
        ("warfarin not covered", False, True),
        ("warfarin on back order", False, False),
        ("warfarin backordered", False, True),
        ("hold warfarin", True, True),
        ("hold warfarin", False, False),
        ("do not hold warfarin", True, False),
        ("warfarin held", True, True),
        ("warfarin held", False, False),
        ("hold for HR < 60, warfarin level pending", True, False),
    ],
)
def test_what_is_not_taken_for_another_cause(said: str, held: bool, ends: bool) -> None:
    assert is_said_to_end(said, ["warfarin"], held=held) is ends

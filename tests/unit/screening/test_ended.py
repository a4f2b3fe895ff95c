"""Which words end a medicine, and which only stand near one."""

from __future__ import annotations

import pytest

from tallman.core.prescription import Order
from tallman.core.screening.ended import days_since_ended, is_said_to_end
from tallman.interchange.fhir.case import read_case
from tests.authored import load
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
        ("Stop warfarin until antibiotic finished", 0),
        ("stop warfarin until 3 days after the course", 0),
        ("stop warfarin while taking it and for 3 days after", 0),
        ("stop warfarin until the antibiotic is started", None),
        ("stop warfarin when rivaroxaban starts", None),
        ("stop warfarin if bleeding", None),
        ("stop warfarin until rivaroxaban starts", None),
        ("stop warfarin 3 days after surgery", None),
        ("stop warfarin after the course is finished", None),
        ("stop warfarin before surgery is over", None),
        ("stop warfarin once the course is completed", None),
        ("stop aspirin until the course is done, takes warfarin", None),
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
        ("Hold warfarin while on Paxlovid and for 3 days after", True, True),
        ("Hold warfarin while on Paxlovid and 3 days after", True, True),
        ("Hold warfarin until 3 days after Paxlovid", True, True),
        ("hold warfarin until after the antibiotic course", True, True),
        ("hold warfarin until antibiotic finished", True, True),
        ("hold warfarin until rivaroxaban starts", True, False),
        ("hold warfarin when INR > 4", True, False),
        ("hold warfarin while INR > 4, if told after a test", True, False),
        ("hold warfarin during treatment if bleeding", True, False),
        ("do not hold warfarin while on Paxlovid and for 3 days after", True, False),
        ("hold warfarin for 5 days before surgery", True, False),
        ("do not hold warfarin", True, False),
        ("warfarin held", True, True),
        ("warfarin held", False, False),
        ("hold for HR < 60, warfarin level pending", True, False),
    ],
)
def test_what_is_not_taken_for_another_cause(said: str, held: bool, ends: bool) -> None:
    assert is_said_to_end(said, ["warfarin"], held=held) is ends

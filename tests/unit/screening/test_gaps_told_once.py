"""What of the record could not be read is told once, with the first order that it concerns."""

from __future__ import annotations

from typing import Any

from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation

ORDERS = ["lisinopril 10 mg tab | 1 daily | 30 | 30", "ibuprofen 600 mg tab | 1 tid with food | 90 | 30"]


def missing(**told: Any) -> list[tuple[str, str, str]]:
    row = UNLESS_SAID | {"orders": ORDERS} | told
    result = screen(read_case(Situation("gaps", row).bundle(), load())[0], load())
    return [(n.check, n.order, n.reason) for n in result.not_checked]


def test_an_item_of_the_list() -> None:
    assert missing(current=["zorbaxil 10 mg | daily | | "]) == [
        (check, "o1", "'zorbaxil 10 mg' on the medicine list was not recognised")
        for check in ("interaction", "duplicate")
    ]


def test_the_first_order_that_is_known_tells_it() -> None:
    told = missing(current=["zorbaxil 10 mg | daily | | "], orders=["quorbex 5 mg | daily | 30 | 30", *ORDERS])
    on_the_list = [order for _, order, reason in told if "on the medicine list" in reason]
    assert on_the_list == ["o2", "o2"]
    assert {check for check, order, _ in told if order == "o1"} >= {"interaction", "duplicate"}


def test_a_problem() -> None:
    assert missing(conditions=["left zorbing syndrome"]) == [
        ("condition", "o1", "not understood on the problem list: 'left zorbing syndrome'")
    ]

"""What was given before by needle, told within the directions of what is swallowed."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tallman.core.screening.told_before import without_what_was_given
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load
from tests.deck.deck import UNLESS_SAID, Situation

knowledge = lru_cache(maxsize=1)(load)


def routes(order: str) -> set[str | None]:
    case = read_case(Situation("one", UNLESS_SAID | {"order": order}).bundle(), knowledge())[0]
    return {s.route for s in without_what_was_given(case.proposed[0], knowledge()).sig.steps}


@pytest.mark.parametrize(
    "told",
    [
        ", received ceftriaxone 1 g IM today",
        " continuing from IM dose today",
        ", first dose given IV in ED",
        ", got 1 g ceftriaxone IV in ER",
        ", last IV dose 2 pm",
    ],
)
def test_the_past_is_no_route(told: str) -> None:
    assert routes(f"cefdinir 300 mg capsule | 1 capsule by mouth bid x10 days{told} | 20 | 10") == {"oral"}


@pytest.mark.parametrize(
    "order",
    [
        "cefdinir 300 mg capsule | 1 capsule IM bid | 20 | 10",
        "ceftriaxone 1 g vial | 1 g IM daily, first dose given IV in ED | 3 | 3",
    ],
)
def test_what_is_ordered_stays(order: str) -> None:
    assert "intramuscular" in routes(order)

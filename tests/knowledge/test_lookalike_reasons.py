"""An order carries the code of the visit as often as its own: how often such a code alone stops what is often met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.screening.checks import lookalike
from tallman.core.screening.finding import Finding
from tallman.core.screening.mistaken import fits
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load
from tests.deck.deck import UNLESS_SAID, Situation

CODES = ("I10", "E11.9", "E78.5", "F33.1", "K21.9", "N18.30", "J44.9", "E66.9")
MEDICINES = 120
MOST, MOST_BY_NAMES, MOST_BY_A_LIST = 0.14, 0.08, 0.02


@pytest.mark.parametrize("listed", [False, True])
def test_a_common_code_that_an_order_is_not_for_seldom_stops_it(listed: bool) -> None:
    knowledge, stops, tried = load(), Counter[str](), 0
    for name, order in _often_met(knowledge):
        for code in CODES:
            if fits((name,), (code.replace(".", ""),), knowledge):
                continue
            tried += 1
            told = {"order": order, "conditions": [code]} if listed else {"order": f"{order} | reason={code}"}
            case, _ = read_case(Situation("x", UNLESS_SAID | told).bundle(), knowledge)
            for found in lookalike.check(case, knowledge):
                if isinstance(found, Finding) and found.severity.is_interruptive:
                    stops["by names" if "no mix-up" in found.advice else "known"] += 1
    print(tried, stops)
    assert tried > 500
    assert stops.total() <= (MOST_BY_A_LIST if listed else MOST) * tried
    assert stops["by names"] <= MOST_BY_NAMES * tried


def _often_met(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The tablets and capsules with most products, in the strength that most come in."""
    tablets = {}
    for name, products in knowledge.products_of.items():
        made = Counter(
            f"{p.strengths[0].amount.value.normalize():f} {p.strengths[0].amount.unit} {p.form.unit}"
            for p in products
            if len(p.ingredients) == 1 and p.strengths and p.form.unit in ("tablet", "capsule")
        )
        if made:
            tablets[name] = made
    for name in sorted(tablets, key=lambda n: (-tablets[n].total(), n))[:MEDICINES]:
        written = tablets[name].most_common(1)[0][0]
        yield name, f"{name} {written} | 1 {written.split()[-1]} daily | 30 | 30"

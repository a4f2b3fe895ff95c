"""The amount at one time is known even where nothing says how often."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.screening.exposure import daily_exposure, single_dose, why_unknown
from tallman.core.sig import parse, single_use
from tallman.knowledge.examples import order_from_text
from tests.authored import load


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def test_a_dose_at_the_onset_of_an_attack_has_an_amount_and_no_day(knowledge: Knowledge) -> None:
    order = order_from_text("1", "rizatriptan 10 mg tablet; take 2 tablets at onset of migraine", knowledge)
    dose = single_dose(order, "rizatriptan")
    assert dose is not None
    assert (dose.low, dose.high, dose.unit) == (20, 20, "mg")
    assert dose.arithmetic == "rizatriptan 10 mg x 2 tablets at one time"
    assert daily_exposure(order, "rizatriptan") is None
    assert "nothing says how often" in (why_unknown(order) or "")


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("1 to 2 tablets as needed for pain", 1, 2),
        ("1 spray in each nostril as needed", 2, 2),
        ("take 2 tablets now then 1 tablet daily", 1, 2),
    ],
)
def test_the_smallest_and_the_largest_dose_of_all_steps(text: str, low: int, high: int) -> None:
    use = single_use(parse(text))
    assert use is not None
    assert (use.low, use.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize("text", ["use as directed", "take 10 mg/kg once", "take 1 tablet or 5 mL as needed"])
def test_no_amount_where_none_is_named_or_they_cannot_be_compared(text: str) -> None:
    assert single_use(parse(text)) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100 mL IV at 7 mL/hr", None),
        ("1 g IV at 50 mg/min once", 1),
        ("100 mL IV once", 100),
    ],
)
def test_a_bag_that_runs_in_at_a_rate_is_not_given_at_one_time(text: str, amount: int | None) -> None:
    use = single_use(parse(text))
    assert (use.high if use else None) == amount

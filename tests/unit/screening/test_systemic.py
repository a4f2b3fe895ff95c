"""A route that is local for most medicines can reach the whole body: the record of the medicine says so."""

from __future__ import annotations

import pytest

from tallman.core.screening.match import is_systemic
from tallman.knowledge.examples import order_from_text
from tests.authored import load


@pytest.mark.parametrize(
    "line, systemic",
    [
        ("diazepam 10 mg nasal spray; 1 spray in one nostril as needed for seizure", True),
        ("diazepam; 1 spray nasally as needed", True),
        ("testosterone 1.62% gel; apply 2 pumps daily", True),
        ("estradiol 0.1 mg/g vaginal cream; insert 1 g twice weekly", False),
        ("fluticasone 50 mcg nasal spray; 2 sprays in each nostril daily", False),
        ("albuterol HFA 90 mcg inhaler; 2 puffs every 4 hours as needed", False),
        ("ketorolac 0.5% ophthalmic solution; 1 drop in left eye 4 times daily", False),
        ("prochlorperazine 25 mg suppository; 1 rectally twice daily", True),
    ],
)
def test_the_reach_of_an_order(line: str, systemic: bool) -> None:
    assert is_systemic(order_from_text("1", line, load())) is systemic

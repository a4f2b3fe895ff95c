"""How much of a cream the places named in directions take."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallman.core.sig import parse
from tallman.core.sig.spreading import fingertips_for, in_grams


@pytest.mark.parametrize(
    "site, months, units",
    [
        ("face", None, "2.5"),
        ("face and neck", None, "2.5"),
        ("both arms and hands", None, "8"),
        ("right leg and left foot", None, "8"),
        ("trunk", None, "14"),
        ("entire body", None, "40.5"),
        ("body from neck down", None, "38"),
        ("entire body", 8, "8.5"),
        ("entire body", 20, "13.5"),
        ("entire body", 50, "18"),
        ("entire body", 100, "24.5"),
        ("back", 50, "3.5"),
    ],
)
def test_whole_parts_of_the_body_have_a_size(site: str, months: int | None, units: str) -> None:
    assert fingertips_for(site, months) == Decimal(units)


@pytest.mark.parametrize("site", ["affected area", "scalp", "rash of the legs", "left forearm", "chest", ""])
def test_a_part_of_a_part_has_none(site: str) -> None:
    assert fingertips_for(site) is None


@pytest.mark.parametrize(
    "text", ["apply 2 g to the face bid", "apply to face bid, then to rash daily", "1 drop in the left eye daily"]
)
def test_what_tells_its_amount_or_an_unknown_place_is_left(text: str) -> None:
    assert in_grams(parse(text)) is None

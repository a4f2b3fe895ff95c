"""The route that goes with a written medicine where nobody says one."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize(
    "text, route",
    [
        ("Lantus 100 units/mL vial", "subcutaneous"),
        ("Mounjaro 2.5 mg/0.5 mL", "subcutaneous"),
        ("Bicillin L-A 1.2 million units/2 mL", "intramuscular"),
        ("Fluzone syringe", "intramuscular"),
        ("testosterone cypionate 200 mg/mL", "intramuscular"),
        ("sodium bicarbonate 8.4% syringe", "intravenous"),
        ("lisinopril 10 mg tab", "oral"),
        ("latanoprost 0.005% drops", "ophthalmic"),
        ("Eylea HD 8 mg/0.07 mL", "intravitreal"),
        ("Byooviz", "intravitreal"),
        ("bevacizumab 400 mg/16 mL", "intravenous"),
        ("bevacizumab 100 mg/4 mL intravitreal", "intravitreal"),
        ("Xyosted 75 mg/0.5 mL", "subcutaneous"),
    ],
)
def test_an_injection_goes_where_its_doses_are_on_record(text: str, route: str) -> None:
    assert identify(text, load()).route == route


@pytest.mark.parametrize(
    "text",
    [
        "heparin lock flush 100 unit/mL 5 mL syringe",  # the syringe may be an empty one
        "testosterone cypionate 200 mg/mL 3 mL syringe",
        "Eylea 2 mg/0.05 mL IV",
        "vancomycin 1 g intravitreal",
    ],
)
def test_a_route_that_is_not_certain_is_left_open(text: str) -> None:
    assert identify(text, load()).route is None

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
    ],
)
def test_an_injection_goes_where_its_doses_are_on_record(text: str, route: str) -> None:
    assert identify(text, load()).route == route

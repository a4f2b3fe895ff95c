"""The review page: findings, decisions, approval."""

from __future__ import annotations

import pytest
from django.urls import reverse


def page(row, name="review"):
    return reverse(f"prescriptions:{name}", kwargs={"rx_number": row.rx_number})


@pytest.mark.parametrize("name", ["review", "show"])
@pytest.mark.parametrize("role", ["trainee", "technician", "pharmacist"])
def test_the_page_shows_the_patient_the_medicine_and_the_finding(client_as, entered, name, role) -> None:
    text = client_as(role).get(page(entered(), name)).content.decode()
    for said in ("Okonjo, Marta", "1960-02-09", "66 y", "71 kg", "No known allergies", "warfarin", "three times daily"):
        assert said in text
    assert "must be decided" in text or "decision" in text

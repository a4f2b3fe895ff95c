"""Results told in words: the newest counts, and a denial is no answer."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.core.lab import Lab, latest_answer
from tallman.core.patient import Observation, Patient

TODAY = date(2026, 11, 24)
ALLELE = Lab("hla-b-5701", "HLA-B*57:01", "", ("50956-2",))
WORDS = ("positive", "detected", "present")


def answered(*answers: tuple[str, date | None]) -> Patient:
    """Somebody whose allele was told so, on these days."""
    return Patient(observations=tuple(Observation("50956-2", day, text=text) for text, day in answers))


@pytest.mark.parametrize(
    "text, says",
    [("Positive", True), ("Detected", True), ("Allele present", True), ("Negative", False), ("Not detected", False),
     ("No allele present", False), ("Undetected", False), ("Inconclusive", False)],
)  # fmt: skip
def test_what_it_says(text: str, says: bool) -> None:
    answer = latest_answer(answered((text, TODAY)), ALLELE, TODAY)
    assert answer is not None
    assert answer.says(WORDS) is says


def test_the_newest_counts_and_none_of_tomorrow() -> None:
    patient = answered(("Positive", date(2020, 1, 1)), ("Negative", date(2024, 1, 1)), ("Positive", date(2027, 1, 1)))
    answer = latest_answer(patient, ALLELE, TODAY)
    assert answer is not None
    assert answer.text == "Negative"
    assert latest_answer(Patient(), ALLELE, TODAY) is None

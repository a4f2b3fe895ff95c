"""The Child-Pugh score: its five signs, what is missing, and an INR that says nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallman.core.lab import Lab
from tallman.core.liver import child_pugh
from tallman.core.patient import Condition, Observation, Patient

TODAY = date(2026, 11, 24)
LABS = {
    "bilirubin": Lab("bilirubin", "total bilirubin", "mg/dL", ("1975-2",)),
    "albumin": Lab("albumin", "albumin", "g/dL", ("1751-7",)),
    "inr": Lab("inr", "INR", "", ("6301-6",)),
}


def person(*codes: str, **results: str) -> Patient:
    """Somebody with these problems and these results of today."""
    found = tuple(Observation(LABS[n].loinc[0], TODAY, Decimal(v), LABS[n].unit or None) for n, v in results.items())
    return Patient(conditions=tuple(Condition(c) for c in codes), observations=found)


@pytest.mark.parametrize(
    "bilirubin, albumin, inr, codes, points",
    [
        ("1.9", "3.6", "1.6", (), 5),
        ("2.0", "3.5", "1.7", (), 8),
        ("3.0", "2.8", "2.3", (), 8),
        ("3.1", "2.7", "2.4", (), 11),
    ],
)
def test_the_points_of_the_laboratory(
    bilirubin: str, albumin: str, inr: str, codes: tuple[str, ...], points: int
) -> None:
    """The bounds of the published table: 2 and 3 mg/dL, 3.5 and 2.8 g/dL, 1.7 and 2.3."""
    score = child_pugh(person("K7460", *codes, bilirubin=bilirubin, albumin=albumin, inr=inr), LABS, TODAY)
    assert (score.least, score.most) == (points, points)


def test_ascites_and_encephalopathy_are_two_or_three_points() -> None:
    score = child_pugh(person("K7031", "K7682", bilirubin="1.0", albumin="4.0", inr="1.0"), LABS, TODAY)
    assert (score.least, score.most) == (7, 9)
    assert score.is_at_least("B")
    assert not score.is_at_least("C")
    assert score.words == "Child-Pugh B or worse"


def test_what_is_missing_leaves_the_class_open() -> None:
    score = child_pugh(person("K7460"), LABS, TODAY)
    assert (score.least, score.most) == (5, 11)
    assert not score.is_at_least("B")
    assert not score.is_surely_below("B")
    assert "albumin not known" in score.arithmetic


def test_an_inr_under_an_anticoagulant_says_nothing() -> None:
    patient = person("K7460", bilirubin="1.0", albumin="4.0", inr="2.6")
    assert child_pugh(patient, LABS, TODAY).is_at_least("B")
    score = child_pugh(patient, LABS, TODAY, inr_counts=False)
    assert (score.least, score.most) == (5, 7)


def test_a_failing_liver_is_of_class_c_unless_its_results_say_otherwise() -> None:
    assert child_pugh(person("K7460", "K7290"), LABS, TODAY).is_at_least("C")
    well = child_pugh(person("K7460", "K7290", bilirubin="1.0", albumin="4.0", inr="1.0"), LABS, TODAY)
    assert well.is_surely_below("C")


@pytest.mark.parametrize(
    "said, letter",
    [("cirrhosis, Child C", "C"), ("Child-Pugh B7 cirrhosis", "B"), ("cirrhosis (Child's class C)", "C")],
)
def test_the_class_is_read_as_charts_shorten_it(said: str, letter: str) -> None:
    patient = Patient(conditions=(Condition("K7460", said),))
    assert child_pugh(patient, LABS, TODAY).is_at_least(letter)


def test_a_child_is_no_class() -> None:
    assert not child_pugh(Patient(conditions=(Condition("K7460", "cirrhosis, child abuse"),)), LABS, TODAY).is_at_least(
        "B"
    )


@pytest.mark.parametrize(
    ("text", "letter"), [("CP-B cirrhosis", "B"), ("CP C liver disease", "C"), ("decomp EtOH cirrhosis", "B")]
)
def test_the_class_in_short_forms(text: str, letter: str) -> None:
    patient = Patient(conditions=(Condition("K7460", text),))
    assert child_pugh(patient, LABS, TODAY).is_at_least(letter)


def test_cerebral_palsy_is_no_class() -> None:
    patient = Patient(conditions=(Condition("K7460", "cirrhosis"), Condition("G809", "CP A spastic")))
    assert not child_pugh(patient, LABS, TODAY).is_at_least("B")


def test_both_signs_without_results_are_class_c() -> None:
    assert child_pugh(person("K7031", "K7682"), LABS, TODAY).is_at_least("C")
    assert not child_pugh(person("K7031", "K7682", albumin="4.0"), LABS, TODAY).is_at_least("C")


def test_a_decompensated_liver_is_of_class_c_until_results_say_otherwise() -> None:
    said = (Condition("K7460", "decompensated cirrhosis"),)
    assert child_pugh(Patient(conditions=said), LABS, TODAY).is_at_least("C")
    measured = Patient(conditions=said, observations=person(bilirubin="1.0", albumin="4.0", inr="1.0").observations)
    assert child_pugh(measured, LABS, TODAY).is_at_least("B")
    assert not child_pugh(measured, LABS, TODAY).is_at_least("C")

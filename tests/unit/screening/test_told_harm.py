"""What a problem list tells of harm by a medicine."""

from __future__ import annotations

import pytest

from tallman.core.told_harm import harms_told


@pytest.mark.parametrize(
    ("problem", "by", "harm"),
    [
        ("h/o Augmentin-induced cholestatic jaundice", "Augmentin", "cholestatic jaundice"),
        ("cholestatic jaundice due to azithromycin", "azithromycin", "cholestatic jaundice"),
        ("hydroxychloroquine retinopathy", "hydroxychloroquine", "retinopathy"),
        ("Methotrexate pneumonitis 2019", "Methotrexate", "pneumonitis"),
        ("encephalopathy within 7 days of previous DTaP", "DTaP", "encephalopathy"),
        ("ACE inhibitor angioedema", "ACE inhibitor", "angioedema"),
        ("drug-induced lupus from hydralazine", "hydralazine", "lupus"),
        ("h/o cholestatic jaundice with azithromycin", "azithromycin", "cholestatic jaundice"),
    ],
)
def test_grave_harm_and_what_did_it(problem: str, by: str, harm: str) -> None:
    assert [(t.by, t.harm) for t in harms_told(problem)] == [(by, harm)]


@pytest.mark.parametrize(
    "problem",
    [
        "no history of statin rhabdomyolysis",
        "diabetic retinopathy",
        "autoimmune hepatitis",
        "hepatic encephalopathy",
        "encephalopathy due to lactulose noncompliance",
        "epinephrine for anaphylaxis",
        "family history of isoniazid hepatitis",
        "opioid-induced constipation",
        "chronic hepatitis C",
        "lupus with hydroxychloroquine",
        "history of pancreatitis with gallstones",
    ],
)
def test_what_no_medicine_did(problem: str) -> None:
    assert not list(harms_told(problem))


def test_what_stands_far_from_a_harm_did_not_do_it() -> None:
    """Nor is a text, however long, gone through again and again for it."""
    far = "amiodarone " + "history of " * 2000 + "hepatitis"
    assert harms_told(far) == ()

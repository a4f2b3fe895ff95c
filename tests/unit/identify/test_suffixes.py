"""The four letters behind the name of a biological medicine tell which one is meant."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Avastin (bevacizumab-awwb) 100 mg/4 mL", "Avastin is not bevacizumab-awwb"),
        ("Mvasi (bevacizumab-bvzr) 100 mg/4 mL", "Mvasi is not bevacizumab-bvzr"),
        ("Neupogen (filgrastim-sndz) 300 mcg/0.5 mL syringe", "Neupogen is not filgrastim-sndz"),
        ("Lantus (insulin glargine-yfgn) 100 unit/mL vial", "Lantus is not insulin glargine-yfgn"),
    ],
)
def test_a_brand_of_another_suffix_is_a_contradiction(text: str, reason: str) -> None:
    read = identify(text, load())
    assert (read.product, read.reason) == (None, reason)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("Mvasi (bevacizumab-awwb) 100 mg/4 mL", "awwb"),
        ("denosumab (Jubbonti) 60 mg/mL", "bbdz"),
        ("denosumab (Prolia) 60 mg/mL", ""),
        ("insulin glargine (Semglee) 100 unit/mL pen", "yfgn"),
        ("infliximab (Inflectra) 100 mg", "dyyb"),
        ("insulin glargine yfgn 100 unit/mL pen", "yfgn"),
        ("infliximab dyyb 100 mg", "dyyb"),
        ("bevacizumab - bvzr 100 mg/4 mL", "bvzr"),
        ("Hemlibra (emicizumab-kxwh) 150 mg/mL", ""),
    ],
)
def test_the_suffix_of_the_product(text: str, suffix: str) -> None:
    read = identify(text, load())
    assert read.product, read.reason
    assert read.product.salt == suffix

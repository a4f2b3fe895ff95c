from __future__ import annotations

from decimal import Decimal

import pytest

from tallman.core.identify import identify
from tallman.core.identify.strengths import amounts
from tallman.core.identify.text import number, tokenize
from tests.authored import load


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("25mg", ["25 mg"]),
        ("10-mg tablet", ["10 mg"]),
        ("400 mg/5 mL", ["400 mg/5 mL"]),
        ("400mg per 5ml", ["400 mg/5 mL"]),
        ("400/5ml", ["400/5 mL"]),
        ("5/325", ["5", "325"]),
        ("5-325 mg", ["5 mg", "325 mg"]),
        ("5 mg/325 mg", ["5 mg", "325 mg"]),
        ("5/325 tabs", ["5", "325"]),
        ("7.5-325 mg/15 mL", ["7.5 mg/15 mL", "325 mg/15 mL"]),
        ("160-4.5 mcg/act", ["160 mcg/1 puff", "4.5 mcg/1 puff"]),
        ("100 units/mL", ["100 unit/1 mL"]),
        ("U-100", ["100 unit/1 mL"]),
        ("50,000 IU", ["50000 unit"]),
        ("50k units", ["50000 unit"]),
        ("1.2 million units", ["1200000 unit"]),
        ("2,5 mg", ["2.5 mg"]),
        (".5 mg", ["0.5 mg"]),
        ("0.01 MG/MG", ["10 mg/1 g"]),
        ("1:1000", ["1 mg/1 mL"]),
        ("0.1 mg/24 hr", ["0.1 mg/24 h"]),
        ("2.5%", ["2.5 %"]),
        ("1-0.05%", ["1 %", "0.05 %"]),
        ("20 tabs", ["20"]),
        ("10 mg 30 tabs", ["10 mg", "30 tablet"]),
        ("10 mg #30", ["10 mg"]),
        ("10 mg x 7 days", ["10 mg"]),
        ("10 mg 1/2 tab", ["10 mg"]),
        ("10 mg qty 90 refills 3", ["10 mg"]),
    ],
)
def test_amounts(text: str, written: list[str]) -> None:
    shown = []
    for w in amounts(tokenize(text), ()):
        per = f"/{w.per.normalize():f} {w.per_unit}" if w.per_unit else ""
        shown.append(" ".join(filter(None, [f"{w.value.normalize():f}", w.unit])) + per)
    assert shown == written


def test_tokens_know_their_places() -> None:
    text = "Amlodipíne 5mgTAB (µg)"
    for token in tokenize(text):
        assert token.end - token.start == len(token.text)
    assert [t.text for t in tokenize(text)] == ["amlodipine", "5", "mg", "tab", "(", "μg", ")"]


@pytest.mark.parametrize(("text", "value"), [("1,000", "1000"), ("0,5", "0.5"), ("2,50", "2.50"), (".25", "0.25")])
def test_number(text: str, value: str) -> None:
    assert number(tokenize(text)[0]) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "strength", "is_product"),
    [
        ("Enoxaparin 50 mg/0.5 mL", "50 mg/0.5 mL", False),
        ("enoxaparin 70 mg/0.7 mL syringe", "70 mg/0.7 mL", False),
        ("ketorolac 45 mg/1.5 mL", "45 mg/1.5 mL", False),
        ("enoxaparin 100 mg/1 mL syringe", "100 mg/mL", True),
        ("enoxaparin 40 mg/0.4 mL", "40 mg/0.4 mL", True),
    ],
)
def test_an_amount_and_a_volume_are_those_of_a_whole_container(text: str, strength: str, is_product: bool) -> None:
    read = identify(text, load())
    assert (bool(read.product), [str(s) for s in read.strengths]) == (is_product, [strength])

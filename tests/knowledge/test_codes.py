"""Every RxNorm code on record names what the record says: the same ingredients, the same strength, the same brand.

The names come from a release of RxNorm Current Prescribable Content that lies beside the checkout. What it does not
hold (ingredients from A, and products withdrawn since) is counted and printed, never taken for right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tallman.core.drug import DoseForm
from tallman.core.knowledge import Records
from tallman.knowledge.codes import MISMATCH, NO_CODE, NOT_HELD, Concept, read_release, unverified
from tallman.knowledge.load import read_records


@pytest.fixture(scope="module")
def release(shared_data: Path) -> dict[str, Concept]:
    """The release by code, with the ingredients from A that it lacks."""
    folder = shared_data / "rxnorm"
    return read_release(folder / "letterA_ingredient_rxcui_2014.csv", folder / "concepts.csv")


@pytest.fixture(scope="module")
def records() -> Records:
    """All authored records."""
    return read_records()


def test_every_code_names_what_the_record_says(
    records: Records, release: dict[str, Concept], capsys: pytest.CaptureFixture[str]
) -> None:
    open_ = unverified(records, release)
    with capsys.disabled():
        print(f"\n{len(records.ingredients)} ingredients, {len(records.products)} products; not verified:")
        for (kind, reason), count in sorted(Counter((u.kind, u.reason) for u in open_).items()):
            print(f"  {count} {kind}s: {reason}")
    assert [f"{u.name} {u.rxcui}: {u.detail}" for u in open_ if u.reason == MISMATCH] == []


def test_what_is_wrong_or_missing_is_told(records: Records, release: dict[str, Concept]) -> None:
    warfarin = next(i for i in records.ingredients if i.name == "warfarin")
    five = next(p for p in records.products if p.name == "warfarin 5 mg oral tablet")
    wrong = Records(
        ingredients=(warfarin, replace(warfarin, name="another"), replace(warfarin, name="uncoded", rxcui=None)),
        products=(
            five,
            replace(five, rxcui="855302"),
            replace(five, brand="Coumadin"),
            replace(five, form=DoseForm("oral capsule", ("oral",), "capsule")),
            replace(five, rxcui="1"),
        ),
    )
    told = [(u.kind, u.reason, u.detail) for u in unverified(wrong, release)]
    assert told == [
        ("ingredient", MISMATCH, "IN warfarin"),
        ("ingredient", NO_CODE, ""),
        ("product", MISMATCH, "warfarin sodium 2 MG Oral Tablet: warfarin 5 mg per 1 tablet against 2"),
        ("product", MISMATCH, "warfarin sodium 5 MG Oral Tablet: one is a brand, the other is not"),
        ("product", MISMATCH, "warfarin sodium 5 MG Oral Tablet: the form is Oral Tablet"),
        ("product", NOT_HELD, ""),
    ]


@pytest.mark.parametrize(("brand", "reasons"), [("Jantoven", []), ("Jantoven of today", []), ("Jant", [MISMATCH])])
def test_a_brand_is_verified_word_by_word(
    records: Records, release: dict[str, Concept], brand: str, reasons: list[str]
) -> None:
    five = next(p for p in records.products if p.name == "Jantoven 5 mg oral tablet")
    warfarin = next(i for i in records.ingredients if i.name == "warfarin")
    held = Records(ingredients=(warfarin,), products=(replace(five, brand=brand),))
    assert [u.reason for u in unverified(held, release)] == reasons

"""More of what people write, a file a kind: `written/*.txt`, rows as in `test_texts` that a technician could mark.

"open" stands for a text that must not be read as one certain medicine. A partial row holds what the text proves: whoever
reads more out of it guesses.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tests.authored import load
from tests.spec.identify.test_texts import density, describe, parts_of, ratio

FILES = sorted((Path(__file__).parent / "written").glob("*.txt"))


def rows(path: Path) -> list[tuple[str, str]]:
    """The texts of a file with what each is."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line.rpartition(" => ") for line in lines if line and not line.startswith("# ")]
    return [(text, expected) for text, _, expected in found]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*row, id=f"{path.stem}: {row[0]}") for path in FILES for row in rows(path)]
)
def test_text(text: str, expected: str, knowledge: Knowledge) -> None:
    read = identify(text, knowledge)
    status, medicine, form, brand = (*(part.strip() for part in expected.split(";")), "", "", "", "")[:4]
    if status == "open":
        assert not read.is_known or read.certainty is Certainty.PARTIAL
        assert not read.product
        return
    assert read.certainty.value == status, describe(read)
    parts = parts_of(medicine)
    assert {i.name for i in read.ingredients} == {name for name, _ in parts}
    strengths = {s.ingredient: ratio(s.amount, s.per) for s in read.strengths}
    assert strengths == {name: density(written) for name, written in parts if written}
    assert not form or (read.form and read.form.name == form)
    assert not brand or read.brand == brand


def test_every_row_is_written_once() -> None:
    every = [text for path in FILES for text, _ in rows(path)]
    assert len(every) == len({*every}) > 1000


def test_a_marked_code_and_the_text_behind_it_are_compared(knowledge: Knowledge) -> None:
    read = identify("RxCUI 314076 lisinopril 20 mg", knowledge)
    assert read.product is not None
    assert read.product.rxcui == "314076"
    assert read.conflict is not None
    assert "20 mg" in read.conflict

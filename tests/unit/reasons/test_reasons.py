"""What directions say a medicine is for, as codes."""

from __future__ import annotations

import pytest

from tallman.core.reasons import ReasonName, by_words, codes_said

NAMES = by_words([
    ReasonName(("I10",), ("blood pressure", "BP")),
    ReasonName(("R73", "E11"), ("sugar", "blood sugar")),
    ReasonName(("I82",), ("blood clot",)),
])  # fmt: skip


@pytest.mark.parametrize(
    "text, codes",
    [
        ("blood pressure", ("I10",)),
        ("high BP", ("I10",)),
        ("blood sugar", ("R73", "E11")),
        ("sugar and blood pressure", ("R73", "E11", "I10")),
        ("blood", ()),
        ("the usual trouble", ()),
        ("", ()),
    ],
)
def test_words_are_read_as_every_code_they_may_stand_for(text: str, codes: tuple[str, ...]) -> None:
    assert codes_said(text, NAMES) == codes

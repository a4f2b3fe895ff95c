"""Who confirmed an allergy record, and when, is none of what it says; and however long that is, it is read at once."""

from __future__ import annotations

import pytest

from tallman.core.allergy_framing import is_confirmation, says_none


@pytest.mark.parametrize(
    "text",
    [
        "NKDA, verified 3/2 by pt",
        "NKDA per patient and mother",
        "NKDA (reviewed with family 3/2/26)",
        "none known per chart",
    ],
)
def test_none_is_none_whoever_confirmed_it(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize("text", ["NKDA penicillin", "NKDA reviewed with pt 5/2 but penicillin rash", "verified 3/2"])
def test_a_confirmation_hides_nothing(text: str) -> None:
    assert not says_none(text)


def test_what_only_confirms() -> None:
    assert is_confirmation("verified 3/2 by pt")
    assert not is_confirmation("penicillin verified")
    assert not is_confirmation(" ")


def test_many_dates_do_not_take_exponential_time() -> None:
    assert not says_none(f"NKDA but latex, reviewed {'3/2/2024 ' * 400}x")

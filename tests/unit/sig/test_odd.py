"""Texts that no one means, typed by a slip: they are read or refused, and nothing fails on them."""

from __future__ import annotations

import pytest

from tallman.core.sig import daily_use, parse, say

ODD = [
    "1 tab daily, start 3/8",
    "2 3/8 tab daily",
    "no more than 1 tab per day :0prn",
    "1 tab prn, minimum 6 h0ours between doses",
    "om d1, 5ml 90 0800",
    "2 tabs on the other days",
]


@pytest.mark.parametrize("text", ODD)
def test_it_is_refused_and_nothing_fails(text: str) -> None:
    sig = parse(text)
    assert not sig.is_read
    assert say(sig) is None
    daily_use(sig)


def test_what_is_much_longer_than_directions_is_not_read() -> None:
    sig = parse("take 1 tablet daily and " * 500)
    assert (sig.is_read, sig.steps, sig.unread) == (False, (), ((0, len(sig.text)),))

"""The same direction in other words and another order means the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallman.core.sig import parse
from tests.generative.sig_report import PAGE, first_table
from tests.generative.sig_writer import Meant, is_meant, written

FORBIDDING = ["Do not", "Never", "Stop", "Hold", "Discontinue", "Cancel", "Instead of"]


@st.composite
def directions(draw: st.DrawFn, wordings: int = 2) -> Meant:
    return written(lambda choices: draw(st.sampled_from(choices)), wordings)


@given(directions())
def test_every_wording_and_order_is_read_as_what_was_meant(meant: Meant) -> None:
    for text in meant.texts:
        sig = parse(text)
        assert sig.is_read, (text, sig.unread, sig.doubts)
        (step,) = sig.steps
        assert is_meant(step, meant), (text, step)


@given(directions(wordings=1), st.sampled_from(FORBIDDING))
def test_what_is_forbidden_is_never_read_as_an_order(meant: Meant, forbidding: str) -> None:
    text = meant.texts[0].removeprefix("Take ").removeprefix("TAKE ").removeprefix("take ")
    sig = parse(f"{forbidding} take {text}")
    assert not sig.is_read or not any(step.dose for step in sig.steps), text


def test_the_measured_page_is_not_stale() -> None:
    assert first_table() in PAGE.read_text(encoding="utf-8"), "run python -m tests.generative.sig_report"

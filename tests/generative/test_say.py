"""Directions said in plain words mean what they meant: the reader judges the sayer.

The directions are put together here from pieces of shorthand, by rules that neither of them sees.
"""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tallman.core.sig import parse
from tallman.core.sig.say import as_understood, say

NUMBERS = st.sampled_from(["1", "2", "3", "1/2", "1.5", "1-2", "2 to 3", "up to 2", "0.25"])
FORMS = st.sampled_from(
    [("tab{s}", "po"), ("cap{s}", "by mouth"), ("mL", "orally"), ("tab{s}", "sl"), ("puff{s}", "inh"), ("gtt{s}", "os"),
     ("drops", "in each ear"), ("sprays", "in each nostril"), ("units", "subcut"), ("patch", "transdermally"),
     ("suppository", "pr"), ("applicatorful", "vaginally"), ("mg", "po"), ("mL", "im")]
)  # fmt: skip
TIMES = st.sampled_from(
    ["daily", "qd", "bid", "tid", "qid", "q4h", "q6-8h", "q12h", "qod", "weekly", "2 times a week", "qam", "qhs",
     "every morning", "at bedtime", "tid with meals", "qam and qhs", "on mon and thu", "every 2 weeks", "monthly",
     "30 minutes before breakfast", "at 9 am", "up to 4 times a day", "q72h", "twice daily with breakfast and dinner",
     "once"]
)  # fmt: skip
REASONS = st.sampled_from(
    ["", "", "prn", "prn pain", "as needed for nausea", "for blood pressure", "for 10 days", "x 2 weeks",
     "prn cough for 5 days"]
)  # fmt: skip
ENDS = st.sampled_from(["", "", "with food", "max 6/day", "until gone", "do not crush", "avoid alcohol", "while awake"])
LINKS = st.sampled_from([", then ", " and ", ". Then "])


@st.composite
def steps(draw: st.DrawFn) -> str:
    number, (form, route) = draw(NUMBERS), draw(FORMS)
    form = form.format(s="" if number in ("1", "1/2", "0.25") else "s")
    return " ".join(filter(None, [number, form, route, draw(TIMES), draw(REASONS)]))


@given(steps(), ENDS)
def test_one_step_is_said_and_means_the_same(step: str, end: str) -> None:
    sig = parse(f"{step} {end}".strip())
    assume(sig.is_read)
    said = say(sig)
    assert said is not None
    back = parse(said)
    assert back.is_read
    assert back.same_meaning(as_understood(sig))
    assert say(back) == said


@given(steps(), LINKS, steps(), ENDS)
def test_two_steps_mean_the_same_or_are_not_said(first: str, link: str, second: str, end: str) -> None:
    sig = parse(f"{first}{link}{second} {end}".strip())
    said = say(sig)
    if said is not None:
        assert parse(said).same_meaning(as_understood(sig))
        assert say(parse(said)) == said


@given(st.text(max_size=60))
def test_any_text_at_all_is_said_exactly_or_not_at_all(text: str) -> None:
    sig = parse(text)
    said = say(sig)
    assert said is None or (sig.is_read and parse(said).same_meaning(as_understood(sig)))

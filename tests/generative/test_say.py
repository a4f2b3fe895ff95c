"""Directions said in plain words mean what they meant: the reader judges the sayer.

The directions are put together here from pieces of shorthand, by rules that neither of them sees.
"""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tallman.core.sig import Sig, parse
from tallman.core.sig.say import as_understood, say
from tallman.core.sig.say_es import say_in_spanish

NUMBERS = st.sampled_from(["1", "2", "3", "1/2", "1.5", "1-2", "2 to 3", "up to 2", "0.25"])
FORMS = st.sampled_from(
    [("tab{s}", "po"), ("cap{s}", "by mouth"), ("mL", "orally"), ("tab{s}", "sl"), ("puff{s}", "inh"), ("gtt{s}", "os"),
     ("drops", "in each ear"), ("sprays", "in each nostril"), ("units", "subcut"), ("patch", "transdermally"),
     ("suppository", "pr"), ("applicatorful", "vaginally"), ("mg", "po"), ("mL", "im"),
     ("tab{s} (5 mg)", "po"), ("mL (250 mg)", "po"),
     ("g", "to affected area")]
)  # fmt: skip
TIMES = st.sampled_from(
    ["daily", "qd", "bid", "tid", "qid", "q4h", "q6-8h", "q12h", "qod", "weekly", "2 times a week", "qam", "qhs",
     "every morning", "at bedtime", "tid with meals", "qam and qhs", "on mon and thu", "every 2 weeks", "monthly",
     "30 minutes before breakfast", "at 9 am", "up to 4 times a day", "q72h", "twice daily with breakfast and dinner",
     "once", "on the 1st and 15th of the month", "daily days 1-21 of each 28 day cycle", "5 days on 2 days off",
     "at 8 am and 8 pm", "1 to 2 hours before bedtime", "every 5 minutes x 3 doses", "now", "daily except sunday",
     "tid before meals", "every morning and at bedtime", "every evening starting 1/15/2027"]
)  # fmt: skip
REASONS = st.sampled_from(
    ["", "", "prn", "prn pain", "as needed for nausea", "for blood pressure", "for 10 days", "x 2 weeks",
     "prn cough for 5 days", "at onset of migraine", "1 hour before the procedure", "as directed",
     "until seen by cardiology", "for up to 2 weeks", "as needed for moderate to severe pain"]
)  # fmt: skip
ENDS = st.sampled_from(
    ["", "", "with food", "max 6/day", "until gone", "do not crush", "avoid alcohol", "while awake",
     "may repeat in 2 hours", "may repeat once", "no more than 2 in one dose", "max 400 mg in 24 hours",
     "leave on for 12 hours",
     "remove at bedtime", "increase by 1 every week up to 4", "swallow whole", "then stop"]
)  # fmt: skip
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


def _amounts_and_times(sig: Sig) -> list[object]:
    """What no translation may change."""
    return [
        (s.link, s.dose, s.site, s.timing, s.prn, s.maxima, s.duration, s.as_directed) for s in as_understood(sig).steps
    ]


@given(steps(), ENDS)
def test_spanish_is_read_back_with_the_same_amounts_and_times_or_not_read(step: str, end: str) -> None:
    sig = parse(f"{step} {end}".strip())
    said = say_in_spanish(sig)
    if said is not None:
        back = parse(said)
        assert not back.is_read or _amounts_and_times(back) == _amounts_and_times(sig), (said, back.steps)


RATES = st.sampled_from(
    ["50 mL/hr", "2 mcg/kg/min", "0.5-3 mcg/kg/min", "25 mcg/hr", "12 units/kg/hr", "5-15 mg/hr", "2 mU/min"]
)
AIMS = st.sampled_from(
    ["", ", titrate to MAP > 65", ", titrate for RASS 0 to -1", " during dialysis", " over 6 hours", " prn",
     ", hold if SBP < 90", ", starting today at 1400", ", max 200 mg/hr", " until fever is gone"]
)  # fmt: skip


@given(RATES, st.sampled_from([" IV", " via PEG", ""]), AIMS)
def test_what_flows_is_said_and_means_the_same(rate: str, route: str, aim: str) -> None:
    sig = parse(f"{rate}{route}{aim}")
    assume(sig.is_read)
    said = say(sig)
    assert said is not None
    assert parse(said).same_meaning(as_understood(sig))


@given(
    st.sampled_from(["0.2", "1", "1.5", "10"]),
    st.sampled_from(["mg", "mcg"]),
    st.integers(5, 20),
    st.sampled_from([1, 4]),
)
def test_the_settings_of_a_pump_are_read_alike_however_written(dose: str, unit: str, lockout: int, hours: int) -> None:
    most = f"{float(dose) * 12:g} {unit}"
    ways = [
        f"PCA {dose} {unit}/{lockout} min/{most} in {hours} h",
        f"PCA demand {dose} {unit}, lockout {lockout} min, {hours}-hour limit {most}",
        f"PCA dose {dose} {unit}, {lockout} minute lockout, no basal, {hours} hr max {most}",
        f"PCA {dose} {unit} q{lockout}min, {hours} hr lockout {most}",
    ]
    read = [parse(way) for way in ways]
    assert all(sig.is_read and sig.same_meaning(read[0]) for sig in read)
    said = say(read[0])
    assert said is not None
    assert parse(said).same_meaning(as_understood(read[0]))

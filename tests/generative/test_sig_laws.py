"""What must hold of any reading of directions, whatever the words: order, joining and other numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hypothesis import assume, given
from hypothesis import strategies as st

from tallman.core.sig import Sig, Step, parse

DOSES = ["1 tablet", "2 tabs", "1-2 tablets", "1/2 tab", "10 mg", "one and a half tablets", "2 caps (50 mg)", "4 units"]
TIMES = [
    "twice daily", "every 6 hours", "q4-6h", "at bedtime", "in the morning", "every other day", "on Mondays",
    "once weekly", "3 times a day with meals", "before breakfast", "at 8 am and 8 pm", "every morning and evening",
    "Mon Wed Fri",
]  # fmt: skip
CLAUSES = [
    ["as needed", "prn pain", "if needed for cough"],
    ["max 4 per day", "not to exceed 6 tablets in 24 hours", "no more than 3 doses a day"],
    ["for 7 days", "x 10 days", "for up to 5 days", "for 10-14 days"],
    [
        "with food",
        "do not crush",
        "30 minutes before meals",
        "call if no better",
        "hold for BP < 90",
        "starting tomorrow",
    ],
]
PLACES = ["in left eye", "in right eye", "OU"]
EXTRAS = ["for 7 days", "prn pain", "for infection", "as directed", "max 4/day", "starting tomorrow", "with food"]
UNDOING = [
    "not", "never", "no longer", "unless", "instead of", "formerly", "cancel", "previously", "double", "stop taking",
]  # fmt: skip
UNDERSTOOD = ("not on monday", "not with food")
"""What an inserted word may make that is understood: another day, an empty stomach."""
BESIDE = [
    "follow up in 2 weeks", "change dressing twice a day", "use sunscreen daily", "limit salt to 2 g a day",
    "walk 30 minutes twice a day", "refill monthly", "clean device weekly", "see doctor in 6 months",
    "monitor blood pressure weekly", "repeat labs every 3 months", "may take 2 weeks to work", "no alcohol for 3 days",
    "keep refrigerated for 28 days", "discard after 28 days", "last taken at 9 pm", "replaces 10 mg twice daily",
    "was on 2 tabs bid", "up from 5 mg daily", "drink 2 liters of water daily", "weight 20 kg",
]  # fmt: skip
"""What stands beside a direction, with times and amounts that are not those of the dose."""
SIGNS = [" ", ", ", "; ", ". ", " - ", "\n"]
JOINTS = [*SIGNS, " and ", " then ", ", then ", " or ", " plus ", " & ", "; may also take ", ". Then "]


def _said(step: Step) -> tuple[object, ...]:
    """How much, when and how long; neither advice nor reasons."""
    t = step.timing
    return (
        step.dose, t.frequency, t.interval, frozenset(t.events), frozenset(t.weekdays), frozenset(t.clock), t.count,
        step.prn, frozenset(step.maxima), step.duration, step.days, step.start, step.site,
    )  # fmt: skip


@given(st.data())
def test_the_clauses_of_a_direction_mean_the_same_in_any_order_or_are_not_read(data: st.DataObject) -> None:
    clauses = [data.draw(st.sampled_from(TIMES))]
    clauses += [data.draw(st.sampled_from(said)) for said in CLAUSES if data.draw(st.booleans())]
    order, sign = data.draw(st.permutations(clauses)), data.draw(st.sampled_from(SIGNS))
    dose = data.draw(st.sampled_from(DOSES))
    usual, other = parse(f"take {dose} {', '.join(clauses)}"), parse(sign.join([f"take {dose}", *order]))
    if usual.is_read and other.is_read:
        assert [_said(step) for step in usual.steps] == [_said(step) for step in other.steps], other.text


@given(st.data())
def test_the_clauses_of_two_doses_of_drops_mean_the_same_in_any_order_or_are_not_read(data: st.DataObject) -> None:
    joint, read = data.draw(st.sampled_from([". Take ", ", then ", " and ", " followed by "])), []
    doses = [
        [data.draw(st.sampled_from(PLACES)), data.draw(st.sampled_from(TIMES)), data.draw(st.sampled_from(EXTRAS))]
        for _ in range(2)
    ]
    for _ in range(2):
        one, two = (" ".join(data.draw(st.permutations(clauses))) for clauses in doses)
        sig = parse(f"Take 1 drop {one}{joint}2 drops {two}")
        read += [[_said(step) for step in sig.steps]] if sig.is_read else []
    assert len(read) < 2 or read[0] == read[1], sig.text


@given(st.data())
def test_two_directions_joined_keep_both_amounts_and_times_or_are_not_read(data: st.DataObject) -> None:
    first, second = (f"{data.draw(st.sampled_from(DOSES))} {data.draw(st.sampled_from(TIMES))}" for _ in range(2))
    alone = [parse(first).steps[0], parse(second).steps[0]]
    assume(_said(alone[0]) != _said(alone[1]))
    verb = data.draw(st.sampled_from(["", "take "]))
    sig = parse(f"take {first}{data.draw(st.sampled_from(JOINTS))}{verb}{second}")
    if sig.is_read:
        told = [(s.dose, s.timing) for s in sig.steps]
        assert all((s.dose, s.timing) in told for s in alone), sig.text


@given(st.data())
def test_a_word_that_undoes_an_order_is_told_or_keeps_it_from_being_read(data: st.DataObject) -> None:
    clause = data.draw(st.sampled_from(["", *(c for said in CLAUSES for c in said if "call" not in c)]))
    words = f"take {data.draw(st.sampled_from(DOSES))} {data.draw(st.sampled_from(TIMES))} {clause}".split()
    place, undoing = data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(UNDOING))
    sig = parse(" ".join([*words[:place], undoing, *words[place:]]))
    if sig.is_read and not any(said in sig.text.lower() for said in UNDERSTOOD):
        told = " ".join(
            str(x)
            for s in sig.steps
            for x in (*s.instructions, s.until, s.start, s.trigger, s.prn_reason, s.indication)
        )
        assert undoing.split()[0] in told, sig.text


@given(
    st.sampled_from(DOSES), st.sampled_from(TIMES), st.sampled_from(BESIDE), st.sampled_from([", ", ". ", "; ", " - "])
)
def test_times_of_something_else_never_become_those_of_the_dose(dose: str, when: str, beside: str, sign: str) -> None:
    alone, sig = parse(f"take {dose} {when}"), parse(f"take {dose} {when}{sign}{beside}")
    if alone.is_read and sig.is_read:
        assert [_said(step) for step in sig.steps] == [_said(step) for step in alone.steps], sig.text


@given(st.sampled_from(DOSES), st.sampled_from(TIMES), st.sampled_from(CLAUSES[2]), st.data())
def test_another_number_is_another_reading(dose: str, when: str, long: str, data: st.DataObject) -> None:
    text = f"take {dose} {when} {long}"
    place = data.draw(st.sampled_from(list(re.finditer(r"\d+", text))))
    number = data.draw(st.sampled_from([n for n in ("2", "3", "5", "7", "9", "11") if n != place[0]]))
    other = parse(text[: place.start()] + number + text[place.end() :])
    sig = parse(text)
    if sig.is_read and other.is_read:
        lost, found = Counter(_numbers(sig)), Counter(_numbers(other))
        assert lost != found, other.text


def _numbers(sig: Sig) -> Iterator[str]:
    for step in sig.steps:
        yield from re.findall(r"\d+(?:\.\d+)?", re.sub(r"span=\(.*?\)", "", str(step)))

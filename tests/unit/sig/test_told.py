"""Words that are no direction and that the patient must hear all the same stand on the label as they were written."""

from __future__ import annotations

import pytest

from tallman.core.sig import parse, say
from tallman.core.sig.say_es import say_in_spanish


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "dissolve 1 tab SL q5min x3 prn chest pain, call 911 if no relief",
            "Dissolve 1 tablet under the tongue every 5 minutes up to 3 doses as needed for chest pain. "
            "Call 911 if no relief.",
        ),
        (
            "2 puffs q4h prn wheeze, if no relief call doctor",
            "Inhale 2 puffs every 4 hours as needed for wheeze. If no relief call doctor.",
        ),
        ("20 mEq daily while on furosemide", "Use 20 mEq once a day while on furosemide."),
        (
            "2 puffs q4h prn, call MD if no relief > 2 days",
            "Inhale 2 puffs every 4 hours as needed. Call MD if no relief more than 2 days.",
        ),
        ("30 g PO x 1 now, recheck K in 4h", "Take 30 g by mouth right away. Recheck K in 4 hours."),
        (
            "Stop lisinopril. Start losartan 50 mg po daily",
            "Losartan: take 50 mg by mouth once a day. Stop lisinopril.",
        ),
        ("1 tab daily needs appointment", "Take 1 tablet once a day."),
        (
            "1 TAB DAILY. STORE AT ROOM TEMPERATURE. DO NOT REFILL EARLY",
            "Take 1 tablet once a day. Store at room temperature.",
        ),
    ],
)
def test_what_the_patient_must_hear_is_said(text: str, said: str) -> None:
    assert say(parse(text)) == said
    assert say(parse(said)) == said


def test_what_nobody_translated_is_not_said_in_spanish() -> None:
    assert say_in_spanish(parse("1 tab po daily, call 911 if you turn blue")) is None
    assert say_in_spanish(parse("1 tab po daily, needs appointment")) == "Tome 1 tableta por la boca una vez al día."


def test_the_rate_by_weight_behind_a_reckoned_one_is_a_remark() -> None:
    sig = parse("heparin 12 units/kg/hr (2,800 units/hr)")
    assert [sig.text[first:last] for first, last in sig.remarks] == ["12 units/kg/hr"]


def test_two_numbers_before_two_moments_may_be_a_range() -> None:
    assert parse("Take 1-2 (AM/PM)").doubts
    assert not parse("1 - 1 - 2 (AM - noon - HS)").doubts

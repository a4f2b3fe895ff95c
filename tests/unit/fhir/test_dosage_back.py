"""Every direction of the manual written as FHIR Dosage, its texts dropped, and read back from the structure alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from tallman.core.sig import Frequency, Interval, Link, Sig, Step, parse
from tallman.core.sig.occasions import occasions
from tallman.core.sig.say import as_understood
from tallman.interchange.fhir.decode import as_type, document
from tallman.interchange.fhir.directions import directions
from tallman.interchange.fhir.dosage_out import dosages_of
from tallman.interchange.fhir.resources import MedicationRequest
from tests.spec.sig.reading import chapters

TEXTS = [row.written for chapter in chapters() for row in chapter.rows]
MOST_DIFFERENT = 48
"""Directions that come back otherwise than they went, mostly in advice that only the text has in its place."""
_DAILY = Frequency(1, 1)
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def back(sig: Sig) -> Sig:
    """What another system reads from the structure; from the words for the patient where there is none."""
    made = dosages_of(sig)
    is_choice = any(step.link is Link.OR for step in sig.steps)
    dropped = ("text",) if is_choice and len(made) == 1 else ("text", "patientInstruction")
    dosages = [{name: value for name, value in dosage.items() if name not in dropped} for dosage in made]
    sent = document(_ENCODE({"resourceType": "MedicationRequest", "dosageInstruction": dosages}))
    received, _ = as_type(sent, MedicationRequest, "")
    return parse(directions(received.dosage_instruction)[0])


def meaning(sig: Sig) -> list[Step]:
    """The steps without what goes without saying: once a day beside a moment of the day, the order of words."""
    return [_plain(step) for step in as_understood(replace(sig, language="en")).steps]


def _plain(step: Step) -> Step:
    timing = step.timing
    often, spaced = timing.frequency, timing.interval
    if spaced == Interval(Decimal(1), Decimal(1), "wk"):
        often, spaced = Frequency(1, 1, Decimal(1), "wk"), None
    times = occasions(timing.events, timing.clock)
    if often and often.low == 0:
        often = replace(often, low=1)  # FHIR has no frequency of 0.
    told = times or (len(timing.month_days) if timing.month_days else 0)
    if often and told and often in (Frequency(told, told), Frequency(told, told, Decimal(1), "mo")):
        often = None
    if often == _DAILY and (timing.weekdays or step.days):
        often = None
    order = replace(
        timing,
        frequency=often,
        interval=spaced,
        events=tuple(sorted(timing.events, key=str)),
        clock=tuple(sorted(timing.clock)),
    )
    words = sorted(filter(None, (*step.instructions, step.trigger)))
    site = step.site.removeprefix("to ") if step.site else None
    most = tuple(sorted(step.maxima, key=str))
    return replace(
        step,
        maxima=most,
        product=None,
        method=None,
        span=(0, 0),
        timing=order,
        instructions=tuple(words),
        trigger=None,
        site=site,
    )


def test_what_went_comes_back() -> None:
    different = [t for t in TEXTS if (sig := parse(t)).is_read and meaning(sig) != meaning(back(sig))]
    assert len(different) <= MOST_DIFFERENT, different


@pytest.mark.parametrize(
    "text",
    [
        "45 mg sc wk 0, 4 then q12wk",
        "1/2 tab bid x 1 wk, 1/2 tab qam and 1 tab qpm x 1 wk, then 1 tab bid",
        "2 tablets on day 1, then 1 tablet daily on days 2-5",
        "75 mg bid, increase to 150 mg bid in 1 week",
        "1 mg/kg daily, increase by 0.5 mg/kg q4wk",
        "1 cap 30 minutes before breakfast and dinner",
        "morphine PCA basal 1 mg/hr, demand 1 mg, lockout 10 min, max 6 mg/hr",
        "fentanyl 100 mcg/hr gtt, bolus 50 mcg q15 min prn",
        "150 mg bolus, 1 mg/min x 6 hrs, 0.5 mg/min x 18 hrs",
        "10 mcg/kg/min IV, titrate by 5 mcg/kg/min q5min, max 50 mcg/kg/min",
        "1 tab at night. If affected, do not drive",
        "50 mg tds PO/IM/IV prn",
        "1 g/kg IV over 20 min then 0.5 g/kg q6h",
        "600 mg PO q12h x 2 days (4 doses)",
        "300 mg PO after dialysis on dialysis days only",
    ],
)
def test_what_is_told_beside_the_elements_comes_back(text: str) -> None:
    sig = parse(text)
    assert sig.is_read
    assert meaning(back(sig)) == meaning(sig)


def test_a_choice_of_doses_comes_back_in_the_words_for_the_patient() -> None:
    sig = parse("1 tab in the morning or 2 tabs at bedtime")
    (made,) = dosages_of(sig)
    assert sig.steps[1].link is Link.OR
    assert made["patientInstruction"] == sig.text


@pytest.mark.parametrize(
    "text",
    [
        "1 tab for mild pain or 2 tabs for severe pain every 6 hours as needed",
        "5 mg PO q4h prn moderate pain; 10 mg PO q4h prn severe pain",
    ],
)
def test_doses_each_for_a_need_of_its_own_come_back_as_a_choice(text: str) -> None:
    sig = parse(text)
    one, other = dosages_of(sig)
    assert one["sequence"] == other["sequence"]
    assert one["asNeededCodeableConcept"] != other["asNeededCodeableConcept"]
    assert (other["text"][:3], other["additionalInstruction"][0]) == ("or ", {"text": "or"})
    assert meaning(back(sig)) == meaning(sig)
    dosages = [{name: made[name] for name in ("sequence", "text")} for made in (one, other)]
    sent = document(_ENCODE({"resourceType": "MedicationRequest", "dosageInstruction": dosages}))
    received, _ = as_type(sent, MedicationRequest, "")
    assert meaning(parse(directions(received.dosage_instruction)[0])) == meaning(sig)


def test_what_only_changes_the_dose_keeps_its_times_and_whether_it_may() -> None:
    sig = parse("10 mg qhs, may increase by 10 mg every 3 nights up to 50 mg")
    first, change = dosages_of(sig)
    assert change["timing"] == first["timing"]
    assert change["additionalInstruction"] == [{"text": "may increase by 10 mg every 3 days up to 50 mg"}]
    assert meaning(back(sig)) == meaning(sig)


def test_what_must_be_heard_goes_along_and_the_place_of_one_injection_stays_with_it() -> None:
    (made,) = dosages_of(parse("0.4 mg SL q5min x 3 prn chest pain, call MD if unrelieved"))
    assert {"text": "call MD if unrelieved"} in made["additionalInstruction"]
    assert [d.get("site") for d in dosages_of(parse("156 mg IM day 8 in deltoid, then 117 mg IM monthly"))] == [
        {"text": "deltoid"},
        None,
    ]
    assert all(d["site"] == {"text": "right eye"} for d in dosages_of(parse("1 gtt od qid x 1 wk, then tid")))

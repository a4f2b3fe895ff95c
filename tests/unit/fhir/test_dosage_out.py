"""Directions written as FHIR Dosage: valid to another library, and read back as what they were."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from fhir.resources.R4B.dosage import Dosage as Judge

from tallman.core.sig import daily_use, parse
from tallman.interchange.fhir.dosage_out import ROUTES, dosages_of

TEXTS = [
    "take 1 tablet by mouth twice daily for 10 days",
    "1-2 tabs po q4-6h prn pain, max 8 tablets per day",
    "1 gtt ou qhs",
    "take 5 mL (250 mg) by mouth three times a day with meals",
    "inject 20 units under the skin at bedtime",
    "2 tablets today then 1 tablet daily for 4 days",
    "1 tab in the morning and 2 tabs at bedtime",
    "1 tab on Monday, Wednesday and Friday",
    "1 tab at 8 am and 8 pm",
    "1 tab 30 minutes before breakfast",
    "1 patch transdermally every 72 hours",
    "up to 2 tablets up to 3 times a day as needed",
    "1 tab once a week for 4 weeks",
    "1 tab daily for up to 2 weeks",
    "10 mg/kg IV once",
    "500 mg IV over 30 minutes every 8 hours",
]


def _objects(text: str) -> list[dict[str, Any]]:
    encoder = msgspec.json.Encoder(decimal_format="number")
    return msgspec.json.decode(encoder.encode(dosages_of(parse(text))))  # type: ignore[no-any-return]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_is_valid(text: str) -> None:
    for made in _objects(text):
        Judge.model_validate(made)


def _times_a_day(repeat: dict[str, Any]) -> Decimal:
    hours = {"h": 1, "d": 24, "wk": 168}[repeat["periodUnit"]]
    most = Decimal(repeat.get("frequencyMax", repeat["frequency"]))
    days = Decimal(len(repeat.get("dayOfWeek", "1234567"))) / 7
    return most * 24 / (Decimal(str(repeat["period"])) * hours) * days


@pytest.mark.parametrize("text", [t for t in TEXTS if "/kg" not in t and "max" not in t])
def test_the_amounts_are_those_of_the_directions(text: str) -> None:
    use = daily_use(parse(text))
    assert use is not None
    most: dict[int, Decimal] = {}
    for made in _objects(text):
        dose = made["doseAndRate"][0]
        value = Decimal(str((dose.get("doseQuantity") or dose["doseRange"]["high"])["value"]))
        often = _times_a_day(made["timing"]["repeat"]) if "period" in made["timing"]["repeat"] else Decimal(1)
        most[made["sequence"]] = most.get(made["sequence"], Decimal(0)) + value * often
    places = 2 if "ou" in text.split() else 1
    assert abs(max(most.values()) * places - Decimal(use.high.numerator) / use.high.denominator) < Decimal("0.001")


def test_the_parts_are_where_fhir_has_them() -> None:
    (made,) = dosages_of(parse("take 1-2 tabs (5-10 mg) po q4-6h prn pain for 5 days with food, max 8/day"))
    assert made["text"].startswith("take 1-2 tabs")
    assert made["timing"]["repeat"] == {
        "boundsDuration": {"value": 5, "unit": "d", "system": "http://unitsofmeasure.org", "code": "d"},
        "frequency": 1,
        "period": 4,
        "periodMax": 6,
        "periodUnit": "h",
    }
    assert made["asNeededCodeableConcept"] == {"text": "pain"}
    assert made["route"]["coding"][0]["code"] == ROUTES["oral"][0]
    assert [q["code"] for q in made["doseAndRate"][0]["doseRange"].values()] == ["{tbl}", "{tbl}"]
    assert made["maxDosePerPeriod"]["denominator"]["code"] == "d"
    assert {"text": "with food"} in made["additionalInstruction"]


def test_steps_after_each_other_are_numbered_and_those_side_by_side_share_a_number() -> None:
    after = dosages_of(parse("2 tabs daily for 3 days, then 1 tab daily"))
    beside = dosages_of(parse("1 tab qam and 2 tabs qhs"))
    assert [d["sequence"] for d in after] == [1, 2]
    assert [d["sequence"] for d in beside] == [1, 1]
    assert [d["timing"]["repeat"]["when"] for d in beside] == [["MORN"], ["HS"]]


@pytest.mark.parametrize(
    "text, told",
    [
        ("apply 1 patch daily, remove at night", "take off at night"),
        ("1 patch on 12 hours off 12 hours", "then off for 12 hours"),
        ("1 tab daily for 21 days then 7 days off", "on days 1 to 21 of every 28 days"),
        (
            "1 tab daily; increase by 1 tablet weekly up to 4 tablets",
            "increase by 1 tablet every 1 week up to 4 tablets",
        ),
        ("150-200: 2 units, 201-250: 4 units", "201 to 250: 4 units"),
        ("150-249: 2 units, 250-349: 4 units, 350 or greater: 6 units", "350 or more: 6 units"),
        ("150-250: 2 units, 251-350: 4 units, >350: 6 units", "above 350: 6 units"),
        ("0.25-0.5 mL (5-10 mg) sl q1h prn", "(5 to 10 mg)"),
        ("0.25 mL (5 mg) sl q1h prn", "(5 mg)"),
        ("1 tab q am, q noon and q4pm", "in the morning, at noon and at 4:00 pm"),
        ("0.4 mg SL prn, may repeat every 5 minutes x 3", "may repeat every 5 minutes up to 3 times"),
        ("1 tab at onset of migraine, may repeat in 2 hours", "may repeat after 2 hours"),
        ("1 tab on the 1st and 15th of the month", "on the 1st and 15th of the month"),
        ("take as directed", "as directed"),
    ],
)
def test_what_fhir_has_no_element_for_is_told_in_words(text: str, told: str) -> None:
    said = [i["text"] for made in dosages_of(parse(text)) for i in made.get("additionalInstruction", [])]
    assert told in said


@pytest.mark.parametrize(
    "text, repeat",
    [
        ("75 mg/m2 IV day 1 q21d", {"frequency": 1, "period": 21, "periodUnit": "d"}),
        ("600 mg/m2 IV day 1, every 2 weeks x 4", {"count": 4, "frequency": 1, "period": 2, "periodUnit": "wk"}),
        (
            "1500 mg po bid x 14 days, then 7 days off",
            {"boundsDuration": 14, "frequency": 2, "period": 1, "periodUnit": "d"},
        ),
        (
            "25 mg po daily D1-21 of 28 day cycle",
            {"boundsDuration": 21, "frequency": 1, "period": 1, "periodUnit": "d"},
        ),
    ],
)
def test_what_comes_round_is_never_every_day_without_end(text: str, repeat: dict[str, object]) -> None:
    made = dosages_of(parse(text))[0]["timing"]["repeat"]
    bounds = {"boundsDuration": made["boundsDuration"]["value"]} if "boundsDuration" in made else {}
    assert made | bounds == repeat


def test_codes_of_units_and_routes() -> None:
    (oxytocin,), (skin,) = dosages_of(parse("oxytocin 2 mU/min IV")), dosages_of(parse("0.1 mL ID x1"))
    assert oxytocin["doseAndRate"][0]["rateQuantity"]["code"] == "m[iU]/min"
    assert skin["route"]["coding"][0]["code"] == "372464004"


def test_a_date_of_beginning_is_a_period_and_nothing_read_is_no_dosage() -> None:
    (made,) = dosages_of(parse("1 tab daily starting 1/15/2027"))
    assert made["timing"]["repeat"]["boundsPeriod"] == {"start": "2027-01-15"}
    assert dosages_of(parse("xyzzy")) == []


@pytest.mark.parametrize(
    "text, told",
    [
        ("1 tab stat", "now"),
        ("1 tab 1 to 2 hours before bedtime", "1 to 2 hours before bedtime"),
        ("1 tab q4h prn, no more than 5/day, 10/week", "no more than"),
        ("2 tabs on day 1, then 1 tab daily on days 2-5", "on days 2 to 5"),
        ("80 mg on day 1, then 40 mg every other week starting day 8", "on day 8 and after"),
        ("1 tab daily with 20 mg tablet, total 40 mg", "with 20 mg tablet, total 40 mg"),
    ],
)
def test_what_has_no_element_is_told(text: str, told: str) -> None:
    said = [i["text"] for made in _objects(text) for i in made.get("additionalInstruction", [])]
    assert any(told in instruction for instruction in said), said


def test_one_dose_or_another_is_not_two_doses() -> None:
    text = "take 1 tablet or 2 at bedtime"
    assert _objects(text) == [{"sequence": 1, "text": text, "patientInstruction": text}]


@pytest.mark.parametrize(
    "text, said",
    [
        ("20 mEq IV push now", {"iv push", "now"}),
        ("crush and mix with applesauce daily", {"crush and mix", "mixed in applesauce"}),
        ("swallow 1 tab by mouth bid", {"swallow"}),
        ("apply 1/2 patch weekly", {"1/2 patch"}),
        ("take 1 tab daily, do not crush", {"do not crush"}),
    ],
)
def test_how_it_is_given_goes_along(text: str, said: set[str]) -> None:
    (made,) = _objects(text)
    assert said <= {a["text"].lower() for a in made["additionalInstruction"]}


def test_one_dose_on_one_day_is_one_dose() -> None:
    (made,) = _objects("2 mg IV day 1")
    assert made["timing"] == {"repeat": {"count": 1}}
    assert _objects("1 tab bid on day 1")[0]["timing"]["repeat"]["frequency"] == 2


def test_two_letters_that_mean_two_ways_go_as_they_are() -> None:
    (made,) = _objects("2 mg IT once")
    assert made["route"] == {"text": "IT"}


def test_moments_beside_hours_are_told_in_words_alone() -> None:
    (made,) = _objects("1 tab q am, q noon and q4pm")
    assert (made["timing"]["repeat"]["frequency"], made["timing"]["repeat"].get("timeOfDay")) == (3, None)

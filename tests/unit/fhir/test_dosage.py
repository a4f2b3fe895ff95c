from __future__ import annotations

from typing import Any

import pytest

from tallman.core.sig import daily_use, parse
from tallman.interchange.fhir.datatypes import Dosage
from tallman.interchange.fhir.decode import as_type
from tallman.interchange.fhir.directions import differs, directions
from tallman.interchange.fhir.dosage import in_words
from tests.unit.fhir.bundles import order
from tests.unit.fhir.oracle import is_fhir

ORAL = {"coding": [{"system": "http://snomed.info/sct", "code": "26643006", "display": "Oral route (qualifier value)"}]}
ONE_TABLET = {"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}


def dosages(*raw: dict[str, Any]) -> tuple[Dosage, ...]:
    assert is_fhir({**order("x", "aspirin"), "dosageInstruction": list(raw)})
    return tuple(as_type(r, Dosage, "")[0] for r in raw)


def timing(**repeat: Any) -> dict[str, Any]:
    return {**ONE_TABLET, "route": ORAL, "timing": {"repeat": repeat}}


@pytest.mark.parametrize(
    "raw, words, daily",
    [
        (timing(frequency=1, period=1, periodUnit="d"), "1 tablet by mouth once daily", 1),
        (timing(frequency=3, period=1, periodUnit="d"), "1 tablet by mouth 3 times daily", 3),
        (timing(frequency=1, period=8, periodUnit="h"), "1 tablet by mouth every 8 hours", 3),
        (timing(frequency=1, period=4, periodMax=6, periodUnit="h"), "1 tablet by mouth every 4 to 6 hours", 6),
        (timing(frequency=1, period=1, periodUnit="wk"), "1 tablet by mouth once weekly", None),
        (timing(frequency=1, period=2, periodUnit="d"), "1 tablet by mouth every 2 days", None),
        (timing(frequency=1, frequencyMax=2, period=1, periodUnit="d"), "1 tablet by mouth 1 to 2 times daily", 2),
        (timing(when=["MORN", "HS"]), "1 tablet by mouth in the morning and at bedtime", 2),
        (timing(timeOfDay=["08:00:00", "20:00:00"]), "1 tablet by mouth at 08:00 and 20:00", 2),
        (
            {**ONE_TABLET, "timing": {"code": {"coding": [{"code": "BID"}]}}, "asNeededBoolean": True},
            "1 tablet 2 times daily as needed",
            2,
        ),
        (
            timing(frequency=2, period=1, periodUnit="d", boundsDuration={"value": 10, "unit": "days", "code": "d"}),
            "1 tablet by mouth 2 times daily for 10 days",
            2,
        ),
        (
            {
                "doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "tablet"}}}],
                "timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}},
                "asNeededCodeableConcept": {"text": "Pain"},
                "maxDosePerPeriod": {
                    "numerator": {"value": 6, "unit": "tablets"},
                    "denominator": {"value": 1, "unit": "day", "code": "d"},
                },
            },
            "1 to 2 tablet every 6 hours as needed for pain, max 6 tablet per day",
            6,
        ),
    ],
)
def test_a_structure_in_words_is_read_as_it_was_meant(raw: dict[str, Any], words: str, daily: int | None) -> None:
    (dosage,) = dosages(raw)
    assert in_words(dosage) == words
    sig = parse(words)
    use = daily_use(sig)
    assert sig.is_read
    assert use is not None
    assert daily is None or use.peak == daily


def test_the_text_is_the_truth() -> None:
    raw = {**timing(frequency=4, period=1, periodUnit="d"), "text": "one tablet daily"}
    written, structured = directions(dosages(raw))
    assert (written, structured) == ("one tablet daily", "1 tablet by mouth 4 times daily")
    assert differs(written, structured)
    assert not differs(written, "take 1 tablet by mouth once daily")
    assert not differs(written, "")
    assert not differs(written, "as directed")


def test_parts_without_text_come_from_their_structure() -> None:
    assert directions(dosages(timing(frequency=1, period=1, periodUnit="d"))) == (
        "1 tablet by mouth once daily",
        "1 tablet by mouth once daily",
    )
    assert directions(dosages({"patientInstruction": "1 tablet daily"})) == ("1 tablet daily", "")
    assert directions(()) == ("", "")


@pytest.mark.parametrize(
    "texts, joined",
    [
        (
            ["Take 2 tablets daily for 5 days", "Take 1 tablet daily"],
            "Take 2 tablets daily for 5 days, then Take 1 tablet daily",
        ),
        (["Take 2 tablets once", "then 1 tablet daily"], "Take 2 tablets once, then 1 tablet daily"),
        (
            ["10 units before breakfast", "20 units before dinner"],
            "10 units before breakfast and 20 units before dinner",
        ),
        (["1 tablet daily", "1 tablet daily"], "1 tablet daily"),
        (
            ["1 tablet daily for 5 days", "2 tablets daily for 5 days", "1 tablet daily for 5 days"],
            "1 tablet daily for 5 days, then 2 tablets daily for 5 days, then 1 tablet daily for 5 days",
        ),
    ],
)
def test_parts_follow_each_other_when_each_says_how_long(texts: list[str], joined: str) -> None:
    numbered = [{"sequence": i + 1, "text": t} for i, t in enumerate(texts)]
    assert directions(dosages(*reversed(numbered)))[0] == joined


MG = {"unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
ONE_GRAM = {"doseQuantity": {"value": 1000, **MG}}
PER_MINUTE = {"value": 100, "unit": "mg/min", "system": "http://unitsofmeasure.org", "code": "mg/min"}
TWO_HOURS = {"value": 2, "unit": "hours", "system": "http://unitsofmeasure.org", "code": "h"}
INTRATHECAL = {"coding": [{"system": "http://snomed.info/sct", "code": "72607000"}]}


@pytest.mark.parametrize(
    "raw, words",
    [
        (timing(count=1), "1 tablet by mouth once"),
        (timing(count=1, frequency=1, period=1, periodUnit="d"), "1 tablet by mouth once"),
        (timing(count=5, frequency=1, period=8, periodUnit="h"), "1 tablet by mouth every 8 hours for 5 doses"),
        (
            {"doseAndRate": [{**ONE_GRAM, "rateQuantity": PER_MINUTE}], "timing": {"repeat": {"count": 1}}},
            "1000 mg at 100 mg/min once",
        ),
        (
            {"doseAndRate": [ONE_GRAM], "timing": {"repeat": {"count": 1, "duration": 30, "durationUnit": "min"}}},
            "1000 mg over 30 minutes once",
        ),
        (
            {
                "doseAndRate": [
                    {**ONE_GRAM, "rateRatio": {"numerator": {"value": 250, "unit": "mL"}, "denominator": TWO_HOURS}}
                ]
            },
            "1000 mg over 2 hours",
        ),
        ({"doseAndRate": [{"rateQuantity": PER_MINUTE}]}, "100 mg/min"),
        ({"doseAndRate": [ONE_GRAM], "route": INTRATHECAL}, "1000 mg intrathecal"),
        ({"doseAndRate": [ONE_GRAM], "route": {"text": "IT"}}, "1000 mg IT"),
        ({**ONE_TABLET, "timing": {"code": {"coding": [{"code": "Q12H"}]}}}, "1 tablet q12h"),
        (
            timing(frequency=1, period=1, periodUnit="d", boundsPeriod={"start": "2026-03-02", "end": "2026-03-11"}),
            "1 tablet by mouth once daily for 10 days",
        ),
        (
            {
                "doseAndRate": [
                    {"type": {"coding": [{"code": "calculated"}]}, "doseQuantity": {"value": 12, **MG}},
                    {"type": {"coding": [{"code": "ordered"}]}, "doseQuantity": {"value": 10, **MG}},
                ]
            },
            "10 mg",
        ),
    ],
)
def test_once_and_how_fast_and_which_way(raw: dict[str, Any], words: str) -> None:
    (dosage,) = dosages(raw)
    assert in_words(dosage) == words
    assert parse(words).is_read


FOUR_TIMES = {"doseAndRate": [ONE_GRAM], "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}}


@pytest.mark.parametrize(
    "text, extra, whole",
    [
        ("with food", {}, "1000 mg 4 times daily, with food"),
        ("as directed", {}, "1000 mg 4 times daily, as directed"),
        ("Take 2 tablets with food.", {}, "Take 2 tablets with food, 4 times daily"),
        ("1 tablet twice daily", {}, "1 tablet twice daily"),
        ("1 tablet twice daily", {"asNeededBoolean": True}, "1 tablet twice daily, as needed"),
        ("1 tablet twice daily as needed", {"asNeededBoolean": True}, "1 tablet twice daily as needed"),
        (
            "1 g IV once",
            {"doseAndRate": [{**ONE_GRAM, "rateQuantity": PER_MINUTE}]},
            "1 g IV once, at 100 mg/min",
        ),
        ("per sliding scale: 150-200 2 units, 201-250 4 units", {}, ""),
        ("ask me", {}, ""),
        ("Apply twice daily", {"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "application"}}]}, ""),
        (
            "1 tablet twice daily",
            {"maxDosePerPeriod": {"numerator": {"value": 2}, "denominator": {"value": 1, "unit": "day"}}},
            "",
        ),
    ],
)
def test_what_only_the_structure_says_stands_beside_the_text(text: str, extra: dict[str, Any], whole: str) -> None:
    assert directions(dosages(FOUR_TIMES | {"text": text} | extra))[0] == (whole or text)


def test_a_bare_dose_before_what_runs_on_is_given_once() -> None:
    bolus = {"sequence": 1, "doseAndRate": [ONE_GRAM]}
    running = {"sequence": 2, "doseAndRate": [{"rateQuantity": PER_MINUTE}]}
    assert directions(dosages(bolus, running))[0] == "1000 mg, then 100 mg/min"


@pytest.mark.parametrize(
    "unit",
    [
        {"unit": "Tablet - unit of product usage"},
        {"unit": "Tablet (unit of presentation)"},
        {"system": "http://snomed.info/sct", "code": "732936001"},
        {"unit": "tablet(s)"},
        {"unit": "TAB"},
    ],
)
def test_tablets_by_any_name(unit: dict[str, str]) -> None:
    (dosage,) = dosages({"doseAndRate": [{"doseQuantity": {"value": 1, **unit}}]})
    assert in_words(dosage) == "1 tablet"


def test_a_code_in_the_place_of_words() -> None:
    (dosage,) = dosages({**ONE_TABLET, "timing": {"code": {"text": "WK"}}})
    assert in_words(dosage) == "1 tablet once weekly"

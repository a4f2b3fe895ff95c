"""Antibiotics, antifungals and antivirals as a pharmacy sees them: the ordinary ones pass, the harmful ones stop."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from tallman.core.screening.screen import Screening, screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load
from tallman.knowledge.schema import ExampleEntry

knowledge = lru_cache(maxsize=1)(load)

LISINOPRIL = "lisinopril 20 mg tablet; take 1 tablet by mouth daily"
METFORMIN = "metformin 500 mg tablet; take 1 tablet by mouth twice a day"
SIMVASTATIN = "simvastatin 40 mg tablet; take 1 tablet by mouth at bedtime"
WARFARIN = "warfarin 5 mg tablet; take 1 tablet by mouth daily"
PILL = "norgestimate-ethinyl estradiol 0.25-35 mg-mcg tablet; take 1 tablet by mouth daily"

ORDINARY: dict[str, dict[str, Any]] = {
    "amoxicillin 400 mg/5 mL suspension; take 8 mL by mouth twice a day for 10 days": {"age": 3, "weight": "15 kg"},
    "Augmentin ES-600 600-42.9 mg/5 mL suspension; take 5 mL by mouth twice a day for 10 days": {
        "age": 2,
        "weight": "13 kg",
    },
    "amoxicillin 500 mg capsule; take 1 capsule by mouth three times a day for 10 days": {
        "age": 34,
        "allergies": ["sulfa: rash"],
    },
    "amoxicillin-clavulanate 875-125 mg tablet; take 1 tablet by mouth twice daily for 7 days": {
        "age": 52,
        "current": [LISINOPRIL, METFORMIN, SIMVASTATIN],
    },
    "azithromycin 250 mg tablet; take 2 tablets on day 1, then 1 tablet daily on days 2-5": {
        "age": 45,
        "allergies": ["penicillin: hives"],
        "current": [SIMVASTATIN],
    },
    "azithromycin 200 mg/5 mL suspension; take 5 mL by mouth on day 1, then 2.5 mL daily for 4 days": {
        "age": 6,
        "weight": "20 kg",
    },
    "azithromycin 500 mg tablet; take 2 tablets by mouth once": {"age": 24},
    "cephalexin 500 mg capsule; take 1 capsule by mouth four times a day for 7 days": {
        "age": 60,
        "allergies": ["penicillin: rash as a child"],
    },
    "cefdinir 250 mg/5 mL suspension; take 3 mL by mouth twice a day for 10 days": {
        "age": 4,
        "weight": "20 kg",
        "allergies": ["amoxicillin: rash"],
    },
    "cefuroxime 500 mg tablet; take 1 tablet by mouth twice a day for 10 days": {
        "age": 50,
        "allergies": ["PCN: mild rash 20 years ago"],
    },
    "doxycycline hyclate 100 mg capsule; take 1 capsule by mouth twice a day for 7 days": {
        "age": 29,
        "current": [PILL],
    },
    "Macrobid 100 mg capsule; take 1 capsule by mouth every 12 hours for 5 days": {
        "age": 31,
        "allergies": ["Bactrim: hives"],
    },
    "Bactrim DS; take 1 tablet by mouth twice a day for 10 days": {
        "age": 40,
        "allergies": ["codeine: nausea"],
        "current": ["escitalopram 10 mg tablet; take 1 tablet by mouth daily"],
    },
    "sulfamethoxazole-trimethoprim 200-40 mg/5 mL suspension; take 10 mL by mouth twice a day": {
        "age": 5,
        "weight": "20 kg",
    },
    "levofloxacin 750 mg tablet; take 1 tablet by mouth daily for 5 days": {"age": 66, "current": [LISINOPRIL]},
    "metronidazole 500 mg tablet; take 1 tablet by mouth twice a day for 7 days": {
        "age": 27,
        "current": ["sertraline 50 mg tablet; take 1 tablet by mouth daily"],
    },
    "clindamycin 300 mg capsule; take 1 capsule by mouth three times a day for 10 days": {
        "age": 50,
        "allergies": ["penicillin: anaphylaxis", "erythromycin: GI upset"],
    },
    "fluconazole 150 mg tablet; take 1 tablet by mouth once": {"age": 33, "current": [SIMVASTATIN]},
    "valacyclovir 1 g tablet; take 2 tablets by mouth every 12 hours for 1 day": {"age": 30},
    "oseltamivir 6 mg/mL suspension; take 7.5 mL by mouth twice a day for 5 days": {"age": 5, "weight": "18 kg"},
    "oseltamivir 75 mg capsule; take 1 capsule by mouth twice a day for 5 days": {
        "age": 40,
        "allergies": ["eggs: hives"],
    },
    "Paxlovid 300-100 mg; take 3 tablets by mouth twice a day for 5 days": {
        "age": 58,
        "current": [LISINOPRIL, METFORMIN],
    },
    "ketoconazole 2 % shampoo; use twice a week": {"age": 35, "current": [SIMVASTATIN]},
    "metronidazole 0.75 % vaginal gel; insert 1 applicatorful vaginally at bedtime for 5 days": {
        "age": 30,
        "current": [WARFARIN],
    },
    "nystatin 100000 unit/mL suspension; 2 mL by mouth four times a day": {"age": 0, "weight": "5 kg"},
    "Ciprodex otic suspension; instill 4 drops into right ear twice daily for 7 days": {"age": 6, "weight": "21 kg"},
    "clarithromycin 500 mg tablet; take 1 tablet by mouth twice a day for 14 days": {
        "age": 48,
        "reasons": ["B9681"],
        "current": [
            "amoxicillin 500 mg capsule; take 2 capsules by mouth twice a day for 14 days",
            "omeprazole 20 mg capsule; take 1 capsule by mouth twice a day for 14 days",
        ],
    },
    "ceftriaxone 500 mg vial; inject 500 mg intramuscularly once": {"age": 25, "allergies": ["penicillin: hives"]},
}

CLARITHROMYCIN = "clarithromycin 500 mg tablet; take 1 tablet by mouth twice a day for 10 days"
SMX = "sulfamethoxazole-trimethoprim 800-160 mg tablet; take 1 tablet by mouth twice a day for 7 days"
PAXLOVID = "Paxlovid 300-100 mg; take 3 tablets by mouth twice a day for 5 days"
RIFAMPIN = "rifampin 300 mg capsule; take 2 capsules by mouth daily"
CHILD: dict[str, Any] = {"age": 2, "weight": "12 kg"}

HARMFUL: list[tuple[str, dict[str, Any], str]] = [
    ("amoxicillin 500 mg capsule; take 1 capsule three times a day", {"allergies": ["PCN (anaphylaxis)"]}, "critical"),
    ("Augmentin 875-125 mg tablet; take 1 tablet twice a day", {"allergies": ["pen vk: hives"]}, "high"),
    ("cephalexin 500 mg capsule; take 1 capsule four times a day", {"allergies": ["amoxicillin: hives"]}, "high"),
    ("ceftriaxone 1 g vial; inject 1 g intramuscularly once", {"allergies": ["amoxicillin: SJS"]}, "critical"),
    (SMX, {"allergies": ["sulfa drugs - hives"]}, "high"),
    (SMX, {"current": [WARFARIN]}, "high"),
    (SMX, {"current": ["methotrexate 2.5 mg tablet; take 6 tablets by mouth once a week"]}, "critical"),
    (SMX, {"age": 78, "current": ["spironolactone 25 mg tablet; take 1 tablet by mouth daily"]}, "high"),
    (CLARITHROMYCIN, {"current": [SIMVASTATIN]}, "critical"),
    (CLARITHROMYCIN, {"current": ["colchicine 0.6 mg tablet; take 1 tablet by mouth twice a day"]}, "high"),
    (CLARITHROMYCIN, {"current": ["ranolazine 500 mg ER tablet; take 1 tablet by mouth twice a day"]}, "critical"),
    (
        "ciprofloxacin 500 mg tablet; take 1 tablet by mouth twice a day for 7 days",
        {"current": ["tizanidine 4 mg tablet; take 1 tablet by mouth three times a day"]},
        "critical",
    ),
    (
        "linezolid 600 mg tablet; take 1 tablet by mouth every 12 hours for 14 days",
        {"current": ["sertraline 100 mg tablet; take 1 tablet by mouth daily"]},
        "high",
    ),
    (PAXLOVID, {"current": [SIMVASTATIN]}, "critical"),
    (PAXLOVID, {"current": ["amiodarone 200 mg tablet; take 1 tablet by mouth daily"]}, "critical"),
    (PAXLOVID, {"current": ["tacrolimus 1 mg capsule; take 2 capsules by mouth every 12 hours"]}, "high"),
    (RIFAMPIN, {"current": ["apixaban 5 mg tablet; take 1 tablet by mouth twice a day"]}, "high"),
    (RIFAMPIN, {"current": [PILL]}, "high"),
    (RIFAMPIN, {"current": ["Biktarvy 50-200-25 mg tablet; take 1 tablet by mouth daily"]}, "critical"),
    (
        "Epclusa; take 1 tablet by mouth daily",
        {"current": ["amiodarone 200 mg tablet; take 1 tablet by mouth daily"]},
        "critical",
    ),
    ("amoxicillin 400 mg/5 mL suspension; take 10 mL by mouth three times a day", CHILD, "critical"),
    ("amoxicillin-clavulanate 400-57 mg/5 mL suspension; take 7.5 mL by mouth three times a day", CHILD, "critical"),
    ("azithromycin 200 mg/5 mL suspension; take 12 mL by mouth daily for 5 days", CHILD, "critical"),
    ("cefdinir 250 mg/5 mL suspension; take 6 mL by mouth twice a day for 10 days", CHILD, "critical"),
    ("sulfamethoxazole-trimethoprim 200-40 mg/5 mL suspension; take 20 mL by mouth twice a day", CHILD, "critical"),
    ("oseltamivir 6 mg/mL suspension; take 12.5 mL by mouth twice a day for 5 days", CHILD, "critical"),
    ("isoniazid 300 mg tablet; take 3 tablets by mouth daily", {"age": 50}, "critical"),
    ("levofloxacin 750 mg tablet; take 1 tablet by mouth twice a day", {"age": 50}, "critical"),
]


def _screened(new: str, facts: dict[str, Any]) -> Screening:
    return screen(case_of(ExampleEntry(new=new, **facts), knowledge()), knowledge())


@pytest.mark.parametrize(("new", "facts"), ORDINARY.items(), ids=str)
def test_an_ordinary_prescription_passes(new: str, facts: dict[str, Any]) -> None:
    screening = _screened(new, facts)
    assert [f.summary for f in screening.findings if f.severity.is_interruptive] == []


@pytest.mark.parametrize(("new", "facts", "severity"), HARMFUL, ids=str)
def test_a_harmful_prescription_stops(new: str, facts: dict[str, Any], severity: str) -> None:
    screening = _screened(new, facts)
    assert severity in [f.severity for f in screening.findings], [f.summary for f in screening.findings]

"""A small formulary of its own, so that these tests stand whatever the authored records hold."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tallman.core.knowledge import AllergyGroup, Knowledge, build
from tallman.knowledge.load import HERE, read_records

REVIEW = "review: {written_by: tests, written_on: 2026-11-24, next_review: 2027-11-24}\n"
MEDICINES = {
    "lisinopril": """
        rxcui: "29046"
        classes: [ace-inhibitor]
        products:
          - form: oral tablet
            strengths: {5 mg: "311354", 10 mg: "314076", 20 mg: "314077"}
            brands: {Zestril: {10 mg: "104377", 20 mg: "104378"}}
            ndc: {10 mg: ["68180098001"], 20 mg: ["68180098101"]}
        """,
    "hydrochlorothiazide": """
        rxcui: "5487"
        written_as: [HCTZ]
        products: [{form: oral tablet, strengths: {12.5 mg: "310798x", 25 mg: "310798"}}]
        """,
    "metoprolol": """
        rxcui: "6918"
        also: [metoprolol tartrate, metoprolol succinate]
        products:
          - {form: oral tablet, salt: tartrate, strengths: {25 mg: "866924", 50 mg: "866514"}}
          - form: extended release oral tablet
            salt: succinate
            strengths: {25 mg: "866427", 50 mg: "866436"}
            brands: {Toprol XL: {25 mg: "866429", 50 mg: "866438"}}
        """,
    "hydroxyzine": """
        rxcui: "5553"
        products:
          - {form: oral tablet, strengths: {10 mg: "995218", 25 mg: "995258"}}
          - {form: oral capsule, salt: pamoate, strengths: {25 mg: "995253"}}
        """,
    "hydralazine": """
        rxcui: "5470"
        products: [{form: oral tablet, strengths: {10 mg: "905199", 25 mg: "905225"}}]
        """,
    "amoxicillin": """
        rxcui: "723"
        classes: [penicillins]
        products:
          - {form: oral capsule, strengths: {250 mg: "308182", 500 mg: "308191"}}
          - {form: oral suspension, strengths: {250 mg/5 mL: "239191", 400 mg/5 mL: "308189"}}
        """,
    "acetaminophen": """
        rxcui: "161"
        products: [{form: oral tablet, strengths: {325 mg: "313782"}, brands: {Tylenol: {325 mg: "209387"}}}]
        """,
    "codeine": """
        rxcui: "2670"
        products: [{form: oral tablet, strengths: {30 mg: "997296"}}]
        """,
    "oxycodone": """
        rxcui: "7804"
        products: [{form: oral tablet, strengths: {5 mg: "1049621"}}]
        """,
    "albuterol": """
        rxcui: "435"
        products:
          - {form: metered dose inhaler, strengths: {90 mcg/puff: "2123111"}}
          - {form: inhalation solution, strengths: {2.5 mg/3 mL: "630208"}}
        """,
    "hydrocortisone": """
        rxcui: "5492"
        products:
          - {form: oral tablet, strengths: {5 mg: "197787"}}
          - {form: topical cream, strengths: {10 mg/g: "106258", 25 mg/g: "310891"}}
        """,
    "insulin glargine": """
        rxcui: "274783"
        products:
          - form: injectable solution
            strengths: {100 unit/mL: "311041"}
            brands: {Lantus: {100 unit/mL: "285018"}}
            unit_of_use: 10 mL
          - form: pen injector
            strengths: {100 unit/mL: "847230"}
            brands: {Lantus SoloStar: {100 unit/mL: "847232"}}
            unit_of_use: 3 mL
        """,
    "levothyroxine": """
        rxcui: "10582"
        also: [levothyroxine sodium]
        products: [{form: oral tablet, strengths: {25 mcg: "966220", 50 mcg: "966221", 88 mcg: "966253"}}]
        """,
    "enoxaparin": """
        rxcui: "67108"
        products: [{form: prefilled syringe, strengths: {40 mg/0.4 mL: "854235", 80 mg/0.8 mL: "854241"}}]
        """,
}
COMBINATIONS = {
    "lisinopril / hydrochlorothiazide": """
        rxcui: null
        products:
          - form: oral tablet
            strengths: {10 mg / 12.5 mg: "197885", 20 mg / 12.5 mg: "197886", 20 mg / 25 mg: "197887"}
        """,
    "acetaminophen / codeine": """
        rxcui: "817579"
        written_as: ["Tylenol #3 = 300 mg / 30 mg", "Tylenol with codeine"]
        products: [{form: oral tablet, strengths: {300 mg / 15 mg: "993755", 300 mg / 30 mg: "993781"}}]
        """,
    "oxycodone / acetaminophen": """
        rxcui: "214183"
        products:
          - form: oral tablet
            strengths: {5 mg / 325 mg: "1049221", 10 mg / 325 mg: "1049611"}
            brands: {Percocet: {5 mg / 325 mg: "1049225", 10 mg / 325 mg: "1049625"}}
        """,
}
OTHER_NAMES = """
names:
  tofacitinib: [Xeljanz]
  vortioxetine: [Trintellix]
  lisinopril: [Prinivil, Qbrelis]
  metoclopramide: [Reglan]
  penicillin V: []
"""
ABBREVIATIONS = """
APAP: [acetaminophen]
amox: [amoxicillin]
MS: [morphine, magnesium sulfate]
HCT: [hydrochlorothiazide, hydrocortisone]
metop: [metoprolol, metoclopramide]
"""
GROUPS = (
    AllergyGroup("penicillin", "penicillins", ("PCN", "penicillin"), classes=frozenset({"penicillins"})),
    AllergyGroup("sulfa", "sulfonamide antibiotics", ("sulfa", "sulfa drugs", "sulfonamides")),
    AllergyGroup("nsaid", "NSAIDs", ("NSAID", "anti-inflammatories")),
    AllergyGroup("ace", "ACE inhibitors", ("ACE inhibitor", "ACEI"), classes=frozenset({"ace-inhibitor"})),
    AllergyGroup("statin", "statins"),
    AllergyGroup("latex", "latex", ("rubber",)),
    AllergyGroup("contrast", "iodinated contrast", ("iodine contrast", "contrast dye")),
    AllergyGroup("food", "foods", ("shellfish", "peanut", "egg"), ignorable=True),
)


def indented(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    return "\n".join(line[margin:] for line in lines) + "\n"


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder: Path = tmp_path_factory.mktemp("knowledge")
    for path in HERE.glob("*.yaml"):
        shutil.copy(path, folder / path.name)
    (folder / "former_names.yaml").write_text("names: {}\n")
    (folder / "other_names.yaml").write_text(OTHER_NAMES)
    (folder / "abbreviations.yaml").write_text(ABBREVIATIONS)
    for subject, files in (("medicines", MEDICINES), ("combinations", COMBINATIONS)):
        (folder / subject).mkdir()
        for name, text in files.items():
            parts = f"ingredients: [{', '.join(name.split(' / '))}]\n" if " / " in name else ""
            path = folder / subject / f"{name.replace(' / ', '-').replace(' ', '-')}.yaml"
            path.write_text(f"name: {name}\n{parts}{indented(text)}{REVIEW}")
    records = read_records(folder)
    return build(replace(records, allergy_groups=GROUPS), version="test", sha256="0" * 64)

"""The units of strengths and packages, and the words people write for them."""

from __future__ import annotations

__all__ = ["GRAIN", "UNIT_WORDS"]

GRAIN = "gr"
_WRITTEN = {
    "mg": "mg mgs milligram milligrams",
    "mcg": "mcg mcgs ug μg microgram micrograms",
    "g": "g gm gms gram grams",
    "mL": "ml mls milliliter milliliters cc",
    "L": "l",
    "unit": "unit units u ut uts unt iu usp",
    "mEq": "meq",
    "mmol": "mmol",
    "puff": "actuat actuation act puff puffs inh",
    "spray": "spray sprays",
    "h": "hr hrs hour hours h",
    "dose": "dose scoop scoopful capful",
    "tablet": "tab tabs tablet tablets",
    "capsule": "cap caps capsule capsules",
    "drop": "drop",
    "inhalation": "blister inhalation",
    "mcL": "nl",
    "kg": "kg",
    "d": "day",
    "ng": "ng",
    GRAIN: "gr grain grains",
    "%": "% percent",
    "patch": "patch",
    "vial": "vial",
    "packet": "packet",
    "pen": "pen pens",
    "syringe": "syringe",
    "BAU": "bau",
    "cell": "cell cells",
}
UNIT_WORDS = {word: code for code, written in _WRITTEN.items() for word in written.split()}

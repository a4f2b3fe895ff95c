"""Codes that SCRIPT speaks in, and what they are here.

Units and forms are codes of the NCI Thesaurus, in its public subsets for NCPDP (QuantityUnitOfMeasure, StrengthForm,
StrengthUnitOfMeasure, DoseUnitOfMeasure, DEASchedule; evs.nci.nih.gov).
"""

from __future__ import annotations

from tallman.core.quantity import unit

__all__ = [
    "CODE_SYSTEMS",
    "FORMS",
    "MEASURES",
    "SCHEDULES",
    "SEVERITIES",
    "SEXES",
    "UNITS",
    "UNSPECIFIED",
    "known_unit",
]

UNSPECIFIED = "C38046"

UNITS = {
    "C122629": "actuation", "C48473": "ampule", "C25397": "application", "C62412": "applicatorful", "C48477": "bottle",
    "C64696": "caplet", "C48480": "capsule", "C48481": "cartridge", "C49668": "cm", "C48491": "drop",
    "C64933": "each", "C53499": "film", "C48155": "g", "C69124": "gum", "C48499": "implant", "C48500": "inch",
    "C48501": "inhalation", "C62276": "insert", "C48579": "unit", "C28252": "kg", "C48504": "kit", "C48505": "L",
    "C120263": "lancet", "C48506": "lozenge", "C48152": "mcg", "C48512": "mEq", "C28253": "mg", "C28254": "mL",
    "C48513": "mmol", "C67310": "MU", "C48521": "packet", "C65032": "pad", "C48524": "patch", "C48525": "pellet",
    "C120216": "needle", "C122635": "pen", "C25613": "%", "C65060": "puff", "C111984": "pump", "C62609": "ring",
    "C71324": "sachet", "C48536": "scoop", "C48537": "spray", "C53503": "stick", "C48538": "strip",
    "C48539": "suppository", "C53504": "swab", "C48540": "syringe", "C48542": "tablet", "C48548": "troche",
    "C44278": "unit", "C48551": "vial", "C48552": "wafer",
}  # fmt: skip
"""NCI code → unit of `core.quantity.UNITS`. Fluid ounces, pints and the like have none: they are not guessed at."""

FORMS = {
    "C42887": "aerosol", "C42890": "bead", "C25158": "capsule", "C68943": "12 hour sustained release capsule",
    "C68944": "24 hour sustained release capsule", "C42893": "chewable tablet", "C42895": "coated capsule",
    "C42897": "coated tablet", "C69024": "controlled release capsule", "C69025": "controlled release tablet",
    "C28944": "cream", "C42902": "delayed release capsule", "C42905": "delayed release tablet", "C42996": "syrup",
    "C42931": "film coated tablet", "C42998": "tablet", "C91187": "topical cream", "C91188": "topical foam",
    "C91189": "topical gel", "C91190": "topical lotion", "C91192": "topical ointment", "C64905": "topical solution",
    "C43001": "troche", "C69050": "vaginal cream", "C91199": "vaginal ring", "C69049": "vaginal tablet",
    "C68990": "vaginal suppository", "C43003": "wafer", "C69063": "throat spray", "C91227": "auto-injector",
    "C42894": "chewing gum", "C42755": "buccal tablet", "C91138": "buccal film",
}  # fmt: skip
"""NCI code → dose form in words."""

MEASURES = {"C28252": "kg", "C48155": "g", "C48531": "[lb_av]", "C49668": "cm", "C48500": "[in_i]", "C25613": "%"}
"""NCI code → UCUM, for measurements, which most senders write in UCUM already."""

SCHEDULES = {"C48672": "CI", "C48675": "CII", "C48676": "CIII", "C48677": "CIV", "C48679": "CV", UNSPECIFIED: ""}

SEXES = {"M": "male", "F": "female", "N": "other", "X": "other"}

CODE_SYSTEMS = {
    **dict.fromkeys(["ND", "NDC"], "ndc"),
    **dict.fromkeys(["SCD", "SBD", "GPK", "GPCK", "BPK", "BPCK", "RXNORM", "RXCUI"], "rxnorm"),
    **dict.fromkeys(["ABF", "ICD10", "ICD-10", "ICD10CM", "ICD-10-CM"], "icd10"),
    **dict.fromkeys(["DX", "ICD9"], "icd9"),
    **dict.fromkeys(["LD", "SCT", "SNOMED"], "snomed"),
    **dict.fromkeys(["UN", "UNII"], "unii"),
    "UP": "upc",
}
"""Qualifier → code system. A qualifier that is not here is the sender's own name for it."""

SEVERITIES = {
    "255604002": "mild", "6736007": "moderate", "24484000": "severe", "399166001": "severe",
    "mild": "mild", "moderate": "moderate", "severe": "severe", "fatal": "severe",
}  # fmt: skip
"""SNOMED CT code or word → severity."""


def known_unit(text: str) -> str:
    """The unit that an NCI code or a word names; empty when none does."""
    if text.upper() in UNITS:
        return UNITS[text.upper()]
    try:
        return unit(text).code if text else ""
    except ValueError:
        return ""

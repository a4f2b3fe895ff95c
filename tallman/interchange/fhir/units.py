"""Units as FHIR carries them (UCUM, HL7, NCI Thesaurus, SNOMED CT, plain words) in the names of `core.quantity`."""

from __future__ import annotations

import re

from tallman.core.quantity import unit
from tallman.interchange.fhir.datatypes import Quantity

__all__ = ["unit_of", "words_of"]

_CODES = {
    "{tbl}": "tablet", "TAB": "tablet", "ERTAB": "tablet", "ECTAB": "tablet", "CHEWTAB": "tablet", "SRTAB": "tablet",
    "ORTAB": "tablet", "CAP": "capsule", "ERCAP": "capsule", "ORCAP": "capsule", "ERECCAP": "capsule",
    "SUPP": "suppository", "RECSUPP": "suppository", "VAGSUPP": "suppository", "PATCH": "patch", "TPATCH": "patch",
    "TPATCH24": "patch", "PUFF": "puff", "{actuat}": "actuation", "[drp]": "drop", "DROP": "drop", "{cplt}": "caplet",
    "[iU]": "unit", "[IU]": "unit", "[USP'U]": "unit", "U": "unit", "ug": "mcg", "meq": "mEq", "{gtt}": "drop",
    "kg": "kg", "g": "g", "mg": "mg", "L": "L", "mL": "mL", "ml": "mL", "l": "L", "cm": "cm", "m": "m", "wk": "wk",
    "d": "d", "h": "h", "min": "min", "mo": "mo", "a": "y", "[in_i]": "inch", "%": "%", "mmol": "mmol", "uL": "mcL",
    "C48542": "tablet", "C48480": "capsule", "C28254": "mL", "C48155": "g", "C28253": "mg", "C48152": "mcg",
    "C44278": "unit", "C64933": "each", "GM": "g", "ML": "mL", "EA": "each",
    "732936001": "tablet", "385055001": "tablet", "732937005": "capsule", "420692007": "capsule", "258682000": "g",
    "258684004": "mg", "258685003": "mcg", "258773002": "mL", "258997004": "unit", "258718000": "mmol",
}  # fmt: skip
_BARE = re.compile(r"[{}()\[\].]|\(s\)")
_KIND = re.compile(r"\s*(?:- unit of product usage|\(unit of presentation\)|\(qualifier value\))\s*$", re.IGNORECASE)
"""How SNOMED CT ends the names of what is counted."""


def unit_of(quantity: Quantity) -> str:
    """The unit's code in `core.quantity.UNITS`; empty when it is not known or not said."""
    for said in (quantity.code.strip(), _KIND.sub("", quantity.unit.strip())):
        if said in _CODES:
            return _CODES[said]
        for word in (said, _BARE.sub("", said.replace("(s)", ""))):
            try:
                return unit(word).code
            except ValueError:
                continue
    return ""


def words_of(quantity: Quantity) -> str:
    """The unit as it was written, for people: the words, else the code."""
    return quantity.unit.strip() or quantity.code.strip().strip("{}")

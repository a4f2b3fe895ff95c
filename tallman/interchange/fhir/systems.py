"""Code systems and identifier systems by their addresses, and the short names they have in Tallman."""

from __future__ import annotations

import re

from tallman.core.received import Code
from tallman.interchange.fhir.datatypes import CodeableConcept, Coding, Identifier

__all__ = ["codes_in", "codes_of", "number_of", "system_of"]

_ADDRESSES = {
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "urn:oid:2.16.840.1.113883.6.88": "rxnorm",
    "http://hl7.org/fhir/sid/ndc": "ndc",
    "urn:oid:2.16.840.1.113883.6.69": "ndc",
    "http://snomed.info/sct": "snomed",
    "urn:oid:2.16.840.1.113883.6.96": "snomed",
    "http://loinc.org": "loinc",
    "urn:oid:2.16.840.1.113883.6.1": "loinc",
    "http://hl7.org/fhir/sid/icd-10-cm": "icd10",
    "http://hl7.org/fhir/sid/icd-10": "icd10",
    "urn:oid:2.16.840.1.113883.6.90": "icd10",
    "urn:oid:2.16.840.1.113883.6.3": "icd10",
}
_SLIPS = (
    ("rxnorm", "rxnorm"), ("loinc", "loinc"), ("snomed", "snomed"), ("icd-10", "icd10"), ("icd10", "icd10"),
    ("i10", "icd10"),
)  # fmt: skip
"""Parts of addresses; "I10" and "I10C" are the names of ICD-10 and ICD-10-CM in HL7 v2's table 0396."""
_BARE = (
    (re.compile(r"\d{1,5}-\d$"), "loinc"),
    (re.compile(r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}$|[A-Z]\d[0-9AB][0-9A-Z]{0,4}$"), "icd10"),
)
_NUMBERS = {
    "NPI": ("http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6"),
    "DEA": (
        "http://terminology.hl7.org/NamingSystem/usDEA",
        "http://hl7.org/fhir/sid/us-dea",
        "urn:oid:2.16.840.1.113883.4.814",
    ),
}


def system_of(coding: Coding) -> str:
    """The short name of a code's system; the address as sent when it is none that is known here.

    An address that is not quite right is understood, and so is a code without one whose shape only one system has.
    """
    address = coding.system.strip().rstrip("/").partition("|")[0]
    for form in (address, f"urn:oid:{address}"):
        if form in _ADDRESSES:
            return _ADDRESSES[form]
    if not address:
        return next((name for shape, name in _BARE if shape.match(coding.code.strip())), "")
    return next((name for part, name in _SLIPS if part in address.lower()), address)


def codes_of(concept: CodeableConcept) -> tuple[Code, ...]:
    """The codes of a concept, each once, with the names beside them. Codings without a code are left out."""
    found = (Code(system_of(c), c.code.strip(), c.display.strip()) for c in concept.coding if c.code.strip())
    return tuple(dict.fromkeys(found))


def codes_in(system: str, concept: CodeableConcept) -> tuple[Code, ...]:
    """The codes of a concept in one system."""
    return tuple(c for c in codes_of(concept) if c.system == system)


def number_of(kind: str, identifiers: tuple[Identifier, ...]) -> str:
    """The first identifier of a kind ("NPI" or "DEA"), by its system or its type; empty when there is none."""
    for identifier in identifiers:
        typed = any(c.code.strip().upper() == kind for c in identifier.type.coding)
        if (typed or identifier.system.strip() in _NUMBERS[kind]) and identifier.value.strip():
            return identifier.value.strip()
    return ""

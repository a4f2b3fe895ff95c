"""The addresses of code systems and identifier systems, and the short names they have in Tallman."""

from __future__ import annotations

from tallman.core.received import Code
from tallman.interchange.fhir.datatypes import CodeableConcept, Identifier

__all__ = ["ICD10", "LOINC", "NAMES", "NDC", "NPI", "RXNORM", "SNOMED", "codes_of", "number_of"]

RXNORM = ("http://www.nlm.nih.gov/research/umls/rxnorm", "urn:oid:2.16.840.1.113883.6.88")
NDC = ("http://hl7.org/fhir/sid/ndc", "urn:oid:2.16.840.1.113883.6.69")
SNOMED = ("http://snomed.info/sct", "urn:oid:2.16.840.1.113883.6.96")
LOINC = ("http://loinc.org", "urn:oid:2.16.840.1.113883.6.1")
ICD10 = (
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://hl7.org/fhir/sid/icd-10",
    "urn:oid:2.16.840.1.113883.6.90",
    "urn:oid:2.16.840.1.113883.6.3",
)
NPI = ("http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6")
DEA = (
    "http://terminology.hl7.org/NamingSystem/usDEA",
    "http://hl7.org/fhir/sid/us-dea",
    "urn:oid:2.16.840.1.113883.4.814",
)
NAMES = {
    **dict.fromkeys(RXNORM, "rxnorm"),
    **dict.fromkeys(NDC, "ndc"),
    **dict.fromkeys(SNOMED, "snomed"),
    **dict.fromkeys(LOINC, "loinc"),
    **dict.fromkeys(ICD10, "icd10"),
}
"""What a code system's address is called in `core.received.Code`; others keep their address."""
_NUMBERS = {"NPI": NPI, "DEA": DEA}


def codes_of(concept: CodeableConcept) -> tuple[Code, ...]:
    """The codes of a concept, each once, with the names beside them. Codings without a code are left out."""
    found = (
        Code(NAMES.get(c.system.strip().rstrip("/"), c.system.strip()), c.code.strip(), c.display.strip())
        for c in concept.coding
        if c.code.strip()
    )
    return tuple(dict.fromkeys(found))


def number_of(kind: str, identifiers: tuple[Identifier, ...]) -> str:
    """The first identifier of a kind ("NPI" or "DEA"), by its system or its type; empty when there is none."""
    for identifier in identifiers:
        typed = any(c.code.strip().upper() == kind for c in identifier.type.coding)
        if (typed or identifier.system.strip() in _NUMBERS[kind]) and identifier.value.strip():
            return identifier.value.strip()
    return ""

"""The parts of FHIR R4 resources that are used, as typed values. Whatever else a resource holds is let pass.

Field names are FHIR's in snake case. Dates stay texts, since FHIR lets them end after the year or the month; numbers
are decimals, exactly as sent. Source: HL7 FHIR R4 (4.0.1).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

__all__ = [
    "AllergyIntolerance",
    "Annotation",
    "Bundle",
    "CodeableConcept",
    "Coding",
    "Condition",
    "ContactPoint",
    "DispenseRequest",
    "Entry",
    "HumanName",
    "Identifier",
    "Ingredient",
    "ListResource",
    "Medication",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "Organization",
    "Patient",
    "Period",
    "PostalAddress",
    "Practitioner",
    "PractitionerRole",
    "Quantity",
    "Ratio",
    "Reaction",
    "Reference",
    "Resource",
    "Substitution",
]


class Element(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """What all parts of a resource have in common: nothing that is used."""


class Coding(Element, frozen=True):
    """A code of a code system, named by its address."""

    system: str = ""
    code: str = ""
    display: str = ""


class CodeableConcept(Element, frozen=True):
    """A concept by codes, by text, or both."""

    coding: tuple[Coding, ...] = ()
    text: str = ""

    def texts(self) -> tuple[str, ...]:
        """The text, then the names beside the codes, each once."""
        said = (self.text, *(c.display for c in self.coding))
        return tuple(dict.fromkeys(t.strip() for t in said if t.strip()))

    def codes(self, *systems: str) -> tuple[str, ...]:
        """The codes of any of the systems."""
        return tuple(c.code.strip() for c in self.coding if c.system in systems and c.code.strip())


class Period(Element, frozen=True):
    """From `start` to `end`, either may be open."""

    start: str = ""
    end: str = ""


class Identifier(Element, frozen=True):
    """A number given by somebody (`system`), of some kind (`type`)."""

    use: str = ""
    type: CodeableConcept = CodeableConcept()
    system: str = ""
    value: str = ""


class Reference(Element, frozen=True):
    """A pointer to another resource, or its number or name alone."""

    reference: str = ""
    type: str = ""
    identifier: Identifier | None = None
    display: str = ""


class Quantity(Element, frozen=True):
    """A number with its unit in words and as a code; `comparator` is <, <=, >= or >."""

    value: Decimal | None = None
    comparator: str = ""
    unit: str = ""
    system: str = ""
    code: str = ""


class Ratio(Element, frozen=True):
    """One quantity in another: 400 mg in 5 mL."""

    numerator: Quantity = Quantity()
    denominator: Quantity = Quantity()


class Annotation(Element, frozen=True):
    """A note."""

    text: str = ""


class HumanName(Element, frozen=True):
    """A person's name, in parts or whole."""

    use: str = ""
    text: str = ""
    family: str = ""
    given: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()


class ContactPoint(Element, frozen=True):
    """A telephone number or the like: `system` is phone, fax, email …"""

    system: str = ""
    value: str = ""
    use: str = ""


class PostalAddress(Element, frozen=True):
    """FHIR's Address."""

    use: str = ""
    text: str = ""
    line: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


class Resource(Element, frozen=True):
    """What every resource may have. `contained` resources are read when something points at them."""

    resource_type: str = ""
    id: str = ""
    contained: tuple[msgspec.Raw, ...] = ()
    identifier: tuple[Identifier, ...] = ()


class Entry(Element, frozen=True):
    """One resource of a Bundle and the address it is pointed at by."""

    full_url: str = ""
    resource: msgspec.Raw = msgspec.Raw()


class Bundle(Element, frozen=True):
    """A collection of resources. `identifier` is a single one here."""

    resource_type: str = ""
    id: str = ""
    type: str = ""
    timestamp: str = ""
    identifier: Identifier | None = None
    entry: tuple[Entry, ...] = ()


class Communication(Element, frozen=True):
    """A language the patient speaks."""

    language: CodeableConcept = CodeableConcept()
    preferred: bool = False


class Patient(Resource, frozen=True):
    """The person."""

    name: tuple[HumanName, ...] = ()
    telecom: tuple[ContactPoint, ...] = ()
    gender: str = ""
    birth_date: str = ""
    address: tuple[PostalAddress, ...] = ()
    communication: tuple[Communication, ...] = ()


class Practitioner(Resource, frozen=True):
    """Somebody who treats."""

    name: tuple[HumanName, ...] = ()
    telecom: tuple[ContactPoint, ...] = ()
    address: tuple[PostalAddress, ...] = ()


class PractitionerRole(Resource, frozen=True):
    """Somebody who treats, at one place."""

    practitioner: Reference = Reference()
    organization: Reference = Reference()
    telecom: tuple[ContactPoint, ...] = ()


class Organization(Resource, frozen=True):
    """A practice or the like."""

    name: str = ""
    telecom: tuple[ContactPoint, ...] = ()
    address: tuple[PostalAddress, ...] = ()


class Reaction(Element, frozen=True):
    """What happened once to somebody allergic."""

    substance: CodeableConcept | None = None
    manifestation: tuple[CodeableConcept, ...] = ()
    description: str = ""
    severity: str = ""


class AllergyIntolerance(Resource, frozen=True):
    """An allergy, an intolerance, or that there is none."""

    clinical_status: CodeableConcept = CodeableConcept()
    verification_status: CodeableConcept = CodeableConcept()
    type: str = ""
    category: tuple[str, ...] = ()
    criticality: str = ""
    code: CodeableConcept = CodeableConcept()
    patient: Reference = Reference()
    note: tuple[Annotation, ...] = ()
    reaction: tuple[Reaction, ...] = ()


class Condition(Resource, frozen=True):
    """A problem or diagnosis."""

    clinical_status: CodeableConcept = CodeableConcept()
    verification_status: CodeableConcept = CodeableConcept()
    code: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    onset_date_time: str = ""
    abatement_date_time: str = ""


class Component(Element, frozen=True):
    """One of several values of an observation."""

    code: CodeableConcept = CodeableConcept()
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str = ""
    value_boolean: bool | None = None
    value_integer: int | None = None
    value_date_time: str = ""


class Observation(Resource, Component, frozen=True):
    """A measurement or an answer."""

    status: str = ""
    subject: Reference = Reference()
    effective_date_time: str = ""
    effective_instant: str = ""
    effective_period: Period = Period()
    issued: str = ""
    component: tuple[Component, ...] = ()


class Ingredient(Element, frozen=True):
    """A part of a medicine."""

    item_codeable_concept: CodeableConcept | None = None
    item_reference: Reference | None = None
    strength: Ratio | None = None


class Medication(Resource, frozen=True):
    """A medicine."""

    code: CodeableConcept = CodeableConcept()
    form: CodeableConcept = CodeableConcept()
    ingredient: tuple[Ingredient, ...] = ()


class DispenseRequest(Element, frozen=True):
    """How much to dispense and how often."""

    validity_period: Period = Period()
    number_of_repeats_allowed: int | None = None
    quantity: Quantity | None = None
    expected_supply_duration: Quantity | None = None


class Substitution(Element, frozen=True):
    """Whether another product may be given."""

    allowed_boolean: bool | None = None
    allowed_codeable_concept: CodeableConcept | None = None


class MedicationRequest(Resource, frozen=True):
    """A prescription. `dosage_instruction` is left as it came: `dosage` reads it."""

    status: str = ""
    intent: str = ""
    category: tuple[CodeableConcept, ...] = ()
    priority: str = ""
    do_not_perform: bool = False
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference = Reference()
    authored_on: str = ""
    requester: Reference = Reference()
    recorder: Reference = Reference()
    reason_code: tuple[CodeableConcept, ...] = ()
    reason_reference: tuple[Reference, ...] = ()
    note: tuple[Annotation, ...] = ()
    dosage_instruction: tuple[dict[str, Any], ...] = ()
    dispense_request: DispenseRequest = DispenseRequest()
    substitution: Substitution = Substitution()
    prior_prescription: Reference | None = None


class MedicationStatement(Resource, frozen=True):
    """A medicine somebody says they take."""

    status: str = ""
    category: CodeableConcept = CodeableConcept()
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference = Reference()
    effective_date_time: str = ""
    effective_period: Period = Period()
    date_asserted: str = ""
    reason_code: tuple[CodeableConcept, ...] = ()
    reason_reference: tuple[Reference, ...] = ()
    note: tuple[Annotation, ...] = ()
    dosage: tuple[dict[str, Any], ...] = ()


class ListResource(Resource, frozen=True):
    """A list of other resources; an empty one may say why it is empty."""

    status: str = ""
    code: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    empty_reason: CodeableConcept = CodeableConcept()
    entry: tuple[dict[str, Any], ...] = ()

"""The parts of FHIR R4 resources that are used, as typed values.

Field names are FHIR's in snake case. Whatever else is sent is let pass. Source: HL7 FHIR R4 (4.0.1).
"""

from __future__ import annotations

import msgspec

from tallman.interchange.fhir.datatypes import (
    Annotation,
    CodeableConcept,
    ContactPoint,
    Dosage,
    Element,
    HumanName,
    Identifier,
    Period,
    PostalAddress,
    Quantity,
    Ratio,
    Reference,
)

__all__ = [
    "AllergyIntolerance",
    "Communication",
    "Component",
    "Composition",
    "Condition",
    "Coverage",
    "CoverageClass",
    "DispenseRequest",
    "FamilyMemberHistory",
    "Ingredient",
    "ListEntry",
    "ListResource",
    "Medication",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "Reaction",
    "Resource",
    "Section",
    "Substitution",
]


class Resource(Element, frozen=True):
    """What every resource may have."""

    resource_type: str = ""
    id: str = ""
    identifier: tuple[Identifier, ...] = ()


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
    deceased_boolean: bool | None = None
    deceased_date_time: str = ""


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
    abatement_period: Period = Period()
    abatement_string: str = ""
    abatement_age: Quantity | None = None
    abatement_boolean: bool | None = None


class Procedure(Resource, frozen=True):
    """What was done to somebody: an operation, an implant."""

    status: str = ""
    code: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    performed_date_time: str = ""
    performed_period: Period = Period()


class FamilyCondition(Element, frozen=True):
    """One illness of a relative."""

    code: CodeableConcept = CodeableConcept()


class FamilyMemberHistory(Resource, frozen=True):
    """The illnesses of a relative."""

    status: str = ""
    patient: Reference = Reference()
    condition: tuple[FamilyCondition, ...] = ()


class ReferenceRange(Element, frozen=True):
    """What is normal, or meant, for a value; `type` says which, where it is not what is normal."""

    high: Quantity | None = None
    type: CodeableConcept | None = None


class Component(Element, frozen=True):
    """One of several values of an observation."""

    code: CodeableConcept = CodeableConcept()
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str = ""
    value_boolean: bool | None = None
    value_integer: int | None = None
    value_date_time: str = ""
    data_absent_reason: CodeableConcept | None = None
    reference_range: tuple[ReferenceRange, ...] = ()


class Observation(Resource, frozen=True):
    """A measurement or an answer."""

    status: str = ""
    code: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    effective_date_time: str = ""
    effective_instant: str = ""
    effective_period: Period = Period()
    issued: str = ""
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str = ""
    value_boolean: bool | None = None
    value_integer: int | None = None
    value_date_time: str = ""
    data_absent_reason: CodeableConcept | None = None
    reference_range: tuple[ReferenceRange, ...] = ()
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
    """A prescription."""

    status: str = ""
    status_reason: CodeableConcept = CodeableConcept()
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
    dosage_instruction: tuple[Dosage, ...] = ()
    dispense_request: DispenseRequest = DispenseRequest()
    substitution: Substitution = Substitution()
    prior_prescription: Reference | None = None


class MedicationStatement(Resource, frozen=True):
    """A medicine somebody says they take."""

    status: str = ""
    status_reason: tuple[CodeableConcept, ...] = ()
    category: CodeableConcept = CodeableConcept()
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference = Reference()
    information_source: Reference = Reference()
    effective_date_time: str = ""
    effective_period: Period = Period()
    date_asserted: str = ""
    based_on: tuple[Reference, ...] = ()
    derived_from: tuple[Reference, ...] = ()
    reason_code: tuple[CodeableConcept, ...] = ()
    reason_reference: tuple[Reference, ...] = ()
    note: tuple[Annotation, ...] = ()
    dosage: tuple[Dosage, ...] = ()


class MedicationDispense(Resource, frozen=True):
    """A medicine that a pharmacy has given."""

    status: str = ""
    category: CodeableConcept = CodeableConcept()
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference = Reference()
    authorizing_prescription: tuple[Reference, ...] = ()
    quantity: Quantity | None = None
    days_supply: Quantity | None = None
    when_prepared: str = ""
    when_handed_over: str = ""
    note: tuple[Annotation, ...] = ()
    dosage_instruction: tuple[Dosage, ...] = ()


class CoverageClass(Element, frozen=True):
    """One number on an insurance card, by kind: group, rxbin, rxpcn, rxid."""

    type: CodeableConcept = CodeableConcept()
    value: str = ""
    name: str = ""


class Coverage(Resource, frozen=True):
    """Whom to bill."""

    status: str = ""
    beneficiary: Reference = Reference()
    subscriber_id: str = ""
    payor: tuple[Reference, ...] = ()
    class_: tuple[CoverageClass, ...] = msgspec.field(default=(), name="class")


class ListEntry(Element, frozen=True):
    """One item of a list, with what the list says of it."""

    flag: CodeableConcept = CodeableConcept()
    deleted: bool = False
    item: Reference = Reference()


class ListResource(Resource, frozen=True):
    """A list of other resources; an empty one may say why it is empty."""

    status: str = ""
    mode: str = ""
    code: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    entry: tuple[ListEntry, ...] = ()
    empty_reason: CodeableConcept = CodeableConcept()


class Section(Element, frozen=True):
    """A part of a document: what it is about, and the resources it names."""

    code: CodeableConcept = CodeableConcept()
    entry: tuple[Reference, ...] = ()
    section: tuple[Section, ...] = ()


class Composition(Resource, frozen=True):
    """A document: its sections in order."""

    status: str = ""
    type: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    section: tuple[Section, ...] = ()


class GivenDosage(Element, frozen=True):
    """How a dose was given, in words."""

    text: str = ""


class MedicationAdministration(Resource, frozen=True):
    """A dose that somebody was given."""

    status: str = ""
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference = Reference()
    effective_date_time: str = ""
    effective_period: Period = Period()
    reason_code: tuple[CodeableConcept, ...] = ()
    reason_reference: tuple[Reference, ...] = ()
    dosage: GivenDosage = GivenDosage()
    request: Reference | None = None

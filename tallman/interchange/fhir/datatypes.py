"""The data types of FHIR R4 that are used, as typed values.

Field names are FHIR's in snake case. Dates stay texts, since FHIR lets them end after the year or the month; numbers
are decimals, exactly as sent. Whatever else is sent is let pass. Source: HL7 FHIR R4 (4.0.1).
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

__all__ = [
    "Annotation",
    "CodeableConcept",
    "Coding",
    "ContactPoint",
    "Dosage",
    "DoseAndRate",
    "Element",
    "HumanName",
    "Identifier",
    "Number",
    "Period",
    "PostalAddress",
    "Quantity",
    "Range",
    "Ratio",
    "Reference",
    "Repeat",
    "Timing",
]


class Number(Decimal):
    """A decimal that was sent as a number: a text that looks like one is none."""


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

    value: Number | None = None
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


class Range(Element, frozen=True):
    """From `low` to `high`, either may be open."""

    low: Quantity | None = None
    high: Quantity | None = None


class Repeat(Element, frozen=True):
    """When something happens: so often in a period, on days, at hours, at events of the day; and for how long."""

    bounds_duration: Quantity | None = None
    bounds_range: Range | None = None
    bounds_period: Period = Period()
    count: int | None = None
    count_max: int | None = None
    duration: Number | None = None
    duration_max: Number | None = None
    duration_unit: str = ""
    frequency: int | None = None
    frequency_max: int | None = None
    period: Number | None = None
    period_max: Number | None = None
    period_unit: str = ""
    day_of_week: tuple[str, ...] = ()
    time_of_day: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    offset: int | None = None


class Timing(Element, frozen=True):
    """When, by a rule, by days named one by one, or by a code such as BID."""

    event: tuple[str, ...] = ()
    repeat: Repeat = Repeat()
    code: CodeableConcept = CodeableConcept()


class DoseAndRate(Element, frozen=True):
    """How much at a time, and how fast; `type` says whether that is ordered or calculated."""

    type: CodeableConcept = CodeableConcept()
    dose_quantity: Quantity | None = None
    dose_range: Range | None = None
    rate_quantity: Quantity | None = None
    rate_ratio: Ratio | None = None
    rate_range: Range | None = None


class Dosage(Element, frozen=True):
    """One part of the directions, in words (`text`) and in structure."""

    sequence: int | None = None
    text: str = ""
    additional_instruction: tuple[CodeableConcept, ...] = ()
    patient_instruction: str = ""
    timing: Timing = Timing()
    as_needed_boolean: bool | None = None
    as_needed_codeable_concept: CodeableConcept | None = None
    site: CodeableConcept = CodeableConcept()
    route: CodeableConcept = CodeableConcept()
    method: CodeableConcept = CodeableConcept()
    dose_and_rate: tuple[DoseAndRate, ...] = ()
    max_dose_per_period: Ratio | None = None
    max_dose_per_administration: Quantity | None = None

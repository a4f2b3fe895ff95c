"""The patient and the prescriber, as sent."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.received import Address, Code, ReceivedPatient, ReceivedPrescriber
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import ContactPoint, HumanName, Identifier, PostalAddress, Reference
from tallman.interchange.fhir.dates import day_of
from tallman.interchange.fhir.resources import Organization, Patient, Practitioner, PractitionerRole
from tallman.interchange.fhir.systems import number_of

__all__ = ["patient_as_sent", "prescriber_of", "sex_of"]

_CURRENT_FIRST = {"official": 0, "usual": 1, "": 2, "home": 0, "work": 1, "mobile": 1, "temp": 5, "old": 9, "maiden": 9}


def patient_as_sent(contents: Contents, held: Held) -> ReceivedPatient:
    """The Patient as `core.received` has it."""
    patient = contents.read(held, Patient)
    name = _name(patient.name)
    spoken = sorted(patient.communication, key=lambda c: not c.preferred)
    return ReceivedPatient(
        family_name=name.family or name.text,
        given_names=" ".join(name.given),
        suffix=" ".join(name.suffix),
        birth_date=day_of(contents, patient.birth_date, f"{held.where}.birthDate"),
        sex=sex_of(contents, held, patient.gender),
        address=_address(patient.address),
        phone=_contact(patient.telecom, "phone"),
        email=_contact(patient.telecom, "email"),
        language=next((t for c in spoken for t in c.language.texts()), ""),
        identifiers=tuple(Code(i.system or _kind(i), i.value) for i in patient.identifier if i.value),
    )


def sex_of(contents: Contents, held: Held, gender: str) -> str:
    """female, male or other; empty when unknown or not said."""
    said = (gender.strip() or _at_birth(held)).lower()
    said = {"f": "female", "m": "male", "unk": "unknown", "oth": "other"}.get(said, said)
    if said not in ("female", "male", "other", "unknown", ""):
        contents.warn("SEX-UNKNOWN", f"{held.where}.gender")
    return said if said in ("female", "male", "other") else ""


def _at_birth(held: Held) -> str:
    """The sex at birth of US Core, where nothing else is said."""
    rows = held.raw.get("extension")
    told = (r for r in (rows if isinstance(rows, list) else []) if isinstance(r, dict))
    return next((str(r.get("valueCode", "")) for r in told if str(r.get("url", "")).endswith("us-core-birthsex")), "")


def prescriber_of(contents: Contents, held: Held, requester: Reference, field: str = "requester") -> ReceivedPrescriber:
    """Who wrote an order, or treats: a Practitioner, or one in a PractitionerRole with the practice."""
    target = contents.find(requester, held)
    if target is not None and target.kind == "PractitionerRole":
        return _in_role(contents, target)
    if target is not None and target.kind == "Practitioner":
        return _practitioner(contents.read(target, Practitioner))
    if requester.reference:
        contents.warn("REFERENCE-UNKNOWN", f"{held.where}.{field}")
    numbers = (requester.identifier,) if requester.identifier else ()
    return ReceivedPrescriber(
        family_name=requester.display.strip(), npi=number_of("NPI", numbers), dea=number_of("DEA", numbers)
    )


def _in_role(contents: Contents, held: Held) -> ReceivedPrescriber:
    role = contents.read(held, PractitionerRole)
    who, place = contents.find(role.practitioner, held), contents.find(role.organization, held)
    practice = contents.read(place, Organization) if place and place.kind == "Organization" else Organization()
    own = contents.read(who, Practitioner) if who and who.kind == "Practitioner" else Practitioner()
    name = own.name or (HumanName(text=role.practitioner.display),)
    telecom, address = role.telecom or own.telecom or practice.telecom, own.address or practice.address
    numbers = (*own.identifier, *role.identifier, *filter(None, [role.practitioner.identifier]))
    merged = Practitioner(identifier=numbers, name=name, telecom=telecom, address=address)
    return _practitioner(merged, practice.name or role.organization.display)


def _practitioner(who: Practitioner, practice: str = "") -> ReceivedPrescriber:
    name = _name(who.name)
    return ReceivedPrescriber(
        family_name=name.family or name.text,
        given_names=" ".join(name.given),
        suffix=" ".join(name.suffix),
        npi=number_of("NPI", who.identifier),
        dea=number_of("DEA", who.identifier),
        state_license=next((i.value for i in who.identifier if _kind(i) in ("MD", "SL", "LN")), ""),
        practice=practice,
        address=_address(who.address),
        phone=_contact(who.telecom, "phone"),
        fax=_contact(who.telecom, "fax"),
    )


def _kind(identifier: Identifier) -> str:
    return next((c.code for c in identifier.type.coding if c.code), "")


def _name(names: Iterable[HumanName]) -> HumanName:
    return min(names, key=lambda n: _CURRENT_FIRST.get(n.use, 3), default=HumanName())


def _address(addresses: Iterable[PostalAddress]) -> Address:
    found = min(addresses, key=lambda a: _CURRENT_FIRST.get(a.use, 3), default=PostalAddress())
    lines = found.line or ((found.text,) if found.text and not found.city else ())
    return Address(lines, found.city, found.state, found.postal_code, found.country)


def _contact(contacts: Iterable[ContactPoint], system: str) -> str:
    fitting = (c for c in contacts if c.system == system and c.value)
    return min(fitting, key=lambda c: _CURRENT_FIRST.get(c.use, 3), default=ContactPoint()).value

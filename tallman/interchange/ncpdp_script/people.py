"""The patient, the prescriber and whom to bill."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.received import Code, Coverage, ReceivedPatient, ReceivedPrescriber
from tallman.interchange.ncpdp_script.codes import SEXES
from tallman.interchange.ncpdp_script.part import Part
from tallman.interchange.ncpdp_script.values import address, day, telephone
from tallman.interchange.ncpdp_script.warnings import Unreadable

__all__ = ["coverage", "patient", "prescriber"]

NOT_KEPT = {"SocialSecurity"}
"""Identifiers that a pharmacy has no use for beyond the original."""


def patient(order: Part) -> ReceivedPatient:
    """The person it is for. Raises Unreadable when that is an animal."""
    found = order.part("Patient")
    person = found.part("HumanPatient") or found
    if found.part("NonHumanPatient", "NonHuman"):
        raise Unreadable("animal", "Patient")
    family, given, suffix = _name(person)
    if not family and not given:
        found.warn("patient-missing")
    read = ReceivedPatient(
        family_name=family,
        given_names=given,
        suffix=suffix,
        birth_date=day(person, "DateOfBirth"),
        sex=_sex(person),
        address=address(person),
        phone=telephone(person),
        email=telephone(person, "EM"),
        language=person.text("LanguageNameCode", "Language"),
        identifiers=tuple(_identifiers(person)),
    )
    person.pass_over("Identification", "CommunicationNumbers", "PhoneNumbers")
    return read


def _name(person: Part) -> tuple[str, str, str]:
    """Family name, given names, suffix."""
    name = person.part("Name", "Names/Name")
    given = (name.text("FirstName"), name.text("MiddleName"))
    name.pass_over("Prefix")
    return name.text("LastName"), " ".join(filter(None, given)), name.text("Suffix")


def _sex(person: Part) -> str:
    paths = ("Gender", "GenderAndSex/AdministrativeGender", "AdministrativeGender")
    said = person.text(*paths).upper()
    if said and said not in SEXES:
        person.part(*paths).warn("sex-unknown")
    return SEXES.get(said, "")


def _identifiers(person: Part) -> Iterator[Code]:
    for name, part in person.part("Identification").children():
        number = part.own_text()
        if number and name not in NOT_KEPT:
            yield Code(name, number)


def prescriber(order: Part) -> ReceivedPrescriber:
    """Who wrote it, and on whose authority."""
    found = order.part("Prescriber")
    person = found.part("NonVeterinarian", "Veterinarian") or found
    if found.part("Veterinarian"):
        found.warn("animal-prescriber")
    family, given, suffix = _name(person)
    if not family and not given:
        found.warn("prescriber-missing")
    numbers = person.part("Identification")
    read = ReceivedPrescriber(
        family_name=family,
        given_names=given,
        suffix=suffix,
        npi=numbers.text("NPI"),
        dea=numbers.text("DEANumber"),
        state_license=numbers.text("StateLicenseNumber"),
        practice=person.text("PracticeLocation/BusinessName", "BusinessName", "ClinicName"),
        address=address(person),
        phone=telephone(person),
        fax=telephone(person, "FX"),
        supervisor=_supervisor(order, person),
    )
    person.pass_over(
        "Identification", "CommunicationNumbers", "PhoneNumbers", "Specialty", "PracticeLocation/Identification",
        "PrescriberAgent", "FormerName", "PrescriberPlaceOfService",
    )  # fmt: skip
    return read


def _supervisor(order: Part, person: Part) -> str:
    found = order.part("Supervisor/NonVeterinarian", "Supervisor") or person.part("Supervisor")
    family, given, suffix = _name(found)
    found.pass_over()
    return ", ".join(filter(None, [family, given, suffix]))


def coverage(order: Part) -> tuple[Coverage, ...]:
    """Whom to bill, in the order sent."""
    return tuple(filter(None, map(_coverage, order.parts("BenefitsCoordination"))))


def _coverage(found: Part) -> Coverage | None:
    payer = found.part("PayerIdentification")
    read = Coverage(
        payer=found.text("PayerName"),
        bin=payer.text("IINNumber", "BINLocationNumber", "BINNumber"),
        pcn=payer.text("ProcessorIdentificationNumber"),
        group=found.text("GroupID"),
        member=found.text("CardholderID", "CardHolderID", "PBMMemberID"),
    )
    found.pass_over()
    return read if read != Coverage() else None

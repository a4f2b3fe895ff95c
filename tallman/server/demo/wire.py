"""The demo's electronic prescriptions as the NCPDP SCRIPT messages they come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from lxml import etree
from lxml.builder import E

from tallman.server.demo.data import Line
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Prescriber

__all__ = ["Slip", "new_rx"]

_NCI = {
    "tablet": "C48542", "capsule": "C48480", "mL": "C28254", "g": "C48155", "inhalation": "C48501", "each": "C64933",
}  # fmt: skip
_SEX = {"female": "F", "male": "M"}


@dataclass(frozen=True, slots=True)
class Slip:
    """How a message differs from the record, as messages do: what stands in it instead."""

    family_name: str = ""
    birth_date: str = ""
    medicine: str = ""
    sig: str = ""
    npi: str = ""
    rxcui: str | None = None


def new_rx(
    message_id: str, line: Line, patient: Patient, prescriber: Prescriber, at: datetime,
    *, rxcui: str | None, reasons: list[str], reason_text: str, refill_of: str = "", slip: Slip = Slip(),
) -> bytes:  # fmt: skip
    """A NewRx of SCRIPT 2017071 for one line, as a prescriber's system would send it at a moment (UTC)."""
    line = replace(line, medicine=slip.medicine or line.medicine, sig=slip.sig or line.sig)
    rxcui = slip.rxcui if slip.rxcui is not None else rxcui
    message = etree.Element(
        "Message", DatatypesVersion="20170715", TransportVersion="20170715", TransactionDomain="SCRIPT",
        TransactionVersion="20170715", StructuresVersion="20170715", ECLVersion="20170715",
    )  # fmt: skip
    message.append(
        E.Header(
            E.To("9900001", Qualifier="P"), E.From("6300001", Qualifier="D"), E.MessageID(message_id),
            E.SentTime(f"{at:%Y-%m-%dT%H:%M:%S}.0Z"), E.PrescriberOrderNumber(f"ORD-{message_id}"),
        )
    )  # fmt: skip
    message.append(
        E.Body(
            E.NewRx(
                _patient(patient, slip),
                _prescriber(prescriber, slip),
                _medicine(line, at, rxcui, reasons, reason_text, refill_of),
            )
        )
    )
    return etree.tostring(message, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _name(family: str, given: str) -> etree._Element:
    return E.Name(E.LastName(family), E.FirstName(given.split(",")[0]))


def _address(text: str) -> etree._Element:
    street, town, state = [*text.split(", "), "", ""][:3]
    code, _, postal = state.partition(" ")
    return E.Address(
        E.AddressLine1(street), E.City(town), E.StateProvince(code), E.PostalCode(postal), E.CountryCode("US")
    )


def _phone(number: str) -> etree._Element:
    return E.CommunicationNumbers(E.PrimaryTelephone(E.Number(number.replace("-", ""))))


def _patient(patient: Patient, slip: Slip) -> etree._Element:
    born = E.DateOfBirth(E.Date(slip.birth_date or f"{patient.birth_date:%Y-%m-%d}"))
    human = E.HumanPatient(
        _name(slip.family_name or patient.family_name, patient.given_names), E.Gender(_SEX.get(patient.sex, "U")), born,
        _address(patient.address), _phone(patient.phone),
    )  # fmt: skip
    return E.Patient(human)


def _prescriber(prescriber: Prescriber, slip: Slip) -> etree._Element:
    return E.Prescriber(
        E.NonVeterinarian(
            E.Identification(E.DEANumber(prescriber.dea), E.NPI(slip.npi or prescriber.npi)),
            E.PracticeLocation(E.BusinessName(prescriber.practice)),
            _name(prescriber.family_name, prescriber.given_names),
            _address(prescriber.address), _phone(prescriber.phone),
        )
    )  # fmt: skip


def _medicine(
    line: Line, at: datetime, rxcui: str | None, reasons: list[str], reason_text: str, refill_of: str
) -> etree._Element:
    unit = _NCI.get(line.unit, "C38046")
    found = E.MedicationPrescribed(E.DrugDescription(line.medicine))
    if rxcui:
        found.append(E.DrugCoded(E.DrugDBCode(E.Code(rxcui), E.Qualifier("SCD"))))
    found.append(
        E.Quantity(E.Value(f"{line.quantity:f}"), E.CodeListQualifier("38"), E.QuantityUnitOfMeasure(E.Code(unit)))
    )
    found.append(E.DaysSupply(str(line.days)))
    found.append(E.WrittenDate(E.Date(f"{timezone.localdate(at):%Y-%m-%d}")))
    found.append(E.Substitutions("0"))
    found.append(E.NumberOfRefills(str(line.refills)))
    if reasons:
        code = E.Primary(E.Code(reasons[0]), E.Qualifier("ABF"), E.Description(reason_text))
        found.append(E.Diagnosis(E.ClinicalInformationQualifier("1"), code))
    if refill_of:
        found.append(E.Note(f"Dose change: replaces {refill_of}, please stop the earlier one."))
    found.append(E.Sig(E.SigText(line.sig)))
    return found

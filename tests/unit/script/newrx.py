"""Writes NewRx messages for tests, in the shape of the standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

__all__ = ["FULL", "message", "newrx"]

Tree = Mapping[str, Any]

PATIENT: Tree = {
    "HumanPatient": {
        "Identification": {"MedicalRecordIdentificationNumberEHR": "MRN-77", "SocialSecurity": "000-00-0000"},
        "Name": {"LastName": "Okafor", "FirstName": "Tess", "MiddleName": "Marie", "Suffix": "Jr", "Prefix": "Ms"},
        "Gender": "F",
        "DateOfBirth": {"Date": "1961-03-09"},
        "Address": {
            "AddressLine1": "4 Elm St", "AddressLine2": "Apt 2", "City": "Albany", "StateProvince": "NY",
            "PostalCode": "12207", "CountryCode": "US",
        },
        "CommunicationNumbers": {
            "PrimaryTelephone": {"Number": "5185550100", "Extension": "12"}, "ElectronicMail": "tess@example.org",
        },
        "LanguageNameCode": "es",
    }
}  # fmt: skip
PRESCRIBER: Tree = {
    "NonVeterinarian": {
        "Identification": {"StateLicenseNumber": "NY-5512", "DEANumber": "AB1234563", "NPI": "1234567893"},
        "Specialty": "207Q00000X",
        "PracticeLocation": {"BusinessName": "Elm Street Family Practice"},
        "Name": {"LastName": "Ruiz", "FirstName": "Ana"},
        "Address": {"AddressLine1": "9 Oak Ave", "City": "Troy", "StateProvince": "NY", "PostalCode": "12180"},
        "CommunicationNumbers": {"PrimaryTelephone": {"Number": "5185550111"}, "Fax": {"Number": "5185550112"}},
    }
}
MEDICATION: Tree = {
    "DrugDescription": "Zolpidem ER 6.25 mg tablet",
    "DrugCoded": {
        "ProductCode": {"Code": "00024550131", "Qualifier": "ND"},
        "Strength": {
            "StrengthValue": "6.25", "StrengthForm": {"Code": "C42998"}, "StrengthUnitOfMeasure": {"Code": "C28253"},
        },
        "DrugDBCode": {"Code": "854876", "Qualifier": "SCD"},
        "DEASchedule": {"Code": "C48677"},
    },
    "Quantity": {"Value": "30", "CodeListQualifier": "38", "QuantityUnitOfMeasure": {"Code": "C48542"}},
    "DaysSupply": "30",
    "WrittenDate": {"DateTime": "2026-05-26T06:19:46.463565Z"},
    "Substitutions": "1",
    "NumberOfRefills": "2",
    "Diagnosis": {
        "ClinicalInformationQualifier": "2",
        "Primary": {"Code": "F5109", "Qualifier": "ABF", "Description": "Other insomnia"},
        "Secondary": {"Code": "G47.00", "Qualifier": "ABF"},
    },
    "Note": "Please call when ready.",
    "Sig": {
        "SigText": "Take 1 tablet by mouth at bedtime for 30 days",
        "CodeSystem": {"SNOMEDVersion": "20170131", "FMTVersion": "16.03d"},
        "Instruction": {
            "DoseAdministration": {
                "DoseDeliveryMethod": {"Text": "Take", "Qualifier": "SNOMED", "Code": "419652001"},
                "Dosage": {
                    "DoseQuantity": "1",
                    "DoseUnitOfMeasure": {"Text": "tablet", "Qualifier": "DoseUnitOfMeasure", "Code": "C48542"},
                },
                "RouteOfAdministration": {"Text": "oral route", "Qualifier": "SNOMED", "Code": "26643006"},
            },
            "TimingAndDuration": [
                {"AdministrationTiming": {"AdministrationTimingEvent": {"Text": "at bedtime", "Code": "21029003"}}},
                {"Duration": {"DurationNumericValue": "30", "DurationText": {"Text": "day", "Code": "258703001"}}},
            ],
        },
    },
    "OtherMedicationDate": [
        {"OtherMedicationDate": {"Date": "2026-05-28"}, "OtherMedicationDateQualifier": "EffectiveDate"},
        {"OtherMedicationDate": {"Date": "2026-11-26"}, "OtherMedicationDateQualifier": "ExpirationDate"},
    ],
}  # fmt: skip
FULL: Tree = {
    "BenefitsCoordination": {
        "PayerIdentification": {"ProcessorIdentificationNumber": "PCN9", "IINNumber": "610591"},
        "PayerName": "Empire Plan", "CardholderID": "M-001", "GroupID": "G-7",
    },
    "AllergyOrAdverseEvent": {
        "Allergies": {
            "SourceOfInformation": "P",
            "AdverseEvent": {"Text": "Drug allergy", "Code": "416098002"},
            "DrugProductCoded": {"Code": "7980", "Qualifier": "SCD", "Text": "Penicillin G"},
            "ReactionCoded": {"Text": "Hives", "Code": "126485001"},
            "SeverityCoded": {"Text": "Severe", "Code": "24484000"},
        }
    },
    "Patient": PATIENT,
    "Pharmacy": {"Identification": {"NCPDPID": "5656559"}, "BusinessName": "Corner Pharmacy"},
    "Prescriber": PRESCRIBER,
    "Supervisor": {"NonVeterinarian": {"Name": {"LastName": "Cho", "FirstName": "Min"}}},
    "Observation": {
        "Measurement": {
            "VitalSign": "29463-7", "LOINCVersion": "2.42", "Value": "154.3", "UnitOfMeasure": "[lb_av]",
            "UCUMVersion": "2.1", "ObservationDate": {"Date": "2026-04-01"},
        }
    },
    "MedicationPrescribed": MEDICATION,
    "ProhibitRenewalRequest": "true",
}  # fmt: skip


def newrx(changes: Mapping[str, Any] | None = None, **header: str | None) -> bytes:
    """The full message with other values at paths: `newrx({"MedicationPrescribed/DaysSupply": "x"})`; None leaves out.

    Header fields by name: `newrx(MessageID="m2")`.
    """
    body = FULL
    for path, value in (changes or {}).items():
        body = _with(body, path.split("/"), value)
    return message({"NewRx": body}, **header)


def _with(tree: Any, path: list[str], value: Any) -> Any:
    name, rest = path[0], path[1:]
    inner = _with(tree.get(name, {}), rest, value) if rest else value
    return {k: v for k, v in {**tree, name: inner}.items() if v is not None}


def message(body: Tree, version: str = "20170715", **header: str | None) -> bytes:
    """A message around a body. `To` and `From` carry their qualifiers."""
    parts = ("DatatypesVersion", "TransportVersion", "TransactionVersion", "StructuresVersion", "ECLVersion")
    root = etree.Element("Message", dict.fromkeys(parts, version) | {"TransactionDomain": "SCRIPT"})
    said = {
        "To": "5656559", "From": "9258399725001", "MessageID": "MSG-1", "SentTime": "2026-05-26T06:20:35.5304856Z",
        "PrescriberOrderNumber": "ORD-9", **header,
    }  # fmt: skip
    _write(etree.SubElement(root, "Header"), {k: v for k, v in said.items() if v is not None})
    for name, qualifier in (("To", "P"), ("From", "D")):
        for element in root.iterfind(f"Header/{name}"):
            element.set("Qualifier", qualifier)
    _write(etree.SubElement(root, "Body"), body)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write(parent: Any, tree: Tree) -> None:
    for name, value in tree.items():
        for each in value if isinstance(value, list) else [value]:
            child = etree.SubElement(parent, name)
            if isinstance(each, Mapping):
                _write(child, each)
            else:
                child.text = each

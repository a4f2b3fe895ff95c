"""Bytes of a SCRIPT message → its header and the prescription in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Any

from tallman.core.allergies import is_no_known_allergies
from tallman.core.patient import Observation
from tallman.core.received import ReceivedAllergy, ReceivedPrescription
from tallman.interchange.ncpdp_script import medicine as prescribed
from tallman.interchange.ncpdp_script.codes import MEASURES, SEVERITIES
from tallman.interchange.ncpdp_script.document import document
from tallman.interchange.ncpdp_script.header import Header, read_header
from tallman.interchange.ncpdp_script.part import Part, Trace, local_name
from tallman.interchange.ncpdp_script.people import coverage, patient, prescriber
from tallman.interchange.ncpdp_script.sig import directions
from tallman.interchange.ncpdp_script.values import code, day, quantity, whole
from tallman.interchange.ncpdp_script.warnings import Unreadable

__all__ = ["Message", "read"]

NOT_READ = {
    "CancelRx": "cancel-request", "RxRenewalResponse": "renewal-response", "RxChangeResponse": "change-response",
    "Status": "answer-only", "Error": "answer-only", "Verify": "answer-only",
}  # fmt: skip
"""Transaction → why it is refused; any other: unsupported-transaction."""
TRANSACTIONS = frozenset(
    """CancelRx CancelRxResponse Census ClinicalInfoRequest ClinicalInfoResponse DrugAdministration Error GetMessage
    NewRx NewRxRequest NewRxResponseDenied PAAppealRequest PAAppealResponse PACancelRequest PACancelResponse
    PAInitiationRequest PAInitiationResponse PARequest PAResponse PasswordChange Recertification REMSInitiationRequest
    REMSInitiationResponse REMSRequest REMSResponse Resupply RxChangeRequest RxChangeResponse RxFill
    RxFillIndicatorChange RxRenewalRequest RxRenewalResponse RxTransferConfirm RxTransferRequest RxTransferResponse
    Status Verify""".split()
)
"""Names that may be told: what an unknown sender calls an element might be content."""
LONGEST_SUPPLY = 999
"""Days."""


@dataclass(frozen=True, slots=True)
class Message:
    """A NewRx: its envelope and the prescription it carries."""

    header: Header
    prescription: ReceivedPrescription


def read(data: bytes, zone: tzinfo = UTC) -> Message:
    """Read a NewRx; `zone` is the pharmacy's time zone, for the days of moments that are given in UTC.

    Nothing is guessed: what could not be read is left empty and warned of in the prescription's `warnings`. Raises
    Unreadable, with the header as far as it could be read, when there is no prescription in `data`.
    """
    root = document(data)
    if local_name(root) != "Message":
        raise Unreadable("not-script")
    trace = Trace(zone)
    message = Part(root, trace)
    transaction = next((name for name, _ in message.part("Body").children() if name), "")
    header = read_header(message, transaction)
    try:
        _unless_new_rx(transaction)
        received = _prescription(message.part("Body/NewRx"), header, trace)
    except Unreadable as error:
        raise Unreadable(error.code, error.place, header) from None
    return Message(header, received)


def _unless_new_rx(transaction: str) -> None:
    if not transaction:
        raise Unreadable("no-transaction")
    if transaction != "NewRx":
        place = transaction if transaction in TRANSACTIONS else ""
        raise Unreadable(NOT_READ.get(transaction, "unsupported-transaction"), place)


def _prescription(body: Part, header: Header, trace: Trace) -> ReceivedPrescription:
    order = body.from_here()
    found = _medication(order)
    _warn_of_header(header, trace)
    read_medicine, (text, coded) = prescribed.medicine(found), directions(found)
    first, last = prescribed.other_dates(found)
    told = tuple(_allergies(order))
    known_allergies = tuple(a for a in told if not _says_none(a))
    received = ReceivedPrescription(
        patient=patient(order),
        prescriber=prescriber(order),
        medicine=read_medicine,
        sig=text,
        structured_sig=coded,
        quantity=quantity(found),
        days_supply=whole(found, "DaysSupply", LONGEST_SUPPLY),
        refills=prescribed.refills(found),
        written_on=day(found, "WrittenDate"),
        not_before=first,
        expires_on=last,
        substitution_allowed=prescribed.substitution_allowed(found),
        diagnoses=prescribed.diagnoses(found),
        notes=tuple(n for p in found.parts("Note") + order.parts("Note") if (n := p.own_text())),
        allergies=known_allergies,
        no_known_allergies=not known_allergies
        and (bool(told) or _yes(order.text("AllergyOrAdverseEvent/NoKnownAllergies"))),
        observations=tuple(_observations(order)),
        coverage=coverage(order),
        order_number=header.order_number,
        signed=header.signed,
    )
    if found.text("DoNotFill").upper() not in ("", "N", "FALSE", "0"):
        found.part("DoNotFill").warn("do-not-fill")
    order.pass_over("Pharmacy", "ProhibitRenewalRequest")
    found.pass_over("OrderCaptureMethod", "TimeZone")
    order.warn_of_the_unread()
    return replace(received, warnings=tuple(trace.warnings))


def _medication(order: Part) -> Part:
    found = order.parts("MedicationPrescribed")
    if not found:
        raise Unreadable("no-medicine")
    if len(found) > 1:
        raise Unreadable("several-medicines", "MedicationPrescribed")
    return found[0]


def _warn_of_header(header: Header, trace: Trace) -> None:
    said: dict[str, Any] = {
        "no-message-id": header.message_id, "no-sender": header.sender, "version-unknown": header.version,
    }  # fmt: skip
    for warning_code, value in said.items():
        if not value:
            trace.warn(warning_code, "Header")


def _yes(text: str) -> bool:
    return text.upper() in ("Y", "YES", "TRUE", "1")


def _says_none(allergy: ReceivedAllergy) -> bool:
    """Whether an entry says that no allergies (716186003), or none to medicines (409137002), are known."""
    coded = any(c.system == "snomed" and c.code in ("716186003", "409137002") for c in allergy.codes)
    return coded or is_no_known_allergies(allergy.substance)


def _allergies(order: Part) -> Iterator[ReceivedAllergy]:
    for entry in order.parts("AllergyOrAdverseEvent/Allergies"):
        drug, reaction, grade = (entry.part(n) for n in ("DrugProductCoded", "ReactionCoded", "SeverityCoded"))
        substance, found = drug.text("Text"), code(drug)
        if not substance and not found:
            entry.warn("allergy-without-substance")
            continue
        severity = SEVERITIES.get(grade.text("Code")) or SEVERITIES.get(grade.text("Text").lower(), "")
        yield ReceivedAllergy(
            substance=substance or f"{found.system} {found.code}".strip() if found else substance,
            reaction=reaction.text("Text"),
            severity=severity,
            codes=(found,) if found else (),
        )
        entry.pass_over()


def _observations(order: Part) -> Iterator[Observation]:
    for entry in order.parts("Observation/Measurement"):
        loinc, value = entry.text("VitalSign"), entry.text("Value")
        unit = entry.text("UnitOfMeasure/Code", "UnitOfMeasure", "MeasurementUnitCode")
        entry.pass_over("LOINCVersion", "UCUMVersion")
        if not loinc or not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,8})?", value):
            entry.warn("measurement-unreadable")
            continue
        yield Observation(loinc, day(entry, "ObservationDate"), Decimal(value), MEASURES.get(unit, unit) or None)

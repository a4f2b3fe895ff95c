"""Everything the FHIR reader can say about a message, as fixed sentences: they go into logs, so that none of
them ever holds what stood in the message. The place is a FHIR path: `Bundle.entry[3].resource.code`.
"""

from __future__ import annotations

from tallman.core.received import ReadWarning

__all__ = ["REFUSALS", "WARNINGS", "Unreadable", "UnreadableBundle", "warning"]

REFUSALS = {
    "NOT-JSON": "this is not JSON: send FHIR R4 as JSON",
    "CUT-OFF": "the JSON breaks off before its end: send it whole",
    "NOT-UTF-8": "this is not UTF-8, in which JSON is sent: send it in UTF-8",
    "NAME-TWICE": "an object has the same name twice, and which of them counts cannot be told: send each name once",
    "IS-XML": "this is XML: send FHIR R4 as JSON",
    "TOO-DEEP": "the JSON is nested too deeply to be read",
    "NOT-FHIR": "this is no FHIR resource: an object with a resourceType is expected",
    "NOT-A-BUNDLE": "a Bundle is expected here: put the patient, the medicines and the draft orders into one",
    "NOT-AN-ORDER": "a MedicationRequest, or a Bundle with one, is expected here",
    "NO-ORDER": "there is no draft or active MedicationRequest in this message",
    "NOT-AN-ENCOUNTER": "an Encounter, or a Bundle with one, is expected here",
    "NO-ENCOUNTER": "there is no Encounter in this message",
    "SEVERAL-ENCOUNTERS": "it is not clear which Encounter this is about: send a MessageHeader with it as the focus",
    "NO-DATE": "the Bundle has no timestamp that can be read: give the day with --on YYYY-MM-DD",
    "NO-PATIENT": "there is no Patient in the Bundle: add the person the orders are for",
    "PATIENT-UNREADABLE": "the Patient cannot be read: send it as a FHIR R4 Patient",
    "SEVERAL-PATIENTS": "there are orders of more than one patient, or it is not clear whose: send one Bundle a person",
    "NOT-THE-PATIENT": "this order is for somebody who is not in the Bundle: correct its subject or add the Patient",
    "ENTRY-UNREADABLE": "this entry holds nothing that can be read, and it might be an order: correct or remove it",
    "TYPE-UNKNOWN": "this is no resource type of FHIR R4, and it might be an order: correct or remove it",
    "BUNDLE-INSIDE": "there is a Bundle inside the Bundle, and it might hold orders: send it by itself",
}
WARNINGS = {
    "FIELD-UNREADABLE": "this part is not as FHIR R4 has it and was left out",
    "RESOURCE-UNREADABLE": "this resource could not be read",
    "MODIFIER": "this carries a modifier extension, which may change its meaning and was not understood",
    "NOT-USED": "resources of this kind are not looked at",
    "OTHER-PATIENT": "this belongs to another patient and was left out",
    "WHOSE-UNCLEAR": "it is not clear whose this is",
    "REFERENCE-UNKNOWN": "this points at something that is not in the message",
    "DATE-UNREADABLE": "this date cannot be read",
    "DATE-PARTIAL": "this date lacks its day and was not used",
    "BORN-ABOUT": "this date of birth lacks its day: the middle of what it says was taken",
    "IN-THE-FUTURE": "this is later than the day of the screening and was left out",
    "DECEASED": "the patient is recorded as deceased",
    "SEX-UNKNOWN": "this is no administrative gender of FHIR R4",
    "STATUS-MISSING": "the status is missing or not one of FHIR R4: the order is screened like a draft",
    "STATUS-UNKNOWN": "it is not known whether this medicine is being taken: it counts as taken",
    "ON-HOLD": "this medicine is on hold and does not count as taken",
    "DISPENSE-ON-HOLD": "its dispensing is on hold, and the medicine counts as taken",
    "DRAFT-ALSO-LISTED": "this is the draft order again, under another id: it counts once",
    "NOT-TO-BE-GIVEN": "this asks that the medicine is not given: no order is made of it",
    "ENCOUNTER-STATUS": "the status of the encounter is missing or not one of FHIR R4",
    "ENCOUNTER-CLASS": "the class of the encounter is missing or not known here",
    "MEDICINE-MISSING": "no medicine is named here",
    "CODE-AND-TEXT-DIFFER": "the codes and the texts of this medicine do not mean the same",
    "SIG-MISSING": "there are no directions",
    "SIG-FROM-STRUCTURE": "the directions have no text: they were put into words from their structure",
    "SIG-COMPLETED": "the text does not say how much a day: what the structure says was put beside it",
    "SIG-DIFFERS": "the structured directions say something else than their text: the text was used",
    "QUANTITY-UNREADABLE": "this quantity or its unit is not known",
    "QUANTITY-BARE": "this quantity has no unit: where the product is counted it is taken for pieces",
    "DAYS-UNREADABLE": "this length of supply cannot be read as days",
    "ALLERGY-MISSING": "no substance is named here",
    "CODE-UNKNOWN": "no code that is known here: only the text was used",
    "CODE-MALFORMED": "this is no code of its code system",
    "VALUE-UNREADABLE": "no value that can be used",
    "VALUE-IS-A-LIMIT": "the value is less or more than this number: the number was used",
    "UNIT-UNKNOWN": "the unit of this measurement is not known",
    "DUPLICATE-ID": "another resource has the same id: this one is named by its place",
    "NO-DRAFT": "there is no order with the status draft in the Bundle: nothing was screened",
}


class Unreadable(ValueError):
    """A message that cannot be used. `code` is from `REFUSALS`, `where` the place; the text holds no content."""

    def __init__(self, code: str, where: str = "") -> None:
        self.code, self.where, self.sentence = code, where, REFUSALS[code]
        super().__init__(f"{where}: {self.sentence}" if where else self.sentence)


class UnreadableBundle(Unreadable):
    """A Bundle that cannot be screened."""


def warning(code: str, where: str = "") -> ReadWarning:
    """The warning of this code at a place."""
    return ReadWarning(code, WARNINGS[code], where)

"""What goes wrong on the wire: names misspelt, digits swapped, shorthand, no code, and messages torn in two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from tallman.server.demo.data import Line
from tallman.server.demo.wire import Slip
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Prescriber

__all__ = ["PARKED", "slip_for", "swapped_birthday"]

_SHORT = [
    ("take 1 tablet by mouth once daily", "1 tab po qd"),
    ("take 1 tablet by mouth every morning", "1 tab po qam"),
    ("take 1 tablet by mouth twice daily", "1 tab po bid"),
    ("take 1 capsule by mouth", "1 cap po"),
    ("take 2 tablets by mouth", "2 tabs po"),
    ("inhale 2 puffs every 4 to 6 hours as needed", "2 puffs inh q4-6h prn"),
    ("by mouth", "po"),
]
"""Directions as they are and as they are often written."""

_Maker = Callable[[Random, Line, Patient, Prescriber], Slip]


def slip_for(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    """How this message differs from the record: in half of them, not at all."""
    return chance.choice([_none] * len(_MAKERS) + _MAKERS)(chance, line, patient, prescriber)


def _none(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    return Slip()


def _shorthand(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    return Slip(sig=next((line.sig.replace(long, short) for long, short in _SHORT if long in line.sig), line.sig))


def _misspelt(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    """Two letters of the name change places."""
    name = patient.family_name
    at = chance.randrange(1, len(name) - 1)
    return Slip(family_name=name[:at] + name[at + 1] + name[at] + name[at + 2 :])


def _swapped_birthday(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    return Slip(birth_date=swapped_birthday(patient))


def swapped_birthday(patient: Patient) -> str:
    """Month and day change places where that is a date; else the day is one off."""
    born = patient.birth_date or date(1970, 1, 1)
    if born.day <= 12 and born.day != born.month:
        return f"{born.year}-{born.day:02d}-{born.month:02d}"
    return f"{born.year}-{born.month:02d}-{born.day - 1 or 2:02d}"


def _wrong_npi(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    """A digit mistyped: the check digit does not fit any more."""
    return Slip(npi=prescriber.npi[:4] + str((int(prescriber.npi[4]) + 1) % 10) + prescriber.npi[5:])


def _no_code(chance: Random, line: Line, patient: Patient, prescriber: Prescriber) -> Slip:
    """The medicine as text alone, shouted."""
    return Slip(medicine=line.medicine.upper().replace(" TABLET", " TABS").replace(" CAPSULE", " CAPS"), rxcui="")


_MAKERS: list[_Maker] = [_shorthand, _shorthand, _misspelt, _swapped_birthday, _wrong_npi, _no_code]

_ENVELOPE = (
    b"DatatypesVersion='20170715' TransportVersion='20170715' TransactionDomain='SCRIPT' TransactionVersion='20170715' "
    b"StructuresVersion='20170715' ECLVersion='20170715'"
)
PARKED = [
    b"<Message><Header><MessageID>TORN1</MessageID></Header><Body><NewRx><Patient>",
    b"<Message " + _ENVELOPE + b"><Header><To Qualifier='P'>9900001</To><From Qualifier='D'>6300001</From>"
    b"<MessageID>CANCEL1</MessageID><SentTime>2026-11-28T09:00:00.0Z</SentTime></Header><Body><CancelRx>"
    b"<MedicationPrescribed><DrugDescription>lisinopril 20 mg tablet</DrugDescription></MedicationPrescribed>"
    b"</CancelRx></Body></Message>",
]
"""Messages nobody can make a prescription of: one torn on the way, one that cancels."""

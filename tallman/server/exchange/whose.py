"""Whose message it is: by a number that is known, else by name, birth date and sex that agree; else nobody guesses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from tallman.core.received import ReceivedPatient
from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.server.exchange.models import KnownNumber, Message
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.matching import Candidate, people_like
from tallman.server.prescriptions.matching.names import Likeness, family_likeness, given_likeness

__all__ = ["Whose", "candidates", "contradicts", "known", "numbers_of", "person_of", "short", "whose"]

_KINDS = frozenset({"", "MR", "MRN", "PI", "PT", "PE", "EPI", "EMPI", "NI", "NH", "U"})
"""The kinds of number (HL7 table 0203) that one person has: not those of accounts, visits and plans."""
_MIGHT_BE = 50
"""From this score on (`people_like`) somebody on record may be meant, and a person has to say."""
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Whose:
    """The patient; or why that must be asked; or neither, for somebody who is new here."""

    patient: Patient | None = None
    reason: str = ""


def whose(event: EncounterEvent, message: Message) -> Whose:
    """Who the event is about. What a person has said of the message counts before all else."""
    if message.patient is not None:
        return Whose(message.patient)
    rows = {n.patient for n in known(event, message)}
    if len(rows) > 1:
        return Whose(reason="numbers-of-several")
    for row in rows:
        return Whose(reason="number-of-another") if contradicts(event.patient, row) else Whose(row)
    if not event.patient.family_name:
        return Whose(reason="nobody-named")
    found = candidates(event, message)
    exact = Patient.objects.filter(pk__in=[c.key for c in found if c.is_exact]).first()
    if exact and event.patient.birth_date and not _has_another_number(exact, event, message):
        return Whose(exact)
    return Whose(reason="who-is-this" if found else "")


def candidates(event: EncounterEvent, message: Message) -> list[Candidate]:
    """Those on record who may be meant, with what speaks against each: whoever has one of the numbers, then the like.

    At most one is exact: all that can be compared agrees.
    """
    said = msgspec.to_builtins(event.patient)
    numbered = people_like(said, {n.patient for n in known(event, message)})
    keys = {c.key for c in numbered}
    like = [c for c in people_like(said) if c.key not in keys and (c.is_exact or c.score >= _MIGHT_BE)]
    return [*numbered, *like]


def contradicts(said: ReceivedPatient, row: Patient) -> bool:
    """Whether this is somebody else than the number says: another first name, or two other things that differ.

    A family name changes by marriage and a birth date is put right; both at once, or a twin's first name, are asked.
    """
    family = family_likeness(said.family_name, row.family_name) if said.family_name else Likeness.SAME
    names = said.given_names and row.given_names
    given = given_likeness(said.given_names, row.given_names) if names else Likeness.SAME
    others = (
        family is Likeness.OTHER,
        bool(said.birth_date and row.birth_date and said.birth_date != row.birth_date),
        bool(said.sex and row.sex and said.sex != row.sex),
    )
    return given is Likeness.OTHER or sum(others) > 1


def numbers_of(event: EncounterEvent, message: Message) -> list[tuple[str, str]]:
    """The numbers of the person, each with who gave it: a number without a giver is the sending house's."""
    house = event.facility or message.sender
    found = [(short(c.system or house), short(c.code)) for c in event.patient.identifiers if c.display in _KINDS]
    return list(dict.fromkeys(found))


def known(event: EncounterEvent, message: Message) -> list[KnownNumber]:
    """The rows of the numbers that are known, with their patients."""
    found = []
    for authority, number in numbers_of(event, message):
        found += KnownNumber.objects.filter(authority=authority, number=number).select_related("patient")
    return found


def _has_another_number(row: Patient, event: EncounterEvent, message: Message) -> bool:
    """Whether the person has only other numbers from somebody who also gave one here: two people may be alike."""
    own = set(KnownNumber.objects.filter(patient=row).values_list("authority", "number"))
    sent = set(numbers_of(event, message))
    shared = {a for a, _ in own} & {a for a, _ in sent}
    return bool(shared) and not own & sent


def person_of(patient: ReceivedPatient) -> dict[str, object]:
    """The fields of a new chart."""
    given = " ".join(filter(None, [patient.given_names, patient.suffix]))
    return {
        "family_name": patient.family_name[:120], "given_names": given[:120], "birth_date": patient.birth_date,
        "sex": patient.sex, "address": str(patient.address)[:240], "phone": patient.phone[:40],
        "language": patient.language[:40],
    }  # fmt: skip


def short(text: str, longest: int = LONGEST) -> str:
    """A number as it is kept and compared: whole, or its hash where it is longer than any should be."""
    if len(text) <= longest and text.isprintable():
        return text
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[: min(longest, 64)]

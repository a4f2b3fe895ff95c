"""The patient of PID and the people who treat, as sent."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.codes import CodeError, npi
from tallman.core.received import Address, Code, ReceivedPatient, ReceivedPrescriber
from tallman.interchange.hl7v2.message import Message, Part, Segment
from tallman.interchange.hl7v2.times import day_of

__all__ = ["number_of", "numbers_of", "patient_of", "practitioner_of"]

_NOT_KEPT = frozenset({"SS", "SSN", "DL", "DLN", "PPN", "CC", "BA", "BC", "NNUSA"})
"""Kinds of number that a pharmacy has no use for beyond the original (HL7 table 0203)."""
_SEXES = {"F": "female", "M": "male", "O": "other", "A": "other", "X": "other", "U": "", "N": "", "C": ""}
"""HL7 table 0001; the words themselves are sent by some."""
_NOT_OWN_NAME = ("M", "A", "N", "S", "P", "BAD", "TEMP")
"""Name types: maiden, alias, nickname, pseudonym …: told apart from the name somebody goes by."""
_MAIL, _NO_VOICE = ("INTERNET", "X.400", "NET"), ("FX", "MD", "BP", "INTERNET", "X.400", "NET")
_SAYS_NPI = frozenset({"NPI", "2.16.840.1.113883.4.6"})


def patient_of(message: Message) -> ReceivedPatient:
    """The person. Social security numbers, licences and the like are left in the original."""
    pid = message.first("PID")
    family, given, suffix = _name(pid)
    if not family and not given:
        pid.warn("NAME-MISSING", 5)
    numbers = _all_numbers(pid)
    if not numbers:
        pid.warn("NO-IDENTIFIER", 3)
    return ReceivedPatient(
        family_name=family,
        given_names=given,
        suffix=suffix,
        birth_date=day_of(pid.part(7)),
        sex=_sex(pid.part(8)),
        address=_address(pid),
        phone=next(filter(None, map(_phone, [*pid.parts(13), *pid.parts(14)])), ""),
        email=next(filter(None, map(_mail, pid.parts(13))), ""),
        language=pid.text(15, 2) or pid.text(15),
        identifiers=numbers,
    )


def _all_numbers(pid: Segment) -> tuple[Code, ...]:
    """Those of PID-3, and those of PID-2 and PID-4 that say whose they are: the bare ones there may be anything."""
    own = list(numbers_of(pid, 3))
    others = [n for field in (2, 4) for n in numbers_of(pid, field)]
    return tuple(dict.fromkeys([*own, *(n for n in others if n.system or not own)]))


def numbers_of(segment: Segment, field: int) -> Iterator[Code]:
    """The numbers of a CX field that are kept."""
    for part in segment.parts(field):
        number = number_of(part)
        if number and number.display not in _NOT_KEPT:
            yield number


def number_of(part: Part) -> Code | None:
    """One number: `system` is who assigned it (empty where nobody is named), `display` what kind it is ("MR")."""
    value, kind = part.text(), part.text(5).upper()
    authority = part.text(4) or part.text(4, 2) or part.text(6)
    return Code(authority, value, kind) if value else None


def _name(pid: Segment) -> tuple[str, str, str]:
    """Family name, given names, suffix: of the name somebody goes by, else of the first."""
    parts = [p for p in pid.parts(5) if p.text(1) or p.text(2)]
    if not parts:
        return "", "", ""
    part = next((p for p in parts if p.text(7).upper() not in _NOT_OWN_NAME), parts[0])
    family, prefix = part.text(1), part.text(1, 2)
    if prefix and part.text(1, 3):
        family = family or f"{prefix} {part.text(1, 3)}"
    return family, " ".join(filter(None, [part.text(2), part.text(3)])), part.text(4)


def _sex(part: Part) -> str:
    said = part.text().upper()
    if said in ("FEMALE", "MALE", "OTHER"):
        return said.lower()
    if said and said not in _SEXES and said != "UNKNOWN":
        part.warn("SEX-UNKNOWN")
    return _SEXES.get(said, "")


def _address(pid: Segment) -> Address:
    """The first address that is not marked as bad, old or the place of birth."""
    parts = pid.parts(11)
    chosen = next((p for p in parts if p.text(7).upper() not in ("BA", "BDL", "BR", "N")), None)
    if chosen is None:
        return Address()
    street = chosen.text(1) or " ".join(filter(None, [chosen.text(1, 3), chosen.text(1, 2)]))
    lines = (street, chosen.text(2))
    return Address(tuple(filter(None, lines)), chosen.text(3), chosen.text(4), chosen.text(5), chosen.text(6))


def _phone(part: Part) -> str:
    """A telephone number of an XTN: whole, or out of its parts; empty for a fax, a pager or an address."""
    if part.text(3).upper() in _NO_VOICE or part.text(2).upper() in ("BPN", "NET") or "@" in part.text(1):
        return ""
    in_parts = " ".join(filter(None, [part.text(5), part.text(6), part.text(7)])) if part.text(7) else ""
    whole = part.text(1) or in_parts or part.text(12) or part.text(9)
    return f"{whole} ext. {part.text(8)}" if whole and part.text(8) else whole


def _mail(part: Part) -> str:
    is_mail = part.text(2).upper() == "NET" or part.text(3).upper() in _MAIL
    return next((t for t in (part.text(4), part.text(1)) if "@" in t), "") if is_mail or "@" in part.text(4) else ""


def practitioner_of(segment: Segment, field: int) -> ReceivedPrescriber:
    """Who treats (an XCN field): the first who is named. Their number is an NPI where it is said to be and is one."""
    part = next((p for p in segment.parts(field) if p.text(2) or p.text(3) or p.text(1)), segment.part(field))
    given = " ".join(filter(None, [part.text(3), part.text(4)]))
    said = {part.text(n, sub).upper() for n, sub in ((8, 1), (9, 1), (9, 2), (13, 1))}
    return ReceivedPrescriber(
        family_name=part.text(2),
        given_names=given,
        suffix=part.text(5),
        npi=_npi(part.text(1)) if said & _SAYS_NPI else "",
    )


def _npi(text: str) -> str:
    try:
        return npi.parse(text).digits
    except CodeError:
        return ""

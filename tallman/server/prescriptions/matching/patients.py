"""Which person on record a received prescription may be for.

Name and birth date carry the proposal; sex, suffix and middle name may contradict it; phone and address support it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from rapidfuzz.fuzz import token_set_ratio

from tallman.server.patients.models import Patient
from tallman.server.patients.queries import find
from tallman.server.prescriptions.matching.candidate import Candidate, Points, ranked
from tallman.server.prescriptions.matching.names import Likeness, family_likeness, given_likeness, parts, suffix_of
from tallman.server.prescriptions.models import Prescription

__all__ = ["near_dates", "patient_candidate", "patients_for", "people_like"]

_LOOKED_AT = 400
_LEAST = 30
_FAMILY = {
    Likeness.SAME: (32, "Family name the same"),
    Likeness.PART: (26, "Part of the double family name the same"),
    Likeness.NEAR: (18, "Family name spelled nearly the same"),
}
_GIVEN = {
    Likeness.SAME: (20, "first name the same"),
    Likeness.SHORT_FORM: (16, "first name a short form"),
    Likeness.INITIAL: (10, "first initial the same"),
    Likeness.PART: (12, "first and middle name exchanged"),
    Likeness.NEAR: (10, "first name spelled nearly the same"),
}


def patients_for(prescription: Prescription, text: str = "") -> list[Candidate]:
    """People on record, best first, weighed against the patient as received. With `text`, those it finds instead.

    `text` is what somebody types: the beginning of names, a phone number, or a birth date (YYYY-MM-DD).
    """
    said = prescription.received.get("patient") or {}
    if not text.strip():
        return people_like(said)
    return ranked([_weighed(said, row) for row in _typed(text)[:_LOOKED_AT]], least=-200)


def people_like(said: dict[str, Any], rows: Iterable[Patient] | None = None) -> list[Candidate]:
    """People on record, best first, weighed against somebody as received: a `ReceivedPatient` as plain values.

    With `rows` these people, however little they are alike.
    """
    if rows is not None:
        return ranked([_weighed(said, row) for row in rows], least=-200)
    return ranked([_weighed(said, row) for row in _likely(said)[:_LOOKED_AT]], least=_LEAST)


def patient_candidate(prescription: Prescription, row: Patient) -> Candidate:
    """One person weighed against the patient as received."""
    return _weighed(prescription.received.get("patient") or {}, row)


def _typed(text: str) -> Any:
    try:
        return find("", birth_date=date.fromisoformat(text.strip()))
    except ValueError:
        return find(text.strip())


def _likely(said: dict[str, Any]) -> Any:
    """Those with the birth date or one near it, a family name that begins or ends alike, or the phone number."""
    wanted = Q()
    born = _day(said.get("birth_date"))
    if born:
        wanted |= Q(birth_date__in=[born, *near_dates(born)])
    for word in parts(said.get("family_name", "")):
        wanted |= Q(family_name__icontains=word) | Q(family_name__istartswith=word[:3])
        wanted |= Q(family_name__iendswith=word[-3:])  # O'Brien for OBrien
    phone = _digits(said.get("phone", ""))
    if len(phone) == 10:
        wanted |= Q(phone__endswith=phone[-4:])
    return Patient.objects.filter(wanted) if wanted else Patient.objects.none()


def _weighed(said: dict[str, Any], row: Patient) -> Candidate:
    points = Points()
    is_named = _compare_names(points, said, row)
    is_born = _compare_birth(points, _day(said.get("birth_date")), row.birth_date)
    _compare_sex(points, said.get("sex", ""), row.sex)
    _compare_contact(points, said, row)
    return Candidate(
        key=str(row.pk),
        name=str(row),
        facts=tuple(_facts(row)),
        score=points.score,
        reasons=tuple(points.reasons),
        warnings=tuple(points.warnings),
        is_exact=is_named and is_born and not points.warnings,
    )


def _facts(row: Patient) -> Iterator[str]:
    yield f"born {row.birth_date:%Y-%m-%d}" if row.birth_date else "birth date not known"
    yield row.get_sex_display().lower() if row.sex else "sex not known"  # type: ignore[attr-defined]
    yield from filter(None, [row.phone, row.address])


def _compare_names(points: Points, said: dict[str, Any], row: Patient) -> bool:
    family, given = said.get("family_name", ""), said.get("given_names", "")
    by_family, by_given = family_likeness(family, row.family_name), given_likeness(given, row.given_names)
    if by_family is Likeness.OTHER and family_likeness(family, row.given_names) > Likeness.PART:
        points.agrees(25, "Family and first name exchanged")
        points.differs(0, f"Names are the other way round: {row}.")
        return False
    for likeness, table, received, recorded in (
        (by_family, _FAMILY, family, row.family_name), (by_given, _GIVEN, given, row.given_names),
    ):  # fmt: skip
        if likeness in table:
            score, text = table[likeness]
            detail = "" if likeness is Likeness.SAME else f" ({received} / {recorded})"
            points.agrees(score, text + detail)
    if family and by_family is Likeness.OTHER:
        points.differs(12, f"Family name differs: received {family}, on record {row.family_name}.")
    if given and by_given is Likeness.OTHER:
        points.differs(10, f"First name differs: received {given}, on record {row.given_names or 'none'}.")
    _compare_rest(points, said, row)
    return by_family is Likeness.SAME and by_given is Likeness.SAME


def _compare_rest(points: Points, said: dict[str, Any], row: Patient) -> None:
    """Suffix and middle name: what tells father from son, and twins apart."""
    received = said.get("suffix") or suffix_of(f"x {said.get('family_name', '')} {said.get('given_names', '')}")
    received = suffix_of(f"x {received}") or received
    recorded = suffix_of(f"{row.family_name} {row.given_names}")
    if received != recorded:
        points.differs(6, f"Suffix differs: received {received or 'none'}, on record {recorded or 'none'}.")
    middle, other = (next(iter(parts(n)[1:2]), "") for n in (said.get("given_names", ""), row.given_names))
    if middle and other and middle[0] != other[0]:
        points.differs(6, f"Middle name differs: received {middle.title()}, on record {other.title()}.")


def _compare_birth(points: Points, received: date | None, recorded: date | None) -> bool:
    if received is None or recorded is None:
        whose = "The message gives no birth date" if received is None else "No birth date on record"
        points.differs(0, f"{whose}: ask for it.")
    elif received == recorded:
        points.agrees(35, "birth date the same")
        return True
    elif how := near_dates(received).get(recorded):
        points.differs(-20, f"Birth date differs ({how}): received {received}, on record {recorded}.")
    else:
        points.differs(15, f"Birth date differs: received {received}, on record {recorded}.")
    return False


def _compare_sex(points: Points, received: str, recorded: str) -> None:
    if received and recorded and received != recorded:
        points.differs(20, f"Sex differs: received {received}, on record {recorded}.")


def _compare_contact(points: Points, said: dict[str, Any], row: Patient) -> None:
    phone, own = _digits(said.get("phone", "")), _digits(row.phone)
    if phone and phone == own:
        points.agrees(8, "phone the same")
    place = said.get("address") or {}
    written = " ".join([*place.get("lines", ()), place.get("city", ""), place.get("postal_code", "")]).strip()
    if written and row.address and token_set_ratio(written.lower(), row.address.lower()) >= 85:
        points.agrees(5, "address the same")


def near_dates(day: date) -> dict[date, str]:
    """Dates that one slip makes of `day`: day and month exchanged, two digits exchanged, one digit wrong.

    >>> near_dates(date(1961, 3, 4))[date(1961, 4, 3)]
    'day and month exchanged'
    """
    text = day.isoformat().replace("-", "")
    slips = [(text[:4] + text[6:] + text[4:6], "day and month exchanged")]
    slips += [(text[:i] + text[i + 1] + text[i] + text[i + 2 :], "two digits exchanged") for i in range(7)]
    slips += [(text[:i] + digit + text[i + 1 :], "one digit off") for i in range(1, 8) for digit in "0123456789"]
    found: dict[date, str] = {}
    for slip, how in slips:
        other = _day(f"{slip[:4]}-{slip[4:6]}-{slip[6:]}")
        if other and other != day:
            found.setdefault(other, how)
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)[-10:]

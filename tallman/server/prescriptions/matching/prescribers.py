"""Which prescriber on record a received prescription may come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from rapidfuzz.fuzz import token_set_ratio

from tallman.core.codes import CodeError, dea, npi
from tallman.server.prescriptions.matching.candidate import Candidate, Points, ranked
from tallman.server.prescriptions.matching.names import Likeness, family_likeness, given_likeness, parts
from tallman.server.prescriptions.models import Prescriber, Prescription

__all__ = ["prescriber_candidate", "prescriber_doubts", "prescribers_called", "prescribers_for"]

_LOOKED_AT = 400
_LEAST = 1


def prescribers_for(prescription: Prescription, text: str = "") -> list[Candidate]:
    """Prescribers on record, best first, weighed against the one received. With `text`, those it finds instead.

    `text` is the beginning of names, of the practice, or an NPI or DEA number.
    """
    said = prescription.received.get("prescriber") or {}
    rows = prescribers_called(text.strip()) if text.strip() else _likely(said)
    found = [_weighed(said, row) for row in rows[:_LOOKED_AT]]
    return ranked(found, least=-200 if text.strip() else _LEAST)


def prescriber_candidate(prescription: Prescription, row: Prescriber) -> Candidate:
    """One prescriber weighed against the one received."""
    return _weighed(prescription.received.get("prescriber") or {}, row)


def prescriber_doubts(prescription: Prescription) -> list[str]:
    """What is wrong with the prescriber's numbers as received, whoever it is."""
    said = prescription.received.get("prescriber") or {}
    found = []
    if said.get("npi"):
        found += [f"NPI {said['npi']}: {e}." for e in _faults(npi.parse, said["npi"])]
    if said.get("dea"):
        faults = _faults(dea.parse, said["dea"])
        found += [f"DEA {said['dea']}: {e}." for e in faults]
        family = said.get("family_name", "")
        if not faults and family and not dea.parse(said["dea"]).fits_name(family):
            letter = dea.parse(said["dea"]).initial
            found.append(f"DEA {said['dea']} is of somebody whose name begins with {letter}, not of {family}.")
    return found


def _faults(parse: Any, text: str) -> list[str]:
    try:
        parse(text)
    except CodeError as error:
        return [str(error)]
    return []


def prescribers_called(text: str) -> QuerySet[Prescriber]:
    """Those whose names, NPI or DEA number begin as typed, or in whose practice it stands. Every word must fit."""
    found = Prescriber.objects.all()
    for word in text.replace(",", " ").split():
        found = found.filter(
            Q(family_name__istartswith=word)
            | Q(given_names__istartswith=word)
            | Q(practice__icontains=word)
            | Q(npi__startswith=word)
            | Q(dea__istartswith=word)
        )
    return found


def _likely(said: dict[str, Any]) -> Any:
    wanted = Q()
    for name in ("npi", "dea"):
        if said.get(name):
            wanted |= Q(**{f"{name}__iexact": said[name]})
    for word in parts(said.get("family_name", "")):
        wanted |= Q(family_name__icontains=word) | Q(family_name__istartswith=word[:3])
        wanted |= Q(family_name__iendswith=word[-3:])
    return Prescriber.objects.filter(wanted) if wanted else Prescriber.objects.none()


def _weighed(said: dict[str, Any], row: Prescriber) -> Candidate:
    points = Points()
    same_npi = _compare_npi(points, said.get("npi", ""), row.npi)
    is_named = _compare_names(points, said, row, same_npi)
    if said.get("dea") and row.dea:
        if _number(said["dea"]) == _number(row.dea):
            points.agrees(12, "DEA number the same")
        else:
            points.differs(8, f"DEA number differs: received {said['dea']}, on record {row.dea}.")
    if said.get("practice") and row.practice:
        if token_set_ratio(said["practice"].lower(), row.practice.lower()) >= 85:
            points.agrees(10, "practice the same")
    if said.get("phone") and _digits(said["phone"]) == _digits(row.phone):
        points.agrees(6, "phone the same")
    return Candidate(
        key=str(row.pk),
        name=str(row),
        facts=tuple(_facts(row)),
        score=points.score,
        reasons=tuple(points.reasons),
        warnings=tuple(points.warnings),
        is_exact=same_npi and is_named and not points.warnings,
    )


def _facts(row: Prescriber) -> Iterator[str]:
    if row.kind:
        yield row.get_kind_display().lower()
    yield f"NPI {row.npi}" if row.npi else "no NPI on record"
    if row.dea:
        yield f"DEA {row.dea}"
    yield from filter(None, [row.practice, row.phone])


def _compare_npi(points: Points, received: str, recorded: str) -> bool:
    if received and received == recorded:
        points.agrees(50, "NPI the same")
        return True
    if received and recorded:
        points.differs(25, f"NPI differs: received {received}, on record {recorded}.")
    return False


def _compare_names(points: Points, said: dict[str, Any], row: Prescriber, same_npi: bool) -> bool:
    family = family_likeness(said.get("family_name", ""), row.family_name)
    given = given_likeness(said.get("given_names", ""), row.given_names)
    if family is Likeness.OTHER:
        points.score -= 20
        if same_npi:
            received = said.get("family_name") or "no name"
            points.differs(0, f"Same NPI, another name: received {received}, on record {row}.")
        return False
    scores = {Likeness.SAME: 25, Likeness.PART: 20, Likeness.NEAR: 14}
    words = {Likeness.SAME: "the same", Likeness.PART: "in part the same", Likeness.NEAR: "nearly the same"}
    points.agrees(scores[family], f"family name {words[family]}")
    if given is not Likeness.OTHER:
        points.agrees(10, f"first name {'the same' if given is Likeness.SAME else 'fits'}")
    elif said.get("given_names") and row.given_names:
        points.differs(10, f"First name differs: received {said['given_names']}, on record {row.given_names}.")
    return family is Likeness.SAME


def _number(text: str) -> str:
    """A DEA number without a hospital's internal code."""
    return text.upper().partition("-")[0]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())[-10:]

"""What a message tells of a stay, done: somebody comes, moves, leaves, or all of that was a mistake.

Messages come in any order and more than once. What happened later holds, and what is older only fills what is blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.core.reconciliation.encounter import EncounterKind as Kind
from tallman.server.audit.actions import Author, record
from tallman.server.exchange.facts import record_facts
from tallman.server.exchange.knowing import know_numbers
from tallman.server.exchange.models import Message, Movement
from tallman.server.exchange.stay_lists import keep_lists
from tallman.server.exchange.stays import Visit, blanks, facts_of, stay_of, stay_of_patient, visit_of
from tallman.server.exchange.whose import contradicts, known, numbers_of, person_of, whose
from tallman.server.patients.actions import add_patient
from tallman.server.patients.models import Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.models import Encounter

__all__ = ["move"]

_IS_THERE = (Kind.ADMITTED, Kind.TRANSFERRED)
_COMES = (*_IS_THERE, Kind.UPDATED)


@dataclass(frozen=True, slots=True)
class _News:
    """An event with its moments: when it happened, and when it was entered, neither later than it arrived."""

    event: EncounterEvent
    at: datetime
    recorded_at: datetime
    by: Author


@transaction.atomic
def move(*, message: Message, event: EncounterEvent, by: Author) -> str:
    """Do what the event says: the patient found or added, the stay begun, changed or ended, the chart filled.

    Returns the reason why nothing was done (a code of `reasons`), empty when all of it was.
    """
    if event.kind is Kind.MERGED:
        return "merge"
    visit = visit_of(event, message)
    stay = stay_of(visit)
    patient, reason = _patient(event, message, stay, by)
    if reason or patient is None:
        return reason
    news = _News(event, *_moments(event, message.received_at), by)
    if not event.is_about_person_only:
        stay = stay or stay_of_patient(visit, patient, _began(news))
        if reason := _refusal(news, stay, visit):
            return reason
        stay = _moved(news, stay, patient, visit, message)
    know_numbers(patient=patient, numbers=numbers_of(event, message), message=message, by=by)
    record_facts(patient, event, by)
    data = {"kind": event.kind, "stay": stay.pk if stay else None, "visit": visit.number}
    record(action="exchange.move", by=by, subject=message, patient=patient, data=data)
    return ""


def _patient(event: EncounterEvent, message: Message, stay: Encounter | None, by: Author) -> tuple[Patient | None, str]:
    """The patient of a known stay, else the one who is meant, else a new chart; or the reason why not."""
    if stay is not None:
        others = {n.patient for n in known(event, message)} - {stay.patient}
        is_other = bool(others) or contradicts(event.patient, stay.patient)
        if message.patient is not None:
            is_other = message.patient != stay.patient
        return (None, "stay-of-another") if is_other else (stay.patient, "")
    found = whose(event, message)
    if found.patient or found.reason or event.is_about_person_only:
        return found.patient, found.reason
    return add_patient(person=person_of(event.patient), by=by), ""


def _moments(event: EncounterEvent, arrived: datetime) -> tuple[datetime, datetime]:
    """When it happened and when it was entered. A clock that runs ahead must not shut out what comes later."""
    recorded = min(event.recorded_at or arrived, arrived)
    return min(event.when or recorded, arrived), recorded


def _began(news: _News) -> datetime | None:
    """When the stay began, as far as the event says; None for one that ends or takes back."""
    return (news.event.admitted_at or news.at) if news.event.kind in _COMES else None


def _refusal(news: _News, stay: Encounter | None, visit: Visit) -> str:
    """Why a person has to look at it first; empty when nobody has."""
    kind = news.event.kind
    if stay is None:
        return "" if visit.number or kind in _COMES else "which-stay"
    if stay.status == "cancelled" and kind in (*_IS_THERE, Kind.DISCHARGED):
        return "stay-cancelled" if _is_latest(news, stay, Kind.CANCELLED) else ""
    if stay.status != "cancelled" and kind is Kind.CANCELLED:
        return "" if _is_latest(news, stay, *_IS_THERE) else "stay-goes-on"
    if stay.status == "finished" and kind in _IS_THERE:
        has_left = stay.discharged_at is not None and news.at > stay.discharged_at
        return "stay-finished" if has_left and _is_latest(news, stay, Kind.DISCHARGED) else ""
    return ""


def _is_latest(news: _News, stay: Encounter, *kinds: Kind) -> bool:
    """Whether it was entered after everything of these kinds that is known of the stay."""
    last = stay.movements.filter(kind__in=kinds).order_by("recorded_at", "at").last()
    return last is None or (news.recorded_at, news.at) > (last.recorded_at, last.at)


def _moved(news: _News, stay: Encounter | None, patient: Patient, visit: Visit, message: Message) -> Encounter:
    is_news = True
    if stay is None:
        stay = _begun(news, patient, visit)
    else:
        if visit.number and not stay.authority:
            # Begun by hand: from now on the hospital's messages find it by their number.
            stay.authority, stay.visit_number = visit.authority, visit.number
            stay.save(update_fields=["authority", "visit_number"])
        is_news = _changed(news, stay)
    left = keep_lists(message, stay, news.by)
    Movement.objects.update_or_create(
        message=message, encounter=stay,
        defaults={
            "kind": news.event.kind, "at": news.at, "recorded_at": news.recorded_at, "is_news": is_news,
            "warnings": [*map(str, news.event.warnings), *([left] if left else [])],
        },
    )  # fmt: skip
    return stay


def _begun(news: _News, patient: Patient, visit: Visit) -> Encounter:
    """A stay of which nothing was known begins, whatever the first message of it says."""
    event = news.event
    at = min(event.admitted_at or news.at, news.at)
    stay = actions.admit(
        patient=patient, by=news.by, at=at, visit_number=visit.number, authority=visit.authority, facts=facts_of(event)
    )
    if news.at > at:
        stay = actions.update(encounter=stay, at=news.at, facts={}, by=news.by)
    if _ends(news):
        return actions.discharge(encounter=stay, at=max(event.discharged_at or news.at, at), by=news.by)
    if event.kind is Kind.CANCELLED:
        return actions.cancel(encounter=stay, at=news.at, by=news.by)
    return stay


def _changed(news: _News, stay: Encounter) -> bool:
    """Change a known stay; whether the event told anything that newer ones have not."""
    event, by = news.event, news.by
    if stay.status == "cancelled":
        return False
    if event.kind is Kind.CANCELLED:
        actions.cancel(encounter=stay, at=news.at, by=by)
        return True
    told = _told(news, stay)
    if event.kind is Kind.DISCHARGE_CANCELLED:
        if stay.status != "finished" or not _is_latest(news, stay, Kind.DISCHARGED):
            return told
        actions.cancel(encounter=stay, at=news.at, by=by, what="discharge")
        return True
    if not _ends(news) or not _is_latest(news, stay, Kind.DISCHARGE_CANCELLED, Kind.DISCHARGED):
        return told
    actions.discharge(encounter=stay, at=max(event.discharged_at or news.at, stay.admitted_at), by=by)
    return True


def _ends(news: _News) -> bool:
    """Whether the patient has left: a discharge, or an update that says when they did."""
    left = news.event.discharged_at
    return news.event.kind is Kind.DISCHARGED or (news.event.kind is Kind.UPDATED and bool(left and left <= news.at))


def _told(news: _News, stay: Encounter) -> bool:
    """Put the facts of the event on the stay: all when it is the newest, else those that are blank."""
    facts, is_newest = facts_of(news.event), news.at >= stay.heard_at
    if admitted_at := _admission(news, stay, is_newest):
        stay = actions.update(
            encounter=stay, at=max(news.at, stay.heard_at), facts={}, by=news.by, admitted_at=admitted_at
        )
    new = facts if is_newest else blanks(stay, facts)
    if is_newest and stay.unit and facts.get("unit", stay.unit) != stay.unit:
        actions.transfer(encounter=stay, at=news.at, facts=facts, by=news.by)
    elif new or is_newest:
        actions.update(encounter=stay, at=max(news.at, stay.heard_at), facts=new, by=news.by)
    return is_newest


def _admission(news: _News, stay: Encounter, is_newest: bool) -> datetime | None:
    """When the patient really came, where that is said and differs from what was believed.

    A stay that began here with a later message is taken to have begun then, until the admission itself comes.
    """
    event = news.event
    said = event.admitted_at or (news.at if event.kind is Kind.ADMITTED else None)
    if said is None or said == stay.admitted_at or said > (stay.discharged_at or news.at):
        return None
    return said if said < stay.admitted_at or (is_newest and event.admitted_at) else None

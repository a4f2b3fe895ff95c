"""The audit events of a prescription, told in the words of the work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from tallman.core.workflow import HOLD_REASONS
from tallman.server.audit.models import Event
from tallman.server.prescriptions.models import Concern, Prescription
from tallman.server.prescriptions.outcomes import OUTCOMES

__all__ = ["Moment", "moments", "timeline"]

_SAID = {
    "prescriptions.receive": "Received",
    "prescriptions.enter": "Entered",
    "prescriptions.correct": "Corrected",
    "prescriptions.add_prescriber": "Put on record",
    "prescriptions.correct_prescriber": "Record changed",
    "prescriptions.send_back": "Sent back to entry",
    "prescriptions.promise": "Promised",
    "prescriptions.rescreen": "Screened again",
    "prescriptions.decide": "Decided",
    "prescriptions.approve": "Approved",
    "prescriptions.raise_concern": "Concern raised",
    "prescriptions.answer_concern": "Concern answered",
    "prescriptions.hold": "Put on hold",
    "prescriptions.resume": "Taken off hold",
    "prescriptions.cancel": "Cancelled",
    "dispensing.scan": "Stopped at a wrong package",
    "dispensing.fill": "Filled",
    "dispensing.verify": "Verified",
    "dispensing.reject_fill": "Did not pass",
    "dispensing.shelve": "Shelved",
    "dispensing.hand_over": "Handed over",
    "dispensing.complete_owed": "The rest to be filled",
    "dispensing.return_to_stock": "Returned to stock",
}
_KINDS = dict(Concern.KINDS)
_NAMES = {
    "dea": "DEA number",
    "dea_schedules": "schedules covered",
    "dea_until": "DEA registration until",
    "licence": "state licence",
    "licence_state": "state of the licence",
    "npi": "NPI",
}
"""Fields whose name is not their name in words."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that was done: when, by whom, what, and the words that go with it."""

    at: datetime
    who: str
    what: str
    words: str
    changes: tuple[tuple[str, str, str], ...] = ()
    """Field, before, after."""


def timeline(row: Prescription) -> list[Moment]:
    """Everything that was done to a prescription and its fills, oldest first. Three queries."""
    fills = row.fills.values_list("pk", "hand_over")  # type: ignore[attr-defined]
    filled, given = zip(*fills, strict=True) if fills else ((), ())
    stopped = row.near_misses.values_list("scan", flat=True)  # type: ignore[attr-defined]
    found = Q(subject_type="prescriptions.prescription", subject_id=str(row.pk))
    for kind, keys in (("fill", filled), ("handover", given), ("scan", stopped)):
        found |= Q(subject_type=f"dispensing.{kind}", subject_id__in=[str(pk) for pk in keys if pk])
    return moments(Event.objects.filter(found).order_by("sequence"))


def moments(events: Iterable[Event]) -> list[Moment]:
    """Audit events in the words of the work."""
    return [_moment(e) for e in events]


def _moment(event: Event) -> Moment:
    data = event.data
    return Moment(event.at, event.actor_name, _what(event.action), _words(data), _changes(data))


def _what(action: str) -> str:
    return _SAID.get(action) or action.partition(".")[2].replace("_", " ").capitalize()


def _words(data: dict[str, Any]) -> str:
    """What was decided, asked or answered. Codes of a table in its words."""
    outcome, kind = OUTCOMES.get(str(data.get("outcome"))), _KINDS.get(str(data.get("kind")))
    reason = str(data.get("reason") or "")
    held = HOLD_REASONS.get(reason)
    said = [
        str(data.get("code") or ""),
        outcome.text if outcome else "",
        kind or "",
        held.text if held else reason,
        *(str(data.get(name) or "") for name in ("what", "why", "answer", "note", "priority")),
        str(data.get("fault") or "").replace("-", " "),
        f"bin {data['bin']}" if data.get("bin") else "",
        f"counselling {data['counselling']}" if data.get("counselling") else "",
        f"{len(data['not_checked'])} not checked" if data.get("not_checked") else "",
    ]
    return ". ".join(filter(None, said))


def _changes(data: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    changed = data.get("changed")
    if not isinstance(changed, dict):
        return ()
    return tuple((_NAMES.get(name) or name.replace("_", " "), *values) for name, values in changed.items())

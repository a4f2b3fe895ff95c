"""Reading the record."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tallman.server.audit.models import Event

__all__ = ["events", "history_of"]


def events(filters: dict[str, Any]) -> QuerySet[Event]:
    """Events, newest first. Filters: `action` (its beginning), `actor_name` (a part), `day`, `patient`."""
    found = Event.objects.order_by("-sequence")
    if filters.get("action"):
        found = found.filter(action__startswith=filters["action"])
    if filters.get("actor_name"):
        found = found.filter(actor_name__icontains=filters["actor_name"])
    if filters.get("day"):
        found = found.filter(at__date=filters["day"])
    if filters.get("patient"):
        found = found.filter(patient_id=filters["patient"])
    return found


def history_of(subject: Any) -> QuerySet[Event]:
    """Everything that was done to one row, oldest first."""
    return Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("sequence")

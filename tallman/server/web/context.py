"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tallman.server.web import clock
from tallman.server.web.knowledge_views import about
from tallman.server.web.navigation import destinations

__all__ = ["page"]


def page(request: HttpRequest) -> dict[str, Any]:
    """The person, the places they may go, the day, and how long until the screen locks."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return {
        "person": person,
        "destinations": destinations(person, request.path) if person else [],
        "today": clock.today(),
        "synthetic": settings.SYNTHETIC_MARKER.exists(),
        "about_knowledge": about,
        "idle_seconds": settings.IDLE_MINUTES * 60,
    }

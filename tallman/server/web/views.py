"""The start page and the health endpoint."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tallman.server.web.access import require_login
from tallman.server.web.navigation import destinations

__all__ = ["healthz", "home"]


@require_login
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first place this person may go."""
    places = destinations(request.user, "/")
    return redirect(places[0]["url"]) if places else render(request, "web/home.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})

"""Every area hangs its own complete paths at the root."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include(f"tallman.server.{area}.urls"))
    for area in settings.AREAS
    if find_spec(f"tallman.server.{area}.urls")
]

handler400 = "tallman.server.web.errors.bad_request"
handler403 = "tallman.server.web.errors.forbidden"
handler404 = "tallman.server.web.errors.not_found"
handler500 = "tallman.server.web.errors.server_error"

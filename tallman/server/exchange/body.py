"""The body of what another system sends."""

from __future__ import annotations

from django.http import HttpRequest

__all__ = ["body_of"]


def body_of(request: HttpRequest, most: int) -> bytes:
    """At most so many bytes of the body. One sent in chunks has no length, and Django would call it empty."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    stream = request.environ["wsgi.input"] if is_chunked else request  # type: ignore[attr-defined]
    return bytes(stream.read(most))

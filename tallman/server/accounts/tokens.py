"""Bearer tokens of machines: made, hashed and recognised."""

from __future__ import annotations

import hashlib
import secrets

from django.http import HttpRequest

__all__ = ["PREFIX", "bearer", "hashed", "new_token"]

PREFIX = "tlm_"


def new_token() -> str:
    """256 random bits behind a prefix that secret scanners can know."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """SHA-256, in hex: enough for 256 random bits, and quick at every call."""
    return hashlib.sha256(token.encode()).hexdigest()


def bearer(request: HttpRequest) -> str:
    """What stands behind `Authorization: Bearer`; empty when nothing does."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""

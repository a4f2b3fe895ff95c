"""Looking people and machines up."""

from __future__ import annotations

from django.http import HttpRequest

from tallman.server.accounts.models import ApiToken, User
from tallman.server.accounts.tokens import bearer, hashed

__all__ = ["authenticate_token", "person_named"]


def authenticate_token(request: HttpRequest) -> ApiToken | None:
    """The machine that calls, or None when the request bears no valid token. Writes nothing."""
    token = bearer(request)
    return ApiToken.objects.filter(token_hash=hashed(token), revoked_at=None).first() if token else None


def person_named(name: str) -> User | None:
    """The person with this username, else with these initials."""
    return User.objects.filter(username=name.lower()).first() or User.objects.filter(initials=name.upper()).first()

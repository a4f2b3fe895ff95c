"""Access for systems that sign their calls, beside machines that bear a token of this pharmacy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from tallman.interchange.cds_hooks.caller import Call, Refused, Trusted, looks_like_jwt, verify
from tallman.server.accounts import actions as accounts
from tallman.server.accounts.models import ApiToken
from tallman.server.accounts.queries import authenticate_token
from tallman.server.accounts.tokens import bearer
from tallman.server.cds_clients import actions, queries
from tallman.server.cds_clients.models import CdsClient
from tallman.server.web import clock

__all__ = ["Caller", "require_caller"]

Caller = ApiToken | CdsClient
View = Callable[..., HttpResponse]
_log = logging.getLogger("tallman.cds_clients")


def require_caller(view: View) -> View:
    """Open a view to whoever bears a valid token: one of this pharmacy, or a JWT signed by a registered system.

    The caller is set as `request.caller`; all others get 401. The body of a refused request is not read.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.caller = _caller(request)  # type: ignore[attr-defined]
        except Refused as refused:
            _log.warning("A call was refused (%s).", refused.code)
            return _refusal(refused)
        return view(request, *args, **kwargs)

    guarded.required_token = True  # type: ignore[attr-defined]
    return guarded


def _caller(request: HttpRequest) -> Caller:
    """Who calls. Raises Refused."""
    if looks_like_jwt(bearer(request)):
        return _signed(request)
    token = authenticate_token(request)
    if token is None:
        raise Refused("token", "A valid bearer token is needed: a JWT of a registered system, or a token made here.")
    accounts.note_use(token=token)
    return token


def _signed(request: HttpRequest) -> CdsClient:
    client: CdsClient | None = None

    def find(issuer: str) -> Trusted | None:
        nonlocal client
        client = CdsClient.objects.filter(issuer=issuer, ended_at=None).first()
        return queries.trusted(client) if client else None

    call: Call = verify(bearer(request), find, _addresses(request), clock.now())
    assert client is not None, "verify raises where nobody is found"
    if not actions.admit(client=client, call=call):
        raise Refused("jti", "A call with this id (jti) came before: sign a new token for each call.")
    return client


def _addresses(request: HttpRequest) -> list[str]:
    """What the token may name as its audience: the address that was called; for feedback also the service's own."""
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    called = f"{base}{request.path}"
    return list(dict.fromkeys([called, called.removesuffix("/feedback")]))


def _refusal(refused: Refused) -> HttpResponse:
    """401 as RFC 6750 has it. A description may hold neither quotes nor backslashes."""
    challenge = 'Bearer realm="tallman"'
    if refused.code != "token":
        challenge += f', error="invalid_token", error_description="{refused}"'
    return JsonResponse({"error": str(refused)}, status=401, headers={"WWW-Authenticate": challenge})

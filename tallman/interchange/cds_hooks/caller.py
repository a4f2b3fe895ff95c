"""Who calls: the caller's JSON Web Token, checked (CDS Hooks 2.0, Trusting CDS Clients).

Everything but the last step is here: that a token is used once only needs a memory, which the server has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from jwt import PyJWK
from jwt.api_jws import PyJWS
from jwt.exceptions import PyJWTError

from tallman.interchange.cds_hooks.keys import ALGORITHMS, PublicKey

__all__ = ["LEEWAY", "LONGEST", "Call", "Refused", "Trusted", "looks_like_jwt", "verify"]

LEEWAY = timedelta(minutes=1)
"""How far two clocks may be apart."""
LONGEST = timedelta(days=1)
"""How far off its end may be. A token is remembered until then, so that nothing is accepted twice."""
_LONGEST_TEXT = 8192


class Refused(Exception):
    """The token is not accepted. `code` says why for the record, the message for whoever set the caller up; neither
    repeats anything of the token."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Trusted:
    """What is known here of one issuer: its keys, the addresses it may name for them, and its tenant if it has one."""

    keys: tuple[PublicKey, ...]
    key_addresses: frozenset[str] = frozenset()
    tenant: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """What a sound token says: who issued it, which key signed it, its own id, and when it ends."""

    issuer: str
    kid: str
    id: str
    expires: datetime


class _Header(msgspec.Struct):
    alg: str
    kid: str
    typ: str
    jku: str | None = None
    crit: msgspec.UnsetType | msgspec.Raw = msgspec.UNSET


class _Claims(msgspec.Struct):
    iss: str
    aud: str | list[str]
    exp: int | float
    iat: int | float
    jti: str
    tenant: str = ""


def looks_like_jwt(token: str) -> bool:
    """Whether this is meant as a JWT: three parts with dots between them."""
    return token.count(".") == 2


def verify(token: str, find: Callable[[str], Trusted | None], endpoints: Sequence[str], now: datetime) -> Call:
    """Check a token that was sent to one of `endpoints`; `find` gives what is known of an issuer, None for nothing.

    Raises Refused. Order: what is written there, who says so, with which key, then what it allows.
    """
    header, claims = _read(token)
    trusted = find(claims.iss)
    if trusted is None:
        raise Refused("iss", "The issuer (iss) is not registered here, or is switched off.")
    if header.jku is not None and header.jku not in trusted.key_addresses:
        raise Refused("jku", "The address of the keys (jku) is not the one that is registered.")
    _check_signature(token, header, trusted.keys)
    _check_claims(claims, trusted, endpoints, now)
    return Call(claims.iss, header.kid, claims.jti, now + timedelta(seconds=claims.exp - now.timestamp()))


def _read(token: str) -> tuple[_Header, _Claims]:
    """The two parts, not yet trusted."""
    if len(token) > _LONGEST_TEXT:
        raise Refused("size", "The token is longer than any of its kind.")
    try:
        parts: dict[str, Any] = PyJWS().decode_complete(token, options={"verify_signature": False})
        header = msgspec.convert(parts["header"], _Header)
        claims = msgspec.json.decode(parts["payload"], type=_Claims)
    except msgspec.ValidationError as error:
        raise Refused("form", f"The token is not as CDS Hooks has it: {_what(error)}") from None
    except (PyJWTError, msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused("form", "This is no JSON Web Token.") from None
    if header.alg not in ALGORITHMS:
        raise Refused("alg", f"The algorithm (alg) is not taken: sign with one of {', '.join(ALGORITHMS)}.")
    if header.typ.upper() != "JWT" or header.crit is not msgspec.UNSET:
        raise Refused("typ", "The header must say typ JWT, and nothing that is critical beyond it.")
    return header, claims


def _what(error: msgspec.ValidationError) -> str:
    """Which field; msgspec's words name fields and types, never what stood there."""
    return str(error).replace("`", "").replace("Object missing required field", "it lacks") + "."


def _check_signature(token: str, header: _Header, keys: tuple[PublicKey, ...]) -> None:
    key = next((k for k in keys if k.kid == header.kid), None)
    if key is None:
        raise Refused("kid", "The issuer has no key of this name (kid) here. Has it been rolled? Enter the new keys.")
    if header.alg not in key.algorithms:
        raise Refused("alg", f"The key (kid) is not for this algorithm (alg) but for {', '.join(key.algorithms)}.")
    try:
        signing = PyJWK(msgspec.json.decode(key.jwk), algorithm=header.alg)
        PyJWS().decode_complete(token, signing, algorithms=[header.alg])
    except PyJWTError:
        raise Refused("signature", "The signature does not fit the key.") from None


def _check_claims(claims: _Claims, trusted: Trusted, endpoints: Sequence[str], now: datetime) -> None:
    at, leeway = now.timestamp(), LEEWAY.total_seconds()
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if not set(audience) & set(endpoints):
        raise Refused("aud", f"The token is for another address (aud): this one is {endpoints[0]}.")
    if claims.exp <= at - leeway:
        raise Refused("exp", "The token has expired (exp): sign a new one for each call.")
    if claims.exp > at + LONGEST.total_seconds():
        raise Refused("exp", "The token holds for longer than a day (exp): a few minutes are enough.")
    if claims.iat > at + leeway:
        raise Refused("iat", "The token was issued in the future (iat): look at the clocks.")
    if not 0 < len(claims.jti) <= 500:
        raise Refused("jti", "The token has no id (jti), which makes it good for one call.")
    if trusted.tenant and claims.tenant != trusted.tenant:
        raise Refused("tenant", "The tenant is not the one that is registered for this issuer.")

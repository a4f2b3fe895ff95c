"""Public keys of the systems that may ask (RFC 7517): read once, when somebody enters them, and never fetched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
from jwt import PyJWK
from jwt.exceptions import PyJWTError

__all__ = ["ALGORITHMS", "PublicKey", "UnusableKeys", "read_keys"]

_RSA = ("RS384", "RS512", "PS384", "PS512")
_ON_CURVE = {"P-384": ("ES384",), "P-521": ("ES512",)}
ALGORITHMS = (*_RSA, "ES384", "ES512")
"""A call is signed as the specification recommends (RS384, ES384) or stronger; no shared secret, never none."""
_PUBLIC = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_SHORTEST_RSA = 2048
"""Bits (RFC 7518, section 3.3)."""


class UnusableKeys(Exception):
    """No key can be taken from the text; the message says why, for the person who entered it."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key: its name in the set, the algorithms it may have signed with, its public members as JSON, and its
    thumbprint (RFC 7638: SHA-256, in hex)."""

    kid: str
    algorithms: tuple[str, ...]
    jwk: str
    thumbprint: str


def read_keys(text: str) -> tuple[PublicKey, ...]:
    """The signing keys of a JWK set, or of a single JWK.

    Keys for encryption, and of algorithms that are not taken here, are left out. Raises UnusableKeys where a private
    key or a shared secret is among them, a name is missing or stands twice, a key is weak or broken, or none is left.
    """
    entries = _entries(text)
    if any(member in entry for entry in entries for member in _PRIVATE):
        raise UnusableKeys("There is a private key among these, which only its owner may have: send the public ones.")
    keys = tuple(key for entry in entries if (key := _key(entry)) is not None)
    if not keys:
        raise UnusableKeys(f"There is no key for signing here. Taken are keys for {', '.join(ALGORITHMS)}.")
    if len({key.kid for key in keys}) < len(keys):
        raise UnusableKeys("Two keys have the same kid: each needs its own.")
    return keys


def _entries(text: str) -> list[dict[str, Any]]:
    try:
        content = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise UnusableKeys("This is not JSON: paste the whole JWK set, from the first brace to the last.") from None
    entries = content.get("keys", [content]) if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UnusableKeys("This is no JWK set: it begins with {“keys”: [ and holds the public keys.")
    return entries


def _key(entry: dict[str, Any]) -> PublicKey | None:
    """The key of one entry. None where it is for something else."""
    fitting = _RSA if entry.get("kty") == "RSA" else _ON_CURVE.get(str(entry.get("crv")), ())
    algorithms = tuple(a for a in fitting if entry.get("alg", a) == a)
    if entry.get("kty") not in _PUBLIC or entry.get("use", "sig") != "sig" or not algorithms:
        return None
    kid = entry.get("kid")
    if not isinstance(kid, str) or not kid or len(kid) > 200:
        raise UnusableKeys("A key has no kid, the name by which a call says which key it was signed with.")
    members = {name: entry.get(name) for name in _PUBLIC[entry["kty"]]}
    try:
        bits = PyJWK(members, algorithm=algorithms[0]).key.key_size
    except (PyJWTError, ValueError, TypeError):
        raise UnusableKeys(f"The key {kid} is broken: something of it is missing or not what it should be.") from None
    if entry["kty"] == "RSA" and bits < _SHORTEST_RSA:
        raise UnusableKeys(f"The key {kid} has {bits} bits: an RSA key needs {_SHORTEST_RSA} at least.")
    jwk = msgspec.json.encode(dict(sorted(members.items())))
    return PublicKey(kid, algorithms, jwk.decode(), hashlib.sha256(jwk).hexdigest())

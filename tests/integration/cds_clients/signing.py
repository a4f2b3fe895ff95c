"""A record system as its own maker would write it: private keys, their public set, and signed tokens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tallman.server.web import clock

__all__ = ["ISSUER", "SERVICE", "claims", "key_set", "private", "public", "signed"]

ISSUER = "https://ehr.example.org/"
SERVICE = "/cds-services/tallman-order-sign"
HOST = "http://testserver"
_CURVES = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1, "ES512": ec.SECP521R1}


@cache
def private(kid: str, algorithm: str = "ES384", bits: int = 2048) -> Any:
    """The private key of a name; the same one when asked again."""
    if algorithm in _CURVES:
        return ec.generate_private_key(_CURVES[algorithm]())
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def public(kid: str, algorithm: str = "ES384", **more: Any) -> dict[str, Any]:
    """The public key of a name as a JWK."""
    maker = ECAlgorithm if algorithm in _CURVES else RSAAlgorithm
    jwk = json.loads(maker.to_jwk(private(kid, algorithm).public_key()))
    return {"kty": jwk["kty"], **jwk, "kid": kid, "use": "sig", "alg": algorithm, "key_ops": ["verify"], **more}


def key_set(*keys: Mapping[str, Any]) -> str:
    """The text that its owner hands over."""
    return json.dumps({"keys": list(keys)})


def claims(now: datetime | None = None, **other: Any) -> dict[str, Any]:
    """What a sound token says; None takes a claim out."""
    at = now or clock.now()
    sound = {
        "iss": ISSUER,
        "aud": HOST + SERVICE,
        "iat": int(at.timestamp()),
        "exp": int((at + timedelta(minutes=5)).timestamp()),
        "jti": str(uuid4()),
    }
    return {name: value for name, value in (sound | other).items() if value is not None}


def signed(said: dict[str, Any], kid: str = "one", algorithm: str = "ES384", key: Any = None, **header: Any) -> str:
    """A token with these claims."""
    return jwt.encode(said, key or private(kid, algorithm), algorithm, {"kid": kid, **header})

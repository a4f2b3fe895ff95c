"""Looking systems up, for the page and for a call."""

from __future__ import annotations

from django.db.models import QuerySet

from tallman.interchange.cds_hooks.caller import Trusted
from tallman.interchange.cds_hooks.keys import PublicKey
from tallman.server.cds_clients.models import CdsClient

__all__ = ["clients", "may_call_from", "trusted"]


def clients() -> QuerySet[CdsClient]:
    """Every system, with its keys."""
    return CdsClient.objects.prefetch_related("keys")


def trusted(client: CdsClient) -> Trusted:
    """What a call of this system is held against."""
    keys = tuple(
        PublicKey(key.kid, tuple(key.algorithms.split()), key.jwk, key.thumbprint)
        for key in client.keys.filter(retired_at=None)
    )
    return Trusted(keys, frozenset([client.key_address] if client.key_address else []), client.tenant)


def may_call_from(origin: str) -> bool:
    """Whether pages of this origin may call: one of the systems that are switched on has named it."""
    named = CdsClient.objects.filter(ended_at=None).exclude(origins="").values_list("origins", flat=True)
    return any(origin in origins.split() for origins in named)

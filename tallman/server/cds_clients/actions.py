"""What is done to the systems that may ask, each with its audit event."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from tallman.interchange.cds_hooks.caller import LEEWAY, Call
from tallman.interchange.cds_hooks.keys import PublicKey
from tallman.server.audit.actions import Author, record
from tallman.server.cds_clients.models import CdsClient, CdsKey, UsedCall
from tallman.server.web import clock

__all__ = ["admit", "change", "register", "replace_keys", "switch"]


@transaction.atomic
def register(
    *, name: str, issuer: str, keys: Sequence[PublicKey], by: Author, tenant: str = "", key_address: str = "",
    origins: str = "",
) -> CdsClient:  # fmt: skip
    """A new system that may ask. ValidationError when its name or its issuer is taken."""
    client = CdsClient(name=name, issuer=issuer, tenant=tenant, key_address=key_address, origins=origins)
    client.full_clean()
    client.save()
    _add(client, keys)
    told = {"name": name, "issuer": issuer, "keys": _named(keys)}
    record(action="cds_clients.register", by=by, subject=client, data=told)
    return client


@transaction.atomic
def change(*, client: CdsClient, name: str, tenant: str, key_address: str, origins: str, by: Author) -> CdsClient:
    """Change what is known of a system beside its issuer and its keys."""
    row = _locked(client)
    row.name, row.tenant, row.key_address, row.origins = name, tenant, key_address, origins
    row.full_clean()
    row.save()
    told = {"name": name, "tenant": tenant, "key_address": key_address, "origins": origins.split()}
    record(action="cds_clients.change", by=by, subject=row, data=told)
    return row


@transaction.atomic
def replace_keys(*, client: CdsClient, keys: Sequence[PublicKey], by: Author) -> None:
    """From now on these are a system's keys; those that are not among them open nothing any more."""
    row = _locked(client)
    named = {(key.kid, key.thumbprint) for key in keys}
    held = {(key.kid, key.thumbprint): key for key in row.keys.filter(retired_at=None)}
    gone = [key for told, key in held.items() if told not in named]
    new = [key for key in keys if (key.kid, key.thumbprint) not in held]
    CdsKey.objects.filter(pk__in=[key.pk for key in gone]).update(retired_at=clock.now())
    _add(row, new)
    changed = {"added": _named(new), "retired": [key.kid for key in gone], "kept": len(keys) - len(new)}
    record(action="cds_clients.replace_keys", by=by, subject=row, data=changed)


@transaction.atomic
def switch(*, client: CdsClient, on: bool, by: Author) -> CdsClient:
    """Switch a system off, so that its calls are refused, or on again. ValidationError where it is so already."""
    row = _locked(client)
    if on == (row.ended_at is None):
        raise ValidationError(f"{row.name} is switched {'on' if on else 'off'} already.")
    row.ended_at = None if on else clock.now()
    row.save(update_fields=["ended_at"])
    record(action="cds_clients.switch", by=by, subject=row, data={"on": on})
    return row


@transaction.atomic
def admit(*, client: CdsClient, call: Call) -> bool:
    """Let a call in once: False, and an event, where it came before, since somebody may have overheard it.

    What a call that is let in does leaves its own events.
    """
    now = clock.now()
    UsedCall.objects.filter(forget_at__lt=now).delete()
    # The database decides who was first, so that of two calls at the same moment one is refused.
    _, is_new = UsedCall.objects.get_or_create(
        client=client,
        jti_sha256=hashlib.sha256(call.id.encode()).hexdigest(),
        defaults={"forget_at": call.expires + LEEWAY},
    )
    if not is_new:
        record(action="cds_clients.refuse_repeated", by=client, subject=client, data={"kid": call.kid})
    elif client.last_used_at is None or now - client.last_used_at > timedelta(minutes=1):
        CdsClient.objects.filter(pk=client.pk).update(last_used_at=now)
    return is_new


def _locked(client: CdsClient) -> CdsClient:
    return CdsClient.objects.select_for_update().get(pk=client.pk)


def _add(client: CdsClient, keys: Sequence[PublicKey]) -> None:
    for key in keys:
        row = CdsKey(
            client=client,
            kid=key.kid,
            jwk=key.jwk,
            algorithms=" ".join(key.algorithms),
            thumbprint=key.thumbprint,
        )
        row.full_clean()
        row.save()


def _named(keys: Sequence[PublicKey]) -> list[dict[str, str]]:
    return [{"kid": key.kid, "thumbprint": key.thumbprint} for key in keys]

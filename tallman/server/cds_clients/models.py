"""Systems that ask over CDS Hooks, their public keys, and the calls that may not come a second time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tallman.server.web import clock

__all__ = ["CdsClient", "CdsKey", "UsedCall"]


class CdsClient(models.Model):
    """A system that signs its calls. It is never deleted, only switched off: the record names it."""

    name = models.CharField(
        max_length=80, unique=True, error_messages={"unique": "A system has this name already: choose another."}
    )
    issuer = models.CharField(
        max_length=300, unique=True, error_messages={"unique": "This issuer is registered already."}
    )
    """What its tokens say they are issued by (`iss`)."""
    tenant = models.CharField(max_length=200, blank=True)
    """The organization its tokens must name; empty where that is left open."""
    key_address = models.CharField(max_length=300, blank=True)
    """The one address of keys (`jku`) its tokens may name. Nothing is fetched from it."""
    origins = models.TextField(blank=True)
    """The pages that may call from a browser, one origin a line."""
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(blank=True, null=True)
    ended_at = models.DateTimeField(blank=True, null=True)
    """Since when it is switched off."""

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def author_key(self) -> str:
        return f"cds-client:{self.pk}"

    @property
    def author_name(self) -> str:
        return self.name


class CdsKey(models.Model):
    """A public key of a system. One that has been rolled stays on record and opens nothing."""

    client = models.ForeignKey(CdsClient, models.PROTECT, related_name="keys")
    kid = models.CharField(max_length=200)
    jwk = models.TextField()
    """Its public members alone."""
    algorithms = models.CharField(max_length=60)
    """What it may have signed with, with spaces between."""
    thumbprint = models.CharField(max_length=64)
    """RFC 7638, SHA-256 in hex."""
    added_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(blank=True, null=True)

    class Meta:
        ordering = ["retired_at", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kid"], condition=Q(retired_at__isnull=True), name="cds_clients_one_key_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.kid


class UsedCall(models.Model):
    """The id of a call that was accepted (`jti`, hashed), kept until its token has ended."""

    client = models.ForeignKey(CdsClient, models.CASCADE, related_name="+")
    jti_sha256 = models.CharField(max_length=64)
    forget_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "jti_sha256"], name="cds_clients_each_call_once"),
        ]

    def __str__(self) -> str:
        return self.jti_sha256[:12]

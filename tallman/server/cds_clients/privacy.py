"""What the fields of this area tell about a patient: nothing. The keys are public ones."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]

FIELDS = {
    "CdsClient.id": Privacy.NONE,
    "CdsClient.name": Privacy.NONE,
    "CdsClient.issuer": Privacy.NONE,
    "CdsClient.tenant": Privacy.NONE,
    "CdsClient.key_address": Privacy.NONE,
    "CdsClient.origins": Privacy.NONE,
    "CdsClient.created_at": Privacy.NONE,
    "CdsClient.last_used_at": Privacy.NONE,
    "CdsClient.ended_at": Privacy.NONE,
    "CdsKey.id": Privacy.NONE,
    "CdsKey.client": Privacy.NONE,
    "CdsKey.kid": Privacy.NONE,
    "CdsKey.jwk": Privacy.NONE,
    "CdsKey.algorithms": Privacy.NONE,
    "CdsKey.thumbprint": Privacy.NONE,
    "CdsKey.added_at": Privacy.NONE,
    "CdsKey.retired_at": Privacy.NONE,
    "UsedCall.id": Privacy.NONE,
    "UsedCall.client": Privacy.NONE,
    "UsedCall.jti_sha256": Privacy.NONE,
    "UsedCall.forget_at": Privacy.NONE,
}

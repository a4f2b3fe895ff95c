"""What the fields of this area tell about a patient: nothing, but some are secrets."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]

FIELDS = {
    "User.id": Privacy.NONE,
    "User.password": Privacy.SECRET,
    "User.last_login": Privacy.NONE,
    "User.username": Privacy.NONE,
    "User.display_name": Privacy.NONE,
    "User.initials": Privacy.NONE,
    "User.role": Privacy.NONE,
    "User.license_number": Privacy.NONE,
    "User.is_active": Privacy.NONE,
    "User.created_at": Privacy.NONE,
    "ApiToken.id": Privacy.NONE,
    "ApiToken.name": Privacy.NONE,
    "ApiToken.token_hash": Privacy.SECRET,
    "ApiToken.created_at": Privacy.NONE,
    "ApiToken.last_used_at": Privacy.NONE,
    "ApiToken.revoked_at": Privacy.NONE,
}

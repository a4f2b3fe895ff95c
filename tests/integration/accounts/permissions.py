"""Who may open the accounts pages."""

from __future__ import annotations

from tests.integration.access import EVERYBODY, MANAGERS, Row

ROWS = {
    "accounts:login": Row(anonymous="open", methods=("GET", "POST")),
    "accounts:logout": Row(anonymous="open", methods=("POST",)),
    "accounts:switch": Row(anonymous="open", methods=("POST",)),
    "accounts:lock": Row(roles=EVERYBODY, methods=("GET", "POST")),
    "accounts:unlock": Row(roles=EVERYBODY, methods=("POST",)),
    "accounts:here": Row(roles=EVERYBODY, methods=("POST",)),
    "accounts:own-password": Row(roles=EVERYBODY, methods=("GET", "POST")),
    "accounts:people": Row(roles=MANAGERS, methods=("GET", "POST")),
    "accounts:person": Row(roles=MANAGERS, kwargs={"pk": 0}, methods=("GET", "POST")),
    "accounts:password": Row(roles=MANAGERS, kwargs={"pk": 0}, methods=("POST",)),
    "accounts:tokens": Row(roles=MANAGERS, methods=("GET", "POST")),
    "accounts:revoke-token": Row(roles=MANAGERS, kwargs={"pk": 0}, methods=("POST",)),
}

"""Who may keep the systems that ask."""

from __future__ import annotations

from tests.integration.access import MANAGERS, Row

ROWS = {
    "cds_clients:clients": Row(roles=MANAGERS, methods=("GET", "POST")),
    "cds_clients:client": Row(roles=MANAGERS, kwargs={"pk": 0}),
    "cds_clients:change": Row(roles=MANAGERS, kwargs={"pk": 0}, methods=("POST",)),
    "cds_clients:keys": Row(roles=MANAGERS, kwargs={"pk": 0}, methods=("POST",)),
    "cds_clients:switch": Row(roles=MANAGERS, kwargs={"pk": 0}, methods=("POST",)),
}

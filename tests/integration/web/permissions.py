"""Who may open the start page, the page about the knowledge and the health endpoint."""

from __future__ import annotations

from tests.integration.access import EVERYBODY, Row

ROWS = {
    "web:home": Row(roles=EVERYBODY),
    "web:healthz": Row(anonymous="open"),
    "web:knowledge": Row(roles=EVERYBODY),
    "web:quality": Row(roles=EVERYBODY),
}

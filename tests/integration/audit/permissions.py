"""Who may open the record."""

from __future__ import annotations

from tests.integration.access import MANAGERS, Row

ROWS = {"audit:log": Row(roles=MANAGERS)}

"""Who may open the queue and the pages of a fill."""

from __future__ import annotations

from tests.integration.access import STAFF, Row

RX = {"rx_number": "1000000"}

ROWS = {
    "dispensing:queue": Row(roles=STAFF),
    "dispensing:label": Row(roles=STAFF, kwargs=RX),
}

"""Who may open the queue and the pages of a fill."""

from __future__ import annotations

from tests.integration.access import ONLY_PHARMACISTS, STAFF, TRAINED, Row

RX = {"rx_number": "1000000"}
BOTH = ("GET", "POST")

ROWS = {
    "dispensing:queue": Row(roles=STAFF),
    "dispensing:fill": Row(roles=STAFF, kwargs=RX, methods=BOTH),
    "dispensing:scan": Row(roles=STAFF, kwargs=RX, methods=("POST",)),
    "dispensing:verify": Row(roles=STAFF, kwargs=RX, methods=BOTH, post_roles=ONLY_PHARMACISTS),
    "dispensing:reject": Row(roles=TRAINED, kwargs=RX, methods=("POST",)),
    "dispensing:shelve": Row(roles=STAFF, kwargs=RX, methods=BOTH),
    "dispensing:hand-over": Row(roles=STAFF, kwargs=RX, methods=BOTH, post_roles=TRAINED),
    "dispensing:owed": Row(roles=STAFF, kwargs=RX, methods=BOTH, post_roles=TRAINED),
    "dispensing:return": Row(roles=STAFF, kwargs=RX, methods=BOTH, post_roles=TRAINED),
    "dispensing:label": Row(roles=STAFF, kwargs=RX),
    "dispensing:chart": Row(roles=STAFF, kwargs={"pk": 1}),
    "dispensing:reminders": Row(roles=STAFF, kwargs={"pk": 1}),
}

"""Who may open the stock pages."""

from __future__ import annotations

from tests.integration.access import STAFF, TRAINED, Row

ROWS = {
    "inventory:stock": Row(roles=STAFF),
    "inventory:new": Row(roles=TRAINED, methods=("GET", "POST")),
    "inventory:item": Row(roles=STAFF, post_roles=TRAINED, kwargs={"pk": 0}, methods=("GET", "POST")),
    "inventory:lot": Row(roles=TRAINED, kwargs={"pk": 0, "deed": "count"}, methods=("GET", "POST")),
}

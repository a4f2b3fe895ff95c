"""Who may open the pages of medicines and of the names that are kept."""

from __future__ import annotations

from tallman.core.workflow import Role
from tests.integration.access import STAFF, Row

CHIEF = frozenset({Role.PHARMACIST_IN_CHARGE})
BOTH = ("GET", "POST")

ROWS = {
    "medicines:search": Row(roles=STAFF),
    "medicines:medicine": Row(roles=STAFF, kwargs={"ref": "metformin"}),
    "medicines:pairs": Row(roles=STAFF, post_roles=CHIEF, methods=BOTH),
    "medicines:pair": Row(roles=STAFF, post_roles=CHIEF, kwargs={"pk": 0}, methods=BOTH),
    "medicines:accept": Row(roles=CHIEF, methods=("POST",)),
    "medicines:dismiss": Row(roles=CHIEF, methods=("POST",)),
    "medicines:names": Row(roles=STAFF, post_roles=CHIEF, methods=BOTH),
    "medicines:name": Row(roles=STAFF, post_roles=CHIEF, kwargs={"pk": 0}, methods=BOTH),
    "medicines:import": Row(roles=CHIEF, methods=BOTH),
    "medicines:retire-list": Row(roles=CHIEF, methods=("POST",)),
}

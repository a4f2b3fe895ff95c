"""Who may open the patient pages."""

from __future__ import annotations

from tests.integration.access import STAFF, TRAINED, Row

ROWS = {
    "patients:list": Row(roles=STAFF),
    "patients:new": Row(roles=TRAINED, methods=("GET", "POST")),
    "patients:patient": Row(roles=STAFF, kwargs={"pk": 0}),
    "patients:edit": Row(roles=TRAINED, kwargs={"pk": 0}, methods=("GET", "POST")),
    "patients:tell-apart": Row(roles=TRAINED, kwargs={"pk": 0, "other": 1}, methods=("POST",)),
    "patients:no-known-allergies": Row(roles=TRAINED, kwargs={"pk": 0}, methods=("POST",)),
    "patients:add-fact": Row(roles=TRAINED, kwargs={"pk": 0, "kind": "allergy"}, methods=("GET", "POST")),
    "patients:end-fact": Row(roles=TRAINED, kwargs={"pk": 0, "kind": "allergy", "fact": 0}, methods=("POST",)),
}

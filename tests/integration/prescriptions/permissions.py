"""Who may open the pages of prescriptions."""

from __future__ import annotations

from tests.integration.access import ONLY_PHARMACISTS, STAFF, TRAINED, Row

RX = {"rx_number": "1000000"}

ROWS = {
    "prescriptions:of-patient": Row(roles=STAFF, kwargs={"pk": 0}),
    "prescriptions:concerns": Row(roles=STAFF),
    "prescriptions:concern": Row(roles=STAFF, kwargs={"pk": 0}, methods=("GET", "POST"), post_roles=ONLY_PHARMACISTS),
    "prescriptions:prescribers": Row(roles=STAFF),
    "prescriptions:prescriber-new": Row(roles=STAFF, methods=("GET", "POST")),
    "prescriptions:prescriber": Row(roles=STAFF, kwargs={"pk": 0}),
    "prescriptions:prescriber-edit": Row(roles=TRAINED, kwargs={"pk": 0}, methods=("GET", "POST")),
    "prescriptions:records": Row(roles=STAFF),
    "prescriptions:new": Row(roles=STAFF, methods=("GET", "POST")),
    "prescriptions:entry": Row(roles=STAFF, kwargs=RX, methods=("GET", "POST")),
    "prescriptions:entry-live": Row(roles=STAFF, kwargs=RX, methods=("POST",)),
    "prescriptions:entry-replaces": Row(roles=STAFF, kwargs=RX, methods=("POST",)),
    "prescriptions:entry-choices": Row(roles=STAFF, kwargs=RX | {"name": "patient"}, methods=("POST",)),
    "prescriptions:entry-products": Row(roles=STAFF, kwargs=RX),
    "prescriptions:entry-add-patient": Row(roles=TRAINED, kwargs=RX, methods=("POST",)),
    "prescriptions:entry-add-prescriber": Row(roles=STAFF, kwargs=RX, methods=("POST",)),
    "prescriptions:entry-allergies": Row(roles=TRAINED, kwargs=RX, methods=("POST",)),
    "prescriptions:show": Row(roles=STAFF, kwargs=RX),
    "prescriptions:review": Row(roles=STAFF, kwargs=RX),
    "prescriptions:decide": Row(roles=ONLY_PHARMACISTS, kwargs=RX | {"pk": 0}, methods=("POST",)),
    "prescriptions:approve": Row(roles=ONLY_PHARMACISTS, kwargs=RX, methods=("POST",)),
    "prescriptions:send-back": Row(roles=ONLY_PHARMACISTS, kwargs=RX, methods=("POST",)),
    "prescriptions:raise-concern": Row(roles=STAFF, kwargs=RX, methods=("POST",)),
    "prescriptions:hold": Row(roles=TRAINED, kwargs=RX, methods=("POST",)),
    "prescriptions:resume": Row(roles=TRAINED, kwargs=RX, methods=("POST",)),
    "prescriptions:promise": Row(roles=STAFF, kwargs=RX, methods=("POST",)),
    "prescriptions:cancel": Row(roles=ONLY_PHARMACISTS, kwargs=RX, methods=("POST",)),
    "prescriptions:next": Row(roles=STAFF, kwargs=RX),
}

"""Who may send messages, and who may read and settle them."""

from __future__ import annotations

from tests.integration.access import STAFF, TRAINED, Row

ROWS = {
    "exchange:script": Row(anonymous="token", methods=("POST",)),
    "exchange:hl7v2": Row(anonymous="token", methods=("POST",)),
    "exchange:fhir-encounter": Row(anonymous="token", methods=("POST",)),
    "exchange:stay-lists": Row(anonymous="token", methods=("POST",)),
    "exchange:fhir": Row(anonymous="token", methods=("POST",)),
    "exchange:fhir-medication-request": Row(anonymous="token", methods=("POST",)),
    "exchange:cds-services": Row(anonymous="open"),
    "exchange:cds-service": Row(anonymous="token", kwargs={"id": "none"}, methods=("POST",)),
    "exchange:cds-feedback": Row(anonymous="token", kwargs={"id": "none"}, methods=("POST",)),
    "exchange:exceptions": Row(roles=TRAINED),
    "exchange:read-again": Row(roles=TRAINED, kwargs={"pk": 0}, methods=("POST",)),
    "exchange:set-aside": Row(roles=TRAINED, kwargs={"pk": 0}, methods=("POST",)),
    "exchange:say-who": Row(roles=TRAINED, kwargs={"pk": 0}, methods=("POST",)),
    "exchange:message": Row(roles=STAFF, kwargs={"pk": 0}),
    "exchange:content": Row(roles=STAFF, kwargs={"pk": 0}),
    "exchange:original": Row(roles=STAFF, kwargs={"rx_number": "0"}),
}

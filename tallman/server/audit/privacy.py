"""What the fields of this area tell about a patient."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]

FIELDS = {
    "Event.sequence": Privacy.NONE,
    "Event.at": Privacy.CLINICAL,
    "Event.actor": Privacy.NONE,
    "Event.actor_name": Privacy.NONE,
    "Event.action": Privacy.CLINICAL,
    "Event.subject_type": Privacy.NONE,
    "Event.subject_id": Privacy.IDENTIFIER,
    "Event.patient_id": Privacy.IDENTIFIER,
    "Event.data_json": Privacy.IDENTIFIER,
    "Event.previous_hash": Privacy.NONE,
    "Event.hash": Privacy.NONE,
    "Head.id": Privacy.NONE,
    "Head.sequence": Privacy.NONE,
    "Head.hash": Privacy.NONE,
}

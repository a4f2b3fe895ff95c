"""What the fields of this area tell about a patient."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]

FIELDS = {
    "Message.id": Privacy.NONE,
    "Message.format": Privacy.NONE,
    "Message.sender": Privacy.NONE,
    "Message.message_id": Privacy.IDENTIFIER,
    "Message.received_at": Privacy.CLINICAL,
    "Message.token": Privacy.NONE,
    "Message.content": Privacy.IDENTIFIER,
    "Message.sha256": Privacy.IDENTIFIER,
    "Message.status": Privacy.NONE,
    "Message.reason": Privacy.NONE,
    "Message.place": Privacy.NONE,
    "Message.answer": Privacy.IDENTIFIER,
    "Message.answer_status": Privacy.NONE,
    "Message.first_answer": Privacy.IDENTIFIER,
    "Message.conflicts_with": Privacy.NONE,
    "Message.note": Privacy.IDENTIFIER,
    "Message.settled_by": Privacy.NONE,
    "Message.settled_at": Privacy.NONE,
    "Card.id": Privacy.NONE,
    "Card.uuid": Privacy.NONE,
    "Card.service": Privacy.NONE,
    "Card.code": Privacy.NONE,
    "Card.severity": Privacy.NONE,
    "Card.rule": Privacy.NONE,
    "Card.knowledge_sha256": Privacy.NONE,
    "Card.token": Privacy.NONE,
    "Card.outcome": Privacy.NONE,
    "Card.reason": Privacy.NONE,
    "Card.given_at": Privacy.CLINICAL,
    "Card.comment": Privacy.IDENTIFIER,
    "Card.settled_at": Privacy.CLINICAL,
}

"""How one event is bound to the one before it. Pure: values in, hash out."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

__all__ = ["GENESIS", "canonical", "link"]

GENESIS = "0" * 64
"""What the first event has before it."""


def canonical(value: Any) -> str:
    """JSON in the one spelling that is hashed: sorted keys, no spaces, ASCII. Floats are refused.

    Dates, decimals and enumerations are written as text. Raises TypeError for anything else.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_as_text)


def link(
    *, sequence: int, at: datetime, actor: str, actor_name: str, action: str, subject_type: str,
    subject_id: str, patient_id: str | None, data_json: str, previous_hash: str,
) -> str:  # fmt: skip
    """The SHA-256, in hex, of everything an event says and of the hash before it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [sequence, moment, actor, actor_name, action, subject_type, subject_id, patient_id, data_json]
    return hashlib.sha256(canonical([*said, previous_hash]).encode("ascii")).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("An audit event holds a float: give a Decimal or text.")
    if isinstance(value, dict):
        value = list(value.values())
    for part in value if isinstance(value, list | tuple) else ():
        _refuse_floats(part)


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"An audit event cannot hold a {type(value).__name__}: give text or a number.")

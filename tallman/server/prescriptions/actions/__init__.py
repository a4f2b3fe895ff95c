"""What people do to a prescription before and beside its filling.

Every action locks the patient and the prescription, compares the version the person saw, asks the table of
`core.workflow`, writes, and appends its audit event, all in one transaction. Raises Refused with sentences, or Conflict
when somebody else was faster.
"""

from __future__ import annotations

from tallman.server.prescriptions.actions.entering import (
    correct,
    enter,
    promise,
    receive,
    rescreen,
    send_back,
)
from tallman.server.prescriptions.actions.prescribing import add_prescriber, correct_prescriber
from tallman.server.prescriptions.actions.reviewing import answer_concern, approve, decide, raise_concern
from tallman.server.prescriptions.actions.waiting import cancel, hold, resume

__all__ = [
    "add_prescriber",
    "answer_concern",
    "approve",
    "cancel",
    "correct",
    "correct_prescriber",
    "decide",
    "enter",
    "hold",
    "promise",
    "raise_concern",
    "receive",
    "rescreen",
    "resume",
    "send_back",
]

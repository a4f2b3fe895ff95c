"""What is to be done for a stay, and by when."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from tallman.server.prescriptions.due import Ageing, span
from tallman.server.reconciliation.models import Encounter, Stage

__all__ = ["Due", "due_of", "history_clock"]

SOON = timedelta(hours=4)
"""How long before its time a history is marked."""


class Due(StrEnum):
    """The next thing to do. Without a history nothing can be signed, so it comes first."""

    HISTORY = "History"
    ADMISSION = "Admission"
    TRANSFER = "Transfer"
    DISCHARGE = "Discharge"
    NOTHING = "Nothing"


_AT_STAGE = {Stage.ADMISSION: Due.ADMISSION, Stage.TRANSFER: Due.TRANSFER, Stage.DISCHARGE: Due.DISCHARGE}


def due_of(stay: Encounter) -> Due:
    """What is due. One query where the signatures are not fetched yet."""
    stage = stay.stage
    if stage is None:
        return Due.NOTHING
    return _AT_STAGE[stage] if stay.history_completed_at else Due.HISTORY


def history_clock(stay: Encounter, now: datetime) -> Ageing:
    """The time that is left for the history, or how long it took: "5 h left", "overdue by 2 h", "done in 6 h"."""
    if stay.history_completed_at:
        took = span(max(stay.history_completed_at - stay.admitted_at, timedelta()))
        late = stay.history_completed_at > stay.history_due_at
        return Ageing(f"done late, in {took}" if late else f"done in {took}")
    if stay.admitted_at > now:
        return Ageing("not here yet")
    left = stay.history_due_at - now
    if left < timedelta():
        return Ageing(f"overdue by {span(-left)}", "late")
    return Ageing(f"{span(left)} left", "soon" if left <= SOON else "")

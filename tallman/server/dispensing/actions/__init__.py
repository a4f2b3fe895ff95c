"""What people do to fill a prescription, check it and hand it over.

Every action locks the patient and the prescription, compares the version the person saw, asks the table of
`core.workflow`, writes, and appends its audit event, all in one transaction. Raises Refused with sentences, or Conflict
when somebody else was faster.
"""

from __future__ import annotations

from tallman.server.dispensing.actions.checking import reject_fill, shelve, verify
from tallman.server.dispensing.actions.filling import fill, scan
from tallman.server.dispensing.actions.giving import complete_owed, hand_over, return_to_stock

__all__ = ["complete_owed", "fill", "hand_over", "reject_fill", "return_to_stock", "scan", "shelve", "verify"]

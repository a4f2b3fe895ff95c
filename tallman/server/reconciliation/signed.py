"""The list a pharmacist signed, as it is kept with the signature."""

from __future__ import annotations

from typing import Any

from tallman.core.reconciliation.line import Line
from tallman.server.reconciliation.comparison import Compared

__all__ = ["rows_of"]


def rows_of(compared: Compared) -> list[dict[str, Any]]:
    """A row for each medicine or allergy: both sides as they were said, the differences, and what was decided."""
    rows = [
        {
            "key": row.key,
            "before": [_said(line) for line in row.match.left] if row.match else [],
            "ordered": [_said(line) for line in row.match.right] if row.match else [],
            "differences": [
                {"type": d.type.value, "summary": d.summary, "because": d.because, "explained": d.explained}
                for d in row.differences
            ],
            "decision": row.decision.pk if row.decision else None,
        }
        for row in compared.rows
    ]
    return rows + [
        {"key": one.key, "before": [], "ordered": [], "differences": [], "decision": one.pk} for one in compared.added
    ]


def _said(line: Line) -> dict[str, str]:
    return {
        "ref": line.ref, "text": line.order.medicine.text, "directions": line.order.sig.text,
        "state": line.state.value, "note": line.note,
    }  # fmt: skip

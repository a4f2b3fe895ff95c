"""What the fields of this area tell about a patient: nothing, unless somebody writes it into a reason."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]

_KEPT = {
    "id": Privacy.NONE,
    "source": Privacy.NONE,
    "list_name": Privacy.NONE,
    "by": Privacy.NONE,
    "at": Privacy.NONE,
    "retired_by": Privacy.NONE,
    "retired_at": Privacy.NONE,
    "retired_because": Privacy.IDENTIFIER,
}

FIELDS = {
    **{f"LookAlikePair.{name}": privacy for name, privacy in _KEPT.items()},
    "LookAlikePair.one": Privacy.NONE,
    "LookAlikePair.other": Privacy.NONE,
    "LookAlikePair.one_key": Privacy.NONE,
    "LookAlikePair.other_key": Privacy.NONE,
    "LookAlikePair.why": Privacy.IDENTIFIER,
    **{f"TallManName.{name}": privacy for name, privacy in _KEPT.items()},
    "TallManName.name": Privacy.NONE,
    "TallManName.key": Privacy.NONE,
    "DismissedMixUp.id": Privacy.NONE,
    "DismissedMixUp.one_key": Privacy.NONE,
    "DismissedMixUp.other_key": Privacy.NONE,
    "DismissedMixUp.reason": Privacy.IDENTIFIER,
    "DismissedMixUp.by": Privacy.NONE,
    "DismissedMixUp.at": Privacy.NONE,
}
"""Free reasons are classed as what careless typing could make of them."""

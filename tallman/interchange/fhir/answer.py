"""What is answered to whoever sent FHIR: an OperationOutcome that says what was kept, or why nothing was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from tallman.core.received import ReadWarning
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["CONTENT_TYPE", "kept", "kept_event", "refused"]

CONTENT_TYPE = "application/fhir+json"
_KINDS = {
    "NO-PATIENT": "required",
    "NO-DATE": "required",
    "NO-ORDER": "required",
    "NOT-THE-PATIENT": "not-found",
    "SEVERAL-PATIENTS": "business-rule",
    "NOT-A-BUNDLE": "not-supported",
    "NOT-AN-ORDER": "not-supported",
    "NOT-AN-ENCOUNTER": "not-supported",
    "NO-ENCOUNTER": "required",
    "SEVERAL-ENCOUNTERS": "business-rule",
    "TYPE-UNKNOWN": "not-supported",
    "BUNDLE-INSIDE": "not-supported",
    "IS-XML": "not-supported",
}
"""FHIR's issue types of the refusals; the others are faults of structure."""


def refused(error: Unreadable) -> bytes:
    """The answer to a message that cannot be used: the reason, the place and what to do."""
    kind = _KINDS.get(error.code, "structure")
    return _outcome([_issue("error", kind, error.code, error.sentence, error.where)])


def kept(count: int, warnings: Iterable[ReadWarning] = (), *, before: bool = False) -> bytes:
    """The answer to a message that was kept, with what was not understood in it.

    `before` says that the same message had been received already and had its effect then.
    """
    noun = "prescription was" if count == 1 else "prescriptions were"
    text = f"{count} {noun} received" + (" with this message before; nothing was done again" if before else "")
    first = _issue("information", "informational", "DUPLICATE" if before else "RECEIVED", text, "")
    each = dict.fromkeys(warnings)
    return _outcome([first, *(_issue("warning", "incomplete", w.code, w.text, w.where) for w in each)])


def kept_event(warnings: Iterable[ReadWarning] = ()) -> bytes:
    """The answer to an encounter that was kept, with what was not understood in it."""
    first = _issue("information", "informational", "RECEIVED", "the encounter was received", "")
    each = dict.fromkeys(warnings)
    return _outcome([first, *(_issue("warning", "incomplete", w.code, w.text, w.where) for w in each)])


def _issue(severity: str, kind: str, code: str, text: str, where: str) -> dict[str, Any]:
    issue: dict[str, Any] = {
        "severity": severity,
        "code": kind,
        "details": {"coding": [{"code": code}], "text": text},
    }
    if where.startswith("byte "):
        issue["diagnostics"] = where
    elif where:
        issue["expression"] = [where]
    return issue


def _outcome(issues: list[dict[str, Any]]) -> bytes:
    return msgspec.json.encode({"resourceType": "OperationOutcome", "issue": issues})

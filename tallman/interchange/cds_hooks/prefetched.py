"""What of the data that were asked for was sent, and what was not (CDS Hooks 2.0, Prefetch Template).

Null is an answer: there are no such data. A key that is missing is none, nor is an OperationOutcome, and a page is not
the whole. Nothing that was not sent may count as clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

__all__ = ["is_answer", "not_sent"]

_WANTED = {
    "medications": "the medicines the patient takes",
    "allergies": "the allergies on record",
    "conditions": "the conditions on record",
    "measurements": "weight and laboratory results",
}


class _Issue(msgspec.Struct):
    severity: str = "error"


class _Inner(msgspec.Struct, rename="camel"):
    resource_type: str = ""
    issue: list[_Issue] = []


class _Mode(msgspec.Struct):
    mode: str = "match"


class _Entry(msgspec.Struct):
    resource: _Inner = msgspec.field(default_factory=_Inner)
    search: _Mode = msgspec.field(default_factory=_Mode)


class _Link(msgspec.Struct):
    relation: str = ""


class _Answer(msgspec.Struct, rename="camel"):
    resource_type: str
    total: Any = None
    entry: list[_Entry] = []
    link: list[_Link] = []


def is_answer(sent: msgspec.Raw | None) -> bool:
    """Whether what was sent for a key is an answer, be it that there is nothing."""
    return sent is not None and _fault(bytes(sent)) != "not sent"


def not_sent(prefetch: Mapping[str, msgspec.Raw]) -> list[str]:
    """What was asked for and not sent, or only in part, in plain words."""
    faults = {what: _fault(bytes(prefetch.get(key, msgspec.Raw()))) for key, what in _WANTED.items()}
    return [f"{what} ({fault})" for what, fault in faults.items() if fault]


def _fault(sent: bytes) -> str:
    """What is wrong with the answer to one key; nothing where it is whole."""
    if not sent:
        return "not sent"
    if sent == b"null":
        return ""
    try:
        answer = msgspec.json.decode(sent, type=_Answer)
    except msgspec.DecodeError:
        return "sent in a form that cannot be read"
    if answer.resource_type == "OperationOutcome":
        return "not sent"
    if any(link.relation == "next" for link in answer.link):
        return "sent in part: there are more pages"
    if any(_is_fault(entry.resource) for entry in answer.entry):
        return "sent in part: the answer tells of a fault"
    found = [e for e in answer.entry if e.search.mode == "match" and e.resource.resource_type != "OperationOutcome"]
    if isinstance(answer.total, int) and answer.total > len(found):
        return "sent in part: more were found than were sent"
    return ""


def _is_fault(resource: _Inner) -> bool:
    told = {issue.severity for issue in resource.issue}
    return resource.resource_type == "OperationOutcome" and bool(told & {"fatal", "error"})

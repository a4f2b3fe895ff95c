"""What the checks say of the list that would result, as the decision pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tallman.core.reconciliation.line import Line
from tallman.core.screening.finding import Finding, Severity
from tallman.core.screening.screen import Screening

__all__ = ["CheckedList", "checked_list"]

_NUMBERED = re.compile(r" \(\d+\)$")
"""What tells two lines of one order apart in a screening."""


@dataclass(frozen=True)
class CheckedList:
    """Findings that stop, findings that inform, what could not be checked (the check, and why with the medicines it
    is about), and the checks that ran."""

    stops: tuple[Finding, ...]
    informs: tuple[Finding, ...]
    not_checked: tuple[tuple[str, str], ...]
    ran: tuple[str, ...]


def checked_list(screening: Screening, lines: Iterable[Line]) -> CheckedList:
    """A screening for the page. `lines` are all that may stand on the list, for the names of their medicines."""
    names = {line.order.id: line.name for line in lines}
    about: dict[tuple[str, str], list[str]] = {}
    for one in screening.not_checked:
        name = names.get(_NUMBERED.sub("", one.order), "")
        about.setdefault((one.check, one.reason), []).append(name)
    not_checked = tuple((check, _told(every, reason)) for (check, reason), every in about.items())
    shown = [f for f in screening.findings if f.severity is not Severity.LOW]
    return CheckedList(
        tuple(f for f in shown if f.severity.is_interruptive),
        tuple(f for f in shown if not f.severity.is_interruptive),
        not_checked, screening.ran,
    )  # fmt: skip


def _told(names: Iterable[str], reason: str) -> str:
    said = ", ".join(dict.fromkeys(filter(None, names)))
    return f"{said}: {reason}" if said else reason

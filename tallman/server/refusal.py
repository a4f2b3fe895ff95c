"""How an action says no: with sentences for the person, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tallman.core.workflow import Refusal

__all__ = ["Conflict", "Refused", "refuse", "unless_may"]


class Refused(Exception):
    """The action is not possible now. `refusals` hold a stable code and a sentence each."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(r.text for r in self.refusals))


class Conflict(Exception):
    """Somebody else changed the row since this person saw it. Nothing is overwritten."""

    def __init__(self, who: str, when: datetime) -> None:
        self.who, self.when = who, when
        super().__init__(f"{who or 'Somebody'} changed it meanwhile: look again before you go on.")


def refuse(code: str, text: str) -> Refused:
    """One refusal, to be raised."""
    return Refused([Refusal(code, text)])


def unless_may(by: object, permission: str) -> None:
    """Raise Refused when a person's role does not grant `permission`. Machines and the system are not persons."""
    can = getattr(by, "can", None)
    if can is not None and not can(permission):
        raise refuse("role", f"A {by.role_title.lower()} may not do this.")  # type: ignore[attr-defined]

"""One prescription after another: the first weeks of a medicine and what it goes on with, written as two."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.prescription import Order
from tallman.core.screening.match import days_of_treatment

__all__ = ["follows", "take_turns"]

_BEGINS = r"\b(?:start|begin)\w*\s+(?:taking\s+)?(?:it\s+|this\s+)?(?:on\s+|in\s+|at\s+)?(?:the\s+)?"
_ON_DAY = re.compile(_BEGINS + r"(?P<unit>day|week|wk)\s*#?\s*(?P<number>\d{1,3})\b", re.IGNORECASE)
_AFTER_DAYS = re.compile(
    r"\b(?:after|following)\s+(?:the\s+)?(?:first\s+|initial\s+)?(?P<number>\d{1,3})[\s-]*(?P<unit>days?|weeks?|wks?)\b",
    re.IGNORECASE,
)
_AFTER_THE_OTHER = re.compile(
    r"\b(?:after|when|once|upon|following)\b.{0,40}?\b(?:finish\w*|complet\w*|done|gone|used up|starter|load\w*|"
    r"induction|titrat\w*|initiation|booster|off|stopp\w*|discontinu\w*|end(?:s|ed)|wean\w*|over)\b",
    re.IGNORECASE,
)


def follows(first: Order, second: Order) -> bool:
    """Whether `second` says that it begins when the course of `first` is over: of the same medicine "starting day 22"
    behind 21 days, "after finishing the 15 mg tablets"; of another by its name."""
    if not first.medicine.is_known or first.medicine.names != second.medicine.names:
        waiting = _waiting(second.sig.text, second.note)
        return bool(waiting) and first.medicine.is_known and _waits_for(first, waiting)
    days = days_of_treatment(first)
    if not days:
        return False
    said = f"{second.sig.text} {second.note}"
    if on_day := _ON_DAY.search(said):
        number = int(on_day["number"])
        return days < number if on_day["unit"].lower() == "day" else days <= 7 * (number - 1)
    if after := _AFTER_DAYS.search(said):
        return days <= int(after["number"]) * (1 if after["unit"].lower().startswith("d") else 7)
    return bool(_AFTER_THE_OTHER.search(said))


def take_turns(one: Order, other: Order) -> bool:
    """Whether either begins only when the other is over, so that they are never taken together."""
    return follows(one, other) or follows(other, one)


def _waits_for(first: Order, waiting: tuple[str, ...]) -> bool:
    """Whether clauses that wait name the first as what is to be over: "start after ketorolac complete"."""
    return any(
        re.search(rf"\b{re.escape(name)}\b", clause, re.IGNORECASE)
        for clause in waiting
        for name in first.medicine.names
    )


@lru_cache(maxsize=8192)
def _waiting(text: str, note: str) -> tuple[str, ...]:
    """The clauses that wait for the end of something."""
    return tuple(c for c in re.split(r"[.;]", f"{text}; {note}") if _AFTER_THE_OTHER.search(c))

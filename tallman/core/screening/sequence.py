"""One prescription after another: the first weeks of a medicine and what it goes on with, written as two."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.prescription import Order
from tallman.core.screening.ended import days_since_ended
from tallman.core.screening.match import days_of_treatment

__all__ = ["follows", "is_named_as_over", "take_turns"]

_BEGINS = r"\b(?:start|begin)\w*\s+(?:taking\s+)?(?:it\s+|this\s+)?(?:on\s+|in\s+|at\s+)?(?:the\s+)?"
_ON_DAY = re.compile(_BEGINS + r"(?P<unit>day|week|wk)\s*#?\s*(?P<number>\d{1,3})\b", re.IGNORECASE)
_AFTER_DAYS = re.compile(
    r"\b(?:after|following)\s+(?:the\s+)?(?:first\s+|initial\s+)?(?P<number>\d{1,3})[\s-]*(?P<unit>days?|weeks?|wks?)\b",
    re.IGNORECASE,
)
_AFTER_THE_OTHER = re.compile(
    r"\b(?:after|when|once|upon|following)\b.{0,40}?\b(?:finish\w*|complet\w*|done|gone|used up|starter|load\w*|"
    r"induction|titrat\w*|initiation|booster|off|stopp\w*|discontinu\w*|end(?:s|ed)|wean\w*|over|last|due)\b|"
    r"\bbefore\b.{0,20}?\bnext\b.{0,40}?\bdue\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(
    r"\b(?:start|begin)\w*\s+(?:on\s+|in\s+)?(?:the\s+)?(?:tomorrow|next (?:day|morning)|am\b|(?:the )?morning)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till?)\b(.{3,40}?)\b(?:day|date|starts?|started|begins?|begun|given|injections?|infusions?|first|visit|"
    r"arrives?|available)\b",
    re.IGNORECASE,
)


def follows(first: Order, second: Order) -> bool:
    """Whether `second` says that it begins when the course of `first` is over: of the same medicine "starting day 22"
    behind 21 days, "after finishing the 15 mg tablets"; of another by its name."""
    if not first.medicine.is_known or first.medicine.names != second.medicine.names:
        return is_named_as_over(first, second) or (_is_once(first) and _begins_tomorrow(second.sig.text))
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


def _is_once(order: Order) -> bool:
    """Whether it is one dose, on a ward."""
    steps = order.sig.steps
    return order.setting == "inpatient" and bool(steps) and all(s.timing.once for s in steps)


@lru_cache(maxsize=8192)
def _begins_tomorrow(text: str) -> bool:
    """ "40 mg daily x 4 days start tomorrow"."""
    return _TOMORROW.search(text) is not None


def is_named_as_over(first: Order, second: Order) -> bool:
    """Whether directions name the first, of another medicine, as what is over when the second begins: "start when
    ketorolac is done", "stop enoxaparin", or of the first "until Cabenuva day"."""
    if not (first.medicine.is_known and second.medicine.is_known):
        return False
    if days_since_ended(second, first) is not None:
        return True
    return _is_named(first, _waiting(second.sig.text, second.note)) or _is_named(second, _until(first.sig.text))


def _is_named(order: Order, clauses: tuple[str, ...]) -> bool:
    """Whether any of the clauses names the medicine, by an ingredient or its brand."""
    if not clauses:
        return False
    names = [*order.medicine.names, *([order.medicine.brand] if order.medicine.brand else [])]
    return any(re.search(rf"\b{re.escape(name)}\b", clause, re.IGNORECASE) for clause in clauses for name in names)


@lru_cache(maxsize=8192)
def _waiting(text: str, note: str) -> tuple[str, ...]:
    """The clauses that wait for the end of something."""
    clauses = re.split(r"[.;]", f"{text}; {note}")
    return tuple(c for c in clauses if _AFTER_THE_OTHER.search(c))


@lru_cache(maxsize=8192)
def _until(text: str) -> tuple[str, ...]:
    """What is waited for: "until Cabenuva day", not "until warfarin is therapeutic"."""
    return tuple(m[1] for c in re.split(r"[.;]", text) if (m := _UNTIL.search(c)))

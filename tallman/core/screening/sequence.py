"""One prescription after another: the first weeks of a medicine and what it goes on with, written as two."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.screening.ended import is_said_to_end, may_tell_an_end, names_of
from tallman.core.screening.match import days_of_treatment

__all__ = ["called", "follows", "is_named_as_over", "last_day", "take_turns", "tells_what_ends"]

_FEW_DOSES = 4
_BEGINS = r"\b(?:start|begin)\w*\s+(?:taking\s+)?(?:it\s+|this\s+)?(?:on\s+|in\s+|at\s+)?(?:the\s+)?"
_ON_DAY = re.compile(_BEGINS + r"(?P<unit>day|week|wk)\s*#?\s*(?P<number>\d{1,3})\b", re.IGNORECASE)
_AFTER_DAYS = re.compile(
    r"\b(?:after|following)\s+(?:the\s+)?(?:first\s+|initial\s+)?(?P<number>\d{1,3})[\s-]*(?P<unit>days?|weeks?|wks?)\b",
    re.IGNORECASE,
)
_ONCE_ON_DAY = re.compile(r"\b(?:x ?1|once) (?:on )?day ?#? ?(\d{1,3})\b(?! ?(?:-|to|and|,|&) ?\d)", re.IGNORECASE)
_AFTER_DOSE = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four)[\s-]*(?:days?|weeks?|wks?|months?)\s+(?:after|from|following)\b"
    r"(?=.{0,30}?\b(?:first|initial|initiation|loading|last|previous|prior|1st|#\s*1)\b)",
    re.IGNORECASE,
)
"""Behind another dose of the same: "one week after first dose"."""
_AFTER_THE_OTHER = re.compile(
    r"\b(?:after|when|once|upon|following)\b.{0,40}?\b(?:finish\w*|complet\w*|done|gone|used up|starter|load\w*|"
    r"induction|titrat\w*|initiation|booster|off|stopp\w*|discontinu\w*|end(?:s|ed)|wean\w*|over|last|due)\b|"
    r"\bbefore\b.{0,20}?\bnext\b.{0,40}?\bdue\b",
    re.IGNORECASE,
)
_ENDS_ANOTHER = re.compile(
    r"\b(?:stop|discontinue|hold(?:ing)?|d/?c'?e?d?|in place of|instead of|replac(?:es|ing)|off|"
    r"(?:switch|chang|convert|transition)\w*(?: over)? from|stopped|discontinued|held|completed|failed|on hold|"
    r"not covered|back-?ordered|out of stock)\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(
    r"\b(?:start|begin)\w*\s+(?:on\s+|in\s+)?(?:the\s+)?(?:tomorrow|next (?:day|morning)|am\b|(?:the )?morning)",
    re.IGNORECASE,
)
_IF = re.compile(r"\bif\b", re.IGNORECASE)
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
    if _is_counted_out(first) and _begins_tomorrow(second.sig.text):
        return True
    days = days_of_treatment(first)
    if not days:
        return False
    said = f"{second.sig.text} {second.note}"
    if on_day := _ON_DAY.search(said):
        number = int(on_day["number"])
        return days < number if on_day["unit"].lower() == "day" else days <= 7 * (number - 1)
    if after := _AFTER_DAYS.search(said):
        return days <= int(after["number"]) * (1 if after["unit"].lower().startswith("d") else 7)
    if _AFTER_DOSE.search(said):
        return days == 1
    return bool(_AFTER_THE_OTHER.search(said))


def take_turns(one: Order, other: Order) -> bool:
    """Whether either begins only when the other is over, or they are of other days, so that they are never taken
    together."""
    return follows(one, other) or follows(other, one) or _are_of_other_days(one, other)


def last_day(order: Order) -> int:
    """The last of the counted days on which it is given, of what does not come again; 0 where any step names none."""
    return 0 if any(s.cycle for s in order.sig.steps) else max(_days_of(order), default=0)


def _are_of_other_days(one: Order, other: Order) -> bool:
    """Whether two doses of one medicine are each for a day of its own: 100 mg on day 1, 900 mg on day 2."""
    if one.medicine.names != other.medicine.names or one.written != other.written:
        return False
    here, there = _days_of(one), _days_of(other)
    return bool(here and there) and here.isdisjoint(there)


def _days_of(order: Order) -> set[int]:
    """The counted days of a round on which it is given; empty where any step names none. "x1 day 8" names one."""
    named = [s.days for s in order.sig.steps]
    if len(named) == 1 and not named[0] and (once := _ONCE_ON_DAY.search(order.sig.text)):
        return {int(once[1])}
    if not all(d and d.unit == "d" for d in named):
        return set()
    return {day for d in named if d for day in range(int(d.first), int(d.last or d.first) + 1)}


def called(order: Order, knowledge: Knowledge) -> tuple[str, ...]:
    """The brands under which just what an order holds is sold."""
    return _sold_as(order.medicine.names, knowledge)


@lru_cache(maxsize=4096)
def _sold_as(names: frozenset[str], knowledge: Knowledge) -> tuple[str, ...]:
    made = (p for name in sorted(names) for p in knowledge.products_of.get(name, ()) if set(p.ingredients) == names)
    return tuple(dict.fromkeys(p.brand for p in made if p.brand))


def _is_once(order: Order) -> bool:
    """Whether it is one dose, on a ward."""
    steps = order.sig.steps
    return order.setting == "inpatient" and bool(steps) and all(s.timing.once for s in steps)


def _is_counted_out(order: Order) -> bool:
    """Whether it is, on a ward, one dose or a few that are counted: a load that is over by tomorrow."""
    times = [s.timing for s in order.sig.steps]
    few = [t.once or 0 < (t.count or 0) <= _FEW_DOSES for t in times]
    return order.setting == "inpatient" and bool(few) and all(few)


@lru_cache(maxsize=8192)
def _begins_tomorrow(text: str) -> bool:
    """ "40 mg daily x 4 days start tomorrow"."""
    return _TOMORROW.search(text) is not None


def is_named_as_over(first: Order, second: Order, knowledge: Knowledge | None = None) -> bool:
    """Whether directions name the first, of another medicine, as what is over when the second begins: "start when
    ketorolac is done", "stop enoxaparin", or of the first "until Cabenuva day". With `knowledge` by a brand too under
    which it is sold."""
    if not (first.medicine.is_known and second.medicine.is_known):
        return False
    said = second.words
    waiting, until = _waiting(said), _until(first.sig.text)
    if not (waiting or until or may_tell_an_end(said)):
        return False
    is_other = first.medicine.names.isdisjoint(second.medicine.names)
    names = _names(first, knowledge)
    return (
        is_said_to_end(said, names, held=is_other)
        or _is_named(names, waiting)
        or (bool(until) and _is_named(_names(second, knowledge), until))
    )


def _names(order: Order, knowledge: Knowledge | None) -> list[str]:
    """What words may call it; with `knowledge`, where no brand is written, by every brand of it too."""
    return [*names_of(order), *(called(order, knowledge) if knowledge and not order.medicine.brand else [])]


def _is_named(names: list[str], clauses: tuple[str, ...]) -> bool:
    """Whether any of the clauses has one of the names."""
    return any(re.search(rf"\b{re.escape(name)}\b", clause, re.IGNORECASE) for clause in clauses for name in names)


@lru_cache(maxsize=8192)
def _waiting(text: str) -> tuple[str, ...]:
    """The clauses that wait for the end of something."""
    return tuple(c for c in re.split(r"[.;]", text) if _AFTER_THE_OTHER.search(c))


def tells_what_ends(order: Order) -> bool:
    """Whether directions speak of another medicine that ends: what they say it is for may be why that ended."""
    return _speaks_of_an_end(order.sig.text)


@lru_cache(maxsize=8192)
def _speaks_of_an_end(text: str) -> bool:
    clauses = re.split(r"[.;]", text)
    return any(_AFTER_THE_OTHER.search(c) or (_ENDS_ANOTHER.search(c) and not _IF.search(c)) for c in clauses)


@lru_cache(maxsize=8192)
def _until(text: str) -> tuple[str, ...]:
    """What is waited for: "until Cabenuva day", not "until warfarin is therapeutic"."""
    return tuple(m[1] for c in re.split(r"[.;]", text) if (m := _UNTIL.search(c)))

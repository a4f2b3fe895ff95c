"""One prescription after another: the first weeks of a medicine and what it goes on with, written as two."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.screening.ended import days_since_ended
from tallman.core.screening.match import days_of_treatment

__all__ = ["called", "follows", "is_named_as_over", "last_day", "names_of", "take_turns", "tells_what_ends"]

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
_ENDS_THE_OTHER = re.compile(
    r"(?<!not )(?<!n't )(?<!never )\b(?:stop|discontinue|d/?c|in place of|instead of|replac(?:e|es|ing)|off|"
    r"(?:switch|chang|convert|transition)\w*(?: over)? from)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"(?<!not )(?<!n't )\bhold(?:ing)?\b", re.IGNORECASE)
_IS_ENDED = re.compile(
    r"\b(?:(?:is |was )?(?:stopped|discontinued|d/?c'?e?d|held|completed|failed)|"
    r"on hold|not covered|back-?ordered|out of stock)\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(
    r"\b(?:start|begin)\w*\s+(?:on\s+|in\s+)?(?:the\s+)?(?:tomorrow|next (?:day|morning)|am\b|(?:the )?morning)",
    re.IGNORECASE,
)
_SHORT = 3
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
    """The counted days of a round on which it is given; empty where any step names none."""
    named = [s.days for s in order.sig.steps]
    if not all(d and d.unit == "d" for d in named):
        return set()
    return {day for d in named if d for day in range(int(d.first), int(d.last or d.first) + 1)}


def names_of(order: Order) -> list[str]:
    """What directions may call it: its ingredients, its brand, the first word of that ("Breo") and short names."""
    brand = order.medicine.brand or ""
    short = [brand.partition(" ")[0], *(name for i in order.medicine.ingredients for name in i.synonyms)]
    return [*order.medicine.names, *([brand] if brand else []), *(name for name in short if len(name) > _SHORT)]


def called(order: Order, knowledge: Knowledge) -> list[str]:
    """The brands under which just what an order holds is sold."""
    names = order.medicine.names
    made = [p for name in names for p in knowledge.products_of.get(name, ()) if set(p.ingredients) == names]
    return list(dict.fromkeys(p.brand for p in made if p.brand))


def _is_once(order: Order) -> bool:
    """Whether it is one dose, on a ward."""
    steps = order.sig.steps
    return order.setting == "inpatient" and bool(steps) and all(s.timing.once for s in steps)


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
    if days_since_ended(second, first) is not None:
        return True
    ended = _waiting(second.sig.text, second.note)
    if first.medicine.names.isdisjoint(second.medicine.names):
        ended += _held(second.sig.text, second.note)
    return _is_named(first, ended, knowledge) or _is_named(second, _until(first.sig.text), knowledge)


def _is_named(order: Order, clauses: tuple[str, ...], knowledge: Knowledge | None) -> bool:
    """Whether any of the clauses names the medicine, by an ingredient or a brand."""
    if not clauses:
        return False
    names = names_of(order)
    names += called(order, knowledge) if knowledge and not order.medicine.brand else []
    return any(re.search(rf"\b{re.escape(name)}\b", clause, re.IGNORECASE) for clause in clauses for name in names)


@lru_cache(maxsize=8192)
def _waiting(text: str, note: str) -> tuple[str, ...]:
    """The clauses that wait for the end of something."""
    clauses = re.split(r"[.;]", f"{text}; {note}")
    ending = [c for c in clauses if not _IF.search(c)]
    named = [c[m.end() :] for c in ending if (m := _ENDS_THE_OTHER.search(c))]
    named += [c[: m.start()] for c in ending if (m := _IS_ENDED.search(c) or _ENDS_THE_OTHER.search(c)) and _ends(c, m)]
    return tuple(c for c in clauses if _AFTER_THE_OTHER.search(c)) + tuple(named)


def _ends(clause: str, word: re.Match[str]) -> bool:
    """Whether a clause tells of what stands before the word: "imatinib was stopped", "failed sunitinib, stop"."""
    return word.re is _IS_ENDED or not re.search(r"\w", clause[word.end() :])


def tells_what_ends(order: Order) -> bool:
    """Whether directions speak of another medicine that ends: what they say it is for may be why that ended."""
    return bool(_waiting(order.sig.text, ""))


@lru_cache(maxsize=8192)
def _held(text: str, note: str) -> tuple[str, ...]:
    """What another medicine is left out for: "hold prednisone"; of the same one it tells when not to give it."""
    clauses = re.split(r"[.;]", f"{text}; {note}")
    return tuple(c[m.end() :] for c in clauses if not _IF.search(c) and (m := _HOLDS.search(c)))


@lru_cache(maxsize=8192)
def _until(text: str) -> tuple[str, ...]:
    """What is waited for: "until Cabenuva day", not "until warfarin is therapeutic"."""
    return tuple(m[1] for c in re.split(r"[.;]", text) if (m := _UNTIL.search(c)))

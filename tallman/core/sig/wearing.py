"""How long something stays on: "remove at night", "on for 12 hours, off for 12 hours", "leave in place for 3 weeks"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.model import Event, Frequency, Interval, Wear
from tallman.core.sig.moments import hour
from tallman.core.sig.needed import needs
from tallman.core.sig.phrases import phrase_end
from tallman.core.sig.reader import Reader

__all__ = ["wearing", "worn", "worn_each_day"]

_THINGS = frozenset(
    {"patch", "old patch", "it", "ring", "tablet", "them", "the", "and", "&", "discard", "old", "each patch"}
)
_A_DAY = Decimal(24)
_ON = frozenset({"on", "for", "on for", "for up to", "up to", "after", "within", "in place for", "at least", "x"})


def _hours(r: Reader, i: int) -> tuple[Interval, int] | None:
    found = r.numbers(i)
    if found is None:
        return None
    j = found[2] + (r.word(found[2]) in ("consecutive", "full", "continuous"))
    unit = r.term(j, "period")
    return (Interval(found[0], found[1], unit), j + 1) if unit else None


def _past(r: Reader, j: int) -> int:
    while r.word(j) in _THINGS or r.term(j, "unit") in ("patch", "ring") or r.term(j, "part") or r.term(j, "noise"):
        j += 1
    return j


@needs("wear", "on", "off", "instr", "wear time")
def wearing(r: Reader) -> bool:
    """One phrase about being on or off; several of them add up."""
    worn_patch = r.draft.dose is not None and r.draft.dose.unit == "patch"
    if r.word(r.at) == "on" and r.term(r.at + 1, "event") and (worn_patch or _is_off_too(r, r.at + 2)):
        return r.took(r.at + 1)  # "1 patch on in the morning, off at night"
    found = _on(r) or _off(r)
    if found is None:
        return _off_by_the_clock(r)
    value, j = found
    if r.term(j, "if") and (end := phrase_end(r, j + 1)) > j + 1:
        return r.advise(r.words(r.at, end), end)  # "remove at bedtime if vivid dreams"
    both = worn(r.draft.wear, value)
    if both is None:
        return r.refuse(j)
    r.draft.wear = both
    k = j + (r.word(j) in (",", "and", "then"))
    if _is_rinsed(r, k, apart=k > j):
        r.draft.instructions += ["rinse off"] if "rinse off" not in r.draft.instructions else []
        j = k + 1  # "leave on 5 minutes, rinse", "leave on 8 hours wash"
    return r.took(j)


def _off_by_the_clock(r: Reader) -> bool:
    """ "Remove at 2100", "off at 9 pm": kept in the words of the text."""
    if r.term(r.at, "wear") not in ("remove", "off"):
        return False
    j = _past(r, r.at + 1)
    found = hour(r, j + 1, certain=True) if r.term(j, "at") else None
    return bool(found) and found is not None and r.advise(r.words(r.at, found[1]), found[1])


def _is_rinsed(r: Reader, k: int, *, apart: bool) -> bool:
    """Whether "rinse" or "wash" stands at `k` by itself, and what follows is no "with" or part of the body."""
    ends = k + 1 >= r.n or r.word(k + 1) in (".", ",", ";", ")") or r.term(k + 1, "may_repeat") is not None
    return ends and (r.word(k) == "wash" or (apart and r.word(k) == "rinse"))


def _is_rest(r: Reader, lasting: Interval) -> bool:
    """Whether it has been said how long it stays in, and this is another time."""
    worn_for, ring = r.draft.duration, r.draft.dose is not None and r.draft.dose.unit == "ring"
    on = r.draft.wear.on if r.draft.wear else None
    on = on or (Interval(worn_for.low, worn_for.high, worn_for.unit) if worn_for and ring else None)
    return on is not None and on != lasting


def _is_off_too(r: Reader, i: int) -> bool:
    """Whether "off in PM" follows "on in AM": what is worn."""
    i += r.word(i) in (",", "and", "/", "-", "&")
    return (r.term(i, "wear") == "off" or r.word(i) in ("off", "remove")) and r.term(i + 1, "event") is not None


def worn_each_day(r: Reader) -> bool:
    """ "For up to 12 hours in a 24-hour period", "12 hours a day" of a patch: once a day, and how long it stays on."""
    draft, j = r.draft, r.at
    if draft.dose is None or draft.dose.unit != "patch":
        return False
    while r.term(j, "wear") == "on" or any(r.term(j, kind) for kind in ("for", "for_up_to", "up_to")):
        j += 1
    lasting = _hours(r, j)
    if lasting is None or lasting[0].unit != "h" or lasting[0].high >= _A_DAY:
        return False
    end = _past_a_day(r, lasting[1])
    if end == lasting[1]:
        end += j > r.at and r.word(end) == "on" and r.word(end + 1) not in ("the", "skin")
        if end == lasting[1]:
            return False
    elif not draft.has_timing():
        draft.frequency, draft.is_weak = Frequency(1, 1), True
    both = worn(draft.wear, Wear(on=lasting[0]))
    if both is None:
        return r.refuse(end)
    draft.wear = both
    return r.took(end)


def _past_a_day(r: Reader, i: int) -> int:
    """Past "a day", "in a 24-hour period", "within every 24 hours"; `i` when it is something else."""
    freq, j = r.term(i, "freq"), i
    if freq and freq[:2] == (1, "d"):
        return i + 1
    while r.term(j, "per") or r.term(j, "every") or r.term(j, "within"):
        j += 1
    if j == i or r.term(j, "num") != _A_DAY:
        return i
    j += 1 + (r.word(j + 1) == "-")
    if r.term(j, "period") != "h":
        return i
    return j + 1 + (r.word(j + 1) in ("period", "time period"))


def worn(one: Wear | None, other: Wear | None) -> Wear | None:
    """Both together; None when they contradict each other."""
    if one is None or other is None:
        return one or other
    for name in ("on", "off", "until"):
        said, before = getattr(other, name), getattr(one, name)
        if said and before and said != before:
            return None
        if said:
            one = replace(one, **{name: said})
    return one


def _on(r: Reader) -> tuple[Wear, int] | None:
    """ "leave on for 12 hours", "12 hours on", "on 12 hours", "remove after 12 hours", "remove at bedtime"."""
    i = r.at
    kind = r.term(i, "wear")
    if kind in ("on", "remove"):
        j = _past(r, i + 1)
        if kind == "remove" and (event := r.term(j, "event")):
            return Wear(until=(Event(event),)), j + 1
        if kind == "remove" and r.word(i + 1) == "x 1" and (unit := r.term(i + 2, "period")):
            return Wear(off=Interval(Decimal(1), Decimal(1), unit)), i + 3  # "remove x 1 week"
        while r.term(j, "for") or r.term(j, "for_up_to") or r.word(j) in _ON:
            j += 1
        lasting = _hours(r, j)
        if lasting is None:
            return None
        if kind == "remove" and j == i + 1 and _is_rest(r, lasting[0]):
            return Wear(off=lasting[0]), lasting[1]  # "leave in 3 weeks, remove 1 week"
        if kind == "remove" and j == i + 1 and lasting[0].unit != "h":
            return None  # "remove 1 week": after a week, or for one?
        j = lasting[1] + (r.word(lasting[1]) == "later")
        if kind == "remove" and r.term(i + 1, "for"):
            return Wear(off=lasting[0]), j
        return Wear(on=lasting[0]), j
    if r.term(i, "instr") == "rinse off" and (event := r.term(i + 1, "event")):
        return Wear(until=(Event(event),)), i + 2
    if r.word(i) == "on":
        lasting = _hours(r, i + 1)
        return (Wear(on=lasting[0]), lasting[1]) if lasting and lasting[0].unit == "h" else None
    first = _hours(r, i) if r.term(i, "num") is not None else None
    if first and r.word(first[1]) in ("on", "wear time") and first[0].unit == "h":
        return Wear(on=first[0]), first[1] + 1
    return None


def _off(r: Reader) -> tuple[Wear, int] | None:
    """ "off for 12 hours", "12 hours off", "off at night", "on at 8 am"."""
    i = r.at
    if r.term(i, "wear") == "off":
        j = _past(r, i + 1)
        if event := r.term(j, "event"):
            return Wear(until=(Event(event),)), j + 1
        while r.term(j, "for"):
            j += 1
        lasting = _hours(r, j)
        return (Wear(off=lasting[0]), lasting[1]) if lasting else None
    first = _hours(r, i) if r.term(i, "num") is not None else None
    if first and r.word(first[1]) == "off" and first[0].unit == "h":
        return Wear(off=first[0]), first[1] + 1
    return None

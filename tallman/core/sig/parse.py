"""Read a direction: every phrase is understood by one of the grammar's functions or reported as unread."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tallman.core.sig.conditions import (
    as_needed,
    condition,
    directed,
    indication,
    instruction,
    maximum,
    may_repeat,
    onset,
    trigger,
    until,
)  # fmt: skip
from tallman.core.sig.courses import bare_duration, change, duration, start, times_in_all
from tallman.core.sig.doses import bare_unit, dose
from tallman.core.sig.lexicon import Item, Lexicon, lexicon
from tallman.core.sig.model import Sig, Span, Status, Step
from tallman.core.sig.notations import notations
from tallman.core.sig.places import place, take, verb
from tallman.core.sig.reader import Reader
from tallman.core.sig.resolve import resolve
from tallman.core.sig.timings import (
    clock,
    day_range,
    event,
    every,
    fixed_frequency,
    fixed_interval,
    hourly,
    offset_event,
    once,
    over_time,
    stat,
    times_per,
    weekday,
)  # fmt: skip
from tallman.core.sig.tokens import tokenise

__all__ = ["parse"]

Reading = Callable[[Reader], bool]


def _exception(r: Reader) -> bool:
    """ "except 1/2 tablet on Wednesdays": the days of that dose are taken from the one before."""
    if not r.term(r.at, "except") or r.numbers(r.at + 1) is None or r.draft.dose is None:
        return False
    r.begin("and").is_exception = True
    return r.took(r.at + 1)


def _link(r: Reader) -> bool:
    """ "and", "then", "or" between what has been read and what comes."""
    kind = r.term(r.at, "link")
    if kind not in ("and", "then", "or"):
        return False
    r.at += 1
    if kind == "then" and not r.draft.is_blank():
        r.begin("then")
    elif not (kind == "and" and r.pending == "then"):
        r.pending = kind
    return True


def _noise(r: Reader) -> bool:
    if not r.term(r.at, "noise"):
        return False
    r.at += 1
    return True


# Every kind of phrase and the readings tried on it, in this order.
_READINGS: list[tuple[Reading, tuple[str, ...]]] = [
    (instruction, ("instr",)),
    (_exception, ("except",)),
    (weekday, ("weekday", "except", "on", "for")),
    (offset_event, ("num", "at")),
    (trigger, ("num", "before", "after")),
    (times_per, ("num", "up_to", "max")),
    (hourly, ("num",)),
    (clock, ("num", "at", "clock")),
    (day_range, ("num", "day", "week", "month", "prep", "ordinal")),
    (may_repeat, ("may_repeat",)),
    (change, ("increase", "decrease")),
    (fixed_frequency, ("freq",)),
    (fixed_interval, ("interval",)),
    (every, ("every",)),
    (once, ("once",)),
    (event, ("event",)),
    (as_needed, ("prn",)),
    (onset, ("onset",)),
    (directed, ("directed",)),
    (maximum, ("max", "max_day", "up_to")),
    (times_in_all, ("num", "up_to", "max")),
    (duration, ("for", "for_up_to")),
    (bare_duration, ("num",)),
    (start, ("start",)),
    (stat, ("stat",)),
    (over_time, ("prep",)),
    (bare_unit, ("per", "contents")),
    (take, ("unit",)),
    (dose, ("num", "up_to")),
    (verb, ("verb",)),
    (place, ("route", "place", "part", "side", "prep")),
    (until, ("until",)),
    (indication, ("reason_lead",)),
    (condition, ("if",)),
    (_link, ("link",)),
    (_noise, ("noise",)),
]
_QUANTITY = re.compile(r"[\s,;.]+(?:disp(?:ense)?\b|qty\b|quantity\b)?[\s:.]*#\s*(\d{1,4})[\s.]*$", re.IGNORECASE)
"""The quantity that prescribers write behind the directions: "1 po bid x10d #20"."""
_NUMBER = [reading for reading, kinds in _READINGS if "num" in kinds]
_SILENT = frozenset(",:()[]\"'*•·–—-!`“”{}|_")
_ENDS = frozenset(".;\n")


def _readings(item: Item) -> list[Reading]:
    terms = item.terms
    found: list[Reading] | None = terms.get("·")
    if found is None:
        found = [reading for reading, kinds in _READINGS if any(kind in terms for kind in kinds)]
        terms["·"] = found
    return found


def _items(text: str, language: str) -> list[Item]:
    tokens = tokenise(text)
    lex = lexicon(language)
    keys = [t.key for t in tokens]
    items, i = [], 0
    while i < len(tokens):
        token = tokens[i]
        found = lex.longest(keys, i)
        if found is not None and _tears_a_place(lex, keys, i, found[1]):
            found = lex.longest(keys[: i + 1], i)
        if found is not None:
            terms, size = found
            last = tokens[i + size - 1]
            said = token.key if size == 1 else " ".join(keys[i : i + size])
            items.append(Item(terms, token.start, last.end, said))
            i += size
            continue
        i += 1
        if token.value is not None:
            items.append(Item({"num": token.value, "·": _NUMBER}, token.start, token.end, token.key))
        elif ":" in token.key and len(token.key) > 1:
            items.append(Item({"clock": True}, token.start, token.end, token.key))
        elif token.key[0].isdigit():
            items.append(Item({"date": True}, token.start, token.end, token.key))
        else:
            items.append(Item({}, token.start, token.end, token.key))
    return items


def _tears_a_place(lex: Lexicon, keys: list[str], at: int, size: int) -> bool:
    """Whether a phrase of two words ends with the first word of a place: "in each" before "nostril"."""
    after = lex.longest(keys, at + 1) if size == 2 else None
    return after is not None and after[1] > 1 and "place" in after[0]


def _walk(r: Reader) -> None:
    while r.at < r.n:
        item = r.items[r.at]
        if item.text in _ENDS:
            r.sentence = True
            r.at += 1
        elif not any(reading(r) for reading in _readings(item)):
            if item.text in _SILENT and not r.glued_number(r.at):
                r.at += 1
            else:
                r.unread.append((item.start, item.end))
                r.at += 1


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, those with only blanks between them made one."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and (first <= merged[-1][1] or not text[merged[-1][1] : first].strip(" ,.")):
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _says_something(step: Step) -> bool:
    return bool(
        step.dose or step.timing or step.prn or step.as_directed or step.duration or step.rate or step.scale
        or step.change or step.instructions or step.maxima
    )  # fmt: skip


def parse(text: str) -> Sig:
    """Read the direction `text` (English or Spanish, plain or shorthand).

    Every character is either understood or lies in one of `Sig.unread`; nothing is guessed. Status READ means there
    is no unread text and no doubt about how the parts go together.
    """
    written = _QUANTITY.search(text)
    reader = Reader(text, _items(text[: written.start()] if written else text, "en"))
    _walk(reader)
    steps = resolve(reader)
    unread = _joined(text, reader.unread)
    understood = any(_says_something(s) for s in steps)
    clean = not unread and not reader.doubts
    status = Status.NOT_READ if not understood else Status.READ if clean else Status.PARTLY_READ
    doubts = tuple(dict.fromkeys(reader.doubts))
    quantity = Decimal(written[1]) if written else None
    return Sig(text, status, steps if understood else (), unread, notations(text), "en", doubts, quantity)

"""Read a direction: every phrase is understood by one of the grammar's functions or reported as unread."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tallman.core.sig.advice import forbidden, hold, in_all, instruction, mixed_with, together
from tallman.core.sig.circumstances import trigger, until
from tallman.core.sig.courses import bare_duration, duration, over_time, start, times_in_all
from tallman.core.sig.days import cycle, day_range, month_day, weekday
from tallman.core.sig.doses import bare_unit, divided, dose
from tallman.core.sig.frequency import apart, every, fixed_frequency, fixed_interval, hourly, once, stat, times_per
from tallman.core.sig.lexicon import SAID, Item, Lexicon, language_of, lexicon
from tallman.core.sig.limits import maximum
from tallman.core.sig.model import Sig, Span, Status, Step
from tallman.core.sig.moments import clock, event, offset_event
from tallman.core.sig.notations import notations
from tallman.core.sig.places import place, take, verb
from tallman.core.sig.products import medicine_named
from tallman.core.sig.reader import Reader
from tallman.core.sig.reasons import as_needed, condition, directed, indication, late_reason, onset, purpose
from tallman.core.sig.remarks import call, noise, remark
from tallman.core.sig.resolve import resolve
from tallman.core.sig.scales import scale
from tallman.core.sig.spelling import mended
from tallman.core.sig.titration import alternate, change, later, may_repeat
from tallman.core.sig.tokens import Token, tokenise
from tallman.core.sig.wearing import wearing

__all__ = ["parse"]

Reading = Callable[[Reader], bool]


def _exception(r: Reader) -> bool:
    """ "except 1/2 tablet on Wednesdays": the days of that dose are taken from the one before."""
    j = r.at + 1
    j += r.term(j, "verb") is not None
    if not r.term(r.at, "except") or r.numbers(j) is None or r.draft.dose is None:
        return False
    r.begin("and").is_exception = True
    return r.took(j)


def _link(r: Reader) -> bool:
    """ "and", "then", "or" between what has been read and what comes."""
    kind = r.term(r.at, "link")
    if kind not in ("and", "then", "or"):
        return False
    changed = kind == "then" and not r.word(r.at).startswith(("then", "and then", "next", "followed"))
    r.at += 1
    draft = r.draft
    awaits = draft.days is not None and draft.dose is None and not draft.has_timing()
    if kind == "then" and not draft.is_blank() and not awaits:
        r.begin("then").is_raised = changed
    elif changed and r.draft.first < 0 and len(r.drafts) == 1:
        r.doubts.append("the dose is changed, and from what is not said")
        r.pending = kind
    elif not (kind == "and" and r.pending == "then"):
        r.pending = kind
    return True


# Every kind of phrase and the readings tried on it, in this order; "" are words of no vocabulary.
_READINGS: list[tuple[Reading, tuple[str, ...]]] = [
    (wearing, ("wear", "num", "on", "instr")),
    (mixed_with, ("mixing", "prep", "with")),
    (instruction, ("instr",)),
    (in_all, ("in_all", "bracket", "total")),
    (forbidden, ("not",)),
    (scale, ("num", "if", "reason_lead", "instr", "at", "", "sign")),
    (_exception, ("except",)),
    (weekday, ("weekday", "except", "on", "for", "every", "letter")),
    (month_day, ("num", "on")),
    (cycle, ("num", "for", "on")),
    (offset_event, ("num", "at")),
    (trigger, ("num", "before", "after", "with", "prep", "day", "event", "at", "on")),
    (times_per, ("num", "up_to", "max", "fold", "for")),
    (hourly, ("num",)),
    (clock, ("num", "at", "clock")),
    (day_range, ("num", "day", "week", "month", "prep", "ordinal", "for", "on", "")),
    (may_repeat, ("may_repeat",)),
    (change, ("increase", "decrease")),
    (later, ("after", "num", "prep")),
    (fixed_frequency, ("freq",)),
    (fixed_interval, ("interval",)),
    (every, ("every",)),
    (once, ("once",)),
    (event, ("event", "at")),
    (as_needed, ("prn",)),
    (onset, ("onset", "at")),
    (directed, ("directed",)),
    (divided, ("divided",)),
    (maximum, ("max", "max_day", "up_to")),
    (times_in_all, ("num", "up_to", "max")),
    (duration, ("for", "for_up_to", "up_to")),
    (bare_duration, ("num",)),
    (start, ("start",)),
    (stat, ("stat",)),
    (over_time, ("over",)),
    (bare_unit, ("per", "contents")),
    (take, ("unit",)),
    (dose, ("num", "up_to", "at", "bracket")),
    (verb, ("verb",)),
    (place, ("route", "place", "part", "side", "prep")),
    (until, ("until",)),
    (indication, ("reason_lead",)),
    (purpose, ("purpose",)),
    (condition, ("if",)),
    (_link, ("link",)),
    (remark, ("remark", "num")),
    (together, ("with", "prep")),
    (apart, ("num", "at", "noise", "unit")),
    (call, ("call", "unrelieved")),
    (hold, ("hold",)),
    (alternate, ("alternate",)),
    (noise, ("noise", "contents")),
    (medicine_named, ("", "bracket", "other", "aka")),
    (late_reason, ("", "reason", "other")),
]
_QUANTITY = re.compile(r"[\s,;.]+(?:disp(?:ense)?\b|qty\b|quantity\b)?[\s:.]*#\s*(\d{1,4})[\s.]*$", re.IGNORECASE)
"""The quantity that prescribers write behind the directions: "1 po bid x10d #20"."""
_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
"""The decimal comma of Spanish numbers."""
_SILENT = frozenset(",:()[]\"'*•·–—-!`“”{}|_~\\^")
_ENDS = frozenset(".;\n")


def _of(*kinds: str) -> tuple[Reading, ...]:
    return tuple(reading for reading, on in _READINGS if any(kind in kinds for kind in on))


_NUMBER, _CLOCK, _DATE, _UNKNOWN = _of("num"), _of("clock"), (), _of("")
_AMOUNT = (dose,)
"""What a number with a unit of a dose can only be."""
_SIGNS = {"(": _of("bracket"), "<": _of("sign"), ">": _of("sign"), "≥": _of("sign"), "≤": _of("sign")}


def _readings(item: Item) -> tuple[Reading, ...]:
    """What to try on a phrase of the vocabulary; found once and kept with its meanings."""
    found: tuple[Reading, ...] | None = item.terms.get("·")
    if found is None:
        found = item.terms["·"] = _of(*item.terms)
    return found


def _plain(token: Token) -> Item:
    """What is in no vocabulary: a number, an hour, a date, a sign, an unknown word."""
    key = token.key
    if token.value is not None:
        return Item({"num": token.value, "·": _NUMBER}, token.start, token.end, key)
    if key[0].isdigit():
        terms = {"clock": True, "·": _CLOCK} if ":" in key else {"date": True, "·": _DATE}
        return Item(terms, token.start, token.end, key)
    return Item({}, token.start, token.end, key)


def _items(tokens: list[Token], lex: Lexicon) -> list[Item]:
    keys = [t.key for t in tokens]
    if keys[:1] == ["de"] and "dele" in lex.words:
        keys[0] = "dele"  # Without its accent "dé" is "de"; a direction begins with the verb.
    items, i, n = [], 0, len(tokens)
    longest = lex.longest
    while i < n:
        token = tokens[i]
        found = longest(keys, i)
        if found is not None and found[1] == 2 and _tears(lex, keys, i):
            found = longest(keys[: i + 1], i)
        if found is None:
            items.append(_plain(token))
            i += 1
            continue
        terms, size = found
        said = terms.get(SAID) or (token.key if size == 1 else " ".join(keys[i : i + size]))
        items.append(Item(terms, token.start, tokens[i + size - 1].end, said))
        i += size
    return items


def _tears(lex: Lexicon, keys: list[str], at: int) -> bool:
    """Whether a phrase of two words ends with the first of another: "in each" "nostril", "daily max" "daily dose"."""
    after = lex.longest(keys, at + 1)
    return (
        after is not None and after[1] > 1 and ("place" in after[0] or ("max_day" in after[0] and keys[at] == "daily"))
    )


def _walk(r: Reader) -> None:
    while r.at < r.n:
        item = r.items[r.at]
        text = item.text
        if text in _ENDS:
            r.sentence = True
            r.clause += 1
            r.at += 1
            continue
        readings = _readings(item) if item.terms else _SIGNS.get(text, _UNKNOWN if text[0].isalpha() else ())
        if readings is _NUMBER and _is_amount(r):
            readings = _AMOUNT
        for reading in readings:
            if reading(r):
                break
        else:
            if text == "/" and _parts_phrases(r):
                r.at += 1
                continue
            is_minus = text == "-" and not r.at and r.glued(1)
            if is_minus or not (text in _SILENT and not r.glued_number(r.at)):
                r.unread.append((item.start, item.end))
            r.at += 1


def _parts_phrases(r: Reader) -> bool:
    """Whether the stroke at the cursor stands between two phrases, as a comma would: "twice a day/avoid alcohol"."""
    before, after = r.items[r.at - 1], r.items[r.at + 1]
    if not r.at or "num" in before.terms:
        return False
    if not after.terms:
        return after.text.isalpha() and any(kind in before.terms for kind in ("freq", "event", "interval", "prn"))
    return any(kind in after.terms for kind in ("prn", "instr", "directed", "not", "event", "noise", "max"))


def _is_amount(r: Reader) -> bool:
    found = r.numbers(r.at)
    terms = r.items[found[2]].terms if found and found[2] < r.n else {}
    return "unit" in terms and "period" not in terms


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
        step.dose or step.route or step.method or step.timing or step.prn or step.as_directed or step.duration or step.rate or step.scale
        or step.change or step.instructions or step.maxima or step.wear
    )  # fmt: skip


def parse(text: str) -> Sig:
    """Read the direction `text` (English or Spanish, plain or shorthand).

    Every character is either understood or lies in one of `Sig.unread`; nothing is guessed. Status READ means there
    is no unread text and no doubt about how the parts go together.
    """
    written = _QUANTITY.search(text)
    tokens = tokenise(text[: written.start()] if written else text)
    language = language_of([t.key for t in tokens])
    if language == "es" and _COMMA.search(text):
        tokens = tokenise(_COMMA.sub(".", text[: written.start()] if written else text))
    lex = lexicon(language)
    reader = Reader(text, _items(mended(tokens, lex), lex))
    _walk(reader)
    if reader.verb not in (None, reader.draft.method, "take", "use", "drink", "chew", "dissolve"):
        reader.doubts.append(f"{reader.verb}: what, is not said")
    steps = resolve(reader)
    understood = any(_says_something(s) for s in steps)
    clean = not reader.unread and not reader.doubts
    status = Status.NOT_READ if not understood else Status.READ if clean else Status.PARTLY_READ
    return Sig(
        text, status, steps if understood else (), _joined(text, reader.unread), notations(text, tokens), language,
        tuple(dict.fromkeys(reader.doubts)), Decimal(written[1]) if written else None, tuple(reader.remarks),
    )  # fmt: skip

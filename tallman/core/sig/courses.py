"""How long and in what steps: durations, counts of doses, titrations, starts."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.quantity import Amount
from tallman.core.sig.doses import measure
from tallman.core.sig.model import Change, Dose, Duration, Interval
from tallman.core.sig.reader import Reader

__all__ = ["bare_duration", "change", "duration", "start"]

_ARTICLE = {"a day": "d", "a week": "wk", "a month": "mo", "a year": "y", "one week": "wk"}
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec".split()
)


def duration(r: Reader) -> bool:
    """ "for 10 days", "x 7d", "for up to 2 weeks", "for 3 doses"."""
    i = r.at
    up_to = bool(r.term(i, "for_up_to"))
    if not (up_to or r.term(i, "for")):
        return False
    j = i + 1
    while r.term(j, "for") or (
        r.word(j) in ("a", "total", "of", "the", "another", "at", "least", "about") and r.term(j, "num") is None
    ):
        j += 1
    if r.word(j) in _ARTICLE:
        return _put(r, Decimal(1), Decimal(1), _ARTICLE[r.word(j)], up_to, j + 1)
    found = r.numbers(j)
    if found is None:
        return False
    low, high, j = found
    j += r.word(j) in ("-", "more", "consecutive", "full", "additional", "straight", "total")
    unit = r.term(j, "period")
    if unit:
        j += 1 + (r.word(j + 1) in ("only", "duration", "total", "straight", "course", "then stop"))
        return _put(r, low, high, unit, up_to, j)
    if r.term(j, "seconds"):
        return _instruct(r, f"for {r.text[r.items[i + 1].start : r.items[j - 1].end].lower()} seconds", j + 1)
    if low == high == int(low):
        if r.word(j) in ("dose", "doses", "treatments", "applications", "occurrences") and r.term(i, "for"):
            return r.put("count", int(low), j + 1)
        minutes = r.draft.interval is not None and r.draft.interval.unit in ("min", "h")
        if minutes and r.word(i) in ("x", "times", "for") and not r.term(j, "unit"):
            return r.put("count", int(low), j + bool(r.term(j, "times")))
    return False


def _instruct(r: Reader, said: str, to: int) -> bool:
    if said not in r.draft.instructions:
        r.draft.instructions.append(said)
    return r.took(to)


def _put(r: Reader, low: Decimal, high: Decimal, unit: str, up_to: bool, to: int) -> bool:
    if unit in ("min", "h"):
        if low == high and (r.draft.frequency or r.draft.rate or r.draft.method in ("infuse", "apply", "wear")):
            return r.put("over", Amount(low, unit), to)
        return r.refuse(to)
    value = Duration(Decimal(0) if up_to else low, high, unit)
    draft = r.draft
    if draft.duration is not None and draft.duration != value and r.pending == "then":
        draft = r.begin("then")
    return r.put("duration", value, to)


def bare_duration(r: Reader) -> bool:
    """ "orally once a day 30 days": a length of time without "for", after a timing."""
    found = r.numbers(r.at)
    if found is None or not (r.draft.has_timing() or r.draft.prn) or r.draft.duration is not None:
        return False
    low, high, j = found
    unit = r.term(j, "period")
    after = r.word(j + 1)
    if (
        unit not in ("d", "wk", "mo")
        or r.term(j, "event")
        or after in ("on", "off", "supply", "apart", "ago", "of", "before", "prior to", "after", "a")
    ):
        return False
    if (
        r.term(j + 1, "freq") in ((1, "wk", False), (1, "mo", False))
        or r.term(j + 1, "before")
        or r.term(j + 1, "after")
    ):
        return False
    return _put(r, low, high, unit, False, j + 1)


def times_in_all(r: Reader) -> bool:
    """ "every 5 minutes up to 3 times", "up to 3 doses"."""
    i = r.at
    i += bool(r.term(i, "up_to")) or bool(r.term(i, "max"))
    found = r.numbers(i)
    if found is None or found[0] != found[1] or r.draft.interval is None or r.draft.interval.unit not in ("min", "h"):
        return False
    j = found[2]
    if not (r.term(j, "times") or (i > r.at and r.word(j) in ("doses", "dose", "tablets", "tabs", "sprays"))):
        return False
    if (
        r.term(j + 1, "freq")
        or r.term(j + 1, "per")
        or (r.draft.interval.unit == "h" and r.word(j) not in ("times", "x", "doses"))
    ):
        return False
    return r.put("count", int(found[0]), j + 1)


def change(r: Reader) -> bool:
    """ "increase by 1 tablet every week up to 3 tablets", "taper by 10 mg daily until gone"."""
    i = r.at
    is_increase = bool(r.term(i, "increase"))
    if not (is_increase or r.term(i, "decrease")):
        return False
    by, j = _amount(r, i + 1)
    if by is None:
        return False
    every: Interval | None = None
    to: Dose | None = None
    while j < r.n:
        freq = r.term(j, "freq")
        if freq and freq[0] == 1 and every is None:
            every, j = Interval(Decimal(1), Decimal(1), freq[1]), j + 1
        elif r.term(j, "every") and every is None:
            found = r.numbers(j + 1)
            unit = r.term(found[2], "period") if found else None
            if not found or not unit:
                break
            every, j = Interval(found[0], found[1], unit), found[2] + 1
        elif r.term(j, "interval") and every is None:
            every, j = Interval(r.term(j, "interval")[0], r.term(j, "interval")[0], r.term(j, "interval")[1]), j + 1
        elif (
            r.term(j, "reach")
            or r.term(j, "up_to")
            or r.term(j, "link") == "to"
            or r.term(j, "until")
            or r.term(j, "max")
        ) and to is None:
            k = j + 1
            while r.word(k) in ("a", "of", "dose", "max", "total", "maximum", "reaching", "at", "taking") or r.term(
                k, "max"
            ):
                k += 1
            to, k = _amount(r, k)
            if to is None:
                break
            j = k
        elif r.term(j, "prn") or r.word(j) in ("tolerated", "as tolerated", ","):
            break
        else:
            break
    draft = r.begin("then")
    draft.change = Change(by, every, to, is_increase)
    return r.took(j)


def _amount(r: Reader, i: int) -> tuple[Dose | None, int]:
    found = measure(r, i)
    if found:
        return Dose(found[0], found[1], found[2]), found[3]
    plain = r.numbers(i)
    if plain is None:
        return None, i
    unit = next((d.dose.unit for d in reversed(r.drafts) if d.dose), None)
    return Dose(plain[0], plain[1], unit), plain[2]


def start(r: Reader) -> bool:
    """ "starting tomorrow", "start on 1/15/2024", "starting 3 days before surgery"."""
    i = r.at
    if not r.term(i, "start"):
        return False
    j = i + 1
    while r.word(j) in ("on", "the", "in", "at"):
        j += 1
    text = r.word(j)
    end = 0
    if text in _MONTHS and r.term(j + 1, "num") is not None:
        end = j + 2
        end += r.word(end) in ("th", "st", "nd", "rd")
        if r.word(end) == "," and r.word(end + 1)[:2] == "20":
            end += 2
        elif r.word(end)[:2] == "20" and len(r.word(end)) == 4:
            end += 1
    elif (
        text in ("tomorrow", "today", "tonight", "immediately", "now", "evening", "this evening", "tomorrow morning")
        or r.items[j].terms.get("date")
        if j < r.n
        else False
    ):
        end = j + 1
        end += r.word(end) in ("morning",)
    elif r.term(j, "weekday"):
        end = j + 1
    else:
        found = r.numbers(j)
        if found and r.term(found[2], "period") and (r.term(found[2] + 1, "before") or r.term(found[2] + 1, "after")):
            k = found[2] + 2
            k += r.word(k) in ("the", "your")
            if r.term(k, "trigger"):
                end = k + 1
    if not end:
        return False
    return r.put("start", r.text[r.items[j].start : r.items[end - 1].end].lower(), end)

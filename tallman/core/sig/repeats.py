"""A dose that may be repeated: after how long, and how many times."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import measure
from tallman.core.sig.besides import MAYBE, besides, hangs_on
from tallman.core.sig.model import Interval, Repeat
from tallman.core.sig.needed import needs
from tallman.core.sig.phrases import phrase_end
from tallman.core.sig.reader import Reader

_ONE = Decimal(1)
__all__ = ["ONE_MORE", "goes_on_as_needed", "may_repeat", "once_again", "waiting"]

_SECOND = frozenset({"second dose", "2 nd dose"})
_AGAIN = frozenset({"repeat", "rpt", "redose"})
ONE_MORE = frozenset({"nd", "once", "x1", "1", "one", "another", "second", "2nd", "additional", "1x"})
_ANEW = frozenset("device nostril nostrils nare syringe autoinjector injector pen dose spray".split())
_NEXT = _ANEW | frozenset(
    "with using a an the new another second other opposite alternate alternating in into second auto".split()
)
_ROUND_AGAIN = frozenset({"repeat", "repeat cycle", "then repeat", "and repeat"})
_IF_NEEDED = frozenset({"if needed", "if still needed"})
_AFTER = frozenset({"in", "on", "in one", "after", "every", "q", "within", "at", "and"})


def may_repeat(r: Reader) -> bool:
    """ "may repeat in 2 hours if needed", "repeat once", "may take a second dose after 2 hours"."""
    i = r.at
    if not r.term(i, "may_repeat") or not (r.draft.dose or r.draft.method):
        return False
    if r.draft.cycle and r.word(i) in _ROUND_AGAIN and _ends_clause(r, i + 1):
        return r.took(i + 1)  # "for 21 days, then 7 days off. Repeat."
    if r.word(i) in _SECOND and r.draft.frequency and r.draft.frequency.high > 1:
        r.at += 1
        return True  # "twice a day, second dose no later than 4 pm"
    words = set(r.word(i).split())
    if (begun := besides(r)) is not None:
        return begun
    times: int | None = 1 if ONE_MORE & words else None
    is_due = bool(words & _AGAIN) and not words & MAYBE and not hangs_on(r, i)
    after: Interval | None = None
    again = _past_same_dose(r, i + 1)
    j = again or i + 1
    while j < r.n:
        waited = waiting(r, j) if after is None else None
        total = _in_all(r, j)
        more = _times(r, j - (r.word(i).endswith(" x") and j == i + 1)) if times is None and not total else None
        waits = r.term(j, "if") or (r.term(j, "prn") and (after or times))
        is_due = is_due and not waits
        other = (
            phrase_end(r, j + 1 + (r.word(j + 1) in ("no", "not", "still", "you are not", "still not"))) if waits else j
        )
        if (following := _past_next(r, j)) > j:
            r.draft.instructions += _in_which_nostril(r.words(j, following))
            j = following
        elif other > j + 1:
            r.draft.instructions.append(r.words(j, other))  # "if SBP is still over 160"
            j = other  # "if headache is still there"
        elif waited:
            after, j = waited
        elif more:
            times, j = more
        elif total:
            r.draft.count, j = total
        elif _if_needed(r, k := j + (r.word(j) == ",")):
            r.draft.instructions += _unless_relieved(r, k)
            j, is_due = k + 1, False
        elif r.term(j, "unit") and times == 1 and r.word(j) != "h":
            j += 1
        else:
            break
    is_due = is_due or _is_second_in_days(r, i, j, after)
    again_and_again = after and after.unit == "h" and times is None and _is_every(r, i + 1)
    if again_and_again and not (r.draft.has_timing() or r.draft.count or r.draft.trigger or is_due):
        r.draft.interval, r.draft.prn = after, True  # "1 tablet as needed, may repeat every 6 hours"
        return r.took(j)
    times = 1 if again and times is None and not r.draft.count else times
    alone = r.draft.prn and not r.draft.has_timing() and not words.isdisjoint(MAYBE) and _ends_clause(r, j)
    if after is None and times is None and not alone:
        return bool(r.draft.interval and r.draft.count) and r.took(j)  # "every 5 minutes, may repeat up to 3 doses"
    if after is None and any(
        r.term(j + (r.word(j) == "at"), kind) for kind in ("event", "clock", "freq", "interval", "every")
    ):
        r.doubts.append("one more at another time of day")
    return r.put("repeat", Repeat(after, times, is_due, times != 1 and after is not None and _is_spaced(r, i, j)), j)


def _is_second_in_days(r: Reader, i: int, j: int, after: Interval | None) -> bool:
    """Whether it is the second of a series: "0.5 mL today, 2nd dose in 2 to 6 months"."""
    if r.word(i) not in _SECOND or not (r.draft.once or r.draft.stat) or r.draft.prn or hangs_on(r, i):
        return False
    is_apart = after is not None and after.unit in ("d", "wk", "mo", "y")
    return is_apart and not any(_if_needed(r, k) for k in range(i + 1, j))


def goes_on_as_needed(r: Reader) -> bool:
    """ "Once, repeat every 2 hours as needed for stridor": from then on so many hours apart."""
    waited = waiting(r, r.at + 1) if r.draft.once and r.draft.dose and _is_every(r, r.at + 1) else None
    if not waited or waited[0].unit != "h" or not r.term(waited[1], "prn"):
        return False
    r.begin("then")
    r.at += 1
    return True


@needs("repeat 1", "may repeat 1")
def once_again(r: Reader) -> bool:
    """ "1 tablet once, repeat 1 wk", "leave on 8 hours, wash off, repeat 1 wk": once more after a week."""
    at_once = r.draft.once or r.draft.stat or r.draft.wear
    unit = r.term(r.at + 1, "period") if at_once and r.word(r.at).endswith("repeat 1") else None
    if unit not in ("d", "wk", "mo"):
        return False
    due = MAYBE.isdisjoint(r.word(r.at).split())
    return r.put("repeat", Repeat(Interval(_ONE, _ONE, unit), is_due=due), r.at + 2)


def _past_same_dose(r: Reader, i: int) -> int:
    """Past the dose itself, said again: "2 tablets now, may repeat 2 tablets in 4 hours"; 0 where none is."""
    held, said = r.draft.dose, measure(r, i)
    return said[3] if held and said and said[:3] == (held.low, held.high, held.unit) else 0


def _unless_relieved(r: Reader, i: int) -> list[str]:
    """ "If no relief", where more is said than "if needed"."""
    return [r.words(i, i + 1)] if r.term(i, "unrelieved") and r.word(i) not in _IF_NEEDED else []


def _is_spaced(r: Reader, i: int, j: int) -> bool:
    """Whether "every" stands between `i` and `j`: "may repeat every 5 minutes"."""
    return r.word(i).endswith(" every") or any(_is_every(r, k) for k in range(i + 1, j))


def _is_every(r: Reader, i: int) -> bool:
    return r.term(i, "every") is not None or r.term(i, "interval") is not None


def _ends_clause(r: Reader, i: int) -> bool:
    i += r.word(i) == "cycle"
    return i >= r.n or r.word(i) in (".", ";", ",", ")", "\n")


def _past_next(r: Reader, j: int) -> int:
    """Past "with a new device", "in the other nostril"; `j` when something else stands there."""
    k = j
    while set(r.word(k).split()) & _NEXT and k < r.n:
        k += 1
    named = any(word in _ANEW for i in range(j, k) for word in r.word(i).split())
    return k if named and r.term(j, "num") is None else j


def _in_which_nostril(said: str) -> list[str]:
    """What the patient is told of a second spray."""
    alternating = ["use alternating nostrils"] if "altern" in said else ["next in the other nostril"]
    return alternating if "nostril" in said or "nare" in said else []


def _in_all(r: Reader, j: int) -> tuple[int, int] | None:
    """ "up to 3 tabs", "max of 3 doses": how many doses in all, where one at a time is taken."""
    if not (r.term(j, "up_to") or r.term(j, "max")) or r.draft.count is not None:
        return None
    k = j + 1 + (r.word(j + 1) in ("a", "of", "total", "a total of", "total of"))
    value, dose = r.term(k, "num"), r.draft.dose
    unit = r.term(k + 1, "unit")
    if dose and unit and unit == dose.unit and dose.low == dose.high and value and r.term(k + 2, "total"):
        times = value / dose.low  # "0.4 mg, may repeat every 2 minutes up to 2 mg total"
        return (int(times), k + 3) if times == int(times) else None
    of_one = dose is not None and dose.low == dose.high == 1 and unit is not None and unit == dose.unit
    if value is None or value != int(value) or not (of_one or r.word(k + 1) in ("doses", "dose")):
        return None
    end = k + 2 + bool(r.term(k + 2, "total"))
    return None if r.term(end, "per") or r.term(end, "freq") else (int(value), end)


def _if_needed(r: Reader, j: int) -> bool:
    return bool(r.term(j, "prn") or r.term(j, "unrelieved"))


def waiting(r: Reader, j: int) -> tuple[Interval, int] | None:
    """ "in 2 hours", "after at least 2 hours", "2 hours later"."""
    k = j
    while r.word(k) in _AFTER or r.word(k) in ("least", "another"):
        k += 1
    if r.word(k) in ("tomorrow", "the next day", "next day", "the following day"):
        return Interval(_ONE, _ONE, "d"), k + 1
    found = r.numbers(k) or ((_ONE, _ONE, k) if r.word(k - 1) == "in one" else None)
    unit = r.term(found[2], "period") if found else None
    if not found or unit not in ("min", "h", "d", "wk", "mo"):
        return None
    end = found[2] + 1
    is_later = r.word(end) in ("later", "after", "apart", "after first dose")
    if k == j and not (is_later or r.draft.once or r.draft.stat or r.draft.wear) and unit not in ("min", "h"):
        return None  # "may repeat 2 h", "once, repeat 2 weeks"
    return Interval(found[0], found[1], unit), end + is_later


def _times(r: Reader, j: int) -> tuple[int, int] | None:
    """ "once", "2 times", "x 1", "up to 2 times"."""
    if r.term(j, "once"):
        return 1, j + 1
    if r.term(j, "fold") and not (r.term(j + 1, "freq") or r.term(j + 1, "link")):
        return int(r.term(j, "fold")), j + 1
    k = j + (r.word(j) in ("x", "times", "up to", "for up to") or r.word(j).endswith("repeat x"))
    value = r.term(k, "num")
    if value is None or value != int(value):
        return None
    if r.term(k + 1, "times") or r.word(k + 1) in ("more", "additional"):
        return int(value), k + 2
    k += k > j and r.word(k + 1) in ("dose", "doses")
    return (int(value), k + 1) if k > j and not r.term(k + 1, "period") and not r.term(k + 1, "unit") else None

"""What stands before the directions themselves: what is done with the order, another medicine that is stopped, a top line."""

from __future__ import annotations

from tallman.core.sig.amounts import SHAPED, is_measured, measure, rate
from tallman.core.sig.products import leads_on, past_name
from tallman.core.sig.products_beside import is_dose, is_form, past_own_strength
from tallman.core.sig.reader import Reader

__all__ = ["labelled", "ordered"]

_BEGUN = frozenset({"start", "begin", "restart", "resume", "initiate", "continue", "commence"})
_HELD_AT_HOME = frozenset("home dose of current outpatient the usual".split())
_CHANGED = frozenset({"increase", "decrease", "reduce", "change", "raise", "lower", "switch"})
_HEADINGS = frozenset({"taper", "wean", "titration"})
_LONGEST = 6


def labelled(r: Reader) -> bool:
    """ "The recommended dosage of Xarelto is 20 mg": the name that labels put before the dose."""
    if r.at or not r.word(0).endswith((" of", "dose", "dosage")):
        return False
    begun = 1 + (r.word(1) in ("of", "of the"))
    end = begun
    while end < min(r.n, begun + _LONGEST) and not r.knows(end) and r.word(end).isalpha() and r.word(end) != "is":
        end += 1
    told = end > begun and r.word(end) in ("is", "is :") and measure(r, end + 1) is not None
    return told and r.put("product", r.words(begun, end), end + 1)


def ordered(r: Reader) -> None:
    """ "Start lisinopril 10 mg daily", "Increase Lantus to 24 units": at the very beginning, what is done with the order is past
    once it stands; the dose that follows is the one to give."""
    if (":" in r.text or not _HEADINGS.isdisjoint(r.said)) and _past_top_line(r):
        return
    first = _past_stopped(r) + 1
    verb = r.word(first - 1)
    begun = verb in _BEGUN
    if not (begun or verb in _CHANGED or verb == "titrate"):
        return
    while first < r.n and set(r.word(first).split()) <= _HELD_AT_HOME:
        first += 1
    end = past_name(r, first)
    if verb == "titrate":
        if end > first and rate(r, end):
            r.draft.product, r.at = r.words(first, end), end
            r.draft.instructions.append("titrated")
        return
    given = end if begun else end + 1
    if begun and (fed := _past_feed(r, first)):
        r.draft.product, r.at = r.words(first, fed), fed
        return
    if end == first or not (begun or r.word(end) == "to") or measure(r, given) is None:
        return
    if first > 1:
        r.note(r.items[0].start, r.items[first - 2].end, is_told=True)
    r.draft.product = r.words(first, end)
    r.at = given


def _past_stopped(r: Reader) -> int:
    """Past "Stop lisinopril." before "Start losartan 50 mg daily"; 0 where no other medicine is stopped first."""
    named = r.term(0, "instr") == "stop" or r.word(0) in ("dc", "d / c", "d/c", "discontinue")
    end = past_name(r, 1) if named else 1
    if end == 1:
        return 0
    held = measure(r, end)
    end = held[3] if held and is_measured(held[2]) else end
    end += r.word(end) in (".", ";", ",", "\n")
    return end if r.word(end) in _BEGUN else 0


def _past_feed(r: Reader, first: int) -> int:
    """Past "Vital AF 1.2", "Jevity 1.5 Cal" before "at 20 mL/hr": the name of a feed, which may hold a number; 0 when it is none."""
    end = first
    while end < min(r.n, first + _LONGEST) and not (r.term(end, "at") or r.word(end) == ":"):
        end += 1
    numbered = any(r.term(k, "num") is not None for k in range(first, end)) and not any(
        measure(r, k) for k in range(first, end)
    )
    named = r.word(first).isalpha() and not r.knows(first) and numbered
    return end if named and r.term(end, "at") and rate(r, end + 1) else 0


def _past_top_line(r: Reader) -> bool:
    """Past what stands over the directions: "5 day taper: 5 tabs x 1 day", "Tab: 1 tab twice a day", "10 mg tab: take 1"."""
    length = r.number(0)
    if (
        length
        and r.term(length[1], "period") in ("d", "wk")
        and r.word(length[1] + 1) == "taper"
        and leads_on(r, length[1] + 2)
    ):
        r.note(0, r.items[length[1] + 1].end)
        r.at = length[1] + 2
        return True
    if r.term(0, "unit") in SHAPED and r.word(1) == ":":
        r.at = 2
        return True
    if headline := _past_strength_alone(r):
        r.at = headline + 1
        return True
    headed = 1 + (r.word(1) in ("off", "schedule"))
    if r.word(0) in ("taper", "wean", "titration") and (r.word(headed) == ":" or r.numbers(headed)):
        r.at = headed + (r.word(headed) == ":")
        return True
    return False


def _past_strength_alone(r: Reader) -> int:
    """Past "14 mg/24hr patch" before ": apply 1 patch", "10 mg tab" before ": take 1"; 0 where something else stands."""
    weighed = measure(r, 0)
    if not weighed or not is_measured(weighed[2]):
        return 0
    k, _ = past_own_strength(r, 0)
    while is_form(r, k) or r.term(k, "unit") in SHAPED:
        k += 1
    dosed = k + 1 + (r.term(k + 1, "verb") is not None)
    counted = measure(r, dosed)
    return k if r.word(k) == ":" and is_dose(r, dosed) and not (counted and is_measured(counted[2])) else 0

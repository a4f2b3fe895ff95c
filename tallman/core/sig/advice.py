"""Advice that comes with a direction: fixed phrases, what it is mixed or taken with, what not to do with it; remarks."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.lexicon import is_spanish, listed_words
from tallman.core.sig.model import Duration, Frequency
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import may_be_name

__all__ = ["begins_dose", "forbidden", "hold", "instruction", "mixed_with", "to_sentence_end", "together"]

_DRINKS = frozenset(
    "water juice liquid liquids fluid fluids milk beverage beverages applesauce pudding yogurt formula gatorade tea coffee food soda pedialyte "
    "saline".split()
)
_HOW = frozenset("cold warm hot clear clean cool lukewarm orange apple grape cranberry fruit any other your favorite soft noncarbonated tap plain of a the "
                 "crushed sterile distilled room normal".split())  # fmt: skip
_VITALS = frozenset("hr sbp dbp bp map pulse rr systolic diastolic".split())
_ON_SKIN = frozenset({"mouth", "skin", "the eyes", "eyes", "the ears"})
_SAME_TIME = "take at the same time each day"
_ORDER = tuple(
    "crush chew split cut break divide open dissolve suck swallow eat drink rinse smoke brush lie lay".split()
)
_FASTING = frozenset({"eat", "drink", "rinse", "smoke", "brush", "lie", "lay"})
"""What may be forbidden for a while, or at a meal."""
_MANNER = frozenset(_ORDER) | {"crushed", "chewed", "eating", "drinking", "rinsing"}
_WHAT = frozenset(
    "tablet tablets capsule capsules patch it them this medication whole anything after afterwards before use mouth teeth taking down using".split()
)

_TOGETHER_ENDS = frozenset({"instr", "reason_lead", "prn", "freq", "event", "directed"})
_ENDS = frozenset({".", ";", ",", "*", "(", ")", "\n", "-"})
_WHEN = frozenset({"freq", "interval", "every", "event", "weekday", "prn", "max", "max_day", "clock", "stat"})
"""What says when or how much of the medicine that is ordered."""


def instruction(r: Reader) -> bool:
    """A phrase of the fixed vocabulary: "with food", "shake well"."""
    said = r.term(r.at, "instr")
    if said is None:
        return False
    if r.term(r.at, "verb") and r.term(r.at + 1, "num") is not None:
        return False
    if said == "stop":
        return _stopped(r)
    if said == "follow package directions":
        r.draft.as_directed = True
    if said == _SAME_TIME and "da" in r.word(r.at) and not (r.draft.frequency or r.draft.interval):
        r.draft.frequency, r.draft.is_weak = Frequency(1, 1), True  # "at the same time every day"
    if said == "on the same day each week" and not (r.draft.has_timing() or r.draft.days):
        r.draft.frequency = Frequency(1, 1, Decimal(1), "wk")
    if r.word(r.at).startswith(("take", "use ", "give")):
        r.draft.clause = r.clause
    end = _past_places(r, r.at + 1) if said == "not on the face" else r.at + 1
    return r.advise(said if end == r.at + 1 else r.words(r.at, end), end)


def _past_places(r: Reader, i: int) -> int:
    """Past ", groin or axillae" behind "not on the face"."""
    j = i
    while r.word(j) in (",", "or", "and", "/", "&", "nor") and (r.term(j + 1, "part") or r.term(j + 1, "link") == "or"):
        j += 2 + (r.term(j + 1, "link") == "or")
    return j if r.term(j - 1, "part") else i


def _stopped(r: Reader) -> bool:
    """ "then stop", "stop after 7 days"; what stands before a dose ("stop taking 1 tablet") forbids it and is not read."""
    j = r.at + 1
    found = r.numbers(j + 1) if r.word(j) in ("after", "in") else None
    unit = r.term(found[2], "period") if found else None
    if found and unit in ("d", "wk", "mo"):
        return r.put("duration", Duration(found[0], found[1], unit), found[2] + 1)
    if r.draft.has_timing() and (end := _past_other(r, j)) > j:
        r.remarks.append((r.items[r.at].start, r.items[end - 1].end))
        r.at = end
        return True
    if r.term(j, "num") is not None or r.term(j, "verb"):
        return False
    if any(r.term(j, kind) for kind in ("event", "freq", "interval", "every", "clock", "route", "unit")):
        return False  # "in the morning and stop at night"
    draft = r.draft
    ends = (
        draft.duration
        or draft.days
        or draft.count
        or draft.cycle
        or draft.until
        or draft.once
        or draft.stat
        or draft.change
    )
    if not (ends or r.pending == "then" or r.word(r.at).startswith(("then", "and")) or len(r.drafts) > 1):
        r.doubts.append("stopped: when, is not said")
    return r.advise("stop", j)


def _past_other(r: Reader, i: int) -> int:
    """Past "losartan", "20 mg tablets", "celexa and ritalin" behind "stop": what was taken before; `i` when it is not that."""
    j = i
    if r.draft.prn and r.draft.prn_reason is None and r.term(r.at - 1, "prn"):
        return i  # "as needed stop taking pain"
    j += r.word(j) in ("taking", "the", "your", "old", "previous")
    named = j
    while j < r.n and not r.knows(j) and r.word(j).isalpha() and len(r.word(j)) > 3 and may_be_name(r.word(j)):
        j += 1
        j += r.word(j) in ("and", "/", "&", "+") and not r.knows(j + 1) and r.word(j + 1).isalpha()
    found = measure(r, j)
    if found and is_measured(found[2]):
        j = found[3]
        j += r.term(j, "unit") is not None
    if j > named and r.word(j) in ("while", "during", "until", "when"):
        j = max(to_sentence_end(r, j + 1, ",", ")", acts=True), j)
    return j if j > named and (j >= r.n or r.word(j) in _ENDS) else i


def mixed_with(r: Reader) -> bool:
    """ "in 8 oz of water", "mix with 4 to 8 ounces of juice", "with a full glass of water", "mixed in applesauce"."""
    j = r.at
    stirred = bool(r.term(j, "mixing"))
    j += stirred
    if not (r.word(j) in ("in", "with", "into", "w/", "w", "to") or (stirred and r.term(j - 1, "mixing") == "into")):
        return False
    j += r.word(j) in ("in", "with", "into", "w/", "w", "to")
    begun = j
    while r.word(j) in (
        "a", "at", "least", "about", "full", "half", "of", "an", "1", "approximately", "at least", "glass",
    ):  # fmt: skip
        j += 1
    found = measure(r, j)
    if found and (found[2] in ("mL", "L") or r.word(found[3]) in ("glass", "cup")):
        j = found[3]
    while r.word(j) in _HOW or r.word(j) in (
        "glass", "cup", "bottle", "full", "small", "amount", "large", "little", "tablespoon",
    ):  # fmt: skip
        j += 1
    if r.word(j) not in _DRINKS:
        return False
    j += 1
    while r.word(j) in ("or", "/", "and", ","):
        k = j + 1
        while r.word(k) in _HOW:
            k += 1
        if r.word(k) not in _DRINKS:
            break
        j = k + 1
    lead = "mixed in" if stirred else r.word(begun - 1)
    return r.advise(f"{lead} {r.words(begun, j)}", j)


def forbidden(r: Reader) -> bool:
    """ "do not crush, chew or split" in whatever order: said in one."""
    if not r.term(r.at, "not"):
        return False
    named: list[str] = []
    j = r.at + 1
    while True:
        k = j
        while r.word(k) in (
            ",", "/", "or", "and", "nor", "&", "and / or", "tablet", "tablets", "capsule", "capsules", "patch", "it",
            "them", "to", "down",
        ):  # fmt: skip
            k += 1
        if r.word(k) not in _MANNER:
            break
        named.append(r.word(k).removesuffix("ed").removesuffix("ing"))
        j = k + 1
    if not named:
        return _avoided(r)
    j = _past_a_while(r, j) if not _FASTING.isdisjoint(named) else _past_what(r, j)
    told = sorted(dict.fromkeys(named), key=_ORDER.index)
    joined = " or ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
    timed = any(r.term(k, "event") or r.term(k, "period") for k in range(r.at, j))
    r.advise(r.words(r.at, j) if timed else f"do not {joined}", j)
    r.ordered = j
    return True


def _past_a_while(r: Reader, j: int) -> int:
    """Past "the tablet", and past "for 30 minutes after"."""
    j = _past_what(r, j)
    if r.term(j, "event") and (
        r.word(j - 1) in ("after", "before") or r.word(j).startswith(("before", "after", "prior"))
    ):
        j += 1
    lasting = r.numbers(j + 1) if r.term(j, "for") else None
    if lasting and r.term(lasting[2], "period") in ("min", "h"):
        j = _past_what(r, lasting[2] + 1)
    return j


def _past_what(r: Reader, j: int) -> int:
    while r.word(j) in _WHAT:
        j += 1
    return j


def _avoided(r: Reader) -> bool:
    """ "avoid dairy": plain words that nothing else means anything to."""
    j = r.at + 1
    while (
        j < r.n
        and (not r.knows(j) or r.term(j, "other"))
        and r.word(j).isalpha()
        and r.word(j) not in listed_words("stop")
    ):
        j += 1
    if _says_how(r, r.at + 1):
        return False  # "2 g do not IV once"
    if r.word(r.at) == "avoid" and j > r.at + 1:
        j = to_sentence_end(r, j, ",", ")") if j < r.n else j
        return r.advise(r.words(r.at, j), j)
    first = r.at + 1 + bool(r.term(r.at + 1, "verb"))
    end = to_sentence_end(r, first, ",", ")")
    end = next((k for k in range(first, end) if r.term(k, "directed")), end)
    told = any(
        r.term(i, kind) is not None and not (kind == "num" and r.term(i + 1, "period") in ("h", "min"))
        for i in range(r.at + 1, end)
        for kind in ("num", "interval", "prn", "instr", "weekday", "day", "once", "stat", "every")
    )
    return end > first + 1 and not told and r.advise(r.words(r.at, end), end)


def _says_how(r: Reader, i: int) -> bool:
    """Whether a route or a length of time stands right behind what is forbidden, so that it forbids the order itself."""
    return (r.term(i, "route") or r.term(i, "over") or r.term(i, "place")) is not None and r.word(i) not in _ON_SKIN


def together(r: Reader) -> bool:
    """ "with ferrous sulfate": another medicine, in words of no vocabulary, that it is taken along with."""
    j = r.at + 1
    if not r.term(r.at, "with") or not (r.draft.has_timing() or r.draft.method == "use"):
        return False
    j += r.word(j) == "insulin"
    if r.word(j) in ("vitamin", "vit") and len(r.word(j + 1)) == 1:
        j += 2
    while j < r.n and not r.knows(j) and r.word(j).isalpha() and len(r.word(j)) > 3:
        j += 1
        j += r.word(j) in ("and", "&", "/", "+") and not r.knows(j + 1) and r.word(j + 1).isalpha()
    ends = j >= r.n or r.word(j) in (".", ";", ",", "(") or not _TOGETHER_ENDS.isdisjoint(r.items[j].terms)
    named = all(r.knows(k) or may_be_name(r.word(k)) for k in range(r.at + 1, j) if r.word(k).isalpha())
    return j > r.at + 1 and bool(ends) and named and r.advise(f"with {r.words(r.at + 1, j)}", j)


def hold(r: Reader) -> bool:
    """ "hold for SBP < 100", "stop if rash develops": when not to give it, in the words of the text."""
    if r.word(r.at) == "hold" and r.draft.has_timing() and (end := _past_other(r, r.at + 1)) > r.at + 1:
        r.remarks.append((r.items[r.at].start, r.items[end - 1].end))
        r.at = end
        return True  # "hold simvastatin during treatment"
    if not r.term(r.at, "hold"):
        return False
    length = r.numbers(r.at + 1)
    if length and r.term(length[2], "period") and "if" not in r.word(r.at):
        return False  # "hold for 5 days"
    j = to_sentence_end(r, r.at + 1, acts=True)
    while j > r.at + 1 and r.word(j) in (";", ",") and r.word(j + 1) in _VITALS:
        j = max(to_sentence_end(r, j + 2, acts=True), j + 2)  # "hold if sbp < 90; hr < 50"
    return j > r.at + 1 and r.advise(r.words(r.at, j), j)


def begins_dose(r: Reader, i: int) -> bool:
    """Whether a number at `i` is an amount, or how often: "2 tablets", "1 tsp", "1 by mouth", "take 2"."""
    found = r.numbers(i)
    if found is None:
        return False
    after = r.items[found[2]].terms
    told = not after.keys().isdisjoint(("unit", "spoon", "route", "freq", "every", "times"))
    return (told and "period" not in after) or (i > 0 and r.term(i - 1, "verb") is not None)


def to_sentence_end(r: Reader, i: int, *ends: str, acts: bool = False) -> int:
    """The end of the sentence from `i`, or `i` when an amount, a time or (unless it `acts`) a verb is in it.

    A time behind a comma or a dash ends it.
    """
    j = i
    ends = (*ends, ")") if r.word(i - 2) == "(" else ends
    while j < r.n and r.word(j) not in (".", ";", *ends):
        if (
            (r.term(j, "verb") and not acts)
            or r.term(j, "link") == "then"
            or begins_dose(r, j)
            or is_spanish(r.word(j))
        ):
            return i
        if not _WHEN.isdisjoint(r.items[j].terms) or _begins_length(r, j):
            return j if r.word(j - 1) in (",", "-") and j > i + 1 else i
        j += 1
    return j


def _begins_length(r: Reader, i: int) -> bool:
    """ "for 7 days" """
    found = r.numbers(i + 1) if r.term(i, "for") or r.term(i, "for_up_to") else None
    return found is not None and r.term(found[2], "period") is not None

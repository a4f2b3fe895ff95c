"""What wards and nursing homes add to an order: flushes of the line, feeds that stop for it, when it may not be given by mouth."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import to_sentence_end

__all__ = ["around", "cycled", "denied", "exempted", "feeds_held", "flushed", "given_apart"]

_ENDS = frozenset({".", ";", ",", ")", "(", "\n", "*", "-"})
_LINES = frozenset(
    "with using by w w/ the a of iv line lines tube peg port picc catheter ng ngt gt g j access cvc hub lumen lock sterile tap free warm "
    "at least water saline ns normal 0.9 % nacl sodium chloride d5w heparin fluid well thoroughly".split()
)
"""What is flushed, and with what."""
_WHEN = frozenset(
    "before after and & / pre post prior to following between each every all use uses med meds medication medications medicine dose doses "
    "administration infusion infusions feed feeds feeding feedings the it giving this".split()
)
_FEEDS = frozenset(
    "tf tfs tube feed feeds feeding feedings formula nutrition enteral continuous the all continuously".split()
)
_AROUND = frozenset(
    "before after and & / for prior to pre post following each every dose doses administration both".split()
)
_ON_AND_OFF = frozenset("on off up down start stop begin end run from to at until , and / - then cycled".split())
_FIGURES = 4
_DAYS = ("before", "of", "after")


def flushed(r: Reader) -> bool:
    """ "Flush with 10 mL NS before and after": what follows a dose. A flush by the clock is an order of its own and stays."""
    if r.word(r.at) not in ("flush", "flushed", "flushing") or not (r.draft.dose and r.draft.has_schedule()):
        return False
    j, amounts = r.at + 1, 0
    while j < r.n and r.word(j) not in _ENDS:
        found = measure(r, j)
        if found and found[2] in ("mL", "L", "unit"):
            j, amounts = found[3], amounts + 1
            continue
        if not all(w in _LINES or w in _WHEN for w in r.word(j).split()):
            return False
        j += 1
    timed = any(w in _WHEN for k in range(r.at + 1, j) for w in r.word(k).split())
    return amounts <= 1 and timed and r.advise(r.words(r.at, j), j)


def feeds_held(r: Reader) -> bool:
    """ "Hold tube feeds 1 hour before and 2 hours after": the feeds stop, the medicine does not."""
    j = r.at + 1
    while j < r.n and r.word(j) in _FEEDS:
        j += 1
    if r.word(r.at) not in ("hold", "stop", "pause", "interrupt") or j == r.at + 1 or not r.draft.dose:
        return False
    while j < r.n and r.word(j) not in _ENDS:
        found = r.numbers(j)
        if found and r.term(found[2], "period") in ("h", "min"):
            j = found[2] + 1
        elif all(w in _AROUND for w in r.word(j).split()):
            j += 1
        else:
            return False
    return r.advise(r.words(r.at, j), j)


def cycled(r: Reader) -> bool:
    """ "On at 1400, off at 1000": when a feed begins and ends, in the words of the text."""
    if not (r.draft.rate or r.draft.over) or r.word(r.at).split()[0] not in (
        "on",
        "off",
        "up",
        "start",
        "begin",
        "run",
        "cycled",
    ):
        return False
    j, hours = r.at, 0
    while j < r.n and r.word(j) not in (")", ".", ";"):
        word = r.word(j)
        is_hour = ":" in word or (len(word) == _FIGURES and word.isdigit())
        if not (is_hour or set(word.split()) <= _ON_AND_OFF or word in ("am", "pm") or word.isdigit()):
            return False
        hours += is_hour or (word.isdigit() and r.word(j + 1) in ("am", "pm"))
        j += 1
    return hours == 2 and r.advise(r.words(r.at, j), j)


def around(r: Reader) -> bool:
    """ "The day before, the day of and the day after docetaxel": around what it is given, on three days."""
    i = r.at
    told: list[str] = []
    while len(told) < len(_DAYS):
        i += r.word(i) in ("the", "on", "on the")
        i += r.word(i) == "the"
        if r.word(i) != "day" or not r.word(i + 1):
            break
        told.append(r.word(i + 1).split()[0])
        i += 2
        while r.word(i) in (",", "and", "&"):
            i += 1
    if not (len(told) >= 2 and told == [d for d in _DAYS if d in told]) or not r.draft.dose:
        return False
    named = r.word(i).isalpha() and (r.term(i, "trigger") is not None or not r.knows(i))
    ends = i + 1 >= r.n or r.word(i + 1) in _ENDS or r.term(i + 1, "trigger") is not None
    i += named and r.term(i + 1, "trigger") is not None
    return bool(named and ends) and r.put("trigger", r.words(r.at, i + 1), i + 1)


def denied(r: Reader) -> bool:
    """ "Haldol 2.5 mg (not 5 mg)", "at 2000 (not at bedtime)": in brackets, what it is not."""
    if r.word(r.at) != "not" or r.word(r.at - 1) != "(" or not r.draft.dose:
        return False
    found, held = measure(r, r.at + 1), r.draft.dose
    end = found[3] if found and (found[0], found[2]) != (held.low, held.unit) else 0
    code = r.term(r.at + 1, "event")
    end = (
        r.at + 2 if code and all(e.code != code for e in r.draft.events) and (r.draft.clock or r.draft.events) else end
    )
    return bool(end) and r.word(end) == ")" and r.advise(r.words(r.at, end), end)


def exempted(r: Reader) -> bool:
    """ "Unless sedated": on what it hangs besides, in the words of the text; a dose in it leaves it to a person."""
    if r.word(r.at) != "unless" or not (r.draft.dose and r.draft.has_schedule()):
        return False
    end = to_sentence_end(r, r.at + 1, ",", ")")
    told = any(r.term(k, kind) for k in range(r.at + 1, end) for kind in ("num", "if", "not", "verb"))
    return end > r.at + 1 and not told and r.advise(r.words(r.at, end), end)


@needs("trigger")
def given_apart(r: Reader) -> bool:
    """ "Not on dialysis days", "only on HD days", "except on HD days": on which days, by what happens on them."""
    i = r.at
    said = r.word(i)
    if not (r.term(i, "except") or r.term(i, "on") or said in ("only", "not", "except", "give")) or not r.draft.dose:
        return False
    if said == "on" and r.word(i + 1).endswith("days only") and r.term(i + 1, "trigger") and r.draft.trigger:
        return r.advise(r.words(i, i + 2), i + 2)  # "after dialysis, on dialysis days only"
    i += said == "give" and r.word(i + 1) == "only"
    only = r.word(i).startswith("only")
    while r.word(i) in (
        "only",
        "not",
        "except",
        "on",
        "not on",
        "except on",
        "only on",
        "but not on",
        "but not",
        "the",
    ):
        i += 1
    days = "days" in r.word(i) or r.word(i + 1) == "days"
    if (
        i == r.at
        or not r.term(i, "trigger")
        or not days
        or not (only or r.term(r.at, "except") or said in ("not", "except"))
    ):
        return False
    return r.put("trigger", r.words(r.at, i + 1), i + 1)

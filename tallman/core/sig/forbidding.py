"""What is not to be done with it, and when it is not to be given: "do not crush", "avoid dairy", "hold if SBP < 100", "stop"."""

from __future__ import annotations

import re

from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import Duration
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import to_sentence_end
from tallman.core.sig.spelling import may_be_name

__all__ = ["forbidden", "hold", "off_at_last", "other_medicine_day", "stopped"]

_VITALS = frozenset("hr sbp dbp bp map pulse rr systolic diastolic".split())
_UNNAMED = re.compile(
    r"(hold(?: dose| the dose)?(?: if| for| when)?) ?((?:<|>|\u2264|\u2265|less than|below|under|above|over|greater than) ?=? ?\d[\d.]*"
    r"(?: ?(?:bpm|beats?(?:/| per )min(?:ute)?|/min|mm ?hg|mg/dl))?(?: ?(?:or|and) ?(?:<|>|below|above|over|less than|greater than) ?\d[\d.]*)?\W*)$"
)
_VITAL_BEFORE = re.compile(
    r"\b(?:check|take|monitor|measure|obtain|assess|count|get)\w* (?:the |your )?((?:apical |radial )?(?:pulse|heart rate|hr)|sbp|dbp|bp"
    r"|(?:systolic )?blood pressure|resp(?:iratory|irations?)?(?: rate)?|rr|fsbs|fsbg|bg|blood sugar|glucose|inr|temp(?:erature)?|o2 sat\w*|spo2)\b",
    re.IGNORECASE,
)
_ON_SKIN = frozenset({"mouth", "skin", "the eyes", "eyes", "the ears"})
_ORDER = tuple(
    "crush chew bite split cut break divide open puncture pierce dissolve suck swallow eat drink rinse smoke brush lie lay".split()
)
_FASTING = frozenset({"eat", "drink", "rinse", "smoke", "brush", "lie", "lay"})
"""What may be forbidden for a while, or at a meal."""
_MANNER = frozenset(_ORDER) | {"crushed", "chewed", "eating", "drinking", "rinsing"}
_WHAT = frozenset(
    "tab tabs cap caps tablet tablets capsule capsules patch it them this medication whole anything after afterwards "
    "before use mouth teeth taking down using".split()
)
_OPENINGS = frozenset(
    {"mouth", "nose", "lips", "vagina", "ears", "eyes", "mucous membranes", "broken skin", "open wounds"}
)
_OTHER_DAY = frozenset(
    {
        "the",
        "of",
        "on",
        "your",
        "you",
        "take",
        "taking",
        "not",
        "do not",
        "not taking",
        "when",
        "that",
        "is",
        "taken",
        "is taken",
        "same",
        "on the",
    }
)
_AROUND = frozenset("the your , or and / & nor any other area areas skin contact with".split())
_ENDS = frozenset({".", ";", ",", "*", "(", ")", "\n", "-"})
_HELD = frozenset({"hold", "hold on", "skip", "omit"})
_OF_THE_DAY = frozenset({"of", "of the", "on", "on the", "on day of", "day of"})


def off_at_last(r: Reader) -> bool:
    """ "…, 10 mg x 5 days, off", "1/2 daily x 4 days dc": the end of a course, as the last word."""
    ends = r.at + 1 >= r.n or (r.word(r.at + 1) == "." and r.at + 2 >= r.n)
    if r.word(r.at) == "dc" and ends and r.draft.duration and r.term(r.at - 1, "period"):
        return r.advise("stop", r.at + 1)
    if r.word(r.at) != "off" or not ends or r.word(r.at - 1) != "," or not (len(r.drafts) > 1 and r.draft.duration):
        return False
    return r.advise("stop", r.at + 1)


def stopped(r: Reader) -> bool:
    """ "then stop", "stop after 7 days"; what stands before a dose ("stop taking 1 tablet") forbids it and is not read."""
    j = r.at + 1
    found = r.numbers(j + 1) if r.word(j) in ("after", "in") else None
    unit = r.term(found[2], "period") if found else None
    if found and unit in ("d", "wk", "mo"):
        return r.put("duration", Duration(found[0], found[1], unit), found[2] + 1)
    ahead = r.numbers(j)
    if ahead and r.term(ahead[2], "period") and r.term(ahead[2] + 1, "before") and r.term(ahead[2] + 2, "trigger"):
        said = f"{r.words(j, ahead[2] + 1)} before {r.word(ahead[2] + 2)}"
        return r.put("until", said, ahead[2] + 3)  # "stop 5 days prior to surgery"
    if r.draft.has_timing() and (end := _past_other(r, j)) > j:
        r.note(r.items[r.at].start, r.items[end - 1].end, is_told=True)
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
    while r.word(j).removeprefix("/ ") in _WHAT or (r.word(j) == "or" and r.word(j + 1) in _WHAT):
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
    if r.word(r.at) == "avoid" and (kept := _past_places(r, r.at + 1)):
        return r.advise(r.words(r.at, kept), kept)  # "avoid face and groin"
    if end := _past_moment(r, r.at + 1):
        return r.advise(r.words(r.at, end), end)  # "do not take at night", "never with milk"
    if _says_how(r, r.at + 1):
        return False  # "2 g do not IV once"
    if r.word(r.at) == "avoid" and j > r.at + 1:
        near = r.numbers(j + 1) if r.term(j, "within") else None
        if near and r.term(near[2], "period") in ("h", "min"):
            j = near[2] + 1  # "avoid antacids within 2 hours of the dose"
            while r.word(j) in (
                "of",
                "of the",
                "of this",
                "before",
                "after",
                "or",
                "dose",
                "taking",
                "this",
                "medication",
                "the dose",
            ):
                j += 1
        else:
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
    return end > first + (first == r.at + 1) and not told and r.advise(r.words(r.at, end), end)


def _past_places(r: Reader, i: int) -> int:
    """Past "the eyelids, groin and broken skin"; 0 where anything but places stands there."""
    j, places = i, 0
    while j < r.n and r.word(j) not in _ENDS - {","}:
        is_place = any(r.term(j, kind) is not None for kind in ("part", "place")) or r.word(j) in _OPENINGS
        if not (is_place or r.term(j, "side") or r.term(j, "prep") or r.word(j) in _AROUND):
            return 0
        places += is_place
        j += 1
    return j if places else 0


def _past_moment(r: Reader, i: int) -> int:
    """Past "take at bedtime", "with milk", "within 2 hours of antacids", where a clause ends; 0 when it is something else."""
    j = i + (r.term(i, "verb") is not None)
    j += r.word(j) in ("it", "them", "this")
    if r.term(j, "event") or r.term(j, "instr"):
        end = j + 1
    elif r.term(j, "within") and (found := r.numbers(j + 1)) and r.term(found[2], "period"):
        end = found[2] + 1 + (r.word(found[2] + 1) in ("of", "of the"))
        while end < r.n and r.word(end).isalpha() and (not r.knows(end) or r.term(end, "other")):
            end += 1
    else:
        return 0
    told = r.draft.dose and r.draft.has_timing()
    return end if told and (end >= r.n or r.word(end) in _ENDS) else 0


def _says_how(r: Reader, i: int) -> bool:
    """Whether a route or a length of time stands right behind what is forbidden, so that it forbids the order itself."""
    return (r.term(i, "route") or r.term(i, "over") or r.term(i, "place")) is not None and r.word(i) not in _ON_SKIN


def _past_distance(r: Reader, i: int) -> int:
    """Past "48 h before surgery", "for 2 days after the procedure"; 0 when it is something else."""
    k = i + (r.word(i) in ("on", "on the", "the", "dose", "dose on"))
    k += r.word(k) == "the"
    if r.term(k, "trigger") and "day of" in r.word(k):
        return k + 1  # "hold on day of surgery"
    if r.term(k, "event") and not r.word(k).endswith("meal"):
        lead = k + 1 + (r.word(k + 1) in _OF_THE_DAY or r.term(k + 1, "before") is not None)
        if r.term(lead, "trigger"):
            return lead + 1  # "hold AM of surgery", "hold AM dose on HD days"
    if r.term(k, "trigger") and r.term(k + 1, "event"):
        return k + 2  # "hold on HD AM"
    found = r.numbers(i + bool(r.term(i, "for")))
    if not found or r.term(found[2], "period") not in ("h", "d"):
        return 0
    j = found[2] + 1
    before = r.term(j, "before") or r.term(j, "after")
    return j + 2 if before and r.term(j + 1, "trigger") else 0


def other_medicine_day(r: Reader) -> bool:
    """ "except the day of methotrexate", "on days not taking methotrexate": which days those are, the directions do not say."""
    j, days = r.at + 1, 0
    if r.term(r.at, "except") and r.term(j, "trigger") and "day" in r.word(j) and r.draft.has_timing():
        return r.advise(r.words(r.at, j + 1), j + 1)  # "but not on dialysis days"
    begun = bool(r.term(r.at, "except")) or r.word(r.at) in ("on days", "days", "day")
    if not begun or not r.draft.dose or not r.draft.has_timing():
        return False
    days = "day" in r.word(r.at)
    named = False
    while j < r.n and j < r.at + 8 and r.word(j) not in _ENDS:
        word = r.word(j)
        if not r.knows(j) and word.isalpha() and len(word) > 5 and may_be_name(word):
            named = True
        elif "day" in word or word in _OTHER_DAY or (word == "mtx" and (named := True)):
            days = days or "day" in word
        else:
            break
        j += 1
    return bool(named and days) and r.advise(r.words(r.at, j), j)


def hold(r: Reader) -> bool:
    """ "hold for SBP < 100", "stop if rash develops": when not to give it, in the words of the text."""
    if r.word(r.at) == "hold" and r.draft.has_timing() and (end := _past_other(r, r.at + 1)) > r.at + 1:
        r.note(r.items[r.at].start, r.items[end - 1].end, is_told=True)
        r.at = end
        return True  # "hold simvastatin during treatment"
    if r.word(r.at) in _HELD and (end := _past_distance(r, r.at + 1)):
        return r.advise(r.words(r.at, end), end)  # "hold 48 hours before the procedure"
    if (
        r.word(r.at) == "hold"
        and r.term(r.at + 1, "event")
        and r.word(r.at + 1).endswith("dose")
        and r.draft.has_timing()
    ):
        end = to_sentence_end(r, r.at + 2, ",", acts=True)
        if end > r.at + 2 and (
            r.term(r.at + 2, "until") or r.term(r.at + 2, "if") or r.word(r.at + 2) in ("for", "before")
        ):
            return r.advise(r.words(r.at, end), end)  # "hold AM dose until level drawn"
    if not r.term(r.at, "hold"):
        return False
    length = r.numbers(r.at + 1)
    if length and r.term(length[2], "period") and "if" not in r.word(r.at):
        return False  # "hold for 5 days"
    j = to_sentence_end(r, r.at + 1, acts=True)
    while j > r.at + 1 and r.word(j) in (";", ",") and r.word(j + 1) in _VITALS:
        j = max(to_sentence_end(r, j + 2, acts=True), j + 2)  # "hold if sbp < 90; hr < 50"
    said = r.words(r.at, j)
    if unnamed := _UNNAMED.match(said):
        of = _VITAL_BEFORE.findall(r.text[: r.items[r.at].start])
        if not of:
            r.doubts.append("hold it: what is so low or high is not said")
        said = f"{unnamed[1]} {of[-1].lower() if of else ''} {unnamed[2]}"  # "check pulse, hold if < 60"
    return j > r.at + 1 and r.advise(" ".join(said.split()), j)

"""What nurses and infusion rooms add to an order, or put before it: what is watched, by which hour the last dose is given, another way in
when the first one fails, what is flushed by the clock, a stronger dose when the first did nothing."""

from __future__ import annotations

from tallman.core.sig.amounts import measure, rate
from tallman.core.sig.model import Dose
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader

__all__ = [
    "brought_in",
    "dose_by",
    "escalated",
    "flush_ordered",
    "headed",
    "other_way",
    "ran_up",
    "stopped_when",
    "watched",
]

_ENDS = frozenset({".", ";", ",", ")", "(", "\n"})
_WATCHING = frozenset("observe observed monitor monitored watch obs".split())
_OF_DOSES = (
    "freq",
    "interval",
    "weekday",
    "prn",
    "max",
    "max_day",
    "may_repeat",
    "increase",
    "decrease",
    "hold",
    "route",
    "clock",
)
_BROUGHT = frozenset("reconstitute reconstituted dilute diluted reconst admix admixed".split())
_LAST = frozenset(
    {"last dose", "second dose", "2nd dose", "final dose", "second dose of the day", "last dose of the day"}
)
_LINES = {
    "tube": "enteral tube", "g-tube": "enteral tube", "gtube": "enteral tube", "peg": "enteral tube", "gt": "enteral tube",
    "ng": "enteral tube", "ngt": "enteral tube", "j-tube": "enteral tube", "jtube": "enteral tube", "tubing": "enteral tube",
    "picc": "intravenous", "port": "intravenous", "line": "intravenous", "iv": "intravenous", "piv": "intravenous",
    "midline": "intravenous", "catheter": "intravenous", "lumen": "intravenous", "lumens": "intravenous", "cvc": "intravenous",
    "mediport": "intravenous", "hickman": "intravenous", "broviac": "intravenous", "saline lock": "intravenous",
}  # fmt: skip
"""What is flushed, and which way that goes in."""
_SEVERAL = {"each": "into each lumen", "all": "into each lumen", "both": "into both lumens"}
_IN_HEADS = frozenset({"cycle", "cycles", "course", "round"})
_LONGEST_HEAD = 12


def headed(r: Reader) -> None:
    """ "Cycle 2: cisplatin 75 mg/m2", "Check FSBS AC & HS; Humalog 6 units": at the very beginning, what is no part of the dose."""
    if r.word(2) == ":" and r.word(0) in _IN_HEADS and r.term(1, "num") is not None:
        end = 2
    elif r.term(0, "verb") == "check":
        end = next((k for k in range(1, min(r.n, _LONGEST_HEAD)) if r.word(k) in (";", ".")), 0)
        end = end if end and any(measure(r, k) for k in range(end + 1, r.n)) else 0
        end = 0 if any(r.term(k, "num") is not None or r.term(k, "if") for k in range(end)) else end
    else:
        return
    if end:
        r.note(r.items[0].start, r.items[end].end)
        r.at = end + 1


def watched(r: Reader) -> bool:
    """ "Observe 1 hour post infusion", "monitor patient for 30 minutes after injection": behind an order, what follows it."""
    if not r.draft.dose or r.word(r.at).partition(" ")[0] not in _WATCHING:
        return False
    end = _past_plain(r, r.at + 1)
    return end > r.at + 1 and r.advise(r.words(r.at, end), end)


def _past_plain(r: Reader, i: int) -> int:
    """Where the clause from `i` ends; `i` where it tells how much or how often."""
    end = i
    while end < r.n and r.word(end) not in _ENDS:
        found = measure(r, end)
        if (found and not r.term(found[3] - 1, "period")) or any(r.term(end, kind) for kind in _OF_DOSES):
            return i
        if r.term(end, "link") in ("then", "or") or (r.term(end, "verb") and end > i):
            return i
        end += 1
    return end


def brought_in(r: Reader) -> bool:
    """ "Reconstituted with lidocaine 1%", "diluted in 50 mL D5W": behind a dose, what it is brought into."""
    i = r.at
    if not r.draft.dose or _BROUGHT.isdisjoint(r.word(i).split()):
        return False
    i += 1
    i += r.word(i) in ("in", "with", "to", "into", "w/", "using")
    end = i
    while end < r.n and r.word(end) not in _ENDS and r.word(end) not in ("and", "over", "then") and end < i + 8:
        if any(r.term(end, kind) for kind in (*_OF_DOSES, "verb", "every")):
            break
        found = measure(r, end)
        if found and found[2] not in ("mL", "L", "%"):
            return False
        end = found[3] if found else end + 1
    named = any(r.word(k).isalpha() for k in range(i, end))
    return named and r.advise(r.words(r.at, end), end)


def dose_by(r: Reader) -> bool:
    """ "Second dose by 1600", "last dose no later than 6 pm", "last dose 2200": by which hour, of what is given several times a day."""
    spaced = r.draft.interval is not None and r.draft.interval.unit == "h"
    several = spaced or (r.draft.frequency is not None and r.draft.frequency.high > 1)
    said = r.word(r.at)
    i = r.at + 1
    if said in ("second", "2nd", "last", "final") and r.word(i) == "dose":
        said, i = f"{said} dose", i + 1
    if not several or said not in _LAST:
        return False
    while (
        r.term(i, "at")
        or r.term(i, "before")
        or r.word(i) in ("no later than", "no", "later", "than", "not later than")
    ):
        i += 1
    hour = r.word(i)
    end = i + 1 if r.term(i, "clock") or (len(hour) == 4 and hour.isdigit()) else i
    if end == i and r.term(i, "num") is not None and r.word(i + 1) in ("a", "p", "am", "pm"):
        end = i + 1
    end += end > i and r.word(end) in ("a", "p", "am", "pm", "h", "hrs")
    return end > i and r.advise(r.words(r.at, end), end)


def stopped_when(r: Reader) -> bool:
    """ "D/C when taking PO well", "stop once eating": until when it is given, behind an order."""
    if r.term(r.at, "instr") != "stop" or r.word(r.at + 1) not in ("when", "once", "if", "as soon as"):
        return False
    if not (r.draft.dose or r.draft.rate) or r.word(r.at).startswith(("then", "and then")):
        return False
    end = r.at + 2
    while end < r.n and r.word(end) not in _ENDS:
        if r.term(end, "unit") and not r.term(end, "period") and r.term(end - 1, "num") is not None:
            return False
        end += 1
    return end > r.at + 2 and r.advise(r.words(r.at, end), end)


@needs("if", "instr")
def other_way(r: Reader) -> bool:
    """ "May give PR if unable to swallow", "or IM if no IV access": behind an order, another way in when the first one fails."""
    if not (r.draft.dose and r.draft.route):
        return False
    i = r.at
    while (
        r.term(i, "noise")
        or r.term(i, "verb") == "give"
        or r.word(i) in ("may", "be", "can", "or", "ok to", "okay to", "to")
    ):
        i += 1
    route = r.term(i, "route")
    if i == r.at or not route or route == r.draft.route or (not r.term(i + 1, "if") and not r.term(i + 1, "instr")):
        return False
    if r.term(i + 1, "instr") and not str(r.term(i + 1, "instr")).startswith("if "):
        return False
    end = i + 2
    while end < r.n and r.word(end) not in _ENDS:
        if measure(r, end) or any(r.term(end, kind) for kind in _OF_DOSES if kind != "route"):
            return False
        end += 1
    return r.advise(r.words(r.at, end), end)


def ran_up(r: Reader) -> bool:
    """ "Start at 0.5 mL/kg/hr and increase q30min to max 4 mL/kg/hr", behind a dose: how fast it runs, and how that rises."""
    if not r.draft.dose or r.draft.rate or (not r.draft.has_schedule() and not r.draft.route):
        return False
    i = r.at + 1
    while r.term(i, "at") or r.word(i) in ("rate", "infusion", "at", "of", "the", ":", "a"):
        i += 1
    flow = rate(r, i)
    runs = flow is not None and (flow[0].unit == "mL" or bool(r.draft.frequency or r.draft.interval or r.draft.days))
    if not flow or not runs:
        return False  # "15 mg bolus, start at 5 mg/hr" is another dose
    end = flow[1]
    while end < r.n and r.word(end) not in (".", ";", ")", "(", "\n"):
        found = measure(r, end)
        if found and not rate(r, end) and r.word(found[3]) not in ("/", "per"):
            return False
        if any(r.term(end, kind) for kind in ("freq", "weekday", "prn", "hold", "route")):
            return False
        end += 1
    return r.advise(r.words(r.at, end), end)


def flush_ordered(r: Reader) -> bool:
    """ "Flush PEG with 150 mL water q4h", "flush PICC w/ 10 mL NS daily": a flush that is itself the order, at the start of a clause."""
    if r.word(r.at) not in ("flush", "flushed", "irrigate") or not r.draft.is_blank() or r.draft.first >= 0:
        return False
    i, way = r.at + 1, None
    while i < r.n and (
        r.term(i, "route")
        or r.word(i) in _LINES
        or r.word(i) in ("the", "each", "g", "j", "-", "all", "both", "ports", "line", "lines")
    ):
        way = _LINES.get(r.word(i)) or r.term(i, "route") or way
        i += 1
    i += r.word(i) in ("with", "w/", "w", "using")
    found = measure(r, i)
    if not way or not found or found[2] != "mL":
        return False
    end = found[3] + (r.word(found[3]) == "of")
    begun = end
    while end < min(r.n, begun + 5) and (
        r.word(end) in ("water", "ns", "free", "warm", "tap", "sterile", "saline", "normal", "d5w", "0.9", "%")
        or r.term(end, "fluid")
    ):
        end += 1
    r.draft.dose = Dose(found[0], found[1], "mL")
    r.draft.route = way
    if several := next((_SEVERAL[r.word(k)] for k in range(r.at + 1, i) if r.word(k) in _SEVERAL), ""):
        r.draft.instructions.append(several)
    r.draft.product = r.words(begun, end) or None
    return r.took(end)


def escalated(r: Reader) -> bool:
    """ "If no response in 15 min give 0.35 mg/kg": behind one dose, what is given next, and when. Another medicine there is for a person."""
    draft, i = r.draft, r.at
    if not (r.term(i, "if") or r.term(i, "unrelieved")) or not draft.dose or draft.change or draft.scale:
        return False
    if draft.frequency or draft.interval or draft.prn or draft.duration:
        return False
    begun = i + (r.term(i, "unrelieved") is None)
    k = begun
    while k < r.n and r.word(k) not in (".", ";", ")", "(", "\n") and k < begun + _LONGEST_HEAD:
        given = r.term(k, "verb") in ("give", "take", "inject", "infuse") or r.word(k) in ("then", "give", "administer")
        if k > begun and given:
            break
        if _is_dose(r, k):
            return False
        k += 1
    j = k + 1
    j += r.word(j) in ("a", "second", "another", "additional")
    found = measure(r, j) if k > begun else None
    if not found or found[2] == "dose" or r.word(found[3]) == "of" or r.word(k) in (".", ";", ")", "(", "\n"):
        return False
    last = k - (r.word(k - 1) in (",", "then", "-"))
    if r.term(found[3] + (r.word(found[3]) in (";", ",")), "link") == "then":
        r.doubts.append("whether what follows hangs on the same is not said")
    new = r.begin("then")
    new.prn, new.prn_reason = True, r.words(begun, last).removeprefix("if ")
    return r.took(j)


def _is_dose(r: Reader, k: int) -> bool:
    """Whether an amount that is no time, and no pressure, stands at `k`."""
    found = measure(r, k)
    return found is not None and not r.term(found[3] - 1, "period") and r.word(found[3]) not in ("/", "per")

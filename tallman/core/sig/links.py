"""The words that part a direction into steps: then, and, or, except."""

from __future__ import annotations

from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.days import weekday_off
from tallman.core.sig.reader import CHANGED_FROM, Reader

__all__ = ["BEHIND", "exception", "link"]


def exception(r: Reader) -> bool:
    """ "except 1/2 tablet on Wednesdays": the days of that dose are taken from the one before."""
    j = r.at + 1
    j += r.term(j, "verb") is not None
    if (
        not r.word(r.at).startswith(("except", "exc", "but", "excluding"))
        or r.numbers(j) is None
        or r.draft.dose is None
    ):
        return False  # "Hold 5 mg on Sundays" is no other dose.
    r.begin("and").is_exception = True
    return r.took(j)


def link(r: Reader) -> bool:
    """ "and", "then", "or" between what has been read and what comes."""
    kind = r.term(r.at, "link")
    if kind == "then" and r.draft.wear and r.draft.wear.on and r.term(r.at + 2, "period") and r.word(r.at + 3) == "off":
        r.at += 1
        return True  # "for 12 hours on, then 12 hours off"
    if kind not in ("and", "then", "or"):
        return False
    if r.word(r.at) == "et" and r.draft.dose and not r.draft.has_timing() and _says_when(r, r.at + 1):
        measured = is_measured(r.draft.dose.unit) and r.draft.route is None
        return r.put("route", "intratracheal", r.at + 1) if measured else r.refuse(r.at + 1)  # "4 mL ET q6h"
    if r.word(r.at).startswith("if tolerat") and (end := _past_strength_alone(r, r.at + 1)):
        return r.draft.dose is not None and r.advise(r.words(r.at, end), end)
    if kind == "or" and (r.draft.first < 0 or r.at + 1 >= r.n or r.term(r.at - 1, "verb")):
        return r.refuse(r.at + 1)  # "take or 2 capsules": what is the other?
    if kind == "or" and not r.draft.has_schedule() and _says_when(r, r.at + 1):
        return r.refuse(r.at + 1)  # "1 tab po or bid": what is left out?
    if kind == "then" and r.draft.weekdays and weekday_off(r, r.at + 1):
        r.at += 1
        return True  # "Monday through Friday, then off on weekends"
    if kind == "then" and r.word(r.at) in BEHIND and _stands_behind(r):
        r.draft.link = "then"
        return r.took(r.at + 1)
    if kind == "then" and r.draft.dose and (r.term(r.at + 1, "call") or r.word(r.at + 1).startswith("call ")):
        r.at += 1
        return True  # "may repeat 2 times, then call 911"
    changed = kind == "then" and not r.word(r.at).startswith(
        ("then", "and then", "next", "followed", "finally", "lastly", "and finally")
    )
    if r.word(r.at).endswith("go to") and (end := _past_hospital(r, r.at + 1)) and r.draft.dose:
        r.note(r.items[r.at].start, r.items[end - 1].end, is_told=True)
        r.at = end
        return True  # "then go to ER"
    said = r.word(r.at)
    r.at += 1
    draft = r.draft
    awaits = draft.days is not None and draft.dose is None and not draft.has_timing() and draft.link != "and"
    if kind == "then" and not changed and draft.first < 0 and len(r.drafts) == 1:
        r.doubts.append("what comes before is not said")
    if kind == "then" and not draft.is_blank() and not awaits:
        r.begin("then").is_raised = changed
        if "if tolerat" in said:
            r.draft.instructions.append("as tolerated")
    elif changed and r.draft.first < 0 and len(r.drafts) == 1:
        r.doubts.append(CHANGED_FROM)
        r.pending = kind
    elif not (kind == "and" and r.pending == "then"):
        r.pending = kind
    return True


def _past_hospital(r: Reader, i: int) -> int:
    """Past "the nearest ER" at the end of its sentence; 0 where something else stands there."""
    while r.word(i) in ("the", "nearest", "closest", "your", "an", "local"):
        i += 1
    i += r.word(i) == "emergency" and r.word(i + 1) in ("room", "department", "dept")
    named = r.word(i) in ("er", "ed", "hospital", "room", "department", "dept", "emergency")
    return i + 1 if named and (i + 1 >= r.n or r.word(i + 1) in (".", ";", ")")) else 0


def _past_strength_alone(r: Reader, i: int) -> int:
    """Past the "5 mg" of "7.5 mg weekly if tolerating 5 mg", at the end of its sentence; 0 where a dose may begin."""
    found = measure(r, i)
    end = found[3] if found and is_measured(found[2]) else 0
    end += bool(end) and (r.term(end, "unit") is not None or r.word(end) == "well")
    return end if end and (end >= r.n or r.word(end) in (".", ";", ")")) else 0


def _says_when(r: Reader, i: int) -> bool:
    return any(r.term(i, kind) for kind in ("freq", "interval", "every", "once"))


def _stands_behind(r: Reader) -> bool:
    """Whether "thereafter" ends the last line of a course: "2 at bedtime for 3 days, 3 at bedtime thereafter"."""
    ends = r.at + 1 >= r.n or r.word(r.at + 1) in (".", ";")
    return ends and len(r.drafts) > 1 and r.draft.link is None and bool(r.draft.dose and r.draft.has_timing())


BEHIND = frozenset({"thereafter", "and thereafter", "after that", "afterwards", "subsequently"})
"""What may stand behind the part it speaks of as well as before it."""

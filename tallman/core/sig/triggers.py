"""What a dose is taken before, after or within: "1 hour before the procedure", "after each loose stool"."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import Frequency
from tallman.core.sig.needed import needs
from tallman.core.sig.phrases import phrase_end
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import is_slip

__all__ = ["STOPPERS", "hours_after", "trigger"]

_FORMS = frozenset("cream ointment gel lotion shampoo soap foam inhaler".split())
_AT_EACH = frozenset({"each", "every", "q", "per"})
_PARTS_OF_DAY = frozenset({"MORN", "EVE", "NIGHT"})
_ONE_DAY = ("in ", "on ", "at ", "the ", "morning", "evening", "night")
"""How one morning begins; "every morning" of something is none."""
_AROUND_MEALS = frozenset({"AC", "PC", "C", "ACM", "PCM", "ACV", "PCV", "ACD", "PCD"})
_SESSIONS = frozenset({"hd", "dialysis", "hemodialysis"})
_LEAST_NAME = 6
_SHORT_UNITS = frozenset({"min", "mins", "hr", "hrs"})
_AHEAD = ("prior", "pre")
STOPPERS = frozenset({".", ";", ",", "*", ")", "(", "\n", "then", "and then", "-", "if", "for"})


def _so_long(count: str, unit: str) -> str:
    """ "2 hours ", and of one "1 hour ", which Spanish words do not tell apart."""
    return f"{count} {'hour' if unit == 'hours' and count in ('1', 'one') else unit} "


@needs("trigger", "before", "after", "within", "w/in", "with", "during", "instr", "dialysis days", "hd days")
def trigger(r: Reader) -> bool:
    """ "1 hour before the procedure", "after each loose stool", "15 minutes before exercise and sports"."""
    i = r.at
    if r.word(i) in ("within", "w/in"):
        return _within(r)
    told_time = _how_long(r, i)
    if told_time is None:
        return False
    lead, i = told_time
    if not lead and (told := _named_alone(r, i)) is not None:
        return told
    if not lead and r.word(i) in ("day", "night", "evening", "morning") and r.term(i + 1, "before"):
        lead, i = f"the {r.word(i)} ", i + 1
    when = "before" if r.term(i, "before") else "after" if r.term(i, "after") or r.word(i) == "with" else ""
    if r.term(i, "during") or r.term(i, "with") or not when:
        beside = "during" if r.term(i, "during") else "with" if r.term(i, "with") and r.term(i + 1, "trigger") else ""
        when = beside if beside and not lead else when
    if lead and when == "before" and any(r.term(k, "trigger") for k in range(i + 1, r.n)):
        if r.word(i + 1) in ("and", ",", "then", ";", ".") and r.draft.dose and r.draft.trigger is None:
            return r.put("trigger", f"{lead}before", i + 1)  # "the night before and 1 tablet 1 hour before surgery"
    if lead and not when and r.term(i, "instr") == "before surgery":
        return r.put("trigger", f"{lead}before surgery", i + 1)  # "2 hours pre-op"
    if lead and when == "before" and (meant := _meant_by_reason(r, i + 1)):
        return r.put("trigger", f"{lead}before {meant}", i + 1)
    if (
        when
        and (r.term(i + 1, "every") or r.word(i + 1) in ("each", "any", "every"))
        and r.term(i + 2, "trigger")
        and r.draft.dose
    ):
        return r.put("trigger", f"{lead}{when} {r.words(i + 1, i + 3)}", i + 3)  # "1 hour before each flight"
    onward = r.word(r.at - 1).startswith("cont") or (
        when == "after" and r.draft.start is not None and r.draft.trigger is None
    )
    goes_on = bool(lead) and onward and r.draft.has_timing()
    if when and not r.term(i + 1, "trigger"):
        return _named_dose(r, lead, i, when, goes_on=goes_on) if lead else _doing(r, i, when)
    if not when:
        return False
    again = r.pending == "and" and not goes_on and r.draft.trigger is None and (r.draft.has_timing() or r.draft.prn)
    hourly = r.draft.interval is not None and r.draft.interval.unit == "h" and r.draft.trigger is None
    apart = r.pending == "or" or r.sentence or r.word(r.at - 1) in (",", ";", "-", ".")
    besides = (r.draft.trigger or "").startswith("at e") and (r.pending == "and" or r.verb is not None)
    if (again and (r.draft.dose or when == "after")) or (besides and when == "after"):
        r.begin("and")  # "q4-6h prn, and 15 min before exercise"
    elif hourly and lead and apart and when == "before" and r.draft.dose:
        r.begin(r.pending or "and")  # "q4h prn wheezing, 15 min before exercise"
    elif hourly and lead and when == "before":
        r.doubts.append("so often, or before that?")
    named, j = r.word(i + 1), i + 2
    while r.word(j) in ("/", "or", "and", ",") and r.term(j + 1, "trigger"):
        named, j = f"{named} {r.word(j)} {r.word(j + 1)}", j + 2
    return r.put("until" if goes_on else "trigger", f"{lead}{when} {named}", j)


def _how_long(r: Reader, i: int) -> tuple[str, int] | None:
    """ "At least 4 hours ", "12 and 6 hours ", with the place behind; nothing where no time stands; None where it is no time of
    this kind."""
    least = "at least " if r.word(i) == "at" and r.word(i + 1) == "least" else ""
    i += 2 * bool(least)
    several, hours_end = _two_times(r, i)
    found = None if several else r.hours(i)
    if found:
        j = found[2]
        if r.term(j, "period") is None:
            return None
        count = r.word(i) if j == i + 1 else r.words(i, j)
        return least + _so_long(count, r.word(j)), j + 1 + (r.word(j + 1) == "." and r.word(j) in _SHORT_UNITS)
    if several and r.draft.dose and not r.draft.has_timing():
        r.draft.count = several
        return f"{r.words(i, hours_end)} ", hours_end
    return None if least else ("", i)


def _named_alone(r: Reader, i: int) -> bool | None:
    """ "At each dialysis", "every shift", "with HD", "the morning of surgery", "on dialysis days": no time stands before what it
    is; None when it is something else."""
    word = r.word(i)
    if r.term(i + 1, "trigger"):
        if (r.draft.dose or r.draft.method or r.draft.site) and (r.term(i, "every") or r.term(i, "per")):
            return word.split()[0] in _AT_EACH and r.put("trigger", f"at each {r.word(i + 1)}", i + 2)  # "q HD"
        if word in ("in", "in the", "during the") or (word in ("at", "upon") and (r.draft.dose or r.draft.method)):
            return r.put("trigger", r.words(i, i + 2), i + 2)
    if r.term(i, "trigger"):
        put_on = r.draft.dose or r.draft.method or r.draft.site
        said = "each hemodialysis" if word == "qhd" else f"each {word[2:]}" if word.startswith("q ") else word
        if put_on and said.split()[0] in _AT_EACH:
            return r.put("trigger", f"at {said}", i + 1)
        if word in _SESSIONS and r.draft.has_timing():
            return r.put("trigger", f"with {word}", i + 1)  # "3 times a week HD"
    if r.term(i + 2, "trigger") and r.word(i + 1) in ("of", "of the", "of your"):
        if (
            r.pending == "and"
            and r.draft.dose
            and (r.draft.trigger or "").startswith("the ")
            and not r.draft.has_timing()
        ):
            r.begin("and")  # "the night before and the morning of surgery"
        if word in ("day", "night", "evening", "morning"):
            return r.put("trigger", f"the {r.words(i, i + 3)}", i + 3)
        if r.term(i, "event") in _PARTS_OF_DAY and word.startswith(_ONE_DAY):
            return r.put("trigger", r.words(i, i + 3), i + 3)  # "in the morning of surgery"
    if word == "on":
        held = (r.draft.trigger or "").rpartition(" ")[2]
        if r.word(i + 1) in ("dialysis days", "hd days") and held in _SESSIONS:
            return r.advise(r.words(i, i + 2), i + 2)  # "after HD on dialysis days"
        if r.term(i + 1, "trigger") and (r.draft.dose or (r.draft.product and r.draft.has_timing())):
            return r.put("trigger", r.words(i, i + 2), i + 2)
    return None


def _meant_by_reason(r: Reader, i: int) -> str:
    """What "take 1 hour prior" at the end of a sentence comes before, where it has just been told: "for sexual activity"."""
    ends = i >= r.n or r.word(i) in (".", ";", "\n", ")")
    said = r.draft.prn_reason or r.draft.indication
    return said if ends and said and any(r.items[k].text == said and r.term(k, "trigger") for k in range(r.at)) else ""


@needs("after", "from")
def hours_after(r: Reader) -> bool:
    """ "At 0, 4 and 8 hours after ifosfamide": so many doses, each counted from what goes before."""
    draft, parted = r.draft, r.at + 1 + bool(r.term(r.at, "at"))
    if r.word(parted) not in (",", "and", "&"):
        return False
    listed = _past_hours_after(r, r.at) if draft.dose and not draft.count else None
    told = listed is not None and draft.frequency == Frequency(listed[0], listed[0])
    if listed is None or (draft.has_timing() and not told):
        return False
    draft.count = None if told else listed[0]
    return r.put("trigger", r.words(r.at, listed[1]), listed[1])


def _past_hours_after(r: Reader, i: int) -> tuple[int, int] | None:
    """How many doses "at 0, 4 and 8 hours after ifosfamide" are, and where that ends; None when it is something else."""
    j = i + bool(r.term(i, "at"))
    hours: list[Decimal] = []
    while (found := r.number(j)) and (not hours or found[0] > hours[-1]):
        hours.append(found[0])
        j = found[1] + (r.term(found[1], "period") == "h" and r.word(found[1] + 1) in (",", "and", "&"))
        if r.term(j, "period") == "h":
            break
        j += r.word(j) == ","
        j += r.word(j) in ("and", "&")
    if len(hours) < 2 or r.term(j, "period") != "h" or not (r.term(j + 1, "after") or r.word(j + 1) in ("from",)):
        return None
    j += 2
    j += r.word(j) in ("the", "start of", "start", "each", "of")
    named = r.term(j, "trigger") or (r.word(j).isalpha() and not r.knows(j) and len(r.word(j)) > 4)
    return (len(hours), j + 1) if named else None


def _two_times(r: Reader, i: int) -> tuple[int, int]:
    """How many doses "12 and 6 hours before paclitaxel", "13, 7 and 1 h before contrast" are, and the place behind their hours;
    (0, 0) when it is something else."""
    hours: list[Decimal] = []
    j = i
    while (found := r.number(j)) and (not hours or found[0] < hours[-1]):
        hours.append(found[0])
        j = found[1]
        j += r.term(j, "period") == "h"
        further = (
            r.number(j + 1 + (r.word(j + 1) == ",") + (r.word(j + 2) in ("and", "&"))) if r.term(j, "before") else None
        )
        if further and r.word(j + 1) in (",", "and", "&") and r.term(further[1], "period") == "h":
            j += 1  # "12 hours before, 7 hours before and 1 hour before"
        elif r.term(j, "before"):
            return (len(hours), j) if len(hours) > 1 and r.term(j - 1, "period") == "h" else (0, 0)
        j += r.word(j) == ","
        j += r.word(j) in ("and", "&")
    return 0, 0


def _within(r: Reader) -> bool:
    """ "Within 72 hours of exposure", "within 2 hours after symptoms begin"."""
    found = r.numbers(r.at + 1)
    j = found[2] + 1 if found else r.at
    if found and r.term(found[2], "period") and r.term(j, "instr") == "before surgery" and r.word(j).startswith(_AHEAD):
        return r.put("trigger", f"{r.words(r.at, j)} before surgery", j + 1)  # "within 60 minutes prior to incision"
    meal = r.term(j, "event") in (*_AROUND_MEALS, "ACM ACV") or str(r.term(j, "instr")) in (
        "after a meal",
        "before a meal",
        "with a meal",
    )
    if found and r.term(found[2], "period") and r.draft.has_timing() and meal:
        return r.advise(r.words(r.at, j + 1), j + 1)  # "twice a day within 30 minutes after food"
    if (
        not found
        or not r.term(found[2], "period")
        or not (r.word(j).startswith("of") or r.term(j, "after") or r.term(j, "before"))
    ):
        return False
    end = j + 2 if r.term(j + 1, "trigger") else phrase_end(r, j + 1)
    return end > j + 1 and r.put("trigger", r.words(r.at, end), end)


def _behind_other(r: Reader, i: int, when: str) -> bool:
    """ "Twice a day following albuterol", at the end of a clause: another medicine that it follows."""
    name = r.word(i + 1)
    plain = name.isalpha() and len(name) >= _LEAST_NAME and not r.knows(i + 1) and not is_slip(name)
    ends = i + 2 >= r.n or r.word(i + 2) in STOPPERS or r.term(i + 2, "instr") or r.term(i + 2, "unit")
    end = i + 2 + bool(r.term(i + 2, "unit"))
    parted = r.term(i, "before") or r.term(i, "after")
    timed = parted and r.draft.dose is not None and r.draft.has_timing() and r.draft.trigger is None
    return bool(timed and plain and ends) and r.put("trigger", f"{when} {r.words(i + 1, end)}", end)


def _doing(r: Reader, i: int, when: str) -> bool:
    """ "after applying the antibiotic cream", "before brushing teeth": whatever is done."""
    done = r.word(i + 1)
    if when not in ("before", "after") or not done.endswith("ing") or r.term(i + 1, "event") or r.term(i + 1, "instr"):
        return _behind_other(r, i, when)
    end = phrase_end(r, i + 2)
    end += end > i + 2 and r.word(end) in _FORMS
    ends = end >= r.n or r.word(end) in STOPPERS or r.term(end, "prn") or r.term(end, "freq") or r.term(end, "link")
    known = r.knows(i + 1) and end == i + 2
    return bool(ends) and not known and r.put("trigger", f"{when} {r.words(i + 1, end)}", end)


def _named_dose(r: Reader, lead: str, i: int, when: str, *, goes_on: bool) -> bool:
    """ "2 hours after levothyroxine": a medicine that it keeps its distance from; "continue 7 days after return": until."""
    j = i + 1
    while (
        j < r.n
        and not r.knows(j)
        and r.word(j).isalpha()
        and len(r.word(j)) > 4
        and r.word(j) not in listed_words("stop")
    ):
        j += 1
    ends = j >= r.n or r.word(j) in STOPPERS or r.term(j, "on") or r.term(j, "weekday") or r.term(j, "freq")
    slot = "until" if goes_on else "trigger"
    return j > i + 1 and bool(ends) and r.put(slot, f"{lead}{when} {r.words(i + 1, j)}", j)

"""At what moments: parts of the day, meals, so long before or after them, hours of the clock."""

from __future__ import annotations

import re

from tallman.core.sig.model import Event
from tallman.core.sig.occasions import DAY_PARTS, clock_part
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import begins_length
from tallman.core.sig.times_first import begins_with_time

__all__ = ["at_night", "clock", "event", "hour", "offset_event", "put_event"]

_AM = frozenset({"am", "a", "a m", "in the morning", "in am", "morning", "every morning"})
_PM = frozenset({"pm", "p", "p m", "in the evening", "in the afternoon", "at night", "in pm", "evening"})
_DAYTIME = frozenset({"during the day", "daytime"})
_MERIDIEM = frozenset({"am", "pm", "a", "p", "a m", "p m"})
_SAID = (_AM | _PM) - _MERIDIEM
_FIGURES = 4
_COUNTS = frozenset({"1", "2", "3", "4"})
_MEAL = {"breakfast": "M", "lunch": "D", "dinner": "V", "supper": "V", "evening meal": "V", "evening meals": "V"}
_AROUND_MEALS = frozenset({"AC", "ACM", "ACD", "ACV", "PC", "PCM", "PCD", "PCV"})
_AROUND_A_MEAL = frozenset({"before a meal", "after a meal", "before the same meal", "after the same meal"})
_POINTED = re.compile(r"(?:[1-9]|1[0-2])\.[0-5]\d$")
"""Half past nine as Britain writes it, before "am": "9.30"."""
_OF_24 = re.compile(r"(?:0\d|1\d|2[0-3])\.[0-5]\d$")
"""The same in 24 hours, behind "at": "18.00"."""
_NOON = frozenset({"noon", "12 noon", "at noon", "at 12 noon"})
_ABOUT = frozenset({"at", "least", "about", "approximately", "at about", "at approximately", "or", "within"})

_FIRST_BITE = "with the first bite"


def event(r: Reader) -> bool:
    """ "in the morning", "at bedtime", "with meals"; after "before breakfast and" also "dinner" is before it."""
    if r.term(r.at, "at") and r.term(r.at + 1, "event"):
        r.at += 1  # "@ noon"
    code = r.term(r.at, "event")
    if code is None:
        return False
    if " " in code:  # "with morning and evening meals"
        first, second = code.split()
        put_event(r, Event(first), r.at + 1)
        if Event(second) not in r.draft.events:
            r.draft.joined.add(len(r.draft.events))
            r.draft.events.append(Event(second))
        return True
    if r.word(r.at) in _DAYTIME and r.draft.frequency and r.draft.frequency.low > 1:
        r.draft.instructions.append("while awake")  # "three times a day during the day"
        return r.took(r.at + 1)
    if r.word(r.at) in ("am", "pm", "a m", "p m") and r.term(r.at - 1, "num") is not None and r.at:
        r.draft.is_hour_like = True
    events = r.draft.events
    r.draft.once = r.draft.once or r.word(r.at).startswith(("this ", "tomorrow "))
    last = events[-1] if events else None
    if last and r.word(r.at) in _MEAL and last.code[:2] in ("AC", "PC") and _is_listed(r):
        also = Event(last.code[:2] + _MEAL[r.word(r.at)], last.offset, last.offset_high)
        return put_event(r, also, r.at + 1)
    if "bite" in r.word(r.at).split() and _FIRST_BITE not in r.draft.instructions:
        r.draft.instructions.append(_FIRST_BITE)
    return put_event(r, Event(code), r.at + 1)


def at_night(r: Reader) -> bool:
    """ "20 mg om and 10 mg on", "10mg ON": at night, as Britain writes it; the "on" of a cut off "take 1 on" is none."""
    draft, item, behind = r.draft, r.items[r.at], r.items[r.at + 1]
    written = r.text[item.start : item.end]
    ends = r.at + 1 >= r.n or behind.text in (".", ";") or behind.terms.get("link") in ("and", "then")
    if not (ends and draft.dose) or draft.has_timing() or draft.method or written.lower() != "on":
        return False
    beside = any(r.word(i) == "om" for i in range(r.at))
    return (beside or (written == "ON" and not r.text.isupper())) and put_event(r, Event("NIGHT"), r.at + 1)


def _is_listed(r: Reader) -> bool:
    return r.pending in ("and", "or") or r.word(r.at - 1) in (",", "/")


def _stands_apart(r: Reader) -> bool:
    """Whether a new sentence has begun since the dose: "1 tablet daily for 3 days. Take with food in the morning"."""
    begun = r.draft.first if r.draft.first >= 0 else 0
    return r.verb is not None or r.sentence or ". " in r.text[begun : r.items[r.at].start]


def put_event(r: Reader, value: Event, to: int) -> bool:
    """Add an event; "and" before it is remembered, for "three times a day and at bedtime"."""
    begins_with_time(r, to)
    draft = r.draft
    if r.pending == "and" and draft.trigger and (draft.dose or draft.method) and not draft.has_timing():
        draft = r.begin("and")  # "after each bowel movement and at bedtime"
    same = [e for e in draft.events if e.code == value.code and e != value]
    if same and r.pending != "and":
        if value.offset and any(e.offset for e in same):
            return r.refuse(to)
        if value.offset:  # "before breakfast, 30 minutes before breakfast"
            draft.events[draft.events.index(same[0])] = value
        return r.took(to)
    if value in draft.events and r.pending == "and" and value.code != "C":
        r.doubts.append("the same time of day twice")  # "2 tablets in the morning and in the morning as needed"
    if value not in draft.events:
        if r.pending == "or" and draft.events:
            return r.refuse(to)
        if draft.events and r.word(r.at - 1) == "(" and _differ(draft.events[-1].code, value.code):
            r.doubts.append("two different times of day")
        anew = r.verb is not None and r.sentence and r.pending is None and draft.dose is not None
        if draft.events and _differ(draft.events[-1].code, value.code) and (_runs_on(r) or anew):
            r.doubts.append("two different times of day")
        if r.pending == "and" and not draft.events and draft.instructions and draft.instructions[-1].endswith("a meal"):
            r.doubts.append("before every meal, or before one?")  # "before meal and at bedtime"
        often = (draft.frequency is not None and draft.frequency.high > 1) or draft.interval is not None
        again = often and draft.link in (None, "then", "first")
        if (
            again
            and draft.duration
            and (draft.dose or draft.link == "then")
            and r.pending is None
            and r.word(r.at - 1) == ","
            and _lasts(r, to)
        ):
            draft = r.begin("then")  # "bid x 3 days, at bedtime x 3 days"
        if r.pending == "and":
            draft.joined.add(len(draft.events))
        r.strays()
        draft.is_said_after = draft.is_said_after or (_stands_apart(r) and draft.has_timing())
        draft.events.append(value)
    return r.took(to)


def _lasts(r: Reader, to: int) -> bool:
    """Whether so many days follow: "x 3 days", "x 1 d"."""
    return begins_length(r, to) or (r.word(to) in ("x 1", "x1") and r.term(to + 1, "period") in ("d", "wk"))


def _runs_on(r: Reader) -> bool:
    """ "At bedtime in the morning", "at bedtime every morning": two times of day, and nothing joins them."""
    leads = [r.word(i).split()[0] for i in (r.at - 1, r.at)] if r.at else ["", ""]
    return set(leads) <= {"at", "in", "every", "each"} and leads != ["every", "every"]


def _differ(first: str, second: str) -> bool:
    """Whether two moments lie in different parts of the day."""
    parts = {DAY_PARTS.get(first), DAY_PARTS.get(second)}
    return None not in parts and len(parts) == 2 and parts != {"evening", "night"}


def _differ_hour(code: str, hour: str) -> bool:
    """Whether an hour lies in another part of the day than a moment."""
    parts = {DAY_PARTS.get(code), clock_part(hour)}
    return None not in parts and len(parts) == 2 and parts != {"evening", "night"}


_SHORT = frozenset({"min", "mins", "hr", "hrs"})


def offset_event(r: Reader) -> bool:
    """ "30 minutes before breakfast", "1 to 2 hours after meals", "1 hour before or 2 hours after food"."""
    i = r.at
    while r.word(i) in _ABOUT:
        i += 1
    found = _offset(r, i)
    if found is None:
        return False
    value, said, j = found
    other = _offset(r, j + 1) if r.term(j, "link") in ("or", "and") and not r.pending else None
    if other and not (r.term(j, "link") == "and" and value and other[0]):
        around = r.term(j, "link") == "or" or (said and r.term(j - 1, "before"))
        return bool(around) and r.advise(r.words(i, other[2]), other[2])
    if value is None:
        least = "at least " if i > r.at and "least" in r.words(r.at, i) else ""
        return not (r.term(j - 1, "before") or r.term(j - 1, "after")) and r.advise(f"{least}{said}", j)
    while r.word(j) in (",", "or", "and", "/") and r.term(j + 1, "other"):
        j += 2  # "1 hour before food or other medicines"
    return put_event(r, value, j)


def _goes_on_after(r: Reader, i: int) -> bool:
    """Whether "and 2 hours after food" goes on with "1 hour before"."""
    found = r.hours(i + 1) if r.word(i) == "and" else None
    return bool(found and r.term(found[2], "period") and str(r.term(found[2] + 1, "event")).startswith("PC"))


def _offset(r: Reader, i: int) -> tuple[Event | None, str, int] | None:
    """A moment so long before or after an event or, where it is any meal, the words for it."""
    found = r.hours(i)
    if found is None or (unit := r.term(found[2], "period")) not in ("min", "h"):
        return None
    low, high, j = found
    j += r.word(j + 1) == "." and r.word(j) in _SHORT  # "30 min. before breakfast"
    factor = 60 if unit == "h" else 1
    first, last = int(low * factor), int(high * factor)
    code = r.term(j + 1, "event")
    if code in _AROUND_MEALS or (code == "HS" and r.word(j + 1).startswith(("before", "prior"))):
        return Event(code, first, last if last != first else 0), "", j + 2
    if r.term(j + 1, "instr") in _AROUND_A_MEAL:
        return None, f"{r.words(i, j + 1)} {r.term(j + 1, 'instr')}", j + 2
    if (r.term(j + 1, "before") or r.term(j + 1, "after")) and (
        r.term(j + 2, "other") or r.term(j + 2, "link") == "or" or _goes_on_after(r, j + 2)
    ):
        end = j + 2 + bool(r.term(j + 2, "other"))
        if r.term(j + 2, "link") == "or" and r.term(j + 3, "after") and r.term(j + 4, "other"):
            end = j + 5  # "3 hours before or after other medicines"
        while r.word(end) in (",", "or", "and", "/") and (
            r.term(end + 1, "other") or (r.term(end + 1, "link") == "or" and r.term(end + 2, "other"))
        ):
            end += 2 + bool(r.term(end + 1, "link"))
        return None, r.words(i, end), end
    return None


def hour(r: Reader, i: int, certain: bool) -> tuple[str, int] | None:
    """One hour of the clock: "8:00 am", "8am", "20:00", "0800", "5 in the evening"."""
    text = r.word(i)
    if text in ("midnight", "12 midnight") or (text == "12" and r.word(i + 1) == "midnight"):
        return "00:00", i + 1 + (text == "12")
    if ":" in text and len(text) > 1 and text[0].isdigit():
        hours, minutes = (int(part) for part in text.split(":"))
        j = i + 1
    else:
        value = r.term(i, "num")
        if value is not None and _POINTED.match(text) and r.word(i + 1) in ("am", "pm"):
            part = r.word(i + 1)
            hours, minutes = (int(number) for number in text.split("."))
            return f"{hours % 12 + 12 * (part == 'pm'):02}:{minutes:02}", i + 2
        if value is not None and certain and _OF_24.match(text):
            return text.zfill(5).replace(".", ":"), i + 1 + (r.word(i + 1) in ("hours", "hrs", "h"))
        if value is None or value != int(value) or not text.isdigit():
            return None
        hours, minutes, j = int(value), 0, i + 1
        if len(text) == 4 and r.term(i + 1, "unit") and r.word(i + 1) not in ("h", "hr", "hrs"):
            return None  # "at 1000 units/hr"
        if len(text) == 4 and hours % 100 < 60 and hours < 2400 and (certain or text[0] == "0"):
            j += r.word(j) in ("hours", "hrs", "h", "hour", "hr")
            return f"{hours // 100:02}:{hours % 100:02}", j
        if not (r.word(j) in _AM or r.word(j) in _PM):
            return None
        if not (certain or r.word(j) in ("am", "pm") or (r.glued(j) and r.word(j) in ("a", "p", "a m", "p m"))):
            return None
    if not hours and ":" not in text:
        return None  # "6 00 pm"
    if hours <= 12 and r.word(j) in _AM:
        return f"{hours % 12:02}:{minutes:02}", j + 1
    if hours < 5 and r.word(j) == "at night":
        return None
    if hours <= 12 and r.word(j) in _PM:
        return f"{hours % 12 + 12:02}:{minutes:02}", j + 1
    return (f"{hours:02}:{minutes:02}", j) if ":" in text and hours < 24 else None


def _noon(r: Reader, i: int) -> tuple[str, int] | None:
    """Noon among hours: "7 am, noon, 5 pm"."""
    return ("12:00", i + 1) if r.word(i) in _NOON else None


def clock(r: Reader) -> bool:
    """ "at 8 am and 8 pm", "8:00 am, 2:00 pm", "0800 and 2000"."""
    i = r.at
    on_the_hour = r.word(i) == "q" and len(r.word(i + 1)) == 4 and r.word(i + 1).endswith(("00", "30"))  # "q 1400"
    at = on_the_hour or (bool(r.term(i, "at")) and r.word(i) != "by")
    if r.term(i, "every") is not None and not (at or r.word(i + 2) in _MERIDIEM):
        return False  # of "every" only "q 9 pm" is an hour
    i += on_the_hour
    leads = not i and r.word(1) in ("am", "pm") and r.glued(1)  # "10am 1 tab"
    leads = leads or (not i and r.word(1) in (",", "/", ":", "-", "and") and hour(r, 0, True) is not None)
    certain = at or leads or r.word(i - 1) == "(" or (r.draft.dose is not None and any(d.clock for d in r.drafts[:-1]))
    if not certain and r.draft.dose is None and not r.draft.has_timing() and r.term(i, "num") is not None:
        return False  # "1 am 2 pm": one in the morning, two in the evening.
    after_noon = r.pending == "and" and r.term(r.at - 2, "event") and r.word(r.at - 2).startswith(("at ", "@"))
    freq = r.draft.frequency
    counts_up = r.draft.events and freq and freq.high == len(r.draft.events) + 1
    certain = certain or bool(counts_up and r.word(r.at - 1) in ("and", "&"))  # "bid, morning and 2 pm"
    if (
        not (certain or after_noon)
        and r.draft.events
        and not r.glued(i + 1)
        and hour(r, i, certain)
        and ":" not in r.word(i)
    ):
        return r.draft.dose is not None and r.draft.dose.unit is not None and r.refuse(i + 2)  # "1 tab am 2 pm"
    if not certain and r.draft.events and r.draft.dose and r.draft.dose.unit is None and hour(r, i, certain):
        return r.refuse(i + 2)  # "2am 1pm"
    behind = r.word(r.at - 1) in (":", "(", ",", "and", "&")
    if behind and not at and r.word(i) in _COUNTS and r.word(i + 1) in _SAID and not r.glued(i + 1):
        return False  # "twice a day (1 in the morning and 1 in the evening)"
    counted = r.word(i + 1) in ("am", "a m") or (r.word(r.at - 1) in (":", "(") and r.word(i + 1) in _MERIDIEM)
    if counted and not at and not r.glued(i + 1) and r.word(i) in _COUNTS:
        return r.refuse(i + 2)  # "3 tablets daily: 1 am, 2 pm"
    i += (at and not on_the_hour) or (r.term(i, "every") is not None and r.word(i + 2) in _MERIDIEM)  # "q 9 pm"
    hours: list[str] = []
    while (found := hour(r, i, certain) or (_noon(r, i) if hours else None)) is not None:
        hours.append(found[0])
        certain = certain or len(r.word(i)) == _FIGURES  # "0800/2000"
        i = j = found[1]
        while r.word(j) in (",", "and", "&", "at", "then", "/", "-", "+") and j < i + 3:
            j += 1
        if _noon(r, j) and j > i:
            i = j
            continue
        if hour(r, j, certain) is None or (r.word(j + 1) in _SAID and r.word(i - 1) not in _SAID):
            break  # "at 8 am and 2 in the evening": two of them
        i = j
    if not hours:
        return False
    if r.word(r.at) == "starting at" and r.draft.interval and len(hours) == 1:
        return r.put("start", r.words(r.at + 1, i), i)  # "every 10 minutes starting at 5 pm"
    if r.word(r.at - 1) == "(" and r.draft.events:
        if any(_differ_hour(e.code, h) for e in r.draft.events for h in hours):
            r.doubts.append("two different times of day")
        r.draft.events = []  # "At night (8 pm)" is one moment.
    begins_with_time(r, i)
    r.strays()
    r.draft.is_hour_joined = r.draft.is_hour_joined or r.pending == "and"
    r.draft.clock.extend(h for h in hours if h not in r.draft.clock)
    return r.took(i)

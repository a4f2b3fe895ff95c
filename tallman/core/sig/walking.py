"""Every phrase of a direction is understood by one of the grammar's functions, or stays unread."""

from __future__ import annotations

from functools import cache, lru_cache

from tallman.core.sig.advice import drunk_with, instruction, mixed_with, posture, together
from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.another import another_medicine
from tallman.core.sig.bedside import (
    applied,
    line_flushed,
    locked_with,
    next_dose,
    taken_off,
    tapered_run,
    water_flushed,
    wound_cared,
)
from tallman.core.sig.besides import more_often
from tallman.core.sig.circumstances import completing, hours_after, lasting_after, meanwhile, trigger, until
from tallman.core.sig.clinical import (
    adjusted,
    before_and_after,
    for_whom,
    from_hour_to_hour,
    in_sites,
    infused_in,
    lasting_state,
    part_of_dose,
    prepared,
    resumed,
    short_route,
    steered,
    switched,
    taken_down,
    tested,
    volume_in_all,
)
from tallman.core.sig.conditions import calls_if, condition, conditional, hurts, moved_if, onset
from tallman.core.sig.courses import bare_duration, duration, over_time, plain_duration, times_in_all
from tallman.core.sig.days import day_range, days_off, goes_on, month_day, weekday, weekday_off
from tallman.core.sig.dividing import divided
from tallman.core.sig.doses import dose, reckoned
from tallman.core.sig.forbidding import forbidden, hold, off_at_last, other_medicine_day
from tallman.core.sig.frequency import fixed_frequency, times_per
from tallman.core.sig.handling import handled
from tallman.core.sig.improving import once_more, raised_unless
from tallman.core.sig.infusions import diluted, fluid, infused
from tallman.core.sig.intervals import every, fixed_interval, hourly, restated
from tallman.core.sig.ladders import ladder
from tallman.core.sig.lexicon import Item
from tallman.core.sig.limits import maximum, timed_maximum
from tallman.core.sig.loading import loading
from tallman.core.sig.moments import at_night, clock, event, offset_event
from tallman.core.sig.needed import Reading, asked_for, without_need
from tallman.core.sig.notes import notes, set_aside_plain
from tallman.core.sig.nursing import (
    brought_in,
    dose_by,
    escalated,
    flush_ordered,
    headed,
    other_way,
    ran_up,
    stopped_when,
    watched,
)
from tallman.core.sig.once import apart, once, stat
from tallman.core.sig.patterns import day_by_day, parts_of_day
from tallman.core.sig.places import lower_part, place, take, verb
from tallman.core.sig.plain import plain_dose
from tallman.core.sig.products import labelled, medicine_named, ordered
from tallman.core.sig.pumps import by_strokes, patient_pump
from tallman.core.sig.reader import Reader
from tallman.core.sig.reasons import (
    as_needed,
    code,
    directed,
    indication,
    late_reason,
    purpose,
)
from tallman.core.sig.remarks import call, consists_of, dispensed_so, holds, noise, packed, remark, supplied, told_by
from tallman.core.sig.rounds import cycle, month_round, rest, round_anew, rounds_in_all, week_off, weekly_round
from tallman.core.sig.scales import scale, scale_by_dose
from tallman.core.sig.starts import start
from tallman.core.sig.strengths import poured
from tallman.core.sig.targets import ratio, target
from tallman.core.sig.titration import alternate, alternated, change, later, may_repeat, once_again
from tallman.core.sig.totals import alongside, in_all
from tallman.core.sig.unnumbered import and_a_half, bare_unit, counted_behind, single_piece, sprayed, wiped
from tallman.core.sig.wards import around, cycled, denied, exempted, feeds_held, flushed, given_apart
from tallman.core.sig.wearing import wearing, worn_each_day

__all__ = ["walk"]


def _exception(r: Reader) -> bool:
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


def _link(r: Reader) -> bool:
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
    if kind == "then" and r.word(r.at) in _BEHIND and _stands_behind(r):
        r.draft.link = "then"
        return r.took(r.at + 1)
    if kind == "then" and r.draft.dose and (r.term(r.at + 1, "call") or r.word(r.at + 1).startswith("call ")):
        r.at += 1
        return True  # "may repeat 2 times, then call 911"
    changed = kind == "then" and not r.word(r.at).startswith(
        ("then", "and then", "next", "followed", "finally", "lastly", "and finally")
    )
    r.at += 1
    draft = r.draft
    awaits = draft.days is not None and draft.dose is None and not draft.has_timing() and draft.link != "and"
    if kind == "then" and not changed and draft.first < 0 and len(r.drafts) == 1:
        r.doubts.append("what comes before is not said")
    if kind == "then" and not draft.is_blank() and not awaits:
        r.begin("then").is_raised = changed
    elif changed and r.draft.first < 0 and len(r.drafts) == 1:
        r.doubts.append("the dose is changed, and from what is not said")
        r.pending = kind
    elif not (kind == "and" and r.pending == "then"):
        r.pending = kind
    return True


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


# Every kind of phrase and the readings tried on it, in this order; "" are words of no vocabulary.
_READINGS: list[tuple[Reading, tuple[str, ...]]] = [
    (worn_each_day, ("for", "for_up_to", "up_to", "wear", "num")),
    (lasting_after, ("for",)),
    (weekly_round, ("for",)),
    (week_off, ("except", "week", "wear", "")),
    (round_anew, ("every", "may_repeat")),
    (rounds_in_all, ("may_repeat",)),
    (month_round, ("month", "for", "interval", "num")),
    (plain_duration, ("for",)),
    (by_strokes, ("amount",)),
    (ratio, ("correcting", "increase", "carbs", "clock", "num", "amount")),
    (target, ("", "link", "instr", "for", "reach", "purpose")),
    (steered, ("instr", "increase", "decrease", "link", "")),
    (from_hour_to_hour, ("num", "clock", "prep", "event")),
    (feeds_held, ("except", "instr", "")),
    (around, ("noise", "day", "on")),
    (cycled, ("on", "start", "link", "noise", "verb", "prep", "")),
    (flushed, ("",)),
    (flush_ordered, ("",)),
    (line_flushed, ("",)),
    (watched, ("", "verb", "remark")),
    (brought_in, ("", "mixing")),
    (wound_cared, ("verb", "handling", "posture", "purpose", "instr", "")),
    (water_flushed, ("", "fluid", "instr")),
    (applied, ("",)),
    (next_dose, ("may_repeat",)),
    (more_often, ("noise", "prn", "")),
    (locked_with, ("", "reason", "fluid")),
    (tapered_run, ("", "decrease", "increase")),
    (taken_off, ("instr", "wear", "verb", "")),
    (dose_by, ("may_repeat", "", "on", "noise", "unit", "trigger")),
    (rest, ("num", "except", "instr", "")),
    (stopped_when, ("instr",)),
    (other_way, ("verb", "noise", "", "link", "may_repeat")),
    (ran_up, ("start", "increase", "")),
    (escalated, ("if", "unrelieved")),
    (exempted, ("",)),
    (denied, ("except", "not")),
    (given_apart, ("except", "on", "verb", "")),
    (infused_in, ("on", "prep", "reason_lead", "link")),
    (wearing, ("wear", "num", "on", "instr")),
    (handled, ("handling",)),
    (diluted, ("prep", "with")),
    (drunk_with, ("num", "amount")),
    (mixed_with, ("mixing", "prep", "with", "per")),
    (in_sites, ("num", "prep", "with", "verb", "over", "at", "per")),
    (before_and_after, ("before", "after")),
    (posture, ("posture",)),
    (wiped, ("with",)),
    (alternated, ("with",)),
    (alongside, ("with", "in_all")),
    (part_of_dose, ("verb", "num", "up_to", "bracket")),
    (volume_in_all, ("for",)),
    (tested, ("", "verb", "may_repeat")),
    (lasting_state, ("", "during")),
    (adjusted, ("",)),
    (prepared, ("", "trigger", "noise")),
    (resumed, ("", "start", "link")),
    (switched, ("", "link")),
    (short_route, ("", "prep")),
    (calls_if, ("if", "unrelieved")),
    (raised_unless, ("if", "unrelieved")),
    (once_more, ("unrelieved",)),
    (conditional, ("if", "unrelieved")),
    (moved_if, ("verb",)),
    (instruction, ("instr",)),
    (code, ("bracket",)),
    (supplied, ("bracket",)),
    (poured, ("bracket",)),
    (holds, ("bracket",)),
    (consists_of, ("bracket",)),
    (meanwhile, ("during",)),
    (restated, ("bracket",)),
    (reckoned, ("equals",)),
    (in_all, ("in_all", "bracket", "total", "equals")),
    (forbidden, ("not",)),
    (scale, ("num", "if", "correcting", "reason_lead", "reason", "reason_name", "instr", "at", "", "compared")),
    (_exception, ("except", "instead")),
    (other_medicine_day, ("except", "day")),
    (weekday, ("weekday", "except", "instead", "on", "for", "every", "period", "not", "")),
    (month_day, ("num", "on")),
    (cycle, ("num", "for", "on")),
    (parts_of_day, ("num",)),
    (day_by_day, ("num",)),
    (packed, ("amount",)),
    (ladder, ("num", "amount")),
    (timed_maximum, ("num", "interval")),
    (patient_pump, ("pump", "num", "for", "every", "instr")),
    (offset_event, ("num", "at", "article")),
    (hours_after, ("num", "at")),
    (
        trigger,
        (
            "num",
            "article",
            "before",
            "after",
            "with",
            "prep",
            "day",
            "event",
            "at",
            "on",
            "within",
            "during",
            "every",
            "trigger",
        ),
    ),
    (sprayed, ("fold", "once", "num")),
    (times_per, ("num", "up_to", "max", "fold", "for", "bracket")),
    (hourly, ("num",)),
    (clock, ("num", "at", "clock", "every")),
    (loading, ("week", "day", "at", "on", "num", "prep", "stat")),
    (days_off, ("except", "wear", "")),
    (day_range, ("cycle", "num", "period", "unit", "day", "week", "month", "prep", "said", "for", "on", "")),
    (once_again, ("may_repeat",)),
    (may_repeat, ("may_repeat",)),
    (change, ("increase", "decrease")),
    (later, ("after", "num", "prep")),
    (dispensed_so, ("freq",)),
    (fixed_frequency, ("freq",)),
    (fixed_interval, ("interval",)),
    (every, ("every", "up_to", "max")),
    (single_piece, ("once",)),
    (once, ("once",)),
    (event, ("event", "at")),
    (at_night, ("on",)),
    (as_needed, ("prn",)),
    (onset, ("onset", "at")),
    (directed, ("directed",)),
    (divided, ("divided",)),
    (maximum, ("max", "max_day", "up_to")),
    (times_in_all, ("num", "up_to", "max")),
    (duration, ("for", "for_up_to", "up_to")),
    (bare_duration, ("num",)),
    (start, ("start", "prep")),
    (stat, ("stat",)),
    (over_time, ("over", "side")),
    (fluid, ("fluid",)),
    (infused, ("infused",)),
    (and_a_half, ("unit", "spoon")),
    (counted_behind, ("unit", "spoon")),
    (bare_unit, ("per", "contents", "another", "unit")),
    (take, ("unit", "period", "except")),
    (scale_by_dose, ("amount",)),
    (plain_dose, ("amount",)),
    (dose, ("num", "amount", "up_to", "at", "bracket")),
    (verb, ("verb",)),
    (place, ("route", "place", "part", "side", "prep")),
    (completing, ("completing", "until")),
    (until, ("until", "link", "prep")),
    (lower_part, ("reason_lead", "purpose")),
    (indication, ("reason_lead",)),
    (purpose, ("purpose",)),
    (hurts, ("if",)),
    (condition, ("if", "unrelieved")),
    (together, ("in_all",)),
    (_link, ("link",)),
    (remark, ("remark", "num", "square")),
    (together, ("with", "prep")),
    (apart, ("num", "at", "noise", "unit", "least")),
    (call, ("call", "unrelieved")),
    (off_at_last, ("except", "")),
    (hold, ("hold", "except")),
    (alternate, ("alternate",)),
    (goes_on, ("noise",)),
    (noise, ("noise", "contents")),
    (another_medicine, ("", "bracket", "other", "unit", "num")),
    (medicine_named, ("", "bracket", "other", "aka", "unit", "num", "period", "side")),
    (told_by, ("per",)),
    (late_reason, ("", "reason", "reason_name", "other")),
]
_SILENT = frozenset(",:()[]\"'*•·–—-!`“”{}|_~\\^")
_ENDS = frozenset(".;\n")
_BEHIND = frozenset({"thereafter", "and thereafter", "after that", "afterwards", "subsequently"})
"""What may stand behind the part it speaks of as well as before it."""


_ASKED = asked_for()


@cache
def _readings(kinds: tuple[str, ...]) -> tuple[Reading, ...]:
    """What to try on a phrase of these kinds."""
    return tuple(reading for reading, on in _READINGS if any(kind in kinds for kind in on))


class _Grammar(dict[tuple[str, ...], tuple[Reading, ...]]):
    """What to try on a phrase of some kinds in texts in which some readings can take nothing."""

    def __init__(self, idle: frozenset[Reading]) -> None:
        self._idle = idle

    def __missing__(self, kinds: tuple[str, ...]) -> tuple[Reading, ...]:
        found = self[kinds] = tuple(reading for reading in _readings(kinds) if reading not in self._idle)
        return found


@lru_cache(maxsize=1 << 12)
def _grammar(said: frozenset[str]) -> _Grammar:
    """That of texts that say these of the words asked for."""
    return _grammar_without(without_need(said))


_grammar_without = lru_cache(maxsize=1 << 9)(_Grammar)


def _kinds(r: Reader, item: Item) -> tuple[str, ...]:
    """Of which kinds the phrase at the cursor is."""
    if not item.terms:
        return (_SIGNS.get(item.text, "" if item.text[0].isalpha() else "sign"),)
    if item.terms.keys() == _NUMBER and _is_amount(r, r.at):
        return ("amount",)
    return tuple(item.terms)


_NUMBER = {"num"}
_SIGNS = {"(": "bracket", "[": "square"} | dict.fromkeys("<>≥≤", "compared")
_OF_A_CHOICE = frozenset(
    "freq interval every weekday for once prn max max_day day event week over at num until start cycle within may_repeat".split()
)
"""Kinds of phrases that say something of the dose, and behind "or" something else than what was said."""


def walk(r: Reader) -> None:
    """Try on every phrase the readings of its kinds, in their order, until one takes it."""
    aside = notes(r)
    headed(r)
    if r.at == 0 and not (taken_down(r) or for_whom(r) or labelled(r)):
        ordered(r)
    grammar = _grammar(_ASKED & r.said)
    while r.at < r.n:
        item = r.items[r.at]
        if aside and r.at in aside:
            r.note(item.start, r.items[aside[r.at] - 1].end)
            r.at = aside[r.at]
            continue
        text = item.text
        if text == "." and _may_be_decimal(r):
            r.refuse(r.at + 1)
            continue
        if text in _ENDS:
            r.sentence = True
            r.clause += 1
            r.at += 1
            continue
        choice = (len(r.drafts), len(r.unread)) if r.pending == "or" and _may_be_chosen(item) else None
        for reading in grammar[_kinds(r, item)]:
            if reading(r):
                if choice and choice == (len(r.drafts), len(r.unread)):
                    r.doubts.append("or: what the choice is between is not said")  # "2 times a day or on Mondays"
                break
        else:
            if (text == "/" and _parts_phrases(r)) or (text == "=" and not r.at and r.term(1, "num") is not None):
                r.at += 1  # "twice a day/avoid alcohol", "= 1 tab, oral"
                continue
            begins = not r.at or (r.term(r.at - 1, "verb") is not None and not r.glued(r.at))
            is_minus = text == "-" and begins and r.glued(r.at + 1) and r.term(r.at + 1, "num") is not None
            if is_minus or not (text in _SILENT and not r.glued_number(r.at)):
                r.unread.append((item.start, item.end))
            r.at += 1
    last = r.draft
    is_empty = last.first < 0 and last.link == "then" and not _points_back(r)
    if r.n and not last.instructions and (is_empty or _is_cut_off(r)):
        r.doubts.append("what follows is not said")
    if r.unread:
        set_aside_plain(r)


def _may_be_chosen(item: Item) -> bool:
    return bool(item.terms) and not _OF_A_CHOICE.isdisjoint(item.terms)


def _points_back(r: Reader) -> bool:
    """Whether the last "then" stands behind what it speaks of: "2 tablets daily thereafter"."""
    said = next((r.word(i) for i in reversed(range(r.n)) if r.term(i, "link") == "then"), "")
    return said in _BEHIND


def _is_cut_off(r: Reader) -> bool:
    """Whether the last word joins something to nothing: "1 tablet daily and"."""
    if r.pending is None or r.term(r.n - 1, "link") not in ("and", "or", "then"):
        return False
    return r.word(r.n - 1).isalpha() and not _points_back(r)


def _may_be_decimal(r: Reader) -> bool:
    """ "Take . 5 mg", "take. 5 mg": the point may belong to the number."""
    apart = not r.glued(r.at) or (r.at > 0 and r.term(r.at - 1, "verb") is not None)
    lasts = r.term(r.at + 2, "period") in ("d", "wk", "mo")  # "with milk . 10 days"
    return apart and r.term(r.at + 1, "num") is not None and "." not in r.word(r.at + 1) and not lasts


def _parts_phrases(r: Reader) -> bool:
    """Whether the stroke at the cursor stands between two phrases, as a comma would: "twice a day/avoid alcohol"."""
    before, after = r.items[r.at - 1], r.items[r.at + 1]
    if not r.at:
        return False
    if r.draft.wear and r.draft.last == before.end:
        return "num" in after.terms or after.text == "off"  # "12h on/12h off"
    if "num" in before.terms:
        return False
    if "event" in before.terms and "num" in after.terms:
        return r.draft.last == before.end and _is_amount(r, r.at + 1)  # "20 units am/10 units pm"
    if "period" in before.terms and "num" in after.terms and r.draft.duration:
        return not r.glued(r.at) and not r.glued(r.at + 1)  # "40 mg x 3 d / 30 mg x 3 d"
    if not after.terms:
        return after.text.isalpha() and any(kind in before.terms for kind in ("freq", "event", "interval", "prn"))
    return any(
        kind in after.terms
        for kind in ("prn", "instr", "directed", "not", "event", "noise", "max", "place", "freq", "for", "remark")
    )


def _is_amount(r: Reader, i: int) -> bool:
    found = r.numbers(i)
    terms = r.items[found[2]].terms if found and found[2] < r.n else {}
    return ("unit" in terms or "spoon" in terms) and "period" not in terms

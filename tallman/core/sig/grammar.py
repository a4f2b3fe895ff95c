"""Which readings are tried on which kinds of phrases, in which order."""

from __future__ import annotations

from functools import cache, lru_cache

from tallman.core.sig.advice import drunk_with, instruction, mixed_with, posture, together
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
from tallman.core.sig.circumstances import completing, lasting_after, meanwhile, until
from tallman.core.sig.clinical import (
    adjusted,
    before_and_after,
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
    tested,
    volume_in_all,
)
from tallman.core.sig.conditions import calls_if, condition, conditional, hurts, moved_if, onset
from tallman.core.sig.courses import bare_duration, duration, over_time, plain_duration, times_in_all
from tallman.core.sig.days import day_range, days_off, goes_on, month_day, weekday
from tallman.core.sig.dividing import divided
from tallman.core.sig.doses import dose, reckoned
from tallman.core.sig.forbidding import forbidden, hold, off_at_last, other_medicine_day
from tallman.core.sig.frequency import fixed_frequency, times_per
from tallman.core.sig.handling import handled
from tallman.core.sig.improving import lessened, once_more, raised_unless
from tallman.core.sig.infusions import diluted, fluid, infused
from tallman.core.sig.intervals import every, fixed_interval, hourly, restated
from tallman.core.sig.ladders import ladder
from tallman.core.sig.lexicon import Item
from tallman.core.sig.limits import maximum, timed_maximum
from tallman.core.sig.links import exception, link
from tallman.core.sig.loading import loading
from tallman.core.sig.moments import at_night, clock, event, offset_event
from tallman.core.sig.needed import Reading, without_need
from tallman.core.sig.nursing import (
    brought_in,
    dose_by,
    escalated,
    flush_ordered,
    other_way,
    ran_up,
    stopped_when,
    watched,
)
from tallman.core.sig.once import apart, once, stat
from tallman.core.sig.patterns import day_by_day, parts_of_day
from tallman.core.sig.places import lower_part, place, take, verb
from tallman.core.sig.plain import plain_dose
from tallman.core.sig.products import medicine_named
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
from tallman.core.sig.repeats import goes_on_as_needed, may_repeat, once_again
from tallman.core.sig.rounds import cycle, month_round, rest, round_anew, rounds_in_all, week_off, weekly_round
from tallman.core.sig.scales import scale, scale_by_dose
from tallman.core.sig.sharing import all_of_them
from tallman.core.sig.starts import start
from tallman.core.sig.strengths import poured
from tallman.core.sig.targets import ratio, target
from tallman.core.sig.titration import alternate, alternated, change, later
from tallman.core.sig.tools import breathed_through, changed_for_new, measured_with
from tallman.core.sig.totals import alongside, in_all
from tallman.core.sig.triggers import hours_after, trigger
from tallman.core.sig.unnumbered import and_a_half, bare_unit, counted_behind, single_piece, sprayed, wiped
from tallman.core.sig.wards import around, cycled, denied, exempted, feeds_held, flushed, given_apart
from tallman.core.sig.wearing import wearing, worn_each_day

__all__ = ["grammar_of", "is_amount", "kinds_of", "may_be_decimal"]

_NUMBER = {"num"}
_SIGNS = {"(": "bracket", "[": "square"} | dict.fromkeys("<>≥≤", "compared")
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
    (water_flushed, ("", "fluid", "instr", "verb")),
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
    (lessened, ("noise", "verb", "decrease", "link", "")),
    (all_of_them, ("prep", "noise", "")),
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
    (exception, ("except", "instead")),
    (other_medicine_day, ("except", "day")),
    (weekday, ("weekday", "except", "instead", "on", "for", "every", "period", "not", "")),
    (month_day, ("num", "on")),
    (cycle, ("num", "for", "on", "alternate")),
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
    (loading, ("week", "day", "month", "at", "on", "num", "prep", "stat")),
    (days_off, ("except", "wear", "")),
    (day_range, ("cycle", "num", "period", "unit", "day", "week", "month", "prep", "said", "for", "on", "")),
    (goes_on_as_needed, ("may_repeat",)),
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
    (breathed_through, ("route",)),
    (place, ("route", "place", "part", "side", "prep")),
    (completing, ("completing", "until")),
    (until, ("until", "link", "prep")),
    (lower_part, ("reason_lead", "purpose")),
    (indication, ("reason_lead",)),
    (purpose, ("purpose",)),
    (hurts, ("if",)),
    (condition, ("if", "unrelieved")),
    (together, ("in_all",)),
    (link, ("link",)),
    (remark, ("remark", "num", "square")),
    (together, ("with", "prep")),
    (apart, ("num", "at", "noise", "unit", "least")),
    (call, ("call", "unrelieved")),
    (off_at_last, ("except", "")),
    (hold, ("hold", "except")),
    (alternate, ("alternate",)),
    (goes_on, ("noise",)),
    (measured_with, ("noise",)),
    (changed_for_new, ("noise",)),
    (noise, ("noise", "contents")),
    (another_medicine, ("", "bracket", "other", "unit", "num")),
    (medicine_named, ("", "bracket", "other", "aka", "unit", "num", "period", "side")),
    (told_by, ("per",)),
    (late_reason, ("", "reason", "reason_name", "other")),
]


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
def grammar_of(said: frozenset[str]) -> _Grammar:
    """That of texts that say these of the words asked for."""
    return _grammar_without(without_need(said))


_grammar_without = lru_cache(maxsize=1 << 9)(_Grammar)


def kinds_of(r: Reader, item: Item) -> tuple[str, ...]:
    """Of which kinds the phrase at the cursor is."""
    if not item.terms:
        return (_SIGNS.get(item.text, "" if item.text[0].isalpha() else "sign"),)
    if item.terms.keys() == _NUMBER and is_amount(r, r.at):
        return ("amount",)
    return tuple(item.terms)


def may_be_decimal(r: Reader) -> bool:
    """ "Take . 5 mg", "take. 5 mg": the point may belong to the number."""
    apart = not r.glued(r.at) or (r.at > 0 and r.term(r.at - 1, "verb") is not None)
    lasts = r.term(r.at + 2, "period") in ("d", "wk", "mo")  # "with milk . 10 days"
    return apart and r.term(r.at + 1, "num") is not None and "." not in r.word(r.at + 1) and not lasts


def is_amount(r: Reader, i: int) -> bool:
    """Whether a number with its unit stands at `i`, and no time."""
    found = r.numbers(i)
    terms = r.items[found[2]].terms if found and found[2] < r.n else {}
    return ("unit" in terms or "spoon" in terms) and "period" not in terms

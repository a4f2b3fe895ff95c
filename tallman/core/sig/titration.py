"""Doses that change: raised or lowered step by step; one more after a while."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import measure, per_weight, rate, spoonful
from tallman.core.sig.besides import MAYBE, besides, hangs_on
from tallman.core.sig.courses import part_of
from tallman.core.sig.model import Change, Dose, Frequency, Interval, Repeat
from tallman.core.sig.needed import needs
from tallman.core.sig.phrases import phrase_end
from tallman.core.sig.reader import Reader
from tallman.core.sig.strengths import strength_beside

__all__ = ["ONE_MORE", "alternate", "alternated", "change", "later", "may_repeat", "once_again", "waiting"]

_AGAIN = frozenset({"repeat", "rpt"})
ONE_MORE = frozenset({"nd", "once", "x1", "1", "one", "another", "second", "2nd", "additional", "1x"})
_ONE = Decimal(1)
_PER_DAY = frozenset({"/d", "/day", "/ d", "/ day", "per day", "a day", "daily"})
_EACH_DAY = frozenset(f"{each} {part}" for each in ("every", "each") for part in ("night", "evening", "morning")) | {
    "nightly",
    "qhs",
    "every evening at bedtime",
    "every night at bedtime",
    "at night",
}
_ANEW = frozenset("device nostril nostrils nare syringe autoinjector injector pen dose spray".split())
_NEXT = _ANEW | frozenset(
    "with using a an the new another second other opposite alternate alternating in into second auto".split()
)
_ROUND_AGAIN = frozenset({"repeat", "repeat cycle", "then repeat", "and repeat"})
_LATER = frozenset({"later", "after that", "afterwards", "thereafter", "after the first dose", "after first dose"})
_IF_NEEDED = frozenset({"if needed", "if still needed"})
_AFTER = frozenset({"in", "on", "in one", "after", "every", "q", "within", "at", "and"})
_LEADS = frozenset({"a", "of", "dose", "max", "total", "maximum", "reaching", "at", "taking", "the", "daily"})


def change(r: Reader) -> bool:
    """ "increase by 1 tablet every week up to 3 tablets", "taper by 10 mg daily until gone"."""
    i = r.at
    is_increase = bool(r.term(i, "increase"))
    if not (is_increase or r.term(i, "decrease")):
        return False
    if r.word(i) == "add" and r.draft.is_blank() and len(r.drafts) == 1:
        r.draft.method = "mix"
        return r.took(i + 1)  # "add 1 packet to 4 oz of water"
    if r.draft.rate:
        return _faster(r, i + 1)
    if r.draft.is_begun_so and r.term(i + 1, "instr") == "as tolerated":
        return r.advise(r.words(i, i + 2), i + 2)  # "at bedtime, start every third night and increase as tolerated"
    by, j = _amount(r, i + 1)
    if by is None:
        return False
    by, to = _both_ends(r, i + 1, by)
    said = set(r.word(i).split())
    every = Interval(_ONE, _ONE, "wk") if "weekly" in said else Interval(_ONE, _ONE, "d") if "daily" in said else None
    manner: list[str] = []
    while j < r.n:
        spaced = _each(r, j) if every is None else None
        if spaced:
            every, j = spaced
            continue
        if to is None and r.term(j, "instr") == "as tolerated" and _reached(r, j + 1):
            manner, j = ["as tolerated"], j + 1
        if to is None and r.term(j, "prn") and _reached(r, j + 1):
            r.doubts.append("when the dose is raised, and how often it is taken then, is not said")
            j += 1
        reached = _reached(r, j) if to is None else None
        if reached is None:
            break
        to, j = reached
        j += r.word(j) in _PER_DAY and _is_once_daily(r)
    if every is None and to is None:
        r.doubts.append("when the dose changes is not said")
    if not any(d.dose for d in r.drafts):
        r.doubts.append("the dose is changed, and from what is not said")
    draft = r.begin("then")
    draft.change, draft.instructions = Change(by, every, to, is_increase), manner
    return r.took(j)


def _is_once_daily(r: Reader) -> bool:
    """Whether what is raised is taken once a day, so that the most a day is the most at one time."""
    draft = next((d for d in reversed(r.drafts) if d.dose), r.draft)
    return (
        draft.frequency in (None, Frequency(1, 1)) and draft.interval is None and len(draft.events + draft.clock) <= 1
    )


def _both_ends(r: Reader, i: int, by: Dose) -> tuple[Dose, Dose | None]:
    """What is added and where it ends: "5 mg to 20 mg" behind "increase by" is no range."""
    first = r.number(i)
    if (
        by.low == by.high
        or by.strength
        or not first
        or r.term(first[1], "unit") is None
        or r.term(first[1] + 1, "link") != "to"
    ):
        return by, None
    return Dose(by.low, by.low, by.unit), Dose(by.high, by.high, by.unit)


def _faster(r: Reader, j: int) -> bool:
    """ "Titrate by 2.5 mg/hr q5-15 min, to max 15 mg/hr": said of a rate of flow, which stays what it begins with."""
    flow = rate(r, j)
    if flow is None:
        return False
    end = flow[1]
    spaced = _each(r, end)
    end = spaced[1] if spaced else end
    k = end
    while (
        r.word(k) in _LEADS or any(r.term(k, kind) for kind in ("reach", "up_to", "until", "max")) or r.word(k) == "to"
    ):
        k += 1
    most = rate(r, k) if k > end else None
    end = most[1] if most else end
    return r.advise(r.words(r.at, end), end)


def _each(r: Reader, j: int) -> tuple[Interval, int] | None:
    """How far apart the changes are: "weekly", "every 3 days", "every other day", "each week"."""
    freq = r.term(j, "freq")
    if freq and freq[0] == 1:
        return Interval(Decimal(1), Decimal(1), freq[1]), j + 1
    if r.word(j) in _EACH_DAY:
        return Interval(_ONE, _ONE, "d"), j + 1
    interval = r.term(j, "interval")
    if interval:
        return Interval(interval[0], interval[0], interval[1]), j + 1
    found = r.numbers(j + 1) if r.term(j, "every") else None
    unit = r.term(found[2], "period") if found else None
    part = part_of(r, found[0], found[2]) if found and not unit else None
    if found and part:
        return Interval(found[0], found[1], part), found[2] + 2  # "every 7/7"
    return (Interval(found[0], found[1], unit), found[2] + 1) if found and unit else None


def _reached(r: Reader, j: int) -> tuple[Dose, int] | None:
    """What the changes lead to: "up to 3 tablets", "until reaching 40 mg", "to a max of 2 daily"."""
    leads = (
        r.term(j, "reach") or r.term(j, "up_to") or r.term(j, "until") or r.term(j, "max") or r.term(j, "link") == "to"
    )
    if not leads:
        return None
    k = j + 1
    while r.word(k) in _LEADS or r.term(k, "max"):
        k += 1
    to, k = _amount(r, k)
    return (to, k) if to else None


def _amount(r: Reader, i: int) -> tuple[Dose | None, int]:
    found = measure(r, i)
    if found and (weighed := per_weight(r, found[3]))[0] and r.word(weighed[1]) not in ("/", "per"):
        return Dose(found[0], found[1], found[2], per=weighed[0]), weighed[1]
    if found:
        return strength_beside(r, found[3], Dose(found[0], found[1], found[2]))
    plain = r.numbers(i)
    if plain is None or r.term(plain[2], "period"):
        return None, i
    unit = next((d.dose.unit for d in reversed(r.drafts) if d.dose), None)
    each = spoonful(r) if unit == "mL" else _ONE
    return Dose(plain[0] * each, plain[1] * each, unit), plain[2]


def later(r: Reader) -> bool:
    """ "after 1 week" before a new dose: when it begins."""
    if r.draft.start is not None:
        return False
    if not r.term(r.at, "after"):
        return _soon(r)
    if r.term(r.at + 1, "stat") and "dose" in r.word(r.at + 1) and r.draft.has_timing():
        return r.put("start", r.words(r.at, r.at + 2), r.at + 2)  # "every 4 weeks after the loading dose"
    loaded = measure(r, r.at + 1)
    if loaded and r.term(loaded[3], "stat") and "load" in r.word(loaded[3]) and r.draft.dose and r.draft.has_timing():
        return r.put("trigger", r.words(r.at, loaded[3] + 1), loaded[3] + 1)  # "monthly after 240 mg loading dose"
    found = r.numbers(r.at + 1)
    unit = r.term(found[2], "period") if found else None
    if not found or unit not in ("d", "wk", "mo"):
        return False
    j = found[2] + 1
    if r.sentence and r.draft.dose and r.draft.has_timing() and measure(r, j) and r.draft.duration is None:
        r.begin("then").start = r.words(r.at, j)
        return r.took(j)  # "1 tablet daily. After 2 weeks 2 tablets daily"
    if r.term(j + (r.word(j) == ","), "link") == "then":
        r.begin("then").start = r.words(r.at, j)
        return r.took(j)
    if len(r.drafts) > 1 and r.draft.dose and r.draft.link == "then":
        return r.put("start", r.words(r.at, j), j)
    return False


def _soon(r: Reader) -> bool:
    """ "then 1 tablet 1 hour later", "then 1 tablet in one hour": once, so long after the dose before."""
    draft, lead = r.draft, r.word(r.at) == "in"
    again = lead and r.word(r.at - 1) in ("and again", "again", "and") and draft.stat and not draft.repeat
    if again and (waited := waiting(r, r.at)):
        return r.put("repeat", Repeat(waited[0], 1, is_due=True), waited[1])  # "1 tablet now and again in 12 hours"
    found = r.numbers(r.at + lead)
    unit = r.term(found[2], "period") if found else None
    if not found or unit not in ("h", "min", "d", "wk", "mo") or not (lead or r.word(found[2] + 1) in _LATER):
        return False
    follows = draft.link == "then" or (
        draft.link in ("and", None)
        and len(r.drafts) > 1
        and (r.drafts[-2].stat or r.drafts[-2].trigger or (not lead and len(r.drafts[-2].events) == 1))
    )
    if lead and draft.is_raised and draft.has_timing() and unit in ("d", "wk") and r.term(r.at - 1, "freq"):
        return r.put("start", r.words(r.at, found[2] + 1), found[2] + 1)  # "increase to 150 mg bid in 1 week"
    before = r.drafts[-2] if len(r.drafts) > 1 else draft
    if not lead and draft.link == "and" and before.events and draft.dose and unit == "h" and not draft.has_timing():
        draft.frequency, draft.is_weak = Frequency(1, 1), True  # "1 tablet in the morning and 1 tablet 6 hours later"
        return r.put("trigger", r.words(r.at, found[2] + 2), found[2] + 2)
    if len(r.drafts) < 2 or not follows or not draft.dose or draft.has_timing() or draft.prn:
        return False
    draft.once = not draft.is_raised
    return r.put("start", r.words(r.at, found[2] + 1 + (not lead)), found[2] + 1 + (not lead))


def alternate(r: Reader) -> bool:
    """ "alternate 1 tablet and 2 tablets", "5 mg alternating with 7.5 mg": each of two doses on every other day."""
    if not r.term(r.at, "alternate") or r.alternating or (r.word(r.at) == "alt" and not measure(r, r.at + 1)):
        return False  # "alt" may be what is measured in the blood
    if r.at + 1 < r.n and not r.knows(r.at + 1) and r.word(r.at + 1).isalpha() and len(r.word(r.at + 1)) > 5:
        end, spaced = r.at + 2, r.numbers(r.at + 3) if r.term(r.at + 2, "every") else None
        end = spaced[2] + 1 if spaced and r.term(spaced[2], "period") == "h" and r.draft.has_timing() else end
        return r.advise(r.words(r.at, end), end)  # "may alternate with ibuprofen", "… every 3 hours"
    r.alternating, had_dose = True, r.draft.dose is not None
    r.took(r.at + 1)
    r.pending = "and" if had_dose else None
    return True


def alternated(r: Reader) -> bool:
    """ "With" between the two doses of "alternate 5 mg with 7.5 mg"."""
    between = r.alternating and r.term(r.at, "with") and r.draft.dose and len(r.drafts) == 1
    if not between or r.draft.has_timing() or measure(r, r.at + 1) is None:
        return False
    r.at, r.pending = r.at + 1, "and"
    return True


def may_repeat(r: Reader) -> bool:
    """ "may repeat in 2 hours if needed", "repeat once", "may take a second dose after 2 hours"."""
    i = r.at
    if not r.term(i, "may_repeat") or not (r.draft.dose or r.draft.method):
        return False
    if r.draft.cycle and r.word(i) in _ROUND_AGAIN and _ends_clause(r, i + 1):
        return r.took(i + 1)  # "for 21 days, then 7 days off. Repeat."
    if r.word(i) in ("second dose", "2nd dose") and r.draft.frequency and r.draft.frequency.high > 1:
        r.at += 1
        return True  # "twice a day, second dose no later than 4 pm"
    words = set(r.word(i).split())
    if (begun := besides(r)) is not None:
        return begun
    times: int | None = 1 if ONE_MORE & words else None
    is_due = bool(words & _AGAIN) and not words & MAYBE and not hangs_on(r, i)
    after: Interval | None = None
    j = i + 1
    again = _past_same_dose(r, j)
    j = again or j
    while j < r.n:
        waited = waiting(r, j) if after is None else None
        total = _in_all(r, j)
        more = _times(r, j - (r.word(i).endswith(" x") and j == i + 1)) if times is None and not total else None
        waits = r.term(j, "if") or (r.term(j, "prn") and (after or times))
        is_due = is_due and not waits
        other = (
            phrase_end(r, j + 1 + (r.word(j + 1) in ("no", "not", "still", "you are not", "still not"))) if waits else j
        )
        if (following := _past_next(r, j)) > j:
            r.draft.instructions += _in_which_nostril(r.words(j, following))
            j = following
        elif other > j + 1:
            r.draft.instructions.append(r.words(j, other))  # "if SBP is still over 160"
            j = other  # "if headache is still there"
        elif waited:
            after, j = waited
        elif more:
            times, j = more
        elif total:
            r.draft.count, j = total
        elif _if_needed(r, k := j + (r.word(j) == ",")):
            r.draft.instructions += _unless_relieved(r, k)
            j, is_due = k + 1, False
        elif r.term(j, "unit") and times == 1 and r.word(j) != "h":
            j += 1
        else:
            break
    again_and_again = after and after.unit == "h" and times is None and _is_every(r, i + 1)
    if again_and_again and not (r.draft.has_timing() or r.draft.count or r.draft.trigger or is_due):
        r.draft.interval, r.draft.prn = after, True  # "1 tablet as needed, may repeat every 6 hours"
        return r.took(j)
    times = 1 if again and times is None and not r.draft.count else times
    if after is None and times is None:
        return bool(r.draft.interval and r.draft.count) and r.took(j)  # "every 5 minutes, may repeat up to 3 doses"
    if after is None and any(
        r.term(j + (r.word(j) == "at"), kind) for kind in ("event", "clock", "freq", "interval", "every")
    ):
        r.doubts.append("one more at another time of day")
    return r.put("repeat", Repeat(after, times, is_due), j)


@needs("repeat 1", "may repeat 1")
def once_again(r: Reader) -> bool:
    """ "1 tablet once, repeat 1 wk", "leave on 8 hours, wash off, repeat 1 wk": once more after a week."""
    at_once = r.draft.once or r.draft.stat or r.draft.wear
    unit = r.term(r.at + 1, "period") if at_once and r.word(r.at).endswith("repeat 1") else None
    if unit not in ("d", "wk", "mo"):
        return False
    due = MAYBE.isdisjoint(r.word(r.at).split())
    return r.put("repeat", Repeat(Interval(_ONE, _ONE, unit), is_due=due), r.at + 2)


def _past_same_dose(r: Reader, i: int) -> int:
    """Past the dose itself, said again: "2 tablets now, may repeat 2 tablets in 4 hours"; 0 where none is."""
    held, said = r.draft.dose, measure(r, i)
    return said[3] if held and said and said[:3] == (held.low, held.high, held.unit) else 0


def _unless_relieved(r: Reader, i: int) -> list[str]:
    """ "If no relief", where more is said than "if needed"."""
    return [r.words(i, i + 1)] if r.term(i, "unrelieved") and r.word(i) not in _IF_NEEDED else []


def _is_every(r: Reader, i: int) -> bool:
    return r.term(i, "every") is not None or r.term(i, "interval") is not None


def _ends_clause(r: Reader, i: int) -> bool:
    i += r.word(i) == "cycle"
    return i >= r.n or r.word(i) in (".", ";", ",", ")", "\n")


def _past_next(r: Reader, j: int) -> int:
    """Past "with a new device", "in the other nostril"; `j` when something else stands there."""
    k = j
    while set(r.word(k).split()) & _NEXT and k < r.n:
        k += 1
    named = any(word in _ANEW for i in range(j, k) for word in r.word(i).split())
    return k if named and r.term(j, "num") is None else j


def _in_which_nostril(said: str) -> list[str]:
    """What the patient is told of a second spray."""
    alternating = ["use alternating nostrils"] if "altern" in said else ["next in the other nostril"]
    return alternating if "nostril" in said or "nare" in said else []


def _in_all(r: Reader, j: int) -> tuple[int, int] | None:
    """ "up to 3 tabs", "max of 3 doses": how many doses in all, where one at a time is taken."""
    if not (r.term(j, "up_to") or r.term(j, "max")) or r.draft.count is not None:
        return None
    k = j + 1 + (r.word(j + 1) in ("a", "of", "total", "a total of", "total of"))
    value, dose = r.term(k, "num"), r.draft.dose
    unit = r.term(k + 1, "unit")
    if dose and unit and unit == dose.unit and dose.low == dose.high and value and r.term(k + 2, "total"):
        times = value / dose.low  # "0.4 mg, may repeat every 2 minutes up to 2 mg total"
        return (int(times), k + 3) if times == int(times) else None
    of_one = dose is not None and dose.low == dose.high == 1 and unit is not None and unit == dose.unit
    if value is None or value != int(value) or not (of_one or r.word(k + 1) in ("doses", "dose")):
        return None
    end = k + 2 + bool(r.term(k + 2, "total"))
    return None if r.term(end, "per") or r.term(end, "freq") else (int(value), end)


def _if_needed(r: Reader, j: int) -> bool:
    return bool(r.term(j, "prn") or r.term(j, "unrelieved"))


def waiting(r: Reader, j: int) -> tuple[Interval, int] | None:
    """ "in 2 hours", "after at least 2 hours", "2 hours later"."""
    k = j
    while r.word(k) in _AFTER or r.word(k) in ("least", "another"):
        k += 1
    if r.word(k) in ("tomorrow", "the next day", "next day", "the following day"):
        return Interval(_ONE, _ONE, "d"), k + 1
    found = r.numbers(k) or ((_ONE, _ONE, k) if r.word(k - 1) == "in one" else None)
    unit = r.term(found[2], "period") if found else None
    if not found or unit not in ("min", "h", "d", "wk", "mo"):
        return None
    end = found[2] + 1
    is_later = r.word(end) in ("later", "after", "apart", "after first dose")
    if k == j and not (is_later or r.draft.once or r.draft.stat or r.draft.wear) and unit not in ("min", "h"):
        return None  # "may repeat 2 h", "once, repeat 2 weeks"
    return Interval(found[0], found[1], unit), end + is_later


def _times(r: Reader, j: int) -> tuple[int, int] | None:
    """ "once", "2 times", "x 1", "up to 2 times"."""
    if r.term(j, "once"):
        return 1, j + 1
    if r.term(j, "fold") and not (r.term(j + 1, "freq") or r.term(j + 1, "link")):
        return int(r.term(j, "fold")), j + 1
    k = j + (r.word(j) in ("x", "times", "up to", "for up to") or r.word(j).endswith("repeat x"))
    value = r.term(k, "num")
    if value is None or value != int(value):
        return None
    if r.term(k + 1, "times") or r.word(k + 1) in ("more", "additional"):
        return int(value), k + 2
    k += k > j and r.word(k + 1) in ("dose", "doses")
    return (int(value), k + 1) if k > j and not r.term(k + 1, "period") and not r.term(k + 1, "unit") else None

"""Doses that change: raised or lowered step by step; one more after a while."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import measure, per_weight, rate, spoonful, unit_at
from tallman.core.sig.courses import part_of
from tallman.core.sig.improving import past_no_better, takes_more
from tallman.core.sig.model import Change, Dose, Frequency, Interval, Repeat
from tallman.core.sig.reader import CHANGED_FROM, Reader
from tallman.core.sig.repeats import waiting
from tallman.core.sig.strengths import strength_beside

__all__ = ["alternate", "alternated", "change", "later"]

_ONE = Decimal(1)
_PER_DAY = frozenset({"/d", "/day", "/ d", "/ day", "per day", "a day", "daily"})
_EACH_DAY = frozenset(f"{each} {part}" for each in ("every", "each") for part in ("night", "evening", "morning")) | {
    "nightly",
    "qhs",
    "every evening at bedtime",
    "every night at bedtime",
    "at night",
}
_LATER = frozenset({"later", "after that", "afterwards", "thereafter", "after the first dose", "after first dose"})
_LEADS = frozenset({"a", "of", "dose", "max", "total", "maximum", "reaching", "at", "taking", "the", "daily"})


def change(r: Reader) -> bool:
    """ "increase by 1 tablet every week up to 3 tablets", "taper by 10 mg daily until gone"."""
    i = r.at
    is_increase = bool(r.term(i, "increase"))
    if not (is_increase or r.term(i, "decrease")):
        return False
    if r.word(i).endswith(" from"):
        return _was_taken(r)  # "decrease from 3 tablets to 2 tablets daily"
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
    j += (
        r.word(j) in _PER_DAY and (r.term(j + 1, "every") or r.term(j + 1, "freq")) is not None
    )  # "25 mg/day every day"
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
        r.doubts.append(CHANGED_FROM)
    draft = r.begin("then")
    draft.change, draft.instructions = Change(by, every, to, is_increase), manner
    return r.took(j)


def _was_taken(r: Reader) -> bool:
    """Set aside "decrease from 3 tablets daily to" where it begins the directions: what was taken before."""
    count = r.number(r.at + 1) if all(d.is_blank() for d in r.drafts) else None
    unit = unit_at(r, count[1]) if count else None
    j = unit[2] if unit else r.n
    while any(r.term(j, kind) for kind in ("freq", "event", "interval", "route")):
        j += 1
    if r.word(j) != "to" or r.term(j + 1, "num") is None:
        return False
    r.note(r.items[r.at].start, r.items[j].end)
    r.at = j + 1
    return True


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
    if (unless := past_no_better(r, j)) and r.draft.dose and r.draft.has_timing() and takes_more(r, unless):
        r.begin("then").start = r.words(r.at, unless)
        return r.took(unless)  # "1 pill nightly; after 4 nights if no improvement take 2 pills nightly"
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
    timed = any(r.term(r.at - 1, kind) for kind in ("freq", "event", "interval"))
    if lead and draft.is_raised and draft.has_timing() and unit in ("d", "wk", "mo") and timed:
        after = f"after {r.words(r.at + 1, found[2] + 1)}"
        return r.put("start", after, found[2] + 1)  # "increase to 150 mg bid in 1 week"
    j = found[2] + 1 + (r.word(found[2] + 1) == ",")
    if lead and unit in ("d", "wk", "mo") and r.term(j, "link") == "then" and r.word(j) not in ("then", "and then"):
        if not (draft.dose and draft.has_timing()) or draft.duration:
            return False
        r.begin("then").start = f"after {r.words(r.at + 1, found[2] + 1)}"
        return r.took(j)  # "1 tablet daily; in 1 week go up to 2 tablets daily"
    before = r.drafts[-2] if len(r.drafts) > 1 else draft
    if not lead and draft.link == "and" and before.events and draft.dose and unit == "h" and not draft.has_timing():
        draft.frequency, draft.is_weak = Frequency(1, 1), True  # "1 tablet in the morning and 1 tablet 6 hours later"
        return r.put("trigger", r.words(r.at, found[2] + 2), found[2] + 2)
    if len(r.drafts) < 2 or not follows or not draft.dose or draft.has_timing() or draft.prn:
        return False
    if lead and unit in ("d", "wk", "mo") and before.frequency and not draft.is_raised:
        r.doubts.append("once, or from then on?")  # "1 tablet daily, then 2 tablets in 1 week"
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

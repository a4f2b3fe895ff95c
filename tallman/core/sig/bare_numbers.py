"""A number without a unit: so many of what the medicine is counted in, or a strength, or nothing certain."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import (
    is_measured,
    spoonful,
)
from tallman.core.sig.model import Dose
from tallman.core.sig.phrases import is_graded
from tallman.core.sig.reader import Reader

_ONE = Decimal(1)
__all__ = ["MOST_UNITLESS", "WEIGHED", "bare_dose", "goes_by_degree", "inherited_unit"]

MOST_UNITLESS = 8
"""A bare number above this may be a strength: "Lasix 40 daily"."""
_MOST_COUNTED = 4
"""A bare number above this, behind a strength, may be another dose: "25 mg 5 daily"."""
_COUNTED_ROUTES = frozenset({"oral", "sublingual", "buccal", "rectal", "vaginal"})
_ANY_OF = frozenset(
    "weekly|monthly|a day|a week|per week|/week|/wk|a month|per month|/month|per day|/day|/d|/ day|/ d|/ week|/ wk|/ month".split(
        "|"
    )
)
"""What may say how many there are in all, after a number that counts nothing: "3 a week", "3 monthly"."""
_SHORT_VERB = 5
"""Letters below which what looks like a verb behind a number may be a unit with a slip: "1 tak", "1 ap"."""
_STEEP = 5
"""So many times smaller a bare number behind milligrams may count tablets."""
WEIGHED = frozenset({"mg", "mcg", "g"})
_ROMAN = frozenset({"vi", "vii", "viii", "ix"})
_QUARTER = Decimal("0.25")


def inherited_unit(r: Reader) -> str | None:
    """The unit of the last dose, which "then 1 daily" takes over."""
    return next((d.dose.unit for d in reversed(r.drafts) if d.dose), None)


def bare_dose(r: Reader, low: Decimal, high: Decimal, j: int) -> Dose | None:
    """ "1" in "take 1 po bid": allowed as the first dose, or after a dose whose unit it takes over."""
    if r.word(j) == "-" and any(r.term(j + 1, kind) for kind in ("freq", "event", "every", "interval")):
        j += 1  # "one - twice a day"
    if (
        (r.term(j, "period") and not _is_next_day(r, j))
        or (r.term(j, "times") and not _is_rung(r, j))
        or r.word(j) in (":", "/", "%", "-", "+", "h", "#")
        or high > 100
    ):
        return None
    if r.draft.rate or _goes_on_counting(r, j):
        return None
    if r.word(j) == "(" and r.term(j + 1, "num") is not None and r.word(j + 2) == ")":
        return None  # "four (3) times a day"
    if not is_measured(inherited_unit(r)) and (high > MOST_UNITLESS or low % _QUARTER):
        return None
    crossed = r.word(j) in ("x", "×") and (count := r.number(j + 1)) and not r.term(count[1], "period")
    if crossed or r.word(j).startswith(("x 1", "x one", "times one", "times 1")):
        return None  # "2 x 1 daily"
    if r.term(j, "remark") == "number" or (r.term(j, "verb") and len(r.word(j)) < _SHORT_VERB):
        return None  # "#30 rf 0", "1 ap daily"
    measured = r.draft.dose is not None and is_measured(r.draft.dose.unit)
    if (
        r.word(r.at) in _ROMAN
        or (measured and r.word(r.at) in ("i", "ii"))
        or (r.word(r.at) == "i" and r.word(j).split()[:1] == ["the"])
    ):
        return None  # "500 mg VI" is a slip for "IV", "10 mg i the morning" one for "in".
    following = r.numbers(j)
    if following and not (r.term(following[2], "times") or r.term(following[2], "hourly")):
        return None
    if j < r.n and not r.items[j].terms and r.word(j)[:1].isalpha():
        return None
    if r.glued(r.at) and r.word(r.at - 1).isalpha() and not r.knows(r.at - 1):
        return None  # The 12 of "b12".
    has_dose = any(d.dose for d in r.drafts)
    draft = r.draft
    if any(d.dose.per for d in r.drafts if d.dose):
        return None  # A bare number behind "40 mg/m2" is no milligrams.
    if high > 1 and r.word(j) in _ANY_OF:
        r.doubts.append("so many at one time, so many times, or so far apart?")
    if _stands_last(r, j, has_dose):
        return None  # A number that nothing follows, after all is said, is no dose.
    if draft.dose and draft.dose.unit == "mL" and r.pending == "or" and (each := spoonful(r)) > 1:
        return Dose(low * each, high * each, "mL")  # "1 tbsp or 2"
    if draft.dose and is_measured(draft.dose.unit) and not draft.has_schedule():
        is_count = high == 1 or r.form or not (r.term(j, "freq") or "(" in (r.word(r.at), r.word(r.at - 1)))
        return Dose(low, high, r.form) if is_count and _may_be_counted(r, high, j) else None
    if has_dose and draft.dose and not (r.pending or r.sentence or r.verb or goes_by_degree(r, j)):
        follows = any(r.term(j, kind) for kind in ("route", "freq", "interval", "every", "event")) or _lasts(r, j)
        if not draft.has_schedule() or ((draft.duration or draft.prn) and not follows):
            return None
    unit = inherited_unit(r) if has_dose else r.form
    each = spoonful(r) if unit == "mL" and has_dose else _ONE
    if unit in WEIGHED and high <= _MOST_COUNTED and _STEEP * high <= min(d.dose.low for d in r.drafts if d.dose):
        r.doubts.append("so little at one time, or so many of them?")  # "20 mg daily for 5 days, then 1 daily"
    if not has_dose and _may_be_strength(r, low, high):
        r.doubts.append("so many, or so many milligrams?")
    return Dose(low * each, high * each, unit)


def _stands_last(r: Reader, j: int, has_dose: bool) -> bool:
    """Whether nothing follows a number after all is said: "every 8 hours take two" still tells a dose."""
    told = r.draft.has_schedule() or r.draft.as_directed
    return j >= r.n and told and (has_dose or r.term(r.at - 1, "verb") not in ("take", "give"))


def _may_be_strength(r: Reader, low: Decimal, high: Decimal) -> bool:
    """Whether a bare number behind a medicine that no strength is told of may be one: "Coumadin tab 2 daily", "Ativan 0.5 bid"."""
    named = r.draft.product or ""
    bare = named and not any(c.isdigit() for c in named) and r.verb is None and r.draft.method is None
    return bool(bare) and low == high and r.word(r.at)[0].isdigit() and (high > 1 or "." in r.word(r.at))


def goes_by_degree(r: Reader, j: int) -> bool:
    """Whether the number is the next of "1 for mild, 2 for severe pain"."""
    return is_graded(r.draft.indication or r.draft.prn_reason) and r.term(j, "reason_lead") is not None


def _goes_on_counting(r: Reader, j: int) -> bool:
    """Whether the number stands in a list of days: "day 1, 5, week 2"."""
    listed = r.word(r.at - 1) == "," and r.draft.days is not None and r.items[r.at - 2].end == r.draft.last
    return listed and (j >= r.n or r.word(j) in (",", "and", "&"))


def _is_next_day(r: Reader, j: int) -> bool:
    """Whether "5 day 2" is the next step of "6 tablets day 1", and no five days."""
    numbered = r.term(j, "day") and r.term(j + 1, "num") is not None
    return bool(numbered) and r.draft.days is not None and r.word(r.at - 1) in (",", "and", ";")


def _is_rung(r: Reader, j: int) -> bool:
    """Whether "30 x 3d" is the next line of "40 mg x 3d", and no "30 times"."""
    if r.word(j) != "x" or r.draft.duration is None or not _lasts(r, j):
        return False
    held, found = r.draft.dose, r.number(r.at)
    listed = r.word(r.at - 1) in (",", ";", "then") and held and found and held.low != found[0]
    return is_measured(inherited_unit(r)) or bool(listed)


def _lasts(r: Reader, j: int) -> bool:
    """Whether so many days follow: the next line of a taper, "5 for 2 days, 4 for 2 days"."""
    found = r.numbers(j + 1) if r.term(j, "for") else None
    return found is not None and r.term(found[2], "period") in ("d", "wk")


def _may_be_counted(r: Reader, high: Decimal, j: int) -> bool:
    """Whether a bare number behind a strength may count tablets of it: "200 mg one by mouth daily", never "300 mg half IV"."""
    routes = {r.draft.route, r.term(j, "route")} - {None}
    return high <= _MOST_COUNTED and routes <= _COUNTED_ROUTES

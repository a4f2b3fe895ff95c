"""How much is given at one time: a dose, a rate of flow."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, Amount
from tallman.core.sig.amounts import (
    SHAPED,
    concentration,
    holds_one_dose,
    is_measured,
    measure,
    per_weight,
    rate,
    unit_at,
)
from tallman.core.sig.bare_numbers import MOST_UNITLESS, WEIGHED, bare_dose, goes_by_degree, inherited_unit
from tallman.core.sig.infusions import is_worked_out
from tallman.core.sig.leading import past_strength
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import Dose, Frequency, Rate
from tallman.core.sig.occasions import DAY_PARTS
from tallman.core.sig.reader import A_DAY_IN_ALL, Reader
from tallman.core.sig.spelling import may_be_name
from tallman.core.sig.strengths import (
    NO_DOSE,
    SPOONS,
    adds_up,
    counted_strength,
    is_other_amount,
    is_volume_of,
    note_strength,
    of_product,
    product_after,
    strength_beside,
)

__all__ = ["A_WEEK", "dose", "inherited_unit", "reckoned", "settle"]

_RELEASE = frozenset("xl xr er sr cr mr ec ir".split())
_EXTRA = frozenset({"extra", "additional", "another"})
_A_DAY = frozenset({"/d", "/day", "/ d", "/ day", "per day"})
A_WEEK = frozenset({"per week", "a week", "/week", "/wk", "/ week", "/ wk"})
_WAYS = {
    "neb": "inhalation",
    "nebs": "inhalation",
    "nebule": "inhalation",
    "sl": "sublingual",
    "sublingual": "sublingual",
    "buccal": "buccal",
    "vaginal": "vaginal",
    "vag": "vaginal",
    "rectal": "rectal",
}
"""The way in that is named with the form: "1 SL tablet", "1 rectal suppository"."""
_SHORTEST_NAME = 6
"""Letters that the name of a medicine has at least, between a number and a form."""
_STRENGTHS = frozenset("5 10 15 20 25 30 40 50 60 75 80".split())
"""Whole numbers before a half that may as well be milligrams."""
_OF_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d\d0")
"""One milligram with zeros behind it, or a thousand as it is written elsewhere."""
_HOURS_A_DAY = 24
_TENFOLD = 10
_DAILY = Frequency(1, 1)
_ONE = Decimal(1)
_RUNS = re.compile(r"\b(?:contin|infus|drip|civi?\b|ci\b|cadd|elastomeric)", re.IGNORECASE)
"""What is said by the day and runs all day is one dose."""


def _read(r: Reader, i: int) -> tuple[Dose, int] | None:
    counted = counted_strength(r, i)
    if counted:
        return counted
    found = measure(r, i)
    if found is None:
        plain = r.numbers(i)
        bare = bare_dose(r, *plain) if plain else None
        return (bare, plain[2] + (r.word(plain[2]) in _EXTRA)) if bare and plain else None
    low, high, unit, j = found
    if _OF_THOUSANDS.fullmatch(r.word(i)) and is_measured(unit):
        r.doubts.append("a decimal point, or the mark of thousands?")
    if low and high >= _TENFOLD * low and "or" in r.words(i, j).split():
        r.doubts.append("two doses, the one many times the other")  # "10 or 100 units"
    whole, _, part = r.word(i).partition(" ")
    if part and whole in _STRENGTHS and unit in SHAPED:
        r.doubts.append("so many and a half, or half of one of that strength?")  # "lisinopril 10 1/2 tab"
    if unit in NO_DOSE and not (unit in ("inch", "cm") and r.draft.method in ("apply", "place", "instill", None)):
        return None
    if unit == "each" and (r.term(j, "part") or r.term(j, "place")):
        return None
    if r.word(j - 1) == "tbs":
        r.doubts.append("tablespoons, or tablets?")
    if unit == "tablet" and high <= 1 and r.word(j - 1) == "ts":
        r.doubts.append("a tablet, or a teaspoon?")
    j += unit == "mL" and r.word(j) in SPOONS
    per, j = per_weight(r, j)
    j += is_measured(unit) and r.word(j) in _RELEASE
    read = Dose(low, high, unit, per=per)
    form = unit_at(r, j)
    if (
        form
        and is_measured(unit)
        and not is_measured(form[0])
        and form[0] not in ("dose", "each")
        and not per
        and not r.term(j, "route")
    ):
        j = form[2]
        if form[0] in ("syringe", "bottle", "tube"):
            r.doubts.append("one dose, or what each holds?")  # "3 mL syringe, use weekly"
        if low != high:
            r.doubts.append("a range, or so many of one strength?")  # "1-10mg tab"
    return read, j


def dose(r: Reader) -> bool:
    """A dose, or a rate of flow, at the cursor."""
    i = r.at
    if led := past_strength(r):
        return r.took(led)
    if (flow := _flow(r)) is not None:
        return flow
    up_to = bool(r.term(i, "up_to"))
    i += up_to
    bracketed = r.word(i) == "(" and r.word(i + 2) == ")"
    found = _read(r, i) if r.term(i + bracketed, "num") is not None else None
    if found is None:
        return _of_named(r)
    value, j = found
    measured = is_measured(value.unit)
    if measured and r.term(j, "instr") == "follow package directions":
        return r.took(j)  # "4 mg dose pack"
    bag = concentration(r, i) if measured and r.word(j) == "/" else 0
    if bag and holds_one_dose(r, bag):
        j = bag  # "2 g/50 mL IVPB": the bag, and what is in it
    if value.unit in WEIGHED and value.low == value.high and (worn := _past_patch(r, j)):
        return settle(r, Dose(_ONE, _ONE, "patch", Amount(value.low, value.unit or "mg")), None, worn)
    if measured and (whole_day := _past_24_hours(r, j)) and _RUNS.search(r.text):
        r.draft.frequency = r.draft.frequency or _DAILY
        return settle(r, value, None, whole_day)  # "12 g/24 h continuous infusion"
    behind = r.word(j)
    if (behind == "/" and not r.term(j + 1, "event")) or (behind == "per" and not r.term(j, "freq")):
        return False
    if behind in _A_DAY and not (_RUNS.search(r.text) or _is_given_daily(r, value)) and (measured or up_to):
        r.doubts.append(A_DAY_IN_ALL)
    if behind in A_WEEK and value.unit in SHAPED and value.high > 1:
        r.doubts.append("so many at one time, or so many a week?")
    if value.per and (absolute := _worked_out(r, value, j)):
        value, j = absolute
    value, j = strength_beside(r, j, value)
    named = r.word(j) == "dose" and r.word(j + 1) == ")" and r.word(r.at - 1) == "("
    j += named and is_measured(value.unit) and r.draft.dose is not None  # "(25 mg dose)"
    is_total = bool(r.term(j, "total")) and r.word(j) != "dose"
    if is_total and not r.draft.dose:
        _doubt_total(r, j, value)
    j += is_total
    if is_total and (held := r.draft.dose) and value.low == value.high and is_other_amount(value.unit or "%", held):
        r.draft.dose = replace(held, strength=Amount(value.low, value.unit or ""))  # "1.5 pills daily, 150 mg total"
        return r.took(j)
    product, j = of_product(r, j) if r.knows(j) else product_after(r, j, value)
    if up_to and _of_all(r, value, j):
        return True
    if up_to:
        value = replace(value, low=Decimal(0))
    return settle(r, value, product, j)


def _of_all(r: Reader, value: Dose, j: int) -> bool:
    """ "1 tablet now, then every 5 minutes up to 3": so many times, and whether the first is among them is not said."""
    draft, spaced = r.draft, r.draft.interval
    follows = len(r.drafts) > 1 and draft.dose is None and r.drafts[-2].dose is not None and not r.verb
    bare = r.term(j - 1, "num") is not None and value.high == int(value.high)
    if not (follows and bare and spaced) or spaced.unit != "min":
        return False
    r.doubts.append("so many in all, or so many more?")
    return r.put("count", int(value.high), j)


def _is_given_daily(r: Reader, value: Dose) -> bool:
    """Whether "20 mg/m2/day IV", "5 mcg/kg/day SC", "0.4 g/kg/day" is one dose a day: what is divided goes by mouth, or is in
    milligrams for each kilogram into a vein."""
    if value.per is not None and _is_told_once(r, r.at):
        return True
    routes = {item.terms.get("route") for item in r.items[: r.n]}
    by_needle = routes & {"subcutaneous", "intramuscular"} or (value.per == "m2" and "intravenous" in routes)
    return value.per is not None and bool(by_needle or value.unit == "g")


def _is_told_once(r: Reader, i: int) -> bool:
    """Whether the clause says that it is one dose a day: "150 mg/m2/day at bedtime", "5 mg/kg/day q24h"."""
    moments = 0
    while i < r.n and r.word(i) not in (".", ";", ","):
        freq = r.term(i, "freq")
        daily = r.term(i, "every") and r.term(i + 1, "num") == _HOURS_A_DAY and r.term(i + 2, "period") == "h"
        if daily or (freq and freq == (1, "d", False)):
            return True
        if r.term(i, "link") == "and" or (freq and freq[0] > 1):
            return False
        moments += r.term(i, "event") in DAY_PARTS
        i += 1
    return moments == 1


def reckoned(r: Reader) -> bool:
    """ "= 300 mg" behind a dose by weight and its times: what it comes to follows."""
    held = r.draft.dose
    found = measure(r, r.at + 1) if held and held.per else None
    if not found or not held or r.word(r.at) != "=" or not _is_reckoned(r, held, Dose(*found[:3]), found[3], r.at + 1):
        return False
    r.at += 1
    return True


def _of_named(r: Reader) -> bool:
    """ "1 bisacodyl suppository", "one 500 mg metformin tablet": the medicine is named between how many and of what form."""
    found, draft = r.numbers(r.at), r.draft
    if not found or draft.dose or draft.product or draft.has_timing() or len(r.drafts) > 1:
        return False
    held = measure(r, found[2])
    each = held if held and held[2] in WEIGHED and held[0] == held[1] else None
    j = begun = each[3] if each else found[2]
    while j < begun + 2 and not r.knows(j) and r.word(j).isalpha() and len(r.word(j)) >= _SHORTEST_NAME:
        j += 1
    form = unit_at(r, j) if j > begun else None
    named = all(may_be_name(r.word(k)) and r.word(k) not in listed_words("ordinary") for k in range(begun, j))
    if not form or not named or is_measured(form[0]) or found[1] > MOST_UNITLESS:
        return False
    count = Dose(found[0], found[1], form[0])
    if each:
        more = Amount(each[0] * found[1], each[2]) if found[0] != found[1] else None
        count = replace(count, strength=Amount(each[0] * found[0], each[2]), strength_high=more)
    return settle(r, count, r.words(begun, j), form[2])


def _flow(r: Reader) -> bool | None:
    """ "50 mL/hr", "at 4 mcg/kg/min"; None when it is no rate of flow."""
    i, draft = r.at + bool(r.term(r.at, "at")), r.draft
    weighed = measure(r, i)
    flow = rate(r, i) if weighed and is_measured(weighed[2]) else None
    if flow is None and i > r.at and weighed and weighed[2] == "mL" and (per := per_weight(r, weighed[3]))[0]:
        a_day = r.term(per[1], "freq") == (1, "d", True)
        flow = (Rate(weighed[0], weighed[1], "mL", "d", per[0]), per[1] + 1) if a_day else None  # "at 80 mL/kg/day"
    if flow is None:
        return None
    if r.pending == "and" and draft.dose and not draft.rate and (draft.interval or draft.prn):
        r.begin("and")  # "1 mg every 10 minutes as needed and 1 mg/h"
    at_once = draft.dose and "bolus" in r.text[draft.first : draft.last].lower() and not draft.has_timing()
    brought_in = draft.dose and draft.over and flow[0].unit not in ("mL", "L")
    is_next = (draft.rate and draft.over) or ((at_once or brought_in) and not draft.rate)
    hourly = at_once and flow[0].per == "h" and flow[0].unit not in ("mL", "L")
    if is_next and r.word(r.at - 1) == "," and (r.term(flow[1], "for") or hourly):
        r.begin("then")  # "150 mg bolus, 1 mg/min x 6 h", "150 mg over 10 min, 1 mg/min x 6 h, 0.5 mg/min x 18 h"
    if is_worked_out(r, flow[0], flow[1]):
        draft.rate = flow[0]
        return r.took(flow[1])
    end = flow[1] + bool(r.term(flow[1], "total") and r.word(flow[1] + 1) == ")")
    return r.put("rate", flow[0], end)  # "1 patch (25 mcg/hr total)"


def _worked_out(r: Reader, value: Dose, j: int) -> tuple[Dose, int] | None:
    """ "15 mg/kg (750 mg)", "15 mg/kg = 750 mg": what was reckoned is the dose, and from what it was is a remark."""
    bracket = r.word(j) == "("
    found = measure(r, j + 1) if bracket or r.word(j) == "=" else None
    if not found or not is_measured(found[2]) or UNITS[found[2]].dimension != UNITS[value.unit or ""].dimension:
        return None
    told = Dose(found[0], found[1], found[2])
    beside, end = _poured_out(r, told, found[3]) if bracket else (told, found[3])
    if found[0] <= value.low or (bracket and r.word(end) != ")") or r.word(end) in ("/", "per", "max"):
        return None
    r.remarks.append((r.items[r.at].start, r.items[j - 1].end))
    return beside, end + bracket


def _poured_out(r: Reader, told: Dose, j: int) -> tuple[Dose, int]:
    """ "= 6 mL of 100 mg/5 mL" behind what was reckoned, in the same brackets."""
    volume = measure(r, j + 1) if r.word(j) == "=" and told.low == told.high else None
    if not volume or volume[2] != "mL" or volume[0] != volume[1]:
        return told, j
    end = volume[3]
    held = concentration(r, end + 1) if r.word(end) in ("of", "of the") else 0
    return replace(told, strength=Amount(volume[0], "mL")), held or end


def _past_patch(r: Reader, j: int) -> int:
    """Past "patch" or "/24 hr patch" behind what one gives; 0 when it is something else."""
    if r.word(j - 1) == "patch" and r.draft.dose is None:
        return j
    if r.word(j) not in ("/", "per"):
        return 0
    if r.term(j + 1, "unit") == "patch":
        return j + 2 if r.word(j + 1)[0].isdigit() else 0  # "/24 hr patch"
    k = j + 1 + (r.term(j + 1, "num") is not None)
    return k + 2 if r.term(k, "period") in ("h", "d") and r.term(k + 1, "unit") == "patch" else 0


def _past_24_hours(r: Reader, j: int) -> int:
    """Past "/24 h", "over 24 h"; 0 when it is something else."""
    is_day = r.word(j) in ("/", "per") and r.term(j + 1, "num") == _HOURS_A_DAY and r.term(j + 2, "period") == "h"
    return j + 3 if is_day and not (r.draft.has_timing() or r.draft.dose) else 0


def _doubt_total(r: Reader, j: int, value: Dose) -> None:
    """ "2 tabs total daily", "4 tabs total bid": in one dose, or in several?"""
    if "daily" in r.word(j) and not r.draft.has_timing():
        r.doubts.append(A_DAY_IN_ALL)
    k = j + 1 + bool(r.term(j + 1, "route"))
    often = (r.term(k, "freq") or (1,))[0] > 1 or r.term(k, "every") or r.term(k, "interval")
    if value.high > 1 and often and not is_measured(value.unit):
        r.doubts.append("so many each time, or in all?")


def _flows(r: Reader, value: Dose, j: int) -> bool:
    """Whether so many liters of oxygen are so many a minute."""
    named = (r.draft.product or "") in ("oxygen", "o2") and r.draft.rate is None
    return named and value.unit == "L" and value.per is None and not r.draft.dose


def settle(r: Reader, value: Dose, product: str | None, j: int) -> bool:
    """Give the dose to this step, or begin the next one with it."""
    draft = r.draft
    held = draft.dose
    if _flows(r, value, j):
        return r.put("rate", Rate(value.low, value.high, "L", "min"), j)  # "oxygen 2 liters by nasal cannula"
    if held is None and draft.rate and r.pending == "and" and is_measured(value.unit):
        draft = r.begin("and")  # "100 mcg/h and 50 mcg every 15 minutes as needed"
    adjacent = (
        held is not None
        and not (draft.has_schedule() or draft.trigger)
        and not r.verb
        and r.pending is None
        and not r.sentence
        and not goes_by_degree(r, j)
    )
    same = held is not None and value.strength and r.pending is None and replace(value, strength=None) == held
    if same and not (
        r.verb or r.sentence or (draft.has_schedule() and r.word(r.at - 1) != "(" and "=" not in r.words(r.at, j))
    ):
        draft.dose = value  # "(1 pen = 40 mg)"
        return r.took(j)
    if held and held.per and _is_reckoned(r, held, value, j, r.at):
        draft.dose = value
        return r.took(j)  # "1 mg/kg every 12 hours (80 mg)"
    if _is_beside(r, held, value, j):
        if held and not adds_up(value, held):
            r.doubts.append("the amounts do not agree")  # "10 mg daily (1/2 of 40 mg tab)"
        draft.dose = replace(held or value, strength=Amount(value.low, value.unit or ""))
        return r.took(j + 1)
    if value.unit == "dose" and held and r.word(r.at - 1) == "(" and r.word(j) == ")" and value.low == int(value.low):
        return r.put("count", int(value.low), j + 1)  # "every 12 hours for 2 days (4 doses)"
    of_each = (
        None if held is None or draft.has_schedule() or r.pending or draft.inherits_dose else _of_each(held, value)
    )
    if of_each:
        note_strength(r, of_each)
        draft.dose, draft.method, r.verb = of_each, draft.method or r.verb, None
        return r.took(j)
    if adjacent and held and r.word(r.at - 1) == "," and is_volume_of(held, value):
        draft.dose = replace(held, strength=Amount(value.low, "mL"))  # "10 units, 0.1 mL"
        return r.took(j)
    if held is not None and adjacent and not draft.inherits_dose:
        restated = replace(held, strength=None, strength_high=None) == value
        return r.took(j) if restated else r.refuse(j)
    if held is not None and not draft.inherits_dose:
        if r.pending is None and not r.verb and _of_other(r):
            r.doubts.append("what is given with it, or a second dose?")  # "5 units with D50 25 g"
        draft = r.begin(r.pending)
    elif r.verb:
        draft.method, r.verb = draft.method or r.verb, None
    said = r.words(r.at, j).split()
    draft.is_extra = not (_EXTRA.isdisjoint(said) and _EXTRA.isdisjoint(r.word(r.at - 1).split()))
    draft.dose, draft.inherits_dose, draft.clause = value, False, r.clause
    if draft.route is None and not _WAYS.keys().isdisjoint(said):
        draft.route = next(_WAYS[w] for w in said if w in _WAYS)
    if product:
        draft.product = product
    return r.took(j)


def _of_other(r: Reader) -> bool:
    """Whether right before the cursor stands another medicine that it is given with."""
    said, before = r.draft.instructions[-1:], r.items[r.at - 1]
    fed = "food meal milk water juice snack".split()
    return bool(
        said and said[0].startswith("with ") and before.end == r.draft.last and not any(w in said[0] for w in fed)
    )


def _is_reckoned(r: Reader, held: Dose, value: Dose, j: int, begun: int) -> bool:
    """Whether a dose by weight is told once more as it was reckoned, behind its times: "(80 mg)", "= 80 mg"."""
    led = r.word(begun - 1) in ("(", "[", "=") or (
        r.word(begun - 2) in ("(", "[") and r.word(begun - 1) in ("dose", ":")
    )
    ends = j >= r.n or r.word(j) in (")", "]", ".", ",", ";")
    same = value.unit and held.unit and not value.per and UNITS[value.unit].dimension == UNITS[held.unit].dimension
    return bool(led and ends and same) and value.low > held.low and r.pending is None


def _is_beside(r: Reader, held: Dose | None, value: Dose, j: int) -> bool:
    """ "1 tab daily (5 mg)": what the dose comes to, in brackets after the timing."""
    if value.unit == "dose":
        return False
    in_brackets = r.word(r.at - 1) == "(" and r.word(j) == ")" and r.pending is None
    return in_brackets and held is not None and value.low == value.high and is_other_amount(value.unit or "%", held)


def _of_each(strength: Dose, count: Dose) -> Dose | None:
    """ "20 mg 1 tablet", "20 mg tablets: take one": the first is what each holds, the second how many are taken."""
    weighed = is_measured(strength.unit) and UNITS[strength.unit or ""].dimension != "volume" and not strength.strength
    if not weighed or is_measured(count.unit) or count.unit == "dose" or strength.low != strength.high or strength.per:
        return None
    if count.strength or count.high != 1 or count.low != 1:
        return count
    return replace(count, strength=Amount(strength.low, strength.unit or ""))

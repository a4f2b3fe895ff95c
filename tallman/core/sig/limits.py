"""The most that may be taken: in a day, in so many hours, at one time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig.amounts import is_measured, measure, per_weight, rate
from tallman.core.sig.model import Dose, Duration, Frequency, Maximum
from tallman.core.sig.named_limits import (
    EACH,
    FOODS,
    SOURCES,
    ingredient,
    named_before,
    past_each_part,
    past_ingredient,
    substance_named,
)
from tallman.core.sig.needed import needs
from tallman.core.sig.occasions import occasions
from tallman.core.sig.reader import A_DAY_IN_ALL, Reader

__all__ = ["DAILY_MAX", "maximum", "timed_maximum"]

_DAY = 24
_CLOSES = frozenset({".", ";", ",", ")"})
_INJECTED = frozenset({"intravenous", "intramuscular", "subcutaneous", "intraosseous"})
_HOURS_IN = {"min": 0, "h": 1, "d": 24, "wk": 168, "mo": 720, "y": 8760}
DAILY_MAX = "daily max"
"""Marks a step whose only "daily" may belong to its maximum: "1 tablet daily max 2 tablets"."""
_LEADS = frozenset(
    {":", "=", "is", "-", "of", "a", "total", "to", "(", "more", "than", "_", "dose", "the", "total of", "#"}
)
_SAME = dict.fromkeys(("apap", "tylenol", "paracetamol"), "acetaminophen")
_BOUTS = frozenset("flare attack headache migraine episode outbreak event occurrence session trip flight".split())
_DOSES = frozenset({"doses", "dose", "times", "time", "x", "uses", "use"})
_OCCASIONS = frozenset("episode event attack seizure cluster procedure encounter stay admission".split())
_ROOMS = frozenset({"pacu", "recovery", "ed", "er", "or", "all", "total"})
_ONE_DOSE = frozenset({"dose", "doses", "single dose", "at one time", "one time", "at a time", "each dose", "per dose"})


@needs("max")
def timed_maximum(r: Reader) -> bool:
    """ "4 hour limit 30 mg", "1-hr max: 6 mg", "hourly limit 2 mg": so much in so long, the time said first."""
    found = r.number(r.at)
    j = found[1] + (r.word(found[1]) == "-") if found else r.at
    if not (r.term(j, "period") == "h" if found else r.word(j) == "hourly") or not r.term(j + 1, "max"):
        return False
    j += 2
    while r.word(j) in _LEADS or r.term(j, "max"):
        j += 1
    amount = _amount(r, j)
    if amount is None or amount[1] is None or r.draft.dose is None:
        return False
    hours = found[0] if found else Decimal(1)
    period = (Decimal(1), "d") if hours == _DAY else (hours, "h")
    return _put_maximum(r, Maximum(amount[0], amount[1], *period), amount[2])


_OF_IT = ("of this", "of these", "of it")


def maximum(r: Reader) -> bool:
    """ "max 8 tablets a day", "mdd 3", "not to exceed 3 g in 24 hours", "up to 6 tablets daily"."""
    i = r.at
    is_daily = bool(r.term(i, "max_day"))
    has_dose = r.draft.dose is not None or (r.draft.prn and any(d.dose for d in r.drafts))
    allowed = bool(r.term(i, "up_to")) and has_dose and r.pending is None
    if not (r.term(i, "max") or is_daily or allowed) or (r.word(i) == "md" and r.term(i + 1, "freq")):
        return False
    if is_daily and r.word(i).startswith("daily") and r.draft.dose:
        r.draft.often = r.draft.often or DAILY_MAX
    j = i + 1
    while r.word(j) in _LEADS or r.term(j, "max") or r.term(j, "max_day"):
        is_daily = is_daily or bool(r.term(j, "max_day"))
        j += 1
    bracket = r.word(j - 1) == "("
    of, j = named_before(r, i, j)
    freq = r.term(j, "freq")
    if freq and not allowed and not r.term(j + 1, "remark"):
        return _put_maximum(r, Maximum(Decimal(freq[0]), "dose", Decimal(1), freq[1]), j + 1)
    if (told := _single_or_flowing(r, j)) is not None:
        return told
    amount = _amount(r, j)
    if amount is None:
        return False
    value, unit, j = amount
    j = _again(r, value, unit, j)
    j += allowed and unit == "unit" and r.word(j) in ("max", "maximum")  # "up to 50 units max"
    length = r.term(j, "period")
    if unit is None and length in ("d", "wk", "mo") and not is_daily:
        return _longest(r, value, length, j)
    apart = past_ingredient(r, j)
    named = ingredient(r, j)
    if named > j and not (r.term(j, "plus_of") or is_measured(unit) or r.word(j) in _OF_IT):
        return False  # "max 4 dooses a day"
    of = of or substance_named(r, j, named)
    j = named + (r.word(named) in SOURCES)
    sourced = j > named
    period = _period(r, j, is_daily)
    if period is None and apart:
        return r.advise(r.words(r.at, apart), apart)  # "do not exceed 4,000 mg acetaminophen from all sources"
    if period and (each := past_each_part(r, period[2])):
        return r.advise(r.words(r.at, each), each)  # "max 16 g a day per joint"
    if period and period[2] > j and r.draft.often == DAILY_MAX and not r.draft.has_timing():
        r.draft.frequency, r.draft.is_weak = Frequency(1, 1), True  # "1 tablet daily max 2 tablets a day"
    period = period or _period_behind(r, j, is_daily)
    if period is None:
        return _without_time(r, value, unit, j)
    j = ingredient(r, period[2]) if r.term(period[2], "plus_of") else period[2]
    of = of or substance_named(r, period[2], j)
    j += bool(r.term(j, "total")) and r.word(j) not in ("dose", "daily total", "total daily")
    j += 2 * (r.word(j) in ("all", "combined") and r.word(j + 1) in ("sources", "products"))  # "3 g/24hr all sources"
    j += bracket and r.word(j) == ")"
    if of and not FOODS.isdisjoint(of.split()):
        return r.advise(r.words(r.at, j), j)  # "no more than 2 g of salt a day"
    if sourced:
        r.draft.instructions.append("from all sources")
    limit = Maximum(value, unit, period[0], period[1], _SAME.get(of, of) if of else None)
    return _put_maxima(r, limit, j)


def _without_time(r: Reader, value: Decimal, unit: str | None, j: int) -> bool:
    """The most where no time is told: per procedure, per flare, up to which dose it is raised, in all."""
    if r.term(j, "per") and (r.term(j + 1, "trigger") or r.word(j + 1) in _OCCASIONS):
        return r.advise(r.words(r.at, j + 2), j + 2)  # "up to 4 doses per procedure"
    if r.draft.change and _is_goal(r, value, unit, j):
        return r.took(j)
    if _is_sum_of_all(r, value, unit) and (j >= r.n or r.word(j) in _CLOSES or r.term(j, "total")):
        end = j + bool(r.term(j, "total"))
        return r.advise(f"at most {format_number(value)} {unit} in all", end)
    if r.word(j) in EACH and r.word(j + 1) in _BOUTS and r.draft.dose:
        return r.advise(r.words(r.at, j + 2), j + 2)  # "max 3 tablets per flare"
    return _in_all(r, value, unit, j)


def _is_sum_of_all(r: Reader, value: Decimal, unit: str | None) -> bool:
    """Whether it is what single doses come to: "1.2 mg now, then 0.6 mg 1 hour later; do not exceed 1.8 mg"."""
    doses = [draft.dose for draft in r.drafts if draft.dose and (draft.once or draft.stat)]
    single = len(r.drafts) > 1 and len(doses) == len(r.drafts)
    return single and unit is not None and all(d.unit == unit for d in doses) and sum(d.high for d in doses) <= value


def _longest(r: Reader, value: Decimal, length: str, j: int) -> bool:
    """ "Max 5 days": how long; "limit 2 days per week": how often at most."""
    if length == "d" and (seldom := _past_so_seldom(r, j + 1)):
        return r.advise(r.words(r.at, seldom), seldom)
    if (value > 1 and r.word(j) in ("day", "week", "month")) or r.term(j + 1, "freq") or r.term(j + 1, "per"):
        return r.refuse(j + 1)  # "max 8 day": a day, or days?
    return r.put("duration", Duration(Decimal(0), value, length), j + 1)


def _put_maxima(r: Reader, limit: Maximum, j: int) -> bool:
    """The most, and behind it what more is said of it."""
    end, further = _further_maxima(r, limit, j)
    took = _put_maximum(r, limit, end)
    r.draft.maxima += further
    return took


def _further_maxima(r: Reader, limit: Maximum, j: int) -> tuple[int, list[Maximum]]:
    """Where what more is said of the most ends, and what it is: ", 10 a week", ", 3 days a week"."""
    further: list[Maximum] = []
    while (more := _further(r, j, limit.unit)) is not None and _rises(limit, more[0]):
        further.append(more[0])
        j = more[1]
    days = r.number(j + 1) if r.word(j) in (",", "and", "or") else None
    if days and r.term(days[1], "period") == "d" and (seldom := _past_so_seldom(r, days[1] + 1)):
        r.draft.instructions.append(f"at most {r.words(j + 1, seldom)}")  # "max 2 in 24 hours, 3 days a week"
        return seldom, further
    return j, further


def _past_so_seldom(r: Reader, j: int) -> int:
    """Past "a week", "per month" behind so many days; 0 when it is something else."""
    if (r.term(j, "freq") or (0, ""))[1] in ("wk", "mo"):
        return j + 1
    return j + 2 if r.term(j, "per") and r.term(j + 1, "period") in ("wk", "mo") else 0


def _single_or_flowing(r: Reader, j: int) -> bool | None:
    """ "Max single dose 1 g", and of a flow by weight "max 50 mcg/kg/min"; None when it is something else."""
    single = r.word(j) in ("single dose", "one dose", "single") and r.term(j + 1, "num") is not None
    amount = _amount(r, j + 1) if single else None
    if amount:
        return _put_maximum(r, Maximum(amount[0], amount[1], None, "d"), amount[2])
    if r.draft.rate and r.draft.rate.weight_unit:
        flow = rate(r, j)
        return r.advise(r.words(r.at, flow[1]), flow[1]) if flow and flow[0].weight_unit else None
    end = _past_weighed(r, j) if r.draft.dose and r.draft.dose.per else 0
    return r.advise(r.words(r.at, end), end) if end else None


def _past_weighed(r: Reader, j: int) -> int:
    """Past "75 mg/kg/day", "100 mg/kg in 24 hours", "30 mg/kg/dose", "20 mg/kg total" at the end of a clause; 0 when it is not that."""
    found = measure(r, j)
    weighed, end = per_weight(r, found[3]) if found else (None, j)
    if not weighed:
        return 0
    period = _period(r, end, False)
    end = period[2] if period else end + bool(r.term(end, "total"))
    end = _past_or_most(r, end)
    return end if end >= r.n or r.word(end) in (".", ";", ",", ")") else 0


def _past_or_most(r: Reader, j: int) -> int:
    """Past "or 4 g/day", "up to 4 g/day" behind a most by weight: the most for anybody; `j` when it is not that."""
    k = j + (r.word(j) == ",")
    k += r.word(k) in ("or", "up to", "not to exceed", "max", "and")
    amount = _amount(r, k) if k > j else None
    period = _period(r, amount[2], False) if amount and amount[1] else None
    return period[2] + 2 * (r.word(period[2]) == "," and r.word(period[2] + 1).startswith("whichever")) if period else j


def _again(r: Reader, value: Decimal, unit: str | None, j: int) -> int:
    """Past the same amount in another measure: "6 teaspoons, or 30 mL,"; `j` when none is said."""
    while r.word(j) in ("are", "is", "recommended"):
        j += 1
    k = j + (r.word(j) == ",")
    found = measure(r, k + 1) if r.word(k) in ("or", "(", "=") else None
    if found and r.word(k) == "(" and unit == "dose" and _makes(r, value, found) and r.word(found[3]) == ")":
        return found[3] + 1  # "6 doses (60 mL)"
    if found is None or (found[1], found[2]) != (value, unit):
        return j
    return found[3] + (r.word(found[3]) in (",", ")"))


def _makes(r: Reader, times: Decimal, found: tuple[Decimal, Decimal, str, int]) -> bool:
    """Whether so many doses come to the amount beside them."""
    dose = r.draft.dose
    return dose is not None and dose.unit == found[2] and dose.high * times == found[1]


def _is_goal(r: Reader, value: Decimal, unit: str | None, j: int) -> bool:
    """ "increase by 2 units every 3 days, max 60 units": up to which dose it is raised."""
    change = r.draft.change
    if not change or change.to or not change.is_increase or not change.by or unit is None or unit != change.by.unit:
        return False
    if not (j >= r.n or r.word(j) in (".", ";", ",", ")", "per dose", "at bedtime")) or value <= change.by.low:
        return False
    r.draft.change = replace(change, to=Dose(value, value, unit))
    return True


def _in_all(r: Reader, value: Decimal, unit: str | None, j: int) -> bool:
    """ "1 tablet every 5 minutes, max 3", "once a month (max 5 doses)": how many doses in all, where they follow each
    other by minutes, or by weeks and months."""
    dose, interval = r.draft.dose, r.draft.interval
    closes = j >= r.n or r.word(j) in (".", ";", ",", ")")
    if dose and unit == "dose" and closes and value == int(value) and _is_seldom(r):
        return r.put("count", int(value), j)
    if dose is None and unit and any(said.startswith("auc ") for said in r.draft.instructions):
        return _put_maximum(r, Maximum(value, unit, None, "d"), j)  # "AUC 6 (max 900 mg)"
    if dose and dose.per and unit and A_DAY_IN_ALL not in r.doubts and (r.word(j) == ")" or _is_of_one_dose(r, j)):
        return _put_maximum(r, Maximum(value, unit, None, "d"), j)  # "10 mg/kg (max 600 mg)"
    if dose and _is_of_a_day(r, value, unit, j):
        return _put_maximum(r, Maximum(value, unit), j)
    if (
        dose
        and _is_one_of_few(r)
        and (doses := _times_in_all(dose, value, unit))
        and (j >= r.n or r.word(j) in _CLOSES)
    ):
        return r.put("count", doses, j)  # "25 mg IV as needed for rigors, max 50 mg"
    if not dose or not interval or interval.unit != "min" or len(r.drafts) > 1 or not dose.low:
        return False
    if dose.low != dose.high:
        last = j + bool(r.term(j, "total"))
        ends = last >= r.n or r.word(last) in (".", ";", ",", ")")
        summed = ends and unit == dose.unit and value > dose.high
        return summed and r.advise(
            f"at most {format_number(value)} {unit} in all", last
        )  # "25-50 mcg every 5 minutes, max 200 mcg"
    j += bool(r.term(j, "total"))
    j += 2 * (r.word(j) in ("in", "per", "in the", "while in") and r.word(j + 1) in _ROOMS)
    j += r.word(j).startswith(("in ", "while in ")) and r.word(j).split()[-1] in _ROOMS
    ends = j >= r.n or r.word(j) in (".", ";", ",", ")")
    value, unit = _in_unit_of(dose, value, unit)
    times = value if unit == "dose" else value / dose.low if unit in (None, dose.unit) else Decimal(0)
    if unit is None and dose.low != 1:
        return False
    return ends and times > 0 and times == int(times) and r.put("count", int(times), j)


def _is_seldom(r: Reader) -> bool:
    """Whether days, weeks or months lie between the doses."""
    often, every = r.draft.frequency, r.draft.interval
    return bool((often and often.unit in ("wk", "mo", "y")) or (every and every.unit in ("d", "wk", "mo", "y")))


def _is_of_a_day(r: Reader, value: Decimal, unit: str | None, j: int) -> bool:
    """Whether "10 units at bedtime, max 60 units" can be held to a day: insulin, of which all doses of a day are within it."""
    draft, dose = r.draft, r.draft.dose
    if not dose or unit != "unit" or dose.unit != "unit" or draft.interval or len(r.drafts) > 1 or dose.per:
        return False
    freq = draft.frequency
    times = occasions(draft.events, draft.clock) if freq is None else freq.high if freq.unit == "d" else 0
    ends = j >= r.n or r.word(j) in (".", ";", ",", ")")
    return ends and bool(times) and value >= dose.high * times


def _is_one_of_few(r: Reader) -> bool:
    """Whether it is injected as needed, and nothing says how often."""
    draft = r.draft
    return draft.prn and not draft.has_timing() and draft.route in _INJECTED and len(r.drafts) == 1


def _times_in_all(dose: Dose, value: Decimal, unit: str | None) -> int:
    """How many doses the most comes to; 0 where that is no whole number above one."""
    if dose.low != dose.high or dose.per or unit is None:
        return 0
    value, unit = _in_unit_of(dose, value, unit)
    times = value if unit == "dose" else value / dose.low if unit == dose.unit else Decimal(0)
    return int(times) if times > 1 and times == int(times) else 0


def _is_of_one_dose(r: Reader, j: int) -> bool:
    """Whether "0.2 mg/kg x 1, max 10 mg" can only mean the one dose: nothing is given again within a day."""
    draft, ends = r.draft, j >= r.n or r.word(j) in (".", ";", ",") or r.term(j, "once") or r.term(j, "route")
    behind = r.items[r.at - 1].end == draft.last and not draft.has_schedule()
    seldom = (
        draft.interval is not None
        and draft.interval.unit != "min"
        and draft.interval.low * _HOURS_IN[draft.interval.unit] >= _DAY
    )
    daily = draft.frequency is not None and draft.frequency.high == 1
    return bool(ends) and (behind or draft.once or draft.stat or seldom or daily) and not draft.repeat


def _in_unit_of(dose: Dose, value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """The most in the unit of the dose, where both weigh: 2 mg beside doses of 250 mcg."""
    if not unit or not dose.unit or "mass" not in (UNITS[unit].dimension, UNITS[dose.unit].dimension):
        return value, unit
    if UNITS[unit].dimension != UNITS[dose.unit].dimension:
        return value, unit
    whole = Fraction(value) * Fraction(UNITS[unit].factor) / Fraction(UNITS[dose.unit].factor)
    return (Decimal(whole.numerator), dose.unit) if whole.denominator == 1 else (value, unit)


def _further(r: Reader, j: int, unit: str | None) -> tuple[Maximum, int] | None:
    """ ", 10/week" after "5/day"."""
    found = r.number(j + 1 + (r.word(j + 1) in ("or", "and"))) if r.word(j) in (",", "or", "and") else None
    k = found[1] if found else j
    if not found or r.term(k, "unit") not in (None, unit):
        return None
    k += r.term(k, "unit") is not None
    period = None if r.term(k, "every") and r.word(k) not in ("a", "each") else _period(r, k, False)
    return (Maximum(found[0], unit, period[0], period[1]), period[2]) if found and period else None


def _rises(first: Maximum, more: Maximum) -> bool:
    """Whether the longer time allows more: 5 a day and 10 a week, and not 4 a day and 1 a week."""
    span = [(limit.period or 0) * _HOURS_IN[limit.period_unit] for limit in (first, more)]
    return (span[0] < span[1]) == (first.value < more.value)


def _amount(r: Reader, j: int) -> tuple[Decimal, str | None, int] | None:
    """So many of a unit, so many times, or a bare number."""
    found = measure(r, j)
    if found and found[0] != found[1]:
        r.doubts.append("two different maxima")
    if found:
        return found[1], found[2], found[3] + (bool(r.term(found[3], "total")) and r.word(found[3]) != "dose")
    plain = r.numbers(j)
    if plain is None:
        often = Decimal(1) if r.word(j) == "once" else r.term(j, "fold")
        return (often, "dose", j + 1) if often else None  # "no more than once in 24 hours"
    if plain[0] != plain[1]:
        r.doubts.append("two different maxima")
    if r.term(plain[2], "times") or r.word(plain[2]) in _DOSES:
        return plain[1], "dose", plain[2] + 1
    return plain[1], None, plain[2]


def _period(r: Reader, j: int, is_daily: bool) -> tuple[Decimal | None, str, int] | None:
    """What a maximum is per."""
    found = r.term(j, "freq")
    if found and found[0] == 1:
        return Decimal(1), found[1], j + 1
    if r.word(j) in _ONE_DOSE:
        return None, "d", j + 1
    if r.term(j, "per") or r.term(j, "every"):
        count = r.number(j + 1)
        if count and count[0]:
            k = count[1] + (r.word(count[1]) == "-")
            unit, k = r.term(k, "period"), k + 1
            if unit is None and count[0] == 24 and r.word(j) == "/":
                return Decimal(1), "d", count[1]  # "max 8/24"
            if unit == "h" and count[0] == 24:
                return Decimal(1), "d", k + (r.word(k) in ("period", "span", "time"))
            return (count[0], unit, k + (r.word(k) == "period")) if unit else None
        unit = r.term(j + 1, "period")
        if unit:
            return Decimal(1), unit, j + 2
        if r.word(j + 1) in ("dose", "doses", "infusion", "injection", "administration"):
            return None, "d", j + 2
    return (Decimal(1), "d", j) if is_daily else None


def _period_behind(r: Reader, j: int, is_daily: bool) -> tuple[Decimal | None, str, int] | None:
    """ "3 g daily max", "3 g total per day"."""
    if r.term(j, "max_day"):
        return Decimal(1), "d", j + 1
    behind = r.term(j, "total") or r.word(j) in ("max", "maximum")
    return _period(r, j + 1, is_daily) if behind else None


def _put_maximum(r: Reader, limit: Maximum, to: int) -> bool:
    """The same limit again is a restatement; another for the same time in the same unit stays unread."""
    held = r.draft.maxima
    dose_unit = r.draft.dose.unit if r.draft.dose else None
    for other in held:
        same_time = (other.period, other.period_unit) == (limit.period, limit.period_unit)
        if same_time and (other.unit or dose_unit) == (limit.unit or dose_unit):
            return r.took(to) if other.value == limit.value else r.refuse(to)
    held.append(limit)
    return r.took(to)

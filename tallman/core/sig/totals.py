"""What a dose goes with or comes to: another strength beside it, the total of a day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import Amount
from tallman.core.sig.amounts import SHAPED, is_measured, measure, rate
from tallman.core.sig.occasions import occasions
from tallman.core.sig.reader import Draft, Reader
from tallman.core.sig.spelling import may_be_name

__all__ = ["alongside", "in_all"]

_WEIGHED = frozenset({"mg", "mcg", "g", "mEq", "unit"})
_CLOSING = frozenset({".", ";", ",", ")", "(", "\n", "="})


def alongside(r: Reader) -> bool:
    """ "With 60 mg ER tablet", "take with quetiapine 200 mg tabs = total of 300 mg": another strength or medicine beside it."""
    if not (r.term(r.at, "with") or r.term(r.at, "in_all") == "beside") or not r.draft.dose:
        return False
    j = begun = r.at + 1
    j += r.word(j) in ("a", "the", "an", "your", "one")
    while r.word(j).isalpha() and not r.knows(j) and j < begun + 4 and may_be_name(r.word(j)):
        j += 1
    part = r.number(j)
    if part and r.term(part[1], "unit") is None:  # "with 1/2 of a 50 mg tablet"
        j = part[1] + (r.word(part[1]) in ("of a", "of", "a", "x"))
    elif part and r.term(part[1], "unit") in SHAPED and r.word(part[1] + 1) in ("of the", "of", "of your"):
        j = part[1] + 2  # "with 1 tablet of the 5 mg"
    found = measure(r, j)
    if not found or found[2] not in _WEIGHED:
        return False
    j = found[3]
    form = r.term(j, "unit")
    if form is not None and not is_measured(form):
        j += 1
    elif not (
        j >= r.n or r.word(j) in _CLOSING or r.term(j, "reason_lead") or r.term(j, "prn") or _past_total(r, j) > j
    ):
        return False
    j = _past_total(r, j)
    return r.advise(f"with {r.words(begun, j)}", j)


def _past_total(r: Reader, j: int) -> int:
    """Past "= total of 300 mg", "for a total of 60 mg daily", ", total 40 mg"; `j` when nothing is summed up."""
    k = j
    while r.word(k) in (
        ",",
        "=",
        "(",
        "for",
        "for a",
        "for total",
        "to",
        "equal",
        "to",
        "to equal",
        "to make",
        "equals",
        "-",
        "a",
        "and",
    ):
        k += 1
    lead = (
        r.term(k, "total")
        or r.term(k, "in_all") == "total"
        or r.term(k, "equals")
        or r.word(k - 1) in ("=", "equals", "to equal", "equal", "to make", "for total")
    )
    while (
        r.term(k, "total")
        or r.term(k, "in_all") == "total"
        or r.term(k, "equals")
        or r.word(k) in ("dose", "of", "daily", "is", ":")
    ):
        k += 1
    found = measure(r, k) if lead or r.word(k - 1) == "for" else None
    if not found or found[2] not in _WEIGHED or not (lead or r.word(found[3]) == "total"):
        return j  # "with a 25 mg tablet for 75 mg total"
    k = found[3]
    k += bool(r.term(k, "total")) and r.word(k) != "dose"
    k += r.draft.has_timing() and (r.term(k, "freq") or (0,))[:2] == (1, "d")
    return k + (r.word(k) == ")" and r.word(j) == "(")


def in_all(r: Reader) -> bool:
    """ "Total dose 800 mg daily", "in addition to 75 mg": what it comes to, or goes with, beside a dose that has been said."""
    lead, bracket = r.term(r.at, "in_all"), r.word(r.at) == "("
    summed = r.word(r.at) in ("=", "equals", "equal to")
    if not (lead or bracket or summed or r.word(r.at) == "total") or not r.draft.dose:
        return False
    if not r.draft.has_timing() and len(r.drafts) == 1:
        return False
    j = r.at + 1
    while r.word(j) in ("of", "is", "=", ":", "your", "the") or (bracket and r.term(j, "total")):
        j += 1
    found = measure(r, j)
    flow = rate(r, j) if bracket and r.term(r.at + 1, "total") else None
    if flow and r.word(flow[1]) == ")" and r.draft.dose.unit == "patch":
        return r.took(flow[1] + 1)  # "2 patches every 72 hours (total 100 mcg/hr)"
    if found and lead == "total" and not is_measured(found[2]) and (r.term(found[3], "freq") or (0,))[:2] == (1, "d"):
        if not _comes_up_to(r.draft, found):
            r.doubts.append("the total and the doses do not agree")
        return r.advise(r.words(r.at, found[3] + 1), found[3] + 1)  # "for a total of 10 tablets per day"
    bare = r.number(j) if bracket and found is None and r.term(r.at + 1, "total") else None
    daily = (r.term(bare[1], "freq") or (0,))[:2] == (1, "d") if bare else False
    if bare and daily and r.word(bare[1] + 1) == ")":
        told = bare[0], bare[0], r.draft.dose.unit or "each", bare[1]
        return (_sums_up(r, told) or _counts_as(r.draft, bare[0])) and r.took(bare[1] + 2)  # "(total 4/day)"
    if found and bracket and _counts_up(r, found):
        return r.took(found[3] + 2)
    if not found or not is_measured(found[2]):
        return False
    j = found[3]
    if not lead:
        return _comes_to(r, found, bracket)
    j += r.term(j, "unit") is not None
    j += (r.term(j, "freq") or (0,))[0] == 1
    if lead == "beside":
        j = _past_total(r, j)
        return r.advise(r.words(r.at, j), j)
    if not (_adds_up(r.draft, found) or _sums_up(r, found)):
        r.doubts.append("the total and the doses do not agree")
    return r.took(j)


def _comes_up_to(draft: Draft, found: tuple[Decimal, Decimal, str, int]) -> bool:
    """Whether a day's number of doses or tablets is what the times of the dose make, where both are certain."""
    freq, each = draft.frequency, draft.interval
    times = Decimal(freq.high) if freq and freq.unit == "d" and freq.period == 1 else None
    times = 24 / each.low if each and each.unit == "h" and each.low and each.low == each.high else times
    counted = found[2] == "dose" or (draft.dose is not None and found[2] == draft.dose.unit)
    if times is None or draft.events or draft.prn or not counted or draft.dose is None:
        return True
    return found[1] == times * (1 if found[2] == "dose" else draft.dose.high)


def _adds_up(draft: Draft, found: tuple[Decimal, Decimal, str, int]) -> bool:
    """Whether a total is what one dose or a day's doses come to, as far as that can be known."""
    dose, freq = draft.dose, draft.frequency
    if not dose:
        return True
    each = dose.strength_high or dose.strength or Amount(dose.high, dose.unit or "each")
    if each.unit != found[2]:
        return True
    times = freq.high if freq and freq.unit == "d" else occasions(draft.events, draft.clock) or 1
    return found[1] in (each.value, each.value * times) or draft.interval is not None


def _sums_up(r: Reader, found: tuple[Decimal, Decimal, str, int]) -> bool:
    """Whether several doses of a day come to so much, as far as that can be known."""
    drafts = [d for d in r.drafts if d.dose]
    if len(drafts) < 2 or any(d.link in ("then", "or") or d.interval or d.duration or d.prn for d in drafts):
        return False
    each = [d.dose.strength or Amount(d.dose.high, d.dose.unit or "each") for d in drafts if d.dose]
    if all(amount.unit != found[2] for amount in each):
        return len({amount.unit for amount in each}) == 1
    times = [d.frequency.high if d.frequency else occasions(d.events, d.clock) for d in drafts]
    return (
        found[0] == found[1] == sum(a.value * n for a, n in zip(each, times, strict=True))
        and len({a.unit for a in each}) == 1
    )


def _gives_strength(draft: Draft, found: tuple[Decimal, Decimal, str, int]) -> bool:
    """Whether a weight in brackets tells what the counted tablets taken once a day or less come to; then it is kept."""
    dose, freq = draft.dose, draft.frequency
    seldom = freq is None or freq.high == 1
    if not dose or is_measured(dose.unit) or dose.strength or found[0] != found[1] or not seldom or draft.interval:
        return False
    draft.dose = replace(dose, strength=Amount(found[0], found[2]))
    return True


def _counts_as(draft: Draft, number: Decimal) -> bool:
    """Whether the one dose, as often as it is taken a day, makes so many."""
    freq, dose = draft.frequency, draft.dose
    return bool(dose and freq and freq.unit == "d" and freq.period == 1 and dose.high * freq.high == number)


def _counts_up(r: Reader, found: tuple[Decimal, Decimal, str, int]) -> bool:
    """Whether "(2 pumps total)" is what one on each side, or the doses of a day, come to."""
    dose, freq, (low, high, unit, j) = r.draft.dose, r.draft.frequency, found
    a_day = freq is not None and (r.term(j, "freq") or (0,))[:2] == (1, "d")  # "4 times a day (4 tablets daily)"
    told = r.term(j, "total") or a_day
    if not dose or unit != dose.unit or low != high or not told or r.word(j + 1) != ")":
        return False
    sides = 2 if (r.draft.site or "").startswith(("each ", "both ")) else 1
    times = freq.high if freq and freq.unit == "d" and freq.period == 1 else 1
    return high in (dose.high * sides, dose.high * sides * times) and sides * times > 1


def _comes_to(r: Reader, found: tuple[Decimal, Decimal, str, int], bracket: bool) -> bool:
    """ "40 mg bid (80 mg/day)": what the dose and its times come to in a day; anything else is no restatement."""
    draft, j = r.draft, found[3]
    dose, freq = draft.dose, draft.frequency
    if dose and dose.strength == Amount(found[0], found[2]) and found[0] == found[1]:
        return (not bracket or r.word(j) == ")") and r.took(j + bracket)  # "3 (20 mg) tablets daily = 60 mg"
    j += bool(r.term(j, "total")) and r.word(j) != "dose"
    daily = r.term(j, "freq")
    a_day = bool(daily and daily[:2] == (1, "d")) or r.word(j) in ("/d", "/day", "per day")
    if a_day and (not bracket or r.word(j + 1) == ")") and _sums_up(r, found):
        return r.took(j + 1 + bracket)  # "1 tablet in the morning and 2 at bedtime (total 30 mg/day)"
    if (
        bracket
        and dose
        and (r.term(r.at + 1, "total") or r.word(r.at + 1) == "=")
        and r.word(j) == ")"
        and _gives_strength(draft, found)
    ):
        return r.took(j + 1)  # "10 tablets once weekly (total 25 mg)"
    if not dose or not freq or not daily or daily[:2] != (1, "d") or freq.period != 1 or freq.unit != "d":
        return False
    j += 1
    if bracket and r.word(j) != ")":
        return False
    held = dose.strength if dose.strength and dose.strength.unit == found[2] else Amount(dose.high, dose.unit or "each")
    return held.unit == found[2] and held.value * freq.high == found[1] and r.took(j + bracket)

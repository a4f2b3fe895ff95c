"""What stands beside a dose: its strength, what it comes to in another unit, the medicine it is of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, Amount
from tallman.core.sig.amounts import concentration, is_measured, measure, unit_at
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import Dose
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import may_be_name

__all__ = [
    "NO_DOSE",
    "SPOONS",
    "adds_up",
    "counted_strength",
    "is_other_amount",
    "is_volume_of",
    "note_strength",
    "of_product",
    "of_several",
    "poured",
    "product_after",
    "strength_beside",
]

_BEFORE_STRENGTH = frozenset({"(", "[", "of"})
_PARTING = frozenset({"-", "/"})
_CROSS = frozenset({"x", "×", "*"})
_MINERALS = frozenset({"iron", "calcium", "zinc", "magnesium"})
SPOONS = frozenset("spoon spoons spoonful spoonfuls spoonsful spoonfull spoonfulls spn spns".split())
NO_DOSE = frozenset({"%", "cm", "inch", "kg"})
"""Units in which nothing is dosed, but for a length of ointment."""


def adds_up(counted: Dose, dose: Dose) -> bool:
    """Whether "two 300 mg tablets" come to the dose they are said beside."""
    held = counted.strength
    known = held and held.unit == dose.unit and dose.low == dose.high and counted.low == counted.high
    return not known or held is None or held.value == dose.low


def _beside(r: Reader, k: int, dose: Dose) -> tuple[Decimal, Decimal, str, int] | None:
    """The amount said beside a dose: "250 mg", "two 500 mg tablets"."""
    counted = counted_strength(r, k)
    if counted and counted[0].unit and UNITS[counted[0].unit].dimension != "mass":
        if not adds_up(counted[0], dose):
            r.doubts.append("the amounts do not agree")
        return counted[0].low, counted[0].high, counted[0].unit, counted[1]
    return measure(r, k)


def is_other_amount(unit: str, dose: Dose) -> bool:
    """Whether an amount in `unit` can be what the dose comes to."""
    if unit in NO_DOSE or dose.strength is not None:
        return False
    if UNITS[unit].dimension == (UNITS[dose.unit].dimension if dose.unit else ""):
        return False
    return is_measured(unit) or is_measured(dose.unit)


def _past_product(r: Reader, k: int, dose: Dose) -> int:
    """Past the "2 x 75 mg)" behind 150 mg; 0 where it is no such sum."""
    count = r.number(k)
    each = measure(r, count[1] + 1) if count and r.word(count[1]) in ("x", "×") else None
    same = (
        count and each and each[2] == dose.unit and each[0] == each[1] and dose.low == dose.high == count[0] * each[0]
    )
    if not same or not each:
        return 0
    end = each[3] + (r.term(each[3], "unit") is not None)
    return end + 1 if r.word(end) in (")", "]") else 0


def strength_beside(r: Reader, j: int, dose: Dose) -> tuple[Dose, int]:
    """The same amount said another way after a dose: "(250 mg)", "= 60 mg", "20 mg total", "(2 tablets)", and once
    more: "0.5 mL (50 units) (1.25 mg)". Of two ways a weight is kept, as the units of a syringe are no weight."""
    told, k = _strength_beside(r, j, dose)
    if k == j or told.strength is None or r.word(k) not in ("(", "[") or r.word(k - 1) not in (")", "]"):
        return told, k
    again, end = _strength_beside(r, k, dose)
    if again.strength is None or end == k or again.strength.unit == told.strength.unit:
        return told, k
    return (again if UNITS[again.strength.unit].dimension == "mass" else told), end


def _strength_beside(r: Reader, j: int, dose: Dose) -> tuple[Dose, int]:
    if not (
        r.term(j, "num") is not None or r.term(j, "equals") or r.word(j) in _BEFORE_STRENGTH or _past_sum(r, j) > j
    ):
        return dose, j
    k, bracket, sure = j, r.word(j) in ("(", "["), False
    k += bracket
    if dose.unit is not None and not is_measured(dose.unit) and (summed := _past_sum(r, k)) > k:
        sure, k = True, summed  # "2 tablets for a total of 100 mg", "1 tablet (to equal 30 mg)"
    if dose.strength and (again := _past_same(r, k, dose.strength, bracket=bracket)):
        return dose, again
    past = 0 if is_measured(dose.unit) or dose.unit is None else of_several(r, k)
    if past and (not bracket or r.word(past) in (")", "]")):
        return dose, past + bracket
    if bracket and (multiplied := _past_product(r, k, dose)):
        return dose, multiplied
    if r.term(k, "equals") and r.word(k) != "or":
        sure, k = True, k + 1
    of_each = r.word(k) == "of" and r.term(k + 1, "num") is not None
    if of_each and is_measured(dose.unit) and not concentration(r, k + 1):
        return dose, j  # "5 mL of 10 mg": in all, or in each?
    if is_measured(dose.unit) and UNITS[dose.unit or ""].dimension != "volume" and not (bracket or sure):
        return dose, j  # "20 mg 1 tablet": the count that follows is the dose.
    past = concentration(r, k + of_each)
    if past:
        return dose, past + (bracket and r.word(past) in (")", "]"))
    found = _beside(r, k + of_each, dose)
    if found is None:
        return dose, j
    low, high, unit, k = found
    if bracket:
        low, high, unit, k = _past_further(r, found, dose)
    again = unit == dose.unit and (low, high) == (dose.low, dose.high)
    if not again and not is_other_amount(unit, dose):
        return dose, j
    of_form = bracket and unit != dose.unit and _is_form_of(r, k, dose.unit)
    if r.term(k, "each_strength") or of_each or of_form:
        low, high, sure, k = low * dose.low, high * dose.high, True, k + (not of_each)
    elif dose.unit == "patch" and _is_in_a_day(r, k):
        k += 3  # "1 patch (21 mg/24 hr)"
    elif r.word(k) in ("/", "per"):
        return dose, j
    if r.term(k, "total") and r.word(k) != "dose":
        sure, k = True, k + 1
    if bracket:
        if r.word(k) not in (")", "]"):
            return dose, j
        sure, k = True, k + 1
    if again or not (sure or dose.unit is None or is_measured(dose.unit) or dose.high == 1):
        return dose, k  # "2 tablets 10 mg": of each or of both is not said, and the dose is known without it.
    if low != high and dose.low == dose.high:
        return dose, k  # "1 tablet 5-325 mg": two medicines in one
    return replace(dose, strength=Amount(low, unit), strength_high=Amount(high, unit) if high != low else None), k


def poured(r: Reader) -> bool:
    """ "5 mg every 2 hours (20 mg/mL: 0.25 mL)": behind a weight what each mL holds, and how many mL it comes to."""
    held = r.draft.dose
    end = concentration(r, r.at + 1) if r.word(r.at) == "(" and held and held.low == held.high else 0
    each, volume = measure(r, r.at + 1), measure(r, end + (r.word(end) in _IS))
    if not end or not held or not each or not volume or held.strength or held.per or not is_measured(held.unit):
        return False
    per = r.number(each[3] + 1)
    if each[2] != held.unit or volume[2] != "mL" or volume[0] != volume[1] or r.word(volume[3]) != ")":
        return False
    if held.low * (per[0] if per else 1) != each[0] * volume[0]:
        r.doubts.append("the amounts do not agree")
    r.draft.dose = replace(held, strength=Amount(volume[0], "mL"))
    return r.took(volume[3] + 1)


def note_strength(r: Reader, counted: Dose) -> None:
    """Keep "20 mg" of "20 mg 2 capsules" beside the dose: of each or of both, it does not say."""
    first = next((i for i in reversed(range(r.at)) if r.term(i, "num") is not None), None)
    if counted.strength is None and first is not None:
        r.note(r.items[first].start, r.items[r.at - 1].end)


def _past_same(r: Reader, k: int, held: Amount, *, bracket: bool) -> int:
    """Past the "(10 mg)", "= 10 mg", "(= 0.01 g)" behind two 5 mg tablets: the same in all; 0 where it is something else."""
    equals = r.term(k, "equals") is not None
    found = measure(r, k + equals) if bracket or equals else None
    if not found or found[0] != found[1] or (bracket and r.word(found[3]) != ")"):
        return 0
    told = Amount(found[0], found[2])
    return found[3] + bracket if told.dimension == held.dimension and told.to(held.unit) == held else 0


def is_volume_of(held: Dose, value: Dose) -> bool:
    """Whether the second of two amounts is how many mL the first comes to, as hospitals print it."""
    weighed = (
        is_measured(held.unit) and UNITS[held.unit or ""].dimension != "volume" and not (held.strength or held.per)
    )
    return weighed and value.unit == "mL" and value.low == value.high and held.low == held.high


def _is_form_of(r: Reader, k: int, counted: str | None) -> bool:
    """Whether the piece that is counted stands behind a weight, as the last word in brackets: "1/2 tab (10 mg tab)"."""
    form = r.term(k, "unit")
    is_piece = form in ("tablet", "capsule", "caplet", "pill")
    return is_piece and counted in (form, None) and r.word(k + 1) in (")", "]")


def _is_in_a_day(r: Reader, k: int) -> bool:
    """Whether "/24 hr" stands there."""
    return r.word(k) in ("/", "per") and r.term(k + 1, "num") == _DAY and r.term(k + 2, "period") == "h"


def _past_further(r: Reader, found: tuple[Decimal, Decimal, str, int], dose: Dose) -> tuple[Decimal, Decimal, str, int]:
    """The amount in brackets, past what more is said of it there; of two amounts the one that weighs."""
    low, high, unit, k = found
    more = measure(r, k + 1) if r.word(k) in (",", "=", "or", "/") else None
    if more and more[2] != unit and (r.word(k) != "/" or _is_last(r, more, dose)):
        if r.word(k) == "=" and unit == dose.unit and is_measured(more[2]) and (low, high) != (dose.low, dose.high):
            return _of_the_dose(found, more, dose)
        first = UNITS[unit].dimension == "mass"
        return (low, high, unit, more[3]) if first else more  # "20 units (0.2 mL, 0.5 mg)"
    if r.word(k).endswith("elemental"):
        k += 1 + (r.word(k + 1) in _MINERALS)  # "0.6 mL (18 mg elemental iron)"
    return low, high, unit, of_product(r, k)[1] if r.word(k) == "of" else k  # "(5 mg of hydrocodone total)"


def _of_the_dose(
    part: tuple[Decimal, Decimal, str, int], weight: tuple[Decimal, Decimal, str, int], dose: Dose
) -> tuple[Decimal, Decimal, str, int]:
    """What the dose holds where it is told of another amount: "4 mL (1 mL = 40 mg)" is 160 mg; `part` when it is not even."""
    if part[0] != part[1] or not part[0]:
        return part
    low, high = (each * of / part[0] for each, of in ((weight[0], dose.low), (weight[1], dose.high)))
    is_even = all(amount * _FINEST == int(amount * _FINEST) for amount in (low, high))
    return (low.normalize(), high.normalize(), weight[2], weight[3]) if is_even else part


def _is_last(r: Reader, found: tuple[Decimal, Decimal, str, int], dose: Dose) -> bool:
    """Whether what the dose comes to stands before the bracket that closes: "0.25 mL (25 mg / 25 units)"."""
    return r.word(found[3]) in (")", "]") and is_other_amount(found[2], dose)


def _past_sum(r: Reader, j: int) -> int:
    """Past "for a total of", "to equal", "to make" before an amount; `j` where something else stands."""
    word = r.word(j)
    lead = word in _TO_MAKE or r.term(j, "in_all") == "total"
    end = j + 1 if lead else j + 2 if word == "to" and r.term(j + 1, "equals") else j
    found = measure(r, end) if end > j else None
    return end if found and is_measured(found[2]) else j


def _is_hour(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and int(word) < 2400 and int(word[2:]) < 60


def of_several(r: Reader, i: int) -> int:
    """Past "5/325", "10-325 mg", "25/37.5 mg total": what a tablet of several medicines holds; 0 when it is not that."""
    j = i
    if r.word(i + 1) not in _PARTING and r.word(i + 2) not in _PARTING:
        return 0
    if _is_hour(r.word(i)) and _is_hour(r.word(i + 2)):
        return 0  # "0800/2000"
    while r.term(j, "num") is not None and is_measured(r.term(j + 1, "unit")) and r.word(j + 2) in _PARTING:
        j += 3  # "8 mg-2 mg"
    while r.term(j, "num") is not None and r.word(j + 1) == "/" and r.glued(j + 1) and r.glued(j + 2):
        j += 2
    if (
        j == i
        or r.term(j, "num") is None
        or (r.glued(j + 1) and r.word(j + 1).isalpha() and not is_measured(r.term(j + 1, "unit")))
    ):
        return 0
    j += 1
    j += is_measured(r.term(j, "unit"))
    return j + (bool(r.term(j, "total")) and r.word(j) != "dose")


def counted_strength(r: Reader, i: int) -> tuple[Dose, int] | None:
    """ "one 150 mg tab", "2 x 500 mg tablets", "2 (5 mg) tablets": a count, a strength of each, a form."""
    first = r.numbers(i)
    if first is None:
        return None
    low, high, j = first
    if high < 1:
        j += r.word(j) in ("of a", "of")  # "1/2 of a 25 mg tablet"
    else:
        j += r.word(j) in ("of the", "of your") and r.term(j + 1, "num") is not None  # "2 of the 20 mg tablets"
    word = r.word(j)
    crossed, bracket = word in _CROSS, word == "("
    if not (crossed or bracket or r.term(j, "num") is not None):
        return None
    several = _past_parts(r, j + 1) if bracket else 0
    if several and (form := unit_at(r, several)) and not is_measured(form[0]):
        return Dose(low * form[1], high * form[1], form[0]), form[2]  # "2 (8-2 mg) films"
    found = measure(r, j + (crossed or bracket))
    if found is None or found[0] != found[1] or not is_measured(found[2]):
        return None
    each, _, unit, k = found
    if bracket and r.word(k) != ")":
        return None
    k += bracket
    if r.word(k) == "/" or (r.word(k) == "-" and not r.term(k + 1, "unit")):
        return None
    form = unit_at(r, k) or (("dose", Decimal(1), k + 1) if r.word(k) in ("injection", "injections") else None)
    if form and not is_measured(form[0]) and form[0] not in NO_DOSE:
        code, factor, k = form
        more = Amount(each * high, unit) if high != low else None
        return Dose(low * factor, high * factor, code, Amount(each * low, unit), more), k
    if crossed and low == high == int(low) and UNITS[unit].dimension == "mass" and _is_timed(r, k):
        return Dose(low * each, high * each, unit), k  # "2 x 500 mg bid"
    spoons = r.word(k) in SPOONS
    if (crossed or spoons) and UNITS[unit].dimension == "volume":
        return Dose(low * each, high * each, unit), k + spoons
    return None


def _past_parts(r: Reader, i: int) -> int:
    """Past the "8-2 mg)" of a thing of two medicines, in brackets; 0 when it is not that."""
    j = i
    while r.term(j, "num") is not None and r.word(j + 1) in ("-", "/") and r.term(j + 2, "num") is not None:
        j += 2
    told = j > i and is_measured(r.term(j + 1, "unit")) and r.word(j + 2) == ")"
    return j + 3 if told else 0


def _is_timed(r: Reader, k: int) -> bool:
    """Whether times of their own follow, so that "2 x 500 mg" counts no times: "3 x 500 mg daily" may count them."""
    k += r.term(k, "route") is not None
    often = r.term(k, "freq")
    hourly = r.numbers(k + 1) if r.term(k, "every") else None
    return bool(often and often[0] > 1 and often[1] == "d") or bool(hourly and r.term(hourly[2], "period") == "h")


def of_product(r: Reader, j: int) -> tuple[str | None, int]:
    """ "of amoxicillin 500mg" after a dose."""
    if not r.term(j, "plus_of") or r.word(j) == "from":
        return None, j
    k = j + 1
    while k < min(r.n, j + 4) and not r.items[k].terms and r.word(k).isalpha() and (k == j + 1 or len(r.word(k)) > 3):
        k += 1
    if k == j + 1:
        return None, j
    said = k
    strength = measure(r, k)
    if strength and is_measured(strength[2]) and not r.term(strength[3], "times"):
        k = strength[3]
    return r.words(j + 1, said), k


_IS = frozenset({":", "=", ",", "-", ";"})
_DAY = 24
_FINEST = 1000
"""Parts of one unit of weight, beyond which a share of it is not even."""
_TO_MAKE = frozenset({"to make", "to total", "total of", "a total of"})
_SALTS = frozenset({"kcl", "nacl", "kphos", "mgso"})


def product_after(r: Reader, j: int, dose: Dose) -> tuple[str | None, int]:
    """ "50 mg elemental zinc by mouth": up to three plain words between a weight and what is known again."""
    k = j
    while k < min(r.n, j + 3) and not r.knows(k) and r.word(k).isalpha() and r.word(k) not in listed_words("stop"):
        k += 1
    weighed = is_measured(dose.unit) and UNITS[dose.unit or ""].dimension != "volume"
    follows = any(r.term(k, kind) for kind in ("route", "freq", "interval", "event", "prep"))
    named = k > j and all(r.word(x) in _SALTS or (len(r.word(x)) > 3 and may_be_name(r.word(x))) for x in range(j, k))
    return (r.words(j, k), k) if named and weighed and follows else (None, j)

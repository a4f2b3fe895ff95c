"""How much: doses, ranges, strengths beside them, rates of flow."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, Amount
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import Dose, Rate
from tallman.core.sig.reader import Reader

__all__ = ["SHAPED", "bare_unit", "divided", "dose", "is_measured", "measure", "strength_beside", "unit_at"]

_MASS = frozenset({"mass", "substance", "equivalent", "unit", "percent"})
_EACH = frozenset({"/", "per", "an", "a", "every", "each"})
_BEFORE_STRENGTH = frozenset({"(", "[", "of"})
_CROSS = frozenset({"x", "×", "*"})
_SKIP_UNITS = frozenset({"%", "cm", "inch", "kg"})
SHAPED = frozenset({"tablet", "capsule", "caplet", "pill", "lozenge", "troche", "wafer", "film", "gum", "piece"})
"""Units of solid things to take by mouth."""
_MEASURED = frozenset(code for code, u in UNITS.items() if u.dimension in _MASS or u.dimension == "volume")


def is_measured(code: str | None) -> bool:
    """Whether the unit measures (mg, mL, units) rather than counts."""
    return code in _MEASURED


def unit_at(r: Reader, i: int) -> tuple[str, Decimal, int] | None:
    """The unit at `i` and what to multiply by (a teaspoon is 5 mL)."""
    if r.word(i) == "of" and r.term(i + 1, "unit"):
        i += 1
    unit = r.term(i, "unit")
    if unit is not None:
        return unit, Decimal(1), i + 1
    spoon = r.term(i, "spoon")
    return ("mL", spoon, i + 1) if spoon is not None else None


def measure(r: Reader, i: int) -> tuple[Decimal, Decimal, str, int] | None:
    """A number or range with its unit; the unit may stand after each end of the range."""
    if i in r.measures:
        return r.measures[i]
    found = r.measures[i] = _measured(r, i)
    return found


def _measured(r: Reader, i: int) -> tuple[Decimal, Decimal, str, int] | None:
    found = r.numbers(i)
    if found is None:
        return None
    low, high, j = found
    if r.word(j) == "-" and r.glued(j) and r.glued(j + 1):
        j += 1
    unit = unit_at(r, j)
    if unit is None:
        return None
    code, factor, j = unit
    if low == high and r.term(j, "link") in ("to", "or"):
        second = r.numbers(j + 1)
        other = unit_at(r, second[2]) if second else None
        if second and other and other[0] == code and second[0] > low and second[0] == second[1]:
            return low * factor, second[0] * other[1], code, other[2]
    return low * factor, high * factor, code, j


def _per(r: Reader, j: int) -> tuple[str | None, int]:
    """ "/kg", "per m2", "/kg/dose" after a unit."""
    if r.word(j) not in ("/", "per"):
        return None, j
    if r.term(j + 1, "unit") == "kg":
        j += 2
        return "kg", j + 2 if r.word(j) in ("/", "per") and r.term(j + 1, "unit") == "dose" else j
    if r.word(j + 1) == "m" and r.word(j + 2) in ("2", "²"):
        return "m2", j + 3
    return None, j


def _rate(r: Reader, i: int) -> tuple[Rate, int] | None:
    """ "50 mL/hr", "2 L per minute", "4 mcg/kg/min"."""
    found = measure(r, i)
    if found is None or not is_measured(found[2]) or r.word(found[3]) not in _EACH:
        return None
    low, high, unit, j = found
    weight, k = _per(r, j)
    period = r.term(k + 1, "period") if r.word(k) in _EACH else None
    return (Rate(low, high, unit, period, weight), k + 2) if period in ("h", "min") else None


def _beside(r: Reader, k: int) -> tuple[Decimal, Decimal, str, int] | None:
    """The amount said beside a dose: "250 mg", "two 500 mg tablets"."""
    counted = _counted_strength(r, k)
    if counted and counted[0].unit:
        return counted[0].low, counted[0].high, counted[0].unit, counted[1]
    return measure(r, k)


def _is_other_amount(unit: str, dose: Dose) -> bool:
    """Whether an amount in `unit` can be what the dose comes to."""
    if unit in _SKIP_UNITS or dose.strength is not None:
        return False
    if UNITS[unit].dimension == (UNITS[dose.unit].dimension if dose.unit else ""):
        return False
    return is_measured(unit) or is_measured(dose.unit)


def strength_beside(r: Reader, j: int, dose: Dose) -> tuple[Dose, int]:
    """The same amount said another way after a dose: "(250 mg)", "= 60 mg", "20 mg total", "(2 tablets)"."""
    if not (r.term(j, "num") is not None or r.term(j, "equals") or r.word(j) in _BEFORE_STRENGTH):
        return dose, j
    k, bracket, sure = j, r.word(j) in ("(", "["), False
    k += bracket
    if r.term(k, "equals") and r.word(k) != "or":
        sure, k = True, k + 1
    of_each = r.word(k) == "of" and r.term(k + 1, "num") is not None
    if is_measured(dose.unit) and UNITS[dose.unit or ""].dimension != "volume" and not (bracket or sure):
        return dose, j  # "20 mg 1 tablet": the count that follows is the dose.
    found = _beside(r, k + of_each)
    if found is None:
        return dose, j
    low, high, unit, k = found
    if bracket and r.word(k) == "of":
        k = _of_product(r, k)[1]  # "(5 mg of hydrocodone total)"
    again = unit == dose.unit and (low, high) == (dose.low, dose.high)
    if not again and not _is_other_amount(unit, dose):
        return dose, j
    if r.term(k, "each_strength") or of_each:
        low, high, sure, k = low * dose.low, high * dose.high, True, k + (not of_each)
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
    return replace(dose, strength=Amount(low, unit), strength_high=Amount(high, unit) if high != low else None), k


def _counted_strength(r: Reader, i: int) -> tuple[Dose, int] | None:
    """ "one 150 mg tab", "2 x 500 mg tablets", "2 (5 mg) tablets": a count, a strength of each, a form."""
    first = r.numbers(i)
    if first is None:
        return None
    low, high, j = first
    crossed, bracket = r.word(j) in _CROSS, r.word(j) == "("
    if not (crossed or bracket or r.term(j, "num") is not None):
        return None
    found = measure(r, j + (crossed or bracket))
    if found is None or found[0] != found[1] or not is_measured(found[2]):
        return None
    each, _, unit, k = found
    if bracket and r.word(k) != ")":
        return None
    k += bracket
    if r.word(k) == "/" or (r.word(k) == "-" and not r.term(k + 1, "unit")):
        return None
    form = unit_at(r, k)
    if form and not is_measured(form[0]) and form[0] not in _SKIP_UNITS:
        code, factor, k = form
        more = Amount(each * high, unit) if high != low else None
        return Dose(low * factor, high * factor, code, Amount(each * low, unit), more), k
    if crossed and UNITS[unit].dimension == "volume":
        k += r.word(k) in ("spoon", "spoonful", "spoonfuls", "spoonsful")
        return Dose(low * each, high * each, unit), k
    return None


def _of_product(r: Reader, j: int) -> tuple[str | None, int]:
    """ "of amoxicillin 500mg" after a dose."""
    if not r.term(j, "plus_of") or r.word(j) == "from":
        return None, j
    k = j + 1
    while k < r.n and not r.items[k].terms and r.word(k).isalpha() and k < j + 4:
        k += 1
    if k == j + 1:
        return None, j
    said = k
    strength = measure(r, k)
    if strength and is_measured(strength[2]) and not r.term(strength[3], "times"):
        k = strength[3]
    return r.words(j + 1, said), k


def _product_after(r: Reader, j: int, dose: Dose) -> tuple[str | None, int]:
    """ "50 mg elemental zinc by mouth": up to three plain words between a weight and what is known again."""
    k = j
    while k < min(r.n, j + 3) and not r.knows(k) and r.word(k).isalpha() and r.word(k) not in listed_words("stop"):
        k += 1
    weighed = is_measured(dose.unit) and UNITS[dose.unit or ""].dimension != "volume"
    follows = any(r.term(k, kind) for kind in ("route", "freq", "interval", "event", "prep"))
    return (r.words(j, k), k) if k > j and weighed and follows else (None, j)


def _inherited_unit(r: Reader) -> str | None:
    """The unit of the last dose, which "then 1 daily" takes over."""
    return next((d.dose.unit for d in reversed(r.drafts) if d.dose), None)


def _unitless(r: Reader, low: Decimal, high: Decimal, j: int) -> Dose | None:
    """ "1" in "take 1 po bid": allowed as the first dose, or after a dose whose unit it takes over."""
    if r.term(j, "period") or r.term(j, "times") or r.word(j) in (":", "/", "%", "-", "+", "h", "#") or high > 100:
        return None
    if r.term(j, "remark") == "number":
        return None  # "#30 rf 0"
    if r.term(j, "num") is not None and not (r.term(j + 1, "times") or r.term(j + 1, "hourly")):
        return None
    if j < r.n and not r.items[j].terms and r.word(j)[:1].isalpha():
        return None
    if r.glued(r.at) and r.word(r.at - 1).isalpha() and not r.knows(r.at - 1):
        return None  # The 12 of "b12".
    has_dose = any(d.dose for d in r.drafts)
    draft = r.draft
    if j >= r.n and (draft.has_schedule() or draft.as_directed):
        return None  # A number that nothing follows, after all is said, is no dose.
    if draft.dose and is_measured(draft.dose.unit) and not draft.has_schedule():
        return Dose(low, high)  # "200 mg one by mouth daily"
    if has_dose and draft.dose and not (r.pending or r.sentence or r.verb):
        follows = any(r.term(j, kind) for kind in ("route", "freq", "interval", "every", "event"))
        if not draft.has_schedule() or ((draft.duration or draft.prn) and not follows):
            return None
    return Dose(low, high, _inherited_unit(r) if has_dose else None)


def _read(r: Reader, i: int) -> tuple[Dose, int] | None:
    counted = _counted_strength(r, i)
    if counted:
        return counted
    found = measure(r, i)
    if found is None:
        plain = r.numbers(i)
        bare = _unitless(r, *plain) if plain else None
        return (bare, plain[2]) if bare and plain else None
    low, high, unit, j = found
    if unit in _SKIP_UNITS and not (unit in ("inch", "cm") and r.draft.method in ("apply", "place", "instill", None)):
        return None
    if unit == "each" and (r.term(j, "part") or r.term(j, "place")):
        return None
    per, j = _per(r, j)
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
    return read, j


def dose(r: Reader) -> bool:
    """A dose, or a rate of flow, at the cursor."""
    i = r.at
    flow = _rate(r, i + bool(r.term(i, "at")))
    if flow:
        return r.put("rate", flow[0], flow[1])
    up_to = bool(r.term(i, "up_to"))
    i += up_to
    bracketed = r.word(i) == "(" and r.word(i + 2) == ")"
    found = _read(r, i) if r.term(i + bracketed, "num") is not None else None
    if found is None:
        return False
    value, j = found
    if r.word(j) == "/" or (r.word(j) == "per" and not r.term(j, "freq")):
        return False
    if r.word(j) in ("/d", "/day", "/ d", "/ day", "per day") and is_measured(value.unit):
        r.doubts.append("an amount a day: in one dose or in several is not said")
    value, j = strength_beside(r, j, value)
    j += bool(r.term(j, "total")) and r.word(j) != "dose"
    product, j = _of_product(r, j) if r.knows(j) else _product_after(r, j, value)
    if up_to:
        value = replace(value, low=Decimal(0))
    return _settle(r, value, product, j)


def _settle(r: Reader, value: Dose, product: str | None, j: int) -> bool:
    """Give the dose to this step, or begin the next one with it."""
    draft = r.draft
    held = draft.dose
    adjacent = held is not None and not draft.has_schedule() and not r.verb and r.pending is None and not r.sentence
    if held is not None and value.strength and r.pending is None and replace(value, strength=None) == held:
        draft.dose = value  # "(1 pen = 40 mg)"
        return r.took(j)
    if _is_beside(r, held, value, j):
        draft.dose = replace(held or value, strength=Amount(value.low, value.unit or ""))
        return r.took(j + 1)
    of_each = (
        None if held is None or draft.has_schedule() or r.pending or draft.inherits_dose else _of_each(held, value)
    )
    if of_each:
        draft.dose, draft.method, r.verb = of_each, draft.method or r.verb, None
        return r.took(j)
    if held is not None and adjacent and not draft.inherits_dose:
        restated = replace(held, strength=None, strength_high=None) == value
        return r.took(j) if restated else r.refuse(j)
    if held is not None and not draft.inherits_dose:
        draft = r.begin(r.pending)
    elif r.verb:
        draft.method, r.verb = draft.method or r.verb, None
    draft.dose, draft.inherits_dose = value, False
    if product:
        draft.product = product
    return r.took(j)


def _is_beside(r: Reader, held: Dose | None, value: Dose, j: int) -> bool:
    """ "1 tab daily (5 mg)": what the dose comes to, in brackets after the timing."""
    in_brackets = r.word(r.at - 1) == "(" and r.word(j) == ")" and r.pending is None
    return in_brackets and held is not None and value.low == value.high and _is_other_amount(value.unit or "%", held)


def _of_each(strength: Dose, count: Dose) -> Dose | None:
    """ "20 mg 1 tablet", "20 mg tablets: take one": the first is what each holds, the second how many are taken."""
    weighed = is_measured(strength.unit) and UNITS[strength.unit or ""].dimension != "volume" and not strength.strength
    if not weighed or is_measured(count.unit) or strength.low != strength.high or strength.per:
        return None
    if count.strength or count.high != 1 or count.low != 1:
        return count
    return replace(count, strength=Amount(strength.low, strength.unit or ""))


def bare_unit(r: Reader) -> bool:
    """ "a tablet", "contents of vial": one of them."""
    i = r.at
    if r.word(i) not in ("a", "an") and not r.term(i, "contents"):
        return False
    unit = unit_at(r, i + 1)
    if unit is None or (is_measured(unit[0]) and unit[1] == 1) or unit[0] in _SKIP_UNITS:
        return False
    return _settle(r, Dose(unit[1], unit[1], unit[0]), None, unit[2])


def divided(r: Reader) -> bool:
    """ "in 2 divided doses": whether the amount is for the day or for one dose is not said."""
    if not r.term(r.at, "divided"):
        return False
    r.doubts.append("the amount is divided: how much at one time is not said")
    return r.took(r.at + 1)

"""How much: doses, ranges, strengths beside them, rates of flow."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, Amount
from tallman.core.sig.model import Dose, Rate
from tallman.core.sig.reader import Reader

__all__ = ["bare_unit", "dose", "measure", "strength_beside", "unit_at"]

_MASS = frozenset({"mass", "substance", "equivalent", "unit", "percent"})
_VOLUME = frozenset({"volume"})
_CROSS = frozenset({"x", "×", "*"})
_SKIP_UNITS = frozenset({"%", "cm", "inch", "each", "kg"})


def _dimension(code: str | None) -> str:
    return UNITS[code].dimension if code else ""


def is_measured(code: str | None) -> bool:
    """Whether the unit measures (mg, mL, units) rather than counts."""
    return _dimension(code) in _MASS or _dimension(code) in _VOLUME


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
    """ "/kg", "per m2" after a unit."""
    if r.word(j) in ("/", "per"):
        if r.word(j + 1) == "kg":
            return "kg", j + 2
        if r.word(j + 1) == "m" and r.word(j + 2) in ("2", "²"):
            return "m2", j + 3
    return None, j


def _rate(r: Reader, low: Decimal, high: Decimal, unit: str, j: int) -> tuple[Rate, int] | None:
    """ "/hr", "per minute", "/kg/min" after a measured amount."""
    weight, k = _per(r, j)
    period = None
    if r.word(k) in ("/", "per", "an", "a", "every", "each"):
        period = r.term(k + 1, "period")
    if period not in ("h", "min"):
        return None
    return Rate(low, high, unit, period, weight), k + 2


def strength_beside(r: Reader, j: int, dose: Dose) -> tuple[Dose, int]:
    """The same amount said another way after a dose: "(250 mg)", "= 60 mg", "20 mg total", "(2 tablets)"."""
    k, bracket, sure = j, False, False
    if r.word(k) in ("(", "["):
        bracket, k = True, k + 1
    if r.term(k, "equals"):
        sure, k = True, k + 1
    found = measure(r, k)
    if found is None:
        return dose, j
    low, high, unit, k = found
    if unit == dose.unit and (low, high) == (dose.low, dose.high):
        sure = True
    elif (
        _dimension(unit) == _dimension(dose.unit)
        or unit in _SKIP_UNITS
        or dose.strength is not None
        or not (is_measured(unit) or (is_measured(dose.unit) and unit in UNITS))
    ):
        return dose, j
    if r.word(k) in ("/", "per") and not r.term(k, "each_strength"):
        return dose, j
    if r.term(k, "each_strength"):
        low, high, sure, k = low * dose.low, high * dose.high, True, k + 1
    elif r.term(k, "total"):
        sure, k = True, k + 1
    if bracket:
        if r.word(k) not in (")", "]"):
            return dose, j
        sure, k = True, k + 1
    if not sure and dose.unit and not is_measured(dose.unit) and dose.high != 1:
        r.doubts.append("the amount beside the dose may be for one or for all of them")
    if unit == dose.unit:
        return dose, k
    return replace(dose, strength=Amount(low, unit), strength_high=Amount(high, unit) if high != low else None), k


def _counted_strength(r: Reader, i: int) -> tuple[Dose, int] | None:
    """ "one 150 mg tab", "2 x 500 mg tablets", "three (3) 20mg tabs": a count, a strength of each, a form."""
    first = r.numbers(i)
    if first is None:
        return None
    low, high, j = first
    crossed = r.word(j) in _CROSS
    found = measure(r, j + 1 if crossed else j)
    if found is None or found[0] != found[1] or not is_measured(found[2]):
        return None
    each, _, unit, k = found
    if r.word(k) == "/" or (r.word(k) == "-" and not r.term(k + 1, "unit")):
        return None
    form = unit_at(r, k)
    if form and not is_measured(form[0]) and form[0] not in _SKIP_UNITS:
        code, factor, k = form
        strength = Amount(each * low, unit)
        more = Amount(each * high, unit) if high != low else None
        return Dose(low * factor, high * factor, code, strength, more), k
    if crossed and _dimension(unit) == "volume":
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
    strength = measure(r, k)
    if strength and is_measured(strength[2]) and not r.term(strength[3], "times"):
        k = strength[3]
    return r.text[r.items[j + 1].start : r.items[k - 1].end].lower(), k


def _inherited_unit(r: Reader) -> str | None:
    """The unit of the last dose, which "then 1 daily" takes over."""
    return next((d.dose.unit for d in reversed(r.drafts) if d.dose), None)


def _unitless(r: Reader, low: Decimal, high: Decimal, j: int) -> Dose | None:
    """ "1" in "take 1 po bid": allowed as the first dose, or after a dose whose unit it takes over."""
    if r.term(j, "period") or r.term(j, "times") or r.word(j) in (":", "/", "%", "-", "+", "h") or high > 100:
        return None
    if r.term(j, "num") is not None and not (r.term(j + 1, "times") or r.term(j + 1, "hourly")):
        return None
    if j < r.n and not r.items[j].terms and r.word(j)[:1].isalpha():
        return None
    has_dose = any(d.dose for d in r.drafts)
    if has_dose and r.draft.dose and not (r.pending or r.sentence or r.verb or r.draft.has_schedule()):
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
    if (unit in _SKIP_UNITS and unit != "inch") or (unit == "inch" and r.draft.method != "apply"):
        return None
    per, j = _per(r, j)
    read = Dose(low, high, unit, per=per)
    form = unit_at(r, j)
    if form and is_measured(unit) and not is_measured(form[0]) and form[0] not in ("dose", "each") and not per:
        j = form[2]
    return read, j


def dose(r: Reader) -> bool:
    """A dose at the cursor."""
    i = r.at
    up_to = bool(r.term(i, "up_to"))
    i += up_to
    if r.term(i, "num") is None:
        return False
    rate = measure(r, i)
    if rate and is_measured(rate[2]):
        flow = _rate(r, rate[0], rate[1], rate[2], rate[3])
        if flow:
            return r.put("rate", flow[0], flow[1])
    found = _read(r, i)
    if found is None:
        return False
    value, j = found
    if r.word(j) == "/" or (r.word(j) == "per" and not r.term(j, "freq")):
        return False
    value, j = strength_beside(r, j, value)
    j += bool(r.term(j, "total"))
    product, j = _of_product(r, j)
    if up_to:
        value = replace(value, low=Decimal(0))
    return _settle(r, value, product, j)


def _settle(r: Reader, value: Dose, product: str | None, j: int) -> bool:
    """Give the dose to this step, or begin the next one with it."""
    draft = r.draft
    held = draft.dose
    adjacent = held is not None and not draft.has_schedule() and not r.verb and r.pending is None and not r.sentence
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


def bare_unit(r: Reader) -> bool:
    """ "a tablet", "an application": one of them."""
    i = r.at
    if r.word(i) not in ("a", "an", "the contents of", "contents of"):
        return False
    unit = unit_at(r, i + 1)
    if unit is None or (is_measured(unit[0]) and unit[1] == 1) or unit[0] in _SKIP_UNITS:
        return False
    return _settle(r, Dose(unit[1], unit[1], unit[0]), None, unit[2])

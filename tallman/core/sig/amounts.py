"""Numbers with units, in the words of directions: "5 mL", "1 to 2 tablets", "50 mL/hr", "250 mg/5 mL"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tallman.core.quantity import UNITS
from tallman.core.sig.model import Rate
from tallman.core.sig.reader import Reader

__all__ = [
    "SHAPED",
    "concentration",
    "holds_one_dose",
    "is_measured",
    "measure",
    "past_half",
    "per_weight",
    "rate",
    "spoonful",
    "unit_at",
]

_INTO_BODY = frozenset({"intravenous", "subcutaneous", "intramuscular"})
_VIAL = (Decimal(2), Decimal(4))
"""Millilitres in a vial for a nebulizer."""
_WEIGHTS = frozenset({"ibw", "abw", "adjbw", "tbw", "lbw", "pbw"})
"""Whose weight: ideal, actual, adjusted."""
_MASS = frozenset({"mass", "substance", "equivalent", "unit", "percent"})
_ONE, _HALF = Decimal(1), Decimal("0.5")
_HALVES = frozenset({"a half", "half", "one half", "1/2", "½"})
_PARTS = frozenset({"1/2", "½", "1/4", "¼", "3/4", "¾"})
_EACH = frozenset({"/", "per", "an", "a", "every", "each"})
SHAPED = frozenset({"tablet", "capsule", "caplet", "pill", "lozenge", "troche", "wafer", "film", "gum", "piece"})
"""Units of solid things to take by mouth."""
_MEASURED = frozenset(code for code, u in UNITS.items() if u.dimension in _MASS or u.dimension == "volume")


def is_measured(code: str | None) -> bool:
    """Whether the unit measures (mg, mL, units) rather than counts."""
    return code in _MEASURED


def unit_at(r: Reader, i: int) -> tuple[str, Decimal, int] | None:
    """The unit at `i` and what to multiply by (a teaspoon is 5 mL)."""
    item = r.items[i]
    if (item.text == "of" or (item.text == "a" and r.word(i - 1) in _PARTS)) and r.term(i + 1, "unit"):
        i += 1
        item = r.items[i]
    unit, word = item.terms.get("unit"), item.text
    if word == "ng" and r.word(i + 1) in ("/", "per") and r.term(i + 2, "unit") in ("kg", "mL"):
        return "ng", _ONE, i + 1
    if unit == "MU" and word == "mu":
        unit = _small_or_large(r, i)
    if unit is not None:
        return unit, _ONE, i + 1
    if word == '"' and r.glued(i):
        spread = r.draft.method in ("apply", "place", "instill") or r.term(i + 1, "instr") == "a ribbon"
        return ("inch", _ONE, i + 1) if spread else None  # 1/4" of ointment
    if word == "in" and (
        r.term(i + 1, "instr") == "a ribbon" or r.word(i + 1) in ("strip of", "of ointment", "of cream")
    ):
        return "inch", _ONE, i + 1  # "1/4 in ribbon"
    if word == "in to" and r.draft.method == "apply":
        j = i + 1 + (r.word(i + 1) == "the")
        on_skin = r.term(j, "part") or (r.term(j, "place") or ("", ""))[1] == "topical"
        return ("inch", _ONE, i + 1) if on_skin else None  # "apply 1 in to the chest"
    spoon = item.terms.get("spoon")
    return ("mL", spoon, i + 1) if spoon is not None else None


def _small_or_large(r: Reader, i: int) -> str:
    """What "MU" is: by the minute or with a small m milliunits, in capitals million units, else it is doubted."""
    written = r.text[r.items[i].start : r.items[i].end]
    flows = r.word(i + 1) in ("/", "per") and r.term(i + 2, "period") in ("min", "h")
    if written == "mU" or (flows and r.word(i + 2).startswith("m")):
        return "mU"
    if written == "mu" or flows:
        r.doubts.append("milliunits, or million units?")
    return "MU"


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
    j += r.word(j) in ("additional", "extra", "more")
    if r.word(j) == "-" and (r.term(j + 1, "unit") or r.term(j + 1, "spoon")):
        j += 1
    unit = unit_at(r, j)
    if unit is None:
        return None
    spooned = r.term(j, "spoon") is not None
    code, factor, j = unit
    if low == high == int(low) and (half := past_half(r, code, j, spooned=spooned)):
        return (low + _HALF) * factor, (high + _HALF) * factor, code, half
    if low == high and r.term(j, "link") in ("to", "or"):
        second = r.numbers(j + 1)
        other = unit_at(r, second[2]) if second else None
        scale = _scale(other[0], code) if other else None
        most = second[0] * other[1] * scale if second and other and scale else low
        if second and other and second[0] == second[1] and most > low * factor:
            return low * factor, most.normalize() + 0, code, other[2]
    return low * factor, high * factor, code, j


def past_half(r: Reader, unit: str, j: int, *, spooned: bool = False) -> int:
    """Past the "and a half" behind "a tablet", "a teaspoon", where nothing says half of what; 0 when it is not there."""
    halved = (spooned or unit in SHAPED) and r.word(j) == "and" and r.word(j + 1) in _HALVES
    return j + 2 if halved and unit_at(r, j + 2) is None else 0


def spoonful(r: Reader) -> Decimal:
    """How many millilitres each is that a bare number counts, behind doses told in spoons: "1 tsp in the morning and 1/2 at
    night"; one where none are."""
    said = [i for i in range(r.at) if r.term(i, "spoon") is not None]
    if not said:
        return _ONE
    if any(r.term(i, "unit") == "mL" for i in range(r.at)):
        r.doubts.append("so many milliliters, or so many spoons?")
    return Decimal(r.term(said[-1], "spoon"))


def _scale(unit: str, other: str) -> Decimal | None:
    """How many of `other` one `unit` is, where both weigh: 1,000 mg in a g."""
    if unit == other:
        return Decimal(1)
    if UNITS[unit].dimension != "mass" or UNITS[other].dimension != "mass":
        return None
    found = Fraction(UNITS[unit].factor) / Fraction(UNITS[other].factor)
    return Decimal(found.numerator) if found.denominator == 1 else None


def per_weight(r: Reader, j: int) -> tuple[str | None, int]:
    """ "/kg", "per m2", "/kg/dose" after a unit."""
    if r.word(j) not in ("/", "per"):
        return None, j
    if r.term(j + 1, "unit") == "kg":
        j += 2
        told = r.term(j, "instr") is not None and r.word(j + 1) not in ("/", "per")
        j += r.word(j) in _WEIGHTS and not told  # "10 mg/kg IBW" keeps it beside the dose.
        return "kg", j + 2 if r.word(j) in ("/", "per") and r.term(j + 1, "unit") == "dose" else j
    if r.word(j + 1) in ("square", "sq") and r.word(j + 2) in ("meter", "metre", "m"):
        return "m2", j + 3
    if r.word(j + 1) == "m²":
        return "m2", j + 2
    if r.word(j + 1) == "m" and r.word(j + 2) in ("2", "²"):
        return "m2", j + 3
    return None, j


def rate(r: Reader, i: int) -> tuple[Rate, int] | None:
    """ "50 mL/hr", "2 L per minute", "4 mcg/kg/min"."""
    found = measure(r, i)
    if found and r.word(found[3] - 1) == "lpm":
        return Rate(found[0], found[1], "L", "min"), found[3]
    if found is None or not is_measured(found[2]) or r.word(found[3]) not in _EACH:
        return None
    low, high, unit, j = found
    weight, k = per_weight(r, j)
    period = r.term(k + 1, "period") if r.word(k) in _EACH else None
    return (Rate(low, high, unit, period, weight), k + 2) if period in ("h", "min") else None


def holds_one_dose(r: Reader, end: int) -> bool:
    """Whether the "5 mg/2 mL" that ends at `end` is what a bag, a syringe or a vial for a nebulizer holds, and is given whole.

    What is for the mouth comes in bottles, and of 1 mL a larger vial may be full.
    """
    volume, route = r.term(end - 2, "num"), r.term(end, "route")
    if volume is None or volume == 1:
        return False
    return route in _INTO_BODY or (route == "inhalation" and _VIAL[0] <= volume <= _VIAL[1])


def concentration(r: Reader, i: int) -> int:
    """Past "250 mg/5 mL", "100 units per mL"; 0 when there is none."""
    held = measure(r, i)
    if held is None or not is_measured(held[2]):
        return 0
    end = held[3] + (r.word(held[3]) == "elemental")  # "15 mg elemental/mL"
    if r.word(end) not in ("/", "per"):
        return 0
    count = r.number(end + 1)
    j = count[1] if count else end + 1
    return j + 1 if r.term(j, "unit") in ("mL", "L") and UNITS[held[2]].dimension != "volume" else 0

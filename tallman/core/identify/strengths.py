"""Strengths as written: each number with its unit and what it is per."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from tallman.core.identify.counts import MOST_TOGETHER, is_count, text_at
from tallman.core.identify.text import Token, number
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import DIRECTIONS, NOISE, words
from tallman.core.quantity import UNITS, Amount, UnitMismatch

__all__ = ["GIVEN", "Written", "amounts", "convert"]

UNREADABLE = "?"
_LIKE_DIGITS = frozenset("lisoz")
_THOUSANDS = {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "mil": 1_000_000, "mu": 1_000_000}
# Units of delivery: "mcg/act", "mg per tablet" mean one piece of the product, whatever it is called.
ONES = frozenset({"puff", "spray", "inhalation", "dose", "tablet", "capsule", "patch", "packet", "vial", "drop"})
GIVEN = frozenset({"puff", "spray", "inhalation", "dose"})
_SO_MANY_THOUSANDS = 100
"""From such a number on MU are thousands of units, as wholesalers write "nystatin 100MU/GM"."""
_INSULINS = (100, 200, 300, 500)
_DAYS = frozenset({"d", "days"})
_INHALED_FORMS = words("aerosol solution suspension powder spray capsule capsules nebulization nebulizer")
"""After these "inhalation" names a form, not a count: "90 inhalation aerosol"."""
_FRACTIONS = [list(f) for f in ("1/2", "1/4", "3/4", "1/3", "2/3")]
_BASES = words("of base iron fe elemental element elem equiv equivalent salt magnesium calcium zinc potassium")
_GIVEN_SO_MANY = frozenset({"puff", "spray", "drop"})
"""A number of these is a dose: no product is written "2 puffs" for its strength."""
_FEW = frozenset(range(2, 9))
"""Twice the number of tablets that are taken at once: "2 tabs", "1 and a half". So few are no strength."""
_PACKED = frozenset({"tablet", "capsule", "patch", "vial", "packet", "pen", "syringe", "puff", "spray", "drop", "dose"})


@dataclass(frozen=True, slots=True)
class Written:
    """One strength as written: `value` in `unit` (None: a bare number) per `per` of `per_unit`.

    `first` and `last` are token positions; `joined` says that a slash or hyphen ties it to the strength
    before; `shared` that its unit was written once, after the last of the joined numbers ("5-325 mg"); `is_weight` that
    it is known to be what an inhaler weighs.
    """

    value: Decimal
    unit: str | None
    first: int
    last: int
    per: Decimal = Decimal(1)
    per_unit: str | None = None
    joined: bool = False
    shared: bool = False
    aside: bool = False
    is_weight: bool = False

    @property
    def is_package(self) -> bool:
        """Whether it counts or measures a package ("30 tabs", "3 mL", "24 hr") and cannot be a strength."""
        is_part = self.unit == "mL" and self.per_unit in ("mL", "g")  # "0.7 mL/mL" of an antiseptic
        return self.is_weight or self.unit in _PACKED or (self.unit in ("mL", "L", "h", "d", "kg") and not is_part)

    @property
    def density(self) -> Fraction | None:
        """The number per one of `per_unit`; None without one."""
        return Fraction(self.value) / Fraction(self.per) if self.per_unit and self.per else None


def convert(value: Decimal | Fraction, written: str, wanted: str) -> Fraction | None:
    """`value` in another unit, exactly; None when they cannot be compared. Units of delivery are alike."""
    factor = _factor(written, wanted)
    return None if factor is None else Fraction(value) * factor


@cache
def _factor(written: str, wanted: str) -> Fraction | None:
    if written == wanted or (written in ONES and wanted in ONES):
        return Fraction(1)
    if written not in UNITS or wanted not in UNITS:
        return None
    try:
        return Fraction(Amount(Decimal(1), written).to(wanted).value)
    except UnitMismatch:
        # Topicals and eye drops are labelled in percent, and RxNorm counts a millilitre of cream as a gram.
        return {("mL", "g"): Fraction(1), ("g", "mL"): Fraction(1), ("mg", "mL"): Fraction(1, 1000)}.get(
            (written, wanted)
        )


def amounts(tokens: list[Token], taken: Container[int]) -> list[Written]:
    """Every number with what belongs to it: "25 mg", "400 mg/5 mL", "100 units/mL", "5" and "325" of "5/325".

    Numbers that count something else ("#30", "x 7 days", "q 12 h") are left out.
    """
    found: list[Written] = []
    fractions = _fractions(tokens)
    i = 0
    while i < len(tokens):
        if i in taken or i in fractions or not tokens[i].is_number or is_count(tokens, i, i - 1 in taken):
            i += 1
            continue
        previous = found[-1] if found else None
        if based := _based(tokens, i):
            joined = bool(previous and _are_joined(tokens, previous.last, i))
            found += [replace(w, joined=joined) for w in based]
            i = based[-1].last + 1
            continue
        written = _one(tokens, i)
        is_listed = written.unit in _PACKED and (  # "10 mg; 30 tablets", "20 2 caps"
            text_at(tokens, i - 1) == ";" or (tokens[i - 1].is_number and written.value <= MOST_TOGETHER)
        )
        if previous and _are_joined(tokens, previous.last, i) and not is_listed:
            written = replace(written, joined=True)
        found.append(written)
        i = written.last + 1
    return _shared_units(_concentrations(_counted_strength(_without_portions(tokens, found))))


def _based(tokens: list[Token], i: int) -> list[Written]:
    """The two strengths of "108 (90 Base) mcg/act", "325 (65 Fe) mg" or "325 mg (65 mg iron)"."""
    main = _one(tokens, i)
    at = main.last + 1
    if text_at(tokens, at) != "(" or at + 1 >= len(tokens) or not tokens[at + 1].is_number:
        return []
    aside = _one(tokens, at + 1)
    base = aside.last + 1
    while text_at(tokens, base) in _BASES:
        base += 1
    is_bare = main.unit is None and text_at(tokens, base) == ")"  # "3(2.5) MG", "400 (240 Mg) MG"
    is_bare = is_bare and (aside.unit is None or text_at(tokens, base + 1) in UNIT_WORDS)
    if base == aside.last + 1 and not is_bare:
        return []
    aside = _with_per(tokens, replace(aside, last=base - 1))  # "220 mg/5 mL (44 mg elemental iron/5 mL)"
    end = aside.last + 1
    if text_at(tokens, end) != ")":
        return []
    if main.unit is None and end + 1 < len(tokens):
        unit = _with_per(tokens, replace(main, unit=UNIT_WORDS.get(text_at(tokens, end + 1)), last=end + 1))
        if unit.unit:
            return [replace(unit, first=i), replace(unit, value=aside.value, first=aside.first, aside=True)]
    aside = replace(aside, last=end, aside=True)
    if not aside.per_unit:
        aside = _with_per(tokens, aside)  # "3 mg (2.5 mg base)/3 mL"
    return [main if main.per_unit else replace(main, per=aside.per, per_unit=aside.per_unit), aside]


def _counted_strength(found: list[Written]) -> list[Written]:
    """In "prednisone 20 tabs", "5/325 tabs" the number before the form is a strength, as no other can be."""
    joined = {i for i, w in enumerate(found) if w.joined or (i + 1 < len(found) and found[i + 1].joined)}
    counted = [i for i, w in enumerate(found) if w.unit in _PACKED - _GIVEN_SO_MANY and not w.per_unit]
    alone = len(counted) == 1 and all(w.is_package for w in found) and found[counted[0]].value * 2 not in _FEW
    return [replace(w, unit=None) if i in counted and (alone or i in joined) else w for i, w in enumerate(found)]


def _fractions(tokens: list[Token]) -> set[int]:
    """The tokens of "1/2 tab", which is a dose and no strength."""
    found: set[int] = set()
    for i in range(len(tokens) - 3):
        run = [t.text for t in tokens[i : i + 3]]
        if run in _FRACTIONS and (UNIT_WORDS.get(tokens[i + 3].text) in _PACKED or tokens[i + 3].text == "of"):
            found.update(range(i, i + 4))
    return found


def _without_portions(tokens: list[Token], found: list[Written]) -> list[Written]:
    """Without a dose that the text itself makes a part of what stands behind it: "12.5 mg (1/2 of 25 mg)"."""
    for i in range(len(tokens) - 3):
        if [t.text for t in tokens[i : i + 3]] not in _FRACTIONS:
            continue
        part = Fraction(int(tokens[i].text), int(tokens[i + 2].text))
        whole = next((w for w in found if w.first > i), None)
        if whole:
            meant = (part * Fraction(whole.value), whole.unit)
            found = [w for w in found if not (w.last < i and (Fraction(w.value), w.unit) == meant)]
    return found


def _are_joined(tokens: list[Token], last: int, first: int) -> bool:
    between = [t.text for t in tokens[last + 1 : first]]
    if tokens[last].is_number and between in ([","], ["."], [], ["and"], ["or"], ["to"]):
        return True
    between = [t for t in between if t not in ("eq", "base")]
    return bool(between) and all(t in ("/", "-", "+", "&", ";") for t in between)


def _one(tokens: list[Token], i: int) -> Written:
    value, last = number(tokens[i]), i
    if _is_broken_off(tokens, i):
        return Written(value, UNREADABLE, i, i)
    if value == 1 and _is_ratio(tokens, i):
        return Written(Decimal(1000) / number(tokens[i + 2]), "mg", i, i + 2, Decimal(1), "mL")
    if value in _INSULINS and (
        text_at(tokens, i - 1) == "u" or (text_at(tokens, i - 1), text_at(tokens, i - 2)) == ("-", "u")
    ):
        return Written(value, "unit", i, i, Decimal(1), "mL")
    if text_at(tokens, i + 1) in _THOUSANDS and text_at(tokens, i + 2) in UNIT_WORDS:
        value, last = value * _THOUSANDS[text_at(tokens, i + 1)], i + 1
    elif text_at(tokens, i + 1) == "mu":
        times = 1_000 if value >= _SO_MANY_THOUSANDS else 1_000_000
        return _with_per(tokens, Written(value * times, "unit", i, i + 1))
    elif text_at(tokens, i + 1) == "-" and text_at(tokens, i + 2) in UNIT_WORDS and not _starts_per(tokens, i + 3):
        last = i + 1
    unit = UNIT_WORDS.get(text_at(tokens, last + 1))
    if unit == "inhalation" and text_at(tokens, last + 2) in _INHALED_FORMS:
        unit = None
    if unit is None and last == i and _is_smudged(tokens, i):
        return Written(value, UNREADABLE, i, i + 1)
    last = last + 1 if unit else i
    return _with_per(tokens, Written(value, unit, i, last))


def _is_ratio(tokens: list[Token], i: int) -> bool:
    """ "1:1000" or "1 in 1,000", but not "1 in 50 mL"."""
    if i + 2 >= len(tokens) or not tokens[i + 2].is_number:
        return False
    is_bare = number(tokens[i + 2]) >= 1000 and text_at(tokens, i + 3) not in UNIT_WORDS
    return text_at(tokens, i + 1) == ":" or (text_at(tokens, i + 1) == "in" and is_bare)


def _is_smudged(tokens: list[Token], i: int) -> bool:
    """Whether unknown letters touch a number, so that it may be another: "1O mg"."""
    following = _touching(tokens, i, i + 1)
    if following == ".":
        following = _touching(tokens, i + 1, i + 2)
        return following[:1] in _LIKE_DIGITS and _is_unknown(following)
    return bool(following and following.isalpha() and _is_unknown(following))


def _is_broken_off(tokens: list[Token], i: int) -> bool:
    """Whether a letter that looks like a digit touches a number, which may begin with it: "3.l25", "l2 mg"."""
    return _touching(tokens, i, i - 1) in _LIKE_DIGITS


def _touching(tokens: list[Token], i: int, beside: int) -> str:
    """The text of the piece beside another where nothing keeps them apart."""
    if not 0 <= beside < len(tokens):
        return ""
    first, last = sorted((i, beside))
    return tokens[beside].text if tokens[first].end == tokens[last].start else ""


def _is_unknown(word: str) -> bool:
    return not (word in NOISE or word in DIRECTIONS or word in _THOUSANDS or word in UNIT_WORDS or len(word) > 3)


def _starts_per(tokens: list[Token], i: int) -> bool:
    return False if i >= len(tokens) else tokens[i].is_number


def _with_per(tokens: list[Token], written: Written) -> Written:
    """Adds "/mL", "per 5 mL", "/24 hr", "/actuation", which may follow a number or its unit."""
    at = written.last + 1
    if written.unit and text_at(tokens, at) == "base" and text_at(tokens, at + 1) == "/":
        at += 1  # "eq 5 mg base/mL"
    sign = text_at(tokens, at)
    if sign not in ("/", "per", "in", "a"):
        return written
    per_unit = UNIT_WORDS.get(text_at(tokens, at + 1))
    if per_unit == written.unit == "mg":
        return replace(written, last=at + 1, value=written.value * 1000, per_unit="g")
    if per_unit and per_unit != "kg" and _can_be_per(per_unit, written.unit):
        return replace(written, last=at + 1, per_unit=per_unit)
    if at + 1 < len(tokens) and tokens[at + 1].is_number:
        per_unit = "d" if text_at(tokens, at + 2) in _DAYS else UNIT_WORDS.get(text_at(tokens, at + 2))
        if per_unit and per_unit not in ("mg", *ONES) and _can_be_per(per_unit, written.unit):
            return replace(written, last=at + 2, per=number(tokens[at + 1]), per_unit=per_unit)
    return written


def _can_be_per(unit: str, of: str | None) -> bool:
    if unit in ONES:
        return True
    if unit not in UNITS or unit == "%":
        return False
    dimension = UNITS[unit].dimension
    return dimension in ("volume", "time") or (
        dimension == "mass" and of in ("mg", "mcg", "unit") and unit in ("g", "mg")
    )


def _concentrations(found: list[Written]) -> list[Written]:
    """A slash and a volume at the end of joined numbers belongs to all of them: "7.5-325 mg/15 mL"."""
    for i in range(len(found) - 1, 0, -1):
        last = found[i]
        if last.joined and last.per_unit and found[i - 1].per_unit is None:
            found[i - 1] = replace(found[i - 1], per=last.per, per_unit=last.per_unit)
    return found


def _shared_units(found: list[Written]) -> list[Written]:
    """A unit at the end of joined numbers belongs to all of them: "5-325 mg"."""
    for i in range(len(found) - 1, 0, -1):
        last = found[i]
        if last.joined and last.unit and found[i - 1].unit is None and not last.is_package:
            found[i - 1] = replace(found[i - 1], unit=last.unit, shared=True)
    return found

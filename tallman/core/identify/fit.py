"""How well the strengths written in a text fit a product: exact arithmetic, units apart from numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from tallman.core.drug import Product, Strength
from tallman.core.identify.forms import is_container
from tallman.core.identify.one_strength import EQUAL, LABEL, LOOSE, NONE, fit_one
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import Written, convert
from tallman.core.quantity import UNITS

__all__ = ["METERED", "distinct", "fit_of"]

_WEIGHED = frozenset({"g", "mL", "puff", "spray", "inhalation"})
_VOLUMES = frozenset({"mL", "L", "g"})
METERED = frozenset({"puff", "spray", "inhalation", "actuation"})
_SAID_BESIDE = ({"mass", "unit"}, {"mass", "equivalent"})
_ONE_DOSE = ("prefilled syringe", "auto-injector")
_SEVERAL = 2


def fit_of(product: Product, written: list[Written], reading: Reading) -> tuple[int, int]:
    """Whether a product fits the strengths (0: no, 1: yes, 2: its size confirms it), and how well."""
    measures = distinct([w for w in written if not w.is_package])
    volumes = [w for w in written if w.is_package and w.unit == "mL"]
    if len(volumes) == 1 and _is_one_dose(product, volumes[0]) and not _is_size_of(volumes[0], product):
        return (0, 0)
    confirmed = any(_is_size_of(w, product) for w in written if w.is_package)
    grade = _best(product, measures, reading) if measures else LOOSE
    if not grade:
        others = (replace(product, strengths=strengths) for strengths in product.also_written)
        grade = max((min(_most(p), _best(p, measures, reading)) for p in others), default=NONE)
    return (1 + confirmed if grade else 0, grade)


def _most(product: Product) -> int:
    """How well another way to write a strength can fit: the label says a pen's dose too ("Ozempic 1 mg")."""
    return LABEL if product.strengths[0].per.unit == "actuation" else EQUAL


def _best(product: Product, measures: list[Written], reading: Reading) -> int:
    return max(_fit(product, said, reading) for said in _by_base_or_salt(measures, product))


def _by_base_or_salt(measures: list[Written], product: Product) -> list[list[Written]]:
    """The strengths of a combination with the base or the salt of what has both: "0.5 mg-3 mg (2.5 mg base)/3 mL"."""
    if len(product.strengths) == 1 or not any(w.aside for w in measures):
        return [measures]
    salts = {i - 1 for i, w in enumerate(measures) if w.aside}
    return [[w for i, w in enumerate(measures) if i not in salts], [w for w in measures if not w.aside]]


def _is_one_dose(product: Product, volume: Written) -> bool:
    """Whether a volume can only be that of one container: of a syringe, or said before the name, as RxNorm does."""
    return product.form.name in _ONE_DOSE or (product.form.is_filled and volume.first == 0)


def distinct(measures: list[Written]) -> list[Written]:
    """Without those that only repeat another in other units: "0.05 mg (50 mcg)", "500 mg/10 mL (50 mg/mL)", and without
    those of a combination that are written twice: "160-4.5 mcg (Symbicort) 160-4.5 mcg/puff".

    Of two volumes that hold the same the larger is that of the container: "3 mg/0.5 mL (18 mg/3 mL)".
    """
    kept: list[Written] = []
    for w in _second_half(measures) or measures:
        same = None if w.joined else next((i for i, k in enumerate(kept) if _same(w, k)), None)
        if same is None:
            kept.append(w)
        elif w.per_unit == kept[same].per_unit == "mL" and w.per > kept[same].per:
            kept[same] = w
    return kept


def _second_half(measures: list[Written]) -> list[Written]:
    """The second writing of joined strengths that are written twice, which says what they are in; else nothing."""
    half = len(measures) // 2
    first, again = measures[:half], measures[half:]
    if half < _SEVERAL or len(first) != len(again) or again[0].joined or not all(w.joined for w in first[1:]):
        return []
    alike = all(
        a.value == b.value and (a.unit == b.unit or None in (a.unit, b.unit)) for a, b in zip(first, again, strict=True)
    )
    return again if alike and all(w.joined for w in again[1:]) else []


def _same(one: Written, other: Written) -> bool:
    if one.unit is None or other.unit is None:
        return False
    if (per_one := _in_one(one)) is not None and per_one == _in_one(other):
        return True
    if one.unit == other.unit:
        return False
    return one.per_unit == other.per_unit and convert(one.value, one.unit, other.unit) == other.value


def _in_one(written: Written) -> tuple[str, Fraction] | None:
    """What is in one milliliter or gram; None of what is not said per volume or weight."""
    if written.unit == "%":
        return "mg", Fraction(written.value) * 10
    per = convert(written.per, written.per_unit, "mL") if written.per_unit in _VOLUMES else None
    if not per or written.unit is None:
        return None
    milligrams = convert(written.value, written.unit, "mg")
    return ("mg", milligrams / per) if milligrams is not None else (written.unit, Fraction(written.value) / per)


def _is_size_of(written: Written, product: Product) -> bool:
    sizes = list(product.sizes)
    sizes += [s.per for s in product.strengths if s.per.value != 1 or not product.unit_of_use]
    return any(written.unit and convert(written.value, written.unit, size.unit) == size.value for size in sizes)


def _fit(product: Product, measures: list[Written], reading: Reading) -> int:
    if reading.is_whole and len(measures) > 1:
        return _fit_parts(product.strengths[0], measures)
    if len(product.strengths) == 1:
        return _fit_single(product, measures)
    parts = [w for w in measures if not _is_total(w, product)]
    if len(parts) < len(measures):
        return min(EQUAL, _fit(product, parts, reading)) if parts else EQUAL
    if by_name := _by_name(product, measures, reading):
        return min(by_name)
    if len(measures) == 2 and measures[1].joined and _bare_volume(product, measures[1:]):
        return LOOSE if fit_one(product.strengths[0], measures[0], product) else NONE  # "Augmentin 400/5"
    count = len(product.strengths)
    if len(measures) >= count:
        run, rest = measures[:count], measures[count:]
        volume = _bare_volume(product, rest)
        if rest and not volume:
            return NONE
        return max(_in_order(product, run, reading), NONE)
    if any(w.joined for w in measures):
        return NONE
    partly = [max(fit_one(s, w, product) for s in product.strengths) for w in measures]
    return LOOSE if all(partly) else NONE


def _fit_parts(strength: Strength, measures: list[Written]) -> int:
    """The amounts of the parts of one ingredient: together what the label says, or one of them, of enzymes."""
    parts = [convert(w.value, w.unit or strength.amount.unit, strength.amount.unit) for w in measures]
    every, most = sum(filter(None, parts)), max(filter(None, parts), default=0)
    total = most if 2 * most == every else every  # "Adderall 15 3.75/3.75/3.75/3.75"
    if total == strength.amount.value and all(parts) and len(parts) > 2:
        return LABEL
    return EQUAL if strength.amount.unit == "unit" and strength.amount.value in parts else NONE


def _is_total(written: Written, product: Product) -> bool:
    """The 100 units/mL of an insulin of 70 and 30 units/mL."""
    first = product.strengths[0]
    if written.unit != "unit" or any(s.amount.unit != "unit" or s.per != first.per for s in product.strengths):
        return False
    per = written.per if written.per_unit else first.per.value
    total = sum(Fraction(s.amount.value) for s in product.strengths) / Fraction(first.per.value)
    return total == Fraction(written.value) / Fraction(per)


def _fit_single(product: Product, measures: list[Written]) -> int:
    strength = product.strengths[0]
    if len(measures) == 2 and measures[1].joined and _bare_volume(product, measures[1:]):
        return EQUAL if fit_one(strength, measures[0], product) else NONE
    if any(w.joined for w in measures):
        return NONE
    grades = [fit_one(strength, w, product) for w in measures]
    misfits = [w for w, grade in zip(measures, grades, strict=True) if not grade and w.unit]
    if len(misfits) == 1 and _is_a_dose(misfits[0], measures, product):
        return max(grades)
    return max(grades) if all(_says_the_same(w, measures, product) for w in misfits) else NONE


def _is_a_dose(misfit: Written, measures: list[Written], product: Product) -> bool:
    """Whether an amount is what is to be given of a vial or a liquid: "lorazepam 2 mg/mL inj 1 mg IV"."""
    concentration = measures[0]
    follows = misfit is measures[-1] and misfit.first > concentration.last + 1 and not misfit.joined
    is_poured = product.strengths[0].per.unit == "mL" and not is_container(product.form)
    return len(measures) == 2 and follows and is_poured and concentration.per_unit == "mL" and misfit.per_unit is None


def _says_the_same(misfit: Written, measures: list[Written], product: Product) -> bool:
    """Whether a number that does not fit may stand beside one that does.

    The weight of the package; the salt where the product is labelled by its base ("108 (90 Base) mcg"); units
    beside milligrams ("1.25 mg (50000 unit)"); milligrams beside milliequivalents; the percentage of a spray.
    """
    if _is_weight_of_package(misfit, product) or any(w.aside for w in measures):
        return True
    amount, per = product.strengths[0].amount, product.strengths[0].per
    if misfit.unit == "%" and per.unit in METERED:
        return True
    return misfit.unit in UNITS and {UNITS[misfit.unit].dimension, amount.dimension} in _SAID_BESIDE


def _is_weight_of_package(written: Written, product: Product) -> bool:
    """ "30 g" beside the strength of a cream is the tube, "16 g" beside that of a spray the bottle."""
    return written.unit == "g" and written.per_unit is None and product.strengths[0].per.unit in _WEIGHED


def _bare_volume(product: Product, rest: list[Written]) -> bool:
    """The "5" of "400/5" for a liquid of 400 mg/5 mL, the "24" of "0.05/24" for a patch, a syringe's "0.5"."""
    per = product.strengths[0].per
    size = product.unit_of_use
    is_like = len(rest) == 1 and rest[0].unit in (None, per.unit) and per.unit in ("mL", "g", "h")
    return is_like and (
        rest[0].value == per.value or bool(size and size.unit == per.unit and rest[0].value == size.value)
    )


def _by_name(product: Product, measures: list[Written], reading: Reading) -> list[int] | None:
    """Grades when each name is followed by its own strength: "amlodipine 5 mg / benazepril 10 mg"."""
    if len(reading.order) != len(product.strengths) or len(measures) != len(reading.order):
        return None
    strengths = {s.ingredient: s for s in product.strengths}
    ends = [*(end for _, end in reading.order[1:]), 10**6]
    grades = []
    for (name, end), following, w in zip(reading.order, ends, measures, strict=True):
        if not (end <= w.first < following) or name not in strengths:
            return None
        grades.append(fit_one(strengths[name], w, product))
    return grades


def _in_order(product: Product, run: list[Written], reading: Reading) -> int:
    """Strengths listed together, in the order of the names as written or, for a single name, of the label.

    Never in another order: "10/5" of a medicine that comes as 5/10 may as well be a slip in a number.
    """
    by_name = {s.ingredient: s for s in product.strengths}
    named = [by_name[n] for n in reading.ingredients if n in by_name]
    orders: list[Sequence[Strength]] = [named] if len(named) == len(run) else []
    if len(reading.order) < len(run):
        orders.append(product.strengths)
    return max(
        (min(fit_one(s, w, product) for s, w in zip(order, run, strict=True)) for order in orders),
        default=NONE,
    )

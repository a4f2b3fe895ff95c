"""How likely one product is taken for another: the names, and what makes the mistake easy or catches it.

FDA's guidance "Best practices in developing proprietary names for human prescription drug products" (December 2020) has
names that are alike judged together with what else they share: strength, dose, form, route, how they are stored. What
is not known of either product is said and left out, never taken for a difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.pairs import KnownPairs
from tallman.core.lookalike.similarity import Similarity, similarity
from tallman.core.quantity import Amount

__all__ = ["HIGH", "Risk", "Shelf", "confusion_risk", "shelf_of"]

_KNOWN = 0.85
"""Names that were mistaken for each other count as at least so much alike."""
_NAMES_ALONE = 0.6
"""What is left of the risk when nothing but the names is shared."""
_NEIGHBOURS = 3
_ALIKE = 0.6
HIGH, MODERATE = 0.57, 0.43
"""At 0.57 hydrocodone and hydromorphone tablets are at high risk, prednisone and prednisolone well above."""


@dataclass(frozen=True, slots=True)
class Risk:
    """The risk from 0 to 1, the reasons in words, the weightiest first, and what could not be compared."""

    score: float
    reasons: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        """ "high", "moderate" or "low"."""
        return "high" if self.score >= HIGH else "moderate" if self.score >= MODERATE else "low"


class Shelf:
    """The names of what stands on a shelf, in the order of the alphabet."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name.lower() for name in names})

    def apart(self, one: str, other: str) -> int:
        """How many places lie between two names: 1 when one would stand beside the other."""
        places = sorted(bisect_left(self._names, name.lower()) for name in (one, other))
        return max(1, places[1] - places[0])


@lru_cache(maxsize=2)
def shelf_of(knowledge: Knowledge) -> Shelf:
    """A shelf with every product on record."""
    return Shelf(_name(product) for product in knowledge.records.products)


def confusion_risk(
    one: Product, other: Product, knowledge: Knowledge, *, pairs: KnownPairs | None = None, shelf: Shelf | None = None
) -> Risk:
    """How likely `one` is taken for `other`.

    `pairs` are known pairs, a pharmacy's own among them (those of the knowledge when left out); `shelf` is what the
    pharmacy has on its shelf (every product on record when left out).
    """
    alike, reasons = _names(one, other, pairs or _known(knowledge))
    compared = {what: compare(one, other, knowledge) for what, compare in _CIRCUMSTANCES.items()}
    compared["shelf"] = _side_by_side(one, other, shelf or shelf_of(knowledge))
    known = {what: found for what, found in compared.items() if found is not None}
    shared = sum(_COUNTS[what] for what, (is_shared, _) in known.items() if is_shared) / sum(
        _COUNTS[what] for what in known
    )
    score = alike * (_NAMES_ALONE + (1 - _NAMES_ALONE) * shared)
    said = sorted((what for what in known if known[what][1]), key=lambda what: -_COUNTS[what])
    unknown = tuple(what for what, found in compared.items() if found is None)
    return Risk(score, (*reasons, *(known[what][1] for what in said)), unknown)


def _name(product: Product) -> str:
    return product.brand or " / ".join(product.ingredients)


@lru_cache(maxsize=2)
def _known(knowledge: Knowledge) -> KnownPairs:
    return KnownPairs(knowledge.records.lookalikes)


def _names(one: Product, other: Product, pairs: KnownPairs) -> tuple[float, list[str]]:
    """How alike the names are by which two products are asked for, and what is known of them."""
    if set(one.ingredients) == set(other.ingredients):
        return 1.0, [f"Both are {' / '.join(one.ingredients)}."]
    best, reasons = 0.0, []
    for mine in dict.fromkeys((_name(one), " / ".join(one.ingredients))):
        for its in dict.fromkeys((_name(other), " / ".join(other.ingredients))):
            alike = similarity(mine, its)
            known = pairs.find(mine, its)
            score = max(alike.score, _KNOWN) if known else alike.score
            if score > best:
                best = score
                reasons = [f"{mine} and {its} are {_how(alike)}."]
                if known:
                    reasons.append(f"They were mistaken for each other before: {'; '.join(map(str, known.sources))}.")
    return best, reasons


def _how(alike: Similarity) -> str:
    parts = {
        "spelling": alike.spelling,
        "sound": alike.sound,
        "beginning": alike.beginning,
        "ending": alike.ending,
    }
    said = [part for part, value in parts.items() if value >= _ALIKE]
    if not said:
        return "not much alike"
    return f"alike in {', '.join(said[:-1])}{' and ' if said[1:] else ''}{said[-1]}"


Compared = tuple[bool, str] | None
"""Whether something is shared, and how that is said; None when it is not known."""


def _strength(one: Product, other: Product, _: Knowledge) -> Compared:
    if not one.strengths or not other.strengths:
        return None
    mine, its = ([f"{s.amount.value.normalize():f}" for s in p.strengths] for p in (one, other))
    if mine == its:
        return True, f"Both are {' / '.join(mine)} by the figures."
    if [_digits(m) for m in mine] == [_digits(i) for i in its]:
        return True, f"{' / '.join(mine)} and {' / '.join(its)} differ by a nought or a point."
    return False, ""


def _digits(figure: str) -> str:
    return figure.replace(".", "").strip("0")


def _form(one: Product, other: Product, _: Knowledge) -> Compared:
    is_shared = one.form.name == other.form.name or one.form.unit == other.form.unit
    return is_shared, f"Both are counted in {one.form.unit}s." if is_shared else ""


def _route(one: Product, other: Product, _: Knowledge) -> Compared:
    if not one.form.routes or not other.form.routes:
        return None
    is_shared = not set(one.form.routes).isdisjoint(other.form.routes)
    return is_shared, f"Both are given by the {one.form.routes[0]} route." if is_shared else ""


def _schedule(one: Product, other: Product, _: Knowledge) -> Compared:
    if one.schedule == other.schedule:
        return True, f"Both are {one.schedule}." if one.schedule else ""
    return False, f"Only one of them is {one.schedule or other.schedule}." if not (
        one.schedule and other.schedule
    ) else ""


def _usual_dose(one: Product, other: Product, knowledge: Knowledge) -> Compared:
    mine, its = _most_a_day(one, knowledge), _most_a_day(other, knowledge)
    if mine is None or its is None:
        return None
    fits = _within(one.strengths[0].amount, its), _within(other.strengths[0].amount, mine)
    if all(fits):
        return True, "One unit of either is within a day's dose of the other."
    return False, ""


def _most_a_day(product: Product, knowledge: Knowledge) -> Amount | None:
    """The most of a single ingredient that an adult is given a day by the route of the product."""
    if len(product.ingredients) != 1:
        return None
    limits = (
        limit.usual_daily_max or limit.daily_max
        for limit in knowledge.limits_of.get(product.ingredients[0], ())
        if not limit.per_kg and not limit.age_under and not set(limit.routes).isdisjoint(product.form.routes)
    )
    return next(filter(None, limits), None)


def _within(amount: Amount, most: Amount) -> bool:
    return amount.dimension == most.dimension and amount.to(most.unit).value <= most.value


def _side_by_side(one: Product, other: Product, shelf: Shelf) -> Compared:
    is_shared = shelf.apart(_name(one), _name(other)) <= _NEIGHBOURS
    return is_shared, "They stand side by side on the shelf." if is_shared else ""


_CIRCUMSTANCES: dict[str, Callable[[Product, Product, Knowledge], Compared]] = {
    "strength": _strength,
    "form": _form,
    "route": _route,
    "usual dose": _usual_dose,
    "schedule": _schedule,
}
_COUNTS = {"strength": 30, "form": 15, "route": 15, "usual dose": 15, "schedule": 10, "shelf": 15}
"""What each circumstance counts beside the others; set by judgement, for nobody has counted them."""

"""By which of the routes that a form is made for a medicine is given: insulin goes under the skin."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.drug import Product
from tallman.core.identify.vocabulary import words
from tallman.core.knowledge import Knowledge
from tallman.core.routes import INJECTED, route_in

__all__ = ["route_of"]

_DEPOTS = words("decanoate enanthate cypionate undecanoate valerate benzathine procaine pamoate")
"""Salts in oil or in crystals, which kill in a vein."""
_FOR_VEINS = frozenset({"glucose"})
"""Of which no doses are on record, and which are injected nowhere else."""
_BY_NEEDLE = INJECTED | {"intrathecal", "epidural", "intravitreal"}
_INTO_THE_EYE, _ROOM_IN_IT = "intravitreal", Decimal("0.1")


def route_of(text: str, product: Product, knowledge: Knowledge) -> tuple[str | None, str | None]:
    """The route that a text says, or the usual one where it says none; and what speaks against the one it says."""
    said, form, made = route_in(text), product.form, _made_for(product, knowledge)
    if said is None or (said == "topical" and "transdermal" in made):  # A patch is applied topically.
        return _usual_route(product, knowledge), None
    is_other_needle = said in _BY_NEEDLE and said not in form.routes and not INJECTED.isdisjoint(form.routes)
    limits = (limit for name in product.ingredients for limit in knowledge.limits_of.get(name, ()))
    if said in made or (is_other_needle and any(said in limit.routes for limit in limits)):
        return said, None
    return None, f"it is written as {said}, and made for {' or '.join(made)} use"


def _usual_route(product: Product, knowledge: Knowledge) -> str | None:
    """The route of the form; of an injection the one by which doses of every ingredient are on record.

    None where the form says none, of what may go into a vein or elsewhere, be it no syringe for under the skin, and of
    what is on record both under the skin and into a muscle, be it no depot in a vial or a pen.
    """
    made = _made_for(product, knowledge)
    if not made or made[0] not in INJECTED:
        return made[0] if made else None
    recorded = _recorded(product, knowledge)
    is_one_way = _is_depot(product) and product.form.name != "prefilled syringe"
    ways = [r for r in made if all(r in routes for routes in recorded)]
    if recorded and not ways and product.form.name != "pen injector":
        ways = sorted(frozenset.intersection(*recorded))  # Propofol is called a suspension, and goes into a vein.
    if recorded and {"subcutaneous", "intramuscular"}.issubset(ways) and not is_one_way:
        return None
    is_for_skin = made[0] == "subcutaneous" and ways[:1] == ["subcutaneous"] and len(ways) < len(INJECTED)
    return ways[0] if len(ways) == 1 or is_for_skin or (ways and "intravenous" not in ways) else None


def _is_for_an_eye(product: Product, knowledge: Knowledge) -> bool:
    """Whether there is no more of it than goes into an eye, and doses for there are on record."""
    if not all(s.per.unit == "mL" and s.per.value <= _ROOM_IN_IT for s in product.strengths):
        return False
    limits = (limit for name in product.ingredients for limit in knowledge.limits_of.get(name, ()))
    return any(_INTO_THE_EYE in limit.routes for limit in limits)


def _made_for(product: Product, knowledge: Knowledge) -> list[str]:
    if _is_for_an_eye(product, knowledge):
        return [_INTO_THE_EYE]
    return [r for r in product.form.routes if not (r == "intravenous" and _is_depot(product))]


def _is_depot(product: Product) -> bool:
    return not _DEPOTS.isdisjoint(product.salt.split())


def _recorded(product: Product, knowledge: Knowledge) -> list[frozenset[str]]:
    """The routes of injection by which doses of each ingredient are on record, of those of which any is."""
    if _FOR_VEINS.issuperset(product.ingredients):
        return [frozenset({"intravenous"})]
    limits = (frozenset(r for x in knowledge.limits_of.get(n, ()) for r in x.routes) for n in product.ingredients)
    return [routes & INJECTED for routes in limits if not routes.isdisjoint(INJECTED)]

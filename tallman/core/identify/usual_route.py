"""By which of the routes that a form is made for a medicine is given: insulin goes under the skin."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.drug import DoseForm
from tallman.core.identify.vocabulary import words
from tallman.core.knowledge import Knowledge
from tallman.core.routes import INJECTED, route_in

__all__ = ["route_of", "usual_route"]

_DEPOTS = words("decanoate enanthate cypionate undecanoate valerate benzathine procaine pamoate")
"""Salts in oil or in crystals, which kill in a vein."""
_BY_NEEDLE = INJECTED | {"intrathecal", "epidural"}


def usual_route(form: DoseForm | None, ingredients: Iterable[str], knowledge: Knowledge, salt: str = "") -> str | None:
    """The route of the form; of an injection the one by which doses of every ingredient are on record.

    None where the form is unknown or says none, and of what may go into a vein or elsewhere, unless it is a syringe for
    under the skin.
    """
    if form is None or not form.routes:
        return None
    if form.routes[0] not in INJECTED:
        return form.routes[0]
    recorded = _recorded(ingredients, knowledge)
    made = _made_for(form, salt)
    ways = [r for r in made if all(r in routes for routes in recorded)]
    if recorded and not ways and form.name != "pen injector":  # Propofol is called a suspension, and goes into a vein.
        ways = sorted(frozenset.intersection(*recorded))
    is_for_skin = form.routes[0] == "subcutaneous" and ways[:1] == ["subcutaneous"] and len(ways) < len(INJECTED)
    return ways[0] if len(ways) == 1 or is_for_skin or (ways and "intravenous" not in ways) else None


def route_of(
    text: str, form: DoseForm, ingredients: Iterable[str], knowledge: Knowledge, salt: str = ""
) -> tuple[str | None, str | None]:
    """The route that a text says, or the usual one where it says none; and what speaks against the one it says."""
    said, named = route_in(text), list(ingredients)
    if said is None:
        return usual_route(form, named, knowledge, salt), None
    made = _made_for(form, salt)
    is_other_needle = said in _BY_NEEDLE and said not in form.routes and not INJECTED.isdisjoint(form.routes)
    is_recorded = any(said in limit.routes for name in named for limit in knowledge.limits_of.get(name, ()))
    if said in made or (is_other_needle and is_recorded):
        return said, None
    return None, f"it is written as {said}, and made for {' or '.join(made)} use"


def _made_for(form: DoseForm, salt: str) -> list[str]:
    is_depot = not _DEPOTS.isdisjoint(salt.split())
    return [r for r in form.routes if not (is_depot and r == "intravenous")]


def _recorded(ingredients: Iterable[str], knowledge: Knowledge) -> list[frozenset[str]]:
    """The routes of injection by which doses of each ingredient are on record, of those of which any is."""
    limits = (frozenset(r for x in knowledge.limits_of.get(name, ()) for r in x.routes) for name in ingredients)
    return [routes & INJECTED for routes in limits if not routes.isdisjoint(INJECTED)]

"""By which of the routes that a form is made for a medicine is usually given: insulin goes under the skin."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.drug import DoseForm
from tallman.core.knowledge import Knowledge

__all__ = ["usual_route"]

_INJECTED = frozenset({"subcutaneous", "intramuscular", "intravenous"})


def usual_route(form: DoseForm | None, ingredients: Iterable[str], knowledge: Knowledge) -> str | None:
    """The first route of the form; of an injection the first by which doses of every ingredient are on record.

    None where the form is unknown or says none.
    """
    if form is None or not form.routes:
        return None
    if form.routes[0] not in _INJECTED:
        return form.routes[0]
    limits = [{r for x in knowledge.limits_of.get(name, ()) for r in x.routes} for name in ingredients]
    spoken = [routes for routes in limits if not routes.isdisjoint(form.routes)]
    return next((r for r in form.routes if all(r in routes for routes in spoken)), form.routes[0])

"""Why lines were matched, and how sure that is."""

from __future__ import annotations

from tallman.core.reconciliation.difference import Match
from tallman.core.reconciliation.groups import Group

__all__ = ["match_of"]


def match_of(group: Group) -> Match:
    """The match that a group stands for."""
    left, right = group.left or group.off, group.right or group.off
    if not (group.left and group.right) and not group.left:
        left = ()  # What is no longer taken is no counterpart of an order.
    items = (*left, *right)
    why = [i.guess for i in items if i.guess]
    confidence = 60 if why else 95
    if group.is_substitution:
        why.append("another medicine of the same kind is ordered in its place")
        confidence = 70
    elif len({i.names for i in items}) > 1:
        why.append("a combination against its parts: the ingredients are the same")
        confidence = min(confidence, 85)
    elif not items[0].is_known:
        why.append("the name is written alike; the medicine was not recognised")
        confidence = 50
    else:
        why.append("the same ingredient" if len(items[0].names) == 1 else "the same ingredients")
        brands = {(i.medicine.product.brand if i.medicine.product else i.medicine.brand) for i in items}
        if len(brands) > 1:
            why.append("one is written by its brand" if None in brands else "the brands differ")
    if len(group.right) > 1 or len(group.believed) > 1:
        why.append("several lines make it up")
    return Match(
        tuple(i.line for i in left), tuple(i.line for i in right), tuple(why), confidence,
        tuple(i.line for i in group.believed),
    )  # fmt: skip

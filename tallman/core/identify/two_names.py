"""Two names with a strength each, which are one medicine or two on a line."""

from __future__ import annotations

from tallman.core.drug import Product
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.match import products_of
from tallman.core.identify.text import Token
from tallman.core.knowledge import Knowledge

__all__ = ["may_be_two"]

_PIECES = ("tablet", "capsule")


def may_be_two(product: Product, said: Evidence, tokens: list[Token], knowledge: Knowledge) -> bool:
    """Whether each of two names has its own strength, nothing joins them, and both come alone in it too.

    "losartan 50 and hctz 12.5" is a combination or two tablets.
    """
    order = said.reading.order
    if product.form.unit not in _PIECES or len(order) != len(product.strengths) or len(order) < 2:
        return False
    between = range(order[0][1], order[1][1])
    if not any(w.first in between for w in said.measures) or any(tokens[i].text in ("/", "-", "+") for i in between):
        return False
    alone = {s.ingredient: products_of((s.ingredient,), knowledge) for s in product.strengths}
    return all(
        any(p.form.unit in _PIECES and p.strengths[0].amount == s.amount for p in alone[s.ingredient])
        for s in product.strengths
    )

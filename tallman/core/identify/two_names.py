"""Names with a strength each: one medicine, two on a line, or a part that could not be read."""

from __future__ import annotations

from tallman.core.drug import Product
from tallman.core.identify.evidence import Evidence
from tallman.core.identify.match import products_of
from tallman.core.identify.text import Token
from tallman.core.knowledge import Knowledge

__all__ = ["has_another_part", "may_be_two"]

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


def has_another_part(said: Evidence, tokens: list[Token], knowledge: Knowledge) -> bool:
    """Whether a word that could not be read has a strength of its own, where more are written than names.

    The zinc of "calamine 4 mg/mL / zrnc oxide 4 mg/mL"; without a unit the beginning of a name: "asa 81, atorva 40".
    """
    measures = [w for w in said.written if not w.is_package and not w.aside]
    if len(measures) <= len(said.reading.ingredients) or said.reading.is_whole:
        return False
    unread = said.unread_words(3)
    ends = {b for a, b in said.unread if any(a <= first < b for first, _ in unread)}
    words = {said.text[a:b].lower(): b for a, b in unread if b - a > 3}
    begun = {b for word, b in words.items() if any(name.startswith(word) for name in knowledge.ingredients)}
    return any(w.first and tokens[w.first - 1].end in (ends if w.unit else begun) for w in measures)

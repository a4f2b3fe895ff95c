"""The four letters that tell biological medicines apart: "bevacizumab-bvzr" is not what bevacizumab alone is."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.drug import Product
from tallman.core.identify.hit import Hit
from tallman.core.identify.text import Token
from tallman.core.identify.vocabulary import RELEASE_KINDS
from tallman.core.knowledge import Knowledge

__all__ = ["is_suffix", "of_suffix", "suffix_of", "without_suffix"]

_BIOLOGICS = ("mab", "cept", "stim", "alfa", "beta", "glargine", "aspart", "lispro", "tropin", "ase", "tide")
"""Ends of the names of biological medicines."""
_LENGTH = 4


def is_suffix(tokens: list[Token], i: int, names: Iterable[str]) -> bool:
    """Whether four letters hang on a name, by a hyphen without space, and the name is a biological medicine's."""
    if i < 2 or len(tokens[i].text) != _LENGTH or tokens[i - 1].text != "-" or not tokens[i].is_word:
        return False
    is_tight = tokens[i - 2].end == tokens[i - 1].start and tokens[i - 1].end == tokens[i].start
    return is_tight and any(name.endswith(_BIOLOGICS) for name in names)


def suffix_of(tokens: list[Token], hits: list[Hit]) -> tuple[str, frozenset[int]]:
    """The suffix that is written of the one biological medicine of a text, and its tokens; "" without any."""
    found = [
        i
        for h in hits
        for i in range(h.first + 2, min(h.end + 2, len(tokens)))
        if tokens[i - 2].text.endswith(_BIOLOGICS) and is_suffix(tokens, i, h.ingredients)
    ]
    return (tokens[found[0]].text, frozenset({found[0] - 1, found[0]})) if len(found) == 1 else ("", frozenset())


def of_suffix(products: list[Product], suffix: str, knowledge: Knowledge) -> list[Product]:
    """The products of that suffix; all where the medicine has no other (emicizumab-kxwh), none where it has."""
    if not suffix or not products:
        return products
    own = [p for p in products if p.salt == suffix]
    known = _suffixes(products[0].ingredients[0], knowledge)
    is_only_one = known == {suffix} and not any(p.salt in known for p in products)
    return products if not own and is_only_one else own


def without_suffix(products: list[Product], knowledge: Knowledge) -> list[Product]:
    """Without those of a suffix, or made in a way, that is not written, where others fit as well."""
    return [p for p in products if not _is_marked(p, knowledge)] or products


def _is_marked(product: Product, knowledge: Knowledge) -> bool:
    if product.salt in RELEASE_KINDS:
        return product.form.release == "extended"  # Modified cyclosporine is another medicine, not another tablet.
    return product.salt in _suffixes(product.ingredients[0], knowledge)


def _suffixes(name: str, knowledge: Knowledge) -> set[str]:
    written = (n.rpartition("-") for n in knowledge.ingredients[name].synonyms)
    return {end for start, _, end in written if len(end) == _LENGTH and start.endswith(_BIOLOGICS)}

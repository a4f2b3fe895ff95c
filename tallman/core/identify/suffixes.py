"""The four letters that tell biological medicines apart: "bevacizumab-bvzr" is not what bevacizumab alone is."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.drug import Product
from tallman.core.identify.hit import Hit
from tallman.core.identify.text import Token
from tallman.core.identify.vocabulary import RELEASE_KINDS
from tallman.core.knowledge import Knowledge

__all__ = ["is_suffix", "of_suffix", "of_the_brand", "suffix_of", "suffix_of_brand", "without_suffix"]

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
        for i in range(h.first + 1, min(h.end + 2, len(tokens)))
        if _is_in_name(tokens, i, h)
        or (tokens[i - 2].text.endswith(_BIOLOGICS) and is_suffix(tokens, i, h.ingredients))
    ]
    if len(found) != 1:
        return "", frozenset()
    first = found[0] - 1 if tokens[found[0] - 1].text == "-" else found[0]
    return tokens[found[0]].text, frozenset({first, found[0]})


def _is_in_name(tokens: list[Token], i: int, hit: Hit) -> bool:
    """Whether a name on record ends with the four letters, however they are set off: "bevacizumab - bvzr"."""
    if i != hit.end - 1 or not tokens[i].is_word or len(tokens[i].text) != _LENGTH:
        return False
    before = i - 2 if tokens[i - 1].text == "-" else i - 1
    is_after_name = before >= hit.first and tokens[before].text.endswith(_BIOLOGICS)
    return is_after_name and not any(tokens[i].text in name.lower().split() for name in hit.ingredients)


def of_the_brand(products: list[Product], brand: str | None) -> list[Product]:
    """The products of a brand, whatever their pens are called besides: "Lantus", "Lantus SoloStar"."""
    name = (brand or "").lower()
    return [p for p in products if name and f"{p.brand} ".lower().startswith(f"{name} ")]


def suffix_of_brand(products: list[Product], brand: str | None, knowledge: Knowledge) -> str:
    """The one suffix that products of a brand have: "denosumab (Jubbonti)" is not what denosumab alone is."""
    own = of_the_brand(products, brand)
    found = {p.salt for p in own} & _suffixes(own[0].ingredients[0], knowledge) if own else set()
    return found.pop() if len(found) == 1 else ""


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
    named = {end for start, _, end in written if len(end) == _LENGTH and start.endswith(_BIOLOGICS)}
    made = knowledge.products_of.get(name, ()) if name.endswith(_BIOLOGICS) else ()
    return named | {p.salt for p in made if len(p.salt) == _LENGTH}

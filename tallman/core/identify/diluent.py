"""What a medicine is dissolved in, which is no ingredient of it: "vancomycin 1 g in NS 250 mL", "heparin … D5W"."""

from __future__ import annotations

from tallman.core.identify.hit import Hit
from tallman.core.identify.names import NameIndex
from tallman.core.identify.text import JOINERS, Token

__all__ = ["without_diluent"]

_DILUENTS = frozenset({"sodium chloride", "glucose", "water for injection", "lactated Ringer's"})
_SALINE = frozenset({"ns", "nss"})
_MEASURED = frozenset({"iodine"})
"""What a strength is counted in: "350 mg iodine/mL" is a strength of a contrast medium."""


def without_diluent(tokens: list[Token], hits: list[Hit], index: NameIndex) -> tuple[list[Hit], set[int]]:
    """The names but for one of a diluent that follows another medicine, and the tokens that speak of the diluent.

    Potassium chloride in glucose is sold as that and stays; so does what a slash or hyphen joins.
    """
    last = hits[-1] if hits else None
    if last and len(hits) > 1 and _is_measured(last, tokens):
        return hits[:-1], {*range(last.first, last.end)}
    if last is None or len(hits) < 2 or not _is_diluent(last) or any(map(_is_diluent, hits[:-1])):
        saline = {i for h in hits for i in range(h.end + 1, len(tokens)) if tokens[i].text in _SALINE}
        return hits, {j for i in saline if tokens[i - 1].text == "in" for j in (i - 1, i)}
    names = {n for h in hits for o in h.options for n in o.meaning.ingredients}
    before = tokens[last.first - 1].text
    is_with = before == "with" or [t.text for t in tokens[last.first - 2 : last.first]] == ["w", "/"]
    if frozenset(names) in index.combinations or (before in JOINERS and not is_with):
        return hits, set()
    end = last.end
    while end < len(tokens) and (tokens[end].is_number or tokens[end].text == "%") and end < last.end + 2:
        end += 1
    is_percent = end == last.end + 2 and tokens[end - 1].text == "%"
    first = last.first - (before == "in")
    return hits[:-1], {*range(first, end if is_percent else last.end)}


def _is_diluent(hit: Hit) -> bool:
    return all(_DILUENTS.issuperset(o.meaning.ingredients) for o in hit.options)


def _is_measured(hit: Hit, tokens: list[Token]) -> bool:
    """Whether it stands between the unit and the volume of a strength."""
    is_behind_unit = tokens[hit.first - 1].text in ("mg", "of")
    return is_behind_unit and all(_MEASURED.issuperset(o.meaning.ingredients) for o in hit.options)

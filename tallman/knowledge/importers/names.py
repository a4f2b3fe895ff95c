"""The names that releases know, of what no product is on record too: what a medicine can be mistaken for."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator

from tallman.core.knowledge import ReleaseName
from tallman.core.lookalike.names import written
from tallman.knowledge.importers.facts import Listing, Ratings, RxNorm

__all__ = ["names_of_releases"]

Called = Callable[[str], str | None]
"""What we call an ingredient by any of its names; None when it is none of ours."""


def names_of_releases(
    rxnorm: RxNorm | None, ratings: Ratings | None, listings: Iterable[Listing], called: Called
) -> Iterator[tuple[str, ReleaseName]]:
    """Every name with what it is of, the surest source of a name first."""
    if rxnorm:
        yield from _of_rxnorm(rxnorm, called)
    for x in {(x.name, x.generic, x.substances, x.finished): x for x in listings}.values():
        yield from _of_product(x.name, x.generic, x.substances, called, is_sold=x.finished)
    for name, ingredients in ratings.names if ratings else ():
        yield from _of_product(name, "", ingredients, called, is_sold=False)


def _of_rxnorm(facts: RxNorm, called: Called) -> Iterator[tuple[str, ReleaseName]]:
    named = facts.ingredients
    for name in named.values():
        yield name, ReleaseName(_called([name], called))
    for name, base in facts.salts.values():
        yield name, ReleaseName(_called([named.get(base, name)], called))
    for name, codes in facts.brands.items():
        yield name, ReleaseName(_called((named[c] for c in codes if c in named), called), is_brand=True, is_sold=True)
    for name in facts.mixtures:
        yield name, ReleaseName(_called(name.split(" / "), called))


def _of_product(
    name: str, generic: str, ingredients: str, called: Called, *, is_sold: bool
) -> Iterator[tuple[str, ReleaseName]]:
    """The name of a product, which may be that of what is in it, and those of what is in it."""
    parts = [part.strip() for part in ingredients.lower().split(";")]
    made_of = _called(parts, called)
    is_brand = bool(name) and written(name).head not in {written(n).head for n in (*parts, generic, ingredients)}
    yield _cased(name) if is_brand else name.lower(), ReleaseName(made_of, is_brand, is_sold=is_brand and is_sold)
    yield generic.lower(), ReleaseName(made_of)
    for part in parts:
        yield part, ReleaseName(_called([part], called))


def _called(names: Iterable[str], called: Called) -> tuple[str, ...]:
    """Ingredients as we call them, also those of which we have another salt."""
    return tuple(dict.fromkeys(called(n) or called(written(n).head) or n for n in names if n))


def _cased(name: str) -> str:
    """A brand not in capitals, as Drugs@FDA has them all."""
    return string.capwords(name) if name.isupper() else name

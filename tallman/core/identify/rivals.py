"""Names that are nearly the written one, and have the strength that the written one lacks."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.identify.evidence import Evidence
from tallman.core.identify.hit import SHORT
from tallman.core.identify.match import match
from tallman.core.identify.names import index_of
from tallman.core.identify.spelling import around, begins, close, ending
from tallman.core.identify.text import Token
from tallman.core.knowledge import Knowledge

__all__ = ["rivals"]

_MOST = 4


def rivals(said: Evidence, tokens: list[Token], knowledge: Knowledge) -> tuple[str, ...]:
    """The medicines that the only name of a text may be a slip of, because a product of theirs fits what is written.

    "Penetrexd 850 mg/34 mL" is near Penetrex, and only pemetrexed is made so. Nothing without a strength in its unit.
    """
    named = [t for i, t in enumerate(tokens) if i in said.reading.taken and t.is_word]
    if len(named) != 1 or not said.measures or any(w.unit is None for w in said.measures):
        return ()
    index = index_of(knowledge)
    word = named[0].text
    if said.reading.kind == SHORT:  # "lexa 20 mg": of Lexapro, or what is left of Celexa.
        near = (*ending(word, index), *close(word, index))
        words = dict.fromkeys(w for w in near if not w.startswith(word))  # What begins so is read already.
    else:
        further = around(word, index) if said.reading.distance else []  # "hexaren 10,000 units/mL" is no Hexalen.
        words = dict.fromkeys((*close(word, index), *begins(word, index), *further))
    meanings = (m for word in words for key in index.first_words.get(word, ()) for m in index.names[key] if m.is_held)
    found = dict.fromkeys(m.ingredients for m in meanings if not {*said.reading.ingredients} <= {*m.ingredients})
    fitting = [" / ".join(parts) for parts in found if _fits(parts, said, knowledge)]
    return tuple(fitting[:_MOST])


def _fits(ingredients: tuple[str, ...], said: Evidence, knowledge: Knowledge) -> bool:
    reading = replace(
        said.reading, ingredients=ingredients, brand=None, product=None, salts=frozenset(), order=(), foreign=()
    )
    return bool(match(replace(said, reading=reading, _fits={}), knowledge).matched)

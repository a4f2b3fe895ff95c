"""What a text says beside the names in it: strengths, words of form, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace

from tallman.core.drug import Ingredient, Product
from tallman.core.identify.fit import METERED, distinct, fit_of
from tallman.core.identify.forms import FORM_WORDS, RELEASES, FormDemands, demands
from tallman.core.identify.one_strength import fit_one
from tallman.core.identify.reading import Reading
from tallman.core.identify.strengths import GIVEN, Written, amounts
from tallman.core.identify.text import Token
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import DIRECTIONS, LABELERS, NOISE, words
from tallman.core.knowledge import Knowledge
from tallman.core.routes import SHORT_ROUTES, is_into_the_spine, route_in

__all__ = ["Evidence", "evidence_for", "unread_spans"]

_SETTLED = NOISE | LABELERS
_LETTERS = re.compile(r"(?<!\S)[^\W\d_]+(?!\S)")
_HOW_OFTEN = words(
    "daily once twice every each bid tid qid bd tds qds nocte mane qd qday qhs qam qpm hs prn am nightly weekly bedtime"
)
_FORMS_IN_NAMES = words("hfa mdi neb nebs inhaler patch spray")
"""They say the form even where an abbreviation is written with them: "alb hfa", "nitro patch"."""
_DAYS_OF_A_CYCLE = (21, 28)
_ESTROGENS_OF_PILLS = frozenset({"ethinyl estradiol", "mestranol", "estetrol", "estradiol valerate"})
_TUBE = 5
"""Grams from which on they are those of a tube, where something is measured by the gram."""
_FORMS_AFTER_FOR = FORM_WORDS.keys() | {"injectable", "reconstitution"}


@dataclass(frozen=True)
class Evidence:
    """One reading of the names of a text and all that is written beside them.

    `directions_at` is where directions begin in the text; `is_beyond_record` says that strengths are written of what is
    recorded without any (vaccines).
    """

    text: str
    reading: Reading
    written: list[Written]
    forms: FormDemands
    unread: tuple[tuple[int, int], ...] = ()
    directions_at: int = 10**6
    is_beyond_record: bool = False
    _fits: dict[object, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def measures(self) -> list[Written]:
        """The strengths, without what counts or measures a package."""
        return distinct([w for w in self.written if not w.is_package])

    @property
    def has_bare_number(self) -> bool:
        """Whether a strength has no unit, nor what it is in."""
        return any(w.unit is None and w.per_unit is None for w in self.written)

    def leaves_a_word(self, shortest: int = 2) -> bool:
        """Whether a word of so many letters was not read, before directions begin."""
        return bool(self.unread_words(shortest))

    def unread_words(self, shortest: int) -> list[tuple[int, int]]:
        """Where the words of so many letters stand that were not read, before directions begin."""
        words = [(a + m.start(), a + m.end()) for a, b in self.unread for m in _LETTERS.finditer(self.text[a:b])]
        return [
            (a, b)
            for a, b in words
            if b - a >= shortest and a < self.directions_at and self.text[a:b].lower() not in DIRECTIONS
        ]

    def with_measures(self, measures: list[Written]) -> Evidence:
        """The same with the strengths in another order, before what counts or measures a package."""
        packages = [w for w in self.written if w.is_package]
        return replace(self, written=[*measures, *packages], _fits={})

    def fit(self, product: Product) -> tuple[int, int]:
        """How well a product fits the strengths (see `fit_of`), worked out once for all that are made alike."""
        found = self._fits.get(product.id)
        if found is None:
            made = (product.strengths, product.form, product.unit_of_use, product.also_written)
            if (found := self._fits.get(made)) is None:
                found = self._fits[made] = fit_of(product, self.written, self.reading)
            self._fits[product.id] = found
        return found


def evidence_for(text: str, tokens: list[Token], reading: Reading, knowledge: Knowledge) -> Evidence:
    """What the tokens that are no part of a name say."""
    written = said = amounts(tokens, reading.taken)
    given = {w.last for w in written if w.per_unit in GIVEN}  # "10 mg/inh" says nothing of how it is inhaled.
    is_named = reading.brand or reading.product
    telling = {i for i in reading.taken if not is_named and tokens[i].text in _FORMS_IN_NAMES}
    if reading.brand and not _is_on_record(reading, knowledge):  # "Xartemis XR", of which no product is known
        telling |= {i for i in reading.taken if tokens[i].text in RELEASES}
    forms = demands(tokens, (reading.taken - telling) | given, knowledge)
    numbers = {j for w in written for j in range(w.first, w.last + 1)}
    named = {word for name in reading.ingredients for word in name.lower().split()}  # "Shingrix vaccine"
    again = {i for i, t in enumerate(tokens) if t.text in named}
    routes = (
        {i for i, t in enumerate(tokens) if t.text in SHORT_ROUTES or (t.text == "it" and is_into_the_spine(text))}
        if route_in(text)
        else set()
    )
    unread = unread_spans(tokens, reading.taken | forms.used | numbers | again | routes)
    held = [knowledge.ingredients[n] for n in reading.ingredients if n in knowledge.ingredients]
    if held and all(i.is_supply for i in held):
        written = []  # The gauge and the length of a needle are no strength.
    elif held and all(_is_counted_in_doses(i, knowledge) for i in held):
        written = [w for w in written if w.is_package]  # What a vaccine or a multivitamin holds is not on record.
    elif _is_pill_for_a_cycle(held):
        written = [w for w in written if not (w.unit is None and w.value in _DAYS_OF_A_CYCLE)]
    elif all(_is_weight(w, reading, knowledge) for w in written if not w.is_package):
        written = [replace(w, is_weight=not w.is_package) for w in written]
    is_beyond_record = any(not w.is_package for w in said) and len(written) < len(said)
    return Evidence(text, reading, written, forms, unread, _how_often_at(tokens), is_beyond_record)


def _is_pill_for_a_cycle(held: list[Ingredient]) -> bool:
    return len(held) > 1 and any(i.name in _ESTROGENS_OF_PILLS for i in held)


def _is_weight(written: Written, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether grams alone weigh an inhaler or a tube, as no strength on record is such: "Ventolin HFA 18 gm"."""
    if written.unit != "g" or written.per_unit or written.joined:
        return False
    made = [(s, p) for p in knowledge.products_of.get(reading.ingredients[0], ()) for s in p.strengths]
    is_weighed = any(s.per.unit in METERED or (s.per.unit == "g" and written.value >= _TUBE) for s, _ in made)
    return is_weighed and not any(fit_one(s, written, p) for s, p in made)


def _is_on_record(reading: Reading, knowledge: Knowledge) -> bool:
    held = (p for name in reading.ingredients[:1] for p in knowledge.products_of.get(name, ()))
    return any(p.brand and p.brand.lower() == str(reading.brand).lower() for p in held)


def _how_often_at(tokens: list[Token]) -> int:
    """Where the text says how often or what for, once a number is said: "10 mg tab daily in am", "20 mg for pain"."""
    measured = False
    for i, token in enumerate(tokens):
        is_for = token.text == "for" and i + 1 < len(tokens) and tokens[i + 1].text not in _FORMS_AFTER_FOR
        if measured and (token.text in _HOW_OFTEN or is_for):
            return token.start
        measured = measured or token.is_number
    return 10**6


def _is_counted_in_doses(ingredient: Ingredient, knowledge: Knowledge) -> bool:
    products = knowledge.products_of.get(ingredient.name, ())
    strengths = [s for p in products for s in p.strengths if s.ingredient == ingredient.name]
    return bool(strengths) and all(s.amount.unit == "dose" for s in strengths)


def unread_spans(tokens: list[Token], used: Container[int]) -> tuple[tuple[int, int], ...]:
    """Spans of words and numbers that nothing was made of; neighbours are joined."""
    spans: list[tuple[int, int]] = []
    previous = -2
    for i, token in enumerate(tokens):
        settled = token.text in _SETTLED or (token.text in UNIT_WORDS and i and tokens[i - 1].is_number)
        if i in used or settled or not (token.is_word or token.is_number):
            continue
        if previous == i - 1 and spans:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        previous = i
    return tuple(spans)

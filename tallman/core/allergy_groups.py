"""Find groups of allergens, and medicines beside them, by the names they are written under."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tallman.core.drug import Ingredient
from tallman.core.identify.names import Meaning, index_of, words_of
from tallman.core.identify.spelling import slips
from tallman.core.knowledge import AllergyGroup, Knowledge

__all__ = ["Reading", "groups_named", "is_written_name", "misspelt_groups", "named_within"]

_NOISE = re.compile(
    r"\b(?:allerg(?:y|ies|ic)(?:\s+to)?|hypersensitivit(?:y|ies)|adverse\s+reactions?|drugs?|medications?|medicines?|meds?|"
    r"antibiotics?|abx|products?|class|type|all|containing|derivatives?|agents?|based|family|any|other|the|and|of|dyes?|"
    r"iv|eye|ear|drops?|ointments?|creams?|topical|ophthalmic|otic|patch(?:es)?)\b",
    re.IGNORECASE,
)
_LONGEST = 6
_SHORTEST_NAME = 5
_ALSO_WORDS = frozenset({"react", "today", "relief", "allergy", "pen", "cod", "td", "bb", "hit"})
"""Brands and short names that are words of the tale more often than what they may stand for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as. `notes` are what of it named nothing, `substance` the rest of it."""

    substance: str
    ingredients: tuple[Ingredient, ...] = ()
    groups: tuple[AllergyGroup, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ingredients or self.groups)

    @property
    def is_ignorable(self) -> bool:
        """Whether all of it is no medicine and says nothing of one."""
        return bool(self.groups) and not self.ingredients and all(g.ignorable for g in self.groups)


def _plain(text: str) -> str:
    """Lower case, without signs, accents and plural endings, so that "Sulfa Drugs" and "sulfa drug" are one."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    found = re.findall(r"[a-z0-9']+", text.lower().replace("&", " and "))
    return " ".join(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "is", "us")) else w for w in found
    )


@lru_cache(maxsize=4)
def _telling_names(knowledge: Knowledge) -> dict[str, tuple[AllergyGroup, ...]]:
    """The names, as they are written in full, of the groups that say something of a medicine."""
    found: dict[str, tuple[AllergyGroup, ...]] = {}
    for group in knowledge.allergy_groups.values():
        for name in {_plain(n) for n in (group.name, *group.written_as)} if not group.ignorable else ():
            found[name] = (*found.get(name, ()), group)
    return found


@lru_cache(maxsize=4)
def _written_groups(knowledge: Knowledge) -> dict[str, tuple[AllergyGroup, ...]]:
    found: dict[str, tuple[AllergyGroup, ...]] = {}
    for group in knowledge.allergy_groups.values():
        written = (group.name, *group.written_as)
        for name in {_plain(n) for n in written} | {_plain(_NOISE.sub(" ", n)) for n in written} - {""}:
            found[name] = (*found.get(name, ()), group)
    return found


def is_written_name(text: str, knowledge: Knowledge) -> bool:
    """Whether the whole text, sign for sign, is a name of a group: "Opioids - Morphine Analogues"."""
    return _plain(text) in _written_groups(knowledge)


def groups_named(substance: str, knowledge: Knowledge) -> tuple[AllergyGroup, ...]:
    """The groups that the whole text names."""
    written = _written_groups(knowledge)
    return written.get(_plain(substance)) or written.get(_plain(_NOISE.sub(" ", substance)), ())


def misspelt_groups(substance: str, knowledge: Knowledge) -> tuple[AllergyGroup, ...]:
    """The one group whose name is a slip or two away, as the length allows; none when two are as near.

    What is no medicine is set aside for a long name only: a heart medicine is not heat.
    """
    plain = _plain(_NOISE.sub(" ", substance))
    reach = 0 if len(plain) < 5 else 1 if len(plain) < 8 else 2
    near: dict[int, set[tuple[AllergyGroup, ...]]] = {}
    for name, groups in _written_groups(knowledge).items():
        if len(plain) < 6 and all(g.ignorable for g in groups):
            continue
        if reach and name[:1] == plain[:1] and (distance := slips(plain, name)) <= reach:
            near.setdefault(distance, set()).add(groups)
    nearest = near.get(min(near, default=0), set())
    return next(iter(nearest)) if len(nearest) == 1 else ()


def named_within(text: str, knowledge: Knowledge) -> Reading:
    """The groups and medicines named anywhere in a text, the longest name first: polyoxyl 35 castor oil is no castor
    oil, milk of magnesia no milk. What is no medicine is not looked for: it is in every tale."""
    written, names = _telling_names(knowledge), index_of(knowledge).names
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", text)
    groups: list[AllergyGroup] = []
    medicines: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            phrase = " ".join(words[at:end])
            held = written.get(_plain(phrase), ()) if phrase.lower() not in _ALSO_WORDS else ()
            medicine = () if held else _medicine_named(phrase, names.get(words_of(phrase), ()))
            if held or medicine:
                groups += held
                medicines += medicine
                at = end - 1
                break
        at += 1
    ingredients = [knowledge.ingredients[i] for i in dict.fromkeys(medicines) if i in knowledge.ingredients]
    return Reading(text, tuple(i for i in ingredients if i.is_authored), tuple(dict.fromkeys(groups)))


def _medicine_named(phrase: str, meanings: tuple[Meaning, ...]) -> tuple[str, ...]:
    is_name = len(phrase) >= _SHORTEST_NAME and phrase.lower() not in _ALSO_WORDS and len(meanings) == 1
    return meanings[0].ingredients if is_name and not meanings[0].is_abbreviation else ()

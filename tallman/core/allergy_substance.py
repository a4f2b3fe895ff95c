"""What the substance of an allergy is: a group, a medicine, both by two names, or perhaps one of several."""

from __future__ import annotations

import re
from dataclasses import replace

from tallman.core.allergy_framing import apart_from_brackets
from tallman.core.allergy_groups import Reading, groups_named, misspelt_groups, named_within
from tallman.core.drug import Ingredient, Medicine
from tallman.core.identify import identify
from tallman.core.identify.names import index_of, words_of
from tallman.core.knowledge import Knowledge

__all__ = ["is_of_others", "is_one_name", "is_remedy", "may_mean", "substance_read"]

_OF_OTHERS = re.compile(
    r"\b(?:no|not\s+(?:an?\s+)?allerg\w+|denie[sd]|negative|without|except\w*|tolerat\w*|ok(?:ay)?|fine|ruled\s+out|r/o|"
    r"instead|alternative|"
    r"(?:mother|father|mom|dad|sister|brother|family|daughter|son|wife|husband|parents?)\b"
    r"(?!.{0,12}\b(?:says?|states?|told|reports?|recalls?|remembers?)))\b",
    re.IGNORECASE,
)
_REMEDY = re.compile(
    r"\b(?:given|treated|took|takes?|taking|used|needs?|needed|requires?|required|relieved|resolved|carries)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""What follows was given for the reaction, or is taken instead."""
_SOURCE_OF_IT = re.compile(r"(?:porcine|bovine|pork|beef|human)\b", re.IGNORECASE)
_WITHIN_BRACKETS = re.compile(r"\s*(?:[,;/&+]|\band\b|\bor\b)\s*", re.IGNORECASE)
_CERTAIN = 85
_MOST_POSSIBLE = 4


def is_of_others(text: str) -> bool:
    """Whether what is named here may be taken without harm, may be the remedy, or is somebody else's allergy."""
    return bool(_OF_OTHERS.search(text))


def is_remedy(text: str) -> bool:
    """Whether a text tells what was given for a reaction, or what is taken instead: "given erythromycin"."""
    return bool(_REMEDY.match(text))


def substance_read(substance: str, knowledge: Knowledge, rxcui: str | None = None) -> Reading:
    """What a substance is read as: by its whole name, by what stands outside and inside its brackets, by a slip of the
    pen, and last by the names within what is told of it."""
    if groups := groups_named(substance, knowledge):
        return Reading(substance, (), groups)
    medicine = identify(substance, knowledge, rxcui=rxcui)
    ingredients = _on_record(medicine, substance, knowledge)
    if ingredients and _is_name(substance, knowledge):
        return Reading(substance, ingredients)
    if bracketed := _outside_and_inside(substance, knowledge):
        return bracketed if rxcui is None else _with(bracketed, Reading("", ingredients))
    if medicine.confidence < _CERTAIN and (groups := misspelt_groups(substance, knowledge)):
        return Reading(substance, (), groups)
    if is_of_others(substance):
        return Reading(substance, ingredients if not medicine.unread else ())
    told = _REMEDY.sub("", substance).strip(" -,;")
    if told and _REMEDY.search(substance):
        return substance_read(told, knowledge)
    return _in_a_tale(substance, ingredients, knowledge)


def _in_a_tale(substance: str, ingredients: tuple[Ingredient, ...], knowledge: Knowledge) -> Reading:
    within = named_within(substance, knowledge)
    if ingredients and not within.groups:
        return Reading(substance, ingredients)
    return replace(within, substance=substance)


def _outside_and_inside(substance: str, knowledge: Knowledge) -> Reading:
    """Each name of "Cremophor EL (polyoxyl 35 castor oil)"; what is in a bracket and names nothing is a note."""
    outside, insides = apart_from_brackets(substance)
    if not insides or not outside:
        return Reading("")
    read = substance_read(outside, knowledge)
    notes: list[str] = []
    for inside in insides:
        pieces = [_name_read(piece, knowledge) for piece in _WITHIN_BRACKETS.split(inside)]
        if all(pieces) and not (_is_medicine(read) and _SOURCE_OF_IT.match(inside)):
            for piece in pieces:
                read = _with(read, piece)
        else:
            notes.append(inside)
    if not read or (read.is_ignorable and not groups_named(outside, knowledge)):
        return Reading("")
    return replace(read, substance=outside if notes else substance, notes=tuple(notes))


def _is_medicine(read: Reading) -> bool:
    return bool(read.ingredients or any(g.ingredients or g.classes for g in read.groups))


def _with(one: Reading, other: Reading) -> Reading:
    ingredients = dict.fromkeys([*one.ingredients, *other.ingredients])
    return replace(one, ingredients=tuple(ingredients), groups=tuple(dict.fromkeys([*one.groups, *other.groups])))


def is_one_name(text: str, knowledge: Knowledge) -> bool:
    """Whether the text is one name from end to end: "fish and shellfish", "neomycin and polymyxin B"."""
    return bool(_name_read(text, knowledge))


def _name_read(text: str, knowledge: Knowledge) -> Reading:
    if groups := groups_named(text, knowledge):
        return Reading(text, (), groups)
    if not text or is_of_others(text) or _REMEDY.search(text):
        return Reading("")
    medicine = identify(text, knowledge)
    ingredients = _on_record(medicine, text, knowledge)
    return Reading(text, ingredients if _is_name(text, knowledge) or not medicine.unread else ())


def _is_name(text: str, knowledge: Knowledge) -> bool:
    return bool(index_of(knowledge).names.get(words_of(text)))


def _on_record(medicine: Medicine, text: str, knowledge: Knowledge) -> tuple[Ingredient, ...]:
    """Of a medicine known by name alone nobody can say what it cross-reacts with: it counts as not read. Half the name
    of an imported one is none: a cashew nut is not its extract."""
    is_name = _is_name(text, knowledge)
    held = [knowledge.ingredients.get(i.name) for i in medicine.ingredients]
    is_on_record = medicine.is_known and all(i is not None and (i.is_authored or is_name) for i in held)
    return medicine.ingredients if is_on_record else ()


def may_mean(substance: str, knowledge: Knowledge) -> tuple[Ingredient, ...]:
    """The medicines that a single word which is no certain name may mean: a slip of the pen, an abbreviation of two."""
    if len(substance.split()) != 1:
        return ()
    candidates = identify(substance, knowledge).candidates[:_MOST_POSSIBLE]
    found = [i for c in candidates for i in _on_record(identify(c, knowledge), c, knowledge)]
    return tuple(dict.fromkeys(found))

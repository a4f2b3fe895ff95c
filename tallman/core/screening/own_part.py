"""What directions say of the medicine ordered, without the amounts of other substances that they name beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.sig import parse

__all__ = ["ALL_IN_A_DAY", "AS_FIRST_SAID", "BESIDE", "all_in_a_day", "as_first_said", "own_part"]

BESIDE = "an amount beside the name of another substance was read as that substance's"
AS_FIRST_SAID = "the directions could not be read for certain: reckoned with the dose that they say first"
ALL_IN_A_DAY = "the most that is named was taken as the most of a day"
_BARE_MOST = re.compile(
    r",?\s*\b(?:max(?:imum)?|no more than|up to)\.?\s*(?:of\s+|total\s+)?(\d{1,2})"
    r"(?:\s*(?:tabs?|tablets?|caps?|capsules?))?(?:\s+total)?\s*\.?$",
    re.IGNORECASE,
)
_JOIN = (
    r"(?:and|with|w/|plus|then|followed|by|before|after|along|together|also|in|into|of|give|given|giving|administer|mixed|"
    r"diluted|added|to|addition|as|well)"
)
_JOINED = re.compile(rf"(?:(?<!\s)\s{{0,3}}[,;.&+]\s{{0,3}}|\s+(?={_JOIN}\b))(?:{_JOIN}\s+)*", re.IGNORECASE)
_AMOUNT = (
    r"(?:\d[\d,.]{0,11}|\.\d+|an?|one|two)\s*(?:-\s*)?"
    r"(?:mcg|mg|g|gm|grams?|units?|meq|mmol|ml|l|amps?|ampules?|vials?|tabs?|tablets?|caps?|capsules?|bags?)\b(?:/kg)?"
)
_LEADING = re.compile(rf"{_AMOUNT}\s*(?:\([^)]*\)\s*)?(?:of\s+)?", re.IGNORECASE)
_ROUTE = r"(?:IV|IVP|IVPB|PO|IM|SC|SQ|subq|subcut|push|orally|by mouth|intravenously)\b"
_BEHIND = re.compile(
    rf"(?:\s*,?\s*(?:\(?\d[\d.]*\s*%\)?|\(?{_AMOUNT}(?:\s*/\s*\d*\s*mL)?\)?|\(?1\s+(?:amp|ampule|vial)\)?|{_ROUTE}))*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][\w-]*(?:\s+[A-Za-z][\w-]*){0,3}")
_FLUID = re.compile(r"(?:D\d+W?(?:NS)?|NS|LR|[12]/[24]NS|saline|dextrose|glucose)\b", re.IGNORECASE)
_AMOUNTS = re.compile(_AMOUNT, re.IGNORECASE)
_OWN_UNITS = frozenset({"mg", "mcg", "ng", "g", "unit", "MU", "mEq", "mmol"})
"""What a medicine is counted in; of pieces and millilitres among words not understood nobody knows what they count."""
_OF_PARTS = 5
"""The first word of a name stands for it from so many letters: potassium for potassium chloride."""


def own_part(order: Order, knowledge: Knowledge) -> Order | None:
    """The order with what its directions say of itself alone, where they name amounts of others ("with dextrose 50% 50
    mL"); None where they name none, or the rest is no better read."""
    text = _without_others(order, knowledge)
    if text == order.sig.text:
        return None
    sig = parse(text)
    doses = [s for s in sig.steps if s.dose]
    is_a_drip = any(s.rate for s in (*order.sig.steps, *sig.steps))
    return replace(order, sig=sig) if sig.is_read and doses and not is_a_drip else None


def all_in_a_day(order: Order) -> Order | None:
    """The order with "max 12", of what is taken hour by hour, as the most of its day; None where nothing is better read
    for it."""
    sig, most = order.sig, _BARE_MOST.search(order.sig.text)
    unit = next((s.dose.unit for s in sig.steps if s.dose and s.dose.unit), None)
    if most is None or sig.is_read or not unit or not any(s.timing.interval for s in sig.steps):
        return None
    read = parse(f"{sig.text[: most.start()]}, max {most[1]} {unit}s per day")
    return replace(order, sig=read) if read.is_read else None


def as_first_said(order: Order) -> Order | None:
    """The order as the dose that stands first in directions of which the rest is uncertain: once, and at that time."""
    sig = order.sig
    first = next((s for s in sig.steps if s.dose), None)
    if sig.is_read or first is None or first.rate or first.change or first.scale:
        return None
    if first.dose is None or first.dose.unit not in _OWN_UNITS:
        return None
    return replace(order, sig=replace(sig, text=sig.text[: first.span[1]], steps=(first,), unread=(), doubts=()))


def _without_others(order: Order, knowledge: Knowledge) -> str:
    """The text without every amount that has the name of another substance beside it, and without that name."""
    text, names, at = order.sig.text, _names(knowledge), 0
    while joined := _JOINED.search(text, at):
        at = joined.end()
        end = _end_of_other(text, at, order, names)
        if end is not None:
            text, at = f"{text[: joined.start()]} {text[end:]}".strip(), joined.start()
    return text


def _end_of_other(text: str, at: int, order: Order, names: dict[str, frozenset[str]]) -> int | None:
    """Where an amount of another substance ends that begins here."""
    leading = _LEADING.match(text, at)
    start = leading.end() if leading else at
    end = _end_of_name(text, start, order, names)
    if end is None:
        return None
    behind = _BEHIND.match(text, end)
    told = behind[0] if behind else ""
    return end + len(told) if leading or _AMOUNTS.search(told) else None


def _end_of_name(text: str, at: int, order: Order, names: dict[str, frozenset[str]]) -> int | None:
    fluid = _FLUID.match(text, at)
    if fluid:
        return fluid.end()
    words = _WORDS.match(text, at)
    said = words[0] if words else ""
    while said:
        meant = names.get(" ".join(said.lower().split()))
        if meant:
            return at + len(said) if meant.isdisjoint(order.medicine.names) else None
        said = said.rpartition(" ")[0].rstrip()
    return None


@lru_cache(maxsize=2)
def _names(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """What each written name may mean: ingredients, their other names and first words, and brands."""
    found: dict[str, set[str]] = {}
    for ingredient in knowledge.ingredients.values():
        first = ingredient.name.partition(" ")[0]
        for name in (ingredient.name, *ingredient.synonyms, *([first] if len(first) >= _OF_PARTS else [])):
            found.setdefault(name.lower(), set()).add(ingredient.name)
    for product in knowledge.products.values():
        if product.brand:
            found.setdefault(product.brand.lower(), set()).update(product.ingredients)
    return {name: frozenset(meant) for name, meant in found.items()}

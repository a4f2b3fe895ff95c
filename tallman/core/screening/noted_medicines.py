"""Medicines that a note beside an order says the patient takes: "gets warfarin through the VA", "methadone clinic"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.sig import Sig

__all__ = ["taken_by_note"]

_CLAUSE = re.compile(r"[.;\n]+\s*")
_NAME = r"([a-z][a-z-]{4,}(?: [a-z][a-z-]{3,})?)"
_TAKES = re.compile(
    rf"\b(?:on|takes?|taking|uses?|using|gets?|getting|receiv(?:es?|ing))\s+"
    rf"(?:(?:his|her|home|daily|chronic|long[- ]term|sl|po|oral|also)\s+)*{_NAME}",
    re.IGNORECASE,
)
_AT_A_CLINIC = re.compile(r"\b([a-z][a-z-]{4,}) clinic\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:not?|never|stop\w*|off|d/?c'?d?|discontinu\w*|h[eo]ld|allerg\w*|instead|replac\w*|switch\w*|chang\w*|fail\w*|"
    r"if|when|once|until|unless|avoid\w*|previously|used to|was|were|had|before|after|tried|trial|history|hx|prior|"
    r"past|without|while|start\w*|begin\w*|will|may|might|consider\w*|finish\w*|complet\w*|wean\w*|taper\w*|mother|father|wife|"
    r"husband|spouse|partner|baby|child|brother|sister|son|daughter|denies|declin\w*|refus\w*|ok|okay|data|based)\b",
    re.IGNORECASE,
)
"""Words by which a note tells of another time or person, or of what is to be, and not of what is taken now."""
_TOLD = Sig("as the note says")


def taken_by_note(proposed: Iterable[Order], current: Iterable[Order], knowledge: Knowledge) -> list[Order]:
    """What notes and remarks beside the proposed orders plainly say is taken, and neither list has."""
    proposed = tuple(proposed)
    known = frozenset().union(*(o.medicine.names for o in (*proposed, *current)))
    found: dict[frozenset[str], Order] = {}
    for order in proposed:
        for name in _named(order, knowledge):
            medicine = identify(name, knowledge)
            if medicine.is_known and known.isdisjoint(medicine.names):
                id = f"{order.id}-note-{len(found) + 1}"
                found.setdefault(medicine.names, Order(id, replace(medicine, text=name), _TOLD, setting=order.setting))
    return list(found.values())


def _named(order: Order, knowledge: Knowledge) -> Iterator[str]:
    text = order.sig.text
    for words in (order.note, *(text[first:last] for first, last in order.sig.remarks)):
        for clause in _CLAUSE.split(words) if words else ():
            if _NOT_SO.search(clause):
                continue
            for match in (*_TAKES.finditer(clause), *_AT_A_CLINIC.finditer(clause)):
                said = match[1].lower()
                if name := next((n for n in (said, said.partition(" ")[0]) if n in _names(knowledge)), None):
                    yield name


@lru_cache(maxsize=4)
def _names(knowledge: Knowledge) -> frozenset[str]:
    """What medicines are called in full: their ingredients, and their brands."""
    brands = {p.brand.lower() for p in knowledge.products.values() if p.brand}
    return frozenset(brands.union(name.lower() for name in knowledge.ingredients))

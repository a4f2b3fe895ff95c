"""What an order ends by its words: "stop phenelzine", "replaces lisinopril", "fluoxetine stopped 2 weeks ago".

What ends has its name right beside the word that ends it, or in a list beside it: who "stopped smoking, on warfarin"
goes on with warfarin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tallman.core.prescription import Order

__all__ = [
    "days_since_ended",
    "is_replaced_by",
    "is_said_to_end",
    "may_tell_an_end",
    "names_of",
    "says_it_replaces",
]

_SHORT = 3
_CHANGE = re.compile(
    r"\b(replac\w*|instead of|in place of|discontinu\w*|d/c|stop(?:ping|ped)?|switch\w*|chang\w* from|"
    r"dose (?:change|increase|decrease|reduction)|increas\w*|decreas\w*|taper\w*|cross-?taper\w*|renew\w*)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:dose|strength) (?:change|increase|decrease|reduction)\b|\bnew (?:dose|strength)\b|\breplac(?:es|ing)\b|"
    r"\b(?:increas|decreas|rais|lower|reduc|chang|switch|convert)\w*\s+(?:dose\s+)?from\b|"
    r"\((?:dose )?(?:increased?|decreased?|changed?)\b",
    re.IGNORECASE,
)
"""The same within directions, where "increase" and "stop" may be what is to be done later."""
_ENDING = (
    r"(?:replac(?:e[sd]?|ing|ement for)|in(?:stead| place| lieu) of|discontinu(?:e[sd]?|ing|ation of)|d/?c(?:'?e?d)?|"
    r"stop(?:s|ping|ped)?|off|(?:switch|chang|convert|transition)\w*(?:\s+over)?\s+from)"
)
_HOLDING = r"hold(?:s|ing)?"
_OVER = (
    r"(?:stopped|discontinued|d/?c'?e?d|d/c|off|ended|finished|completed|replaced by|"
    r"(?:stops?|discontinue|d/?c)(?=\s*(?:[,.)]|$)))"
)
_GIVEN_UP = r"(?:failed|on hold|not covered|back-?ordered|out of stock)"
_HELD = r"held"
"""What is said behind the name of what is not taken any more, or not for now."""
_PREFIX = r"(?:(?:taking|using|the|your|his|her|their|all|any|old|current|previous|prior|home|oral|po|iv|of|use)\s+)*"
_AMOUNT = r"(?:\s+\d[\d.,/-]*(?:\s*(?:mg|mcg|g|gm|units?|ml|meq|%))?)?"
_MADE = (
    r"(?:\s+(?:[exslci]r|xl|la|dr|tabs?|tablets?|caps?|capsules?|patch(?:es)?|daily|bid|tid|qhs|drip|infusion|gtt|"
    r"course|therapy))*"
)
_JOIN = r"\s*(?:,(?:\s*and\b)?|/|&|\+|\band\b)\s*"
_ITEM = rf"(?!smok|tobacco|alcohol|drink|bleed)[a-z][\w-]+(?:\s(?!and\b)[a-z][\w-]+)?{_AMOUNT}{_MADE}"
_IS = r"(?:\s+(?:was|were|is|are|has been|have been|been|being|to be|will be|to|now|already|both|just|recently))*"
_NOT = r"(?P<no>\b(?:not|never|without|cannot|avoid)\s+(?:\w+\s+){0,2})?"
_CLAUSE = re.compile(
    r"[;\n]|\.(?!\d)|,?\s*\b(?:and|then|but|while)?\s*\b(?=(?:start|begin|continu|keep|add)\w*\b)", re.IGNORECASE
)
_RESUMES = re.compile(r"\b(?:resum|restart)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^\s*(?:continu|keep|add)\w*\b|\b(?:if|whether|when|once|until|unless|before|after)\b", re.IGNORECASE
)
_FOR_SO_LONG = re.compile(
    r"\b(?:while\s+(?:(?:you|patient|pt|s?he) (?:is |are )?)?(?:still )?(?:on|taking|using|receiving|finishing)\b|"
    r"during\b|until\s+(?:\d+\s*(?:hours?|days?|weeks?|[hd])\s+)?after\b|"
    r"(?:until|till?)\s+(?:[\w-]+\s+){0,4}(?:is |are )?(?:finish|complet|done|over|ended)\w*|"
    r"until\s+(?:the )?(?:end|completion) of\b)"
    r"(?:(?!\b(?:if|when|once|unless|until|before|start\w*|begin\w*|begun|therapeutic)\b)[^.;\n])*",
    re.IGNORECASE,
)
"""For how long something is left out, which begins now: "while on Paxlovid and for 3 days after", "until the antibiotic
is finished". "Until Y is started" may as well be how long it goes on."""
_MAY_END = re.compile(r"replac|stead|place|lieu|disc|d/?c|stop|off|from|ended|finished|completed", re.IGNORECASE)
_MAY_HOLD = re.compile(r"hold|held|failed|covered|order|stock", re.IGNORECASE)
"""What every ending has, quickly found."""
_UNIT = r"(\d{1,3})\s*(d(?:ay)?s?|w(?:ee)?ks?|mo(?:nth)?s?)\b"
_AGO = re.compile(rf"\b{_UNIT}\s+ago\b|\boff\b.{{0,40}}?(?:\bx|\bfor|>)\s*{_UNIT}", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30}


def names_of(order: Order) -> list[str]:
    """What words may call it: its ingredients, its brand, the first word of that ("Breo") and short names."""
    brand = order.medicine.brand or ""
    short = [brand.partition(" ")[0], *(name for i in order.medicine.ingredients for name in i.synonyms)]
    return [*order.medicine.names, *([brand] if brand else []), *(name for name in short if len(name) > _SHORT)]


def says_it_replaces(order: Order) -> bool:
    """Whether the note or the directions speak of a change: this dose in the place of another."""
    return bool(_CHANGE.search(order.note) or _CHANGED.search(order.sig.text))


def days_since_ended(order: Order, other: Order) -> int | None:
    """How many days ago the other medicine ended by note or directions, 0 where it ends with this order; None where
    they do not end it: "stop lisinopril" ends no metoprolol."""
    if not may_tell_an_end(order.words) or not other.medicine.is_known:
        return None
    return _days_since(order.words, tuple(names_of(other)))


@lru_cache(maxsize=8192)
def may_tell_an_end(text: str) -> bool:
    """Whether a text has any word with which something may end, quickly told."""
    return bool(_MAY_END.search(text) or _MAY_HOLD.search(text))


def is_said_to_end(text: str, names: Iterable[str], *, held: bool) -> bool:
    """Whether a text says that what has one of the names is not taken any more, for whatever cause: it failed, is not
    covered; with `held` that it is left out for now counts too."""
    if not may_tell_an_end(text):
        return False
    return next(_ends(text, tuple(names), held=held, anyhow=True), None) is not None


def is_replaced_by(order: Order, other: Order, beside: Iterable[Order]) -> bool:
    """Whether the note of an order speaks of a change that can mean `other`: it ends it by its name, or ends nothing by
    name of what is taken `beside` it."""
    if not says_it_replaces(order):
        return False
    if days_since_ended(order, other) is not None:
        return True
    return all(days_since_ended(order, o) is None for o in beside)


@lru_cache(maxsize=8192)
def _days_since(text: str, names: tuple[str, ...]) -> int | None:
    clause = next(_ends(text, names, held=False, anyhow=False), None)
    if clause is None:
        return None
    ago = _AGO.search(clause)
    number, unit = [g for g in ago.groups() if g] if ago else ("0", "d")
    return int(number) * _DAYS[unit[0].lower()]


def _ends(text: str, names: tuple[str, ...], *, held: bool, anyhow: bool) -> Iterator[str]:
    """The clauses of a text that end what has one of the names."""
    lowered = text.lower()
    if not any(name.lower() in lowered for name in names):
        return
    before, behind, goes_on = _endings(names, held=held, anyhow=anyhow)
    if goes_on.search(text):
        return
    for clause in _clauses(text):
        found = (*before.finditer(clause), *behind.finditer(clause))
        if any(not m["no"] for m in found):
            yield clause


@lru_cache(maxsize=4096)
def _endings(names: tuple[str, ...], *, held: bool, anyhow: bool) -> tuple[re.Pattern[str], ...]:
    """The name behind a word that ends it, the same word behind the name, and the name of what goes on."""
    named = rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b"
    ending = rf"(?:{_ENDING}|{_HOLDING})" if held else _ENDING
    over = "|".join((_OVER, *([_GIVEN_UP] if anyhow else []), *([_HELD] if held else [])))
    the_name = rf"{named}{_AMOUNT}{_MADE}"
    patterns = (
        rf"{_NOT}\b{ending}\b:?\s+{_PREFIX}(?:{_ITEM}{_JOIN}{_PREFIX}){{0,4}}{named}",
        rf"(?P<no>(?!))?{the_name}(?:{_JOIN}{_ITEM}){{0,4}}{_IS}"
        rf"(?:\s*[:(-]\s*|\s+|,\s*(?=stop|disc|d/?c))(?:{over})(?![\w-])",
        rf"{the_name}{_IS}\s+(?:continu|unchanged|remain|as before)",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@lru_cache(maxsize=8192)
def _clauses(text: str) -> tuple[str, ...]:
    """The clauses that may end something for good; none where anything is to be resumed."""
    if _RESUMES.search(text):
        return ()
    return tuple(clause for clause in _CLAUSE.split(text) if not _GOES_ON.search(_FOR_SO_LONG.sub("", clause)))

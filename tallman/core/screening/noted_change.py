"""What a note says that a dose is raised or lowered to, against what is ordered and what is on the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.prescription import Order
from tallman.core.quantity import Amount
from tallman.core.screening.ended import names_of
from tallman.core.screening.exposure import Exposure, exposure_of_one

__all__ = ["change_that_does_not_fit"]

_AMOUNT = r"\d[\d,]*(?:\.\d+)?\s*(?:mcg|mg|g|units?)(?![\w/])"
_OFTEN = (
    r"(?:once|twice|(?:two|three|four|\d) times)?\s*(?:daily|a day|per day|every day|each day|bid|tid|qid|qd|qam|qhs)"
)
_WHOSE = r"(?:(?:the|this|his|her|their|new|pt'?s?|patient'?s?)\s+)*"
_IS = r"(?:(?:is|was|has been|have been|being|to be)\s+)?(?:(?:now|just|recently|today|being)\s+)?"
_UP, _DOWN = (
    r"increas\w*|rais\w*|up-?titrat\w*|titrat\w* up",
    r"decreas\w*|reduc\w*|lower\w*|down-?titrat\w*|titrat\w* down",
)
_BEGINS = r"(?:^|[.;,(\n]\s*|\s-\s*)(?:please\s+)?(?:note\s*:?\s+)?"
_END = re.compile(r"\.(?!\d)|[;\n]")
_NOT_NOW = re.compile(
    r"\b(?:if|when|then|next|later|after|until|unless|tolerat\w*|weekly|every (?!day)|each (?!day)|in \d|"
    r"week \d|plan\w*|may|will|would|can|could|consider\w*|but|back|ago|previous\w*|"
    r"last (?:week|month|visit|time)|yesterday)\b",
    re.IGNORECASE,
)
"""Words by which the change is for later, may be or has been taken back."""
_OF_SEVERAL = re.compile(
    r"\b(?:with (?:the|a|one|his|her)|plus|total|along with|in addition|and (?:the|one|a))\b", re.IGNORECASE
)
"""Words by which the dose is made up of this and of another strength."""
_NEW = re.compile(
    rf"\bnew (?:dose|dosage)(?:\s+(?:is|of|will be|=|to be))*\s*[:=-]?\s*"
    rf"(?P<to>{_AMOUNT})(?:\s+(?P<to_often>{_OFTEN}))?",
    re.IGNORECASE,
)
_A_DAY = {"twice": 2, "bid": 2, "two": 2, "2": 2, "tid": 3, "three": 3, "3": 3, "qid": 4, "four": 4, "4": 4}


def change_that_does_not_fit(order: Order, current: Iterable[Order]) -> str:
    """Where a note says that the dose of the order is raised or lowered, how the order does not do so, in words.

    The amount that it is changed to must be ordered at a time or a day, and what is ordered must lie on that side of
    the dose on the list, or else of the dose that the note says it is changed from. What is to be done later is no such
    change, nor is the wish "increase to" for what is not on the list. A dose that changes by its own directions, and a
    medicine of several ingredients, are not compared.
    """
    ordered = _exposure(order)
    if ordered is None or not order.note or len(order.sig.steps) != 1:
        return ""
    listed = [o for o in current if o.medicine.names == order.medicine.names]
    for found in _pattern(tuple(names_of(order))).finditer(order.note):
        of_the_dose = found["what"] or found["of"] or found["from"] or found["to"]  # and not "reduced EF"
        if not of_the_dose or _NOT_NOW.search(_sentence_of(order.note, found)):
            continue
        if not (listed or found["verb"].lower().endswith("d")):
            continue
        made_up = len(listed) > 1 or bool(_OF_SEVERAL.search(f"{order.sig.text} {order.note}"))
        if said := (not made_up and _off_target(found, ordered)) or _on_the_other_side(found, ordered, listed):
            return said
    return _new_dose(order, ordered)


def _new_dose(order: Order, ordered: Exposure) -> str:
    """Whether the note names a new dose ("new dose is 75 mcg") that is what is ordered neither at a time nor a day."""
    for found in _NEW.finditer(order.note):
        sentence = _END.split(order.note[found.start() :])[0]
        if not (_NOT_NOW.search(sentence) or _OF_SEVERAL.search(f"{order.sig.text} {order.note}")):
            return _off_target(found, ordered)
    return ""


def _sentence_of(note: str, found: re.Match[str]) -> str:
    before, behind = (_END.split(part) for part in (note[: found.start("verb")], note[found.start("verb") :]))
    return before[-1] + behind[0]


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    what = rf"(?:dose|dosage|strength|{'|'.join(map(re.escape, names))})"
    verb = rf"(?P<verb>(?P<up>{_UP})|{_DOWN}|chang\w*)"
    to = rf"(?P<to>{_AMOUNT})(?:\s+(?P<to_often>{_OFTEN}))?"
    return re.compile(
        rf"{_BEGINS}{_WHOSE}(?P<what>(?:{what}\s+)*){_IS}{verb}\b(?P<of>(?:\s+{_WHOSE}{what}\b)*)"
        rf"(?:\s*from\s+(?P<from>{_AMOUNT})(?:\s+(?P<often>{_OFTEN}))?)?(?:\s*to\s+{to})?",
        re.IGNORECASE,
    )


def _off_target(found: re.Match[str], ordered: Exposure) -> str:
    """Whether the dose is said to be changed to what is ordered neither at a time nor a day."""
    said = found["to"] and _in(found["to"], ordered.unit)
    told = {ordered.low, ordered.high, ordered.average}
    if said and found["to_often"]:
        said *= _times_in(found["to_often"])
    else:
        told |= {ordered.single_low, ordered.single_high}
    if said is None or not said or min(told) <= said <= max(told):
        return ""
    return f"the note says that the dose is changed to {_spaced(found['to'])}, and it is not what is ordered"


def _on_the_other_side(found: re.Match[str], ordered: Exposure, listed: list[Order]) -> str:
    """Whether a dose that is said to be raised is lower than before, or the other way round."""
    if found["verb"].lower().startswith("chang"):
        return ""
    before = _exposure(listed[0]) if len(listed) == 1 else None
    if before and before.unit == ordered.unit:
        was, where = before.average, "the dose on the list"
    elif (was_said := _a_day(found, ordered)) is not None and not listed:
        was, where = was_said, _spaced(found["from"])
    else:
        return ""
    is_up = found["up"] is not None
    if (ordered.average < was) if is_up else (ordered.average > was):
        done, is_now = ("raised", "less") if is_up else ("lowered", "more")
        return f"the note says that the dose is {done}, and {is_now} than {where} is ordered"
    return ""


def _a_day(found: re.Match[str], ordered: Exposure) -> Fraction | None:
    """What the note says that was taken a day; of what is given once a day also where it does not say how often."""
    amount = _in(found["from"], ordered.unit) if found["from"] else None
    if amount is None or not (found["often"] or ordered.single_high == ordered.high):
        return None
    return amount * _times_in(found["often"] or "")


def _times_in(often: str) -> int:
    return next((n for word, n in _A_DAY.items() if word in often.lower().split()), 1)


def _exposure(order: Order) -> Exposure | None:
    """What one gets of a medicine of one ingredient; none where it is as needed or not known."""
    if not order.medicine.is_known or len(order.medicine.ingredients) != 1:
        return None
    found = exposure_of_one(order, order.medicine.ingredients[0].name)
    return None if found is None or found.as_needed else found


def _in(written: str, unit: str) -> Fraction | None:
    number, said = re.fullmatch(r"([\d,.]+)\s*(\w+)", written).groups()  # type: ignore[union-attr]
    amount = Amount(Decimal(number.replace(",", "")), "unit" if said.lower().startswith("u") else said.lower())
    return Fraction(amount.to(unit).value) if amount.dimension == Amount(Decimal(1), unit).dimension else None


def _spaced(written: str) -> str:
    return " ".join(written.split())

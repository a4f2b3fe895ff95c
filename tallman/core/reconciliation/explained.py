"""Whether what is written beside an order explains a difference. Silence and "as at home" explain nothing.

A note counts for what it says: of a dose it must speak of a change or of what makes one needed, and not of the
opposite change; what an order is for explains that it was begun, not that its dose is another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tallman.core.reconciliation.cause_words import (
    ACUTE,
    AS_AT_HOME,
    BARE,
    DOWN,
    FORMULARY,
    NO_REASON,
    PARAMETER,
    SENTENCE,
    SUDDEN,
    UP,
    WANTED,
)  # fmt: skip
from tallman.core.reconciliation.change_reasons import ChangeReason, reasons_in
from tallman.core.reconciliation.line import Line, State

__all__ = ["Cause", "Explanation", "explanation", "names_medicine"]


_OPPOSITE = {True: ChangeReason.TOO_MUCH, False: ChangeReason.NOT_ENOUGH}
"""The coded reason that speaks against an amount that rises, or falls."""


class Cause(StrEnum):
    """The kinds of cause, as they are said."""

    DOCUMENTED = "documented reason"
    FORMULARY = "formulary substitution"
    ACUTE = "acute illness"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What explains a difference: the words as they were written, and the kind of cause they name."""

    because: str
    cause: Cause


def explanation(type: str, line: Line, *, rises: bool | None = None, known_reason: str = "") -> Explanation | None:
    """What is written beside a line that explains a difference of a type; None when nothing does.

    Beside an order that somebody has held or stopped, and beside one that was decided, whatever is written counts as
    the reason, and so does a coded reason beside any. `rises` says whether the dose or the frequency became more;
    `known_reason` is what the medicine was for before.
    """
    if line.is_decided and line.note.strip():
        return Explanation(line.note.strip(), Cause.DOCUMENTED)
    if coded := reasons_in(line.note):
        if rises is not None and set(coded) == {_OPPOSITE[rises]}:
            return None
        return Explanation(line.note.strip(), Cause.FORMULARY if ChangeReason.FORMULARY in coded else Cause.DOCUMENTED)
    is_off = line.state in (State.HELD, State.STOPPED)
    for sentence in SENTENCE.split(line.note):
        if cause := _cause_in(type, sentence, rises, deliberate=is_off and type == "omission"):
            return Explanation(line.note.strip(), cause)
    reason = line.reason.strip()
    if not reason or NO_REASON.search(reason):
        return None
    if type == "addition":
        return Explanation(reason, Cause.ACUTE if SUDDEN.search(reason) else Cause.DOCUMENTED)
    if reason.lower() == known_reason.strip().lower() or _contradicts(type, reason, rises):
        return None
    if SUDDEN.search(reason) or any(p.search(reason) for p in (*WANTED[type], FORMULARY)):
        return Explanation(reason, Cause.FORMULARY if FORMULARY.search(reason) else Cause.ACUTE)
    return None


def _cause_in(type: str, sentence: str, rises: bool | None, *, deliberate: bool) -> Cause | None:
    if NO_REASON.search(sentence):
        return None
    said = AS_AT_HOME.sub(" ", sentence)
    if type != "omission":
        said = PARAMETER.sub(" ", said)
    if BARE.fullmatch(said) or _contradicts(type, said, rises):
        return None
    if FORMULARY.search(said) and type not in ("omission", "duplicate"):
        return Cause.FORMULARY
    if ACUTE.search(said):
        return Cause.ACUTE
    if deliberate or any(pattern.search(said) for pattern in WANTED.get(type, ())):
        return Cause.DOCUMENTED
    return None


def _contradicts(type: str, text: str, rises: bool | None) -> bool:
    """Whether a text speaks only of the opposite of what was done: "reduced" beside a higher dose."""
    if rises is None or type not in ("dose", "frequency"):
        return False
    against, along = (DOWN, UP) if rises else (UP, DOWN)
    return bool(against.search(text)) and not along.search(text)


def names_medicine(text: str, line: Line) -> bool:
    """Whether a text names the medicine of a line, by an ingredient or its brand."""
    medicine = line.order.medicine
    names = [i.name for i in medicine.ingredients] if medicine.is_known else [medicine.text]
    brand = medicine.product.brand if medicine.product else medicine.brand
    said = text.lower()
    return any(re.search(rf"\b{re.escape(n.lower())}\b", said) for n in (*names, brand) if n)

"""The chart of the day: each medicine with its amounts for the four times of day, in English or Spanish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig import Schedule, Sig, say, schedule, spanish
from tallman.core.sig.say_es import say_in_spanish

__all__ = ["SLOTS", "Chart", "Row", "row_of"]

SLOTS = ("morning", "noon", "evening", "bedtime")


@dataclass(frozen=True, slots=True)
class Row:
    """One medicine. `cells` are the amounts of the four times of day, empty where none is taken; None where the
    directions do not follow the day. `is_translated` is false where the directions stand as they were written; `mark`
    is a word beside the name ("NEW"), empty where nothing is to be pointed out."""

    medicine: str
    directions: str
    cells: tuple[str, ...] | None
    is_translated: bool
    is_as_needed: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language ("en" or "es"), as of a day."""

    patient: str
    on: date
    language: str
    rows: tuple[Row, ...]


def row_of(medicine: str, sig: Sig, language: str, *, mark: str = "") -> Row:
    """The row of a medicine that is taken so."""
    said = (say_in_spanish if language == "es" else say)(sig)
    planned = schedule(sig)
    cells = tuple(_cell(planned, slot, language) for slot in SLOTS) if planned else None
    as_needed = bool(sig.steps) and all(step.prn for step in sig.steps)
    return Row(medicine, said or sig.text, cells, said is not None, as_needed, mark)


def _cell(planned: Schedule, slot: str, language: str) -> str:
    low, high = getattr(planned, slot)
    if not high:
        return ""
    return f"{_number(low, high, language)} {_unit(planned.unit, high, language)}".strip()


def _number(low: Decimal, high: Decimal, language: str) -> str:
    if low == high:
        return {"0.5": "½", "0.25": "¼", "0.75": "¾", "1.5": "1½"}.get(f"{high.normalize():f}", format_number(high))
    return f"{format_number(low)} {'a' if language == 'es' else 'to'} {format_number(high)}"


def _unit(code: str | None, count: Decimal, language: str) -> str:
    if code is None:
        return ""
    if language == "es" and code in spanish.UNITS:
        return spanish.UNITS[code][count > 1]
    return UNITS[code].code if count <= 1 else UNITS[code].plural

"""Medicines and directions as the sentences of a reconciliation say them."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.quantity import UNITS, format_number
from tallman.core.reconciliation.traits import Item
from tallman.core.screening.match import name_of

__all__ = ["course", "how_often", "named", "shown", "together"]


def named(item: Item) -> str:
    """The medicine by its name: "metoprolol"."""
    return name_of(item.line.order)


def shown(item: Item) -> str:
    """The medicine with its directions: "lisinopril 10 mg oral tablet, once daily"."""
    text = item.line.order.sig.text.strip()
    name = item.medicine.name
    if not text or text == item.medicine.text.strip():
        return text or name
    return f"{name}, {text[0].lower() + text[1:] if text[1:2].islower() else text}"


def together(items: Iterable[Item]) -> str:
    """Several lines in one phrase."""
    return " with ".join(dict.fromkeys(shown(i) for i in items))


def how_often(item: Item) -> str:
    """How often, in words: "twice a day", "once in 7 days"."""
    intake = item.intake
    if intake is None or intake.times_high is None:
        return item.line.order.sig.text.strip() or "without directions"
    times = intake.times_high
    if times < 1 and times.numerator == 1:
        return f"once in {times.denominator} days"
    return {1: "once a day", 2: "twice a day"}.get(int(times) if times.denominator == 1 else 0) or (
        f"{format_number(times if times.denominator > 1 else times.numerator)} times a day"
    )


def course(item: Item) -> str:
    """How long the directions say that it lasts; empty when they do not."""
    lengths = [s.duration for s in item.sig.steps if s.duration]
    if len(lengths) != 1:
        return ""
    length = lengths[0]
    return f"{format_number(length.high)} {UNITS[length.unit].code}"

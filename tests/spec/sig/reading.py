"""The chapters on reading directions: what is written, and what the reader makes of it, in words of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig import Dose, Event, Sig, Step, Timing
from tallman.knowledge.load import read_yaml

__all__ = ["Chapter", "Row", "chapters", "reading", "reading_index", "reading_page"]

HERE = Path(__file__).parent
_EVENTS = {
    "MORN": "morning", "WAKE": "on waking", "NOON": "noon", "AFT": "afternoon", "EVE": "evening", "NIGHT": "night",
    "HS": "bedtime", "C": "with meals", "AC": "before meals", "PC": "after meals", "CM": "with breakfast",
    "ACM": "before breakfast", "PCM": "after breakfast", "CD": "with lunch", "ACD": "before lunch",
    "PCD": "after lunch", "CV": "with dinner", "ACV": "before dinner", "PCV": "after dinner",
}  # fmt: skip
_PERIODS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "y": "year"}


class Row(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One direction as written, and as read."""

    written: str
    read: str


class Chapter(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One kind of thing that directions say, in a few sentences, and its table."""

    title: str
    text: str
    rows: list[Row]


def chapters() -> list[Chapter]:
    """The chapters in the order of their files."""
    return [read_yaml(path, Chapter) for path in sorted(HERE.glob("*.yaml"))]


def reading_page() -> str:
    """All chapters as one page of the manual."""
    lines = ["# Reading directions", "", INTRODUCTION, ""]
    for chapter in chapters():
        lines += [f"## {chapter.title}", "", chapter.text.strip(), "", "| written | read |", "|---|---|"]
        lines += [f"| {_cell(row.written)} | {_cell(row.read)} |" for row in chapter.rows]
        lines.append("")
    return "\n".join(lines)


def reading_index() -> str:
    """The line of the manual's first page."""
    return f"- [Reading directions](reading.md): {sum(len(c.rows) for c in chapters())} directions\n"


INTRODUCTION = (
    "What is written on a prescription, and what the reader makes of it. Parts of one instruction stand apart by a "
    "semicolon. *Partly read* means that a person has to read it: the words that were not understood, or the doubt, "
    "are named, and no amount is worked out from it."
)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


def reading(sig: Sig) -> str:
    """What was read, in plain words that nobody else uses; the tables are held against it."""
    said = ""
    for step in sig.steps:
        said += {"first": "", "and": " AND ", "then": " THEN ", "or": " OR "}[step.link.value]
        said += "; ".join(_step(step))
    if sig.is_read:
        return said
    missing = [repr(sig.text[first:last]) for first, last in sig.unread]
    why = [f"not understood: {', '.join(missing)}"] if missing else []
    return f"{sig.status.value}: {'; '.join([*why, *sig.doubts])}"


def _step(step: Step) -> Iterator[str]:
    if step.dose:
        yield _dose(step.dose)
    if step.change:
        by = f" by {_dose(step.change.by)}" if step.change.by else ""
        every = f" every {_span(step.change.every.low, step.change.every.unit)}" if step.change.every else ""
        to = f" up to {_dose(step.change.to)}" if step.change.to else ""
        yield f"{'raised' if step.change.is_increase else 'lowered'}{by}{every}{to}"
    for row in step.scale:
        yield f"{row.low or 'less'} to {row.high or 'more'}: {_dose(row.dose)}"
    if step.rate:
        per = f"/{step.rate.weight_unit}" if step.rate.weight_unit else ""
        yield f"{_range(step.rate.low, step.rate.high)} {step.rate.unit}{per} per {_PERIODS[step.rate.per]}"
    yield from filter(None, [step.route, step.site])
    yield from _when(step.timing)
    if step.days:
        word, first, last = _PERIODS[step.days.unit], step.days.first, step.days.last
        yield f"{word} {first}" if first == last else f"{word}s {first} to {last or 'the end'}"
    if step.cycle:
        yield f"of every {_span(step.cycle.high, step.cycle.unit)}"
    if step.duration:
        yield f"for {_long(step.duration.low, step.duration.high, step.duration.unit)}"
    if step.prn:
        yield f"as needed: {step.prn_reason}" if step.prn_reason else "as needed"
    for limit in step.maxima:
        code = limit.unit or (step.dose.unit if step.dose else None)
        unit = "" if code is None else UNITS[code].plural if limit.value > 1 else UNITS[code].code
        each = f" in {_span(limit.period, limit.period_unit)}" if limit.period else " at one time"
        yield f"at most {format_number(limit.value)} {unit}{f' of {limit.of}' if limit.of else ''}{each}"
    if step.repeat:
        word = "every" if step.repeat.is_every else "after"
        after = f" {word} {_span(step.repeat.after.low, step.repeat.after.unit)}" if step.repeat.after else ""
        lead = "repeated" if step.repeat.is_due else "may be repeated"
        yield f"{lead} {step.repeat.times or ''}{after}".replace("  ", " ")
    yield from _rest(step)


def _rest(step: Step) -> Iterator[str]:
    if step.wear:
        if step.wear.on:
            yield f"stays on {_long(step.wear.on.low, step.wear.on.high, step.wear.on.unit)}"
        if step.wear.off:
            yield f"off {_long(step.wear.off.low, step.wear.off.high, step.wear.off.unit)}"
        yield from (f"taken off: {_EVENTS[e.code]}" for e in step.wear.until)
    yield from filter(None, [step.trigger])
    if step.start:
        yield f"begins: {step.start}"
    if step.until:
        yield f"until: {step.until}"
    if step.indication:
        yield f"for: {step.indication}"
    if step.product:
        yield f"medicine: {step.product}"
    if step.as_directed:
        yield "as directed"
    yield from step.instructions


def _when(t: Timing) -> Iterator[str]:
    if t.frequency:
        times = _range(t.frequency.low, t.frequency.high)
        yield (
            f"{times} a {_PERIODS[t.frequency.unit]}" if t.frequency.period == 1 else f"{times} in {t.frequency.period}"
        )
    if t.interval:
        yield f"every {_long(t.interval.low, t.interval.high, t.interval.unit)}"
    yield from map(_event, t.events)
    yield from t.clock
    if t.weekdays:
        yield " ".join(t.weekdays)
    if t.month_days:
        yield f"day {' and '.join(map(str, t.month_days))} of the month"
    if t.count:
        yield f"{t.count} doses in all"
    if t.stat or t.once:
        yield "now" if t.stat else "once"
    if t.over:
        yield f"over {t.over}" + (f" to {t.over_most}" if t.over_most else "")


def _event(event: Event) -> str:
    far = f"{event.offset}{f' to {event.offset_high}' if event.offset_high else ''} min " if event.offset else ""
    return far + _EVENTS[event.code]


def _dose(dose: Dose) -> str:
    unit = "" if dose.unit is None else UNITS[dose.unit].code if dose.high <= 1 else UNITS[dose.unit].plural
    beside = f" ({dose.strength}{f' to {dose.strength_high}' if dose.strength_high else ''})" if dose.strength else ""
    return f"{_range(dose.low, dose.high)} {unit}{f'/{dose.per}' if dose.per else ''}".strip() + beside


def _range(low: object, high: object) -> str:
    def number(value: object) -> str:
        return format_number(value)  # type: ignore[arg-type]

    return number(low) if low == high else f"{number(low)} to {number(high)}" if low else f"up to {number(high)}"


def _long(low: object, high: object, unit: str) -> str:
    return f"{_range(low, high)} {_PERIODS[unit]}{'' if high == 1 else 's'}"


def _span(value: object, unit: str) -> str:
    return _long(value, value, unit)

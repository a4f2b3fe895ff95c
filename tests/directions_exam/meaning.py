"""What a written direction means, told apart from the reader's own model, and how the two are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tallman.core.sig import Duration, Sig, Step

__all__ = ["ANY", "Amount", "Part", "Written", "differences"]

ANY = "any"
"""Stands for what a text leaves open: whatever is read there is not judged."""
Amount = tuple[Decimal, Decimal, str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One instruction. `times` are words of this module ("3/d", "q4-6h", "HS", "ACM-30", "mon", "08:00", "once");
    `may` are words that may be read beside them, `maxima` such as ("8", "tablet", "1d"), `duration` such as "7-10 d".
    """

    dose: Amount | None = None
    route: str | None = ANY
    site: str | None = None
    times: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    prn: bool = False
    reason: str | None = ANY
    maxima: frozenset[tuple[str, str | None, str]] = frozenset()
    duration: str | None = None
    days: str | None = None
    link: str = "first"
    repeat: str | None = None
    strength: str | None = ANY


@dataclass(frozen=True, slots=True)
class Written:
    """A text, what it means, and the scene it comes from; no parts: it must not be called read."""

    text: str
    parts: tuple[Part, ...]
    scene: str


_JUDGED = ("dose", "route", "site", "prn", "reason", "maxima", "duration", "days", "link", "repeat", "strength")


def number(value: Decimal) -> str:
    """A number without trailing zeros."""
    return f"{value.normalize():f}"


def span(low: Decimal, high: Decimal) -> str:
    """A range, or the one number."""
    return number(low) if low == high else f"{number(low)}-{number(high)}"


def _times(step: Step) -> Iterator[str]:
    timing = step.timing
    if timing.frequency:
        f = timing.frequency
        period = "" if f.period == 1 else number(f.period)
        yield f"{span(Decimal(f.low), Decimal(f.high))}/{period}{f.unit}"
    if timing.interval:
        each = span(timing.interval.low, timing.interval.high)
        whole = each == "1" and timing.interval.unit != "h" and timing.interval.unit != "min"
        yield f"1/{timing.interval.unit}" if whole else f"q{each}{timing.interval.unit}"
    for event in timing.events:
        away = f"-{event.offset}" if event.offset else ""
        yield f"{event.code}{away}{f'-{event.offset_high}' if event.offset_high else ''}"
    yield from timing.weekdays
    yield from timing.clock
    yield from (f"day {day} of the month" for day in timing.month_days)
    if timing.count:
        yield f"x{timing.count}"
    if timing.once:
        yield "once"
    if timing.stat:
        yield "now"
    if timing.over:
        yield f"over {timing.over}"


def _told_twice(times: set[str]) -> set[str]:
    """Once a day beside a moment of the day, or a week's once beside its one day, says nothing more."""
    moments = {t for t in times if t.isupper() or ":" in t or t[:2] in ("AC", "PC", "HS")}
    weekdays = times & {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    if len(moments) == 1 or weekdays:
        times = times - {"1/d"}
    if weekdays:
        times = times - {f"{len(weekdays)}/wk"}
    if times & {"CM", "ACM", "PCM"}:
        times = times - {"MORN"}
    return times - ({"1/mo"} if any("of the month" in t for t in times) else set())


def _heard(step: Step) -> Part:
    days = None
    if step.days:
        last = "" if step.days.last is None else step.days.last
        days = f"{step.days.unit} {step.days.first}-{last}"
        if step.cycle:
            days += f" of {span(step.cycle.low, step.cycle.high)}{step.cycle.unit}"
    repeat = None
    if step.repeat:
        after = step.repeat.after
        repeat = f"{f'{span(after.low, after.high)}{after.unit}' if after else ''}x{step.repeat.times or ''}"
    dose = step.dose
    return Part(
        (dose.low, dose.high, _unit(dose.unit)) if dose else None, step.route, step.site, frozenset(_times(step)),
        frozenset(), step.prn, step.prn_reason, frozenset(_maxima(step)), _long(step.duration), days, step.link.value,
        repeat, str(dose.strength) if dose and dose.strength else None,
    )  # fmt: skip


def _unit(code: str | None) -> str | None:
    return "puff" if code == "inhalation" else code  # Both are one breath in.


def _maxima(step: Step) -> Iterator[tuple[str, str | None, str]]:
    for limit in step.maxima:
        unit = limit.unit or (step.dose.unit if step.dose else None)
        yield number(limit.value), _unit(unit), f"{number(limit.period)}{limit.period_unit}" if limit.period else "once"


def _long(lasting: Duration | None) -> str | None:
    if lasting is None:
        return None
    is_a_day = (lasting.high, lasting.unit) == (24, "h")
    return "1 d" if is_a_day else f"{span(lasting.low, lasting.high)} {lasting.unit}"


def differences(written: Written, sig: Sig) -> list[str]:
    """The components that were read otherwise than meant, each with both values."""
    if not written.parts:
        return ["must not be read"]
    heard = [_heard(step) for step in sig.steps]
    if len(heard) != len(written.parts):
        return [f"steps: {len(written.parts)} meant, {len(heard)} read"]
    found = []
    for meant, part in zip(written.parts, heard, strict=True):
        for name in (
            "dose",
            "route",
            "site",
            "prn",
            "reason",
            "maxima",
            "duration",
            "days",
            "link",
            "repeat",
            "strength",
        ):
            value = getattr(meant, name)
            if value != ANY and value != getattr(part, name):
                found.append(f"{name}: {value} meant, {getattr(part, name)} read")
        if _told_twice(set(meant.times)) != _told_twice(set(part.times)) - (meant.may - meant.times):
            found.append(f"times: {sorted(meant.times)} meant, {sorted(part.times)} read")
    return found

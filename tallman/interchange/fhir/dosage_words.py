"""What goes with a dose and has no element in FHIR R4's `Dosage`, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tallman.core.quantity import Amount, format_number
from tallman.core.sig import Dose, Interval, Maximum, Repeat, Step, Timing, Wear
from tallman.core.sig.say_when import days_of, spans_of, when
from tallman.core.sig.step_use import amount_words

__all__ = ["as_written", "beside", "changed", "either_way"]

_EVENTS = {"HS": "at bedtime", "NIGHT": "at night", "EVE": "in the evening", "MORN": "in the morning"}
_PERIODS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "y": "year"}


_WAY = r"(?:oral|rectal|sublingual|buccal|nasal|inhalation|subcutaneous|enteral tube|intra[a-z-]+)"
_EITHER = re.compile(rf"(?:{_WAY}, )*{_WAY} or {_WAY}")
"""Ways in, as the reader of directions names them."""
_HOW = re.compile(
    r"\b(?:(?:slow |rapid )?(?:iv |intravenous )?(?:push|bolus)(?! (?:\w+ )?fluids)|(?:slow |rapid )?ivp"
    r"|(?:do not |may |can |be )*crush(?:ed)?(?: and mix)?|(?:may )?open (?:the )?capsules?"
    r"|(?:do not )?swallow(?:ed)?(?: whole)?"
    r"|half (?:a )?patch|1/2 patch)\b",
    re.IGNORECASE,
)


def as_written(text: str) -> Iterator[str]:
    """How it is given, where a code says less than the word: pushed, crushed, opened, swallowed, a patch cut."""
    yield from (found[0].lower() for found in _HOW.finditer(text))


def either_way(step: Step, said: str) -> bool:
    """Whether the words are the ways in, of which one is chosen: "oral or rectal"."""
    return step.route is None and bool(_EITHER.fullmatch(said))


def beside(step: Step) -> Iterator[str]:
    """Phrases for advice, repeats, titrations, scales, rounds of days, what it is for and when to begin and stop."""
    if step.trigger:
        yield step.trigger
    if step.change:
        yield changed(step)
    conditions = [said for said in step.instructions if step.repeat and said.startswith("if ")]
    yield from (
        f"({said})" if said.startswith("not ") else said
        for said in step.instructions
        if not (either_way(step, said) or said in conditions)
    )
    if step.as_directed:
        yield "as directed"
    if step.dose and step.dose.strength:
        yield f"({_strength(step.dose.strength, step.dose.strength_high)})"
    if step.repeat:
        yield " ".join((_repeated(step.repeat), *conditions))
    yield from (f"{span}: {_amount(row.dose)}" for span, row in zip(spans_of(step.scale), step.scale, strict=True))
    if step.wear:
        yield from _worn(step.wear)
    if step.days:
        yield days_of(step.days, step.cycle)
        if step.cycle and step.duration:
            yield f"for {_long(step.duration.high, step.duration.unit)} in all"
    yield from _moments(step.timing)
    for at, limit in enumerate(step.maxima):
        if at or limit.of:
            yield _limit(limit, step.dose)
    if step.timing.month_days:
        yield from when(Timing(month_days=step.timing.month_days))
    lead = "" if step.indication and step.indication.startswith("to ") else "for"
    for name, said in ((lead, step.indication), ("starting", step.start), ("until", step.until)):
        if said:
            yield f"{name} {said}".strip()


def _moments(timing: Timing) -> Iterator[str]:
    """What `Timing.repeat` has no room for: at once, several distances from meals, moments beside hours."""
    if timing.stat:
        yield "now"
    events, away = timing.events, {e.offset for e in timing.events}
    if events and (timing.clock or len(away) > 1 or any(e.offset_high for e in events)):
        yield from when(Timing(events=events, clock=timing.clock))


def _limit(limit: Maximum, dose: Dose | None) -> str:
    most = amount_words(Fraction(limit.value), Fraction(limit.value), limit.unit or (dose.unit if dose else None))
    return f"no more than {most}{f' of {limit.of}' if limit.of else ''}" + (
        f" in {_long(limit.period, limit.period_unit)}" if limit.period else " in one dose"
    )


def _long(value: Decimal, unit: str) -> str:
    return f"{format_number(value)} {_PERIODS[unit]}{'' if value == 1 else 's'}"


def _spaced(interval: Interval) -> str:
    low = f"{format_number(interval.low)} to " if interval.low != interval.high else ""
    return low + _long(interval.high, interval.unit)


def _amount(dose: Dose) -> str:
    said = amount_words(Fraction(dose.low), Fraction(dose.high), dose.unit)
    return f"{said}/{dose.per}" if dose.per else said


def _repeated(repeat: Repeat) -> str:
    times = f" {repeat.times} time{'' if repeat.times == 1 else 's'}" if repeat.times else ""
    lead = "repeat" if repeat.is_due else "may repeat"
    if repeat.after and repeat.is_every:
        return f"{lead} every {_spaced(repeat.after)}" + (f" up to{times}" if times else "")
    return f"{lead}{times}" + (f" after {_spaced(repeat.after)}" if repeat.after else "")


def changed(step: Step) -> str:
    """How the dose changes: "increase by 1 tablet every 1 week up to 4 tablets"."""
    change = step.change
    assert change is not None
    said = "increase" if change.is_increase else "decrease"
    said += f" by {_amount(change.by)}" if change.by else ""
    said += f" every {_spaced(change.every)}" if change.every else ""
    return said + (f" up to {_amount(change.to)}" if change.to else "")


def _strength(low: Amount, high: Amount | None) -> str:
    return f"{format_number(low.value)} to {high}" if high and high.unit == low.unit else str(low)


def _worn(wear: Wear) -> Iterator[str]:
    if wear.on:
        yield f"leave on for {_spaced(wear.on)}"
    if wear.off:
        yield f"then off for {_spaced(wear.off)}"
    if wear.until:
        yield "take off " + " and ".join(_EVENTS.get(e.code, e.code) for e in wear.until)

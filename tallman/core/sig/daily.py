"""How much a day: lowest, highest, peak and steady amounts of a direction, with the arithmetic in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from tallman.core.sig.model import Link, Sig, Step, Timing
from tallman.core.sig.step_use import PhaseUse, Unknown, amount_words, most_a_day, use_of_step

__all__ = ["DailyUse", "daily_use", "phase_uses", "why_no_daily_use"]

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class DailyUse:
    """Amounts a day in `unit` (None: the text names none).

    `low` and `high` are averages a day over the phases of a sequence (weekly dosing: a seventh), `peak` the most on any
    one day, `steady` the most a day in the last phase. `doses_low`/`doses_high` count doses a day in the heaviest phase,
    `single_low`/`single_high` are the smallest and largest single dose. `is_prn` when any of it is as needed, `is_capped`
    when a stated maximum set `high`. `words` is the arithmetic to show.
    """

    low: Fraction
    high: Fraction
    unit: str | None
    peak: Fraction
    steady: Fraction
    doses_low: Fraction
    doses_high: Fraction
    single_low: Fraction
    single_high: Fraction
    is_prn: bool
    is_capped: bool
    words: str


_TODAY = re.compile(r"\b(?:today|tonight|hoy|esta noche|day (?:1|one)|(?:first|1st) day)\b", re.IGNORECASE)
"""What is for the whole of the first day."""
_SOON = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|six|twelve) ?(?:m|mins?|minutes?)\b|\b(?:1?\d|2[0-3]|an?|one|two|three|four|six|twelve) ?(?:h|hrs?|hours?)\b"
)
"""Minutes, or hours that are less than a day."""


def _together(uses: Sequence[tuple[Step, PhaseUse]]) -> PhaseUse:
    """Steps that run side by side, or of which one is chosen."""
    units = {u.unit for _, u in uses if u.unit}
    if len(units) > 1:
        raise Unknown("the doses are in different units")
    if len(uses) == 1:
        return uses[0][1]
    if choice := _choice_beside(uses):
        return _together([*uses[:choice], (replace(uses[choice][0], link=Link.AND), _together(uses[choice:]))])
    unit = next(iter(units), None)
    apart = _are_on_other_days([s for s, _ in uses])
    either = any(s.link is Link.OR for s, _ in uses) or apart
    due = [u for s, u in uses if not s.prn]
    low = min(u.low for _, u in uses) if either else _in_sum(u.low for u in due or [u for _, u in uses])
    high = max(u.high for _, u in uses) if either else _in_sum(u.high for _, u in uses)
    peak = max(u.peak for _, u in uses) if either else _peak_by_weekday(uses)
    most = None if either else _most_in_all(uses, _in_sum(u.low for u in due))
    if most is not None and all(s.timing.once for s, _ in uses):
        high = peak = max(high, most)  # one bout is told, and the most allows for another
    elif most is not None:
        low, high, peak = min(low, most), min(high, most), min(peak, most)
    lengths = [u.days for _, u in uses]
    words = (" or " if either else " and ").join(u.words for _, u in uses)
    if not either:
        words += f": together {amount_words(low, high, unit)} a day"
    add = max if either else _in_sum
    return PhaseUse(
        low, high, peak, min(u.doses_low for _, u in uses) if either else add([u.doses_low for _, u in uses]),
        add([u.doses_high for _, u in uses]), min(u.single_low for _, u in uses), max(u.single_high for _, u in uses), unit,
        None if None in lengths else (sum if apart else max)(n for n in lengths if n is not None), most is not None or any(u.is_capped for _, u in uses), words,
    )  # fmt: skip


def _choice_beside(uses: Sequence[tuple[Step, PhaseUse]]) -> int:
    """Where doses as needed begin of which one is chosen, beside what is due in any case: "2 mg every 6 hours and 1 mg every 2
    hours as needed for CIWA 8-15, or 2 mg every hour for CIWA above 15"; 0 where there are none."""
    begun = next((i for i, (s, _) in enumerate(uses) if s.prn), 0)
    due, chosen = [s.link for s, _ in uses[:begun]], [s for s, _ in uses[begun:]]
    either = len(chosen) > 1 and all(s.prn and (i == 0 or s.link is Link.OR) for i, s in enumerate(chosen))
    return begun if either and chosen[0].link is Link.AND and Link.OR not in due else 0


def _in_sum(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0))


def _most_in_all(uses: Sequence[tuple[Step, PhaseUse]], due: Fraction) -> Fraction | None:
    """The most a day that stands behind all parts of what is taken, and leaves room for what is `due` of it."""
    last, use = uses[-1]
    told = [m for s, _ in uses[:-1] for m in s.maxima]
    most = most_a_day(replace(last, maxima=tuple(m for m in last.maxima if m.unit != "dose")))
    return most if most is not None and not told and most >= max(due, use.low) else None


def _are_on_other_days(steps: Sequence[Step]) -> bool:
    """Whether no two of the steps fall on one day of a course: days 1, 8 and 15, months 1, 2 and 7."""
    units = {s.days.unit for s in steps if s.days}
    days = [s.days for s in steps if s.days] if len(units) == 1 else []
    ordered = sorted((d.first, d.last) for d in days if d.last is not None)
    return len(ordered) == len(steps) and all(a[1] < b[0] for a, b in pairwise(ordered))


def _peak_by_weekday(uses: Sequence[tuple[Step, PhaseUse]]) -> Fraction:
    return max(
        sum((u.peak for s, u in uses if not s.timing.weekdays or day in s.timing.weekdays), Fraction(0))
        for day in _WEEK
    )


def _days_apart(sig: Sig) -> list[tuple[Step, ...]]:
    """The phases of the sequence; one dose so few hours after another is of the same day as that: "2 now, then 1 in 1 hour"."""
    phases: list[tuple[Step, ...]] = []
    for phase in sig.phases():
        soon = len(phase) == 1 and _is_soon(phase[0])
        last = phases[-1][-1] if phases else None
        if soon and last and (last.timing.once or last.timing.stat):
            phases[-1] = (*phases[-1], *phase)
        elif last and _is_untimed(last) and _is_of_same_bout(phase):
            phases[-1] = (*phases[-1][:-1], replace(last, timing=Timing(once=True), prn=False), *phase)
        else:
            phases.append(phase)
    return phases


def _is_untimed(step: Step) -> bool:
    """Whether it is one dose for what comes up: "2 tablets at the first sign of a cold sore, then 2 in 12 hours"."""
    comes_up = step.prn or step.trigger is not None
    return comes_up and step.dose is not None and not (step.timing or step.repeat or step.maxima or step.days)


def _is_of_same_bout(phase: tuple[Step, ...]) -> bool:
    """Whether it follows a first dose within hours, or each time within a most a day: "then 1 after each, max 8 a day"."""
    step = phase[0]
    held = any(m.unit != "dose" and m.period == 1 and m.period_unit == "d" for m in step.maxima)
    each_time = held and not step.timing and (step.trigger or step.prn)
    return len(phase) == 1 and bool(each_time or (step.timing.once and _is_soon(step)))


def _is_soon(step: Step) -> bool:
    """Whether it follows a dose within hours: at a time that is said, or where that one was not enough."""
    if step.start:
        return bool((step.timing.once or step.timing.count) and _SOON.search(step.start))
    t = step.timing
    return step.prn and not (t.frequency or t.interval or t.events or t.weekdays or step.duration or step.days)


@lru_cache(maxsize=4096)
def phase_uses(sig: Sig) -> tuple[PhaseUse, ...] | str:
    """The use in every phase of the sequence, or the reason why it cannot be known."""
    if not sig.steps:
        return "the directions could not be read"
    if len({s.product for s in sig.steps if s.product and s.dose}) > 1:
        return "it speaks of more than one medicine"
    found: list[PhaseUse] = []
    told: list[tuple[Step, ...]] = []
    before: Step | None = None
    try:
        for phase in _days_apart(sig):
            uses = []
            for step in phase:
                if step.dose is None and not step.change and (step.timing.once or step.as_directed) and found:
                    continue
                uses.append((step, use_of_step(step, sig, before)))
                before = step
            if uses:
                found.append(_together(uses))
                told.append(phase)
    except Unknown as unknown:
        return str(unknown)
    if len({u.unit for u in found if u.unit}) > 1:
        return "the doses are in different units"
    return tuple(_with_what_follows(sig, told, found)) or "the directions name no dose"


def _with_what_follows(sig: Sig, phases: list[tuple[Step, ...]], uses: list[PhaseUse]) -> Iterator[PhaseUse]:
    """To a dose given at once belongs what follows on the same day: "2 now, then 1 every 6 hours" are 5."""
    for at, (phase, use) in enumerate(zip(phases, uses, strict=True)):
        following = phases[at + 1] if at + 1 < len(phases) else ()
        at_once = all((s.timing.once or s.timing.stat) and not s.days for s in phase) and not _TODAY.search(sig.text)
        if not following or not at_once or any(s.start or s.days or not s.dose for s in following):
            yield use
            continue
        after = uses[at + 1]
        is_counted = all(s.timing.count and s.timing.interval for s in following)
        more = after.peak - (0 if is_counted else after.single_high)
        counts = more > 0 and after.unit == use.unit and not after.is_capped  # a stated maximum is of the whole day
        if not counts:
            yield use
            continue
        least = use.low if all(s.prn for s in following) else use.low + max(after.low - after.single_high, Fraction(0))
        yield replace(use, peak=use.peak + more, on_a_day=(least, use.high + more))


@lru_cache(maxsize=4096)
def daily_use(sig: Sig) -> DailyUse | None:
    """The amounts a day, or None when they cannot be known (`why_no_daily_use` says why).

    What could not be read in `sig` is not in the figures: look at `sig.status` before calling a dose safe.
    """
    uses = phase_uses(sig)
    if isinstance(uses, str):
        return None
    heaviest = max(uses, key=lambda u: u.peak)
    words = uses[0].words if len(uses) == 1 else "; then ".join(u.words for u in uses)
    if len(uses) > 1:
        words += f"; the most on one day is {amount_words(heaviest.peak, heaviest.peak, heaviest.unit)}"
    on_days = [u.on_a_day or (u.low, u.high) for u in uses]
    return DailyUse(
        min(low for low, _ in on_days), max(high for _, high in on_days), heaviest.unit or next((u.unit for u in uses if u.unit), None),
        heaviest.peak, on_days[-1][1], heaviest.doses_low, heaviest.doses_high, min(u.single_low for u in uses),
        max(u.single_high for u in uses), any(s.prn for s in sig.steps), any(u.is_capped for u in uses), words,
    )  # fmt: skip


def why_no_daily_use(sig: Sig) -> str:
    """Why `daily_use` is None; empty when it is not."""
    uses = phase_uses(sig)
    return uses if isinstance(uses, str) else ""

"""What a prescription direction says: steps of dose, route and timing, close to FHIR R4 Dosage and Timing.

Everything is a frozen value. Three times a day is a `Frequency`, every eight hours an `Interval`: they are
different values and never turn into each other. A low end of 0 in a range means "up to".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tallman.core.quantity import Amount

__all__ = [
    "Change", "DayRange", "Dose", "Duration", "Event", "Frequency", "Interval", "Link", "Maximum", "Notation",
    "Rate", "Repeat", "ScaleRow", "Sig", "Span", "Status", "Step", "Timing", "Wear",
]  # fmt: skip

Span = tuple[int, int]


class Status(StrEnum):
    """How much of the text was understood."""

    READ = "read"
    PARTLY_READ = "partly read"
    NOT_READ = "not read"


class Link(StrEnum):
    """How a step relates to the one before it."""

    FIRST = "first"
    AND = "and"
    THEN = "then"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Dose:
    """How much at one time.

    `unit` is a code of `core.quantity.UNITS`, None when the text names none ("take 1 daily").
    `strength` is the amount of medicine given beside it, in all: 250 mg in "5 mL (250 mg)";
    `strength_high` goes with `high` when a range is given. `per` is "kg" or "m2" for a dose by weight or area.
    """

    low: Decimal
    high: Decimal
    unit: str | None = None
    strength: Amount | None = None
    strength_high: Amount | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times per period: 3 times per 1 d. `unit` is h, d, wk, mo or y."""

    low: int
    high: int
    period: Decimal = Decimal(1)
    unit: str = "d"


@dataclass(frozen=True, slots=True)
class Interval:
    """Every so long: every 4 to 6 h, every 2 d. `unit` is min, h, d, wk, mo or y."""

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the day by its FHIR code (MORN, AC, HS, PCM, …) and how many minutes away from it.

    The code says whether before or after; `offset_high` ends a range ("30 to 60 minutes before breakfast").
    """

    code: str
    offset: int = 0
    offset_high: int = 0


@dataclass(frozen=True, slots=True)
class Timing:
    """When a dose is taken.

    `weekdays` are "mon" … "sun", `month_days` days of the month, `clock` hours as "08:00"; `count` is how many
    doses in all, `once` one single dose, `stat` at once or today, `over` how long one dose takes to give, at least, and
    `over_most` at most where a span is written.
    """

    frequency: Frequency | None = None
    interval: Interval | None = None
    events: tuple[Event, ...] = ()
    weekdays: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    clock: tuple[str, ...] = ()
    count: int | None = None
    once: bool = False
    stat: bool = False
    over: Amount | None = None
    over_most: Amount | None = None

    def __bool__(self) -> bool:
        return self != _NO_TIMING


_NO_TIMING = Timing()


@dataclass(frozen=True, slots=True)
class Maximum:
    """No more than `value` of `unit` in `period` of `period_unit`; without a period, in one dose.

    `unit` None means the unit of the dose; "dose" counts times taken. `of` is the one ingredient it speaks of, if named.
    """

    value: Decimal
    unit: str | None
    period: Decimal | None = Decimal(1)
    period_unit: str = "d"
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the step lasts. `unit` is min, h, d, wk, mo or y."""

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class DayRange:
    """Which days (or weeks) of the course, counted from 1: day 2, days 3 to 5, day 8 and after (`last` None)."""

    first: int
    last: int | None
    unit: str = "d"


@dataclass(frozen=True, slots=True)
class Rate:
    """A speed of flow: 50 mL per 1 h, 2 L per 1 min; `weight_unit` is "kg" for 4 mcg/kg/min."""

    low: Decimal
    high: Decimal
    unit: str
    per: str
    weight_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A titration: raise (or lower, when `is_increase` is false) the dose by `by` at each `every`, up to `to`.

    `by` is None where only the end is said.
    """

    by: Dose | None
    every: Interval | None
    to: Dose | None = None
    is_increase: bool = True


@dataclass(frozen=True, slots=True)
class Repeat:
    """The dose may be taken again after this long (None: not said), `times` more times (None: not said).

    `is_due`: it is taken again, needed or not ("repeat in 7 days"); `is_every`: again and again, so far apart.
    """

    after: Interval | None
    times: int | None = None
    is_due: bool = False
    is_every: bool = False


@dataclass(frozen=True, slots=True)
class Wear:
    """How long something stays on: taken off after `on` (None: not said) or at an event ("at bedtime"), off for `off`."""

    on: Interval | None = None
    off: Interval | None = None
    until: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One row of a sliding scale: from `low` to `high` (None: open end) give `dose`."""

    low: Decimal | None
    high: Decimal | None
    dose: Dose


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a direction.

    `method` is a verb ("take", "apply"), `route` a code of the vocabulary ("oral", "ophthalmic"), `site`
    where on the body ("left eye"), `instructions` phrases from a fixed vocabulary ("with food"), `indication`
    what it is for and `prn_reason` when it is wanted, both in the words of the text, lower case; so are `start` (when to
    begin), `until` (when to stop), `trigger` (what it is taken before or after: "1 hour before the procedure") and
    `product` (a medicine named in the text). `days` are the days of a course on which it is taken, and of each round
    of `cycle` where that is said (days 1 to 21 of 28). `span` is where in the text it stands.
    """

    link: Link = Link.FIRST
    method: str | None = None
    dose: Dose | None = None
    route: str | None = None
    site: str | None = None
    timing: Timing = _NO_TIMING
    prn: bool = False
    prn_reason: str | None = None
    maxima: tuple[Maximum, ...] = ()
    duration: Duration | None = None
    as_directed: bool = False
    instructions: tuple[str, ...] = ()
    indication: str | None = None
    days: DayRange | None = None
    change: Change | None = None
    rate: Rate | None = None
    scale: tuple[ScaleRow, ...] = ()
    repeat: Repeat | None = None
    trigger: str | None = None
    start: str | None = None
    until: str | None = None
    product: str | None = None
    wear: Wear | None = None
    cycle: Duration | None = None
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Notation:
    """An error-prone way of writing found in the text.

    `code` names the kind ("unit-u", "trailing-zero"), `found` is the text as it stands at `span`, `hazard` what it can
    be mistaken for and `safer` what to write instead.
    """

    code: str
    span: Span
    found: str
    hazard: str
    safer: str


@dataclass(frozen=True, slots=True)
class Sig:
    """A direction as received and as read.

    `text` is kept exactly. `unread` are the spans of `text` nothing was made of. Status READ means that every
    character was understood; daily doses and days' supply of any other sig are best effort only. `doubts` say in
    words why a sig whose every word is known is still not READ. `quantity` is what the text itself asks for ("#20").
    `remarks` are the spans that are no directions: notes to the pharmacy, to the payer; those of them that the patient
    must hear word for word ("call 911 if no relief") are `told` too.
    """

    text: str
    status: Status = Status.NOT_READ
    steps: tuple[Step, ...] = ()
    unread: tuple[Span, ...] = ()
    notations: tuple[Notation, ...] = ()
    language: str = "en"
    doubts: tuple[str, ...] = ()
    quantity: Decimal | None = None
    remarks: tuple[Span, ...] = ()
    told: tuple[Span, ...] = ()

    def __hash__(self) -> int:
        """Equal directions have equal texts, and one text has one reading: no need to look further."""
        return hash(self.text)

    @property
    def is_read(self) -> bool:
        """Whether the whole text was understood."""
        return self.status is Status.READ

    @property
    def on_one_line(self) -> str:
        """The text as received, its lines in one."""
        return " ".join(self.text.split())

    @property
    def why_not_certain(self) -> str:
        """What to say where something hangs on a reading that is not certain."""
        return f"the directions could not be read for certain: {self.on_one_line!r}"

    def phases(self) -> Iterator[tuple[Step, ...]]:
        """The steps grouped by what runs at the same time: a new phase begins at each "then"."""
        group: list[Step] = []
        for step in self.steps:
            if step.link is Link.THEN and group:
                yield tuple(group)
                group = []
            group.append(step)
        if group:
            yield tuple(group)

    def same_meaning(self, other: Sig) -> bool:
        """Whether both say the same, however worded."""
        return [_bare(s) for s in self.steps] == [_bare(s) for s in other.steps]


def _bare(step: Step) -> tuple[object, ...]:
    return tuple(getattr(step, name) for name in Step.__slots__ if name != "span")

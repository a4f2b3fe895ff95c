"""The cursor that walks over the phrases of a text, and the draft of the step it is filling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any

from tallman.core.sig.lexicon import Item
from tallman.core.sig.model import (
    Change,
    DayRange,
    Dose,
    Duration,
    Event,
    Frequency,
    Interval,
    Maximum,
    Rate,
    Repeat,
    ScaleRow,
    Span,
    Wear,
)  # fmt: skip

__all__ = ["A_DAY_IN_ALL", "CHANGED_FROM", "Draft", "Reader"]

CHANGED_FROM = "the dose is changed, and from what is not said"
A_DAY_IN_ALL = "an amount a day: in one dose or in several is not said"
"""The doubt that goes where it is said how the amount is divided."""

_ORDERS = frozenset(
    {"rinse off", "rinse mouth after use", "wash hands after use", "wipe off excess", "avoid sun", "avoid alcohol"}
)
"""Advice that may have a time of its own."""
_TIMED = frozenset({"freq", "interval", "every", "event", "weekday"})
"""What says how often, or when."""
_WEIGHED = frozenset({"mg", "mcg", "g"})
_FOR_THE_PATIENT = re.compile(
    r"\b(?:911|emergency|poison)\b|\b(?:call|contact|notify|see|tell) (?:your |the |a )?"
    r"(?:doctor|dr|md|prescriber|provider|office|clinic|nurse)\b",
    re.IGNORECASE,
)


_RECHECKED = re.compile(
    r"\W*recheck\b.*\b(?:in|after) \d"
    r"|\W*(?:and )?then (?:recheck|re-?evaluate|re-?assess|follow[- ]?up)\b"
    r"|\W*(?:ok|okay) to mix\b",
    re.IGNORECASE,
)
"""What is measured again so long after the dose, or when it ends, which whoever gives it must hear; with what it may be mixed."""
_REPLACED = re.compile(
    r"\W*(?:this |it |to |new (?:dose|strength)[,:]? )?(?:replac(?:es|ing|e)|(?:is )?(?:(?:be )?taken? |use )?(?:in place|instead|in lieu) of)\b"
    r"(?!.*\b(?:rx|rxs|scripts?|prescriptions?|orders?|refills?|mediset)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What it takes the place of, so that nobody takes both."""
_ADVISED = re.compile(
    r"\W*(?:do not|don't|never|avoid|discard|throw away|store|keep)\b"
    r"(?!.*\b(?:fill\w*|refill\w*|substitut\w*|dispens\w*|deliver\w*|mail\w*|send|bill\w*|cancel\w*|file|hold|call in|record|profile)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How advice to the patient begins, in which nothing is asked of the pharmacy."""


@dataclass(slots=True)
class Draft:
    """A step being read. `link` is the connector seen before it, `joined` marks events after an "and".

    `is_said_after`: its moments stand in a sentence of their own, behind doses and how often; `by_meals`: the
    "before meals" that was said of a part of the day; `is_hour_joined`: "and" stands before an hour; `is_begun_so`: how
    often at first ("start every other night"); `comes_first`: it is told last and taken first ("… Start with 1 tablet daily
    for 3 days"); `is_of_all`: its moments and advice are of the doses before, too ("all in the morning"); `is_told_elsewhere`: its dose goes by what is measured ("then daily per INR").
    """

    link: str | None = None
    method: str | None = None
    dose: Dose | None = None
    inherits_dose: bool = False
    route: str | None = None
    site: str | None = None
    frequency: Frequency | None = None
    is_weak: bool = False
    often: str = ""
    interval: Interval | None = None
    events: list[Event] = field(default_factory=list)
    joined: set[int] = field(default_factory=set)
    weekdays: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    clock: list[str] = field(default_factory=list)
    count: int | None = None
    once: bool = False
    stat: bool = False
    over: Any = None
    prn: bool = False
    prn_reason: str | None = None
    maxima: list[Maximum] = field(default_factory=list)
    duration: Duration | None = None
    as_directed: bool = False
    instructions: list[str] = field(default_factory=list)
    indication: str | None = None
    days: DayRange | None = None
    more_days: tuple[int, ...] = ()
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
    is_exception: bool = False
    is_extra: bool = False
    is_hour_like: bool = False
    is_hour_joined: bool = False
    new_verb: bool = False
    new_sentence: bool = False
    clause: int = 0
    is_apart: bool = False
    is_raised: bool = False
    is_said_after: bool = False
    is_begun_so: bool = False
    comes_first: bool = False
    is_of_all: bool = False
    is_told_elsewhere: bool = False
    lasts_to: int = 0
    by_meals: Event | None = None
    first: int = -1
    last: int = -1

    def has_timing(self) -> bool:
        """Whether anything says when."""
        return bool(
            self.frequency or self.interval or self.events or self.weekdays or self.clock or self.month_days
            or self.once or self.stat
        )  # fmt: skip

    def has_schedule(self) -> bool:
        """Whether anything says when, how long or on which days."""
        return bool(self.has_timing() or self.duration or self.days or self.prn)

    def is_blank(self) -> bool:
        """Whether it says neither how much nor when, nor for how long."""
        return not (
            self.dose or self.has_timing() or self.prn or self.duration or self.days or self.change
            or self.rate or self.scale or self.as_directed or self.repeat or self.trigger or self.cycle
        )  # fmt: skip


_TEXT, _TERMS = attrgetter("text"), attrgetter("terms")
_PAST_THE_END = [Item({}, 0, 0, "")] * 16
"""Phrases that mean nothing, so that looking ahead needs no check for the end."""


class Reader:
    """Walks over `items`; the grammar's functions advance `at` over what they understand."""

    def __init__(self, text: str, items: list[Item]) -> None:
        self.text = text
        self.n = len(items)
        self.items = items + _PAST_THE_END
        self.said = set(map(_TEXT, items)).union(*map(_TERMS, items))
        """Every word, and every kind of phrase, that stands in the text."""
        self.at = 0
        self.draft = Draft(link="first")
        self.drafts = [self.draft]
        self.pending: str | None = None
        self.sentence = False
        self.clause = 0
        self.ordered = -1
        self.verb: str | None = None
        self.alternating = False
        self.is_pump = False
        self.form: str | None = None
        self.unread: list[Span] = []
        self.remarks: list[Span] = []
        self.told: list[Span] = []
        self.doubts: list[str] = []
        self.measures: dict[int, tuple[Decimal, Decimal, str, int] | None] = {}
        self._numbers: dict[int, tuple[Decimal, Decimal, int] | None] = {}

    def term(self, i: int, kind: str) -> Any:
        """What the phrase at `i` means as a `kind`, or None."""
        return self.items[i].terms.get(kind)

    def knows(self, i: int) -> bool:
        """Whether the phrase at `i` means anything at all."""
        return i < self.n and bool(self.items[i].terms)

    def word(self, i: int) -> str:
        """The phrase at `i` as written, in lower case; empty past the end."""
        return self.items[i].text

    def glued(self, i: int) -> bool:
        """Whether no space stands between the phrases at `i` - 1 and `i`."""
        return 0 < i < self.n and self.items[i - 1].end == self.items[i].start

    def took(self, to: int) -> bool:
        """Everything up to `to` is understood and belongs to the draft."""
        draft = self.draft
        if draft.first < 0:
            draft.first = self.items[self.at].start
        draft.last = self.items[to - 1].end
        self.at = to
        self.pending = None
        self.sentence = False
        return True

    def refuse(self, to: int) -> bool:
        """Everything up to `to` is left unread."""
        self.unread.append((self.items[self.at].start, self.items[to - 1].end))
        self.at = to
        return True

    def put(self, slot: str, value: Any, to: int) -> bool:
        """Fill a slot; the same value again is a restatement, another one stays unread."""
        value = value.rstrip(" :") if slot == "product" else value
        held = getattr(self.draft, slot)
        if held is None:
            setattr(self.draft, slot, value)
            self.draft.lasts_to = to if slot == "duration" else self.draft.lasts_to
            return self.took(to)
        if slot == "duration" and held == value:
            self.doubt_length()
        return self.took(to) if held == value else self.refuse(to)

    def doubt_length(self) -> None:
        """The same length of time again: with another time between, as in "nightly x 1 week, in the morning x 1 week", it
        may be the next line of a course."""
        begun = self.draft.lasts_to or self.at
        if any(not _TIMED.isdisjoint(self.items[k].terms) for k in range(begun, self.at)):
            self.doubts.append("so long in all, or so long at each of those times?")

    def advise(self, said: str, to: int) -> bool:
        """Add a piece of advice to the step."""
        if said not in self.draft.instructions:
            self.draft.instructions.append(said)
        return self.took(to)

    def words(self, i: int, j: int) -> str:
        """The text from the phrase at `i` up to the one at `j`, in lower case, blanks made one."""
        return " ".join(self.text[self.items[i].start : self.items[j - 1].end].lower().split()) if i < j else ""

    def strays(self) -> None:
        """A time is about to be added: remember when it may belong to what was said last and not to the dose."""
        draft = self.draft
        if self.verb is None and draft.dose and not draft.has_schedule() and not draft.instructions:
            draft.clause = self.clause  # "1 comp. v.o. cada 24 h después del desayuno"
        apart = draft.clause != self.clause and self.verb is None and draft.has_timing()
        if apart or self.at == self.ordered or (self.at and self.term(self.at - 1, "instr") in _ORDERS):
            draft.is_apart = True

    def begin(self, link: str | None) -> Draft:
        """Start the next step."""
        draft = Draft(link=link, new_verb=self.verb is not None, new_sentence=self.sentence)
        draft.method, draft.clause = self.verb, self.clause
        self.draft = draft
        self.drafts.append(draft)
        self.verb = None
        return draft

    def note(self, begun: int, end: int, *, is_told: bool = False) -> None:
        """Set words aside that are no direction. What the patient must hear of them (`is_told`, or a call for help by
        its words) is kept apart."""
        self.remarks.append((begun, end))
        said = self.text[begun:end]
        heard = (_ADVISED, _RECHECKED, _REPLACED)
        if is_told or _FOR_THE_PATIENT.search(said) or any(pattern.match(said) for pattern in heard):
            self.told.append((begun, end))

    def number(self, i: int) -> tuple[Decimal, int] | None:
        """One number, with a restatement in words or brackets: "2", "(2)", "2 (two)", "one (1)"."""
        first = self.items[i]
        value = first.terms.get("num")
        if value is None:
            if first.text != "(" or self.word(i + 2) != ")":
                return None
            value = self.term(i + 1, "num")
            again = value is not None and self.term(i + 3, "num") == value and self.term(i + 4, "times")
            return None if value is None else (value, i + 3 + bool(again))  # "(two) 2 times a day"
        j = i + 1
        following = self.items[j].text
        part = self.term(j + 1, "num") if following in ("and", "&", "plus", "+") else None
        if part and part < 1 <= value == int(value):
            return value + part, j + 2  # "8 and 1/2"
        bracket = following == "("
        again = self.term(j + bracket, "num")
        if again is not None and again == value:
            if bracket and self.word(j + 2) == ")":
                return value, j + 3
            in_words = first.text[:1].isdigit() != following[:1].isdigit()
            if not bracket and in_words and not self._is_dose(i, j) and not self._is_weighed(i, j):
                return value, j + 1
        return value, j

    def _is_dose(self, i: int, j: int) -> bool:
        """Whether in "then 3 three times a day" the first number is a dose, and not the second one in digits."""
        first = i == 0 or self.term(i - 1, "verb") or self.term(i - 1, "link") or not self.word(i - 1)[-1:].isalnum()
        return bool(first) and bool(self.term(j + 1, "times"))

    def _is_weighed(self, i: int, j: int) -> bool:
        """Whether "two 2 mg tablets" counts them first and then says what each holds; "2 two mg" says one number twice."""
        return not self.word(i)[:1].isdigit() and self.term(j + 1, "unit") in _WEIGHED

    def numbers(self, i: int) -> tuple[Decimal, Decimal, int] | None:
        """A number or a range of numbers: "1", "1-2", "one or two", "4 to 6"."""
        item = self.items[i]
        if "num" not in item.terms and item.text != "(":
            return None
        if i in self._numbers:
            return self._numbers[i]
        found = self._numbers[i] = self._read_numbers(i)
        return found

    def hours(self, i: int) -> tuple[Decimal, Decimal, int] | None:
        """A number or a range, or the "an" of "an hour before"."""
        if self.word(i) in ("a", "an") and self.word(i + 1) == "hour":
            return Decimal(1), Decimal(1), i + 1
        return self.numbers(i)

    def _read_numbers(self, i: int) -> tuple[Decimal, Decimal, int] | None:
        first = self.number(i)
        if first is None:
            return None
        low, j = first
        if self.word(j) == "," and self.glued(j) and self.glued(j + 1) and self.term(j + 1, "num") is not None:
            return None
        if self.term(j, "link") not in ("to", "or"):
            return low, low, j
        j += self.word(j) == "-" and self.word(j + 1) == "to"
        second = self.number(j + 1)
        if (
            second
            and self.word(j) == "-"
            and not self.glued(j + 1)
            and self.word(i).isdigit()
            and self.word(j + 1).isalpha()
        ):
            return low, low, j  # "1- three times a day": one, and then how often.
        if second and second[0] > low:
            return low, second[0], self._restated(low, second[0], second[1])
        if second and self.term(j, "link") == "to" and second[0] < low and self.glued(j):
            return None
        return low, low, j

    def _restated(self, low: Decimal, high: Decimal, j: int) -> int:
        """Past the same range said again: "1-2 (one to two)"."""
        bracket = self.word(j) == "("
        again = self.numbers(j + bracket)
        if again is None or again[:2] != (low, high):
            return j
        if not bracket:
            return again[2]
        return again[2] + 1 if self.word(again[2]) == ")" else j

    def glued_number(self, i: int) -> bool:
        """Whether a sign stands tight between two numbers, where it might mean something."""
        between = self.term(i - 1, "num") is not None and self.term(i + 1, "num") is not None if i else False
        return between and self.glued(i) and self.glued(i + 1)

"""At discharge: what was taken before, what was given in hospital and what goes on, in words for the patient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.change_reasons import ChangeReason, reasons_in
from tallman.core.reconciliation.difference import Difference, DifferenceType
from tallman.core.reconciliation.discharge_words import Change, instruction, looks_other, sentence
from tallman.core.reconciliation.explained import explanation
from tallman.core.reconciliation.groups import Group, grouped, with_substitutes
from tallman.core.reconciliation.judge import judged
from tallman.core.reconciliation.line import Line, ListSource, State
from tallman.core.reconciliation.traits import ORDERS, Item, items_of, settled

__all__ = ["Change", "DischargeRow", "at_discharge"]

_UNTIL = re.compile(r"\buntil (?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})/(\d{1,2})/(\d{4}))\b", re.IGNORECASE)


@dataclass(frozen=True)
class DischargeRow:
    """One medicine from before the admission to after it.

    `because` is what is written about the change, "" where nothing is; `reasons` are the coded ones among it, `until`
    the day until which a medicine is paused, where one is written. UNDECIDED is a medicine from home of which the
    discharge list says nothing, alone or beside another that may have taken its place (`after`): the patient is told
    nothing before a pharmacist has asked. OFF_AT_HOME is one that is known to be not taken or paused at home, and that
    nobody ordered: the patient is told not to begin it again alone. `is_compared` is false where the amounts of before
    and after could not be held against each other. `differences` are those between them. `believed` are those of
    `before` from the list that is believed first. `last_dose` and `next_dose` are moments in hospital and at home,
    where they are known.
    """

    change: Change
    before: tuple[Line, ...]
    hospital: tuple[Line, ...]
    after: tuple[Line, ...]
    because: str = ""
    reasons: tuple[ChangeReason, ...] = ()
    until: date | None = None
    is_compared: bool = True
    believed: tuple[Line, ...] = ()
    last_dose: datetime | None = None
    next_dose: datetime | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def sentence(self) -> str:
        """What the patient is told, in English."""
        return self.said("en")

    def said(self, language: str) -> str:
        """What the patient is told, in one or two sentences, in "en" or "es"."""
        return sentence(self._kind, self.was or self.after, self.hospital, self.after, language, self.until)

    def instruction(self, language: str) -> str:
        """What to do with it, where the medicine's name stands beside it."""
        return instruction(self._kind, self.was or self.after, self.after, language, self.until)

    @property
    def was(self) -> tuple[Line, ...]:
        """How it was taken before: as the list says that is believed."""
        return self.believed or self.before

    @property
    def now_or_was(self) -> tuple[Line, ...]:
        """The lines to name it by: as it goes on, else as the patient has it at home, else as it was stopped."""
        return self.after if self.goes_on else self.was or self.after or self.hospital

    @property
    def is_as_before(self) -> bool:
        """Whether it goes on just as it is known at home: the same amount in the same tablets."""
        return self._kind is Change.SAME

    @property
    def goes_on(self) -> bool:
        """Whether the patient takes it now."""
        return self.change in (Change.NEW, Change.CHANGED, Change.SAME)

    @property
    def _kind(self) -> str:
        if any(d.type is DifferenceType.SUBSTITUTION for d in self.differences):
            return "which" if self.change is Change.UNDECIDED else "instead"
        if self.change is Change.SAME and not self.is_compared:
            return "unlike"
        if self.change is Change.SAME and looks_other(self.was, self.after):
            return "relabelled"
        if self.change is Change.OFF_AT_HOME and self.before[0].state is State.HELD:
            return "paused at home until" if self.until else "paused at home"
        return "until" if self.change is Change.PAUSED and self.until else self.change


def at_discharge(
    before: Sequence[ListSource], hospital: ListSource, after: ListSource, knowledge: Knowledge
) -> tuple[DischargeRow, ...]:
    """A row for every medicine of the three kinds of list, what the patient must know first at the front.

    What the discharge list pauses or stops is settled. Of what only the hospital's orders pause or stop, a stop with
    its reason is; a hold is not, for nobody has said whether it goes on at home.
    """
    ranked = sorted(before, key=lambda s: s.kind.rank)
    inside = len(ranked)
    lists = [items_of(s, n, knowledge) for n, s in enumerate((*ranked, hospital))]
    items = settled([*(i for one in lists for i in one), *items_of(after, ORDERS, knowledge)], knowledge)
    active = [i for i in items if i.line.is_active]
    ended = [i for i in items if not i.line.is_active and i.source >= inside]
    sides = [[i for i in active if i.source == n] for n in range(inside + 1)]
    off = [i for i in ended if i.is_order]
    groups = _replacing(grouped(sides, [i for i in active if i.is_order], knowledge, off), inside, off, knowledge)
    rows = [_row(group, inside, ended, knowledge) for group in groups]
    rows += _ungrouped({n for g in groups for i in (*g.left, *g.right) for n in i.names}, ended)
    rows += _off_at_home([i for i in items if i.source < inside], [*active, *filter(_is_told, ended)])
    return tuple(sorted(rows, key=lambda r: list(Change).index(r.change)))


def _replacing(groups: list[Group], inside: int, off: Sequence[Item], knowledge: Knowledge) -> list[Group]:
    """The groups, a medicine that was begun in hospital joined with the one from home whose place it takes."""
    begun = {id(g.right): g for g in groups if g.right and g.left and g.left[0].source == inside}
    plain = [replace(g, left=()) if id(g.right) in begun else g for g in groups]
    joined = with_substitutes(plain, {i.names for i in off}, knowledge)
    return [replace(g, left=(*g.left, *begun[id(g.right)].left)) if id(g.right) in begun else g for g in joined]


def _row(group: Group, inside: int, ended: Sequence[Item], knowledge: Knowledge) -> DischargeRow:
    home = tuple(i for i in group.left if i.source < inside)
    given = tuple(i for i in group.left if i.source == inside)
    if not home or not group.right:
        return _one_sided(home, given, group.right, ended)
    found = judged(replace(group, left=home), knowledge)
    because = "; ".join(dict.fromkeys(d.because for d in found.differences if d.explained))
    is_guess = group.is_substitution and not because
    change = Change.UNDECIDED if is_guess else Change.CHANGED if found.differences else Change.SAME
    return _made(
        change, home, given, group.right, because,
        is_compared=not found.not_compared, differences=tuple(found.differences),
    )  # fmt: skip


def _one_sided(
    home: tuple[Item, ...], given: tuple[Item, ...], after: tuple[Item, ...], ended: Sequence[Item]
) -> DischargeRow:
    if after:
        return _made(Change.NEW, (), given, after, _because("addition", after))
    if not home:
        return _made(Change.HOSPITAL_ONLY, (), given, (), "")
    own = [i for i in ended if i.names == home[0].names]
    said = [i for i in own if i.is_order] or [i for i in own if _is_stopped_for_a_reason(i)]
    because = _because("omission", (*said[-1:], *own, *given))
    if not said:
        return _made(Change.UNDECIDED, home, given, (), because)
    return _ended(said, home, given, because)


def _ended(said: Sequence[Item], home: Iterable[Item], given: Iterable[Item], because: str) -> DischargeRow:
    """What is paused or stopped, by the last line that says so."""
    change = Change.PAUSED if said[-1].line.state is State.HELD else Change.STOPPED
    return replace(_made(change, home, given, said, because), until=_until(said[-1].line.note))


def _is_stopped_for_a_reason(item: Item) -> bool:
    return item.line.state is State.STOPPED and explanation("omission", item.line) is not None


def _because(type: str, items: Iterable[Item]) -> str:
    return next((e.because for i in items if (e := explanation(type, i.line))), "")


def _ungrouped(known: set[str], ended: Sequence[Item]) -> Iterator[DischargeRow]:
    """What is ended in hospital or at discharge and stands on no other list as something in use."""
    by_names: dict[frozenset[str], list[Item]] = {}
    for item in ended:
        if not item.names & known:
            by_names.setdefault(item.names, []).append(item)
    for items in by_names.values():
        given = [i for i in items if not i.is_order]
        if given and any(i.line.state in (State.COMPLETED, State.STOPPED) for i in given):
            yield _made(Change.HOSPITAL_ONLY, (), given, (), "")
        elif not given:
            yield _ended(items, (), (), _because("omission", items))


def _is_told(ended: Item) -> bool:
    """Whether something ended has a row of its own: a hold in hospital alone says nothing of home."""
    return ended.is_order or ended.line.state in (State.COMPLETED, State.STOPPED)


def _off_at_home(home: Iterable[Item], told: Iterable[Item]) -> Iterator[DischargeRow]:
    """What the list that is believed first has as not taken or paused, and nothing else tells of."""
    known = {i.names for i in told}
    by_names: dict[frozenset[str], list[Item]] = {}
    for item in home:
        by_names.setdefault(item.names, []).append(item)
    for names, items in by_names.items():
        believed = [i for i in items if i.source == items[0].source]
        if names not in known and all(i.line.state in (State.NOT_TAKEN, State.HELD) for i in believed):
            notes = dict.fromkeys(note for i in believed if (note := i.line.note.strip()))
            made = _made(Change.OFF_AT_HOME, believed, (), (), "; ".join(notes))
            yield replace(made, until=_until(believed[-1].line.note))


def _made(
    change: Change, home: Iterable[Item], given: Iterable[Item], after: Iterable[Item], because: str,
    *, is_compared: bool = True, differences: tuple[Difference, ...] = (),
) -> DischargeRow:  # fmt: skip
    before, inside = tuple(home), tuple(given)
    return DischargeRow(
        change, _lines(before), _lines(inside), _lines(after), because, reasons_in(because),
        is_compared=is_compared, believed=_lines(i for i in before if i.source == before[0].source),
        last_dose=max((i.line.last_given for i in inside if i.line.last_given), default=None), differences=differences,
    )  # fmt: skip


def _until(note: str) -> date | None:
    """The day after "until", as ISO or as written in the United States; None without a real one."""
    found = _UNTIL.search(note)
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 4, 5)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _lines(items: Iterable[Item]) -> tuple[Line, ...]:
    return tuple(i.line for i in items)

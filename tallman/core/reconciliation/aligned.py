"""The sources of a history side by side: a row for each medicine, whatever its lists say of its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.groups import Group, grouped
from tallman.core.reconciliation.judge import judged
from tallman.core.reconciliation.line import Line, ListSource, SourceKind, State
from tallman.core.reconciliation.traits import Item, items_of, settled
from tallman.core.reconciliation.why import match_of
from tallman.core.reconciliation.words import named

__all__ = ["Aligned", "Told", "aligned", "news"]


@dataclass(frozen=True)
class Told:
    """What one source tells of one medicine. `differs` names in what it differs from the source that is believed:
    "dose", "frequency", "form" …, or "state"; "not compared" where the amounts could not be held against each other."""

    source: ListSource
    lines: tuple[Line, ...]
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aligned:
    """One medicine across the sources, the source that is believed at the front. `why` are the facts that the match
    rests on, `confidence` 0 to 100; `name` is the medicine without brand, strength and form."""

    name: str
    told: tuple[Told, ...]
    why: tuple[str, ...]
    confidence: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the row."""
        return tuple(line for told in self.told for line in told.lines)

    @property
    def is_agreed(self) -> bool:
        """Whether all sources that tell of it say the same."""
        return not any(told.differs for told in self.told)


def aligned(sources: Sequence[ListSource], knowledge: Knowledge) -> tuple[Aligned, ...]:
    """Every medicine of the sources in one row, by name. References must be each source's own: two lines of one source
    do not share one."""
    ranked = sorted(sources, key=lambda s: s.kind.rank)
    original = {(n, line.ref): line for n, source in enumerate(ranked) for line in source.lines}
    lists = [items_of(_as_taken(source), n, knowledge) for n, source in enumerate(ranked)]
    items = settled([i for one in lists for i in one], knowledge)
    groups = grouped([[i for i in items if i.source == n] for n in range(len(ranked))], [], knowledge)
    rows = [_row(group, ranked, original, knowledge) for group in groups]
    return tuple(sorted(rows, key=lambda row: row.name.lower()))


def news(
    answer: Sequence[Line], known: Sequence[Sequence[Line]], later: Sequence[Line], knowledge: Knowledge
) -> tuple[str, ...]:
    """In what lines that came later differ from the answer that was found for their medicine: "dose", "state" …

    Nothing where they say what one of the lists that were `known` by then said already: that was weighed. What could
    not be compared is no news.
    """
    apart = [_apart(lines, later, knowledge) for lines in (answer, *known)]
    return apart[0] if all(apart) else ()


def _apart(one: Sequence[Line], other: Sequence[Line], knowledge: Knowledge) -> tuple[str, ...]:
    first, second = (ListSource("", SourceKind.INTERVIEW, tuple(lines)) for lines in (one, other))
    items = settled([i for n, s in enumerate((first, second)) for i in items_of(_as_taken(s), n, knowledge)], knowledge)
    left, right = ([i for i in items if i.source == n] for n in (0, 1))
    found = _differs(left, right, Told(first, first.lines), Told(second, second.lines), knowledge)
    return tuple(t for t in found if t != "not compared")


def _as_taken(source: ListSource) -> ListSource:
    """Whatever its state is, a line is held beside the others that speak of the same medicine."""
    return replace(source, lines=tuple(replace(line, state=State.ACTIVE) for line in source.lines))


def _row(
    group: Group, ranked: Sequence[ListSource], original: dict[tuple[int, str], Line], knowledge: Knowledge
) -> Aligned:
    by_source: dict[int, list[Item]] = {}
    for item in group.left:
        by_source.setdefault(item.source, []).append(item)
    first, *others = by_source
    told = [_told(first, by_source[first], ranked, original)]
    for number in others:
        one = _told(number, by_source[number], ranked, original)
        told.append(replace(one, differs=_differs(by_source[first], by_source[number], told[0], one, knowledge)))
    match = match_of(group)
    name = " / ".join(sorted(group.left[0].names)) if group.left[0].is_known else named(group.left[0])
    return Aligned(name, tuple(told), match.why, match.confidence)


def _told(
    number: int, items: Sequence[Item], ranked: Sequence[ListSource], original: dict[tuple[int, str], Line]
) -> Told:
    return Told(ranked[number], tuple(original[number, i.line.ref] for i in items))


def _differs(
    believed: Sequence[Item], other: Sequence[Item], first: Told, told: Told, knowledge: Knowledge
) -> tuple[str, ...]:
    found = judged(Group(tuple(believed), tuple(other)), knowledge)
    types = [d.type.value for d in found.differences]
    if {line.state for line in first.lines} != {line.state for line in told.lines}:
        types.insert(0, "state")
    if found.not_compared:
        types.append("not compared")
    return tuple(dict.fromkeys(types))

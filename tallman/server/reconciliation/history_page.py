"""The history as the page shows it: a row for each medicine, a cell for each source, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallman.core.reconciliation.adherence import adherence_of
from tallman.core.reconciliation.aligned import Aligned, Told
from tallman.core.reconciliation.line import Line, ListSource, State
from tallman.core.sig import say
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.models import HistoryLine
from tallman.server.reconciliation.news import News, news_of
from tallman.server.reconciliation.pages import answers_of, numbers

__all__ = ["Cell", "HistoryRow", "history_rows", "plain"]

_NOT_TAKEN = (State.NOT_TAKEN, State.STOPPED)


@dataclass(frozen=True)
class Cell:
    """What one source tells: `key` is the number that takes it, `pk` the line that is taken, `fills` the evidence."""

    key: str
    pk: int
    lines: tuple[Line, ...]
    differs: tuple[str, ...]
    fills: str
    is_first: bool

    @property
    def is_taken(self) -> bool:
        """Whether the source does not say itself that it is not taken."""
        return any(line.state not in _NOT_TAKEN for line in self.lines)


@dataclass(frozen=True)
class HistoryRow:
    """One medicine: `id` is the smallest number of its lines; `cells` has None where a source says nothing of it."""

    id: int
    name: str
    numbers: tuple[int, ...]
    cells: tuple[Cell | None, ...]
    why: tuple[str, ...]
    is_agreed: bool
    answer: HistoryLine | None
    news: tuple[News, ...] = ()
    """What a source said otherwise since it was answered."""

    @property
    def is_open(self) -> bool:
        """Whether it is to be asked about, for the first time or once more."""
        return self.answer is None or bool(self.news)

    @property
    def told(self) -> list[Cell]:
        """The cells that say something."""
        return [cell for cell in self.cells if cell]

    @property
    def variants(self) -> list[Cell]:
        """The cells worth a key of their own: all where the sources differ, else the one that is believed.

        None that says it is not taken: its key would record the contrary.
        """
        return [cell for cell in (self.told[:1] if self.is_agreed else self.told) if cell.is_taken]

    @property
    def is_believed_taken(self) -> bool:
        """Whether the first source to be believed tells of it as taken."""
        return any(cell.is_first and cell.is_taken for cell in self.told)


def history_rows(stay: Stay) -> tuple[list[ListSource], list[HistoryRow]]:
    """The sources in the order of their columns, and a row for each medicine, by name."""
    sources = sorted(stay.sources(), key=lambda s: s.kind.rank)
    answers = answers_of(stay)
    rows = [_row(one, sources, answers, stay) for one in stay.aligned()]
    return sources, rows


def _row(one: Aligned, sources: Sequence[ListSource], answers: dict[int, HistoryLine], stay: Stay) -> HistoryRow:
    pks = numbers(one)
    by_place = {_place(told, sources): told for told in one.told}
    keys = iter("123456789")
    cells = [
        _cell(by_place[n], next(keys, ""), stay, is_first=by_place[n] is one.told[0]) if n in by_place else None
        for n in range(len(sources))
    ]
    answer = next((answers[pk] for pk in pks if pk in answers), None)
    later = news_of(one, answers, stay)
    return HistoryRow(min(pks), one.name, tuple(pks), tuple(cells), one.why, one.is_agreed, answer, later)


def _place(told: Told, sources: Sequence[ListSource]) -> int:
    refs = {line.ref for line in told.lines}
    return next(n for n, source in enumerate(sources) if any(line.ref in refs for line in source.lines))


def _cell(told: Told, key: str, stay: Stay, *, is_first: bool) -> Cell:
    fills = adherence_of(told.lines, stay.on)
    pk = int(told.lines[0].ref.partition(":")[2])
    return Cell(key, pk, told.lines, told.differs, fills.words if fills else "", is_first)


def plain(line: Line) -> str:
    """The directions in plain words, else as they are written."""
    return say(line.order.sig) or line.order.sig.text

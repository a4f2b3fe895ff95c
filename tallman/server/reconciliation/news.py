"""What a source tells of a medicine whose answer was found before the source came: it is to be looked at once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallman.core.reconciliation.aligned import Aligned, news
from tallman.core.reconciliation.line import Line, State
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.models import HistoryLine
from tallman.server.reconciliation.pages import numbers_of

__all__ = ["News", "news_of"]


@dataclass(frozen=True, slots=True)
class News:
    """What one source says otherwise: its name, in what, and its lines about the medicine."""

    source: str
    differs: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def sentence(self) -> str:
        """To read aloud."""
        words = "; ".join(_said(line) for line in self.lines)
        return f"{self.source} tells of another {' and '.join(self.differs)}: {words}"


def news_of(row: Aligned, answers: Mapping[int, HistoryLine], stay: Stay) -> tuple[News, ...]:
    """The sources that came after the answer to a row and say otherwise than it, and than all that was known then."""
    told = {f"history:{answers[n].pk}" for n in numbers_of(row.lines) if n in answers}
    if not told:
        return ()
    answer = [line for line in stay.history().lines if line.ref in told]
    known, later = [], []
    for one in row.told:
        (known if any(n in answers for n in numbers_of(one.lines)) else later).append(one)
    before = [one.lines for one in known]
    found = ((one, news(answer, before, one.lines, stay.knowledge)) for one in later)
    return tuple(News(one.source.name, differs, one.lines) for one, differs in found if differs)


def _said(line: Line) -> str:
    state = "" if line.state is State.ACTIVE else f" ({line.state.value})"
    return f"{line.order.medicine.text} {line.order.sig.text}".strip() + state

"""What is measured of the screening: harm found by category, harmless prescriptions interrupted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from tallman.core.knowledge import Knowledge
from tallman.core.screening.finding import Category, Severity
from tallman.core.screening.screen import Screening, screen
from tallman.interchange.fhir.case import UnreadableBundle, read_case
from tests.deck.deck import UNLESS_SAID, Situation, harmful, ordinary
from tests.quality.low_priority import meetings
from tests.quality.rates import Rate

__all__ = ["DEMO_DAY", "Figure", "figures", "is_right"]

DEMO_DAY = date(2026, 3, 2)
_LIVER = re.compile(r"K7\d|B1[6-9]|C22|cirrho|hepat|liver|child|jaundice|\b(?:alt|ast|bilirubin)\b", re.IGNORECASE)
"""What on a record says that the liver is sick."""
_HIGH_PRIORITY = Path(__file__).parent / "high_priority.yaml"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `goal` is the share wanted, met from above (found) or from below (interrupted).

    `missed` names what went wrong, so that somebody can look at it.
    """

    subject: str
    what: str
    rate: Rate
    goal: float | None
    is_harm: bool
    missed: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; a line without one always is."""
        if self.goal is None:
            return True
        return self.rate.share >= self.goal if self.is_harm else self.rate.share <= self.goal


def figures(knowledge: Knowledge, folders: tuple[Path, ...] = ()) -> Iterator[Figure]:
    """Every figure, from the project's decks, the demo's people and Bundles in any folder given."""
    pairs = harmful()
    yield from _found(knowledge, pairs)
    yield _found_in_livers(knowledge, pairs)
    yield from _high_priority(knowledge)
    yield _interrupted("harmless", "twins of the harmful ones", knowledge, [twin for _, twin in pairs], 0.03)
    yield _interrupted("ordinary", "the deck", knowledge, ordinary(), 0.004)
    yield from _informed(knowledge, ordinary())
    yield _low_priority(knowledge)
    yield _demo(knowledge)
    for folder in folders:
        yield _sent(knowledge, folder)


def _screened(situation: Situation, knowledge: Knowledge) -> Screening:
    return _whole(screen(read_case(situation.bundle(), knowledge)[0], knowledge))


def _whole(result: Screening) -> Screening:
    """The screening; nothing is measured of a program in which a check breaks."""
    assert not result.failed, result.failed
    return result


def _found(knowledge: Knowledge, pairs: list[tuple[Situation, Situation]]) -> Iterator[Figure]:
    """Harmful situations that are stopped for the right reason, by what the finding must be about."""
    for category in sorted({harm.categories[0] for harm, _ in pairs}):
        tried = [harm for harm, _ in pairs if harm.categories[0] == category]
        missed = [harm.id for harm in tried if not is_right(harm, _screened(harm, knowledge))]
        yield Figure("harm found", category, Rate(len(tried) - len(missed), len(tried)), 0.95, True, tuple(missed))


def _found_in_livers(knowledge: Knowledge, pairs: list[tuple[Situation, Situation]]) -> Figure:
    """Those of the conditions that are a sick liver."""
    tried = [harm for harm, _ in pairs if harm.categories[0] is Category.CONDITION and _LIVER.search(_record_of(harm))]
    missed = [harm.id for harm in tried if not is_right(harm, _screened(harm, knowledge))]
    return Figure(
        "harm found", "of condition: the liver", Rate(len(tried) - len(missed), len(tried)), 0.95, True, tuple(missed)
    )


def _record_of(situation: Situation) -> str:
    return f"{situation.told.get('conditions', [])} {sorted(situation.told.get('labs', {}))}"


def is_right(situation: Situation, result: Screening) -> bool:
    """Whether something stops it that is of the kind expected and names what it must."""
    return any(
        f.severity.is_interruptive
        and not {f.category, *f.also}.isdisjoint(situation.categories)
        and all(str(word).lower() in f.summary.lower() for word in situation.told["says"])
        for f in result.findings
    )


def _high_priority(knowledge: Knowledge) -> Iterator[Figure]:
    """The fifteen pairs of classes of the ONC's panel, every member named with every other."""
    missed, tried = [], 0
    for row in yaml.safe_load(_HIGH_PRIORITY.read_text(encoding="utf-8")):
        for taken, new in product(row["taken"], row["new"]):
            tried += 1
            told = UNLESS_SAID | {"current": [taken], "order": new}
            result = _screened(Situation(row["pair"], told), knowledge)
            if not any(f.severity.is_interruptive and f.category == "interaction" for f in result.findings):
                missed.append(f"{row['pair']}: {taken} + {new}")
    yield Figure("harm found", "high-priority pairs (ONC)", Rate(tried - len(missed), tried), 1.0, True, tuple(missed))


def _low_priority(knowledge: Knowledge) -> Figure:
    """The pairs of classes that the ONC's panel found safe to leave uninterrupted, every member with every other."""
    met = list(meetings(knowledge))
    stopped = tuple(f"{m.pair}: {m.one} + {m.other}" for m in met if m.interrupts)
    return Figure("harmless", "low-priority pairs (ONC)", Rate(len(stopped), len(met)), 0.0, False, stopped)


def _interrupted(subject: str, what: str, knowledge: Knowledge, tried: list[Situation], goal: float) -> Figure:
    orders = sum(situation.orders for situation in tried)
    stopped = [f"{s.id} {o}" for s in tried for o in _stops(_screened(s, knowledge))]
    return Figure(subject, what, Rate(len(stopped), orders), goal, False, tuple(stopped))


def _informed(knowledge: Knowledge, tried: list[Situation]) -> Iterator[Figure]:
    """How many orders have a finding at all, that stops or informs, and one that is more than a remark."""
    orders = sum(situation.orders for situation in tried)
    told = [{(s.id, f.order): f.severity.rank for f in reversed(_screened(s, knowledge).findings)} for s in tried]
    least = [rank for found in told for rank in found.values()]
    weighty = sum(rank <= Severity.MODERATE.rank for rank in least)
    yield Figure("ordinary", "the deck: moderate or more", Rate(weighty, orders), None, False)
    yield Figure("ordinary", "the deck: anything said", Rate(len(least), orders), None, False)


def _stops(result: Screening) -> list[str]:
    """The orders that wait for a pharmacist."""
    return sorted({f.order for f in result.findings if f.severity.is_interruptive})


def _demo(knowledge: Knowledge) -> Figure:
    """The ordinary prescriptions of the demo's synthetic people."""
    from tallman.server.demo.population import SEED, population
    from tallman.server.prescriptions.replay import Reader

    reader = Reader(knowledge)
    tried = [b for b in population(SEED, DEMO_DAY) if b.is_ordinary]
    stopped = [_who(b) for b in tried if _stops(_whole(screen(reader.read(b.case), knowledge)))]
    return Figure("ordinary", "the demo's people", Rate(len(stopped), len(tried)), 0.004, False, tuple(stopped))


def _who(brought: Any) -> str:
    return f"{brought.who}: {brought.case['proposed'][0]['text']}"


def _sent(knowledge: Knowledge, folder: Path) -> Figure:
    """The drafts of every Bundle in a folder; what is no Bundle with a draft is passed over."""
    orders, stopped = 0, []
    for path in sorted(folder.rglob("*.json")):
        try:
            case, _ = read_case(path.read_bytes(), knowledge)
        except UnreadableBundle:
            continue
        orders += len(case.proposed)
        stopped += [f"{path.name} {order}" for order in _stops(_whole(screen(case, knowledge)))]
    return Figure("ordinary", f"Bundles in {folder.name}", Rate(len(stopped), orders), None, False, tuple(stopped))

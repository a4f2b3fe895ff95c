"""Every example beside a rule, run through the real `screen()`: it fires where it must, and is quiet where it must."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tallman.core.screening.finding import Severity
from tallman.core.screening.screen import Screening, screen
from tallman.knowledge.examples import SHAPES, Example, case_of, examples
from tallman.knowledge.load import HERE, load, read_yaml

EXAMPLES = list(examples())
RULES = {
    record.id: record
    for subject, shape in SHAPES.items()
    for path in sorted((HERE / subject).glob("*.yaml"))
    for record in read_yaml(path, list[shape])  # type: ignore[valid-type]
}

knowledge = lru_cache(maxsize=1)(load)


def _name(example: Example) -> str:
    history = "+".join([*example.entry.allergies, *example.entry.current, *example.entry.conditions])
    return f"{example.rule}-{'fires' if example.fires else 'silent'}-{history[:60]}-{example.entry.new[:40]}"


def _screened(example: Example) -> Screening:
    return screen(case_of(example.entry, knowledge()), knowledge())


def _told(example: Example, screening: Screening) -> list[Severity]:
    """The severities of what the example's own rule said; an excipient answers that it could not look."""
    rule = RULES[example.rule]
    if getattr(rule, "excipient", False) and any(rule.name in n.reason for n in screening.not_checked):
        return [Severity.MODERATE]
    return [f.severity for f in screening.findings if f.rule == example.rule]


def _loudness(example: Example) -> Severity:
    """How loud a finding of the rule has to be to count: as loud as a rule of low severity, else moderate."""
    return Severity.LOW if getattr(RULES[example.rule], "severity", None) == "low" else Severity.MODERATE


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_example(example: Example) -> None:
    screening = _screened(example)
    loud = [s for s in _told(example, screening) if s.rank <= _loudness(example).rank]
    assert bool(loud) is example.fires, [f"{f.rule} {f.severity}: {f.summary}" for f in screening.findings]


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_example_is_understood(example: Example) -> None:
    """Silence proves something only where every medicine and every allergy of the example was recognised."""
    case = case_of(example.entry, knowledge())
    orders = (*case.current, *case.proposed)
    assert [o.medicine.text for o in orders if not o.medicine.is_known] == []
    assert [a.substance for a in case.patient.allergies or () if not a.is_read] == []


def test_every_rule_shows_when_it_fires_and_when_not() -> None:
    shown = {(e.rule, e.fires) for e in EXAMPLES}
    speaking = {id for id, rule in RULES.items() if not getattr(rule, "ignorable", False)}
    assert sorted(id for id in speaking if (id, True) not in shown) == []
    assert sorted(id for id in RULES if (id, False) not in shown) == []


def test_no_two_rules_share_a_name() -> None:
    paths = [(path, shape) for subject, shape in SHAPES.items() for path in sorted((HERE / subject).glob("*.yaml"))]
    ids = [r.id for path, shape in paths for r in read_yaml(path, list[shape])]  # type: ignore[valid-type]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []

"""Say together what belongs together: a pair that is part of a risk counted over everything taken is told with it, and
what several rules say of one medicine for the same reason is one finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tallman.core.burden import Burden
from tallman.core.knowledge import Interaction, Knowledge
from tallman.core.screening.finding import Category, Finding

__all__ = ["gathered"]

_BY_FACTS = frozenset({Category.AGE, Category.CONDITION, Category.LACTATION, Category.PREGNANCY, Category.ROUTE})
"""Kinds of findings whose summary begins with the medicine and the facts that a rule rests on."""


def gathered(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """The findings, with what belongs to another one taken up in its evidence."""
    return _with_pairs(_with_the_same(findings), knowledge)


def _with_the_same(findings: Sequence[Finding]) -> list[Finding]:
    """Of precautions that speak of one order for the same facts ("glyburide (82 years old)") the gravest, and what the
    others say beneath it."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        of, _, _ = finding.summary.partition(": ")
        same = (finding.category, finding.order, of) if finding.category in _BY_FACTS else (str(id(finding)),)
        groups.setdefault(same, []).append(finding)
    return [_as_one(group) if len(group) > 1 else group[0] for group in groups.values()]


def _as_one(group: list[Finding]) -> Finding:
    gravest = min(group, key=lambda f: f.severity.rank)
    others = [f for f in group if f is not gravest]
    said = [
        *gravest.evidence,
        *(line for f in others for line in (f.summary, *f.evidence) if f.summary != gravest.summary),
    ]
    sources = dict.fromkeys(source for f in (gravest, *others) for source in f.sources)
    return replace(gravest, evidence=tuple(dict.fromkeys(said)), sources=tuple(sources))


def _with_pairs(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """Every pair that a burden already tells is taken up in its evidence.

    A pair graver than the burden, or one whose rule speaks of more than the burden's classes, stays by itself.
    """
    burdens = {b.id: b for b in knowledge.burdens}
    sums = [f for f in findings if f.rule in burdens]
    if not sums:
        return list(findings)
    taken_up: dict[int, list[str]] = {id(f): [] for f in sums}
    kept: list[Finding] = []
    for finding in findings:
        home = next((s for s in sums if finding is not s and _is_part(finding, s, burdens[s.rule], knowledge)), None)
        if home is None:
            kept.append(finding)
        else:
            taken_up[id(home)].append(finding.summary)
    return [replace(f, evidence=(*f.evidence, *taken_up.get(id(f), ()))) for f in kept]


def _is_part(finding: Finding, whole: Finding, burden: Burden, knowledge: Knowledge) -> bool:
    rule = knowledge.interactions.get(finding.rule)
    if rule is None or finding.severity.rank < whole.severity.rank:
        return False
    orders = {whole.order, *whole.others}
    return {finding.order, *finding.others} <= orders and _speaks_only_of(rule, burden)


def _speaks_only_of(rule: Interaction, burden: Burden) -> bool:
    """Whether both sides of a rule are members of the burden by class alone."""
    carrying = {name for name, _ in burden.weights}
    return all(side.classes and side.classes <= carrying and not side.ingredients for side in (rule.one, rule.other))

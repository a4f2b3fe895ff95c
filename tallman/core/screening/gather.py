"""Say together what belongs together: a pair that is part of a risk counted over everything taken is told with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tallman.core.burden import Burden
from tallman.core.knowledge import Interaction, Knowledge
from tallman.core.screening.finding import Finding

__all__ = ["gathered"]


def gathered(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """The findings, with every pair that a burden already tells taken up in its evidence.

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

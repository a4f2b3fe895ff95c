"""Say together what belongs together: a pair that is part of a risk counted over everything taken is told with it, and
what several rules say of one medicine for the same reason is one finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tallman.core.burden import Burden
from tallman.core.knowledge import Interaction, Knowledge
from tallman.core.screening.finding import Category, Finding

__all__ = ["gathered"]

_TOO_OFTEN = frozenset({"DOSE-DAYS-A-WEEK", "DOSE-INTERVAL"})
_TOO_MUCH = frozenset({"DOSE-WEEKLY-MAX", "DOSE-DAILY-MAX"})


def gathered(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """The findings, with what belongs to another one taken up in its evidence."""
    return _too_often_is_too_much(_with_what_it_tells(_with_pairs(_with_the_same(findings), knowledge), knowledge))


def _too_often_is_too_much(findings: Sequence[Finding]) -> list[Finding]:
    """What is taken too often, with the amount that this comes to by the same limit, if that is no graver."""
    often = {(f.order, f.rule): f for f in findings if f.code in _TOO_OFTEN}
    taken_up: dict[int, list[Finding]] = {}
    kept: list[Finding] = []
    for finding in findings:
        home = often.get((finding.order, finding.rule)) if finding.code in _TOO_MUCH else None
        if home is None or finding.severity.rank < home.severity.rank:
            kept.append(finding)
        else:
            taken_up.setdefault(id(home), []).append(finding)
    return [_with(f, taken_up.get(id(f), ())) for f in kept]


def _with_what_it_tells(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """A contraindicated pair with what a burden, or the rule of its kind, says less plainly of the same medicines."""
    rules = knowledge.interactions
    heads = [(f, rules[f.rule].tells) for f in findings if f.rule in rules and rules[f.rule].tells]
    taken_up: dict[int, list[Finding]] = {}
    kept: list[Finding] = []
    for finding in findings:
        home = next((h for h, tells in heads if finding.rule in tells and _is_within(finding, h)), None)
        if home is None:
            kept.append(finding)
        else:
            taken_up.setdefault(id(home), []).append(finding)
    return [_with(f, taken_up.get(id(f), ())) for f in kept]


def _is_within(part: Finding, whole: Finding) -> bool:
    """Whether one speaks of no other medicines than the other, and is no graver."""
    return part.severity.rank >= whole.severity.rank and {part.order, *part.others} <= {whole.order, *whole.others}


def _with_the_same(findings: Sequence[Finding]) -> list[Finding]:
    """Of what is said of one order for the same facts the gravest, and the rest beneath it. A result that is an illness
    by itself is one fact to the check of conditions and that of laboratory values."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        kind = Category.LAB if finding.category is Category.CONDITION else finding.category
        same = (kind, finding.order, finding.about) if finding.about else (str(id(finding)),)
        groups.setdefault(same, []).append(finding)
    return [_as_one(group) if len(group) > 1 else group[0] for group in groups.values()]


def _as_one(group: list[Finding]) -> Finding:
    """The gravest, with every statement, source and remedy of the others; signed only where all of them are. Of a
    result the rule about laboratory values speaks: if it interrupts, what it is read as makes it no graver."""
    gravest, *others = sorted(group, key=lambda f: f.severity.rank)
    of_result = min((f for f in group if f.category is Category.LAB), key=lambda f: f.severity.rank, default=gravest)
    if of_result is not gravest:
        others = [f for f in group if f is not of_result]
        worst = of_result.severity if of_result.severity.is_interruptive else gravest.severity
        gravest = replace(of_result, severity=worst)
    told = [line for f in others if f.summary != gravest.summary for line in (f.summary, f.advice, *f.evidence)]
    return replace(
        gravest,
        evidence=tuple(dict.fromkeys([*gravest.evidence, *(line for line in told if line != gravest.advice)])),
        sources=tuple(dict.fromkeys(source for f in (gravest, *others) for source in f.sources)),
        reviewed=all(f.reviewed for f in group),
        remedy=next((f.remedy for f in (gravest, *others) if f.remedy), None),
    )


def _with_pairs(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """Every pair that a burden already tells is taken up in its evidence, and so is what a rule says of one of its
    medicines and this patient, where the burden `tells` it.

    A pair graver than the burden stays by itself, and so does one whose rule speaks of more than the burden's classes
    and is none of those that it says it `tells`.
    """
    burdens = {b.id: b for b in knowledge.burdens}
    sums = [f for f in findings if f.rule in burdens]
    if not sums:
        return list(findings)
    taken_up: dict[int, list[Finding]] = {id(f): [] for f in sums}
    kept: list[Finding] = []
    for finding in findings:
        home = next((s for s in sums if finding is not s and _is_part(finding, s, burdens[s.rule], knowledge)), None)
        if home is None:
            kept.append(finding)
        else:
            taken_up[id(home)].append(finding)
    return [_with(f, taken_up.get(id(f), ())) for f in kept]


def _with(whole: Finding, parts: Sequence[Finding]) -> Finding:
    """A finding with what those that it takes up say and rest on."""
    if not parts:
        return whole
    told = (line for f in parts for line in (f.summary, f.advice))
    sources = dict.fromkeys(source for f in (whole, *parts) for source in f.sources)
    return replace(
        whole,
        evidence=tuple(dict.fromkeys([*whole.evidence, *told])),
        sources=tuple(sources),
        also=tuple(dict.fromkeys(c for f in parts for c in (f.category, *f.also) if c is not whole.category)),
    )


def _is_part(finding: Finding, whole: Finding, burden: Burden, knowledge: Knowledge) -> bool:
    rule = knowledge.interactions.get(finding.rule)
    is_told = finding.rule in burden.tells or (rule is not None and _speaks_only_of(rule, burden))
    return is_told and _is_within(finding, whole)


def _speaks_only_of(rule: Interaction, burden: Burden) -> bool:
    """Whether both sides of a rule are members of the burden by class alone."""
    carrying = {name for name, _ in burden.weights}
    return all(side.classes and side.classes <= carrying and not side.ingredients for side in (rule.one, rule.other))

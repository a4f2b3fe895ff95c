"""Two medicines that should not meet, or only with care."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from tallman.core.knowledge import Interaction, Knowledge, Selector
from tallman.core.patient import Condition, age_in_years
from tallman.core.prescription import Order
from tallman.core.screening.by_name import beside_the_unknown
from tallman.core.screening.case import Case
from tallman.core.screening.ended import days_since_ended
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import matching_ingredients, name_of, shown
from tallman.core.screening.meant import is_depot
from tallman.core.screening.renewal import is_the_same_again
from tallman.core.screening.sequence import is_named_as_over, take_turns
from tallman.core.screening.standing import measured
from tallman.core.screening.ward import is_given_once, is_over_at_home

__all__ = ["check"]

_WAITS = re.compile(
    r"\b(?:36|48)\s*h|wash-?out|\b(?:days?|weeks?|hours?) after|\bafter (?:the )?(?:last|stopping)", re.IGNORECASE
)
_FOLLOWED = re.compile(
    r"\b(?:adjust|titrat|monitor|check|follow|guid)\w*\b[^.;]*\b(?:levels?|troughs?)\b|"
    r"\b(?:levels?|troughs?) (?:to be )?(?:monitored|checked|followed)\b",
    re.IGNORECASE,
)
"""The prescriber knows of it."""
_WEEK = 7
_STAYING = frozenset({
    "amiodarone", "carbamazepine", "fluoxetine", "leflunomide", "phenobarbital", "phenytoin", "primidone", "rifampin",
    "rifapentine", "teriflunomide", "vismodegib",
})  # fmt: skip
"""Weeks to months by their labels: long half-lives, or enzymes that fall back slowly."""
_RESTING = "The other is on hold: look at the pair when it goes on again, and ask when it was last taken."
_BOTH = re.compile(r"(?:^|(?<=: ))both\b(?! ways)(?!.*\bsecond\b)")
"""What is said of two, and of three is said of all."""
_PALLIATIVE = ("Z515", "G893")
"""ICD-10-CM: encounter for palliative care, pain of a tumor."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against everything else the patient takes. Pairs of proposed orders are named once, and so
    are pairs of which both go on together."""
    yield from _told_once(_answers(case, knowledge), case)


def _told_once(answers: Iterator[Finding | NotChecked], case: Case) -> list[Finding | NotChecked]:
    """The answers, with one finding where two renewed orders each meet the other's predecessor."""
    if len(case.proposed) < 2:
        return list(answers)
    names = {o.id: o.medicine.names for o in (*case.current, *case.past, *case.proposed)}
    told: dict[tuple[str, frozenset[frozenset[str]]], int] = {}
    kept: list[Finding | NotChecked] = []
    for answer in answers:
        if isinstance(answer, Finding):
            of = (answer.rule, frozenset(names[id] for id in (answer.order, *answer.others)))
            at = told.setdefault(of, len(kept))
            first = kept[at] if at < len(kept) else None
            if (
                isinstance(first, Finding)
                and first.order != answer.order
                and first.severity.rank <= answer.severity.rank
            ):
                others = tuple(dict.fromkeys((*first.others, answer.order)))
                kept[at] = replace(
                    first, others=others, evidence=tuple(dict.fromkeys((*first.evidence, *answer.evidence)))
                )
                continue
        kept.append(answer)
    return kept


def _answers(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    yield from beside_the_unknown("interaction", case)
    for position, order in enumerate(case.proposed):
        if not order.medicine.is_known:
            yield NotChecked("interaction", order.id, why_not_known(order))
            continue
        others = (*case.continuing, *case.proposed[:position])
        renews = _is_renewal(case, order)
        known = [o for o in others if o.medicine.is_known]
        yield from _findings(case, order, known, knowledge, renews=renews)
        late = list(_too_soon(case, order, knowledge, renews=renews))
        yield from late
        yield from _with_what_rests(case, order, {f.rule for f in late}, knowledge)


def _with_what_rests(case: Case, order: Order, told: set[str], knowledge: Knowledge) -> Iterator[Finding]:
    """The pairs with what is on hold: they inform, for the day on which it goes on again, and count in full with what
    acts for weeks after the last dose."""
    resting = [o for o in case.paused if o.medicine.is_known]
    staying = [o for o in resting if _stays(o)]
    yield from (f for f in _findings(case, order, staying, knowledge, renews=False) if f.rule not in told)
    gone = [o for o in resting if o not in staying]
    for found in _findings(case, order, gone, knowledge, renews=False):
        if found.rule not in told:
            level = Severity.MODERATE if found.severity is Severity.CRITICAL else Severity.LOW
            yield replace(found, severity=level, advice=_RESTING)


def _stays(order: Order) -> bool:
    """Whether it acts for weeks after the last dose: a depot, what the body keeps, what has taught the liver."""
    return is_depot(order) or not _STAYING.isdisjoint(order.medicine.names)


def _findings(
    case: Case, order: Order, others: list[Order], knowledge: Knowledge, *, renews: bool
) -> Iterator[Finding]:
    matched: defaultdict[str, list[Order]] = defaultdict(list)
    others = [o for o in others if days_since_ended(order, o) is None]
    for other in others:
        shared = _between(order.medicine.names, other.medicine.names, knowledge)
        if not shared:
            continue
        waits = take_turns(order, other) or is_named_as_over(other, order, knowledge)
        waits = waits or (case.is_proposed(other) and is_over_at_home(order, other))
        if applying := _applying([p for p in shared if p.rule.days_after] if waits else shared, case, order, other):
            matched[_worst(applying, case, order, knowledge, renews=renews).id].append(other)
    for id, partners in matched.items():
        if renews and Severity(knowledge.interactions[id].severity) is Severity.LOW and _go_on(case, partners):
            continue
        yield _finding(knowledge.interactions[id], case, order, partners, knowledge, renews=renews)


def _go_on(case: Case, partners: list[Order]) -> bool:
    """Whether all were on the list before: of what is renewed beside them, what only informs was told when it began."""
    return all(not case.is_proposed(o) or _is_renewal(case, o) for o in partners)


def _worst(applying: list[Interaction], case: Case, order: Order, knowledge: Knowledge, *, renews: bool) -> Interaction:
    if len(applying) == 1:
        return applying[0]
    return min(applying, key=lambda r: (_severity(r, case, order, knowledge, renews=renews).rank, _breadth(r), r.id))


def _too_soon(case: Case, order: Order, knowledge: Knowledge, *, renews: bool) -> Iterator[Finding]:
    """What was stopped, and still counts for some days or weeks: the worst rule of each pair."""
    switched = [(o, 0) for o in case.current if o.id in order.replaces and o.medicine.is_known]
    switched += [(o, days) for o in case.continuing if (days := days_since_ended(order, o)) is not None]
    for other, days in (*case.stopped, *switched):
        if any(o is not other and other.medicine.names & o.medicine.names for o in case.continuing):
            continue
        rules = _between(order.medicine.names, other.medicine.names, knowledge)
        counting = [p for p in rules if p.rule.days_after and days < _days_after(p.rule, other)]
        if applying := _applying(counting, case, order, other):
            worst = _worst(applying, case, order, knowledge, renews=renews)
            yield _waiting(worst, case, order, other, days, knowledge, renews=renews)


def _waiting(
    rule: Interaction, case: Case, order: Order, other: Order, days: int, knowledge: Knowledge, *, renews: bool
) -> Finding:
    """The finding of a rule whose other medicine has ended, or ends with this order."""
    wait, name = _days_after(rule, other), name_of(other)
    found = _finding(rule, case, order, [other], knowledge, renews=renews)
    # Where nobody says when it ended, and for the hours of a switch, one advises; else the prescriber is asked.
    is_advice = not other.end_is_known or (wait < _WEEK and not days)
    is_said = is_advice or bool(_WAITS.search(f"{order.sig.text} {order.note}"))
    when = f"{days} day{'s' if days > 1 else ''} after {name} ended" if days else f"in place of {name}"
    if not other.end_is_known:
        when, last = f"after {name} ended", f"the record does not say when {name} was last taken"
    elif days:
        last = f"by the record {name} was last taken {days} day{'s' if days > 1 else ''} ago"
    elif other.on_hold:
        when, last = f"while {name} is on hold", f"the record does not say when {name} was last taken"
    else:
        last = f"{name} ends with this order"
    return replace(
        found,
        severity=max(found.severity, Severity.MODERATE, key=lambda s: s.rank) if is_said else found.severity,
        summary=f"{name_of(order)} {when}: {rule.effect}",
        evidence=(found.evidence[0], f"{last}; it counts for {wait} days"),
        advice=f"Ask when {name} was last taken: {wait} days are waited after it.",
    )


def _days_after(rule: Interaction, other: Order) -> int:
    """How long the medicine still counts; the narrowest word for it decides, an ingredient before a class."""
    said = dict(rule.days_after)
    names = [said[n] for n in other.medicine.names if n in said]
    return max(names or [said[c] for c in other.medicine.classes if c in said], default=0)


class _Pair(NamedTuple):
    """A rule, with the side of it that speaks of the one medicine and the side that speaks of the other."""

    rule: Interaction
    here: Selector
    there: Selector


_NEITHER: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@lru_cache(maxsize=1 << 13)
def _between(names: frozenset[str], others: frozenset[str], knowledge: Knowledge) -> tuple[_Pair, ...]:
    """The rules that speak of any of these ingredients on their one side, and of any of those on their other; a rule
    that does so both ways stands there twice."""
    (one, opposite), (there, across) = _sides(names, knowledge), _sides(others, knowledge)
    as_written = [_Pair(r, r.one, r.other) for r in map(knowledge.interactions.__getitem__, one & across)]
    turned = [_Pair(r, r.other, r.one) for r in map(knowledge.interactions.__getitem__, opposite & there)]
    return (*as_written, *turned)


def _sides(names: frozenset[str], knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the rules that speak of any of these ingredients on their one side, and on their other."""
    sides = [knowledge.sides_of.get(name, _NEITHER) for name in names]
    return frozenset().union(*(one for one, _ in sides)), frozenset().union(*(other for _, other in sides))


def _applying(pairs: Iterable[_Pair], case: Case, order: Order, other: Order) -> list[Interaction]:
    """The rules that hold for two orders of this patient, each once."""
    found = {p.rule.id: p.rule for p in pairs if _meet(p, order, other) and _context(p.rule, case)}
    return list(found.values())


def _meet(pair: _Pair, order: Order, other: Order) -> bool:
    here = matching_ingredients(pair.here, order)
    there = matching_ingredients(pair.there, other) if here else ()
    return bool(there) and len({*here, *there}) > 1


def _context(rule: Interaction, case: Case) -> bool:
    patient = case.patient
    if rule.only_conditions and not patient.has_condition(*rule.only_conditions):
        return False
    if rule.age_from_years is not None and patient.birth_date is not None:
        if age_in_years(patient.birth_date, case.on) < rule.age_from_years:
            return False
    if rule.unless_with:
        if any(o.medicine.is_any_of(rule.unless_with) for o in (*case.continuing, *case.proposed)):
            return False
    return True


def _severity(rule: Interaction, case: Case, order: Order, knowledge: Knowledge, *, renews: bool) -> Severity:
    """The severity, or the milder one: once both have been taken together (the order renews the same medicine), where
    comfort is the aim, where it belongs to a treatment, on a ward, for one dose, where levels are followed, and where
    the opposite of what is feared was just measured."""
    if rule.already_together and renews:
        return Severity(rule.already_together)
    if rule.palliative and (case.patient.has_condition(*_PALLIATIVE) or not {*_PALLIATIVE}.isdisjoint(order.reasons)):
        return Severity(rule.palliative)
    if rule.where_meant and _is_meant(rule, case):
        return Severity(rule.where_meant)
    if rule.on_ward and order.setting == "inpatient":
        return Severity(rule.on_ward)
    if rule.for_one_dose and is_given_once(order):
        return Severity(rule.for_one_dose)
    if rule.followed and _FOLLOWED.search(f"{order.sig.text} {order.note}"):
        return Severity(rule.followed)
    if rule.eased_by and all(measured(bound, case, knowledge).holds for bound in rule.eased_by):
        return max(Severity(rule.severity), Severity.MODERATE, key=lambda s: s.rank)
    return Severity(rule.severity)


def _is_meant(rule: Interaction, case: Case) -> bool:
    """Whether the patient has what the pair is a treatment of, or what makes a treatment of it beside it."""
    if rule.meant_in and case.patient.has_condition(*rule.meant_in):
        return True
    return any(o.medicine.is_any_of(rule.meant_beside) for o in (*case.continuing, *case.proposed))


def _breadth(rule: Interaction) -> int:
    """How many sides speak of whole classes: of two rules of one severity the narrower says more."""
    return bool(rule.one.classes) + bool(rule.other.classes)


def _is_renewal(case: Case, order: Order) -> bool:
    """Whether it says that it renews a medicine on the list, or asks for the same again. What begins today itself has
    not been taken together with anything."""
    names = order.medicine.names
    return any(
        not names.isdisjoint(o.medicine.names)
        and (o.id in order.replaces or (is_the_same_again(order, o) and (o.started or o.written) != case.on))
        for o in case.current
    )


def _finding(
    rule: Interaction, case: Case, order: Order, partners: list[Order], knowledge: Knowledge, *, renews: bool
) -> Finding:
    names = list(dict.fromkeys(name_of(p) for p in partners))
    together = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    effect = _BOTH.sub("all", rule.effect) if len(names) > 1 else rule.effect
    problems = _problems(rule, case)
    at_risk = f" ({', '.join(dict.fromkeys(c.text or c.dotted for c in problems))})" if problems else ""
    evidence = [f"new: {shown(order)}", *[f"{'on hold' if p.on_hold else 'also taken'}: {shown(p)}" for p in partners]]
    evidence += [f"{c.where}: {c.text or c.dotted}" for c in problems]
    if renews:
        evidence.append("this order renews a medicine already taken together with the other")
    return Finding(
        code=rule.id,
        category=Category.INTERACTION,
        severity=_severity(rule, case, order, knowledge, renews=renews),
        order=order.id,
        others=tuple([p.id for p in partners]),
        summary=f"{name_of(order)} with {together}{at_risk}: {effect}",
        evidence=tuple(evidence),
        advice=rule.advice,
        sources=rule.sources,
        rule=rule.id,
        reviewed=bool(rule.review and rule.review.reviewed_by),
    )


def _problems(rule: Interaction, case: Case) -> list[Condition]:
    """What of the patient makes the rule speak: problems, and results that are one by themselves."""
    prefixes = rule.only_conditions
    return [c for c in case.patient.conditions if prefixes and c.active and c.code and c.code.startswith(prefixes)]

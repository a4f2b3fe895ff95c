"""How long a course may last for what it is given for: a stated reason, words of the directions, the problem list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from tallman.core.conditions import codes_read
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.patient import Condition
from tallman.core.precaution import Precaution
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.reasons import purpose_in
from tallman.core.screening.case import Case
from tallman.core.screening.course import too_long, too_short
from tallman.core.screening.finding import Category, Finding
from tallman.core.screening.limits import is_for, speaking
from tallman.core.screening.match import days_between, days_of_treatment, name_of
from tallman.core.screening.standing import finding_of, precautions_on, standing

__all__ = ["course_found", "without_end"]

_GOES_ON = re.compile(
    r"\b(?:chronic\w*|recurr\w*|prophyla\w+|ppx|suppress\w*|maintenance|long[ -]?term|life[ -]?long|indefinite\w*|"
    r"prevent(?!\w*\s+(?:stomach|upset|gi|nausea|diarrhea|yeast|irritation))\w*)\b",
    re.IGNORECASE,
)
"""Words by which a course has no usual end."""


def course_found(
    case: Case, order: Order, general: Sequence[DoseLimit], on_file: Sequence[DoseLimit], knowledge: Knowledge
) -> Finding | None:
    """What a course lasts too long or too short for. The limits of a stated reason come first (they are among the
    `general`), else those of the words of the directions, else those of a problem on record: soft ones only where
    nothing else on the list may be what it is for."""
    ended = [x for x in on_file if x.indications and (x.min_days or x.max_days)]
    found = (too_long(order, x) for x in _said_for(order, ended, knowledge) or general)
    if first := next((f for f in found if f), None):
        return first
    hard = [x for x in ended if x.min_days or x.hard or _is_the_only_reason(case, order, x, knowledge)]
    limits = speaking(hard, order, order.reasons or case.patient.codes) if hard else []
    by_problem = ((x, too_long(order, x) or too_short(case, order, x)) for x in limits)
    return next((_with_problem(f, x, case) for x, f in by_problem if f), None)


def _with_problem(found: Finding, limit: DoseLimit, case: Case) -> Finding:
    """The finding with the problem that chose its limit."""
    problem = next((c for c in case.patient.conditions if c.code and c.code.startswith(limit.indications)), None)
    said = f"{problem.where}: {problem.text or problem.dotted}" if problem else ""
    return replace(found, evidence=(*found.evidence, said)) if said else found


def _said_for(order: Order, ended: Sequence[DoseLimit], knowledge: Knowledge) -> list[DoseLimit]:
    """The longest courses for what the directions or the note say in words; none where a code says it."""
    codes = () if order.reasons or _goes_on(order) else _codes_said(order, knowledge)
    return [x for x in speaking(ended, order, codes) if x.max_days and is_for(x, order, codes)] if codes else []


def _goes_on(order: Order) -> bool:
    return _says_it_goes_on(order.sig.text) or (bool(order.note) and _says_it_goes_on(order.note))


@lru_cache(maxsize=1 << 13)
def _says_it_goes_on(text: str) -> bool:
    return _GOES_ON.search(text) is not None


def _codes_said(order: Order, knowledge: Knowledge) -> tuple[str, ...]:
    """What the directions and the note say that it is for, each as the one code that a chart would mean by it: what
    words may mean besides allows no shorter course."""
    told = [*(s.indication for s in order.sig.steps), purpose_in(order.note)]
    read = (codes_read(Condition(None, words), knowledge.conditions) for words in dict.fromkeys(told) if words)
    return tuple(code for codes in read for code in codes)


def _is_the_only_reason(case: Case, order: Order, limit: DoseLimit, knowledge: Knowledge) -> bool:
    """Whether of everything on the problem list the medicine is given only for what the limit is for, and nothing says
    that it goes on, or is for something else."""
    if order.reasons or _goes_on(order) or _codes_said(order, knowledge):
        return False
    uses = tuple(chain.from_iterable([i.indications for i in order.medicine.ingredients]))
    others = [c for c in case.patient.codes if not c.startswith(limit.indications)]
    return not any(c.startswith(uses) for c in others) and not any(
        case.patient.has_condition(*rule.unless_conditions) for rule, _ in _endless(order, knowledge)
    )


def _endless(order: Order, knowledge: Knowledge) -> list[tuple[Precaution, tuple[str, ...]]]:
    return [(rule, names) for rule, names in precautions_on("frequency", order, knowledge) if rule.days_in_all]


def without_end(case: Case, order: Order, knowledge: Knowledge) -> Finding | None:
    """A medicine of short courses ordered for longer, with its refills, than any of them, where neither the record nor
    words say why. What is not taken every day prevents, and has no end."""
    if _goes_on(order) or any(s.prn for s in order.sig.steps) or (days_between(order) or 0) > 1:
        return None
    days = _with_refills(order)
    for rule, _ in _endless(order, knowledge):
        if rule.days_in_all is None or days <= rule.days_in_all or _is_said(rule, order, knowledge):
            continue
        facts = standing(rule, case, order, knowledge)
        if all(f.holds for f in facts):
            summary = f"{name_of(order)}: {format_number(days)} days in all, {rule.effect}"
            return finding_of(rule, Category.FREQUENCY, case, order, facts, summary=summary)
    return None


def _with_refills(order: Order) -> Fraction:
    """All days that may be dispensed; 0 where nothing says how many."""
    days = days_of_treatment(order) or Fraction(order.days_supply or 0)
    return days * (1 + (order.refills or 0))


def _is_said(rule: Precaution, order: Order, knowledge: Knowledge) -> bool:
    """Whether words of the directions or the note tell of what the rule does not speak of."""
    note = f" {order.note.lower()} "
    codes = _codes_said(order, knowledge)
    return any(c.startswith(rule.unless_conditions) for c in codes) or any(w in note for w in rule.unless_said)

"""Whether what a precaution says of the patient is so: yes with the facts, no, or not known and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tallman.core.conditions import codes_read
from tallman.core.knowledge import Knowledge
from tallman.core.lab import Lab, judged_result, latest_answer, why_not_usable
from tallman.core.liver import child_pugh
from tallman.core.patient import Condition, Patient, age_in_months, age_in_years
from tallman.core.precaution import Precaution
from tallman.core.pregnancy import pregnancy_of
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.reasons import codes_said
from tallman.core.rule import Bound
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import matching_ingredients, name_of, shown
from tallman.core.screening.renewal import is_the_same_again

__all__ = [
    "Fact",
    "finding_of",
    "is_renewal",
    "measured",
    "precautions_found",
    "precautions_on",
    "standing",
    "unwritten",
]


_SUBJECTS = {
    "pregnancy": "pregnancy", "lactation": "breastfeeding", "kidney": "weak kidneys", "liver": "a sick liver",
    "condition": "other conditions",
}  # fmt: skip


_DENIED = re.compile(r"\b(?:no|not|without|w/o|neg\w*|denies|r/o|ruled out)\b[^,;.]{0,20}$")
_LONG_DAYS = 24  # from then on what lasts a month is fetched again


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the precaution asks: `holds` (None: not known), the few words for a summary, and the line of evidence.

    For what is not known, `evidence` says why; `is_told` that the record tells of it, and that it could not be used.
    """

    holds: bool | None
    words: str = ""
    evidence: str = ""
    is_told: bool = False


_NOT_SO = Fact(False)


def precautions_on(about: str, order: Order, knowledge: Knowledge) -> Iterator[tuple[Precaution, tuple[str, ...]]]:
    """The precautions of one kind that speak of an order, each with the ingredients it means."""
    ingredients = order.medicine.ingredients
    found = [rule for i in ingredients for rule in knowledge.precautions_of.get((about, i.name), ())]
    for rule in found if len(ingredients) == 1 else {rule.id: rule for rule in found}.values():
        if names := matching_ingredients(rule.medicines, order):
            yield rule, names


def standing(rule: Precaution, case: Case, order: Order, knowledge: Knowledge) -> list[Fact]:
    """What is so of everything the precaution asks, the first "no" alone; empty when it asks nothing of the patient."""
    facts = []
    for fact in _facts(rule, case, order, knowledge):
        if fact.holds is False:
            return [fact]
        facts.append(fact)
    return facts


def _facts(rule: Precaution, case: Case, order: Order, knowledge: Knowledge) -> Iterator[Fact]:
    patient = case.patient
    if not _is_meant(rule, case, order, knowledge):
        yield _NOT_SO
        return
    if rule.conditions:
        yield _condition(rule, case, knowledge)
    if rule.age_from is not None or rule.age_under is not None:
        yield _age(rule, case)
    if rule.sex:
        yield Fact(patient.sex == rule.sex if patient.sex else None, "", patient.sex or "the sex is not on record")
    if rule.weight_at_most is not None:
        yield _weight(rule.weight_at_most, patient)
    for bound in rule.labs:
        yield measured(bound, case, knowledge)
    if rule.weeks_from is not None and rule.about != "pregnancy":
        yield _pregnant(rule.weeks_from, case, knowledge)
    if rule.liver_class:
        yield _liver(rule, case, knowledge)


def _is_meant(rule: Precaution, case: Case, order: Order, knowledge: Knowledge) -> bool:
    """Whether nothing on record says that the rule does not speak of this situation."""
    patient = case.patient
    if rule.unless_conditions and patient.has_condition(*rule.unless_conditions):
        return False
    if rule.unless_pregnant and pregnancy_of(patient, knowledge.labs, case.on):
        return False
    if rule.eased_by and all(measured(bound, case, knowledge).holds for bound in rule.eased_by):
        return False
    if rule.not_for or rule.must_be_for:
        reasons = order.reasons or (*patient.codes, *_said_for(order, knowledge))
        if rule.not_for and any(r.startswith(rule.not_for) for r in reasons):
            return False
        if rule.must_be_for and not any(r.startswith(rule.must_be_for) for r in reasons):
            return False
    if rule.only_for and order.reasons and not any(r.startswith(rule.only_for) for r in order.reasons):
        return False
    if not _is_so_written(rule, order, knowledge):
        return False
    if rule.unless_with and (_is_taken(rule.unless_with, case, order) or order.medicine.is_any_of(rule.unless_with)):
        return False
    return not rule.only_with or _is_taken(rule.only_with, case, order)


def _said_for(order: Order, knowledge: Knowledge) -> tuple[str, ...]:
    """What the directions say that it is for, as ICD-10-CM codes."""
    words = ", ".join(dict.fromkeys(s.indication for s in order.sig.steps if s.indication))
    if not words:
        return ()
    return tuple(codes_said(words, knowledge.reasons) or codes_read(Condition(None, words), knowledge.conditions))


def _is_so_written(rule: Precaution, order: Order, knowledge: Knowledge) -> bool:
    """Whether the dose form, the name and the words of the directions are those the rule asks for."""
    if rule.forms and not rule.forms.issuperset(_forms(order, knowledge) or {""}):
        return False
    if rule.named and not any(w in order.medicine.text.lower() for w in rule.named):
        return False
    if rule.unless_named and any(w in order.medicine.text.lower() for w in rule.unless_named):
        return False
    if not rule.said and not rule.unless_said:
        return True
    text = f" {' '.join(order.sig.text.lower().split())} "
    return (not rule.said or any(w in text for w in rule.said)) and not any(w in text for w in rule.unless_said)


def _forms(order: Order, knowledge: Knowledge) -> set[str]:
    """The dose form; where it is not known for certain, those that it may have; empty where nothing is known of it."""
    medicine = order.medicine
    form = medicine.product.form if medicine.product else medicine.form
    if form:
        return {form.name}
    products = [knowledge.products.get(id) for id in medicine.candidates]
    return {p.form.name for p in products if p} if all(products) else set()


def _is_taken(names: frozenset[str], case: Case, order: Order) -> bool:
    return any(o.medicine.is_any_of(names) for o in case.beside(order))


def _condition(rule: Precaution, case: Case, knowledge: Knowledge) -> Fact:
    """By the problems on record, among which is what an order, this one or one beside it, is given for."""
    for condition in case.patient.conditions:
        if condition.active and condition.code and condition.code.startswith(rule.conditions):
            if rule.worded and not _is_worded(condition, rule.worded):
                continue
            name = condition.text or knowledge.conditions.by_code.get(condition.code, "")
            words = name or condition.dotted
            said = f"{words}, read as {condition.dotted}" if condition.is_read else f"{condition.dotted} {name}"
            return Fact(True, words, f"{condition.where}: {said}".rstrip())
    return _NOT_SO


def _is_worded(condition: Condition, words: tuple[str, ...]) -> bool:
    """Whether the problem says one of the words, and does not deny it."""
    said = " ".join((condition.text, *condition.also)).lower()
    return any(word in said and not _DENIED.search(said[: said.index(word)]) for word in words)


def _age(rule: Precaution, case: Case) -> Fact:
    birth_date = case.patient.birth_date
    if birth_date is None:
        return Fact(None, "", "the birth date is not on record")
    months, years = age_in_months(birth_date, case.on), age_in_years(birth_date, case.on)
    days = (case.on - birth_date).days
    words = f"{years} years old" if years >= 2 else f"{months} months old" if months >= 1 else f"{days} days old"
    holds = (rule.age_from is None or rule.age_from <= months) and (rule.age_under is None or months < rule.age_under)
    return Fact(holds, words, f"{words}, born {birth_date.isoformat()}")


def _weight(at_most: Decimal, patient: Patient) -> Fact:
    if patient.weight is None:
        return Fact(None, "", "the weight is not on record")
    kilograms = patient.weight.to("kg").value
    said = f"{format_number(kilograms)} kg"
    return Fact(kilograms <= at_most, said, f"weight {said}")


def _pregnant(weeks_from: int, case: Case, knowledge: Knowledge) -> Fact:
    pregnancy = pregnancy_of(case.patient, knowledge.labs, case.on)
    if pregnancy is None:
        return _NOT_SO
    if pregnancy.weeks is None:
        return Fact(None, "", "the week of pregnancy is not on record")
    return Fact(pregnancy.weeks >= weeks_from, f"pregnant, {pregnancy.weeks} weeks", pregnancy.evidence)


def _liver(rule: Precaution, case: Case, knowledge: Knowledge) -> Fact:
    thinned = any("anticoagulant" in i.classes for o in case.continuing for i in o.medicine.ingredients)
    score = child_pugh(case.patient, knowledge.labs, case.on, inr_counts=not thinned)
    if score.is_at_least(rule.liver_class):
        return Fact(True, score.words, score.arithmetic)
    if score.is_surely_below(rule.liver_class):
        return _NOT_SO
    said = f"the Child-Pugh class is not known: {score.arithmetic}"
    return Fact(True, "of unknown Child-Pugh class", said) if rule.class_unknown_counts else Fact(None, "", said, True)


def measured(bound: Bound, case: Case, knowledge: Knowledge) -> Fact:
    """Whether the latest result lies beyond a bound; not known where there is none, or none that may be used."""
    lab = knowledge.labs[bound.lab]
    if bound.answers:
        return _answer(bound, case, lab)
    result = judged_result(case.patient, lab, knowledge.labs, case.on)
    if result is None:
        unusable = why_not_usable(case.patient, lab, case.on)
        return Fact(None, "", unusable or f"no {lab.name} is on record", is_told=bool(unusable))
    days = result.age_in_days(case.on)
    if bound.within_days is not None and (days is None or days > bound.within_days):
        said = "the last result is old" if days else "it is not known how old the result is"
        return Fact(None, "", f"{said}: {result}", is_told=days is None)
    value = result.compared
    holds = (bound.above is None or value > bound.above) and (bound.below is None or value < bound.below)
    return Fact(holds, result.words, str(result))


def _answer(bound: Bound, case: Case, lab: Lab) -> Fact:
    answer = latest_answer(case.patient, lab, case.on)
    if answer is None:
        return Fact(None, "", f"no {lab.name} is on record")
    return Fact(answer.says(bound.answers), f"{lab.name}: {answer.text}", str(answer))


def unwritten(about: str, order: Order, knowledge: Knowledge) -> Iterator[NotChecked]:
    """That nothing is written down for a check about an ingredient, where the check would have had to know."""
    for i in order.medicine.ingredients:
        if (about, i.name) not in knowledge.precautions_of and (about, i.name) not in knowledge.looked_at:
            yield NotChecked(about, order.id, f"nothing is written down yet about {i.tall_man} and {_SUBJECTS[about]}")


def is_renewal(case: Case, order: Order) -> bool:
    """Whether the order goes on with a medicine that the patient already takes: it says so, or the same one has been
    taken for nearly a month."""
    names = order.medicine.names
    for other in case.current:
        taken = other.medicine.names
        if (other.id in order.replaces and names & taken) or (names == taken and _is_long_taken(other, case)):
            return True
    return False


def _is_long_taken(order: Order, case: Case) -> bool:
    begun = order.started or order.written
    return order in case.continuing and begun is not None and (case.on - begun).days >= _LONG_DAYS


def finding_of(
    rule: Precaution,
    category: Category,
    case: Case,
    order: Order,
    facts: list[Fact],
    *,
    code: str = "",
    summary: str = "",
    severity: str = "",
    advice: str = "",
) -> Finding:
    """The finding of a precaution whose facts all hold."""
    words = ", ".join(f.words for f in facts if f.words)
    level = Severity(severity or rule.severity)
    evidence = [shown(order), *(f.evidence for f in facts if f.evidence)]
    if rule.already_taken and is_renewal(case, order):
        level = max(level, Severity(rule.already_taken), key=lambda s: s.rank)
        evidence.append("this order goes on with a medicine that is already taken")
    about = f"{name_of(order)}{f' ({words})' if words else ''}"
    return Finding(
        code=code or rule.id,
        category=category,
        severity=level,
        order=order.id,
        summary=summary or f"{about}: {rule.effect}",
        about=about if not summary and (words or category is Category.ROUTE) else "",
        advice=advice or rule.advice,
        evidence=tuple(evidence),
        sources=rule.sources,
        rule=rule.id,
        reviewed=bool(rule.review and rule.review.reviewed_by),
    )


def precautions_found(
    about: str, category: Category, case: Case, order: Order, knowledge: Knowledge
) -> Iterator[Finding | NotChecked]:
    """What the precautions of one kind say of an order: the findings, and what could not be told where it must be."""
    if not order.medicine.is_known:
        yield NotChecked(about, order.id, why_not_known(order))
        return
    for rule, _ in precautions_on(about, order, knowledge):
        facts = standing(rule, case, order, knowledge)
        missing = [f.evidence for f in facts if f.holds is None]
        if all(f.holds for f in facts):
            if about == "age" and Severity(rule.severity) is Severity.LOW and _goes_on_unchanged(case, order):
                continue
            yield finding_of(rule, category, case, order, facts)
        elif missing and (rule.must_know or _wants_birth_date(rule, case) or _is_told(rule, facts)):
            yield NotChecked(about, order.id, f"{name_of(order)}: {'; '.join(missing)}")


def _goes_on_unchanged(case: Case, order: Order) -> bool:
    """Whether it is what the patient takes, in the same dose: what only informs of somebody's age was told before."""
    same = [o for o in case.current if o.medicine.names == order.medicine.names and is_the_same_again(order, o)]
    return any(o.id in order.replaces or _is_long_taken(o, case) for o in same)


def _is_told(rule: Precaution, facts: list[Fact]) -> bool:
    """Whether what might stop an order is on record in a form that could not be used, or a sick liver is on record and
    how sick it is, which the rule asks for, is not."""
    return any(f.is_told for f in facts) and (bool(rule.liver_class) or Severity(rule.severity).is_interruptive)


def _wants_birth_date(rule: Precaution, case: Case) -> bool:
    """Whether what would stop somebody of some age meets somebody of no known age."""
    asks = rule.age_from is not None or rule.age_under is not None
    return asks and case.patient.birth_date is None and Severity(rule.severity).is_interruptive

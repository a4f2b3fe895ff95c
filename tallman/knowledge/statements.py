"""What the knowledge says of an ingredient, one statement a record: classes, limits, rules, allergies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallman.core.drug import Ingredient
from tallman.core.knowledge import AllergyGroup, DoseLimit, Interaction, Knowledge, MedicineClass, Review, Source
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.rule import Selector
from tallman.core.screening.finding import Severity
from tallman.knowledge.spoken import interactions_of, monitoring_of, precautions_of, speaks_of
from tallman.knowledge.wording import age_text, bound_text, conditions_text, limit_text, whom_text

__all__ = ["SUBJECTS", "Statement", "statements"]

SUBJECTS = ("Reasons", "Classes", "Dose limits", "Interactions", "Precautions", "Monitoring", "Allergies")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is known: `what` in a phrase, `detail` in sentences, `severity` where it is a rule."""

    subject: str
    what: str
    detail: tuple[str, ...] = ()
    severity: str = ""
    rule: str = ""
    sources: tuple[str, ...] = ()
    review: str = ""


def statements(ingredient: Ingredient, knowledge: Knowledge) -> Iterator[Statement]:
    """Every record that speaks of an ingredient, subject by subject, the gravest interactions first."""
    name = ingredient.name
    if ingredient.indications:
        yield Statement("Reasons", f"{name}: {', '.join(ingredient.indications)}", ("ICD-10-CM, and what begins so",))
    for id in sorted(ingredient.classes):
        if (held := knowledge.classes.get(id)) is not None:
            yield _class(held)
    for limit in knowledge.limits_of.get(name, ()):
        yield _limit(limit)
    interactions = sorted(interactions_of(name, knowledge), key=lambda rule: Severity(rule.severity).rank)
    yield from (_interaction(rule, name, knowledge) for rule in interactions)
    yield from (_precaution(rule, knowledge) for rule in precautions_of(name, knowledge))
    yield from (_monitoring(rule, knowledge) for rule in monitoring_of(name, knowledge))
    for group in _groups(ingredient, knowledge):
        yield from _allergy(group)


def _said(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(str(source) for source in sources)


def _class(held: MedicineClass) -> Statement:
    kinds = {"therapeutic": "duplicate therapy", "chemical": "allergies", "mechanism": "interactions"}
    detail = [f"for {kinds.get(held.kind, held.kind)}"]
    if held.at_once is not None:
        detail.append(f"more than {held.at_once} at once is {held.severity}. {held.advice}".strip())
    review = _review(held.review) if held.review else ""
    return Statement("Classes", held.name, tuple(detail), rule=held.id, sources=_said(held.sources), review=review)


def _limit(limit: DoseLimit) -> Statement:
    whom, most = limit_text(limit)
    detail = (most, *([limit.note] if limit.note else []))
    return Statement(
        "Dose limits",
        f"{limit.ingredient} {whom}",
        detail,
        rule=limit.id,
        sources=_said(limit.sources),
        review=_review(limit.review),
    )


def _meant_text(rule: Interaction, knowledge: Knowledge) -> str:
    beside = f"beside {', '.join(sorted(rule.meant_beside))}" if rule.meant_beside else ""
    condition = f"with {conditions_text(rule.meant_in, knowledge)}" if rule.meant_in else ""
    said = " or ".join(filter(None, [beside, condition]))
    return said[0].upper() + said[1:]


def _interaction(rule: Interaction, name: str, knowledge: Knowledge) -> Statement:
    other: Selector = rule.other if speaks_of(rule.one, name, knowledge) else rule.one
    detail = [rule.effect, rule.advice]
    if rule.palliative:
        detail.append(f"Where comfort is the aim (Z51.5): {rule.palliative}.")
    if rule.on_ward:
        detail.append(f"On a ward: {rule.on_ward}.")
    if rule.for_one_dose:
        detail.append(f"One dose: {rule.for_one_dose}.")
    if rule.eased_by:
        detail.append(f"Informs with {' and '.join(bound_text(b, knowledge) for b in rule.eased_by)}.")
    if rule.followed:
        detail.append(f"Where levels are followed: {rule.followed}.")
    if rule.where_meant:
        detail.append(f"{_meant_text(rule, knowledge)}: {rule.where_meant}.")
    if rule.already_together:
        detail.append(f"Taken together already: {rule.already_together}.")
    if rule.only_conditions:
        detail.append(f"Only with {conditions_text(rule.only_conditions, knowledge)}.")
    if rule.unless_with:
        detail.append(f"Not when {', '.join(sorted(rule.unless_with))} is taken too.")
    if rule.age_from_years:
        detail.append(f"From {rule.age_from_years} years on.")
    return Statement(
        "Interactions",
        f"{name} with {whom_text(other, knowledge)}",
        tuple(detail),
        rule.severity,
        rule.id,
        _said(rule.sources),
        _review(rule.review),
    )


def _precaution(rule: Precaution, knowledge: Knowledge) -> Statement:
    facts = [f"with {conditions_text(rule.conditions, knowledge)}"] if rule.conditions else []
    facts += [text] if (text := age_text(rule.age_from, rule.age_under)) else []
    facts += [f"{rule.sex} only"] if rule.sex else []
    facts += [bound_text(bound, knowledge) for bound in rule.labs]
    facts += [f"unless {bound_text(bound, knowledge)}" for bound in rule.eased_by]
    facts += _written(rule)
    bands = [
        f"{rule.measure} {band.at_least:f} to under {band.below:f}: "
        + ("not given" if band.avoid else f"at most {band.single_max or '-'} at once, {band.daily_max or '-'} a day")
        for band in rule.bands
    ]
    what = f"{rule.about}: {'; '.join(facts)}" if facts else rule.about
    detail = (rule.effect, rule.advice, *bands)
    return Statement("Precautions", what, detail, rule.severity, rule.id, _said(rule.sources), _review(rule.review))


def _written(rule: Precaution) -> list[str]:
    """What a precaution asks of the weeks of a pregnancy, of the form and of the words of the directions."""
    said = []
    if rule.may_conceive:
        said.append("who could become pregnant")
    if rule.unless_pregnant:
        said.append("who is not pregnant")
    if rule.weeks_from is not None:
        said.append(f"from {rule.weeks_from} weeks")
    if rule.weeks_under is not None:
        said.append(f"under {rule.weeks_under} weeks")
    if rule.forms:
        said.append(f"as {', '.join(sorted(rule.forms))}")
    if rule.at:
        said.append(f"at {', '.join(rule.at)}{' and no other time' if rule.at_no_other else ''}")
    if rule.days_apart:
        said.append(f"where {rule.days_apart} days or more lie between the doses")
    if rule.days_in_all:
        said.append(f"for more than {rule.days_in_all} days in all, refills counted")
    if rule.said:
        said.append("where the directions say " + " or ".join(f'"{words.strip()}"' for words in rule.said))
    if rule.faster_than:
        said.append(f"faster than {rule.faster_than}")
    if rule.in_less_than:
        said.append(f"in less than {rule.in_less_than}")
    return said


def _monitoring(rule: Monitoring, knowledge: Knowledge) -> Statement:
    labs = ", ".join(knowledge.labs[lab].name if lab in knowledge.labs else lab for lab in rule.labs)
    return Statement(
        "Monitoring",
        f"{labs} every {rule.within_days} days",
        (rule.advice,),
        rule.severity,
        rule.id,
        _said(rule.sources),
        _review(rule.review),
    )


def _groups(ingredient: Ingredient, knowledge: Knowledge) -> list[AllergyGroup]:
    keys = (ingredient.name, *(f"class:{c}" for c in sorted(ingredient.classes)))
    return list({g.id: g for key in keys for g in knowledge.groups_of.get(key, ())}.values())


def _allergy(group: AllergyGroup) -> Iterator[Statement]:
    says = f"another member: {group.within or 'nothing'}, after a severe reaction {group.within_if_severe or 'nothing'}"
    crossing = (c.why for c in group.cross if c.why)
    yield Statement(
        "Allergies", group.name, (says, *dict.fromkeys(crossing)), rule=group.id, sources=_said(group.sources),
        review=_review(group.review),
    )  # fmt: skip


def _review(review: Review | None) -> str:
    """Who answers for a record and until when."""
    if review is None:
        return "no review on record"
    due = f"due {review.next_review.isoformat()}"
    if review.reviewed_by is None:
        return f"not signed by a pharmacist; written {review.written_on.isoformat()} by {review.written_by}; {due}"
    on = f" on {review.reviewed_on.isoformat()}" if review.reviewed_on else ""
    return f"signed by {review.reviewed_by}{on}; {due}"

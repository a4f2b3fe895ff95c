"""What is held of a medicine: limits, rules, precautions, allergies, each with its sources and its review state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallman.core.knowledge import AllergyGroup, DoseLimit, Interaction, Knowledge, MedicineClass, Source
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.rule import Review, Selector
from tallman.core.screening.finding import Severity
from tallman.server.medicines import wording
from tallman.server.medicines.catalogue import Medicine

__all__ = ["Rule", "allergies", "classes", "interactions", "limits", "monitoring", "precautions"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One record as the page shows it.

    `about` is whom or what it speaks of, `says` what it holds, `advice` what to do. `severity` is empty for what only
    informs. `is_reviewed` whether a pharmacist has signed it, `state` the same in words.
    """

    id: str
    about: str
    says: tuple[str, ...]
    advice: str = ""
    severity: str = ""
    kind: str = ""
    sources: tuple[Source, ...] = ()
    is_reviewed: bool = False
    state: str = ""


def _rule(record: DoseLimit | Interaction | Precaution | Monitoring | AllergyGroup, **said: object) -> Rule:
    review: Review | None = record.review
    signed = bool(review and review.reviewed_by)
    return Rule(record.id, sources=record.sources, is_reviewed=signed, state=wording.review_state(review), **said)  # type: ignore[arg-type]


def limits(medicine: Medicine, knowledge: Knowledge) -> dict[str, list[Rule]]:
    """The dose limits of each ingredient, for whom and how; an ingredient without any has an empty list."""
    return {name: [_limit(x) for x in knowledge.limits_of.get(name, ())] for name in medicine.ingredients}


def _limit(limit: DoseLimit) -> Rule:
    whom = wording.ages(limit.age_from, limit.age_under) or "everybody"
    about = f"{whom}: {wording.circumstances(limit)}"
    return _rule(limit, about=about, says=(*wording.amounts(limit), *filter(None, [limit.note])))


def interactions(medicine: Medicine, knowledge: Knowledge) -> list[Rule]:
    """The interaction rules that speak of it, gravest first; `about` is the other side."""
    ids = {id for name in medicine.ingredients for id in knowledge.rules_of.get(name, ())}
    found = [_interaction(knowledge.interactions[id], medicine, knowledge) for id in ids]
    return sorted(found, key=_gravest)


def _interaction(rule: Interaction, medicine: Medicine, knowledge: Knowledge) -> Rule:
    sides = [(rule.one, rule.other), (rule.other, rule.one)]
    others = [wording.selected(other, knowledge) for own, other in sides if _speaks_of(own, medicine, knowledge)]
    context = []
    if rule.already_together and rule.already_together != rule.severity:
        context.append(f"{rule.already_together} once both are taken together")
    if rule.only_conditions:
        context.append(f"only with {', '.join(rule.only_conditions)}")
    if rule.age_from_years is not None:
        context.append(f"from {rule.age_from_years} years")
    if rule.unless_with:
        context.append(f"not with {', '.join(sorted(rule.unless_with))} beside it")
    says = (rule.effect, *([f"Holds: {'; '.join(context)}."] if context else []))
    about = " / ".join(dict.fromkeys(others))
    return _rule(rule, about=about, says=says, advice=rule.advice, severity=rule.severity)


def _speaks_of(selector: Selector, medicine: Medicine, knowledge: Knowledge) -> bool:
    return any(
        name in selector.ingredients or not selector.classes.isdisjoint(knowledge.ingredients[name].classes)
        for name in medicine.ingredients
    )


def precautions(medicine: Medicine, knowledge: Knowledge) -> list[Rule]:
    """What is held of patients who should not take it, or only with care: age, pregnancy, kidney, condition …"""
    ours = set(medicine.ingredients)
    held = {p.id: p for (_, name), rules in knowledge.precautions_of.items() if name in ours for p in rules}
    return sorted((_precaution(p, knowledge) for p in held.values()), key=lambda r: (r.kind, *_gravest(r)))


def _precaution(rule: Precaution, knowledge: Knowledge) -> Rule:
    bands = tuple(wording.of_band(band, rule.measure) for band in rule.bands)
    return _rule(
        rule, kind=rule.about, about=wording.standing_of(rule, knowledge), says=(rule.effect, *bands),
        advice=rule.advice, severity=rule.severity,
    )  # fmt: skip


def monitoring(medicine: Medicine, knowledge: Knowledge) -> list[Rule]:
    """Which laboratory values are watched while it is taken."""
    held = {m.id: m for name in medicine.ingredients for m in knowledge.monitoring_of.get(name, ())}
    return sorted((_watched(m, knowledge) for m in held.values()), key=_gravest)


def _watched(rule: Monitoring, knowledge: Knowledge) -> Rule:
    names = [knowledge.labs[lab].name if lab in knowledge.labs else lab for lab in rule.labs]
    about = f"{' or '.join(names)} every {rule.within_days} days"
    return _rule(rule, about=about, says=(), advice=rule.advice, severity=rule.severity)


def allergies(medicine: Medicine, knowledge: Knowledge) -> list[Rule]:
    """The allergy groups it belongs to, and the groups that say something of it though it is no member."""
    return sorted(_allergies(medicine, knowledge), key=lambda rule: rule.about)


def _allergies(medicine: Medicine, knowledge: Knowledge) -> Iterator[Rule]:
    keys = {*medicine.ingredients, *(f"class:{c.id}" for c in classes(medicine, knowledge))}
    members = {group.id for key in keys for group in knowledge.groups_of.get(key, ())}
    for group in knowledge.allergy_groups.values():
        if group.id in members:
            yield _rule(group, about=group.name, says=("It is one of them.",), severity=group.within or "")
        for cross in group.cross:
            crossing = {*cross.ingredients, *(f"class:{c}" for c in cross.classes)}
            apart = {*cross.excluding, *(f"class:{c}" for c in cross.excluding)}
            if group.id not in members and crossing & keys and not apart & keys:
                why = cross.why or "It can cross-react."
                yield _rule(group, about=group.name, says=(why,), severity=cross.severity or "")


def classes(medicine: Medicine, knowledge: Knowledge) -> list[MedicineClass]:
    """The classes of our own that it belongs to."""
    ids = {c for name in medicine.ingredients for c in knowledge.ingredients[name].classes}
    return sorted((knowledge.classes[c] for c in ids if c in knowledge.classes), key=lambda c: (c.kind, c.name))


def _gravest(rule: Rule) -> tuple[int, str]:
    return (Severity(rule.severity).rank if rule.severity else 9), rule.about

"""A recorded allergy against what is ordered: the substance itself, its group, and what cross-reacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tallman.core.allergies import is_of_touch, reaction_class, tolerated_in
from tallman.core.allergy_reactions import without_denied
from tallman.core.knowledge import AllergyGroup, CrossReaction, Knowledge, Source
from tallman.core.patient import Allergy
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of, release_of
from tallman.core.told_allergies import allergies_noted, allergies_told

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against every allergy on record. An unasked or unread allergy is said, never skipped.

    An allergy that only the problem list tells of counts as one.
    """
    allergies = (*(case.patient.allergies or ()), *allergies_told(case.patient, knowledge))
    for order in case.proposed:
        noted = tolerated_in(order.note, knowledge) if order.note and allergies else ()
        if case.patient.allergies is None:
            yield NotChecked("allergy", order.id, "no allergy information on record: ask the patient")
        if not order.medicine.is_known and allergies:
            yield NotChecked("allergy", order.id, why_not_known(order))
            continue
        yield from _told_in_the_note(case, order, knowledge)
        for allergy in allergies:
            if allergy.refuted:
                continue
            if not allergy.is_read:
                yield NotChecked("allergy", order.id, f"the allergy {allergy.substance!r} was not recognised")
                yield _unread(allergy, order, knowledge)
                continue
            yield from _in_excipients(allergy, order, knowledge)
            worst = min(_matches(allergy, order, knowledge), key=lambda f: (f.severity.rank, f.code), default=None)
            if worst:
                worst = _as_tolerated(worst, (*allergy.tolerated, *noted), order, knowledge)
                yield _as_taken_now(worst, allergy, order, case, knowledge)


def _told_in_the_note(case: Case, order: Order, knowledge: Knowledge) -> Iterator[Finding]:
    """The worst of what an allergy forbids that stands in the note of the order, and on no list."""
    for allergy in allergies_noted(case.patient, order.note, knowledge) if order.note else ():
        worst = min(_matches(allergy, order, knowledge), key=lambda f: (f.severity.rank, f.code), default=None)
        if worst is None or allergy.refuted:
            continue
        yield replace(
            _as_tolerated(worst, allergy.tolerated, order, knowledge),
            summary=_RECORDED.sub(r"with an \1 (told in the note, not on the list)", worst.summary, count=1),
            evidence=(f"note: {order.note.strip()}", *worst.evidence[1:]),
        )


def _unread(allergy: Allergy, order: Order, knowledge: Knowledge) -> Finding:
    """An allergy that nobody here can read is one to settle with every order; it stops only what it may well mean."""
    perhaps = replace(allergy, ingredients=allergy.possible)
    meant = [f for f in _matches(perhaps, order, knowledge) if f.severity.is_interruptive]
    said = f"{allergy.substance!r}{_in_brackets([allergy.reaction] if allergy.reaction else [])}"
    if meant:
        said += f", which may mean {' or '.join(i.tall_man for i in allergy.possible)}"
    return Finding(
        code="ALLERGY-UNREAD",
        category=Category.ALLERGY,
        severity=Severity.HIGH if meant else Severity.MODERATE,
        order=order.id,
        summary=f"{name_of(order)} with an allergy on record that was not recognised, {said}.",
        evidence=(f"on record: {allergy.substance}", "nothing was checked for it"),
        advice="Ask the patient what it was and what it did, and record it by its name.",
        sources=(Source("The patient's own allergy record"),),
    )


def _as_tolerated(finding: Finding, tolerated: tuple[str, ...], order: Order, knowledge: Knowledge) -> Finding:
    """What the record itself, or the note of the order, says was taken since without harm informs, and no longer
    stops."""
    groups = [knowledge.allergy_groups.get(t.removeprefix("group:")) for t in tolerated]
    is_meant = "" in tolerated or not order.medicine.names.isdisjoint(tolerated)
    if not is_meant and not any(g and _members(g, order) for g in groups):
        return finding
    is_itself = not order.medicine.names.isdisjoint(tolerated) and finding.code.endswith("-CROSS")
    least = Severity.LOW if is_itself else Severity.MODERATE
    severity = max(finding.severity, least, key=lambda s: s.rank)
    return replace(finding, severity=severity, evidence=(*finding.evidence, _TAKEN), advice=_ADVICE[False])


def _as_taken_now(finding: Finding, allergy: Allergy, order: Order, case: Case, knowledge: Knowledge) -> Finding:
    """An intolerance of another medicine of the kind informs least where one of the kind is already taken."""
    group = knowledge.allergy_groups.get(finding.rule)
    if group is None or finding.code not in _OF_THE_KIND or allergy.severity == "severe":
        return finding
    recorded = {i.name for i in allergy.ingredients}
    taken = [
        o
        for o in case.current
        if not o.on_hold
        and not (o.ended and o.ended < case.on)
        and is_systemic(o)
        and _members(group, o)
        and recorded.isdisjoint(o.medicine.names)
    ]
    if not taken:
        return finding
    said = f"{name_of(taken[0])}, of the same kind, is already taken"
    return replace(finding, severity=Severity.LOW, evidence=(*finding.evidence, said))


def _in_excipients(allergy: Allergy, order: Order, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    for group in (knowledge.allergy_groups[g] for g in allergy.groups if g in knowledge.allergy_groups):
        if not group.excipient:
            continue
        form = order.medicine.product.form if order.medicine.product else order.medicine.form
        routes = {order.taken_route} if order.taken_route else set(form.routes if form else ())
        if form and form.name in group.forms:
            why = f"every {form.name} holds {group.name}"
            yield from _finding("ALLERGY-EXCIPIENT", allergy, order, group.within, group.within_if_severe, why, group)
        elif not group.routes or not routes or not routes.isdisjoint(group.routes):
            reason = f"whether this product contains {group.name} is not on file: read the package"
            yield NotChecked("allergy", order.id, reason)


def _matches(allergy: Allergy, order: Order, knowledge: Knowledge) -> Iterator[Finding]:
    recorded = {i.name for i in allergy.ingredients}
    named = [knowledge.allergy_groups[g] for g in allergy.groups if g in knowledge.allergy_groups]
    implied = _implied(allergy, knowledge)
    allergy = _without_pseudo(allergy, [*named, *implied.values()])
    for ingredient in order.medicine.ingredients:
        if ingredient.name in recorded:
            why = f"{ingredient.tall_man} is the recorded allergen"
            yield from _finding("ALLERGY-SAME", allergy, order, "high", "critical", why, None)
    for group in named:
        if members := _members(group, order):
            is_many = group.name.split(",")[0].split()[0].endswith("s")
            why = f"{members} {'is one of the' if is_many else 'falls under'} {group.name}"
            yield from _finding("ALLERGY-GROUP", allergy, order, "high", "critical", why, group)
    is_vague = reaction_class(allergy.reaction) == "unknown"
    for group in implied.values():
        if (members := _members(group, order)) and not recorded & order.medicine.names:
            why = f"{members} and {_allergen(allergy)} are both {group.name}"
            within = "moderate" if group.pseudo and group.within and is_vague else group.within
            yield from _finding("ALLERGY-RELATED", allergy, order, within, group.within_if_severe, why, group)
    for group in {**implied, **{g.id: g for g in named}}.values():
        for cross in group.cross:
            yield from _cross(cross, group, allergy, order)


def _implied(allergy: Allergy, knowledge: Knowledge) -> dict[str, AllergyGroup]:
    """The groups that a recorded medicine belongs to, by id."""
    return {
        group.id: group
        for i in allergy.ingredients
        for key in (i.name, *(f"class:{c}" for c in i.classes))
        for group in knowledge.groups_of.get(key, ())
    }


def _without_pseudo(allergy: Allergy, groups: list[AllergyGroup]) -> Allergy:
    """An intolerance where every word of the reaction is one that the medicine causes by itself: itching alone."""
    words = [w for g in groups for w in g.pseudo]
    if allergy.severity == "severe" or not words or reaction_class(allergy.reaction) != "mild":
        return allergy
    rest = re.sub(rf"\w*(?:{'|'.join(map(re.escape, words))})\w*", " ", allergy.reaction, flags=re.IGNORECASE)
    return replace(allergy, kind=_PSEUDO) if reaction_class(rest) in ("unknown", "intolerance") else allergy


def _allergen(allergy: Allergy) -> str:
    """What the recorded words mean: the generic names of the medicines, or the words where they name a group."""
    return " / ".join(i.tall_man for i in allergy.ingredients) or allergy.substance


def _in_brackets(said: list[str]) -> str:
    return f" ({'; '.join(said)})" if said else ""


def _members(group: AllergyGroup, order: Order) -> str:
    names = [
        i.tall_man
        for i in order.medicine.ingredients
        if i.name in group.ingredients or not group.classes.isdisjoint(i.classes)
    ]
    return " and ".join(names)


def _cross(cross: CrossReaction, group: AllergyGroup, allergy: Allergy, order: Order) -> Iterator[Finding]:
    said = without_denied(allergy.reaction).lower()
    if cross.reactions and not any(word in said for word in cross.reactions):
        return
    if any(word in said for word in cross.unless_reactions) or not _is_salt(cross, order):
        return
    form = order.medicine.product.form if order.medicine.product else order.medicine.form
    if cross.forms and form and form.name not in cross.forms:
        return
    names = [
        i.tall_man
        for i in order.medicine.ingredients
        if (i.name in cross.ingredients or not cross.classes.isdisjoint(i.classes))
        and i.name not in cross.excluding
        and cross.excluding.isdisjoint(i.classes)
    ]
    if names:
        why = cross.why or f"{' and '.join(names)} can cross-react with {group.name}"
        yield from _finding(
            "ALLERGY-CROSS", allergy, order, cross.severity, cross.severity_if_severe, why, group, cross.sources
        )


def _is_salt(cross: CrossReaction, order: Order) -> bool:
    product, text = order.medicine.product, order.medicine.text.lower()
    return not cross.salts or any(s in text or (product and s in product.salt.lower()) for s in cross.salts)


def _is_intolerance(allergy: Allergy, reaction: str) -> bool:
    if allergy.kind == _PSEUDO or reaction == "intolerance":
        return True
    return allergy.kind == "intolerance" and reaction == "unknown"


def _by_way(allergy: Allergy, order: Order, severity: Severity, is_intolerance: bool) -> tuple[Severity, str]:
    """The severity by the way the medicine goes: what the skin did where it was touched weighs less for a tablet, an
    upset stomach less for eye drops."""
    if is_of_touch(allergy.substance, allergy.reaction) and allergy.severity != "severe":
        on_skin = not is_systemic(order) or order.taken_route == "transdermal"
        most = Severity.HIGH if on_skin else Severity.MODERATE
        return max(severity, most, key=lambda s: s.rank), "" if on_skin else _TOUCHED
    if is_intolerance and not is_systemic(order) and _OF_THE_INSIDE.search(allergy.reaction):
        return max(severity, Severity.LOW, key=lambda s: s.rank), "what it did inside does not tell of it outside"
    is_slow = _AT_ONCE.search(allergy.substance) and release_of(order) in ("extended", "delayed")
    if is_intolerance and is_slow and _OF_THE_GUT.search(allergy.reaction):
        return max(severity, Severity.LOW, key=lambda s: s.rank), _FASTER
    return severity, ""


_FASTER = "it was of the form that lets go at once; the slow one is mostly tolerated better"
_TOUCHED = "it was a reaction of what the medicine touched; by another way it may be taken without harm"
_OF_ITS_ACTION = re.compile(
    r"brady|slow\s+(?:heart|pulse)|priapis|myopath|\bck\b|tardive|(?-i:\bTD\b)|parkinsonis|creatinin|hyponatr|low\s+sodium",
    re.IGNORECASE,
)
_OF_ANESTHESIA = re.compile(r"malignant\s+hyper(?:therm|pyrex)", re.IGNORECASE)
"""Set off by a few, which the knowledge names; the other medicines of anesthesia are what is given instead."""
_DONE = "what it did to the body is no allergy: nothing tells that what is built alike does it too"
_RECORDED = re.compile(r"with a recorded (\w+)")
_TAKEN = "the record says that it was taken without harm"
_OF_THE_GUT = re.compile(r"nause|vomit|stomach|\bgi\b|gastr|diarrh|constip|abd|bloat|cramp|loose", re.IGNORECASE)
_OF_THE_INSIDE = re.compile(
    rf"{_OF_THE_GUT.pattern}|dizz|drows|sedat|fatigue|hallucin|confus|delir|agitat|insomn|nightmare|dream|anxi",
    re.IGNORECASE,
)
_OF_THE_KIND = frozenset({"INTOLERANCE-RELATED", "INTOLERANCE-GROUP"})
_AT_ONCE = re.compile(r"\b(?:ir|immediate[- ]release|regular|plain)\b", re.IGNORECASE)
_PSEUDO = "this reaction alone is mostly an effect of the medicine, not an allergy"
_ADVICE = {
    True: "Do not dispense until a pharmacist has settled the allergy with the patient or prescriber.",
    False: "Ask what happened and when; tell the pharmacist if it was more than a side effect.",
}


def _is_of_its_action(code: str, allergy: Allergy, *, severe: bool) -> bool:
    """Whether the reaction is what the medicine does, which others built alike need not do."""
    if _OF_ANESTHESIA.search(allergy.reaction):
        return not code.endswith(("-SAME", "-CROSS"))
    return not severe and bool(_OF_ITS_ACTION.search(allergy.reaction))


def _finding(
    code: str,
    allergy: Allergy,
    order: Order,
    usual: str | None,
    if_severe: str | None,
    why: str,
    group: AllergyGroup | None,
    sources: tuple[Source, ...] = (),
) -> Iterator[Finding]:
    reaction = reaction_class(allergy.reaction)
    is_intolerance = _is_intolerance(allergy, reaction)
    severe = reaction == "severe" or (allergy.severity == "severe" and not is_intolerance)
    level = if_severe if severe else usual
    if level is None:
        return
    severity = Severity(level)
    if is_intolerance:
        most = Severity.HIGH if allergy.severity == "severe" else Severity.MODERATE
        severity = max(severity, most, key=lambda s: s.rank)
        code = code.replace("ALLERGY", "INTOLERANCE")
        if code.endswith("-CROSS") and allergy.severity != "severe":
            severity = Severity.LOW  # An upset stomach does not cross over.
    severity, because = _by_way(allergy, order, severity, is_intolerance)
    if group and not because and _is_of_its_action(code, allergy, severe=severe):
        severity, because = max(severity, Severity.MODERATE, key=lambda s: s.rank), _DONE
    said = allergy.reaction or "reaction not recorded"
    quoted = [allergy.substance] if allergy.substance.lower() != _allergen(allergy).lower() else []
    quoted.append(said)
    kind = "intolerance" if code.startswith("INTOLERANCE") else "allergy"
    yield Finding(
        code=code,
        category=Category.ALLERGY,
        severity=severity,
        order=order.id,
        summary=f"{name_of(order)} with a recorded {kind} to {_allergen(allergy)}{_in_brackets(quoted)}: {why}.",
        evidence=(
            f"on record: {allergy.substance}, {said}",
            why,
            *([_PSEUDO] if allergy.kind == _PSEUDO else []),
            *([because] if because else []),
        ),
        advice=_ADVICE[severity.is_interruptive],
        sources=sources or (group.sources if group else (Source("The patient's own allergy record"),)),
        rule=group.id if group else "",
        reviewed=bool(group and group.review and group.review.reviewed_by),
    )

"""The differences of one group of lines, each with its likely intent and what it may do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tallman.core.drug import DoseForm
from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.compare import Verdict, amounts_differ, has_same_strength, same_total
from tallman.core.reconciliation.difference import Difference, DifferenceType, NotCompared
from tallman.core.reconciliation.equal_doses import Doses, equal_dose
from tallman.core.reconciliation.explained import Cause, Explanation, explanation
from tallman.core.reconciliation.groups import Group
from tallman.core.reconciliation.harm import harm_of
from tallman.core.reconciliation.intake import why_no_intake
from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.traits import Item
from tallman.core.reconciliation.words import course, how_often, named, shown, together

__all__ = ["Judgement", "difference_of", "judged"]

UNEXPLAINED = "nothing beside the order says why"
_LIKELY_FORMULARY = f"{UNEXPLAINED}; at an equal dose it is likely a formulary substitution"


@dataclass
class Judgement:
    """What was found out about one group; filled while it is looked at."""

    group: Group
    differences: list[Difference] = field(default_factory=list)
    not_compared: list[NotCompared] = field(default_factory=list)


def judged(group: Group, knowledge: Knowledge) -> Judgement:
    """The differences between the believed lines of the history and the orders for the same medicine."""
    found = Judgement(group)
    old, new = list(group.believed), list(group.right)
    if group.is_substitution:
        _replaced(found, old, new, knowledge)
        return found
    if doubled := _doubled(old, new):
        names = together(doubled)
        _add(found, knowledge, DifferenceType.DUPLICATE, f"{names} is ordered {len(new)} times.", right=doubled)
        new = [i for i in new if i not in doubled[1:]]
    old = _once(old)
    if len(old) == 1 and len(new) == 1:
        _one_to_one(found, old[0], new[0], knowledge)
    else:
        _many(found, old, new, knowledge)
    return found


def _replaced(found: Judgement, old: Sequence[Item], new: Sequence[Item], knowledge: Knowledge) -> None:
    doses = equal_dose(old, new, knowledge)
    said = _with_doses(f"{together(old)} is replaced by {together(new)}.", doses)
    _add(found, knowledge, DifferenceType.SUBSTITUTION, said)
    if doses and doses.are_equal and not found.differences[-1].explained:
        found.differences[-1] = replace(found.differences[-1], because=_LIKELY_FORMULARY, likely=Cause.FORMULARY)


def _with_doses(sentence: str, doses: Doses | None) -> str:
    return f"{sentence[:-1]}: {doses.words}." if doses else sentence


def _doubled(old: Sequence[Item], new: Sequence[Item]) -> list[Item]:
    """Orders that repeat each other though the history does not: not parts of one dose, nor of a combination."""
    if len(new) < 2 or same_total(old, new) or len({i.names for i in new}) > 1:
        return []
    if len(new) <= len(_once(old)):
        return []
    return list(new)


def _once(items: Sequence[Item]) -> list[Item]:
    """Without the lines that say the same as another of their list."""
    kept: list[Item] = []
    for item in items:
        if not any(k.names == item.names and amounts_differ(k, item) is Verdict.SAME for k in kept):
            kept.append(item)
    return kept


def _many(found: Judgement, old: Sequence[Item], new: Sequence[Item], knowledge: Knowledge) -> None:
    """Several lines make up the medicine: only what they come to together counts."""
    _part_differs(found, old, new, knowledge)
    same = same_total(found.group.believed, new) or same_total(old, new)
    if same is None:
        found.not_compared.append(
            NotCompared(_lines(old), _lines(new), "dose", "the amounts a day of these lines cannot be added up")
        )
    elif not same and not found.differences:
        _add(
            found,
            knowledge,
            DifferenceType.DOSE,
            f"{together(old)} is ordered as {together(new)}: the amounts a day differ.",
        )


def _one_to_one(found: Judgement, old: Item, new: Item, knowledge: Knowledge) -> None:
    if _part_differs(found, [old], [new], knowledge):
        return
    doses = equal_dose([old], [new], knowledge)
    if way := _way_differs(old, new):
        _add(found, knowledge, way[0], _with_doses(way[1], doses))
        return
    form = _form_differs(old, new)
    if form:
        _add(found, knowledge, DifferenceType.FORM, _with_doses(form, doses))
        if doses and doses.are_equal:
            return
    if _reads_the_same(old, new):
        return
    if old.as_needed is not None and new.as_needed is not None and old.as_needed != new.as_needed:
        here, there = ("as needed" if i.as_needed else "regularly" for i in (old, new))
        _add(found, knowledge, DifferenceType.FREQUENCY, f"{named(old)} is taken {here} and ordered {there}.")
        return
    _amount_differs(found, old, new, knowledge, is_other_form=bool(form))
    if not found.differences and old.route is None and new.route == "intravenous":
        said = f"{named(old)} is ordered into a vein, and no list says how it is taken."
        _add(found, knowledge, DifferenceType.ROUTE, said)


def _reads_the_same(old: Item, new: Item) -> bool:
    """Whether one line is written as the other: the same directions, and the way known of both or of neither."""
    is_same = bool(old.words) and old.words == new.words and has_same_strength(old, new)
    return is_same and (old.route == new.route or old.medicine.text == new.medicine.text or new.route != "intravenous")


def _part_differs(found: Judgement, old: Sequence[Item], new: Sequence[Item], knowledge: Knowledge) -> bool:
    here, there = (frozenset().union(*(i.names for i in side)) for side in (old, new))
    for names, type, words in (
        (here - there, DifferenceType.OMISSION, "is part of what is taken and not ordered"),
        (there - here, DifferenceType.ADDITION, "is part of what is ordered and not taken"),
    ):
        if names:
            _add(found, knowledge, type, f"{' and '.join(sorted(names))} {words} ({together(old)}; {together(new)}).")
    return here != there


def _way_differs(old: Item, new: Item) -> tuple[DifferenceType, str] | None:
    if old.route and new.route and old.route != new.route:
        return DifferenceType.ROUTE, f"{named(old)} is taken {_by(old.route)} and ordered {_by(new.route)}."
    if old.sides and new.sides and old.sides != new.sides:
        here, there = (" and ".join(sorted(i.sites)) for i in (old, new))
        return DifferenceType.ROUTE, f"{named(old)} is for the {here} and ordered for the {there}."
    return None


def _by(route: str) -> str:
    return {"oral": "by mouth", "intravenous": "into a vein"}.get(route, f"by the {route} route")


_FORMS = (
    ("liquid", re.compile(r"\b(?:oral (?:solution|suspension)|soln|solution|susp\w*|syrup|elixir|liquid)\b", re.I)),
    ("cream", re.compile(r"\bcream\b", re.I)),
    ("ointment", re.compile(r"\boint\w*", re.I)),
    ("gel", re.compile(r"\bgel\b", re.I)),
    ("lotion", re.compile(r"\blotion\b", re.I)),
    ("patch", re.compile(r"\bpatch|\btransdermal", re.I)),
    ("suppository", re.compile(r"\bsupp\w*", re.I)),
    ("nebulizer solution", re.compile(r"\bneb\w*|\binhalation (?:solution|suspension)", re.I)),
    ("inhaler", re.compile(r"\binhaler|\bhfa\b|\bmdi\b|\bdiskus|\brespimat|\bellipta", re.I)),
    ("tablet or capsule", re.compile(r"\btab(?:let)?s?\b|\bcap(?:sule)?s?\b|\bcaplets?\b", re.I)),
)
_PACE = ("12 hour", "24 hour")


def _form_differs(old: Item, new: Item) -> str:
    """What differs in the form, as a sentence; empty where nothing that counts does: a capsule is as a tablet."""
    here, there = _kind(old), _kind(new)
    if None not in (old.release, new.release) and old.release != new.release:
        words = {"extended": "extended release", "plain": "not extended release"}
        return f"{named(old)} is taken as {words[old.release or '']} and ordered as {words[new.release or '']}."
    if here and there and here != there:
        return f"{named(old)} is taken as {here} and ordered as {there}."
    pace = [next((p for p in _PACE if i.form and p in i.form.name), None) for i in (old, new)]
    if None not in pace and pace[0] != pace[1]:
        return f"{named(old)} is taken as {pace[0]} release and ordered as {pace[1]} release."
    return _insulin_differs(old, new)


def _kind(item: Item) -> str | None:
    """The form as the line itself says it, by its words or by what its directions count; None where it does not."""
    said = f"{item.medicine.text} {item.line.order.sig.text}"
    inhaled = item.route == "inhalation"
    found = next((k for k, words in _FORMS if words.search(said) and not (inhaled and k == "tablet or capsule")), None)
    if found == "liquid" and item.route == "inhalation":
        return "nebulizer solution"
    if found is None and item.route == "oral" and item.form and item.is_known:
        return _oral_kind(item.form)
    return None if found == "liquid" and item.route != "oral" else found


def _oral_kind(form: DoseForm) -> str | None:
    """What is swallowed: pieces, or a liquid of so much a mL."""
    if form.unit in ("tablet", "capsule"):
        return "tablet or capsule"
    return "liquid" if form.unit == "mL" else None


def _insulin_differs(old: Item, new: Item) -> str:
    """Insulin of another concentration is another pen: the units stay, the volume does not."""
    sizes = []
    for item in (old, new):
        strengths = item.medicine.strengths
        is_unit = len(strengths) == 1 and strengths[0].amount.unit == "unit" and strengths[0].per.unit == "mL"
        sizes.append(Fraction(strengths[0].amount.value) / Fraction(strengths[0].per.value) if is_unit else None)
    if None in sizes or sizes[0] == sizes[1] or not any("insulin" in n for n in old.names):
        return ""
    return f"{named(old)} is taken as {old.medicine.strengths[0]} and ordered as {new.medicine.strengths[0]}."


def _amount_differs(found: Judgement, old: Item, new: Item, knowledge: Knowledge, *, is_other_form: bool) -> None:
    verdict = amounts_differ(old, new)
    if is_other_form and "inhalation" in (old.route, new.route):
        return  # What a nebulizer is filled with is not what an inhaler gives at a puff.
    if verdict is Verdict.DOSE:
        if is_other_form and same_total([old], [new]) is not False:
            return
        _add(found, knowledge, DifferenceType.DOSE, f"{shown(old)} is ordered as {shown(new)}.", rises=_rises(old, new))
    elif verdict is Verdict.FREQUENCY and not is_other_form:
        said = f"{named(old)} is taken {how_often(old)} and ordered {how_often(new)}."
        _add(found, knowledge, DifferenceType.FREQUENCY, said, rises=_rises(old, new))
    elif verdict is Verdict.UNKNOWN:
        blind = next((i for i in (old, new) if i.intake is None or not i.sig.is_read), None)
        reason = why_no_intake(blind.line.order) if blind else "the strength of one of them is not known"
        found.not_compared.append(NotCompared(_lines([old]), _lines([new]), "dose", reason))
    elif course(old) and course(new) and course(old) != course(new):
        said = f"{named(old)} is taken for {course(old)} and ordered for {course(new)}."
        _add(found, knowledge, DifferenceType.DURATION, said)


def _rises(old: Item, new: Item) -> bool | None:
    """Whether the amount a day becomes more; None when that cannot be told."""
    for name in old.names & new.names:
        here, there = (i.intake.of(name, i.intake.day_high) if i.intake else None for i in (old, new))
        if here and there and here[0] == there[0] and here[1] != there[1]:
            return there[1] > here[1]
    return None


def _lines(items: Sequence[Item]) -> tuple[Line, ...]:
    return tuple(i.line for i in items)


def _add(
    found: Judgement,
    knowledge: Knowledge,
    type: DifferenceType,
    summary: str,
    *,
    right: Sequence[Item] | None = None,
    rises: bool | None = None,
) -> None:
    group = found.group if right is None else replace(found.group, right=tuple(right))
    reasons = " ".join(i.line.reason for i in group.left)
    said = (explanation(type, i.line, rises=rises, known_reason=reasons) for i in group.right)
    found.differences.append(difference_of(type, group, next(filter(None, said), None), summary, knowledge))


def difference_of(
    type: DifferenceType, group: Group, said: Explanation | None, summary: str, knowledge: Knowledge
) -> Difference:
    """The difference of a type that a group shows, with what explains it where something does."""
    left = group.left or group.off
    right = group.right or group.off
    return Difference(
        type, tuple(i.line for i in left), tuple(i.line for i in right), said is not None,
        said.because if said else UNEXPLAINED, harm_of(type, (*left, *right), knowledge), summary,
        said.cause if said else "",
    )  # fmt: skip

"""A name that another is mistaken for, where the reason or the patient's own list fits the other one better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tallman.core.conditions import codes_read
from tallman.core.knowledge import ConfusedNames, Knowledge
from tallman.core.lookalike.by_name import Alike, Told, alike_among, alike_for
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.patient import Condition, dotted
from tallman.core.prescription import Order
from tallman.core.reasons import codes_said, purpose_in
from tallman.core.rule import Source
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Remedy, Severity
from tallman.core.screening.match import days_of_treatment, name_of, shown
from tallman.core.screening.mistaken import (
    WEEKS,
    are_taken_alike,
    fits,
    fits_for_long,
    is_chiefly_for,
    is_first_or_chiefly_for,
    is_for_weeks,
    is_for_what_lists_leave_out,
    is_given_alike,
    is_made_alike,
    is_made_of_the_other_alone,
    is_meant_by,
    is_of_a_form_of_the_other_alone,
    made_of_others_alone,
    same_strength,
    untreated,
)
from tallman.core.screening.sequence import called, tells_what_ends

__all__ = ["check"]

_SAYS_NOTHING = re.compile(r"Z(?!21|30|94|95)|R69|R99")
"""Codes of visits, histories and of "unknown": a reason, and none that tells medicines apart, as HIV without illness,
contraception, a transplant or a stent do."""
_INSULINS = frozenset({"basal-insulin", "bolus-insulin", "intermediate-insulin"})
_BEFORE_STRENGTH = re.compile(r"\s*([A-Za-z][A-Za-z -]*[A-Za-z])\b")
_NAMES_ALONE = Source(
    "FDA guidance: Best practices in developing proprietary names for human drug products", date="2020-12"
)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order whose name is known to be mistaken for another.

    Where the stated reason, by a code or in the directions, fits the other and not this one, a pharmacist decides,
    unless the other is ordered too, or is never given by the route of the directions. Where only the problem list
    does, a pharmacist decides about what is to be taken for weeks, as an illness that lasts would stand on the list;
    else it informs, as it does where the other is not
    made in the strength, or where the patient already takes the other in the same strength. A reason that fits
    both says nothing. A strength that is made of the other alone tells as much as a reason. Names that nobody is
    known to have mixed up count where they are alike, the reason fits the other alone, and both are given by the same
    route.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("lookalike", order.id, why_not_known(order))
            continue
        if case.replaced and order.replaces:
            continue
        known = [
            (finding, other)
            for other, pair in _mistaken_for(order, case, knowledge)
            if (finding := _judge(case, order, other, pair, knowledge))
        ]
        known += _by_brands(order, knowledge)
        if known:
            yield max(known, key=lambda each: _likelihood(order, each[0], each[1], knowledge))[0]
        elif alike := _alike(case, order, knowledge):
            yield alike


def _mistaken_for(order: Order, case: Case, knowledge: Knowledge) -> Iterator[tuple[tuple[str, ...], ConfusedNames]]:
    """The ingredients that the names of an order are taken for, with the pair: the pharmacy's own first."""
    meaning, own = _meaning(knowledge), KnownPairs(case.own_pairs)
    for name in _names(order):
        for other, pair in (*own.of(name), *_pairs(knowledge).of(name)):
            ingredients = meaning.get(spelled(other), ())
            if ingredients and order.medicine.names.isdisjoint(ingredients):
                yield ingredients, pair


def _likelihood(order: Order, found: Finding, other: tuple[str, ...], knowledge: Knowledge) -> tuple[int, ...]:
    """Which of several medicines was meant: the one that the reason tells of above all, that is as simple as the one
    ordered and made in its strength, and of whose mix-ups most sources tell."""
    codes = [code for reason in _reasons(order, knowledge) for code in reason.codes]
    is_chief = is_chiefly_for(other, codes, knowledge)
    is_alike = is_made_alike(order, other, knowledge)
    return (-found.severity.rank, is_chief, -len(other), is_alike, len(found.sources))


def _by_brands(order: Order, knowledge: Knowledge) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """What the names of brands tell of an order that names none: who meant Prilosec and took Prozac finds fluoxetine
    in the list. Only a reason that is what the other is for above all tells so much."""
    own = tuple(i.name for i in order.medicine.ingredients)
    sold = _sold(knowledge)
    for brand in _brands_behind(order, knowledge):
        for name, pair in _pairs(knowledge).of(brand):
            other = sold.get(spelled(name), ())
            if not other or not order.medicine.names.isdisjoint(other):
                continue
            if found := _judge_by_brands(order, own, other, pair, knowledge):
                yield found, other


@lru_cache(maxsize=2)
def _sold(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Ingredients by the brands of today: former and foreign ones are in nobody's list to be taken by mistake."""
    return {spelled(p.brand): p.ingredients for p in knowledge.products.values() if p.brand}


def _brands_behind(order: Order, knowledge: Knowledge) -> tuple[str, ...]:
    """The brands that hold what an order names by its ingredients, and nothing else; none where it names a brand."""
    medicine = order.medicine
    if medicine.brand or (medicine.product and medicine.product.brand):
        return ()
    return called(order, knowledge)


def _judge_by_brands(
    order: Order,
    own: tuple[str, ...],
    other: tuple[str, ...],
    pair: ConfusedNames,
    knowledge: Knowledge,
) -> Finding | None:
    if not any(is_given_alike(order, name, knowledge) for name in other):
        return None
    reasons = _reasons(order, knowledge)
    reason = _against(reasons, own, other, knowledge)
    if reason and is_first_or_chiefly_for(other, reason.codes, knowledge):
        why = f"{reason.said} fits {_named(other, knowledge)} and not this one"
        return _finding("LOOKALIKE-INDICATION", Severity.HIGH, order, other, pair, why, knowledge)
    return None


def _names(order: Order) -> list[str]:
    """The names an order goes by: its brand, what is written before its strength ("Keflex"), and its ingredients."""
    brand = order.medicine.brand or (order.medicine.product.brand if order.medicine.product else None)
    written = _BEFORE_STRENGTH.match(order.medicine.text)
    names = [brand, written[1] if written else None, *(i.name for i in order.medicine.ingredients)]
    return list({spelled(name): name for name in reversed(names) if name}.values())[::-1]


@lru_cache(maxsize=2)
def _pairs(knowledge: Knowledge) -> KnownPairs:
    return KnownPairs(knowledge.records.lookalikes)


@lru_cache(maxsize=2)
def _meaning(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Ingredients by the names of medicines and of their brands, former ones and those of other countries included. The
    first word of several names ("penicillin") means any of them."""
    records = knowledge.records
    found = {spelled(name): held for name, held in (*records.former_names, *records.other_names) if held}
    heads = Counter(i.name.partition(" ")[0] for i in knowledge.ingredients.values())
    for head in (head for head, times in heads.items() if times > 1):
        found[spelled(head)] = tuple(n for n in knowledge.ingredients if n.startswith(f"{head} "))
    found |= {spelled(p.brand): p.ingredients for p in knowledge.products.values() if p.brand}
    for ingredient in knowledge.ingredients.values():
        found |= {spelled(name): (ingredient.name,) for name in (ingredient.name, *ingredient.synonyms)}
    return found


def _judge(
    case: Case, order: Order, other: tuple[str, ...], pair: ConfusedNames, knowledge: Knowledge
) -> Finding | None:
    own = tuple(i.name for i in order.medicine.ingredients)
    reasons = _reasons(order, knowledge)
    reason = _against(reasons, own, other, knowledge)
    if reason and not _is_ordered(case, other) and is_meant_by(reason.codes, order, other, knowledge):
        if any(is_given_alike(order, name, knowledge) for name in other):
            why = f"{reason.said} fits {_named(other, knowledge)} and not this one"
            return _finding("LOOKALIKE-INDICATION", Severity.HIGH, order, other, pair, why, knowledge)
    may_be_other = not reasons or any(fits(other, each.codes, knowledge) for each in reasons)
    if may_be_other and is_made_of_the_other_alone(order, other, knowledge):
        why = _not_made(order, other, knowledge)
        return _finding("LOOKALIKE-STRENGTH", Severity.HIGH, order, other, pair, why, knowledge)
    if may_be_other and is_of_a_form_of_the_other_alone(order, other, knowledge):
        why = f"{_named(own, knowledge)} is not made to be swallowed, {_named(other, knowledge)} is"
        return _finding("LOOKALIKE-FORM", Severity.HIGH, order, other, pair, why, knowledge)
    return None if reasons else _judge_by_lists(case, order, own, other, pair, knowledge)


def _judge_by_lists(
    case: Case,
    order: Order,
    own: tuple[str, ...],
    other: tuple[str, ...],
    pair: ConfusedNames,
    knowledge: Knowledge,
) -> Finding | None:
    """By what the patient takes and has, where no reason is stated."""
    if _is_taken(case, order):
        return None
    listed = _telling(case.patient.codes)
    is_strange = bool(listed) and fits_for_long(order, own, listed, knowledge) is False
    taken = next((o for o in case.continuing if o.medicine.names == set(other)), None)
    is_other_insulin = taken and _are_insulins(order, taken) and listed and not is_strange
    if taken and same_strength(order, taken) and not (is_other_insulin and not are_taken_alike(order, taken)):
        why = f"the patient takes {name_of(taken)} in the same strength, and no reason is stated"
        severity = Severity.HIGH if is_strange and are_taken_alike(order, taken) else Severity.MODERATE
        return _finding("LOOKALIKE-HISTORY", severity, order, other, pair, why, knowledge, taken)
    if is_strange and not _is_ordered(case, other):
        rest = untreated(case, listed, knowledge)
        why = f"the problem list fits {_named(other, knowledge)} and holds nothing for this one"
        if not is_made_alike(order, other, knowledge):
            is_told = is_chiefly_for(other, rest, knowledge) and _would_be_listed(order, other, knowledge)
            level = Severity.MODERATE
            return _finding("LOOKALIKE-PROBLEMS", level, order, other, pair, why, knowledge) if is_told else None
        if fits(other, rest, knowledge):
            before = next((o for o in case.past if o.medicine.names == set(other)), None)
            tells = before is not None or not is_for_what_lists_leave_out(order, knowledge)
            tells = tells and is_for_weeks(order) and is_chiefly_for(other, rest, knowledge)
            severity = Severity.HIGH if tells else Severity.MODERATE
            return _finding("LOOKALIKE-PROBLEMS", severity, order, other, pair, why, knowledge, before)
    return None


def _would_be_listed(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether what an order of a brand is for would stand on a problem list: it is for no passing complaint, not as
    needed, not for a ward, and the other one is given by the same route. Generic names have too many neighbours."""
    made = order.medicine.product or order.medicine
    days = days_of_treatment(order) or order.days_supply
    if not (order.medicine.brand or made.brand) or order.setting != "community":
        return False
    if is_for_what_lists_leave_out(order, knowledge) or any(s.prn for s in order.sig.steps):
        return False
    return (days is None or days >= WEEKS) and any(is_given_alike(order, name, knowledge) for name in other)


def _are_insulins(order: Order, taken: Order) -> bool:
    """Whether both are insulins, nearly all of which come in one strength: that tells of no mistake."""
    return all(not _INSULINS.isdisjoint(o.medicine.classes) for o in (order, taken))


def _telling(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if not _SAYS_NOTHING.match(code)]


def _is_ordered(case: Case, other: tuple[str, ...]) -> bool:
    """Whether what may be meant is ordered as well: then nobody took the one for the other."""
    return any(o.medicine.names == set(other) for o in case.proposed)


def _is_taken(case: Case, order: Order) -> bool:
    return any(o.medicine.names == order.medicine.names for o in case.continuing)


def _alike(case: Case, order: Order, knowledge: Knowledge) -> Finding | None:
    """A medicine whose name is like that of an order, with which nobody is known to have mixed it up: one that the
    stated reason fits, or the problem list if no reason is stated, while it does not fit the order; else one that alone
    is made in the strength."""
    own = tuple(i.name for i in order.medicine.ingredients)
    reasons = _reasons(order, knowledge)

    def made_alike(other: str) -> bool:
        return is_made_alike(order, (other,), knowledge)

    for reason in reasons:
        for alike in alike_for(_names(order), reason.codes, knowledge, made_alike, reason.told):
            other = (alike.ingredient,)
            if _against(reasons, own, other, knowledge) and is_given_alike(order, alike.ingredient, knowledge):
                why = f"{reason.said} fits {_named(other, knowledge)} and not this one"
                return _by_name("LOOKALIKE-INDICATION", order, alike, why, knowledge)
    listed = _telling(case.patient.codes)
    is_strange = not reasons and is_for_weeks(order) and fits_for_long(order, own, listed, knowledge) is False
    if is_strange and not _is_taken(case, order) and not is_for_what_lists_leave_out(order, knowledge):
        rest = untreated(case, listed, knowledge)
        for alike in alike_for(_names(order), rest, knowledge, made_alike, Told.LIST) if rest else ():
            if alike.ingredient not in own:
                why = f"the problem list fits {_named((alike.ingredient,), knowledge)} and holds nothing for this one"
                return _by_name("LOOKALIKE-PROBLEMS", order, alike, why, knowledge)
    others = made_of_others_alone(order, knowledge)
    for alike in alike_among(own, others, knowledge) if others else ():
        if not reasons or any(fits((alike.ingredient,), each.codes, knowledge) for each in reasons):
            return _by_name(
                "LOOKALIKE-STRENGTH", order, alike, _not_made(order, (alike.ingredient,), knowledge), knowledge
            )
    return None


def _by_name(code: str, order: Order, alike: Alike, why: str, knowledge: Knowledge) -> Finding:
    pair = ConfusedNames(alike.name, alike.like, (_NAMES_ALONE,))
    return _finding(code, Severity.HIGH, order, (alike.ingredient,), pair, why, knowledge, is_known=False)


def _not_made(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> str:
    own = _named(tuple(i.name for i in order.medicine.ingredients), knowledge)
    return f"{own} is not made in {order.medicine.strengths[0]}, {_named(other, knowledge)} is"


class _Reason(NamedTuple):
    """What an order is for as ICD-10-CM codes, and how that was said."""

    codes: list[str]
    said: str
    told: Told


def _against(
    reasons: list[_Reason], own: tuple[str, ...], other: tuple[str, ...], knowledge: Knowledge
) -> _Reason | None:
    """The first reason that fits the other medicine and not this one, unless one fits this one alone."""
    if any(fits(own, each.codes, knowledge) and not fits(other, each.codes, knowledge) for each in reasons):
        return None
    return next(
        (r for r in reasons if fits(other, r.codes, knowledge) and fits(own, r.codes, knowledge) is False), None
    )


def _said(codes: Iterable[str], knowledge: Knowledge) -> str:
    """Codes as one says them, with their names where these are known: "I10, hypertension"."""
    names = knowledge.conditions.by_code
    return " and ".join(f"{dotted(code)}, {names[code]}," if code in names else dotted(code) for code in codes)


def _reasons(order: Order, knowledge: Knowledge) -> list[_Reason]:
    """By codes, in the directions and in the note, each where it tells anything."""
    found = []
    if codes := _telling(order.reasons):
        found.append(_Reason(codes, f"the reason {_said(codes, knowledge)}", Told.CODE))
    directed = ", ".join(
        dict.fromkeys(text for step in order.sig.steps for text in (step.indication, step.prn_reason) if text)
    )
    directed = "" if tells_what_ends(order) else directed
    for words, where in ((directed, "directions say"), (purpose_in(order.note), "note says")):
        if words and (codes := _codes(words, knowledge)):
            found.append(_Reason(codes, f"the {where} {words!r}, which", Told.WORDS))
    return found


def _codes(words: str, knowledge: Knowledge) -> list[str]:
    return list(codes_said(words, knowledge.reasons) or codes_read(Condition(None, words), knowledge.conditions))


def _named(ingredients: tuple[str, ...], knowledge: Knowledge) -> str:
    return " / ".join(knowledge.ingredients[n].tall_man if n in knowledge.ingredients else n for n in ingredients)


def _finding(
    code: str,
    severity: Severity,
    order: Order,
    other: tuple[str, ...],
    pair: ConfusedNames,
    why: str,
    knowledge: Knowledge,
    taken: Order | None = None,
    is_known: bool = True,
) -> Finding:
    mistaken = _named(other, knowledge)
    how = "have been mixed up before" if is_known else "are alike, though no mix-up is on record"
    return Finding(
        code=code,
        category=Category.LOOKALIKE,
        severity=severity,
        order=order.id,
        others=(taken.id,) if taken else (),
        summary=f"{name_of(order)} may be meant for {mistaken}: {why}.",
        advice=f"The names {pair.one} and {pair.other} {how}: ask the prescriber which is meant.",
        evidence=(shown(order), *((shown(taken),) if taken else ())),
        sources=pair.sources,
        rule=f"lookalike/{pair.one}/{pair.other}",
        reviewed=False,
        remedy=Remedy(medicine=other) if code == "LOOKALIKE-INDICATION" else None,
    )

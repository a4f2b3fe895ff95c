"""A name that another is mistaken for, where the reason or the patient's own list fits the other one better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from tallman.core.conditions import codes_read
from tallman.core.knowledge import ConfusedNames, Knowledge
from tallman.core.lookalike.for_reason import alike_for
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.patient import Condition
from tallman.core.prescription import Order
from tallman.core.reasons import codes_said
from tallman.core.rule import Source
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Remedy, Severity
from tallman.core.screening.made import amounts_made, of_one_piece
from tallman.core.screening.match import name_of, shown

__all__ = ["check"]

_SAYS_NOTHING = re.compile(r"Z(?!21|30|94|95)|R69|R99")
"""Codes of visits, histories and of "unknown": a reason, and none that tells medicines apart, as HIV without illness,
contraception, a transplant or a stent do."""
_PIECES = 4
_ILLNESS = 3
"""Letters of an ICD-10-CM code that name one illness."""
_WEEKS = 21
"""Days' supply from which on an order is for an illness that lasts: our own choice."""
_NAMES_ALONE = Source(
    "FDA guidance: Best practices in developing proprietary names for human drug products", date="2020-12"
)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order whose name is known to be mistaken for another.

    Where the stated reason, by a code or in the directions, fits the other and not this one, a pharmacist decides,
    unless the other is never given by the route of the directions. Where only the problem list does, a pharmacist
    decides about what is to be taken for weeks, as an illness that lasts would stand on the list; else it informs,
    as it does where the patient already takes the other in the same strength. A reason that fits both says
    nothing. A strength that is made of the other alone tells as much as a reason. Names that nobody is known to
    have mixed up count where they are alike, the reason fits the other alone, and both are given by the same
    route.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("lookalike", order.id, why_not_known(order))
            continue
        if case.replaced and order.replaces:
            continue
        known = (_judge(case, order, *mistaken, knowledge) for mistaken in _mistaken_for(order, case, knowledge))
        if finding := next(filter(None, known), None) or _alike(order, knowledge):
            yield finding


def _mistaken_for(order: Order, case: Case, knowledge: Knowledge) -> Iterator[tuple[tuple[str, ...], ConfusedNames]]:
    """The ingredients that the names of an order are taken for, with the pair: the pharmacy's own first."""
    meaning, own = _meaning(knowledge), KnownPairs(case.own_pairs)
    for name in _names(order):
        for other, pair in (*own.of(name), *_pairs(knowledge).of(name)):
            ingredients = meaning.get(spelled(other), ())
            if ingredients and order.medicine.names.isdisjoint(ingredients):
                yield ingredients, pair


def _names(order: Order) -> list[str]:
    """The names an order goes by: its brand and its ingredients."""
    brand = order.medicine.brand or (order.medicine.product.brand if order.medicine.product else None)
    return list(dict.fromkeys([*([brand] if brand else []), *(i.name for i in order.medicine.ingredients)]))


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
    stated, said = _stated(order, knowledge)
    may_be_other = not stated or _fits(other, stated, knowledge)
    if stated and may_be_other and _fits(own, stated, knowledge) is False:
        if any(_is_given_alike(order, name, knowledge) for name in other):
            why = f"{said} fits {_named(other, knowledge)} and not this one"
            return _finding("LOOKALIKE-INDICATION", Severity.HIGH, order, other, pair, why, knowledge)
    if may_be_other and _is_made_of_the_other_alone(order, other, knowledge):
        why = f"{_named(own, knowledge)} is not made in {order.medicine.strengths[0]}, {_named(other, knowledge)} is"
        return _finding("LOOKALIKE-STRENGTH", Severity.HIGH, order, other, pair, why, knowledge)
    return None if stated else _judge_by_lists(case, order, own, other, pair, knowledge)


def _judge_by_lists(
    case: Case,
    order: Order,
    own: tuple[str, ...],
    other: tuple[str, ...],
    pair: ConfusedNames,
    knowledge: Knowledge,
) -> Finding | None:
    """By what the patient takes and has, where no reason is stated."""
    taken = next((o for o in case.continuing if o.medicine.names == set(other)), None)
    if taken and _same_strength(order, taken) and not _is_taken(case, order):
        why = f"the patient takes {name_of(taken)} in the same strength, and no reason is stated"
        return _finding("LOOKALIKE-HISTORY", Severity.MODERATE, order, other, pair, why, knowledge, taken)
    listed = list(case.patient.codes)
    is_strange = listed and _fits(own, listed, knowledge) is False
    untreated = _untreated(case, listed, knowledge) if is_strange else []
    if _fits(other, untreated, knowledge) and _is_made_alike(order, other, knowledge) and not _is_taken(case, order):
        why = f"the problem list fits {_named(other, knowledge)} and holds nothing for this one"
        lasts = _is_for_weeks(order) and _fits(other, untreated, knowledge, least=_ILLNESS)
        severity = Severity.HIGH if lasts else Severity.MODERATE
        return _finding("LOOKALIKE-PROBLEMS", severity, order, other, pair, why, knowledge)
    return None


def _is_taken(case: Case, order: Order) -> bool:
    return any(o.medicine.names == order.medicine.names for o in case.continuing)


def _alike(order: Order, knowledge: Knowledge) -> Finding | None:
    """A medicine whose name is like that of an order and that the stated reason fits, while it does not fit the order;
    nobody is known to have mixed the two up."""
    own = tuple(i.name for i in order.medicine.ingredients)
    stated, said = _stated(order, knowledge)
    if not stated or _fits(own, stated, knowledge) is not False:
        return None
    for name, like, other in alike_for(_names(order), stated, knowledge):
        if other not in order.medicine.names and _is_given_alike(order, other, knowledge):
            why = f"{said} fits {_named((other,), knowledge)} and not this one"
            pair = ConfusedNames(name, like, (_NAMES_ALONE,))
            return _finding(
                "LOOKALIKE-INDICATION", Severity.HIGH, order, (other,), pair, why, knowledge, is_known=False
            )
    return None


def _stated(order: Order, knowledge: Knowledge) -> tuple[list[str], str]:
    """What an order is for as ICD-10-CM codes, and how that was said: by codes, else in the directions."""
    if codes := [r for r in order.reasons if not _SAYS_NOTHING.match(r)]:
        return codes, f"the reason {', '.join(codes)}"
    said = (text for step in order.sig.steps for text in (step.indication, step.prn_reason) if text)
    words = ", ".join(dict.fromkeys(said))
    read = codes_said(words, knowledge.reasons) or codes_read(Condition(None, words), knowledge.conditions)
    return list(read), f"the directions say {words!r}, which"


def _is_for_weeks(order: Order) -> bool:
    """Whether so much is ordered that it is no passing complaint, and not only for when it is needed."""
    lasts = order.days_supply is not None and order.days_supply >= _WEEKS
    return lasts and order.setting == "community" and not any(step.prn for step in order.sig.steps)


def _fits(ingredients: tuple[str, ...], codes: list[str], knowledge: Knowledge, *, least: int = 0) -> bool | None:
    """Whether any of the codes is a use of any of the ingredients; None where their uses are not written down. Uses
    told by fewer than `least` letters ("any cancer") do not count."""
    uses = [knowledge.ingredients[n].indications for n in ingredients if n in knowledge.ingredients]
    if not uses or not all(uses):
        return None
    named = [use for each in uses for use in each if len(use) >= least]
    return any(code.startswith(use) or use.startswith(code) for code in codes for use in named)


def _untreated(case: Case, codes: list[str], knowledge: Knowledge) -> list[str]:
    """The problems for which nothing is taken yet."""
    taken = [tuple(i.name for i in o.medicine.ingredients) for o in case.continuing]
    return [code for code in codes if not any(_fits(names, [code], knowledge) for names in taken)]


def _is_made_alike(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether the other medicine comes in the strength of this one by the same route, so that nobody notices."""
    amounts = [s.amount for s in order.medicine.strengths]
    return bool(amounts) and any(
        [s.amount for s in product.strengths] == amounts and order.taken_route in product.form.routes
        for product in knowledge.products_of.get(other[0], ())
        if set(product.ingredients) == set(other)
    )


def _is_made_of_the_other_alone(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether the strength as written is one of the other's, and none of this one's: not as several pieces of one that
    is made, nor as half of one."""
    written = of_one_piece(order)
    if written is None:
        return False
    own = amounts_made(order.medicine.ingredients[0].name, written.unit, knowledge)
    if not own or any(written.value in _of_pieces(made) for made in own):
        return False
    return len(other) == 1 and written.value in amounts_made(other[0], written.unit, knowledge, order.taken_route)


def _of_pieces(made: Decimal) -> tuple[Decimal, ...]:
    """The doses that people give as half a piece of a strength, or as a few."""
    return (made / 2, *(made * n for n in range(1, _PIECES + 1)))


def _is_given_alike(order: Order, other: str, knowledge: Knowledge) -> bool:
    made = knowledge.products_of.get(other, ())
    return any(order.taken_route is None or order.taken_route in product.form.routes for product in made)


def _same_strength(one: Order, other: Order) -> bool:
    amounts = [[s.amount for s in o.medicine.strengths] for o in (one, other)]
    return bool(amounts[0]) and amounts[0] == amounts[1]


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

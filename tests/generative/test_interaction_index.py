"""The indexed interaction check against the obvious one: every rule tried on every pair."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tallman.core.drug import Certainty, Medicine
from tallman.core.knowledge import Interaction, Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.checks import interaction
from tallman.core.screening.finding import Finding, Severity
from tallman.core.sig import parse
from tests.authored import load


@cache
def knowledge() -> Knowledge:
    return load()


def order(id: str, name: str) -> Order:
    ingredient = knowledge().ingredients[name]
    return Order(id, Medicine(name, Certainty.PARTIAL, ingredients=(ingredient,)), parse("1 tablet daily"))


def obvious(case: Case) -> set[tuple[str, str]]:
    """(rule, partner): the gravest rule of each pair, found by trying all of them."""
    found = set()
    new = case.proposed[0]
    for other in case.current:
        if applying := interaction._applying(_both_ways(knowledge()), case, new, other):
            worst = min(applying, key=lambda r: (_severity(r, case, new).rank, interaction._breadth(r), r.id))
            found.add((worst.id, other.id))
    return found


def _both_ways(knowledge: Knowledge) -> list[interaction._Pair]:
    rules = knowledge.records.interactions
    return [interaction._Pair(r, *sides) for r in rules for sides in ((r.one, r.other), (r.other, r.one))]


def _severity(rule: Interaction, case: Case, order: Order) -> Severity:
    return interaction._severity(rule, case, order, knowledge(), renews=interaction._is_renewal(case, order))


def names() -> st.SearchStrategy[str]:
    """Ingredients that some rule speaks of, by name or class: others never meet anything."""
    held = sorted(knowledge().ingredients)
    return st.sampled_from([n for n in held if knowledge().rules_of.get(n)])


@given(st.data())
def test_the_index_leaves_nothing_out(data: st.DataObject) -> None:
    new, *current = data.draw(st.lists(names(), min_size=2, max_size=9, unique=True))
    taken = tuple(order(f"c{n}", name) for n, name in enumerate(current))
    case = Case(Patient(date(1950, 1, 1), allergies=()), taken, (order("new", new),), date(2026, 11, 28))
    indexed = {
        (finding.rule, partner)
        for finding in interaction.check(case, knowledge())
        if isinstance(finding, Finding)
        for partner in finding.others
    }
    assert indexed == obvious(case)


def test_the_pairs_do_meet() -> None:
    case = Case(Patient(allergies=()), (order("c", "warfarin"),), (order("new", "ibuprofen"),), date(2026, 11, 28))
    assert obvious(case) == {("INT-WARFARIN-NSAID", "c")}

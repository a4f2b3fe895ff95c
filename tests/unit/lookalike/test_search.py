"""Whom a name is said to be mistaken for: other medicines, each once, known pairs first."""

from __future__ import annotations

import pytest

from tallman.core.knowledge import ConfusedNames
from tallman.core.lookalike.naming import Named
from tallman.core.lookalike.pairs import KnownPairs
from tallman.core.lookalike.search import Neighbour, Universe
from tallman.core.rule import Source

BOARD = Source("A board's newsletter", "", "2020")
NAMES = [
    Named("metoprolol", ("metoprolol",), strengths=frozenset({"25", "50"}), releases=frozenset({"immediate"}), met=0.5),
    Named("metoprolol tartrate", ("metoprolol",)),
    Named("metoprolol succinate", ("metoprolol",)),
    Named("Toprol-XL", ("metoprolol",), is_brand=True, releases=frozenset({"extended"}), met=0.1),
    Named("Metoprol", ("metoprolol",), is_brand=True, releases=frozenset({"immediate"})),
    Named("metoprolol / hydrochlorothiazide", ("metoprolol", "hydrochlorothiazide")),
    Named("metoclopramide", ("metoclopramide",), strengths=frozenset({"5", "10"}), met=0.5),
    Named("misoprostol", ("misoprostol",)),
    Named("Topamax", ("topiramate",), is_brand=True, strengths=frozenset({"25", "50"}), met=0.5),
    Named("Wellbutrin SR", ("bupropion",), is_brand=True),
    Named("Wellbutrin XL", ("bupropion",), is_brand=True),
    Named("Wellbutrin", ("bupropion",), is_brand=True),
    Named("Zyban", ("bupropion",), is_brand=True),
    Named("Wellcovorin", ("leucovorin",), is_brand=True),
    *(Named(f"medicine{letter}", (f"medicine{letter}",)) for letter in "abcdefghijklmnop"),
]
KNOWN = [ConfusedNames("Toprol-XL", "Topamax", (BOARD,)), ConfusedNames("Wellbutrin SR", "Wellbutrin XL", (BOARD,))]


def found(name: str, k: int = 10, known: list[ConfusedNames] = KNOWN) -> tuple[Neighbour, ...]:
    return Universe(NAMES, KnownPairs(known)).nearest(name, k)


def shown(name: str, k: int = 10, known: list[ConfusedNames] = KNOWN) -> list[str]:
    return [neighbour.name for neighbour in found(name, k, known)]


def test_salts_brands_and_combinations_of_the_medicine_are_not_what_it_is_mistaken_for() -> None:
    names = shown("metoprolol")
    assert not {"metoprolol", "metoprolol tartrate", "metoprolol succinate", "Metoprol"} & set(names)
    assert "metoprolol / hydrochlorothiazide" not in names
    assert set(names[:2]) == {"metoclopramide", "misoprostol"}


def test_names_of_one_medicine_are_one_answer() -> None:
    answer = next(n for n in found("misoprostol") if n.name == "metoprolol")
    assert set(answer.also) == {"metoprolol tartrate", "metoprolol succinate"}
    assert answer.ingredients == ("metoprolol",)
    assert not answer.is_brand


def test_another_release_of_the_medicine_comes_last_and_says_so() -> None:
    last = found("metoprolol")[-1]
    assert (last.name, last.is_same) == ("Toprol-XL", True)


def test_at_most_two_of_ten_are_the_same_medicine() -> None:
    same = [n.name for n in found("Wellbutrin SR", known=[]) if n.is_same]
    assert sorted(same) == ["Wellbutrin", "Wellbutrin XL"]
    assert "Zyban" not in shown("Wellbutrin SR", known=[])


def test_brands_of_one_medicine_are_told_when_their_names_are_alike() -> None:
    names = [Named(n, ("a", "b"), is_brand=True) for n in ("Yasmin", "Yasmi", "Ocella")]
    found = Universe(names, KnownPairs(())).nearest("Yasmin")
    assert [(n.name, n.is_same) for n in found] == [("Yasmi", True)]


def test_another_medicine_under_the_same_brand_comes_first_and_another_form_last() -> None:
    names = [
        Named("Diovan", ("valsartan",), is_brand=True),
        Named("Diovan HCT", ("valsartan", "hydrochlorothiazide"), is_brand=True),
        Named("Diovan Oral Solution", ("valsartan",), is_brand=True),
        Named("Dianben", ("metformin",), is_brand=True),
    ]
    found = Universe(names, KnownPairs(())).nearest("diovan")
    assert [(n.name, n.is_same) for n in found] == [
        ("Diovan HCT", False),
        ("Dianben", False),
        ("Diovan Oral Solution", True),
    ]


def test_a_medicine_with_two_names_is_one_answer_by_its_own() -> None:
    names = [
        Named("cephalexin", ("cephalexin",)),
        Named("cefalexin", ("cephalexin",)),
        Named("Keflex", ("cephalexin",)),
    ]
    found = Universe(names, KnownPairs(())).nearest("cefalexan")
    assert [(n.name, n.also) for n in found] == [("cephalexin", ("cefalexin",))]


def test_a_name_of_a_known_pair_is_not_told_again_by_its_other_name() -> None:
    names = [
        Named("cephalexin", ("cephalexin",)),
        Named("cefalexin", ("cephalexin",)),
        Named("cefixime", ("cefixime",)),
    ]
    pair = KnownPairs([ConfusedNames("cefixime", "cephalexin")])
    assert [n.name for n in Universe(names, pair).nearest("cefixime")] == ["cephalexin"]


def test_another_salt_is_told_only_when_the_name_has_one() -> None:
    assert "metoprolol succinate" in shown("metoprolol tartrate")
    assert "metoprolol succinate" not in shown("metoprolol 25 mg")


def test_known_pairs_come_first_with_their_source() -> None:
    first = found("topamax")[0]
    assert first.name == "Toprol-XL"
    assert first.known is not None
    assert first.known.sources == (BOARD,)
    assert shown("TOPROL XL")[0] == "Topamax"


def test_a_pair_of_releases_is_known_by_its_releases_only() -> None:
    assert shown("wellbutrin sr")[0] == "Wellbutrin XL"
    assert found("wellbutrin")[0].known is None


def test_a_pharmacys_own_pairs_can_be_passed_in() -> None:
    own = KnownPairs([ConfusedNames("misoprostol", "Zyban")])
    first = Universe(NAMES, KnownPairs(KNOWN)).nearest("misoprostol", pairs=own)[0]
    assert first.name == "Zyban"
    assert first.ingredients == ("bupropion",)


def test_a_name_nobody_holds_is_answered_all_the_same() -> None:
    universe = Universe(NAMES, KnownPairs(KNOWN))
    assert not universe.knows("metoprelel")
    assert universe.knows("METOPROLOL 50 mg tablets")
    assert "metoprolol" in [n.name for n in universe.nearest("metoprelel")][:2]


def test_case_and_signs_do_not_matter() -> None:
    assert shown("TOPROL-XL") == shown("toprol xl") == shown("Toprol XL")


def test_as_many_answers_as_asked_for() -> None:
    assert len(found("metoprolol", 3)) == 3
    assert len(found("metoprolol", 1)) == 1


def test_a_strength_in_common_brings_a_name_nearer() -> None:
    plain = [Named("Zantar", ("a",)), Named("Zantav", ("b",), strengths=frozenset({"5"}))]
    query = Named("Zantax", ("c",), strengths=frozenset({"5", "10"}))
    names = Universe([*plain, query], KnownPairs(())).nearest("Zantax")
    assert [(n.name, n.strengths) for n in names] == [("Zantav", ("5",)), ("Zantar", ())]


def test_nothing_to_search_is_no_answer() -> None:
    assert Universe([], KnownPairs(())).nearest("metoprolol") == ()
    assert len(Universe([], KnownPairs(()))) == 0


def test_a_name_that_is_never_met_is_found_by_its_first_letter_or_sound() -> None:
    names = [Named("Casodex", ("a",)), Named("Kapidex", ("b",)), Named("Zapidex", ("c",))]
    assert [n.name for n in Universe(names, KnownPairs(())).nearest("Kapidex")] == ["Casodex"]


def test_any_number_of_answers_can_be_asked_for() -> None:
    names = [Named(f"name{a}{b}", (f"name{a}{b}",)) for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmno"]
    assert len(Universe(names, KnownPairs(())).nearest("nameless", 250)) == 250


BUPROPION = Named("bupropion", ("bupropion",), releases=frozenset({"immediate", "extended", "12 hour", "24 hour"}))
DIVALPROEX = Named("divalproex", ("divalproex",), releases=frozenset({"delayed", "extended"}))


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("bupropion", ["bupropion SR", "bupropion XL"]),
        ("bupropion SR", ["bupropion XL", "bupropion"]),
        ("bupropion HCl XL", ["bupropion SR", "bupropion"]),
        ("divalproex DR", ["divalproex ER", "divalproex"]),
        ("divalproex sodium ER", ["divalproex DR", "divalproex"]),
    ],
)
def test_a_medicine_of_several_releases_is_told_by_the_word_for_each(name: str, same: list[str]) -> None:
    names = [BUPROPION, Named("bupropion hydrochloride", ("bupropion",)), DIVALPROEX]
    found = Universe(names, KnownPairs(())).nearest(name)
    assert [n.name for n in found if n.is_same] == same


def test_a_pen_is_no_other_medicine_than_the_vial() -> None:
    names = [Named(n, ("insulin lispro",), is_brand=True) for n in ("Humalog", "Humalog KwikPen", "Humalog Junior")]
    assert [n.name for n in Universe(names, KnownPairs(())).nearest("Humalog")] == ["Humalog Junior"]


def test_brands_that_share_a_word_are_told_though_their_names_are_unlike() -> None:
    names = [Named(n, ("a", "b"), is_brand=True) for n in ("Sprintec", "Tri-Quarterly Sprintec", "Ocella")]
    found = Universe(names, KnownPairs(())).nearest("Sprintec")
    assert [(n.name, n.is_same) for n in found] == [("Tri-Quarterly Sprintec", True)]


def test_an_abbreviation_is_taken_for_what_it_is_read_as() -> None:
    names = [
        Named("morphine", ("morphine",)),
        Named("magnesium oxide", ("magnesium oxide",)),
        Named("magnesium sulfate", ("magnesium sulfate",)),
    ]
    both = (("magnesium sulfate",), ("morphine",))
    readings = {"mgso 4": ("MgSO4", both), "mso 4": ("MSO4", both[::-1])}
    universe = Universe(names, KnownPairs(()), readings)
    assert [n.name for n in universe.nearest("MgSO4", 3)] == ["magnesium sulfate", "morphine", "MSO4"]
    assert universe.knows("MgSO4")


@pytest.mark.parametrize("name", ["VCR", "leurocristine"])
def test_what_has_another_name_is_taken_for_what_its_own_name_is_taken_for(name: str) -> None:
    names = [Named(n, (n,)) for n in ("vincristine", "vinblastine", "vancomycin")]
    universe = Universe(
        [*names, Named("leurocristine", ("vincristine",))],
        KnownPairs([ConfusedNames("vincristine", "vinblastine", (BOARD,))]),
        {"vcr": ("VCR", (("vincristine",),))},
    )
    first, *rest = universe.nearest(name)
    assert (first.name, first.known is not None) == ("vinblastine", True)
    assert "vincristine" not in [n.name for n in rest]

"""How alike names are said to be: known values, and what must hold whatever the names are."""

from __future__ import annotations

import doctest

import pytest

from tallman.core.lookalike import measures, names, pairs, phonemes, sounds
from tallman.core.lookalike.measures import beginning, bisim, sound
from tallman.core.lookalike.similarity import WEIGHTS, similarity
from tallman.core.lookalike.sounds import sounds as phonemes_of


@pytest.mark.parametrize("module", [measures, names, pairs, phonemes, sounds], ids=lambda m: m.__name__)
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Both begin with (a)a, which agrees twice; then ab and ac agree once: three of four.
        ("ab", "ac", 3 / 4),
        ("zantac", "zantac", 1),
        ("zantac", "", 0),
        ("ab", "cd", 0),
    ],
)
def test_spelling_counts_half_a_bigram_for_one_letter(one: str, other: str, expected: float) -> None:
    assert bisim(one, other) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("spelled", "spoken"),
    [
        ("phenytoin", "fenitoin"),
        ("xanax", "zanaks"),
        ("chlorthalidone", "klorTalidon"),
        ("cyclobenzaprine", "siklobenzaprin"),
        ("quetiapine", "kwetiapin"),
        ("gemfibrozil", "Jemfibrozil"),
        ("ziac", "ziak"),
        ("acetaminophen", "asetaminofen"),
        ("psilocybin", "silosibin"),
        ("aggrastat", "agrastat"),
        ("folic acid", "folikasid"),
    ],
)
def test_a_name_is_spoken_by_the_habits_of_drug_names(spelled: str, spoken: str) -> None:
    assert phonemes_of(spelled) == spoken


def test_letters_that_sound_alike_are_not_told_apart_by_ear() -> None:
    assert sound("celebrex", "selebreks") == 1
    assert sound("fenitoin", "phenytoin") == 1
    assert sound("taxol", "paxil") > sound("taxol", "lasix")


def test_an_early_change_costs_more_than_a_late_one() -> None:
    assert beginning("metformin", "xetformin") < beginning("metformin", "metformix")


def test_letters_that_look_alike_cost_half() -> None:
    assert beginning("lamisil", "lamizil") > beginning("lamisil", "lamipil")
    assert beginning("avanza", "avenza") > beginning("avanza", "avinza")


def test_the_score_weighs_the_four_parts() -> None:
    found = similarity("Zantac", "XANAX")
    parts = (found.spelling, found.sound, found.beginning, found.ending)
    assert found.score == pytest.approx(sum(w * part for w, part in zip(WEIGHTS, parts, strict=True)))
    assert sum(WEIGHTS) == pytest.approx(1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("metoprolol tartrate", "Metoprolol Succinate"), ("Wellbutrin SR", "WELLBUTRIN XL"), ("NovoLIN 70/30", "novolin")],
)
def test_salt_release_and_strength_are_beside_the_name(one: str, other: str) -> None:
    assert similarity(one, other).score == pytest.approx(1)


@pytest.mark.parametrize(("one", "other"), [("Zyprexa", "Zyrtec"), ("hydralazine", "hydroxyzine"), ("Losec", "Lasix")])
def test_a_confused_pair_is_more_alike_than_a_pair_at_random(one: str, other: str) -> None:
    assert similarity(one, other).score > similarity(one, "warfarin").score

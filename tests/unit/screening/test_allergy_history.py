"""An allergy is taken back by what says so of it, and by nothing else."""

from __future__ import annotations

import pytest

from tallman.core.allergies import read_allergies
from tallman.core.patient import Allergy
from tests.authored import load


def read(text: str) -> list[Allergy]:
    return list(read_allergies(text, load()))


def standing(text: str) -> list[str]:
    """What still counts, by name."""
    return [a.substance for a in read(text) if not (a.refuted or a.ignorable)]


@pytest.mark.parametrize(
    "text",
    [
        "penicillin (negative skin test 2021)",
        "amoxicillin rash; passed oral challenge 2022",
        "penicillin - delabeled by allergist",
        "penicillin allergy ruled out",
        "not allergic to penicillin",
        "outgrew milk allergy",
        "penicillin: no longer allergic",
        "sulfa - not allergic",
    ],
)
def test_it_is_taken_back(text: str) -> None:
    assert standing(text) == []
    assert all(a.is_read for a in read(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("penicillin, not allergic to sulfa", ["penicillin"]),
        ("penicillin; sulfa - not allergic", ["penicillin"]),
        ("penicillin anaphylaxis, negative skin test to latex", ["penicillin"]),
        ("codeine, outgrew milk allergy", ["codeine"]),
        ("penicillin - failed challenge", ["penicillin"]),
        ("penicillin challenge not tolerated", ["penicillin challenge not tolerated"]),
        ("penicillin, patient tolerates peanuts", ["penicillin"]),
        ("not allergic to penicillin, allergic to sulfa", ["sulfa"]),
    ],
)
def test_what_is_said_of_another_or_denied_takes_nothing_back(text: str, names: list[str]) -> None:
    assert standing(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Penicillin: did not tolerate, anaphylaxis",
        "unable to tolerate statins",
        "does not tolerate lisinopril - cough",
        "never tolerated codeine",
        "allergic to penicillin, not tolerated well",
        "codeine (tolerated poorly)",
        "codeine - tolerated with difficulty",
        "amoxicillin, took it and was not fine",
    ],
)
def test_what_was_not_borne_is_never_tolerated(text: str) -> None:
    assert [a.tolerated for a in read(text) if a.tolerated] == []
    assert not any(a.refuted for a in read(text))


@pytest.mark.parametrize(
    ("text", "tolerated"),
    [
        ("PCN hives - tolerated amoxicillin 2021 without issue", ("amoxicillin",)),
        ("penicillin (anaphylaxis), tolerates cephalexin", ("cephalexin",)),
        ("cefaclor (serum sickness) but tolerated cefazolin", ("cefazolin",)),
        ("ibuprofen - able to take naproxen", ("naproxen",)),
        ("codeine (tolerated since)", ("codeine",)),
    ],
)
def test_what_was_taken_without_harm_is_known(text: str, tolerated: tuple[str, ...]) -> None:
    (one,) = read(text)
    assert one.tolerated == tolerated
    assert one.is_read


@pytest.mark.parametrize("text", ["penicillin per mom: hives", "penicillin - hives per mother", "PCN per chart"])
def test_who_told_it_is_no_part_of_the_substance(text: str) -> None:
    assert [(a.groups, a.ingredients) for a in read(text)] == [(("penicillins",), ())]

"""What an allergy finding says aloud."""

from __future__ import annotations

import pytest

from tallman.core.allergies import read_allergies
from tallman.core.knowledge import Knowledge
from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

MORPHINE = "morphine 15 mg tablet; take 1 tablet by mouth every 4 hours as needed for pain"


@pytest.mark.parametrize(
    "allergy, said",
    [
        ("codeine: nausea", "morphine with a recorded intolerance to codeine (nausea): "),
        ("Codeine (Hives)", "morphine with a recorded allergy to codeine (Hives): "),
        ("MS Contin - anaphylaxis", "morphine with a recorded allergy to morphine (MS Contin; anaphylaxis): "),
        ("narcotics", "morphine with a recorded allergy to narcotics (reaction not recorded): "),
    ],
)
def test_substance_and_reaction_are_said_once_and_apart(allergy: str, said: str) -> None:
    result = screen(case_of(ExampleEntry(new=MORPHINE, allergies=[allergy]), load()), load())
    summary = next(f.summary for f in result.findings if "recorded" in f.summary)
    assert summary.startswith(said)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.mark.parametrize(
    "text, names",
    [
        ("NKDA except codeine", ["codeine"]),
        ("No known drug allergies other than codeine", ["codeine"]),
        ("1. codeine 2. morphine", ["codeine", "morphine"]),
        ("allergic reaction to codeine", ["codeine"]),
        ("Hypersensitivity to codeine", ["codeine"]),
        ("codeine hypersensitivity", ["codeine"]),
        ("Drug allergy: codeine", ["codeine"]),
        ("codeine, unspecified", ["codeine"]),
        ("N.K.D.A.", []),
    ],
)
def test_how_charts_frame_an_allergy(knowledge: Knowledge, text: str, names: list[str]) -> None:
    assert [i.name for a in read_allergies(text, knowledge) for i in a.ingredients] == names

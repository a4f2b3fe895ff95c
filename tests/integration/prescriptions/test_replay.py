"""A stored case read back: who was asked about allergies, and who was not."""

from __future__ import annotations

from typing import Any

import pytest

from tallman.knowledge.load import load
from tallman.server.prescriptions.replay import read


def line(substance: str, status: str = "active") -> dict[str, Any]:
    return {"substance": substance, "reaction": "", "kind": "allergy", "severity": "", "status": status}


@pytest.mark.parametrize(
    "allergies, none_known, expected",
    [
        ([], False, None),
        ([], True, []),
        ([line("NKDA")], False, []),
        ([line("NKDA", "refuted")], False, None),
        ([line("NKFA")], False, None),
        ([line("NKFA"), line("NKDA")], False, []),
        ([line("NKDA"), line("codeine: nausea")], False, ["codeine"]),
        ([line("codeine", "refuted")], False, ["codeine"]),
    ],
)
def test_none_known_is_not_the_same_as_nobody_asked(
    allergies: list[dict[str, Any]], none_known: bool, expected: list[str] | None
) -> None:
    facts = {"allergies": allergies, "no_known_allergies": none_known}
    document = {"patient": facts, "current": [], "proposed": [], "on": "2026-11-24"}
    found = read(document, load()).patient.allergies
    assert (None if found is None else [a.substance for a in found]) == expected

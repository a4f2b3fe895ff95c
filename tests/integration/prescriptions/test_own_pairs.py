"""A pharmacy's own pairs of names count in the checks, and a stored screening keeps those of its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tallman.server import knowledge_in_use
from tallman.server.medicines.actions import add_pair, retire
from tallman.server.medicines.models import LookAlikePair
from tallman.server.prescriptions import replay
from tallman.server.prescriptions.models import Finding, Prescription

Make = Callable[..., Any]
WITHOUT_A_REASON = {"diagnosis_codes": ["E03.9"], "sig": "Take 1 tablet by mouth three times daily"}
"""Hypothyroidism as the code, and nothing in the directions that ibuprofen would be for."""


def said(row: Prescription) -> list[str]:
    found = Finding.objects.filter(screening=row.screening_id, category="lookalike")
    return [f"{f.code} {f.severity}" for f in found]


def test_what_was_mixed_up_here_is_asked_of_the_prescriber(entered: Make, person: Make) -> None:
    assert said(entered(**WITHOUT_A_REASON)) == []
    add_pair(one="ibuprofen", other="levothyroxine", why="Same bin", by=person("pharmacist-in-charge"))
    row = entered(**WITHOUT_A_REASON)
    assert said(row) == ["LOOKALIKE-INDICATION high"]


def test_a_stored_screening_keeps_the_pairs_of_its_day(entered: Make, person: Make) -> None:
    boss = person("pharmacist-in-charge")
    add_pair(one="ibuprofen", other="levothyroxine", why="Same bin", by=boss)
    add_pair(one="warfarin", other="walnut", why="Of another medicine", by=boss)
    row = entered(**WITHOUT_A_REASON)
    assert [p["one"] for p in row.screening.case["own_pairs"]] == ["ibuprofen"]
    retire(kept=LookAlikePair.objects.get(one="ibuprofen"), by=boss, reason="Moved")
    again = replay.replay(row.screening.case, knowledge_in_use.current())
    assert "LOOKALIKE-INDICATION" in [f.code for f in again.findings]

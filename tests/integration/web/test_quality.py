"""The page that says how well the checks do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tallman.knowledge import measured

pytestmark = pytest.mark.django_db
FIGURE = {"subject": "harm found", "what": "allergy", "hits": 68, "of": 70, "low": 0.9, "high": 0.99, "goal": 0.95}


def written(path: Path, *figures: dict[str, object]) -> None:
    path.write_text(json.dumps({"knowledge": "authored-1", "sha256": "x", "figures": figures}), encoding="utf-8")


def test_figures_stand_with_their_interval_their_goal_and_the_version_they_are_of(
    client_as: Callable[[str], Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "measured.json"
    monkeypatch.setattr(measured, "FIGURES", path)
    missed = FIGURE | {"what": "renal", "hits": 10, "is_met": False}
    calm = FIGURE | {"subject": "ordinary", "what": "the deck", "hits": 0, "goal": 0.004, "is_met": True}
    written(path, FIGURE | {"is_met": True}, missed, calm)
    page = client_as("technician").get("/knowledge/quality/").content.decode()
    for text in ("68 of 70", "97.1 %", "90.0 %", "at least 95 %: met", "at least 95 %: not met", "at most 0.4 %: met"):
        assert text in page
    assert "authored-1 (in use here is " in page


def test_where_nothing_was_measured_the_page_says_so(
    client_as: Callable[[str], Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured, "FIGURES", tmp_path / "none.json")
    assert "Nothing was measured" in client_as("technician").get("/knowledge/quality/").content.decode()

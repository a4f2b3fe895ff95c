"""Ways of ordering that are usual and were once stopped, each with the harm beside it that still stops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("usual_ways.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["orders"][-1] for row in ROWS])
def test_what_is_said(row: dict[str, Any]) -> None:
    knowledge = load()
    told = {name: value for name, value in row.items() if name not in ("stops", "tells", "once")}
    result = screen(read_case(Situation("usual", UNLESS_SAID | told).bundle(), knowledge)[0], knowledge)
    graver = sorted(result.findings, key=lambda f: -f.severity.rank)
    found = {str(f.category): str(f.severity) for f in graver}
    stopped = {category for category, severity in found.items() if severity in ("high", "critical")}
    assert row["stops"] in stopped if "stops" in row else not stopped
    assert all(found.get(category) == severity for category, severity in row.get("tells", {}).items())
    assert "once" not in row or [str(f.category) for f in result.findings].count(row["once"]) == 1

"""What a drawn document says: its texts as they were given to the page, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from fpdf import FPDF


@pytest.fixture
def printed_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], bytes]], str]:
    """Draw a document and give back everything that it prints, a text a line."""
    said: list[str] = []
    cell, multi_cell = FPDF.cell, FPDF.multi_cell

    def one(self: FPDF, *given: Any, **named: Any) -> Any:
        said.extend(g for g in given if isinstance(g, str))
        return cell(self, *given, **named)

    def several(self: FPDF, *given: Any, **named: Any) -> Any:
        if not named.get("dry_run"):
            said.extend(g for g in given if isinstance(g, str))
        return multi_cell(self, *given, **named)

    monkeypatch.setattr(FPDF, "cell", one)
    monkeypatch.setattr(FPDF, "multi_cell", several)

    def drawn(make: Callable[[], bytes]) -> str:
        said.clear()
        assert make().startswith(b"%PDF")
        return re.sub(r" +", " ", "\n".join(said))

    return drawn

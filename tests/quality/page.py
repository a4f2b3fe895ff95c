"""The figures written down: for the page about the knowledge, and as a page of the documentation."""

from __future__ import annotations

import json
from pathlib import Path

from tallman.core.knowledge import Knowledge
from tallman.knowledge.measured import FIGURES
from tests.quality.figures import Figure

__all__ = ["PAGE", "keep"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measured" / "screening.md"
_HEAD = """# Screening: what is found, and what is interrupted for nothing

Written by `python -m tests.quality --keep`; never by hand. `make quality` measures anew, and
`python -m tests.quality --missed` names what is missed.

The decks are the project's own: harmful situations, told as incident reports and warnings of labels tell them and sent
as FHIR Bundles, each with a twin that differs in the smallest thing that makes it right, and ordinary prescriptions.
They were written apart from the rules, and by the same people: the figures show that nothing has become worse, not how
it fares with prescriptions nobody here has seen. The intervals are Wilson's, 95 %.

| | | | share | interval | goal |
| --- | --- | --- | --- | --- | --- |
"""


def keep(found: list[Figure], knowledge: Knowledge) -> None:
    """Write both files anew."""
    rows = [
        {
            "subject": f.subject,
            "what": f.what,
            "hits": f.rate.hits,
            "of": f.rate.of,
            "low": round(f.rate.interval()[0], 4),
            "high": round(f.rate.interval()[1], 4),
            "goal": f.goal,
            "is_met": f.is_met,
        }
        for f in found
    ]
    told = {"knowledge": knowledge.version, "sha256": knowledge.sha256, "figures": rows}
    FIGURES.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(_HEAD + "".join(map(_row, found)), encoding="utf-8")


def _row(figure: Figure) -> str:
    low, high = (f"{100 * x:.1f}" for x in figure.rate.interval())
    goal = "" if figure.goal is None else f"{'at least' if figure.is_harm else 'at most'} {100 * figure.goal:g} %"
    share = f"{100 * figure.rate.share:.1f} %"
    told = f"{figure.rate.hits:,} of {figure.rate.of:,}"
    return f"| {figure.subject} | {figure.what} | {told} | {share} | {low}–{high} | {goal} |\n"

"""What docs/measured/reconciliation.md says, and the patients it is written of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from tallman.core.knowledge import Knowledge
from tests.quality.rates import Rate
from tests.reconciliation_lists.measure import Score, measured
from tests.reconciliation_lists.patients import drawn

__all__ = ["F1", "FLAGS", "PAGE", "PATIENTS", "RECALL", "SEED", "keep", "of_drawn", "table"]

F1, RECALL, FLAGS = 0.99, 0.98, 0.05
"""What is wanted of pairs and of differences found, and how many false flags a patient are borne."""
PATIENTS, SEED = 400, 90_217
PAGE = Path(__file__).parents[2] / "docs" / "measured" / "reconciliation.md"


def of_drawn(knowledge: Knowledge, patients: int = PATIENTS, seed: int = SEED) -> Score:
    """The score over patients drawn from a seed."""
    chance = Random(seed)
    return measured((drawn(n, chance) for n in range(patients)), knowledge)


def keep(scores: Mapping[str, Score]) -> Path:
    """Write the page; where it is."""
    parts = [f"## {score.patients} {title}\n\n{table(score)}" for title, score in scores.items()]
    PAGE.write_text(f"{_HEAD}\n{chr(10).join(parts)}\n{_FOOT}", encoding="utf-8")
    return PAGE


def table(score: Score) -> str:
    """The figures of one kind of patients."""
    pairs = Rate(score.right_pairs, score.right_pairs + score.missed_pairs)
    seeded = Rate(sum(score.found.values()), sum(score.seeded.values()))
    rows = [
        ("pairs of lines found", _counted(pairs), ""),
        ("wrong pairs", f"{score.wrong_pairs:,}", ""),
        ("F1 of the pairs", f"{score.f1:.4f}", f"≥ {F1}"),
        ("differences nobody explained, found", _counted(seeded), f"≥ {RECALL}"),
        *((f"– {type}", _of(score.found[type], score.seeded[type]), "") for type in sorted(score.seeded)),
        ("explained changes left in peace", _of(score.called_explained, score.explained), ""),
        ("false flags a patient", f"{score.flags_a_patient:.4f}", f"≤ {FLAGS}"),
    ]
    told = "\n".join(f"| {what} | {found} | {wanted} |" for what, found, wanted in rows)
    return f"| | measured | wanted |\n| --- | --- | --- |\n{told}\n"


def _counted(rate: Rate) -> str:
    low, high = rate.interval()
    return f"{_of(rate.hits, rate.of)} ({low:.3f} to {high:.3f})"


def _of(hits: int, of: int) -> str:
    return f"{hits:,} of {of:,}"


_HEAD = """# Reconciliation: how much of what differs is found, and what is flagged for nothing

Written by `python -m tests.reconciliation_lists --keep`; never by hand. A test tells when the first table is stale.

A generator that knows nothing of the program (`tests/reconciliation_lists`) draws a patient with medicines, writes them
down as several sources would have them, each in its own wording and order, makes the orders from the same truth, and
changes some of them: with a word why, or without one. So it is known which lines belong together and which differences
nobody explained. A *false flag* is a difference that the program calls unexplained and that was not put there. In
brackets stands the range in which the true share lies, 95 times in 100, for patients of this generator.
"""
_FOOT = """The lines of FHIR messages come from public examples and servers of others that lie beside the checkout; on a machine
without them the page has the first table alone. The program was mended until these patients came out right, so the
figures show that nothing has become worse; they do not tell how it fares with lists that nobody here has seen. The
[manual](../reference/reconciliation.md) holds each rule as a table.
"""

"""What is counted of a knowledge small enough to count by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tallman.cli import main
from tallman.knowledge.coverage import Count, coverage
from tallman.knowledge.load import load


@pytest.mark.parametrize(
    "subject, what, count, of",
    [
        ("Ingredients", "with a record", 3, None),
        ("Ingredients", "with an RxCUI", 3, 3),
        ("Ingredients", "with their usual reasons", 1, 3),
        ("Ingredients", "known by name alone", 2, None),
        ("Products", "with a record", 6, None),
        ("Products", "with an RxCUI", 5, 6),
        ("Products", "of a brand", 1, 6),
        ("Products", "measured or metered, with their containers", 0, 1),
        ("Packages", "with a record", 2, None),
        ("Dose limits", "adults: ingredients with one", 2, 3),
        ("Dose limits", "children: ingredients with one", 1, 3),
        ("Dose limits", "by weight: ingredients with one", 1, 3),
        ("Dose limits", "over 65: ingredients with one of their own", 0, 3),
        ("Interactions", "high rules", 1, 1),
        ("Interactions", "pairs of ingredients", 2, None),
        ("Interactions", "ingredients spoken of", 3, 3),
        ("Precautions", "age: ingredients spoken of", 2, 3),
        ("Monitoring", "ingredients spoken of", 1, 3),
        ("Allergies", "ingredients in a group", 2, 3),
        ("Sources", "named with the date of the document", 6, 6),
        ("Reviews", "records nobody has signed", 10, 10),
        ("Reviews", "records whose review is due", 0, 10),
    ],
)
def test_a_count(folder: Path, subject: str, what: str, count: int, of: int | None) -> None:
    assert Count(subject, what, count, of) in coverage(load(folder), date(2026, 11, 28))


def test_a_review_is_counted_when_it_is_due(folder: Path) -> None:
    lines = coverage(load(folder), date(2027, 1, 11))
    assert Count("Reviews", "records whose review is due", 10, 10) in lines


def test_the_command_counts_what_is_installed() -> None:
    told = CliRunner().invoke(main, ["knowledge", "stats", "--json"])
    found = json.loads(told.output)
    shown = CliRunner().invoke(main, ["knowledge", "stats"]).output
    assert found["sha256"] in shown.splitlines()[0]
    assert [c["count"] for c in found["counts"] if c["what"] == "with a record"] == [
        int(line.split()[3].replace(",", "")) for line in shown.splitlines() if line.startswith("  with a record")
    ]

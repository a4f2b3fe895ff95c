"""Every row of every chapter through the real engine; every check has a chapter; the printed manual is not stale."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tallman.core.knowledge import Knowledge, build
from tallman.core.screening.checks import CHECKS
from tallman.core.screening.screen import screen
from tests.authored import load
from tests.spec.manual import FOLDER, pages
from tests.spec.screening.chapters import Row, answers, case, chapters

ROWS = [pytest.param(c.check, row, id=f"{c.check}-{row.name}") for c in chapters() for row in c.rows]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.mark.parametrize("check, row", ROWS)
def test_the_row_says_what_the_manual_says(check: str, row: Row, knowledge: Knowledge) -> None:
    said = answers(row, check, knowledge)
    exact = sorted(s for s in row.says if not s.startswith("not checked"))
    assert sorted(s for s in said if not s.startswith("not checked")) == exact
    for expected in (s for s in row.says if s.startswith("not checked")):
        assert any(expected in s for s in said), f"{expected!r} is not among {said}"
    if not any(s.startswith("not checked") for s in row.says):
        assert not any(s.startswith("not checked") for s in said), said


def test_every_check_has_a_chapter_and_every_chapter_a_check() -> None:
    assert sorted(c.check for c in chapters()) == sorted(CHECKS)


@pytest.mark.parametrize("chapter", chapters(), ids=lambda c: c.check)
def test_a_chapter_shows_when_the_check_speaks_and_when_it_is_silent(chapter) -> None:
    said = [s for row in chapter.rows for s in row.says]
    assert "clear" in said
    if chapter.quiet:
        assert any(s.endswith("moderate") for s in said)
        return
    assert any(s.endswith(("critical", "high")) for s in said)
    assert any(s.startswith("not checked") for s in said), "show when it could not look, too"


def test_the_printed_manual_is_what_the_tables_say() -> None:
    printed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert printed == pages(), "run: .venv/bin/python -m tests.spec.manual"


def test_the_silence_of_a_check_of_few_rules_is_not_called_clear(knowledge: Knowledge) -> None:
    result = screen(case(chapters()[0].rows[0], knowledge), knowledge)
    written = Counter(rule.about for rule in knowledge.records.precautions)
    assert {"allergy", "interaction", "dose"} <= set(result.ran)
    assert "condition" not in result.ran or written["condition"] >= 25
    many = [replace(knowledge.records.precautions[0], id=f"X-{n}", about="condition") for n in range(25)]
    enough = build(replace(knowledge.records, precautions=tuple(many)), version="v", sha256="0")
    assert "condition" in screen(case(chapters()[0].rows[0], enough), enough).ran

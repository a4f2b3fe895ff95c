"""Until when the rest of a part may be given, and who may write what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tallman.core.law import ScheduleLaw, months_later
from tallman.core.screening.checks import legal
from tallman.core.screening.finding import Finding
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

FILLED = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
WRITTEN = date(2026, 3, 1)


def rule(schedule: str) -> ScheduleLaw:
    federal = next(law for law in load().laws if law.jurisdiction == "US")
    found = federal.of(schedule)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("schedule", "reason", "until"),
    [
        ("CII", "short", datetime(2026, 3, 5, 12, 30, tzinfo=UTC)),
        ("CII", "asked", datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("CII", "long-term", datetime(2026, 4, 30, 23, 59, 59, 999999, tzinfo=UTC)),
        ("CII", "", datetime(2026, 3, 5, 12, 30, tzinfo=UTC)),
        ("CIV", "", datetime(2026, 9, 1, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_the_rest_has_its_time(schedule: str, reason: str, until: datetime) -> None:
    assert rule(schedule).rest_until(reason, FILLED, WRITTEN) == until


def test_without_a_day_of_writing_only_hours_end_it() -> None:
    assert rule("CII").rest_until("asked", FILLED, None) is None
    assert rule("CII").rest_until("short", FILLED, None) is not None


def test_a_month_ends_where_it_ends() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)


@pytest.mark.parametrize(("number", "codes"), [("MB1234563", ["LEGAL-AUTHORITY"]), ("AB1234563", [])])
def test_a_state_may_keep_a_schedule_from_midlevel_prescribers(number: str, codes: list[str]) -> None:
    knowledge = load()
    federal = next(law for law in knowledge.laws if law.jurisdiction == "US")
    state = replace(federal, jurisdiction="US-XX", schedules=(ScheduleLaw("CII", wants_dea=True, by_midlevel=False),))
    order = "oxycodone 5 mg tablet; take 1 tablet by mouth every 6 hours as needed for pain"
    example = ExampleEntry(new=order, dea=number, quantity="20 tablets")
    case = replace(case_of(example, knowledge), jurisdiction="US-XX")
    found = legal.check(case, replace(knowledge, laws=(*knowledge.laws, state)))
    assert [f.code for f in found if isinstance(f, Finding)] == codes

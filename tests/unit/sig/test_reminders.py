"""Clock times and days of a direction, and the calendar made of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tallman.core.sig import parse
from tallman.core.sig.reminders import reminders
from tallman.interchange.ical.write import Entry, calendar

PLANNED = {
    "1 tab po bid": [(("08:00", "18:00"), 1, "d", (), 0, None)],
    "1 tab q8h x 10 days": [(("06:00", "14:00", "22:00"), 1, "d", (), 0, 10)],
    "1 tab q12h": [(("08:00", "20:00"), 1, "d", (), 0, None)],
    "1 tab mon wed fri": [(("08:00",), 1, "d", ("mon", "wed", "fri"), 0, None)],
    "2 tabs today then 1 daily for 4 days": [(("08:00",), 1, "d", (), 0, 1), (("08:00",), 1, "d", (), 1, 4)],
    "1 patch weekly": [(("08:00",), 1, "wk", (), 0, None)],
    "inject once a month": [(("08:00",), 1, "mo", (), 0, None)],
    "1 tab 30 min before breakfast": [(("07:30",), 1, "d", (), 0, None)],
    "1 tab qod": [(("08:00",), 2, "d", (), 0, None)],
    "1 tab tid with meals": [(("08:00", "12:00", "18:00"), 1, "d", (), 0, None)],
    "1 tab at bedtime": [(("22:00",), 1, "d", (), 0, None)],
    "2 tabs on day 1 then 1 tab daily on days 2-5": [(("08:00",), 1, "d", (), 0, 1), (("08:00",), 1, "d", (), 1, 4)],
    "1 tab bid for 2 days on, 5 days off": [
        (("08:00", "18:00"), 7, "d", (), 0, None), (("08:00", "18:00"), 7, "d", (), 1, None),
    ],
    "4 tabs once": [(("08:00",), 1, "d", (), 0, 1)],
}  # fmt: skip


@pytest.mark.parametrize("text", PLANNED)
def test_planned(text: str) -> None:
    planned = reminders(parse(text)) or ()
    assert [(r.times, r.every, r.unit, r.weekdays, r.first_day, r.days) for r in planned] == PLANNED[text]


def test_a_round_of_days_comes_back() -> None:
    planned = reminders(parse("1 tab daily days 1 to 21 of each 28 day cycle"))
    assert planned is not None
    assert [r.first_day for r in planned] == list(range(21))
    assert {(r.every, r.unit, r.days) for r in planned} == {(28, "d", None)}


@pytest.mark.parametrize(
    "text",
    ["1 tab prn pain", "use as directed", "1-2 times a day 1 tab", "1 tab q4-6h", "1 tab q5h", "zorb the plonk",
     "1 tab twice a week", "1 tab bid or 2 tabs daily", "1 tab daily then 2 tabs daily"],
)  # fmt: skip
def test_what_no_clock_can_tell(text: str) -> None:
    assert reminders(parse(text)) is None


def _calendar(text: str, begins: date = date(2026, 11, 28)) -> str:
    written = datetime(2026, 11, 28, 15, 30, tzinfo=UTC)
    return calendar([Entry("metoprolol; 50 mg", "Take 1 tablet, daily", parse(text), begins)], written=written)[
        0
    ].decode()


def test_every_line_ends_and_is_short_and_nothing_is_lost() -> None:
    written = datetime(2026, 11, 28, 15, 30, tzinfo=UTC)
    long = "Tome 1 cápsula, según las indicaciones; " * 6
    found, _ = calendar([Entry("x", long, parse("1 cap bid"), date(2026, 11, 28))], written=written)
    assert all(len(line) <= 75 for line in found.split(b"\r\n"))
    unfolded = found.decode().replace("\r\n ", "")
    assert long.replace(",", "\\,").replace(";", "\\;") in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 2


def test_a_weekday_begins_on_its_own_day() -> None:
    found = _calendar("1 tab on mon", date(2026, 11, 28))
    assert "DTSTART:20261130T080000" in found
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO\r\n" in found


def test_a_course_ends() -> None:
    assert "RRULE:FREQ=DAILY;UNTIL=20261207T235959" in _calendar("1 tab daily for 10 days")
    assert "RRULE" not in _calendar("4 tabs once")


def test_what_no_clock_can_tell_is_named() -> None:
    entry = Entry("tramadol 50 mg", "as needed", parse("1 tab prn pain"), date(2026, 11, 28))
    found, left_out = calendar([entry], written=datetime(2026, 11, 28, tzinfo=UTC))
    assert left_out == ("tramadol 50 mg",)
    assert b"VEVENT" not in found

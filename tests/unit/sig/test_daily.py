"""How much a day a direction comes to where it says that a dose may be taken again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallman.core.sig import course_days, daily_use, parse, schedule, single_use, why_no_daily_use


@pytest.mark.parametrize(
    "text, most",
    [
        ("1 tab nightly prn sleep, may repeat x1", 2),
        ("2 tabs at bedtime, may repeat in 4 hours", 4),
        ("1 tab daily prn migraine, may repeat every 2 h, max 4/day", 4),
        ("1 tab nightly, may repeat x 2, max 2 a day", 2),
        ("1 tab daily, may repeat in 3 days", 1),
        ("0.4 mg IV prn, may repeat every 2 minutes up to 2 mg total", 2),
        ("1 tab daily", 1),
    ],
)
def test_a_dose_that_may_be_repeated_counts_again(text: str, most: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.high, use.peak) == (Fraction(most), Fraction(most))
    assert use.low <= use.high


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("100 mg at onset of migraine then 100 mg in 2 hours, max 400 mg in 24 hours", 200, 400),
        ("1 tablet at onset of migraine then 1 tablet in 2 hours if needed, max 2 in 24 hours", 1, 2),
        ("650 mg q4h prn pain and 650 mg q6h prn fever, max 3000 mg per day", 3000, 3000),
        ("1 tablet q4h prn pain and 1 tablet q6h prn fever, max 6 tablets per day", 6, 6),
        ("1 tablet daily and 1 tablet q6h prn pain, max 4 tablets per day", 1, 4),
        ("10 mg po bid and 5 mg q4h prn pain 4-6 or 10 mg q4h prn pain 7-10", 20, 80),
        ("1 tab in am and 1 at night or 2 at bedtime", 1, 2),
        ("20 mg po 12 h and 6h before docetaxel", 20, 40),
    ],
)
def test_the_most_behind_all_parts_is_the_most_of_a_day(text: str, low: int, high: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.low, use.high, use.peak) == (low, high, high)


@pytest.mark.parametrize(
    "text, least, most",
    [
        ("1 drop in affected eye(s) bid", 2, 4),
        ("2 drops affected ears daily", 2, 4),
        ("1 drop in affected eye bid", 2, 2),
    ],
)
def test_one_eye_or_both_count_as_one_at_least_and_two_at_most(text: str, least: int, most: int) -> None:
    use, once = daily_use(parse(text)), single_use(parse(text))
    assert use is not None
    assert once is not None
    assert (use.low, use.high, use.peak) == (least, most, most)
    assert once.high == once.low * most / least


def test_a_strength_before_several_is_kept_beside_them() -> None:
    sig = parse("20 mg 2 caps every morning")
    assert [sig.text[begun:end] for begun, end in sig.remarks] == ["20 mg"]
    assert sig.is_read


@pytest.mark.parametrize(
    "text, a_day",
    [
        ("rub 1 pump onto each upper arm/shoulder qam", Fraction(2)),
        ("apply 1 pump to each thigh qam", Fraction(2)),
        ("apply 1 pump to the upper arms qam", Fraction(1)),
        ("apply 1 patch to chest qam", Fraction(1)),
        ("apply 1/2 inch ribbon to both eyes qhs", Fraction(1)),
        ("apply 1/2 inch ribbon to the left eye qhs", Fraction(1, 2)),
    ],
)
def test_what_goes_to_each_side_counts_twice(text: str, a_day: Fraction) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert use.high == a_day


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("1 tab once, repeat in 72 hours", Fraction(1), Fraction(1)),
        ("1 tab once, may repeat in 3 days", Fraction(1), Fraction(1)),
        ("1 tab x 1, repeat in 2 weeks", Fraction(1), Fraction(1)),
        ("1 enema x1, may rpt in 24h", Fraction(1), Fraction(1)),
        ("1 tab now and again in 12 hours", Fraction(2), Fraction(2)),
    ],
)
def test_a_single_dose_again_on_another_day_is_told_of_its_day(text: str, low: Fraction, high: Fraction) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.low, use.high) == (low, high)
    assert use.peak == max(high, 1)


def test_runs_of_a_bag_count_each_and_what_comes_round_has_no_schedule() -> None:
    use = daily_use(parse("10 mEq IV over 1 hour x 4"))
    assert use is not None
    assert (use.low, use.peak) == (Fraction(10), Fraction(40))
    assert schedule(parse("25 mg daily D1-21 of 28 day cycle")) is None


@pytest.mark.parametrize(
    "text, most",
    [
        ("2 tabs now then 1 tab in 1 hour", 3),
        ("2 tabs now, then 1 tab in 12 hours, then 1 tab daily", 3),
        ("2 tabs now, then 1 tab in 2 days", 2),
    ],
)
def test_a_second_dose_within_hours_is_of_the_same_day(text: str, most: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert use.peak == most


@pytest.mark.parametrize(
    "text, most",
    [
        ("1 tab SL q5min prn chest pain, may repeat x 2", 3),
        ("1 tab SL q5min prn chest pain, may repeat up to 3 doses", 3),
        ("1 tab bid, may take an additional tablet at bedtime as needed", 3),
        ("1 tab 13, 7 and 1 hour before the scan", 3),
    ],
)
def test_doses_that_follow_by_minutes_and_doses_besides_are_counted(text: str, most: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert use.peak == most


@pytest.mark.parametrize(
    "text, why",
    [
        ("drink 8 oz every 10 minutes until gone", "how many doses in all"),
        ("amoxicillin 500 mg tid and ibuprofen 600 mg q6h", "more than one medicine"),
    ],
)
def test_no_amount_a_day_is_made_up(text: str, why: str) -> None:
    assert daily_use(parse(text)) is None
    assert why in why_no_daily_use(parse(text))


@pytest.mark.parametrize(
    "text, days",
    [
        ("1 tab daily for 5 days, off 2 days, repeat x 3 cycles", 15),
        ("1 tab daily days 1-21 of 28 for 6 cycles", 126),
        ("1 tab daily days 1-21 of 28", 21),
    ],
)
def test_rounds_told_in_number_end_the_course(text: str, days: int) -> None:
    assert course_days(parse(text)) == days


def test_a_taper_told_by_days_alone_is_taken_once_a_day() -> None:
    use = daily_use(parse("4 tabs x 3 days, 3 tabs x 3 days, then 2 tabs x 3 days"))
    assert use is not None
    assert (use.peak, use.steady) == (4, 2)
    assert daily_use(parse("4 tabs x 3 days")) is None


def test_doses_months_apart_are_not_of_one_day() -> None:
    use = daily_use(parse("0.5 mL at 0, 1 and 6 months"))
    assert use is not None
    assert (use.peak, use.high) == (Fraction(1, 2), Fraction(1, 60))


@pytest.mark.parametrize(
    "text, average, peak",
    [
        ("1 tab at onset of migraine, may repeat in 2 hours, max 2 per day, 9 per month", Fraction(3, 10), 2),
        ("1 tab at onset of migraine, max 9 per month", Fraction(3, 10), 1),
        ("1 tab q6h prn, max 3/day, max 15 per week", Fraction(15, 7), 3),
        ("1 tab q6h prn, max 10 per week", Fraction(10, 7), 4),
    ],
)
def test_a_maximum_by_the_week_or_month_holds_the_average_alone(text: str, average: Fraction, peak: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.low, use.high, use.peak) == (min(use.low, average), average, peak)


def test_one_of_a_strength_beside_a_weight_is_its_weight() -> None:
    use = daily_use(parse("10 mg qam, 5 mg one qhs"))
    assert use is not None
    assert (use.high, use.unit) == (15, "mg")


@pytest.mark.parametrize(
    "text, a_day",
    [
        ("apply 1 pump to each upper arm/shoulder every morning", 2),
        ("apply 1 spray to each inner forearm daily", 2),
        ("apply 1 patch to each knee daily", 2),
        ("apply 1 drop to each nail daily", 1),
    ],
)
def test_what_goes_on_each_side_counts_twice(text: str, a_day: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert use.high == a_day


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("6 mg IV, may repeat 12 mg x 2", 6, 30),
        ("6 mg IV push, may repeat with 12 mg in 2 minutes x 2", 6, 30),
        ("2 tablets now, may repeat 1 tablet in 2 hours", 2, 3),
        ("2 tablets now, may repeat 2 tablets in 4 hours", 2, 4),
        ("1 tab in the morning, may repeat 1 in the evening", 1, 2),
    ],
)
def test_another_dose_where_the_first_was_not_enough_is_of_the_same_day(text: str, low: int, high: int) -> None:
    sig = parse(text)
    use = daily_use(sig)
    assert use is not None
    assert sig.is_read
    assert (use.high, use.peak) == (Fraction(high), Fraction(high))
    assert use.low in (Fraction(low), Fraction(high))


def test_another_dose_beside_one_with_times_is_not_read() -> None:
    assert not parse("1 tablet every 4 hours, may repeat 2 tablets").is_read


@pytest.mark.parametrize(
    "text, days",
    [
        ("1 tab daily for 21 days, then 7 days off, for 30 days", 23),
        ("1 tab daily days 1-21 of 28 for 6 cycles", 126),
        ("1 tab daily days 1-14 of 21 for 90 days", 62),
    ],
)
def test_a_round_that_is_broken_off_counts_for_what_there_is_of_it(text: str, days: int) -> None:
    assert course_days(parse(text)) == days


def test_why_it_is_not_certain_is_told_on_one_line() -> None:
    assert parse("take 1\n tab   zqx").why_not_certain == (
        "the directions could not be read for certain: 'take 1 tab zqx'"
    )


@pytest.mark.parametrize(
    "text, most",
    [
        ("2 caps now, then 1 cap bid for 7 days", Fraction(3)),
        ("2 tabs stat, then 1 tab every 6 hours for 7 days", Fraction(5)),
        ("4.5 g IV load over 30 min then 3.375 g IV q8h", Fraction(45, 4)),
        ("0.5 mg IV x1, then 0.25 mg IV q6h x 2, then 0.125 mg PO daily", Fraction(1)),
        ("2 tabs now, then 1 tab daily", Fraction(2)),
        ("2 tabs today, then 1 tab bid", Fraction(2)),
        ("2 tabs now, then 1 tab bid starting tomorrow", Fraction(2)),
        ("2 caps once, then 1 cap after each loose stool, max 8 caps a day", Fraction(8)),
    ],
)
def test_what_follows_a_first_dose_is_of_the_same_day(text: str, most: Fraction) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert use.peak == most


def test_a_most_within_minutes_says_nothing_of_a_day() -> None:
    assert (
        daily_use(parse("1-2 sprays under the tongue as needed for chest pain, up to 3 sprays in 15 minutes")) is None
    )


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("0.5 mg IV every 2 hours as needed, may repeat once in 30 minutes", 6, 12),
        ("1 tab every 4 hours as needed, may repeat x1 in 1 hour, max 6 a day", 6, 6),
        ("60 mg daily for 5 days, then decrease by 10 mg every 5 days until off", 10, 60),
        ("40 mg daily, then decrease by 5 mg weekly to 10 mg", 10, 40),
    ],
)
def test_what_may_be_repeated_each_time_and_what_is_lowered(text: str, low: int, high: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.low, use.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("Inhale 2 puffs BID and 1-2 puffs q4h prn, max 12 puffs per day", 4, 12),
        ("2 puffs BID and 1 puff prn, max 12 puffs/day", 4, 12),
        ("2 sprays bid and 1 spray prn, max 8 sprays a day", 4, 8),
        ("2 tabs bid and 1 tab q6h prn, max 2 tabs a day", 4, 6),
        ("20 mg qam, extra 20 mg in afternoon prn", 20, 40),
        ("1 cap in am, may take 2nd dose by noon if needed", 1, 2),
        ("1 vial neb qid and q2h prn", 4, 16),
        ("1 tab q4h prn", 6, 6),
        ("2 caps stat then 1 cap q6h", 4, 5),
        ("2 caps at once, then 1 q12h", 2, 3),
        ("3 pills now, then 2 q8h prn", 3, 7),
        ("2 caps after first loose stool, then 1 after each loose stool, max 8/day", 3, 8),
        ("10 units qhs, increase by 2 units every 3 days until fasting sugar < 130. Max 60 units/day", 10, 60),
        ("2 tabs at onset of cold sore then 2 tabs 12 hrs later", 4, 4),
    ],
)
def test_the_least_is_what_is_due_and_the_most_what_is_allowed(text: str, low: int, high: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.low, use.high) == (Fraction(low), Fraction(high))

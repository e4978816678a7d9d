"""Dates, times and counts as GOV.UK writes them, in London's time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.views import words
from tests.factories import london


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (time(0), "12am"),
        (time(0, 1), "12:01am"),
        (time(9), "9am"),
        (time(9, 5), "9:05am"),
        (time(11, 59), "11:59am"),
        (time(12), "12pm"),
        (time(12, 30), "12:30pm"),
        (time(13), "1pm"),
        (time(17, 0, 59), "5pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_times_are_short(at, shown):
    assert words.clock_time(at) == shown


def test_a_day_has_no_leading_zero_and_no_comma():
    assert words.day(date(2026, 10, 5)) == "Monday 5 October 2026"
    assert words.day(date(2026, 10, 5), year=False) == "Monday 5 October"


def test_a_deadline_is_never_midnight():
    assert words.deadline(date(2026, 10, 23)) == "11:59pm on Friday 23 October 2026"


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        # the clocks go back at 2am on 25 October 2026, and 1:30am comes twice
        (datetime(2026, 10, 23, 8, tzinfo=UTC), "9am on Friday 23 October 2026"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "1:30am on Sunday 25 October 2026"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "1:30am on Sunday 25 October 2026"),
        (datetime(2026, 10, 26, 9, tzinfo=UTC), "9am on Monday 26 October 2026"),
        # they go forward at 1am on 28 March 2027, and 1:30am never comes
        (datetime(2027, 3, 26, 9, tzinfo=UTC), "9am on Friday 26 March 2027"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "12:59am on Sunday 28 March 2027"),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), "2am on Sunday 28 March 2027"),
        (datetime(2027, 3, 29, 8, tzinfo=UTC), "9am on Monday 29 March 2027"),
    ],
)
def test_a_moment_is_shown_in_londons_time_across_both_clock_changes(instant, shown):
    assert words.moment(instant) == shown


def test_a_late_evening_in_summer_is_another_day_than_in_utc():
    assert words.london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July 2026"


def test_every_hour_of_the_days_when_the_clocks_change_is_the_hour_on_the_wall():
    for begins in (london(2026, 10, 25), london(2027, 3, 28)):
        start = begins.astimezone(UTC)
        for hour in range(25):
            instant = start + timedelta(hours=hour)
            wall = instant.astimezone(begins.tzinfo)
            assert words.moment(instant).startswith(f"{wall.hour % 12 or 12}{wall:%p}".lower())


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (0, 1, "0 of 1 partner has replied"),
        (1, 1, "1 of 1 partner has replied"),
        (0, 3, "0 of 3 partners have replied"),
        (1, 3, "1 of 3 partners has replied"),
        (3, 3, "3 of 3 partners have replied"),
    ],
)
def test_counts_agree_with_their_verb(count, total, shown):
    assert words.replied(count, total) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and 1 more"),
    ],
)
def test_a_list_ends_with_and_or_says_how_many_more(names, shown):
    assert words.listed(names, at_most=3) == shown

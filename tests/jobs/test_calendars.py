"""Half-terms, bank holidays and office hours, worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.calendars import (
    Days,
    TermBreak,
    is_working_day,
    london,
    next_office_hours,
    term_break,
    working_day_on_or_after,
    working_days_after,
)
from storage.calendar_models import TermEvent
from storage.clock import LONDON
from storage.vocabulary import Certainty
from tests.factories import london as at


def october_half_term(year: int) -> TermBreak:
    return term_break(TermEvent.OCTOBER_HALF_TERM, ["330"], school_year=year, standing={})


HALF_TERM = Days(start=date(2026, 10, 26), end=date(2026, 10, 30))
NOTTINGHAM = Days(start=date(2026, 10, 19), end=date(2026, 10, 30))


@pytest.mark.parametrize(
    "monday",
    [
        date(2026, 10, 26),
        date(2027, 10, 25),
        date(2028, 10, 23),
        date(2029, 10, 22),
        date(2031, 10, 27),
    ],
)
def test_half_term_is_the_week_whose_monday_falls_on_22_to_28_october(monday: date):
    found = october_half_term(monday.year)
    assert found.holiday == Days(start=monday, end=monday + timedelta(days=4))
    assert found.deadline_day == monday - timedelta(days=3)
    assert found.deadline_day.strftime("%A") == "Friday"
    assert found.certainty is Certainty.ESTIMATED


@pytest.mark.parametrize("year", [2019, 2024, 2030])
def test_in_a_weak_year_the_deadline_is_early_and_both_weeks_are_free_of_chasing(year: int):
    found = october_half_term(year)
    assert found.deadline_day == date(year, 10, 18)
    assert found.holiday == Days(start=date(year, 10, 21), end=date(year, 11, 1))


@pytest.mark.parametrize("year", range(2018, 2041))
def test_every_deadline_is_a_friday_right_before_the_holiday(year: int):
    found = october_half_term(year)
    assert found.deadline_day.weekday() == 4
    assert found.holiday.start - found.deadline_day == timedelta(days=3)
    assert date(year, 10, 18) <= found.deadline_day <= date(year, 10, 24)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        pytest.param(date(2026, 10, 23), 8, id="before clocks go back"),
        pytest.param(date(2026, 10, 25), 9, id="the day they go back"),
        pytest.param(date(2026, 11, 2), 9, id="after"),
        pytest.param(date(2027, 3, 27), 9, id="before clocks go forward"),
        pytest.param(date(2027, 3, 28), 8, id="the day they go forward"),
        pytest.param(date(2027, 3, 29), 8, id="after clocks went forward"),
        pytest.param(date(2027, 10, 31), 9, id="the day that ends half-term"),
    ],
)
def test_nine_stays_nine_across_both_clock_changes(day: date, utc: int):
    assert london(day).astimezone(UTC) == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)
    assert london(day).astimezone(LONDON).hour == 9


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 8, 31),  # summer bank holiday
        date(2026, 12, 25),
        date(2026, 12, 28),  # instead of Boxing Day, a Saturday
        date(2027, 1, 1),
        date(2027, 3, 26),  # Good Friday
        date(2027, 3, 29),  # Easter Monday
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 12, 27),  # instead of Christmas Day, a Saturday
        date(2027, 12, 28),  # instead of Boxing Day, a Sunday
        date(2028, 1, 3),  # instead of New Year's Day, a Saturday
    ],
)
def test_nobody_works_on_a_bank_holiday_in_england(day: date):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 7, 13),  # Northern Ireland's
        date(2026, 8, 3),  # Scotland's
        date(2026, 11, 30),  # St Andrew's Day
        date(2027, 3, 17),  # St Patrick's Day
        date(2026, 12, 29),
        date(2026, 10, 26),  # half-term is not everybody's holiday
    ],
)
def test_a_holiday_elsewhere_is_a_working_day_in_england(day: date):
    assert is_working_day(day)


def test_weekends_and_quiet_days_are_no_working_days():
    assert not is_working_day(date(2026, 9, 12))
    assert not is_working_day(date(2026, 9, 13))
    assert not is_working_day(date(2026, 10, 28), [HALF_TERM])
    assert is_working_day(date(2026, 11, 2), [HALF_TERM])


@pytest.mark.parametrize(
    ("day", "count", "quiet", "expected"),
    [
        (date(2026, 10, 23), 1, HALF_TERM, date(2026, 11, 2)),
        (date(2026, 10, 23), 5, HALF_TERM, date(2026, 11, 6)),
        (date(2026, 10, 16), 1, NOTTINGHAM, date(2026, 11, 2)),
        (date(2026, 10, 16), 5, NOTTINGHAM, date(2026, 11, 6)),
        (date(2026, 9, 7), 1, None, date(2026, 9, 8)),
        (date(2026, 9, 11), 1, None, date(2026, 9, 14)),
        (date(2026, 12, 24), 1, None, date(2026, 12, 29)),
        (date(2026, 12, 24), 4, None, date(2027, 1, 4)),
        (date(2026, 9, 12), 0, None, date(2026, 9, 12)),
    ],
)
def test_working_days_are_counted_over_what_is_free(day, count, quiet, expected):
    assert working_days_after(day, count, [quiet] if quiet else []) == expected


def test_the_first_working_day_from_a_day_on():
    assert working_day_on_or_after(date(2026, 9, 11)) == date(2026, 9, 11)
    assert working_day_on_or_after(date(2026, 9, 12)) == date(2026, 9, 14)
    assert working_day_on_or_after(date(2026, 12, 25)) == date(2026, 12, 29)
    assert working_day_on_or_after(date(2026, 10, 24), [HALF_TERM]) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(at(2026, 9, 11, 9), at(2026, 9, 11, 9), id="at opening"),
        pytest.param(at(2026, 9, 11, 8, 59), at(2026, 9, 11, 9), id="before opening"),
        pytest.param(at(2026, 9, 11, 0), at(2026, 9, 11, 9), id="12am"),
        pytest.param(at(2026, 9, 10, 16, 59), at(2026, 9, 10, 16, 59), id="a minute before closing"),
        pytest.param(at(2026, 9, 10, 17), at(2026, 9, 11, 9), id="at closing"),
        pytest.param(at(2026, 9, 11, 23, 50), at(2026, 9, 14, 9), id="Friday night"),
        pytest.param(at(2026, 9, 12, 12), at(2026, 9, 14, 9), id="Saturday"),
        pytest.param(at(2026, 10, 23, 18), at(2026, 11, 2, 9), id="into half-term"),
        pytest.param(at(2026, 10, 28, 12), at(2026, 11, 2, 9), id="in half-term"),
        pytest.param(at(2026, 12, 24, 18), at(2026, 12, 29, 9), id="over Christmas"),
        pytest.param(at(2027, 3, 25, 18), at(2027, 3, 30, 9), id="over Easter and a clock change"),
    ],
)  # fmt: skip
def test_the_next_office_hours_in_london(now: datetime, expected: datetime):
    assert next_office_hours(now, zone=LONDON, quiet=[HALF_TERM]) == expected


def test_office_hours_are_those_of_the_persons_own_zone():
    new_york = ZoneInfo("America/New_York")
    found = next_office_hours(at(2026, 9, 11, 9), zone=new_york)
    assert found == datetime(2026, 9, 11, 9, tzinfo=new_york)
    assert found == at(2026, 9, 11, 14)
    kolkata = ZoneInfo("Asia/Kolkata")
    assert next_office_hours(at(2026, 9, 11, 9), zone=kolkata) == at(2026, 9, 11, 9)
    assert next_office_hours(at(2026, 9, 11, 13), zone=kolkata) == datetime(
        2026, 9, 14, 9, tzinfo=kolkata
    )


zones = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
moments = st.datetimes(
    min_value=at(2026, 8, 1).replace(tzinfo=None),
    max_value=at(2028, 8, 1).replace(tzinfo=None),
    timezones=st.just(UTC),
)


@given(moments, zones.map(ZoneInfo))
def test_office_hours_come_soon_and_are_never_at_night_or_on_a_free_day(now: datetime, zone):
    found = next_office_hours(now, zone=zone, quiet=[HALF_TERM])
    local = found.astimezone(zone)
    assert now <= found <= now + timedelta(days=11)
    assert 9 <= local.hour < 17
    assert is_working_day(local.date(), [HALF_TERM])
    assert next_office_hours(found, zone=zone, quiet=[HALF_TERM]) == found

"""School calendars say one thing in many ways; a break is found by its date."""

from pathlib import Path

import pytest

from jobs.term_date_files import read_term_dates
from tests.jobs.calendar_examples import (
    calendar,
    event,
    kents,
    only,
    rows,
    written,
)


@pytest.mark.parametrize(
    "events",
    [
        [event("October half-term", "20261026", "20261031")],
        [event("Autumn break", "20261026T000000", "20261031T000000")],
        [event("Half Term Holiday", "20261026T000000Z", "20261030T170000Z")],
        [event("Schools closed", "20261026T090000", "20261030T153000")],
        [event("End of term 1", "20261026", "20261031")],
        [event("Half term 1", "20261026", "20261031")],
        [event("Half term", f"202610{day}") for day in range(26, 31)],
        [event("Half term", f"202610{day}", f"202610{day}") for day in range(26, 31)],
        [event("Half term", "20261026", "", "DURATION:P5D")],
        [event("Half term", "20261026T000000", "", "DURATION:P5D")],
        [event("Half term begins", "20261026"), event("Half term ends", "20261030")],
        [event("First day of half term", "20261026"), event("Last day of half term", "20261030")],
        [event("Schools break up for half term", "20261023"), event("Schools re-open", "20261102")],
        [event("Last day before half term", "20261023"), event("Back to school", "20261102")],
        [event("Autumn term 1", "20260901", "20261024"), event("Term 2 starts", "20261102")],
        [
            event("Half term 1", "20260901", "20261024"),
            event("Half term 2", "20261102", "20261219"),
        ],
        [
            event("First half of autumn term", "20260901", "20261024"),
            event("Second half of autumn term", "20261102", "20261219"),
        ],
        [
            event("Autumn term", "20260901", "20261219"),
            event("Half term", "20261026", "20261031"),
        ],
        [
            event("Term 1 ends", "20261023"),
            event("Half term", "20261026", "20261031"),
            event("Term 2 starts", "20261102"),
        ],
        [
            event("Schools closed (polling day)", "20261015"),
            event("Half term", "20261026", "20261031"),
        ],
        [
            event("Half term", "20261026", "20261031"),
            event("Half term holiday club", "20261019", "20261031"),
            event("Sports week", "20261012", "20261017"),
            event("Early May bank holiday", "20270503"),
        ],
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_one_week_in_october_said_in_many_ways(tmp_path: Path, events: list[str], ends: str):
    file = kents(calendar(tmp_path, *events, ends=ends))
    assert only(file) == ("2026-10-26", "2026-10-30", "2026-10-23")
    assert file.warnings == ()


def test_midnight_in_london_is_an_hour_before_it_in_utc_in_summer(tmp_path: Path):
    path = calendar(tmp_path, event("Summer holiday", "20260722T230000Z", "20260831T230000Z"))
    assert only(kents(path)) == ("2026-07-23", "2026-08-31", "2026-07-22")


def test_a_cancelled_event_says_nothing(tmp_path: Path):
    path = calendar(
        tmp_path,
        event("Half term", "20261012", "20261017", "STATUS:CANCELLED"),
        event("Half term", "20261026", "20261031"),
    )
    assert only(kents(path)) == ("2026-10-26", "2026-10-30", "2026-10-23")


def test_breaks_at_other_times_of_the_year_are_left_alone(tmp_path: Path):
    path = calendar(
        tmp_path,
        event("Half term", "20270215", "20270220"),
        event("Holiday", "20261026", "20261031"),
        event("Easter holiday", "20270326", "20270410"),
        event("Schools closed", "20270705", "20270706"),
    )
    assert only(kents(path)) == ("2026-10-26", "2026-10-30", "2026-10-23")


def test_a_summer_that_starts_in_august_belongs_to_the_year_that_starts(tmp_path: Path):
    path = rows(tmp_path, "886,Kent,summer holiday,2026-08-03,2026-08-31,")
    assert read_term_dates(path, area=None).dates[0].school_year == 2026
    path = rows(tmp_path, "886,Kent,summer holiday,2026-07-31,2026-08-31,")
    assert read_term_dates(path, area=None).dates[0].school_year == 2025


def test_a_broken_event_that_says_nothing_about_pupils_is_passed_over(tmp_path: Path):
    path = calendar(
        tmp_path, event("Half term", "20261026", "20261031"), event("School fair", "soon")
    )
    assert only(kents(path)) == ("2026-10-26", "2026-10-30", "2026-10-23")


def test_a_calendar_saved_under_another_name_is_still_one(tmp_path: Path):
    text = calendar(tmp_path, event("Half term", "20261026", "20261031")).read_bytes()
    assert only(kents(written(tmp_path, "dates.csv", text)))[0] == "2026-10-26"


@pytest.mark.parametrize(
    ("events", "expected", "starts"),
    [
        (
            [event("Half term", "20261023", "20261031"), event("Term 1 ends", "20261023")],
            "‘Term 1 ends’ of 23 October 2026: it is on Friday 23 October 2026, within the october half-term",
            "2026-10-23",
        ),
        (
            [event("Half term", "20261026", "20261104"), event("Term 2 starts", "20261103")],
            "‘Term 2 starts’ of 3 November 2026: it is on Tuesday 3 November 2026, within the october half-term",
            "2026-10-26",
        ),
        (
            [event("Half term", "20261026", "20261031"), event("Term 1 ends", "20261022")],
            "the term ends on Thursday 22 October 2026, and the break starts on Monday 26 October",
            "2026-10-26",
        ),
        (
            [event("Half term", "20261026", "20261030")],
            "ends on Thursday 29 October 2026. The end in a calendar file is the day after",
            "2026-10-26",
        ),
        (
            [event("Half term", "20261026", "20261031", "RRULE:FREQ=YEARLY")],
            "this event repeats, and only its first days, from Monday 26 October 2026, were read",
            "2026-10-26",
        ),
        (
            [
                event("Half term (primary)", "20261026", "20261031"),
                event("Half term (secondary)", "20261019", "20261031"),
            ],
            "‘Half term (primary)’ of 26 October 2026: it overlaps with another closure and has other days",
            "2026-10-19",
        ),
        (
            [event("Half term", "20261026", "20261031"), event("Summer term ends", "20270721")],
            "so no summer holiday of 2027 was read",
            "2026-10-26",
        ),
    ],
)
def test_a_calendar_that_contradicts_itself_is_read_early_and_warned_of(
    tmp_path: Path, events: list[str], expected: str, starts: str
):
    file = kents(calendar(tmp_path, *events))
    assert str(file.dates[0].start) == starts
    assert any(expected in warning for warning in file.warnings)
    assert all(warning.startswith("dates.ics, event ‘") for warning in file.warnings)


def test_the_last_day_is_where_the_term_ends_when_that_is_earlier(tmp_path: Path):
    path = calendar(
        tmp_path, event("Half term", "20261026", "20261031"), event("Term 1 ends", "20261022")
    )
    assert only(kents(path)) == ("2026-10-26", "2026-10-30", "2026-10-22")

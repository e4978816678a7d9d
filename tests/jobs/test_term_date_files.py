"""Council files of term dates, worked out by hand: the breaks, the days before them, and what looks odd."""

from pathlib import Path

import pytest

from jobs.term_date_files import TEMPLATE, read_term_dates
from tests.jobs.calendar_examples import (
    AREAS,
    EXAMPLES,
    NOTTINGHAM,
    OCTOBER,
    SUMMER,
    calendar,
    days,
    event,
    kents,
    only,
    rows,
    written,
)


def test_nottingham_has_two_weeks_and_a_late_summer():
    file = read_term_dates(EXAMPLES / "nottingham.ics", area=NOTTINGHAM)
    assert [days(dates) for dates in file.dates] == [
        (OCTOBER, 2026, "2026-10-19", "2026-10-30", "2026-10-16"),
        (SUMMER, 2026, "2027-07-27", "2027-08-31", "2027-07-26"),
    ]
    assert {dates.la_code for dates in file.dates} == {"892"}
    assert {dates.source for dates in file.dates} == {"nottingham.ics"}
    assert file.warnings == ()


def test_windows_line_ends_a_byte_order_mark_and_utf_16_change_nothing(tmp_path: Path):
    text = (EXAMPLES / "nottingham.ics").read_text(encoding="utf-8")
    expected = read_term_dates(EXAMPLES / "nottingham.ics", area=NOTTINGHAM)
    for content in (text.replace("\n", "\r\n").encode("utf-8-sig"), text.encode("utf-16")):
        assert (
            read_term_dates(written(tmp_path, "nottingham.ics", content), area=NOTTINGHAM)
            == expected
        )


def test_kents_six_terms_name_no_break_and_it_is_found_between_them():
    file = kents(EXAMPLES / "kent_six_terms.ics")
    assert [days(dates) for dates in file.dates] == [
        (OCTOBER, 2026, "2026-10-19", "2026-10-30", "2026-10-16"),
        (SUMMER, 2026, "2027-07-23", "2027-08-31", "2027-07-22"),
    ]
    assert [warning.partition(", which")[0] for warning in file.warnings] == [
        "kent_six_terms.ics, event ‘End of term 6’ of 22 July 2027: this break starts on Friday 23 July 2027"
    ]


def test_leicestershire_is_a_week_early_in_each_of_two_school_years():
    file = read_term_dates(EXAMPLES / "leicestershire.ics", area=AREAS["Leicestershire"])
    assert [days(dates) for dates in file.dates] == [
        (OCTOBER, 2026, "2026-10-19", "2026-10-23", "2026-10-16"),
        (SUMMER, 2026, "2027-07-12", "2027-08-25", "2027-07-09"),
        (OCTOBER, 2027, "2027-10-18", "2027-10-22", "2027-10-15"),
    ]
    assert file.warnings == ()


def test_a_kent_schools_term_that_starts_with_a_week_of_inset_starts_after_its_break():
    assert only(kents(EXAMPLES / "kent_school.ics")) == ("2025-10-20", "2025-10-24", "2025-10-17")


def test_the_week_of_inset_is_no_break_when_pupils_return_after_it(tmp_path: Path):
    path = calendar(
        tmp_path,
        event("Last day of term 1", "20251017"),
        event("INSET", "20251027", "20251101"),
        event("Pupils return", "20251103"),
    )
    assert only(kents(path)) == ("2025-10-20", "2025-10-24", "2025-10-17")


def test_a_csv_holds_several_areas_however_they_write_names_and_dates():
    file = read_term_dates(EXAMPLES / "councils.csv", area=None)
    assert [(dates.la_code, *days(dates)) for dates in file.dates] == [
        ("892", OCTOBER, 2026, "2026-10-19", "2026-10-30", "2026-10-16"),
        ("892", SUMMER, 2026, "2027-07-27", "2027-08-31", "2027-07-26"),
        ("886", OCTOBER, 2026, "2026-10-19", "2026-10-30", "2026-10-16"),
        ("855", OCTOBER, 2026, "2026-10-19", "2026-10-23", "2026-10-16"),
        ("330", OCTOBER, 2026, "2026-10-26", "2026-10-30", "2026-10-22"),
    ]
    assert file.dates[2].source == "councils.csv"
    assert file.dates[4].source == "Term dates, page 2"
    assert file.warnings == ()


def test_the_template_can_be_imported(tmp_path: Path):
    file = read_term_dates(written(tmp_path, "template.csv", TEMPLATE), area=None)
    assert [days(dates)[2:] for dates in file.dates] == [
        ("2026-10-19", "2026-10-30", "2026-10-15"),
        ("2027-07-26", "2027-08-31", "2027-07-23"),
        ("2026-10-26", "2026-10-30", "2026-10-23"),
    ]
    assert file.warnings == ()


@pytest.mark.parametrize(
    ("inset", "expected"),
    [
        (("20261023", "20261024"), ("2026-10-26", "2026-10-30", "2026-10-22")),
        (("20261022", "20261024"), ("2026-10-26", "2026-10-30", "2026-10-21")),
        (("20261026", "20261027"), ("2026-10-27", "2026-10-30", "2026-10-23")),
        (("20261028", "20261029"), ("2026-10-26", "2026-10-30", "2026-10-23")),
        (("20261030", "20261031"), ("2026-10-26", "2026-10-29", "2026-10-23")),
        (("20261102", "20261103"), ("2026-10-26", "2026-10-30", "2026-10-23")),
        (("20261008", "20261009"), ("2026-10-26", "2026-10-30", "2026-10-23")),
    ],
)
def test_an_inset_day_before_at_or_within_the_break(tmp_path: Path, inset, expected):
    path = calendar(
        tmp_path, event("Half term", "20261026", "20261031"), event("INSET day", *inset)
    )
    assert only(kents(path)) == expected


def test_inset_days_after_the_summer_are_not_part_of_it_but_the_bank_holiday_is(tmp_path: Path):
    path = calendar(
        tmp_path,
        event("Summer term ends", "20260720"),
        event("Staff training day", "20260721"),
        event("Staff training day", "20260722"),
        event("INSET day", "20260901", "20260903"),
        event("Autumn term begins", "20260903"),
    )
    (dates,) = kents(path).dates
    assert days(dates) == (SUMMER, 2025, "2026-07-23", "2026-08-31", "2026-07-20")


def test_an_inset_day_between_two_weeks_off_joins_them(tmp_path: Path):
    path = calendar(
        tmp_path,
        event("Half term week 1", "20261019", "20261024"),
        event("INSET day", "20261026"),
        event("Half term week 2", "20261027", "20261031"),
    )
    assert only(kents(path)) == ("2026-10-19", "2026-10-30", "2026-10-16")


def test_an_hour_of_training_after_lessons_is_no_inset_day(tmp_path: Path):
    path = calendar(
        tmp_path,
        event("Half term", "20261026", "20261031"),
        event("CPD", "20261023T154500", "20261023T164500"),
        event("Twilight INSET", "20261022"),
    )
    assert only(kents(path)) == ("2026-10-26", "2026-10-30", "2026-10-23")


@pytest.mark.parametrize(
    ("event_name", "start", "end", "expected"),
    [
        ("half term", "2026-10-26", "2026-10-26", "has one day, Monday 26 October 2026"),
        ("half term", "2026-10-01", "2026-11-04", "has 35 days, and an October half-term has two"),
        ("half term", "2026-10-23", "2026-10-30", "which seems to be the last school day"),
        ("half term", "2026-10-26", "2026-11-02", "which seems to be the day pupils return"),
        ("half term", "2026-10-24", "2026-10-30", "starts at a weekend, on Saturday 24 October"),
        ("half term", "2026-10-26", "2026-11-01", "ends at a weekend, on Sunday 1 November"),
        ("summer", "2026-07-23", "2026-08-18", "has 27 days, and most have 4 to 8 weeks"),
        ("summer", "2026-07-01", "2026-08-26", "has 57 days, and most have 4 to 8 weeks"),
    ],
)
def test_what_only_looks_odd_is_a_warning_with_its_line(
    tmp_path: Path, event_name: str, start: str, end: str, expected: str
):
    path = rows(tmp_path, f"886,Kent,{event_name},{start},{end},")
    (warning,) = read_term_dates(path, area=None).warnings
    assert warning.startswith("dates.csv line 2: ")
    assert expected in warning


@pytest.mark.parametrize(
    ("event_name", "start", "end"),
    [
        ("half term", "2026-10-17", "2026-11-01"),  # two weeks with both weekends
        ("half term", "2026-10-22", "2026-10-30"),  # a longer break from a Thursday
        ("summer", "2026-07-23", "2026-08-31"),  # ends on a bank holiday Monday
        ("summer", "2026-07-23", "2026-08-19"),  # four weeks
        ("summer", "2026-07-01", "2026-08-25"),  # eight weeks
    ],
)
def test_what_is_usual_is_no_warning(tmp_path: Path, event_name: str, start: str, end: str):
    path = rows(tmp_path, f"886,Kent,{event_name},{start},{end},")
    file = read_term_dates(path, area=None)
    assert [warning for warning in file.warnings if "weekend" not in warning] == []

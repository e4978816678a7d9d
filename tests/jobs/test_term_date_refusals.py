"""Files of term dates that are refused, with the place and what to do."""

from pathlib import Path

import pytest

from jobs.term_date_files import read_term_dates
from tests.jobs.calendar_examples import (
    EXAMPLES,
    HEADER,
    KENT,
    calendar,
    event,
    kents,
    problems,
    rows,
    written,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("886,Kent,half term,2026-10-30,2026-10-19,", "end is 2026-10-19, before start"),
        ("886,Kent,half term,30/10/26,2026-10-19,", "start is '30/10/26'. Write the date as"),
        ("886,Kent,half term,2026-10-19,,", "end is ''. Write the date as 2026-10-19 or"),
        ("886,Kent,half term,2062-10-19,2162-10-19,", "in the year 2162. Correct the year"),
        ("886,Kent,half term,0001-01-01,2026-10-30,", "in the year 1. Correct the year"),
        ("886,Kent,half term,2026-02-16,2026-02-20,", "has days between 10 October and 8 Nov"),
        ("886,Kent,summer,2026-06-01,2026-08-20,", "starts between 1 July and 10 August"),
        ("886,Kent,summer,2026-07-23,2027-08-31,", "are 405 days, too many"),
        ("886,Kent,inset day,2026-10-01,2026-10-30,", "are 30 days, too many"),
        (
            "886,Kent,christmas holiday,2026-12-21,2027-01-01,",
            "october half-term, summer holiday, i",
        ),
        (
            "886,Nottingham,half term,2026-10-19,2026-10-30,",
            "886 is the code of Kent, and area is N",
        ),
        ("999,,half term,2026-10-19,2026-10-30,", "la_code"),
        (",Atlantis,half term,2026-10-19,2026-10-30,", "area"),
        (",,half term,2026-10-19,2026-10-30,", "la_code and area are empty"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line_and_what_to_do(
    tmp_path: Path, line: str, expected: str
):
    good = "886,Kent,half term,2027-10-18,2027-10-29,"
    (problem,) = problems(rows(tmp_path, good, line))
    assert problem.startswith("dates.csv line 3: ")
    assert expected in problem


def test_every_wrong_row_is_named_and_nothing_is_half_read(tmp_path: Path):
    path = rows(
        tmp_path,
        "886,Kent,half term,2026-10-30,2026-10-19,",
        "886,Kent,half term,2027-10-18,2027-10-29,",
        "886,Kent,easter,soon,2026-10-19,",
    )
    lines = [problem.partition(": ")[0] for problem in problems(path)]
    assert lines == ["dates.csv line 2", "dates.csv line 4", "dates.csv line 4"]


def test_two_different_breaks_for_one_area_and_year_are_refused(tmp_path: Path):
    path = rows(
        tmp_path,
        "886,Kent,half term,2026-10-19,2026-10-23,",
        "892,Nottingham,half term,2026-10-26,2026-10-30,",
        "886,Kent,autumn half term,2026-10-26,2026-10-30,",
    )
    (problem,) = problems(path)
    assert problem.startswith("dates.csv line 4: line 2 gives other dates for the same october")
    (problem,) = problems(
        calendar(
            tmp_path,
            event("Half term A", "20261012", "20261017"),
            event("Half term B", "20261026", "20261031"),
        ),
        KENT,
    )
    assert (
        "there are several different breaks that can be the october half-term of 2026 to 2027"
        in (problem)
    )


def test_the_same_break_twice_is_one(tmp_path: Path):
    line = "886,Kent,half term,2026-10-19,2026-10-23,"
    assert len(read_term_dates(rows(tmp_path, line, line), area=None).dates) == 1


def test_an_area_that_is_given_fills_empty_cells_and_refuses_other_areas(tmp_path: Path):
    path = rows(tmp_path, ",,half term,2026-10-19,2026-10-23,")
    assert kents(path).dates[0].la_code == "886"
    path = rows(tmp_path, "892,,half term,2026-10-19,2026-10-23,")
    (problem,) = problems(path, KENT)
    assert "this row is for Nottingham, and --area is Kent" in problem


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.ics", b"", "a.ics: the file is empty"),
        ("a.csv", b" \r\n", "a.csv: the file is empty"),
        ("a.ics", b"<!DOCTYPE html><html><body>Term dates</body></html>", "this is a web page"),
        ("a.csv", b"\n<HTML lang=en>", "a.csv line 1: this is a web page"),
        ("a.ics", b"la_code,area\n", "a.ics line 1: this is not a calendar file"),
        ("a.csv", b"la_code,area\n", "a.csv line 1: this is not the header that is needed"),
        ("a.csv", b"PK\x03\x04\x14\x00", "this is a workbook or a zip file"),
        ("a.csv", HEADER.encode(), "there is no October half-term and no summer holiday"),
        ("a.ics", b"BEGIN:VCALENDAR\nEND:VEVENT\nwhat?\n", "this calendar file is broken"),
        ("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a.ics: no break was found"),
    ],
)
def test_what_is_no_file_of_dates_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes, expected: str
):
    (problem,) = problems(written(tmp_path, name, content), KENT)
    assert expected in problem


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            [event("Half term", "20261031", "20261026")],
            "it ends on 26/10/2026, before it starts on",
        ),
        ([event("Half term", "soon")], "‘Half term’: its start or end cannot be read"),
        ([event("Half term", "20270215", "20270220")], "no break was found"),
        (
            [event("Half term", "20261026", "20261031"), event("INSET", "20261026", "20261031")],
            "‘Half term’ of 26 October 2026: every day of this break is an INSET day",
        ),
    ],
)
def test_a_calendar_without_a_break_that_can_be_read_is_refused(
    tmp_path: Path, events: list[str], expected: str
):
    assert expected in problems(calendar(tmp_path, *events), KENT)[0]


def test_a_calendar_file_needs_an_area():
    (problem,) = problems(EXAMPLES / "nottingham.ics")
    assert problem.startswith("nottingham.ics: a calendar file names no area.")
    assert problem.endswith("--area CODE, such as --area 330.")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    assert problems(tmp_path / "none.ics", KENT) == [
        f"{tmp_path / 'none.ics'}: there is no such file. Check the path."
    ]
    assert problems(tmp_path, KENT) == [f"{tmp_path}: it cannot be read. Check the path."]

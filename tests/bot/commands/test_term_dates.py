"""`vigil term-dates` and `vigil import term-dates`."""

import json
from pathlib import Path

import pytest

from bot.commands import look
from storage.database import Database
from storage.queries.term_dates import standing_dates
from tests.factories import OPENING, lead, make_roster, post

HEADER = "la_code,area,event,start,end,source\n"
NOTTINGHAM = HEADER + "892,Nottingham,october half-term,2026-10-19,2026-10-30,Council page\n"
ODD = HEADER + "330,Birmingham,october half-term,2026-10-26,2026-10-26,Council page\n"
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Council//Terms//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20261019
DTEND;VALUE=DATE:20261031
SUMMARY:Half term
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def file(tmp_path: Path):
    """Write a file into the folder, and give its name."""

    def write(content: str, name: str = "dates.csv") -> str:
        (tmp_path / name).write_text(content)
        return name

    return write


def standing(database: Database) -> list:
    return database.read_now(standing_dates)


def test_an_area_without_dates_is_shown_as_estimated(vigil, ready):
    for area in ("330", "Birmingham", "E08000025"):
        assert vigil("term-dates", "--area", area, "--year", "2026").out.splitlines() == [
            "Birmingham (330), school year 2026 to 2027",
            "October half-term: Monday 26 October 2026 to Friday 30 October 2026",
            "    Deadline: 11:59pm on Friday 23 October 2026, the last day with pupils",
            "    Estimated: nobody has given this area’s dates. Ask its business manager to confirm.",
            "Summer holiday: Thursday 22 July 2027 to Tuesday 31 August 2027",
            "    Estimated: nobody has given this area’s dates. Ask its business manager to confirm.",
            "Councils set dates for some schools only; others may differ. These are planning dates.",
        ]
    weak = vigil("term-dates", "--area", "BCP", "--year", "2019").out
    assert weak.startswith("Bournemouth, Christchurch and Poole (839), school year 2019 to 2020")
    assert "Deadline: 11:59pm on Friday 18 October 2019" in weak


@pytest.mark.parametrize("area", ["Cardiff", "W06000015", "Glasgow City", "Belfast", "Nowhere"])
def test_an_area_outside_england_or_unknown_is_refused(vigil, ready, area):
    answer = vigil("term-dates", "--area", area)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1


def test_dates_are_imported_once_and_shown_with_who_says_so(vigil, ready, file):
    name = file(NOTTINGHAM)
    checked = vigil("import", "term-dates", name, "--check")
    assert checked.out == "dates.csv can be imported: 1 break. Nothing was imported.\n"
    assert standing(ready) == []
    assert vigil("import", "term-dates", name).out == "Imported dates.csv: 1 break, 1 new.\n"
    assert vigil("import", "term-dates", name).out == "Imported dates.csv: 1 break, 0 new.\n"
    shown = vigil("term-dates", "--area", "892", "--year", "2026").out
    assert "October half-term: Monday 19 October 2026 to Friday 30 October 2026" in shown
    assert "Confirmed by council: Council page, given at" in shown
    told = json.loads(vigil("term-dates", "--area", "892", "--year", "2026", "--json").out)
    assert told["breaks"]["october half-term"]["certainty"] == "council"
    assert told["breaks"]["october half-term"]["deadline_day"] == "2026-10-16"
    assert told["said"]["october half-term"]["said_by"] == "the command line"
    assert told["breaks"]["summer holiday"]["certainty"] == "estimated"


def test_what_looks_odd_is_shown_and_applied_only_when_asked(vigil, ready, file):
    name = file(ODD)
    checked = vigil("import", "term-dates", name, "--check")
    assert checked.status == 0
    assert checked.out.startswith("Looks odd: dates.csv line 2:")
    assert "dates.csv can be imported, with --accept-warnings: 1 break." in checked.out
    told = json.loads(vigil("import", "term-dates", name, "--check", "--json").out)
    assert (told["breaks"], told["new"], len(told["warnings"])) == (1, 0, 1)
    refused = vigil("import", "term-dates", name)
    assert (refused.status, refused.out) == (1, "")
    assert "Nothing was imported. Correct the file, or add --accept-warnings" in refused.err
    assert standing(ready) == []
    accepted = vigil("import", "term-dates", name, "--accept-warnings")
    assert accepted.out == "Imported dates.csv: 1 break, 1 new.\n"
    assert len(standing(ready)) == 1


def test_dates_that_contradict_what_stands_are_a_warning(vigil, ready, file):
    vigil("import", "term-dates", file(NOTTINGHAM), "--confirmed-by", "lead")
    shown = vigil("term-dates", "--area", "Nottingham", "--year", "2026").out
    assert "Confirmed by lead: Council page" in shown
    later = file(NOTTINGHAM.replace("10-19", "10-26"), "later.csv")
    refused = vigil("import", "term-dates", later)
    assert refused.status == 1
    assert (
        "the file says Monday 26 October 2026 to Friday 30 October 2026;"
        " what stands is Monday 19 October 2026 to Friday 30 October 2026 (confirmed by lead)."
        in refused.err
    )
    assert "Nottingham, October half-term 2026 to 2027:" in refused.err
    vigil("import", "term-dates", later, "--accept-warnings")
    assert (
        "Deadline: 11:59pm on Friday 23 October 2026"
        in vigil("term-dates", "--area", "892", "--year", "2026").out
    )


def test_a_calendar_file_needs_an_area(vigil, ready, file):
    name = file(CALENDAR, "council.ics")
    refused = vigil("import", "term-dates", name)
    assert refused.status == 1
    assert "--area" in refused.err
    taken = vigil("import", "term-dates", name, "--area", "Nottingham")
    assert taken.out == "Imported council.ics: 1 break, 1 new.\n"
    [found] = standing(ready)
    assert (found.dates.la_code, str(found.dates.end)) == ("892", "2026-10-30")
    assert vigil("import", "term-dates", name, "--area", "Cardiff").status == 1


def test_one_wrong_row_changes_nothing(vigil, ready, file):
    wrong = NOTTINGHAM + "330,Birmingham,october half-term,2026-10-30,2026-10-26,Council page\n"
    refused = vigil("import", "term-dates", file(wrong), "--accept-warnings")
    assert refused.status == 1
    assert "line 3" in refused.err
    assert standing(ready) == []
    assert "Name the file" in vigil("import", "term-dates").err
    assert vigil("import", "term-dates", "--template").out.startswith(HEADER)


def test_the_preview_marks_drafts_holidays_and_the_clocks(vigil, ready, monkeypatch):
    monkeypatch.setattr(look, "now", lambda: OPENING)
    make_roster(ready, post("U1", name="Police respondent, Birmingham"), lead("U2"))
    answer = vigil("preview", "--from", "2026-09-01", "--to", "2027-08-31")
    lines = answer.out.splitlines()
    assert "-- Sunday 25 October 2026: clocks go back" in lines
    assert (
        "-- Monday 26 October 2026 to Friday 30 October 2026: October half-term of 1 partnership (estimated)"
        in lines
    )
    assert (
        "-- Thursday 22 July 2027 to Tuesday 31 August 2027: Summer holiday of 1 partnership (estimated)"
        in lines
    )
    assert "-- Monday 30 August 2027: bank holiday (Late Summer Bank Holiday)" in lines
    place = lines.index(
        "9am on Tuesday 31 August 2027: reminder to Police respondent, Birmingham [draft]"
    )
    assert lines[place + 1].startswith(
        "    Summer-holiday vigilance, Week 6: Going back, this week’s check: West Midlands Police"
    )
    assert lines[place - 1] == "-- Monday 30 August 2027: bank holiday (Late Summer Bank Holiday)"

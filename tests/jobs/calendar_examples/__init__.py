"""Small files of term dates, and ways to write more."""

from datetime import timedelta
from pathlib import Path

import pytest

from jobs.term_date_files import TermDateFile, read_term_dates
from storage.areas import Area, all_areas
from storage.calendar_models import GivenDates, TermEvent
from storage.errors import FileRefused

EXAMPLES = Path(__file__).parent
AREAS = {area.name: area for area in all_areas()}
KENT, NOTTINGHAM = AREAS["Kent"], AREAS["Nottingham"]
OCTOBER, SUMMER = TermEvent.OCTOBER_HALF_TERM, TermEvent.SUMMER_HOLIDAY
HEADER = "la_code,area,event,start,end,source\n"
DAY = timedelta(days=1)


def event(name: str, start: str, end: str = "", *more: str) -> str:
    """An event; the end is the day after, as in every calendar file."""
    kind = "" if "T" in start else ";VALUE=DATE"
    lines = ["BEGIN:VEVENT", f"SUMMARY:{name}", f"DTSTART{kind}:{start}"]
    lines += [f"DTEND{kind}:{end}"] if end else []
    return "\n".join([*lines, *more, "END:VEVENT"])


def calendar(tmp_path: Path, *events: str, ends: str = "\r\n") -> Path:
    text = "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *events, "END:VCALENDAR", ""]
    )
    return written(tmp_path, "dates.ics", text.replace("\n", ends))


def rows(tmp_path: Path, *lines: str) -> Path:
    return written(tmp_path, "dates.csv", HEADER + "\n".join(lines))


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def kents(path: Path) -> TermDateFile:
    return read_term_dates(path, area=KENT)


def days(dates: GivenDates) -> tuple[TermEvent, int, str, str, str]:
    return dates.event, dates.school_year, str(dates.start), str(dates.end), str(dates.last_day)


def only(file: TermDateFile) -> tuple[str, str, str]:
    """The one break of a file: its start, its end and the last day with pupils."""
    (dates,) = file.dates
    return str(dates.start), str(dates.end), str(dates.last_day)


def problems(path: Path, area: Area | None = None) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_term_dates(path, area=area)
    return refused.value.problems

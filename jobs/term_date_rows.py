"""Term dates as a CSV file, each row one break or INSET days of an area: reads and checks it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobs.calendars import Days
from jobs.csv_file import Row, read_rows
from jobs.term_breaks import (
    PLACES,
    days_of,
    last_day_with_pupils,
    lies_in_place,
    oddities,
    school_year_of,
    without_insets,
)
from storage.area_names import find_area
from storage.areas import Area
from storage.calendar_models import GivenDates, TermEvent
from storage.errors import AreaRefused, FileRefused

COLUMNS = ("la_code", "area", "event", "start", "end", "source")
COMMAND = "vigil import term-dates"
TEMPLATE = """\
la_code,area,event,start,end,source
892,Nottingham,october half-term,2026-10-19,2026-10-30,Nottingham City Council term dates 2026 to 2027
892,Nottingham,summer holiday,2027-07-26,2027-08-31,Nottingham City Council term dates 2026 to 2027
892,Nottingham,inset day,2026-10-16,2026-10-16,Nottingham City Council term dates 2026 to 2027
330,Birmingham,october half-term,26/10/2026,30/10/2026,Birmingham City Council term dates 2026 to 2027
"""

_NAMES = {
    TermEvent.OCTOBER_HALF_TERM: (
        "october half term",
        "autumn half term",
        "half term",
        "half term holiday",
        "half term break",
        "october half term holiday",
        "autumn half term holiday",
        "october break",
        "october holiday",
    ),
    TermEvent.SUMMER_HOLIDAY: ("summer holiday", "summer holidays", "summer break", "summer"),
    None: ("inset day", "inset days", "inset", "training day", "staff training day"),
}
_EVENTS = {name: event for event, names in _NAMES.items() for name in names}
_YEARS = range(2000, 2101)
_LONGEST_TRAINING = 14  # days
_LONGEST_BREAK = 120  # days
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A row that was read; its event is None for INSET days."""

    row: Row
    la_code: str
    event: TermEvent | None
    days: Days


def read_term_date_rows(path: Path, *, area: Area | None) -> tuple[list[GivenDates], list[str]]:
    """The breaks in this file, and what looks odd; with an area given, rows of another are wrong.

    Raises:
        FileRefused: with every problem found.
    """
    rows = list(read_rows(path, columns=COLUMNS, command=COMMAND))
    entries = [entry for row in rows if (entry := _entry(row, area)) is not None]
    given = list(_given(entries))
    problems = [problem for row in rows for problem in row.problems]
    if not given and not problems:
        problems.append(
            f"{path.name}: there is no October half-term and no summer holiday below the header. Add a row for each"
            " break. INSET days alone change nothing."
        )
    if problems:
        raise FileRefused(problems)
    warnings = [f"{row.where}: {oddity}" for row, dates in given for oddity in oddities(dates)]
    return [dates for _, dates in given], warnings


def _given(entries: Sequence[_Entry]) -> Iterator[tuple[Row, GivenDates]]:
    """Each break once, without the INSET days that touch it; a second one that differs is a problem."""
    known: dict[tuple[str, TermEvent, int], tuple[Row, GivenDates]] = {}
    for entry in entries:
        if entry.event is None:
            continue
        dates = _dates(entry, entry.event, _insets(entries, entry.la_code))
        if dates is None:
            continue
        key = dates.la_code, dates.event, dates.school_year
        first, standing = known.setdefault(key, (entry.row, dates))
        if first is entry.row:
            yield entry.row, dates
        elif (standing.start, standing.end) != (dates.start, dates.end):
            line = first.where.rpartition(" ")[2]
            entry.row.wrong(
                f"line {line} gives other dates for the same {dates.event} of the same area and school year. One break"
                " is one row: put the weeks together, or remove one of the two."
            )


def _insets(entries: Sequence[_Entry], la_code: str) -> frozenset[date]:
    return frozenset(
        day
        for entry in entries
        if entry.event is None and entry.la_code == la_code
        for day in days_of(entry.days)
    )


def _dates(entry: _Entry, event: TermEvent, insets: frozenset[date]) -> GivenDates | None:
    days = without_insets(entry.days, insets)
    if days is None:
        entry.row.wrong(
            "every day of this break is an INSET day in this file, so no day of it is left. Correct one of the two."
        )
        return None
    return GivenDates(
        la_code=entry.la_code,
        event=event,
        school_year=school_year_of(days.start),
        start=days.start,
        end=days.end,
        last_day=last_day_with_pupils(days.start, insets),
        source=entry.row.cells["source"],
    )


def _entry(row: Row, area: Area | None) -> _Entry | None:
    row.cells["source"] = row.cells["source"] or row.where.rpartition(" line ")[0]
    found = _area(row, area)
    event = _event(row)
    days = _days(row, one_day=event is None)
    if days is not None and not row.problems:
        _check_place(row, event, days)
    if found is None or days is None or row.problems:
        return None
    return _Entry(row=row, la_code=found.la_code, event=event, days=days)


def _area(row: Row, wanted: Area | None) -> Area | None:
    """The area that the row names by code, by name or, the best, by both."""
    found: list[Area] = []
    for column in ("la_code", "area"):
        words = row.cells[column]
        if not words:
            continue
        try:
            found.append(find_area(words))
        except AreaRefused as refusal:
            row.wrong(f"{column}: {refusal}")
            return None
    found = found or ([wanted] if wanted else [])
    if not found:
        row.wrong("la_code and area are empty. Fill them in, such as 330 and Birmingham.")
        return None
    if found[0] != found[-1]:
        row.wrong(
            f"{row.cells['la_code']} is the code of {found[0].name}, and area is {found[-1].name}. Correct one of the two."
        )
    elif wanted is not None and found[0] != wanted:
        row.wrong(
            f"this row is for {found[0].name}, and --area is {wanted.name}. Remove one of them."
        )
    return found[0]


def _event(row: Row) -> TermEvent | None:
    words = row.cells["event"]
    name = " ".join(re.findall(r"[^\W\d_]+", words.casefold()))
    if name not in _EVENTS:
        row.wrong(
            f"event is {words!r}. It must be one of: {', '.join(TermEvent)}, inset day. Remove rows for other breaks."
        )
        return None
    return _EVENTS[name]


def _days(row: Row, *, one_day: bool) -> Days | None:
    start = _date(row, "start", row.cells["start"])
    end = _date(row, "end", row.cells["end"] or (row.cells["start"] if one_day else ""))
    if start is None or end is None:
        return None
    if end < start:
        row.wrong(
            f"end is {row.cells['end']}, before start, {row.cells['start']}. Correct one of the two dates."
        )
        return None
    return Days(start=start, end=end)


def _check_place(row: Row, event: TermEvent | None, days: Days) -> None:
    length = (days.end - days.start).days + 1
    if length > (_LONGEST_BREAK if event else _LONGEST_TRAINING):
        row.wrong(
            f"from {days.start} to {days.end} are {length} days, too many. Correct the dates."
        )
    elif event is not None and not lies_in_place(event, days):
        row.wrong(
            f"from {days.start} to {days.end} is no {event}: Vigil takes for that a break that {PLACES[event]}."
            " Correct the dates, or remove the row."
        )


def _date(row: Row, column: str, words: str) -> date | None:
    """A date written the day first or the ISO way; any other is a problem."""
    match = _DAY_FIRST.fullmatch(words)
    try:
        day = (
            date(int(match[4]), int(match[3]), int(match[1]))
            if match
            else date.fromisoformat(words)
        )
    except ValueError:
        row.wrong(
            f"{column} is {words!r}. Write the date as 2026-10-19 or 19/10/2026, the day first."
        )
        return None
    if day.year not in _YEARS:
        row.wrong(f"{column} is {words!r}, in the year {day.year}. Correct the year.")
        return None
    return day

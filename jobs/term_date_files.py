"""Term dates from a council: an .ics calendar or a CSV file. Reads and checks; storing is for the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from jobs.calendar_files import Happening, is_calendar, read_calendar
from jobs.calendars import Days, is_working_day
from jobs.closures import Closure, Found, find_breaks
from jobs.term_breaks import (
    PLACES,
    last_day_with_pupils,
    lies_in_place,
    oddities,
    said,
    school_year_of,
)
from jobs.term_date_rows import COMMAND, TEMPLATE, read_term_date_rows
from storage.areas import Area
from storage.calendar_models import GivenDates, TermEvent
from storage.errors import FileRefused

__all__ = ["TEMPLATE", "TermDateFile", "read_term_dates"]

_DAY = timedelta(days=1)
_LAST_DAYS = timedelta(days=10)  # a term that ends so long before a break ends for it
_THURSDAY = 3


@dataclass(frozen=True, kw_only=True)
class TermDateFile:
    """The breaks in a file, and what only looks odd about them, as sentences that name the place."""

    dates: tuple[GivenDates, ...]
    warnings: tuple[str, ...]


def read_term_dates(path: Path, *, area: Area | None) -> TermDateFile:
    """The breaks in this file. A calendar file names no area, so it needs one; a CSV file does not.

    Raises:
        FileRefused: with every problem found; nothing of the file is to be imported.
    """
    content = _content(path)
    if not is_calendar(content) and path.suffix.lower() not in (".ics", ".ical"):
        dates, warnings = read_term_date_rows(path, area=area)
    elif area is None:
        problem = f"{path.name}: a calendar file names no area. Say whose dates these are: --area CODE, such as --area 330."
        raise FileRefused([problem])
    else:
        dates, warnings = _read_calendar_dates(path, content, area)
    return TermDateFile(dates=tuple(dates), warnings=tuple(warnings))


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else "it cannot be read"
        problem = f"{path}: {reason}. Check the path."
        raise FileRefused([problem]) from None
    start = content[:2000].replace(b"\0", b"").lower()
    if not content.strip():
        problem = f"{path.name}: the file is empty. Download or save it again."
    elif b"<html" in start or b"<!doctype" in start:
        problem = f"{path.name} line 1: this is a web page, not a file of dates. Download the file itself from the page."
    elif content.startswith(b"PK\x03\x04"):
        problem = f"{path.name}: this is a workbook or a zip file. Save the sheet as CSV."
    else:
        return content
    raise FileRefused([problem])


def _read_calendar_dates(
    path: Path, content: bytes, area: Area
) -> tuple[list[GivenDates], list[str]]:
    happenings = read_calendar(path, content)
    found = find_breaks(happenings)
    problems = list(_problems(path, found))
    if problems:
        raise FileRefused(problems)
    dates: list[GivenDates] = []
    warnings = list(_repeats(happenings))
    for (event, school_year), (closure, *_) in sorted(found.breaks.items(), key=_by_start):
        dates.append(
            GivenDates(
                la_code=area.la_code,
                event=event,
                school_year=school_year,
                start=closure.days.start,
                end=closure.days.end,
                last_day=_last_day(closure.days.start, found),
                source=path.name,
            )
        )
        warnings += [f"{closure.where}: {oddity}" for oddity in oddities(dates[-1])]
        warnings += [*closure.notes, *_contradictions(closure, dates[-1], found)]
    return dates, [*warnings, *_summers_without_end(found)]


def _by_start(item: tuple[tuple[TermEvent, int], list[Closure]]) -> date:
    return item[1][0].days.start


def _problems(path: Path, found: Found) -> Iterator[str]:
    for (event, school_year), closures in found.breaks.items():
        if len(closures) > 1:
            each = "; ".join(
                f"{closure.where}, {said(closure.days.start)} to {said(closure.days.end)}"
                for closure in closures
            )
            yield (
                f"{path.name}: there are several different breaks that can be the {event} of {school_year} to"
                f" {school_year + 1}: {each}. Remove those that are not, or give the dates in a CSV file."
            )
    if found.breaks:
        return
    for closure in found.only_insets:
        yield f"{closure.where}: every day of this break is an INSET day, so no day of it is left. Correct the calendar."
    places = " or ".join(f"{PLACES[event]} ({event})" for event in TermEvent)
    yield (
        f"{path.name}: no break was found. Vigil looks for days without pupils, named or between two terms, of which"
        f" the time {places}. Give the dates in a CSV file: {COMMAND} --template prints an example."
    )


def _last_day(start: date, found: Found) -> date:
    """The last day with pupils, as INSET days and the end of the term say; an earlier one errs early."""
    last = last_day_with_pupils(start, found.insets)
    ends = [day for day, _ in found.term_marks(starts=False) if start - _LAST_DAYS <= day < start]
    if not ends or any(max(ends) < day < start for day, _ in found.term_marks(starts=True)):
        return last
    return min(last, last_day_with_pupils(max(ends) + _DAY, found.insets))


def _contradictions(closure: Closure, dates: GivenDates, found: Found) -> Iterator[str]:
    days = closure.days
    for starts, remedy in (
        (False, "If pupils are in school that day, the break starts after it."),
        (True, "If pupils are in school that day, the break ends before it."),
    ):
        for day, told_by in found.term_marks(starts=starts):
            if day in days and is_working_day(day) and day not in found.insets:
                yield f"{told_by.where}: it is on {said(day)}, within the {dates.event}. {remedy}"
    if dates.last_day != last_day_with_pupils(days.start, found.insets):
        yield (
            f"{closure.where}: the term ends on {said(dates.last_day)}, and the break starts on {said(days.start)}, with"
            " school days between them that are no INSET days. The earlier day is taken for the last day with pupils."
        )
    if closure.named and dates.event is TermEvent.OCTOBER_HALF_TERM and _misses_friday(days, found):
        yield (
            f"{closure.where}: this break ends on {said(days.end)}. The end in a calendar file is the day after the"
            " last day. Check that pupils are in school on the Friday."
        )


def _misses_friday(days: Days, found: Found) -> bool:
    on_thursday = days.end.weekday() == _THURSDAY and days.end > days.start
    return on_thursday and days.end + _DAY not in found.insets


def _repeats(happenings: list[Happening]) -> Iterator[str]:
    for happening in happenings:
        if happening.repeats:
            yield (
                f"{happening.where}: this event repeats, and only its first days, from {said(happening.days.start)}, were"
                " read. Give the other days as events of their own."
            )


def _summers_without_end(found: Found) -> Iterator[str]:
    """Where a term ends in summer and the file does not say when the next starts, no holiday was read."""
    ends = {
        school_year_of(day): (day, told_by)
        for day, told_by in found.term_marks(starts=False)
        if lies_in_place(TermEvent.SUMMER_HOLIDAY, Days(start=day, end=day))
    }
    for school_year, (day, told_by) in ends.items():
        if (TermEvent.SUMMER_HOLIDAY, school_year) not in found.breaks:
            yield (
                f"{told_by.where}: the term ends on {said(day)}, and the file does not say when the next one starts, so no"
                f" summer holiday of {day.year} was read. Give it in a CSV file, or with the next year’s calendar."
            )

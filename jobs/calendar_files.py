"""School calendars as councils publish them: .ics files, read into events on London days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jobs.calendar_words import Meaning, meaning
from jobs.calendars import Days
from jobs.csv_file import text_of
from storage.clock import LONDON
from storage.errors import FileRefused

if TYPE_CHECKING:
    from icalendar import Event

_DAY = timedelta(days=1)
_YEARS = range(2000, 2101)
_LONGEST = 400  # days; nothing that a school calendar says lasts longer
_SHORT = timedelta(hours=4)  # training of an hour or two after lessons is no INSET day
#: What icalendar raises where text is damaged: AttributeError for VALUE given twice, OSError for TZID=Europe.
_DAMAGED = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OSError,
    OverflowError,
    RecursionError,
)
_SHOWN = 60  # characters of a name in a sentence


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event that says something about pupils."""

    where: str
    name: str
    days: Days
    meaning: Meaning
    repeats: bool = False


def is_calendar(content: bytes) -> bool:
    """Whether this is a calendar file, whatever its name."""
    return text_of(content)[:200].lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCALENDAR")


def read_calendar(path: Path, content: bytes) -> list[Happening]:
    """The events of a calendar file that say something about pupils, in the order of their days.

    Raises:
        FileRefused: it is no calendar, or such an event has days that cannot be read.
    """
    happenings: list[Happening] = []
    problems: list[str] = []
    for event in _events(path, content):
        name = " ".join(str(event.get("SUMMARY", "")).split())
        where = f"{path.name}, event ‘{_shown(name)}’"
        try:
            found = _happening(event, name, where)
        except ValueError as error:
            if meaning(name, days=1) is not Meaning.NOTHING:
                problems.append(f"{where}: {error}")
        else:
            happenings += [found] if found else []
    if problems:
        raise FileRefused(problems)
    return sorted(happenings, key=lambda happening: (happening.days.start, happening.days.end))


def _events(path: Path, content: bytes) -> Sequence["Event"]:
    from icalendar import Calendar, Event  # noqa: PLC0415  it takes long to import, and few commands need it

    if not is_calendar(content):
        problem = f"{path.name} line 1: this is not a calendar file. Download the .ics file again, or give a CSV file."
        raise FileRefused([problem])
    try:
        # As bytes: a short text would be taken for a path.
        calendars = Calendar.from_ical(text_of(content).encode(errors="replace"), multiple=True)
        found = [each for calendar in calendars for each in calendar.walk("VEVENT")]
        return [event for event in found if isinstance(event, Event)]
    except _DAMAGED as error:
        problem = (
            f"{path.name}: this calendar file is broken ({_shown(str(error))}). Download it again, or give a CSV"
            " file."
        )
        raise FileRefused([problem]) from None


def _happening(event: "Event", name: str, where: str) -> Happening | None:
    """The event on its days, both included; the end that a calendar file gives is the day after.

    Raises:
        ValueError: the days cannot be read; its text is a sentence with the remedy.
    """
    try:
        start, end = event.start, event.end
    except _DAMAGED:
        raise ValueError(
            "its start or end cannot be read. Correct the event, or give its dates in a CSV file."
        ) from None
    if start.year not in _YEARS or end.year not in _YEARS:
        return None
    if _moment(end) < _moment(start):
        raise ValueError(
            f"it ends on {end:%d/%m/%Y}, before it starts on {start:%d/%m/%Y}. Correct one of the two dates."
        )
    days = Days(start=_london_day(start), end=max(_london_day(start), _last_day(end)))
    length = (days.end - days.start).days + 1
    means = meaning(name, days=length)
    if means is Meaning.NOTHING or (means is Meaning.INSET and _is_short(start, end)):
        return None
    if length > _LONGEST or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    where = f"{where} of {days.start.day} {days.start:%B %Y}"
    return Happening(where=where, name=name, days=days, meaning=means, repeats="RRULE" in event)


def _moment(at: date) -> datetime:
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day, tzinfo=LONDON)
    return at.astimezone(LONDON) if at.tzinfo else at.replace(tzinfo=LONDON)


def _london_day(at: date) -> date:
    return _moment(at).date()


def _last_day(end: date) -> date:
    """The last day before an end that is not included."""
    moment = _moment(end)
    return moment.date() - _DAY if moment.time() == moment.min.time() else moment.date()


def _is_short(start: date, end: date) -> bool:
    return isinstance(start, datetime) and timedelta() < _moment(end) - _moment(start) < _SHORT


def _shown(words: str) -> str:
    plain = re.sub(r"[^\x20-\x7e\u00a0-\uffff]+", " ", words).strip()
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"

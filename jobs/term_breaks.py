"""The rules by which a break in a file becomes an area's dates, and what looks odd about it. Pure.

The rules are those of docs/term-dates.md. All days are London days, both ends included.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from jobs.calendars import Days, is_working_day
from storage.calendar_models import GivenDates, TermEvent

_DAY = timedelta(days=1)
_AUGUST = 8
_MONDAY, _FRIDAY, _SATURDAY = 0, 4, 5
_LONGEST_OCTOBER_BREAK = 16  # two weeks with the weekend before and the one after
_SHORTEST_SUMMER, _LONGEST_SUMMER = 4, 8  # weeks

#: Where a break must lie, in words for people.
PLACES = {
    TermEvent.OCTOBER_HALF_TERM: "has days between 10 October and 8 November",
    TermEvent.SUMMER_HOLIDAY: "starts between 1 July and 10 August",
}


def lies_in_place(event: TermEvent, days: Days) -> bool:
    """Whether a break on these days can be this one. No name is asked, for names mislead."""
    year = days.start.year
    if event is TermEvent.OCTOBER_HALF_TERM:
        return days.start <= date(year, 11, 8) and days.end >= date(year, 10, 10)
    return date(year, 7, 1) <= days.start <= date(year, 8, 10)


def school_year_of(day: date) -> int:
    """2026 is 1 August 2026 to 31 July 2027."""
    return day.year if day.month >= _AUGUST else day.year - 1


def days_of(days: Days) -> list[date]:
    """Each day, in order."""
    return [days.start + number * _DAY for number in range((days.end - days.start).days + 1)]


def without_insets(days: Days, insets: frozenset[date]) -> Days | None:
    """The break without the INSET days at its ends; None when no day is left. Those within it stay."""
    each = days_of(days)
    start, end = _first_day_off(each, insets), _first_day_off(each[::-1], insets)
    return Days(start=start, end=end) if start and end else None


def _first_day_off(each: Sequence[date], insets: frozenset[date]) -> date | None:
    """Past INSET days, with the weekends before and between them; where there are none, the very first day."""
    passed = False
    for day in each:
        if day.weekday() >= _SATURDAY:
            continue
        if day not in insets:
            return day if passed else each[0]
        passed = True
    return None if passed else each[0]


def last_day_with_pupils(start: date, insets: frozenset[date]) -> date:
    """The last working day before a break that is no INSET day."""
    day = start - _DAY
    while day in insets or not is_working_day(day):
        day -= _DAY
    return day


def said(day: date) -> str:
    """A day as people write it."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def oddities(dates: GivenDates) -> Iterator[str]:
    """What looks wrong about a break, though it can be right: sentences that follow the place in the file."""
    october = dates.event is TermEvent.OCTOBER_HALF_TERM
    length = (dates.end - dates.start).days + 1
    if length == 1:
        yield f"this break has one day, {said(dates.start)}. Check its end."
    elif october and length > _LONGEST_OCTOBER_BREAK:
        yield (
            f"this break has {length} days, and an October half-term has two weeks at most. Check that both dates are"
            " those of the break, not of the term."
        )
    elif not october and not _SHORTEST_SUMMER <= length / 7 <= _LONGEST_SUMMER:
        yield (
            f"this summer holiday has {length} days, and most have {_SHORTEST_SUMMER} to {_LONGEST_SUMMER} weeks."
            " Check both dates."
        )
    yield from _odd_ends(dates, one_day=length == 1)


def _odd_ends(dates: GivenDates, *, one_day: bool) -> Iterator[str]:
    if dates.start.weekday() >= _SATURDAY:
        yield f"this break starts at a weekend, on {said(dates.start)}. Give the first weekday."
    elif dates.start.weekday() == _FRIDAY and not one_day:
        yield (
            f"this break starts on {said(dates.start)}, which seems to be the last school day. If it is, the break"
            " starts on the next weekday."
        )
    if dates.end.weekday() >= _SATURDAY and not one_day:
        yield f"this break ends at a weekend, on {said(dates.end)}. Give the last weekday."
    elif dates.end.weekday() == _MONDAY and is_working_day(dates.end) and not one_day:
        yield (
            f"this break ends on {said(dates.end)}, which seems to be the day pupils return. If it is, the break"
            " ends on the Friday before."
        )

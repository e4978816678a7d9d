"""Term breaks, working days and London's wall time. Pure.

The rules and their numbers are those of docs/term-dates.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import MO, relativedelta

from storage.calendar_models import StandingDates, TermEvent
from storage.clock import LONDON
from storage.vocabulary import Certainty
from storage.wishes import HOURS

OPENING = time(HOURS.start)  # office hours are from 9am and before 5pm
CLOSING = time(HOURS.stop)
_SATURDAY = 5
#: From the least to the most certain; a joint partnership is as certain as its least certain area.
_HOW_CERTAIN = (Certainty.ESTIMATED, Certainty.LEAD, Certainty.COUNCIL)


@dataclass(frozen=True, kw_only=True)
class Days:
    """A run of London days, both ends included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, kw_only=True)
class TermBreak:
    """A partnership's break, the last day with pupils before it, and how sure that is."""

    holiday: Days
    deadline_day: date
    certainty: Certainty


Standing = Mapping[tuple[str, TermEvent, int], StandingDates]


def by_area(dates: Iterable[StandingDates]) -> Standing:
    """Standing dates, to be looked up by area, break and school year."""
    return {(each.dates.la_code, each.dates.event, each.dates.school_year): each for each in dates}


def term_break(
    event: TermEvent, la_codes: Sequence[str], *, school_year: int, standing: Standing
) -> TermBreak:
    """A partnership's own break: from its areas' first start to their last end.

    An area without dates of its own gets the estimate. The deadline is the earliest of the areas'.
    """
    breaks = [
        _given(standing[key])
        if (key := (code, event, school_year)) in standing
        else _estimate(event, school_year)
        for code in la_codes
    ] or [_estimate(event, school_year)]
    return TermBreak(
        holiday=Days(
            start=min(each.holiday.start for each in breaks),
            end=max(each.holiday.end for each in breaks),
        ),
        deadline_day=min(each.deadline_day for each in breaks),
        certainty=min((each.certainty for each in breaks), key=_HOW_CERTAIN.index),
    )


def _given(standing: StandingDates) -> TermBreak:
    dates = standing.dates
    return TermBreak(
        holiday=Days(start=dates.start, end=dates.end),
        deadline_day=dates.last_day,
        certainty=standing.certainty,
    )


def _estimate(event: TermEvent, school_year: int) -> TermBreak:
    if event is TermEvent.OCTOBER_HALF_TERM:
        return _usual_october_half_term(school_year)
    return _usual_summer_holiday(school_year)


def _usual_october_half_term(school_year: int) -> TermBreak:
    """The Monday that falls on 22 to 28 October, for five days; the deadline is the Friday before.

    Where 21 October is a Monday the sources disagree on the week: the estimate errs early, and both weeks
    are free of chasing.
    """
    monday = date(school_year, 10, 22) + relativedelta(weekday=MO)
    earliest = date(school_year, 10, 21) + relativedelta(weekday=MO)
    return TermBreak(
        holiday=Days(start=earliest, end=monday + timedelta(days=4)),
        deadline_day=earliest - timedelta(days=3),
        certainty=Certainty.ESTIMATED,
    )


def _usual_summer_holiday(school_year: int) -> TermBreak:
    """From 22 July, or the next weekday, to 31 August: within three days for nine areas in ten in 2019."""
    start = date(school_year + 1, 7, 22)
    while start.weekday() >= _SATURDAY:
        start += timedelta(days=1)
    return TermBreak(
        holiday=Days(start=start, end=date(school_year + 1, 8, 31)),
        deadline_day=last_weekday_before(start),
        certainty=Certainty.ESTIMATED,
    )


def last_weekday_before(day: date) -> date:
    """The last Monday to Friday before that day."""
    day -= timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day


def london(day: date, at: time = OPENING) -> datetime:
    """That wall time in London on that day: 9am is 9am on both sides of a clock change."""
    return datetime.combine(day, at, tzinfo=LONDON)


def is_working_day(day: date, quiet: Sequence[Days] = ()) -> bool:
    """Whether somebody may be messaged that day: no weekend, no bank holiday in England, no quiet days."""
    return (
        day.weekday() < _SATURDAY
        and day not in bank_holidays(day.year)
        and not any(day in days for days in quiet)
    )


def working_day_on_or_after(day: date, quiet: Sequence[Days] = ()) -> date:
    """The first working day from that day on."""
    while not is_working_day(day, quiet):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int, quiet: Sequence[Days] = ()) -> date:
    """The working day that is `count` working days after that day."""
    for _ in range(count):
        day = working_day_on_or_after(day + timedelta(days=1), quiet)
    return day


def next_office_hours(
    at: datetime, *, zone: ZoneInfo, quiet: Sequence[Days] = (), opens: time = OPENING
) -> datetime:
    """The first instant from `at` on that lies in somebody's office hours, in their own zone.

    What has to wait for them to begin comes at `opens`, the hour at which that person wants to be reminded.
    """
    local = at.astimezone(zone)
    day = local.date()
    if local.time() >= CLOSING:
        day += timedelta(days=1)
    allowed = working_day_on_or_after(day, quiet)
    if allowed == local.date() and local.time() >= OPENING:
        return at
    return datetime.combine(allowed, opens, tzinfo=zone)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> Mapping[date, str]:
    """England's bank holidays of a calendar year, substitute days included, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))

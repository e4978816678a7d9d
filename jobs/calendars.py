"""Term dates, working days and London's wall time. Pure.

The rules and their numbers are those of docs/term-dates.md: an area's break, the deadline before it, and
the days on which nobody is messaged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import MO, relativedelta

from storage.clock import LONDON
from storage.vocabulary import Certainty

OPENING = time(9)  # office hours are from 9am and before 5pm
CLOSING = time(17)
_SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Days:
    """A run of London days, both ends included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, kw_only=True)
class TermBreak:
    """A partnership's holiday, the last day with pupils before it, and who says so."""

    holiday: Days
    deadline_day: date
    certainty: Certainty


def october_half_term(la_codes: Sequence[str], *, school_year: int) -> TermBreak:
    """The October break of a partnership that covers these areas, in that school year.

    No area has given dates of its own yet, so all are estimated by one rule: the Monday that falls on 22
    to 28 October, for five days, and the deadline is the Friday before. Where 21 October is a Monday the
    sources disagree on the week; the estimate errs early, and both weeks are free of chasing.
    """
    del la_codes  # the same for every area until areas have dates of their own
    monday = date(school_year, 10, 22) + relativedelta(weekday=MO)
    earliest = date(school_year, 10, 21) + relativedelta(weekday=MO)
    return TermBreak(
        holiday=Days(start=earliest, end=monday + timedelta(days=4)),
        deadline_day=earliest - timedelta(days=3),
        certainty=Certainty.ESTIMATED,
    )


def london(day: date, at: time = OPENING) -> datetime:
    """That wall time in London on that day: 9am is 9am on both sides of a clock change."""
    return datetime.combine(day, at, tzinfo=LONDON)


def is_working_day(day: date, quiet: Sequence[Days] = ()) -> bool:
    """Whether somebody may be messaged that day: no weekend, no bank holiday in England, no quiet days."""
    return (
        day.weekday() < _SATURDAY
        and day not in _bank_holidays(day.year)
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


def next_office_hours(at: datetime, *, zone: ZoneInfo, quiet: Sequence[Days] = ()) -> datetime:
    """The first instant from `at` on that lies in somebody's office hours, in their own zone."""
    local = at.astimezone(zone)
    day = local.date()
    if local.time() >= CLOSING:
        day += timedelta(days=1)
    allowed = working_day_on_or_after(day, quiet)
    if allowed == local.date() and local.time() >= OPENING:
        return at
    return datetime.combine(allowed, OPENING, tzinfo=zone)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))

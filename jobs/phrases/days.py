"""Days in plain words: which days may be meant. Pure; dateutil reads the dates.

'Friday' is the next one. Where two days can be meant, both are given with what has to be asked. A date in
figures has its day first; it is asked back where its month first would be within reach too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil import parser
from dateutil.relativedelta import MO, relativedelta
from dateutil.relativedelta import weekday as next_weekday

from jobs.calendars import working_days_after
from jobs.phrases.vocabulary import MONTHS, NUMBERS, WEEKDAYS
from storage.meanings import Doubt, WhyNot

FURTHEST = timedelta(days=60)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_FRIDAY = 4
_TWO_FIGURES = 99

_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_NUMBER = rf"(?:{'|'.join(NUMBERS)}|\d\d?)"
_NTH = r"\d\d?(?:st|nd|rd|th)?"
_NAMED = rf"(?:(?:the )?{_NTH}(?: of)? {_MONTH}|{_MONTH}(?: the)? {_NTH})(?: \d{{4}})?"
_FIGURES = r"\d\d?(?P<mark>[/.\-])\d\d?(?:(?P=mark)(?:\d{4}|\d\d))?"
_ON = "(?:'s)?(?: time| from now| from today| later)?"
_CLOCK = re.compile(
    r"(?: (?:at |around |about )?(?:\d\d?(?:[:.]\d\d)? ?(?:am|pm)|\d\d?:\d\d|noon|lunchtime)"
    r"| (?:in the )?(?:morning|afternoon)| first thing)+$|^(?:first thing|early) (?=on |monday|tuesday|wednesday|thursday|friday|tomorrow|next)"
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The days that may be meant: `doubt` is what has to be asked first; no day has its `why_not`."""

    days: tuple[date, ...] = ()
    doubt: Doubt | None = None
    why_not: WhyNot | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The days that can be taken: from `earliest` to 60 days from today."""

    today: date
    earliest: date

    def holds(self, day: date) -> bool:
        """Whether that day can be taken."""
        return self.earliest <= day <= self.today + FURTHEST


def find_day(words: str, reach: Reach) -> Found | None:
    """The days meant by plain words, none out of reach; None when they name no day.

    A time of day beside the day is left out: reminders go out at the person's own hour.
    """
    words = re.sub(
        r"^(?:first thing )?(?:on )?(?:first thing )?(?:by )?", "", _CLOCK.sub("", words)
    )
    for pattern, days_of in _RULES:
        if match := pattern.fullmatch(words):
            return _within(reach, days_of(match, reach))
    return None


def length(count: str, unit: str) -> timedelta:
    """How long 'two' 'weeks' are."""
    return (NUMBERS.get(count) or int(count)) * (_WEEK if unit.startswith("week") else _DAY)


def monday_of_next_week(today: date) -> date:
    """Weeks begin on Mondays."""
    return today + relativedelta(days=1, weekday=MO)


def _within(reach: Reach, found: Found) -> Found:
    kept = tuple(day for day in found.days if reach.holds(day))
    if kept:
        stays = len(kept) > 1 or found.doubt in {Doubt.DAY_OR_MONTH, Doubt.DAY_AND_DATE}
        return Found(days=kept, doubt=found.doubt if stays else None)
    if not found.days:
        return found
    return Found(why_not=WhyNot.PAST if found.days[0] < reach.earliest else WhyNot.TOO_FAR)


_DaysOf = Callable[[re.Match[str], Reach], Found]


def _after(days: int) -> _DaysOf:
    return lambda _, reach: Found(days=(reach.today + timedelta(days=days),))


def _next_week(match: re.Match[str], reach: Reach) -> Found:
    name = match["weekday"]
    days = WEEKDAYS.index(name) if name else 0
    return Found(days=(monday_of_next_week(reach.today) + timedelta(days=days),))


def _end_of_week(match: re.Match[str], reach: Reach) -> Found:
    friday = reach.today + timedelta(days=_FRIDAY - reach.today.weekday())
    return Found(days=(friday + _WEEK if match["which"] == "next" else friday,))


def _coming(name: str, today: date) -> date:
    return today + relativedelta(weekday=next_weekday(WEEKDAYS.index(name)))


def _weekday(match: re.Match[str], reach: Reach) -> Found:
    today = reach.today
    if match["which"] == "next":
        coming = _coming(match["weekday"], today + _DAY)
        of_next_week = monday_of_next_week(today) + timedelta(days=coming.weekday())
        days = (coming,) if coming == of_next_week else (coming, of_next_week)
        return Found(days=days, doubt=Doubt.WHICH_WEEK)
    coming = _coming(match["weekday"], today)
    if coming == today:
        return Found(days=(today, today + _WEEK), doubt=Doubt.TODAY_OR_NEXT_WEEK)
    return Found(days=(coming,))


def _week_on(match: re.Match[str], reach: Reach) -> Found:
    name, today = match["weekday"], reach.today
    start = {"today": today, "tomorrow": today + _DAY}.get(name) or _coming(name, today)
    return Found(days=(start + _WEEK,))


def _in_so_many(match: re.Match[str], reach: Reach) -> Found:
    count, unit = match["count"], match["unit"]
    if unit.startswith("working"):
        return Found(days=(working_days_after(reach.today, length(count, "days").days),))
    return Found(days=(reach.today + length(count, unit),))


def _day_of_month(match: re.Match[str], reach: Reach) -> Found:
    """'The 3rd': of this month, or of the next that has such a day."""
    months = [reach.today + relativedelta(day=1, months=ahead) for ahead in range(3)]
    days = [_day_or_none(month.year, month.month, int(match["number"])) for month in months]
    ahead = [day for day in days if day and day >= reach.today]
    return _agreeing(match["weekday"], ahead[0] if ahead else None, reach)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named_date(match: re.Match[str], reach: Reach) -> Found:
    """'3 December', with or without a year: without, the one nearest to today."""
    words = re.sub(r"\b(?:the|of)\b", "", match["date"])
    has_year = re.search(r"\d{4}", words)
    years = (reach.today.year,) if has_year else _years_around(reach)
    nearest = _nearest([_parsed(words, year) for year in years], reach)
    return _agreeing(match["weekday"], nearest, reach)


def _parsed(words: str, year: int) -> date | None:
    new_year = datetime.combine(date(year, 1, 1), time())
    try:
        return parser.parse(words, dayfirst=True, default=new_year).date()
    except (ValueError, OverflowError):
        return None


def _in_figures(match: re.Match[str], reach: Reach) -> Found:
    """'3/12': with the month first only where the other way is out of reach, and never unasked."""
    first, second, *rest = (int(part) for part in re.split(r"\D", match["date"]))
    years = tuple(year if year > _TWO_FIGURES else year + 2000 for year in rest) or _years_around(
        reach
    )
    day_first = _nearest([_day_or_none(year, second, first) for year in years], reach)
    month_first = _nearest([_day_or_none(year, first, second) for year in years], reach)
    both = {day for day in (day_first, month_first) if day is not None and reach.holds(day)}
    if match["weekday"] is None and month_first in both and first != second:
        return Found(days=tuple(sorted(both)), doubt=Doubt.DAY_OR_MONTH)
    return _agreeing(match["weekday"], day_first or month_first, reach)


def _year_first(match: re.Match[str], reach: Reach) -> Found:
    year, month, day = (int(part) for part in match["date"].split("-"))
    return _agreeing(None, _day_or_none(year, month, day), reach)


def _years_around(reach: Reach) -> tuple[int, ...]:
    return (reach.today.year - 1, reach.today.year, reach.today.year + 1)


def _nearest(days: list[date | None], reach: Reach) -> date | None:
    real = [day for day in days if day is not None]
    return min(real, key=lambda day: abs(day - reach.today), default=None)


def _agreeing(name: str | None, day: date | None, reach: Reach) -> Found:
    """A date with its day of the week, where one was said: a doubt, where they disagree."""
    if day is None:
        return Found(why_not=WhyNot.NO_SUCH_DAY)
    if name is None or day.weekday() == WEEKDAYS.index(name):
        return Found(days=(day,))
    return Found(days=(day, _coming(name, reach.today)), doubt=Doubt.DAY_AND_DATE)


_RULES: list[tuple[re.Pattern[str], _DaysOf]] = [
    (re.compile(pattern), days_of)
    for pattern, days_of in [
        ("today|later today|tonight|this evening", _after(0)),
        ("tomorrow", _after(1)),
        ("(?:the )?day after tomorrow", _after(2)),
        (rf"yesterday|last (?:week|month|{_WEEKDAY})", _after(-1)),
        (rf"next week(?: on)?(?: (?P<weekday>{_WEEKDAY}))?", _next_week),
        (rf"(?P<weekday>{_WEEKDAY}) (?:of )?next week", _next_week),
        ("(?:the )?end of (?P<which>the|this|next) week", _end_of_week),
        (rf"(?:(?P<which>this|next|this coming|coming) )?(?P<weekday>{_WEEKDAY})", _weekday),
        (rf"(?:a )?week (?:on |from )?(?P<weekday>{_WEEKDAY}|today|tomorrow)", _week_on),
        (rf"(?P<weekday>{_WEEKDAY}|today|tomorrow) week", _week_on),
        (
            rf"(?:in |for |after )?(?P<count>{_NUMBER})(?: of)? (?P<unit>(?:working )?days?|weeks?){_ON}",
            _in_so_many,
        ),
        ("(?:in |for )?a fortnight(?:'s)?(?: time)?", _after(14)),
        (
            rf"(?:(?P<weekday>{_WEEKDAY}) )?(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)",
            _day_of_month,
        ),
        (rf"(?:(?P<weekday>{_WEEKDAY}) )?(?P<date>{_NAMED})", _named_date),
        (r"(?P<date>\d{4}-\d\d?-\d\d?)", _year_first),
        (rf"(?:(?P<weekday>{_WEEKDAY}) )?(?P<date>{_FIGURES})", _in_figures),
    ]
]

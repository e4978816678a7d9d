"""Reminders and absences: what plain words about days ask for. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from jobs.calendars import is_working_day, working_day_on_or_after
from jobs.phrases.days import FURTHEST, Found, Reach, find_day, length, monday_of_next_week
from jobs.phrases.vocabulary import MONTHS, NUMBERS
from storage.meanings import (
    AskBack,
    Away,
    BackNow,
    CannotTake,
    DayOff,
    Doubt,
    Meaning,
    Moved,
    RemindMe,
    WhyNot,
)

_DAY = timedelta(days=1)
#: How words about time begin, 'away over Christmas' and nothing at all among them.
_ABOUT_TIME = re.compile(
    r"$|(?:from|for|until|till|on|in|over|during|between|all|next|this|at|after|now|soon|later|most)\b"
)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


@dataclass(frozen=True, kw_only=True)
class Days:
    """Today in the person's zone, and the first day on which they can still be reminded."""

    today: date
    earliest: date

    @property
    def for_reminders(self) -> Reach:
        """From today, while there are office hours left."""
        return Reach(today=self.today, earliest=self.earliest)

    @property
    def for_absences(self) -> Reach:
        """From today."""
        return Reach(today=self.today, earliest=self.today)


def remind(words: str, days: Days) -> Meaning:
    """A reminder on the day that the words name; which day, when they name none."""
    found = find_day(words, days.for_reminders)
    if found is None:
        soon = (days.today + _DAY, monday_of_next_week(days.today))
        readings = dict.fromkeys(map(reminder_on, soon))
        return AskBack(doubt=Doubt.WHICH_DAY, readings=tuple(readings))
    return _choice(found, reminder_on)


def reminder_on(day: date) -> RemindMe:
    """A reminder on that day, or on the next working day, saying so."""
    if is_working_day(day):
        return RemindMe(on=day)
    because = DayOff.WEEKEND if day.weekday() >= _SATURDAY else DayOff.BANK_HOLIDAY
    return RemindMe(on=working_day_on_or_after(day), moved=Moved(said=day, because=because))


def a_day_alone(words: str, days: Days) -> Meaning | None:
    """'Friday' by itself: a reminder, or away?"""
    found = find_day(words, days.for_reminders)
    if found is None:
        return None
    if not found.days:
        return CannotTake(why=found.why_not or WhyNot.NO_SUCH_DAY)
    absence = absent(words, days)
    absences = absence.readings if isinstance(absence, AskBack) else (absence,) if absence else ()
    return AskBack(doubt=Doubt.REMIND_OR_AWAY, readings=(*map(reminder_on, found.days), *absences))


def absent(words: str, days: Days) -> Meaning | None:
    """An absence over the days that the words name; until when, when they do not say; None for other words."""
    for pattern, meaning_of in _ABSENCES:
        if (match := pattern.fullmatch(words)) and (meaning := meaning_of(match, days)):
            return meaning
    return AskBack(doubt=Doubt.UNTIL_WHEN) if _ABOUT_TIME.match(words) else None


def back(words: str, days: Days) -> Meaning | None:
    """'Back on Monday': away until the day before."""
    found = find_day(words, days.for_absences)
    if found is None:
        return AskBack(doubt=Doubt.UNTIL_WHEN) if _ABOUT_TIME.match(words) else None
    return _choice(found, lambda day: _back_on(day, days))


def _back_on(day: date, days: Days) -> Away | BackNow:
    return BackNow() if day == days.today else Away(first=days.today, last=day - _DAY)


def _choice(found: Found, meaning: Callable[[date], RemindMe | Away | BackNow]) -> Meaning:
    if not found.days:
        return CannotTake(why=found.why_not or WhyNot.NO_SUCH_DAY)
    readings = tuple(dict.fromkeys(map(meaning, found.days)))
    if found.doubt is None:
        return readings[0]
    return AskBack(doubt=found.doubt, readings=readings)


# Absences


def _this_week(_: re.Match[str], days: Days) -> Meaning:
    to_friday = _FRIDAY - days.today.weekday()
    left = to_friday if to_friday >= 0 else _SUNDAY - days.today.weekday()
    return Away(first=days.today, last=days.today + timedelta(days=left))


def _next_week(_: re.Match[str], days: Days) -> Meaning:
    monday = monday_of_next_week(days.today)
    return Away(first=monday, last=monday + timedelta(days=_FRIDAY))


def _week_of(match: re.Match[str], days: Days) -> Meaning | None:
    """'The week of 7 December', a Monday; of another day it is not clear which week is meant."""
    found = find_day(match["first"], days.for_absences)
    if found is None or len(found.days) != 1 or found.days[0].weekday():
        return None
    return Away(first=found.days[0], last=found.days[0] + timedelta(days=_FRIDAY))


def _for_so_long(match: re.Match[str], days: Days) -> Meaning | None:
    span = timedelta(days=14) if match["count"] is None else length(match["count"], match["unit"])
    first = _first(match["first"], days)
    if first is None:
        return None
    return _absences(first, lambda day: Found(days=(day + span - _DAY,)), days)


def _until(match: re.Match[str], days: Days) -> Meaning | None:
    """Whether somebody away until Friday is back on Friday, only they know."""

    def ends(day: date) -> Found:
        last = _last(match["last"], day, days)
        either = tuple(end for each in last.days for end in (each - _DAY, each) if end >= day)
        return Found(days=either, doubt=Doubt.LAST_DAY_OR_BACK, why_not=last.why_not)

    return _between(match["first"], match["last"], ends, days)


def _from_to(match: re.Match[str], days: Days) -> Meaning | None:
    words, last = match["first"], match["last"]
    if re.fullmatch(r"(?:the )?\d\d?(?:st|nd|rd|th)?", words):  # '7 to 11 December'
        words += "".join(re.findall(rf" (?:of )?(?:{'|'.join(MONTHS)})(?: \d{{4}})?$", last))
    return _between(words, last, lambda day: _last(last, day, days), days)


def _between(
    words: str | None, last: str, ends: Callable[[date], Found], days: Days
) -> Meaning | None:
    """An absence with both ends; None where either is no day."""
    first = _first(words, days)
    if first is None or find_day(last, days.for_absences) is None:
        return None
    return _absences(first, ends, days)


def _two_days(match: re.Match[str], days: Days) -> Meaning | None:
    """'Thursday and Friday'; 'Monday and Wednesday' are not three days, and one absence cannot be two."""
    meaning = _from_to(match, days)
    if isinstance(meaning, Away) and meaning.last - meaning.first > _DAY:
        return AskBack(doubt=Doubt.UNTIL_WHEN)
    return meaning


def _until_back(match: re.Match[str], days: Days) -> Meaning | None:
    def ends(day: date) -> Found:
        returns = _last(match["last"], day, days)
        ends_on = tuple(each - _DAY for each in returns.days)
        return Found(days=ends_on, doubt=returns.doubt, why_not=returns.why_not)

    return _between(match["first"], match["last"], ends, days)


def _single(match: re.Match[str], days: Days) -> Meaning | None:
    first = _first(match["first"], days)
    return None if first is None else _absences(first, lambda day: Found(days=(day,)), days)


def _first(words: str | None, days: Days) -> Found | None:
    return find_day(words, days.for_absences) if words else Found(days=(days.today,))


def _last(words: str, first: date, days: Days) -> Found:
    """The last day, counted from the first: 'Monday to Friday'; but 'next week' is next week today."""
    from_today = re.match(r"next|(?:the )?end of|today|tomorrow|in ", words)
    reach = Reach(today=days.today if from_today else first, earliest=first + _DAY)
    return find_day(words, reach) or Found(why_not=WhyNot.NO_SUCH_DAY)


def _absences(first: Found, ends: Callable[[date], Found], days: Days) -> Meaning:
    """One absence, or what has to be asked about several; none begins or ends out of reach."""
    lasts = {day: ends(day) for day in first.days}
    made = [Away(first=day, last=last) for day, found in lasts.items() for last in found.days]
    kept = tuple(away for away in made if away.last <= days.today + FURTHEST)
    whys = (found.why_not for found in (first, *lasts.values()) if found.why_not)
    if not kept:
        return CannotTake(why=next(whys, WhyNot.TOO_FAR))
    doubt = first.doubt or next((found.doubt for found in lasts.values() if found.doubt), None)
    return kept[0] if doubt is None else AskBack(doubt=doubt, readings=kept)


_NUMBER = rf"(?:{'|'.join(NUMBERS)}|\d\d?)"
_LENGTH = rf"(?:(?P<count>{_NUMBER})(?: of)? (?P<unit>days?|weeks?)|a fortnight)"
_ABSENCES: list[tuple[re.Pattern[str], Callable[[re.Match[str], Days], Meaning | None]]] = [
    (re.compile(pattern), meaning_of)
    for pattern, meaning_of in [
        ("(?:all |for )?(?:this week|the rest of (?:the|this) week|(?:of )?the week)", _this_week),
        ("(?:all |for |the whole of )?(?:of )?next week", _next_week),
        (
            r"(?:for |in )?(?:the )?(?:week (?:of|commencing|beginning|starting)|w/c) (?P<first>.+)",
            _week_of,
        ),
        (
            rf"(?:for )?(?:the )?(?:next )?{_LENGTH}(?: (?:from|starting)(?: on)? (?P<first>.+))?",
            _for_so_long,
        ),
        (rf"from (?P<first>.+) for {_LENGTH}", _for_so_long),
        (r"(?:from (?P<first>.+) )?(?:until|till|til) (?P<last>.+)", _until),
        (
            r"(?:from )?(?P<first>.+?) (?:and )?(?:back|returning)(?: on| in)? (?P<last>.+)",
            _until_back,
        ),
        (r"(?:from )?(?P<first>.+?) (?:to|through) (?P<last>.+)", _from_to),
        ("between (?P<first>.+?) and (?P<last>.+)", _from_to),
        ("(?:both )?(?P<first>.+?) and (?P<last>.+)", _two_days),
        (r"(?P<first>.+)", _single),
    ]
]

"""Which events of a school calendar are the October break and the summer holiday: by date, not by name. Pure.

A break is what a calendar calls a closure, or what lies between the end of one term and the start of the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from jobs.calendar_files import Happening
from jobs.calendar_words import SPAN, Meaning
from jobs.calendars import Days, is_working_day
from jobs.term_breaks import days_of, lies_in_place, said, school_year_of, without_insets
from storage.calendar_models import TermEvent

_DAY = timedelta(days=1)
_SHORTEST_SUMMER = 14  # days; a shorter closure in July is not the summer holiday
_LONGEST_GAP = 70  # days; in a longer one the start of a term is missing
_LONGEST_BRIDGE = 14  # days between two closures that are one break
_LONGEST_TRAINING = 14  # days of INSET on end
_SATURDAY = 5
_OF_TERM = (Meaning.TERM, Meaning.TERM_STARTS, Meaning.TERM_ENDS)


@dataclass(frozen=True, kw_only=True)
class Closure:
    """Days without pupils, and without the INSET days that touch them, with the place in the file."""

    where: str
    days: Days
    named: bool  # the calendar names these days, not only the terms around them
    notes: tuple[str, ...] = ()

    @property
    def working_days(self) -> int:
        """Days on which pupils could have been in school."""
        return sum(is_working_day(day) for day in days_of(self.days))


@dataclass(frozen=True, kw_only=True)
class _Edge:
    """Pupils are in school from this day, or until this day."""

    day: date
    starts: bool
    told_by: Happening


@dataclass(kw_only=True)
class Found:
    """The closures of a calendar that are one of the two breaks, by break and school year."""

    insets: frozenset[date]
    breaks: dict[tuple[TermEvent, int], list[Closure]] = field(default_factory=dict)
    edges: tuple[_Edge, ...] = ()
    only_insets: list[Closure] = field(default_factory=list)

    def term_marks(self, *, starts: bool) -> Iterator[tuple[date, Happening]]:
        """The first or the last days of terms, with the events that say so."""
        for edge in self.edges:
            if edge.told_by.meaning in _OF_TERM and edge.starts is starts:
                yield edge.day, edge.told_by


def find_breaks(happenings: Sequence[Happening]) -> Found:
    """Every closure that lies where a break must lie; several for one break contradict each other."""
    insets = frozenset(
        day
        for happening in happenings
        if happening.meaning is Meaning.INSET and _length(happening.days) <= _LONGEST_TRAINING
        for day in days_of(happening.days)
    )
    edges = tuple(sorted(_edges(happenings), key=lambda edge: (edge.day, not edge.starts)))
    found = Found(insets=insets, edges=edges)
    for closure in [*_closed(happenings, insets), *_gaps(edges)]:
        event = _event(closure.days)
        if event is None:
            continue
        days = without_insets(closure.days, insets)
        if days is None:
            found.only_insets.append(closure)
        else:
            key = event, school_year_of(days.start)
            found.breaks.setdefault(key, []).append(replace(closure, days=days))
    found.breaks = {key: _distinct(closures) for key, closures in found.breaks.items()}
    return found


def _event(days: Days) -> TermEvent | None:
    if lies_in_place(TermEvent.OCTOBER_HALF_TERM, days):
        return TermEvent.OCTOBER_HALF_TERM
    long = _length(days) >= _SHORTEST_SUMMER
    return (
        TermEvent.SUMMER_HOLIDAY if long and lies_in_place(TermEvent.SUMMER_HOLIDAY, days) else None
    )


def _distinct(closures: Sequence[Closure]) -> list[Closure]:
    """Without single days where there is a real break, and without what a named closure says already."""
    real = [closure for closure in closures if closure.working_days >= SPAN] or list(closures)
    kept: list[Closure] = []
    for closure in sorted(real, key=lambda closure: not closure.named):
        if not any(_overlap(closure.days, other.days) for other in kept):
            kept.append(closure)
    return kept


def _closed(happenings: Sequence[Happening], insets: frozenset[date]) -> Iterator[Closure]:
    """The closures that the calendar names; those with no day of lessons between them are one."""
    current: Closure | None = None
    for happening in happenings:
        if happening.meaning is not Meaning.CLOSED:
            continue
        following = Closure(where=happening.where, days=happening.days, named=True)
        if current is None:
            current = following
        elif _is_one_break(current.days, following.days, insets):
            current = _joined(current, following)
        else:
            yield current
            current = following
    if current is not None:
        yield current


def _is_one_break(first: Days, second: Days, insets: frozenset[date]) -> bool:
    if (second.start - first.end).days > _LONGEST_BRIDGE:
        return False
    between = [
        day for day in days_of(Days(start=first.end, end=second.start))[1:-1] if is_working_day(day)
    ]
    return all(day in insets for day in between)


def _joined(first: Closure, second: Closure) -> Closure:
    days = Days(start=first.days.start, end=max(first.days.end, second.days.end))
    notes = first.notes
    if _differ(first.days, second.days):
        note = (
            f"{second.where}: it overlaps with another closure and has other days, so the break is read from"
            f" {said(days.start)} to {said(days.end)}. Check that it is so for most schools."
        )
        notes = (*notes, note)
    return replace(first, days=days, notes=notes)


def _differ(first: Days, second: Days) -> bool:
    """Whether two real breaks overlap and have other school days."""
    ours, theirs = (
        {day for day in days_of(days) if is_working_day(day)} for days in (first, second)
    )
    return ours != theirs and bool(ours & theirs) and min(len(ours), len(theirs)) >= SPAN


def _edges(happenings: Sequence[Happening]) -> Iterator[_Edge]:
    for told in happenings:
        days = told.days
        if told.meaning in (Meaning.TERM, Meaning.TERM_STARTS):
            yield _Edge(day=days.start, starts=True, told_by=told)
        if told.meaning in (Meaning.TERM, Meaning.TERM_ENDS):
            yield _Edge(day=days.end, starts=False, told_by=told)
        if told.meaning is Meaning.BREAK_STARTS:
            yield _Edge(day=days.start - _DAY, starts=False, told_by=told)
        if told.meaning is Meaning.BREAK_ENDS:
            yield _Edge(day=days.end + _DAY, starts=True, told_by=told)


def _gaps(edges: Sequence[_Edge]) -> Iterator[Closure]:
    """What lies between the last day of one term and the first of the next, without the weekends around it."""
    for last, first in pairwise(edges):
        if last.starts or not first.starts or not 1 < (first.day - last.day).days <= _LONGEST_GAP:
            continue
        between = days_of(Days(start=last.day + _DAY, end=first.day - _DAY))
        weekdays = [day for day in between if day.weekday() < _SATURDAY]
        if weekdays:
            days = Days(start=weekdays[0], end=weekdays[-1])
            yield Closure(where=last.told_by.where, days=days, named=False)


def _overlap(first: Days, second: Days) -> bool:
    return first.start <= second.end and second.start <= first.end


def _length(days: Days) -> int:
    return (days.end - days.start).days + 1

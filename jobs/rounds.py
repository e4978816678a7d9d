"""The rounds of a campaign in one partnership, and the days of their steps. Pure.

Source of the rules: docs/term-dates.md.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import MO, relativedelta

from jobs.calendars import Days, TermBreak, working_day_on_or_after, working_days_after
from storage.clock import LONDON
from storage.definitions import Definition, RoundRule, Step, Topic, TopicWeek
from storage.plan_models import ParticipationFacts, RoundDates

_FRIDAY = timedelta(days=4)
_WEEK = timedelta(days=7)


def rounds_of(part: ParticipationFacts, term_break: TermBreak) -> list[RoundDates]:
    """Every round of the campaign in this partnership, in order."""
    match part.definition.rounds.rule:
        case RoundRule.OCTOBER_HALF_TERM:
            return [_review(part, term_break)]
        case RoundRule.SUMMER_WEEKLY:
            return list(_weeks(part, term_break))


def _review(part: ParticipationFacts, term_break: TermBreak) -> RoundDates:
    deadline = term_break.deadline_day
    return RoundDates(
        participation_id=part.participation_id,
        key="review",
        opens_on=min(part.opened_at.astimezone(LONDON).date(), deadline),
        deadline_day=deadline,
        late_until=_late_until(part, deadline),
        quiet_from=term_break.holiday.start,
        quiet_to=term_break.holiday.end,
        certainty=term_break.certainty,
    )


def _weeks(part: ParticipationFacts, term_break: TermBreak) -> Iterator[RoundDates]:
    """One for each Monday of the holiday, and one for the Monday before: week 0.

    The holiday itself is when this is asked, so no days are quiet.
    """
    first = term_break.holiday.start + relativedelta(weekday=MO)
    weeks = max((term_break.holiday.end - first).days // 7 + 1, 0)
    topics = topics_by_week(part.definition, weeks)
    for week in range(weeks + 1):
        monday = first + (week - 1) * _WEEK
        topic = topics.get(week)
        yield RoundDates(
            participation_id=part.participation_id,
            key=f"week-{week}",
            opens_on=working_day_on_or_after(monday),
            deadline_day=monday + _FRIDAY,
            late_until=_late_until(part, monday + _FRIDAY),
            week=week,
            topic=None if topic is None else topic.key,
            certainty=term_break.certainty,
        )


def topics_by_week(definition: Definition, weeks: int) -> dict[int, Topic]:
    """Which topic each week asks, week 0 being the one before the holiday.

    In order from the first week, the last week's always in the last. With fewer weeks than topics the last
    in order are dropped; with more, the weeks between have none.
    """
    before = [topic for topic in definition.topics if topic.week is TopicWeek.WEEK_BEFORE]
    last = [topic for topic in definition.topics if topic.week is TopicWeek.LAST_WEEK]
    in_order = [topic for topic in definition.topics if topic.week is TopicWeek.IN_ORDER]
    found = dict(zip(range(1, weeks + 1 - len(last)), in_order, strict=False))
    if before:
        found[0] = before[0]
    if weeks and last:
        found[weeks] = last[0]
    return found


def _late_until(part: ParticipationFacts, deadline: date) -> date:
    rounds = part.definition.rounds
    if rounds.late_until is not None:
        month, day = map(int, rounds.late_until.split("-"))
        return date(part.school_year, month, day)
    return deadline + timedelta(days=rounds.late_days or 0)


def step_days(definition: Definition, dates: RoundDates) -> list[tuple[Step, date]]:
    """Each step with its London day; one on a day when nothing is sent moves to the next that is."""
    quiet = quiet_days(dates)
    return [(step, _day_of(step, dates, quiet)) for step in definition.steps]


def quiet_days(dates: RoundDates) -> list[Days]:
    """The partnership's own holiday, where nobody is chased in it."""
    if dates.quiet_from is None or dates.quiet_to is None:
        return []
    return [Days(start=dates.quiet_from, end=dates.quiet_to)]


def _day_of(step: Step, dates: RoundDates, quiet: list[Days]) -> date:
    if step.working_days_after is not None:
        return working_days_after(dates.deadline_day, step.working_days_after, quiet)
    if step.days_after_opening is not None:
        monday = dates.deadline_day - _FRIDAY
        return working_day_on_or_after(monday + timedelta(days=step.days_after_opening), quiet)
    return working_day_on_or_after(
        dates.deadline_day - timedelta(days=step.days_before or 0), quiet
    )

"""What would be sent if drafts were opened, and the days that a reader of the plan must know of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import SU, relativedelta
from sqlmodel import Session

from jobs.calendars import bank_holidays, by_area, term_break
from jobs.reminders import reminders
from jobs.wanted import Asked
from storage.calendar_models import TermEvent
from storage.plan_models import ParticipationFacts, PlannedPrompt
from storage.queries.contacts import bodies, holders
from storage.queries.planning_facts import planning_facts
from storage.queries.term_dates import standing_dates
from storage.read_models import Foreseen, ForeseenDuty
from storage.vocabulary import Certainty, PromptKind


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something about a run of London days, both included, that explains the plan."""

    start: date
    end: date
    words: str


def draft_notices(
    session: Session,
    *,
    since: datetime,
    until: datetime | None,
    partnerships: set[int] | None,
    now: datetime,
) -> list[Foreseen]:
    """The reminders of campaigns that nobody has opened yet, as they would be sent."""
    groups: dict[tuple[datetime, int], list[ForeseenDuty]] = defaultdict(list)
    names, people = bodies(session), holders(session)
    for part, rounds in Asked(planning_facts(session, now=now)).drafts:
        if partnerships is not None and part.partnership_id not in partnerships:
            continue
        for prompt in reminders(part, rounds, now=now):
            if (
                prompt.reason is None
                and since <= prompt.planned_for
                and (until is None or prompt.planned_for < until)
            ):
                groups[prompt.planned_for, prompt.post_id].append(_duty(part, prompt, names))
    by_person: dict[tuple[datetime, str], list[ForeseenDuty]] = defaultdict(list)
    for (at, post_id), duties in groups.items():
        by_person[at, people[post_id][0]] += duties
    called = dict(people.values())
    return [
        Foreseen(
            at=at,
            kind=PromptKind.REMINDER,
            to=called[user],
            slack_user_id=user,
            state="draft",
            duties=tuple(duties),
        )
        for (at, user), duties in sorted(by_person.items())
    ]


def _duty(
    part: ParticipationFacts, prompt: PlannedPrompt, names: dict[int, tuple[str, str]]
) -> ForeseenDuty:
    body, partnership = names[prompt.partner_id or 0]
    week, topic = (prompt.round.week, prompt.round.topic) if prompt.round else (None, None)
    title = part.definition.round_title(week=week, topic_key=topic)
    parts = [part.definition.title, title, part.definition.step_words(prompt.step)]
    return ForeseenDuty(partnership=partnership, body=body, step=", ".join(filter(None, parts)))


def marks(
    session: Session, *, first: date, last: date, now: datetime, partnerships: set[int] | None
) -> list[Mark]:
    """Clock changes, bank holidays and the areas' own holidays between two days, in order."""
    facts = planning_facts(session, now=now)
    parts = [
        part
        for part in (*facts.participations, *facts.drafts)
        if partnerships is None or part.partnership_id in partnerships
    ]
    found = [
        *_clock_changes(first, last),
        *_bank_holidays(first, last),
        *_holidays(session, parts, first, last),
    ]
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.words))


def _clock_changes(first: date, last: date) -> Iterator[Mark]:
    for year in range(first.year, last.year + 1):
        forward = date(year, 3, 31) + relativedelta(weekday=SU(-1))
        back = date(year, 10, 31) + relativedelta(weekday=SU(-1))
        for day, words in ((forward, "clocks go forward"), (back, "clocks go back")):
            if first <= day <= last:
                yield Mark(start=day, end=day, words=words)


def _bank_holidays(first: date, last: date) -> Iterator[Mark]:
    for year in range(first.year, last.year + 1):
        for day, name in bank_holidays(year).items():
            if first <= day <= last:
                yield Mark(start=day, end=day, words=f"bank holiday ({name})")


def _holidays(
    session: Session, parts: list[ParticipationFacts], first: date, last: date
) -> Iterator[Mark]:
    standing = by_area(standing_dates(session))
    where: dict[tuple[date, date, TermEvent, Certainty], set[int]] = defaultdict(set)
    for part in parts:
        event = part.definition.rounds.rule.event
        found = term_break(event, part.la_codes, school_year=part.school_year, standing=standing)
        if found.holiday.start <= last and found.holiday.end >= first:
            where[found.holiday.start, found.holiday.end, event, found.certainty].add(
                part.partnership_id
            )
    for (start, end, event, certainty), partnerships in where.items():
        count = len(partnerships)
        areas = "1 partnership" if count == 1 else f"{count} partnerships"
        yield Mark(
            start=start, end=end, words=f"{event.capitalize()} of {areas} ({certainty.words})"
        )

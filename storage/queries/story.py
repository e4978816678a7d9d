"""What the plan holds and what has happened, by story time, for the clock's panel. Only reads.

Prompts of one step that fall due together and come to the same end are one line, however many they are: the
panel shows England's 436 as it shows Birmingham's three.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import Session, col, select

from storage.queries.campaigns import definition_of
from storage.read_models.story import DatesLine, OpeningLine, ReplyLine, StepLine, Told
from storage.tables import (
    Campaign,
    Notice,
    Participation,
    Partner,
    Person,
    Post,
    Prompt,
    Reply,
    Round,
    TermDate,
)
from storage.vocabulary import Certainty, PostKind, PromptKind, PromptState, Reason

_NAMED = 4  # people that one line names; the rest are counted
_AHEAD = (PromptState.PLANNED, PromptState.CLAIMED)


def steps_to_come(session: Session, *, now: datetime, limit: int) -> list[StepLine]:
    """What is planned, soonest first, and what would have come and will not."""
    ahead = or_(
        col(Prompt.state) == PromptState.PLANNED,
        and_(col(Prompt.due_at) > now, col(Prompt.state).not_in(_AHEAD)),
    )
    grouped = _grouped().where(ahead).order_by(col(Prompt.due_at), col(Prompt.kind))
    return [_step_line(session, row) for row in session.exec(grouped.limit(limit))]


def steps_past(session: Session, *, now: datetime, limit: int) -> list[StepLine]:
    """What was sent, skipped, cancelled or refused, the latest first."""
    past = (col(Prompt.state).not_in(_AHEAD), col(Prompt.due_at) <= now)
    grouped = _grouped().where(*past).order_by(col(Prompt.due_at).desc(), col(Prompt.kind))
    return [_step_line(session, row) for row in session.exec(grouped.limit(limit))]


def _select(*columns: Any) -> Any:  # noqa: ANN401 - SQLModel types no more than four columns
    return select(*columns)


def _grouped() -> Any:  # noqa: ANN401 - as `_select`
    """One row for each step at one time with one end; the columns of `_KEYS` tell them apart."""
    return (
        _joined(
            *_KEYS,
            func.count(func.distinct(col(Post.person_id))),
            func.max(col(Notice.sent_at)),
        )
        .join(Notice, col(Notice.id) == col(Prompt.notice_id), isouter=True)
        .group_by(*_KEYS)
    )


def _joined(*columns: Any) -> Any:  # noqa: ANN401 - as `_select`
    campaign = func.coalesce(col(Participation.campaign_id), col(Prompt.campaign_id))
    return (
        _select(*columns)
        .select_from(Prompt)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Round, col(Round.id) == col(Prompt.round_id), isouter=True)
        .join(Participation, col(Participation.id) == col(Round.participation_id), isouter=True)
        .join(Campaign, col(Campaign.id) == campaign, isouter=True)
    )


_KEYS = (
    col(Prompt.due_at),
    col(Prompt.kind),
    col(Prompt.step),
    col(Prompt.state),
    col(Prompt.reason),
    col(Campaign.version_id),
    col(Round.week),
    col(Round.topic),
    case((col(Prompt.only_if_silent), col(Post.kind))),
)


def _step_line(session: Session, row: Any) -> StepLine:  # noqa: ANN401 - a row of `_grouped`
    due_at, kind, step, state, reason, version_id, week, topic, silent, people, sent_at = row
    title = words = ""
    if version_id is not None:
        definition = definition_of(session, version_id)
        title = definition.title
        round_title = definition.round_title(week=week, topic_key=topic)
        words = ", ".join(filter(None, (round_title, definition.step_words(step))))
    return StepLine(
        at=due_at if sent_at is None else sent_at,
        kind=PromptKind(kind),
        title=title,
        step=words,
        state=PromptState(state),
        reason=None if reason is None else Reason(reason),
        if_silent=None if silent is None else PostKind(silent),
        people=people,
        named=_named(session, row[: len(_KEYS)]),
    )


def _named(session: Session, keys: Any) -> tuple[Told, ...]:  # noqa: ANN401 - values of `_KEYS`
    same = (column.is_not_distinct_from(value) for column, value in zip(_KEYS, keys, strict=True))
    found = (
        _joined(Person.name, Person.slack_user_id)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(*same)
        .distinct()
        .order_by(col(Person.name))
        .limit(_NAMED)
    )
    return tuple(Told(name=name, slack_user_id=user) for name, user in session.exec(found))


def openings(session: Session, *, limit: int) -> list[OpeningLine]:
    """When campaigns were opened, the latest first."""
    planned = (
        select(Round.participation_id, func.count(col(Prompt.id)).label("reminders"))
        .join(Prompt, col(Prompt.round_id) == col(Round.id))
        .where(Prompt.kind == PromptKind.REMINDER, col(Prompt.only_if_silent).is_(False))
        .group_by(col(Round.participation_id))
        .subquery()
    )
    query = (
        _select(
            col(Participation.opened_at),
            col(Campaign.version_id),
            col(Campaign.school_year),
            func.count(col(Participation.id)),
            func.coalesce(func.sum(planned.c.reminders), 0),
        )
        .select_from(Participation)
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
        .join(planned, planned.c.participation_id == col(Participation.id), isouter=True)
        .group_by(col(Participation.opened_at), col(Campaign.version_id), col(Campaign.school_year))
        .order_by(col(Participation.opened_at).desc())
        .limit(limit)
    )
    return [
        OpeningLine(
            at=at,
            title=definition_of(session, version_id).year_title(year),
            partnerships=partnerships,
            reminders=int(reminders),
        )
        for at, version_id, year, partnerships, reminders in session.exec(query)
    ]


def latest_replies(session: Session, *, limit: int) -> list[ReplyLine]:
    """Who replied, the latest first. Never what was said."""
    query = (
        select(Reply, Partner, Person)
        .join(Partner, col(Partner.id) == col(Reply.partner_id))
        .join(Person, col(Person.id) == col(Reply.person_id))
        .order_by(col(Reply.submitted_at).desc(), col(Reply.id).desc())
        .limit(limit)
    )
    return [
        ReplyLine(
            at=reply.submitted_at,
            body=partner.body,
            is_done=reply.is_done,
            is_first=reply.revision == 1,
            by=Told(name=person.name, slack_user_id=person.slack_user_id),
        )
        for reply, partner, person in session.exec(query)
    ]


def dates_given(session: Session, *, limit: int) -> list[DatesLine]:
    """When term dates were given, the latest first."""
    query = (
        _select(
            col(TermDate.said_at),
            col(TermDate.certainty),
            func.count(func.distinct(col(TermDate.la_code))),
        )
        .group_by(col(TermDate.said_at), col(TermDate.certainty))
        .order_by(col(TermDate.said_at).desc())
        .limit(limit)
    )
    return [
        DatesLine(at=at, areas=areas, certainty=Certainty(certainty))
        for at, certainty, areas in session.exec(query)
    ]

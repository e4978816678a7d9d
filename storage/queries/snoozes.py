"""Another day for a reminder, asked for by who is to answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.errors import NotYours, VigilError
from storage.queries.board import Scope, standings
from storage.queries.changes import asking_to_take, outdate
from storage.queries.people import access_of, known_access_of
from storage.queries.validity import in_force
from storage.read_models import Access, Standing
from storage.tables import PlanRequest, Post, Prompt, Snooze, id_of
from storage.vocabulary import ANSWERING


class SnoozeRefused(VigilError):
    """Nobody can be reminded on that day."""


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What somebody has not finished while replies are taken, the next deadline first; and their own time zone."""

    duties: tuple[Standing, ...] = ()
    zone: str = "Europe/London"


def owed_by(session: Session, *, team_id: str, slack_user_id: str, now: datetime) -> Owed:
    """What this Slack user answers for and owes; of a stranger, nothing."""
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None:
        return Owed()
    return Owed(duties=tuple(_to_answer(session, access, now)), zone=access.zone)


def _to_answer(session: Session, access: Access, now: datetime) -> list[Standing]:
    today = now.astimezone(LONDON).date()
    rows = standings(session, scope=Scope(partners=access.answers_for), as_of=now)
    owed = [row for row in rows if not row.is_done and today <= row.late_until]
    return sorted(owed, key=lambda row: (row.deadline_day, row.partnership, row.body))


def snooze(
    session: Session,
    *,
    team_id: str,
    slack_user_id: str,
    on: date,
    duties: Collection[tuple[int, int]] | None,
    now: datetime,
) -> list[Standing]:
    """Remind this person on that London day, of these duties (rounds and partners), or of all that they owe.

    A day is never past the deadline while that lies ahead, nor past the last day for late replies. Gives the duties of
    which they are reminded then; the same day again changes nothing.

    Raises:
        NotYours: none of these is theirs to answer.
        SnoozeRefused: the day is over, or too late for all of them.
    """
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    asked = [
        row
        for row in _to_answer(session, access, now)
        if duties is None or (row.round_id, row.partner_id) in duties
    ]
    if not asked:
        raise NotYours(
            "There is nothing left to be reminded of here. Type /review-status to see what you answer for."
        )
    today = now.astimezone(LONDON).date()
    if on <= today:
        raise SnoozeRefused("Choose a day from tomorrow on.")
    fitting = [row for row in asked if on <= _last_day(row, today)]
    if not fitting:
        last = max(_last_day(row, today) for row in asked)
        raise SnoozeRefused(
            f"That is too late: the last day is {last:%A} {last.day} {last:%B %Y}. Choose a day up to then."
        )
    for row in fitting:
        for post_id in _posts(session, access.person_id, row.partner_id, on=today):
            _store(session, post_id, row, on=on, now=now)
    return fitting


def _last_day(row: Standing, today: date) -> date:
    """The deadline while it lies ahead: nobody is reminded past it without having been told that it has passed."""
    return row.deadline_day if today < row.deadline_day else row.late_until


def _posts(session: Session, person_id: int, partner_id: int, *, on: date) -> list[int]:
    query = select(Post).where(
        Post.person_id == person_id,
        Post.partner_id == partner_id,
        col(Post.kind).in_(ANSWERING),
        *in_force(Post, on),
    )
    return [id_of(post) for post in session.exec(query)]


def _store(session: Session, post_id: int, row: Standing, *, on: date, now: datetime) -> None:
    last = session.exec(
        select(Snooze)
        .where(
            Snooze.post_id == post_id,
            Snooze.round_id == row.round_id,
            Snooze.partner_id == row.partner_id,
        )
        .order_by(col(Snooze.id).desc())
    ).first()
    if last is not None and last.remind_on == on:
        return
    session.add(
        Snooze(
            post_id=post_id,
            round_id=row.round_id,
            partner_id=row.partner_id,
            remind_on=on,
            set_at=now,
        )
    )
    outdate(
        session,
        select(Prompt.notice_id).where(
            Prompt.post_id == post_id,
            Prompt.round_id == row.round_id,
            Prompt.partner_id == row.partner_id,
        ),
    )
    outdate(session, asking_to_take({post_id}))
    session.add(PlanRequest(cause="another day"))


def days_asked_for(session: Session, rounds: Collection[int]) -> dict[tuple[int, int, int], date]:
    """The last day that each post asked for, by post, round and partner."""
    query = select(Snooze).where(col(Snooze.round_id).in_(rounds)).order_by(col(Snooze.id))
    return {
        (each.post_id, each.round_id, each.partner_id): each.remind_on
        for each in session.exec(query)
    }

"""How much waits to be sent, for those who watch."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.queries.outbox import IS_UNSETTLED
from storage.queries.people import in_workspace
from storage.tables import Notice, Person, Post, Prompt
from storage.vocabulary import UNSETTLED, NoticeState, PromptState


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Prompts that are due, how many and since when (story time), and messages on their way by state."""

    due: int
    oldest_due_at: datetime | None
    unsettled: dict[NoticeState, int]


def answers(session: Session) -> bool:
    """The shortest question; raises where the database does not answer."""
    return session.exec(select(1)).one() == 1


def queue(session: Session, *, team_id: str, now: datetime) -> Queue:
    """What waits in one Slack workspace at `now` (story time)."""
    due, oldest = session.exec(
        select(func.count(col(Prompt.id)), func.min(Prompt.due_at))
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            Prompt.state == PromptState.PLANNED, col(Prompt.due_at) <= now, in_workspace(team_id)
        )
    ).one()
    found = session.exec(
        select(Notice.state, func.count(col(Notice.id)))
        .join(Person, col(Person.id) == col(Notice.person_id))
        .where(IS_UNSETTLED, in_workspace(team_id))
        .group_by(Notice.state)
    ).all()
    counts = {NoticeState(state): count for state, count in found}
    return Queue(
        due=due,
        oldest_due_at=oldest,
        unsettled={state: counts.get(state, 0) for state in UNSETTLED},
    )

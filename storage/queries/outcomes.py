"""What became of notices: where they were sent, and how each ended. One entry each, to be written together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col

from storage.queries.lease_time import lease_time
from storage.tables import Notice, Person, PlanRequest, Prompt
from storage.vocabulary import UNSETTLED, NoticeState, PromptState, Reason


def keep_channel(session: Session, *, notice_id: str, person_id: int, channel: str) -> None:
    """Store where a notice is about to be sent, so that it can be looked for there."""
    session.exec(update(Person).where(col(Person.id) == person_id).values(dm_channel=channel))
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(channel=channel))


def keep_deadlines(session: Session, *, notice_id: str, deadlines: Mapping[int, date]) -> None:
    """Store which deadlines (by round) a notice tells, where they changed after it was claimed."""
    for round_id, deadline in deadlines.items():
        session.exec(
            update(Prompt)
            .where(col(Prompt.notice_id) == notice_id, col(Prompt.round_id) == round_id)
            .values(deadline_told=deadline)
        )


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Slack has the message of this notice, since that moment of the story."""

    notice_id: str
    channel: str
    message_ts: str
    now: datetime


def record_sent(session: Session, sent: Sequence[Sent]) -> None:
    """Slack has these messages."""
    session.exec(
        update(Notice),
        params=[
            {
                "id": each.notice_id,
                "state": NoticeState.SENT,
                "channel": each.channel,
                "message_ts": each.message_ts,
                "sent_at": each.now,
            }
            for each in sent
        ],
    )
    ids = [each.notice_id for each in sent]
    session.exec(
        update(Prompt)
        .where(col(Prompt.notice_id).in_(ids), col(Prompt.state) == PromptState.CLAIMED)
        .values(state=PromptState.SENT)
    )


def record_pause(session: Session, *, notice_id: str, state: NoticeState, pause: timedelta) -> None:
    """Slack asked for a pause (`waiting`), or nobody knows whether it has the message (`unknown`)."""
    session.exec(
        update(Notice)
        .where(_unsettled(notice_id))
        .values(state=state, lease_until=lease_time(session) + pause)
    )


def record_looked(session: Session, *, notice_id: str, back_to: str) -> None:
    """The conversation has been looked through from the newest message down to this one."""
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(looked_back_to=back_to))


def record_end(
    session: Session,
    *,
    notice_id: str,
    state: NoticeState,
    reason: Reason,
    error: str | None = None,
) -> None:
    """The notice was not sent and will not be: refused (`failed`), or no longer wanted (`skipped`).

    A failure asks for planning, so that somebody who can act hears of it.
    """
    session.exec(update(Notice).where(_unsettled(notice_id)).values(state=state, error=error))
    failed = state is NoticeState.FAILED
    ended = PromptState.FAILED if failed else PromptState.SKIPPED
    session.exec(update(Prompt).where(_held_by(notice_id)).values(state=ended, reason=reason))
    if failed:
        session.add(PlanRequest(cause="failed notice"))


def release(session: Session, *, notice_id: str, attempts: int) -> None:
    """Slack never got this notice: what it held is due again, after so many attempts."""
    session.exec(
        update(Notice)
        .where(_unsettled(notice_id))
        .values(state=NoticeState.SKIPPED, error="never reached Slack")
    )
    session.exec(
        update(Prompt)
        .where(_held_by(notice_id))
        .values(state=PromptState.PLANNED, notice_id=None, attempts=attempts)
    )


def record_shown(session: Session, *, notice_id: str, changes: int) -> None:
    """The message shows how things stood after so many changes; one that came since is shown next."""
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(shown=changes))


def _unsettled(notice_id: str) -> ColumnElement[bool]:
    """A process that comes late, its lease long over, changes nothing of what another has found out meanwhile."""
    return and_(col(Notice.id) == notice_id, col(Notice.state).in_(UNSETTLED))


def _held_by(notice_id: str) -> ColumnElement[bool]:
    return and_(col(Prompt.notice_id) == notice_id, col(Prompt.state) == PromptState.CLAIMED)

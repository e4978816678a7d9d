"""The outbox: what is due, who is sending it, and how it ended.

A claim locks the people whose prompts are due, so that two processes never make two notices of what one
person is owed at once. `lease_until` and `machine` are machine time; `now` is story time.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from storage.read_models import Recipient
from storage.tables import (
    Notice,
    Person,
    PlanRequest,
    Prompt,
    Workspace,
)
from storage.vocabulary import (
    UNSETTLED,
    NoticeState,
    PromptKind,
    PromptState,
    Reason,
)


def next_due_at(session: Session) -> datetime | None:
    """When the next prompt falls due (story time); None when nothing is planned."""
    query = (
        select(Prompt.due_at)
        .where(Prompt.state == PromptState.PLANNED)
        .order_by(col(Prompt.due_at))
        .limit(1)
    )
    return session.exec(query).first()


def has_plan_request(session: Session) -> bool:
    """Whether a change asks for planning."""
    return session.exec(select(PlanRequest.id).limit(1)).first() is not None


def next_lease(session: Session) -> datetime | None:
    """When the next notice that is not settled can be tried again (machine time); None when all are."""
    query = (
        select(Notice.lease_until)
        .where(col(Notice.state).in_(UNSETTLED))
        .order_by(col(Notice.lease_until))
        .limit(1)
    )
    return session.exec(query).first()


def has_work(session: Session, *, now: datetime, machine: datetime) -> bool:
    """Whether there is anything to send, to settle or to bring up to date; a cheap look for an idle tick."""
    due = (
        select(Prompt.id)
        .where(Prompt.state == PromptState.PLANNED, col(Prompt.due_at) <= now)
        .exists()
    )
    expired = (
        select(Notice.id)
        .where(col(Notice.state).in_(UNSETTLED), col(Notice.lease_until) <= machine)
        .exists()
    )
    outdated = (
        select(Notice.id)
        .where(col(Notice.changes) > col(Notice.shown), Notice.state == NoticeState.SENT)
        .exists()
    )
    return bool(session.exec(select(or_(due, expired, outdated))).one())


def end_prompt(session: Session, *, prompt_id: int, reason: Reason) -> None:
    """Say why a due prompt is not sent."""
    session.exec(
        update(Prompt)
        .where(col(Prompt.id) == prompt_id)
        .values(state=PromptState.SKIPPED, reason=reason)
    )


def postpone(session: Session, *, prompt_id: int, until: datetime) -> None:
    """Leave a due prompt planned, for a later time."""
    session.exec(update(Prompt).where(col(Prompt.id) == prompt_id).values(due_at=until))


def make_notice(
    session: Session,
    *,
    person_id: int,
    kind: PromptKind,
    prompts: Sequence[int],
    now: datetime,
    lease_until: datetime,
) -> Recipient:
    """One message for all that one person is owed of one kind; claimed until the lease runs out."""
    notice = Notice(
        id=uuid4().hex,
        person_id=person_id,
        kind=kind,
        lease_until=lease_until,
        attempts=1,
        as_of=now,
    )
    session.add(notice)
    session.flush()
    session.exec(
        update(Prompt)
        .where(col(Prompt.id).in_(prompts))
        .values(state=PromptState.CLAIMED, notice_id=notice.id)
    )
    person = session.get_one(Person, person_id)
    return _recipient(
        notice, person, session.get_one(Workspace, person.workspace_id), may_be_sent=False
    )


def take_over(
    session: Session, *, machine: datetime, lease_until: datetime, limit: int
) -> list[Recipient]:
    """Notices whose lease ran out: theirs is the next attempt, after a look whether one got through."""
    expired = session.exec(
        select(Notice, Person, Workspace)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(col(Notice.state).in_(UNSETTLED), col(Notice.lease_until) <= machine)
        .order_by(col(Notice.lease_until))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notice)
    ).all()
    found = []
    for notice, person, workspace in expired:
        may_be_sent = notice.state != NoticeState.WAITING and notice.channel is not None
        notice.lease_until, notice.attempts = lease_until, notice.attempts + 1
        notice.state = NoticeState.UNKNOWN if may_be_sent else NoticeState.CLAIMED
        session.add(notice)
        found.append(_recipient(notice, person, workspace, may_be_sent=may_be_sent))
    return found


def outdated(session: Session, *, limit: int) -> list[Recipient]:
    """Sent messages that no longer say how things stand."""
    rows = session.exec(
        select(Notice, Person, Workspace)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(col(Notice.changes) > col(Notice.shown), Notice.state == NoticeState.SENT)
        .limit(limit)
    ).all()
    return [
        _recipient(notice, person, workspace, may_be_sent=True)
        for notice, person, workspace in rows
    ]


def _recipient(
    notice: Notice, person: Person, workspace: Workspace, *, may_be_sent: bool
) -> Recipient:
    return Recipient(
        notice_id=notice.id,
        person_id=notice.person_id,
        kind=PromptKind(notice.kind),
        team_id=workspace.team_id,
        slack_user_id=person.slack_user_id,
        channel=notice.channel or person.dm_channel,
        lease_until=notice.lease_until,
        attempts=notice.attempts,
        as_of=notice.as_of,
        may_be_sent=may_be_sent,
        message_ts=notice.message_ts,
        changes=notice.changes,
    )


def keep_channel(
    session: Session,
    *,
    recipient: Recipient,
    channel: str,
    as_of: datetime,
    deadlines: Mapping[int, date],
) -> None:
    """Store where a notice is about to be sent, so that it can be looked for there, and which deadlines it tells."""
    session.exec(
        update(Person).where(col(Person.id) == recipient.person_id).values(dm_channel=channel)
    )
    session.exec(
        update(Notice)
        .where(col(Notice.id) == recipient.notice_id)
        .values(channel=channel, as_of=as_of)
    )
    for round_id, deadline in deadlines.items():
        session.exec(
            update(Prompt)
            .where(col(Prompt.notice_id) == recipient.notice_id, col(Prompt.round_id) == round_id)
            .values(deadline_told=deadline)
        )


def record_sent(
    session: Session, *, notice_id: str, channel: str, message_ts: str, now: datetime
) -> None:
    """Slack has the message."""
    session.exec(
        update(Notice)
        .where(col(Notice.id) == notice_id)
        .values(state=NoticeState.SENT, channel=channel, message_ts=message_ts, sent_at=now)
    )
    session.exec(update(Prompt).where(_held_by(notice_id)).values(state=PromptState.SENT))


def record_pause(
    session: Session, *, notice_id: str, state: NoticeState, lease_until: datetime
) -> None:
    """Slack asked for a pause (`waiting`), or nobody knows whether it has the message (`unknown`)."""
    session.exec(
        update(Notice)
        .where(col(Notice.id) == notice_id)
        .values(state=state, lease_until=lease_until)
    )


def record_end(
    session: Session,
    *,
    notice_id: str,
    state: NoticeState,
    reason: Reason,
    error: str | None = None,
) -> None:
    """The notice was not sent and will not be: refused (`failed`), or no longer wanted (`skipped`)."""
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(state=state, error=error))
    ended = PromptState.FAILED if state is NoticeState.FAILED else PromptState.SKIPPED
    session.exec(update(Prompt).where(_held_by(notice_id)).values(state=ended, reason=reason))


def release(session: Session, *, notice_id: str) -> None:
    """Slack never got this notice: what it held is due again, as if it had not been claimed."""
    session.exec(
        update(Notice)
        .where(col(Notice.id) == notice_id)
        .values(state=NoticeState.SKIPPED, error="never reached Slack")
    )
    session.exec(
        update(Prompt).where(_held_by(notice_id)).values(state=PromptState.PLANNED, notice_id=None)
    )


def record_shown(session: Session, *, notice_id: str, changes: int) -> None:
    """The message shows how things stood after so many changes; one that came since is shown next."""
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(shown=changes))


def _held_by(notice_id: str) -> ColumnElement[bool]:
    return and_(col(Prompt.notice_id) == notice_id, col(Prompt.state) == PromptState.CLAIMED)

"""The outbox: what is due, who is sending it, and what is to be looked at again.

A claim locks the people whose prompts are due, so that two processes never make two notices of what one
person is owed at once. Leases are machine time, `now` is story time. Who sends works in one
Slack workspace, `team_id`, and leaves what others are owed to those who can reach them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import insert, literal_column, or_, update
from sqlmodel import Session, col, select

from storage.due_models import DuePrompt
from storage.queries.lease_time import lease_time
from storage.queries.people import in_workspace
from storage.read_models import Recipient
from storage.tables import Notice, Person, PlanRequest, Post, Prompt, Workspace, id_of
from storage.vocabulary import UNSETTLED, NoticeState, PromptKind, PromptState, Reason

#: Spelt out as in the partial index: SQLite takes that index for the same words only.
IS_UNSETTLED = col(Notice.state).in_([literal_column(f"'{state}'") for state in UNSETTLED])


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
        select(Notice.lease_until).where(IS_UNSETTLED).order_by(col(Notice.lease_until)).limit(1)
    )
    return session.exec(query).first()


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What there is to do in one workspace: to send, to settle, to bring up to date."""

    due: bool
    expired: bool
    outdated: bool


def what_waits(session: Session, *, team_id: str, now: datetime) -> Waits:
    """Whether there is anything to do; a cheap look for an idle tick, and before each batch."""
    due = (
        select(Prompt.id)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            Prompt.state == PromptState.PLANNED, col(Prompt.due_at) <= now, in_workspace(team_id)
        )
        .exists()
    )
    notice = (
        select(Notice.id)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .where(in_workspace(team_id))
    )
    expired = notice.where(IS_UNSETTLED, col(Notice.lease_until) <= lease_time(session)).exists()
    outdated = notice.where(
        col(Notice.changes) > col(Notice.shown), Notice.state == NoticeState.SENT
    ).exists()
    is_due, is_expired, is_outdated = session.exec(select(due, expired, outdated)).one()
    return Waits(due=is_due, expired=is_expired, outdated=is_outdated)


def end_prompts(session: Session, *, reasons: Mapping[int, Reason]) -> None:
    """Say of due prompts (ids) why they are not sent."""
    _each_prompt(
        session,
        [
            {"id": prompt_id, "state": PromptState.SKIPPED, "reason": reason}
            for prompt_id, reason in reasons.items()
        ],
    )


def postpone(session: Session, *, until: Mapping[int, datetime]) -> None:
    """Leave due prompts (ids) planned, for a later time."""
    _each_prompt(
        session, [{"id": prompt_id, "due_at": later} for prompt_id, later in until.items()]
    )


def _each_prompt(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        session.exec(update(Prompt), params=[dict(row) for row in rows])


def make_notices(
    session: Session,
    *,
    held: Mapping[tuple[int, PromptKind], Sequence[DuePrompt]],
    now: datetime,
    lease: timedelta,
) -> list[Recipient]:
    """One message for all that one person is owed of one kind; claimed until the lease runs out.

    Where the person's conversation is known, it is stored with the notice, to look there afterwards.
    """
    people = _people(session, {person_id for person_id, _ in held})
    lease_until = lease_time(session) + lease
    found, claimed = [], []
    for (person_id, kind), prompts in held.items():
        person, workspace = people[person_id]
        recipient = Recipient(
            notice_id=uuid4().hex,
            person_id=person_id,
            kind=kind,
            team_id=workspace.team_id,
            slack_user_id=person.slack_user_id,
            channel=person.dm_channel,
            attempts=1 + max(prompt.attempts for prompt in prompts),
            as_of=now,
            may_be_sent=False,
            message_ts=None,
            due_at=min(prompt.due_at for prompt in prompts),
            deadlines={
                prompt.round_id: prompt.deadline
                for prompt in prompts
                if prompt.round_id is not None and prompt.deadline is not None
            },
        )
        found.append(recipient)
        claimed += [
            {
                "id": prompt.prompt_id,
                "state": PromptState.CLAIMED,
                "notice_id": recipient.notice_id,
                "deadline_told": prompt.deadline,
            }
            for prompt in prompts
        ]
    _insert(session, found, lease_until=lease_until)
    _each_prompt(session, claimed)
    return found


def _insert(session: Session, recipients: Sequence[Recipient], *, lease_until: datetime) -> None:
    if recipients:
        rows = [
            {
                "id": each.notice_id,
                "person_id": each.person_id,
                "kind": each.kind,
                "lease_until": lease_until,
                "attempts": each.attempts,
                "as_of": each.as_of,
                "channel": each.channel,
            }
            for each in recipients
        ]
        session.exec(insert(Notice), params=rows)


def _people(session: Session, ids: set[int]) -> dict[int, tuple[Person, Workspace]]:
    found = session.exec(
        select(Person, Workspace)
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(col(Person.id).in_(ids))
    )
    return {id_of(person): (person, workspace) for person, workspace in found}


def take_over(
    session: Session,
    *,
    team_id: str,
    lease: timedelta,
    limit: int,
    except_for: Collection[str],
    can_look: bool,
) -> list[Recipient]:
    """Notices whose lease ran out: they are settled, by a look whether one got through.

    `except_for` are ids that this process itself is still busy with, whatever the clock says. Where it cannot look
    at present, only those that certainly did not get through.
    """
    certain = or_(col(Notice.state) == NoticeState.WAITING, col(Notice.channel).is_(None))
    machine = lease_time(session)
    expired = session.exec(
        select(Notice, Person, Workspace)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(
            in_workspace(team_id),
            IS_UNSETTLED,
            col(Notice.lease_until) <= machine,
            col(Notice.id).not_in(except_for),
            *([] if can_look else [certain]),
        )
        .order_by(col(Notice.lease_until))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notice)
    ).all()
    found = []
    for notice, person, workspace in expired:
        may_be_sent = notice.state != NoticeState.WAITING and notice.channel is not None
        notice.lease_until = machine + lease
        notice.state = NoticeState.UNKNOWN if may_be_sent else NoticeState.CLAIMED
        session.add(notice)
        found.append(_recipient(notice, person, workspace, may_be_sent=may_be_sent))
    return found


def outdated(
    session: Session, *, team_id: str, limit: int, except_for: Collection[str]
) -> list[Recipient]:
    """Sent messages that no longer say how things stand; `except_for` are ids to leave alone for now."""
    rows = session.exec(
        select(Notice, Person, Workspace)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(
            in_workspace(team_id),
            col(Notice.changes) > col(Notice.shown),
            Notice.state == NoticeState.SENT,
            col(Notice.id).not_in(except_for),
        )
        .limit(limit)
    ).all()
    return [
        _recipient(notice, person, workspace, may_be_sent=True)
        for notice, person, workspace in rows
    ]


def _recipient(
    notice: Notice,
    person: Person,
    workspace: Workspace,
    *,
    may_be_sent: bool,
) -> Recipient:
    return Recipient(
        notice_id=notice.id,
        person_id=notice.person_id,
        kind=PromptKind(notice.kind),
        team_id=workspace.team_id,
        slack_user_id=person.slack_user_id,
        channel=notice.channel or person.dm_channel,
        attempts=notice.attempts,
        as_of=notice.as_of,
        may_be_sent=may_be_sent,
        message_ts=notice.message_ts,
        changes=notice.changes,
        looked_back_to=notice.looked_back_to,
    )

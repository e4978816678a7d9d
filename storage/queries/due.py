"""Prompts whose time has come, with all that decides whether they are still wanted."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.due_models import DuePrompt
from storage.plan_models import Validity
from storage.queries.absences import absences
from storage.queries.people import in_workspace
from storage.queries.reminder_stops import stops
from storage.queries.validity import validity_of
from storage.queries.wishes import wishes_of
from storage.tables import (
    Campaign,
    Participation,
    Partner,
    Person,
    Post,
    Prompt,
    Reply,
    Round,
    id_of,
)
from storage.vocabulary import ParticipationState, PostKind, PromptKind, PromptState


def lock_due(
    session: Session,
    *,
    team_id: str,
    now: datetime,
    people: int,
    has_channel: bool | None = None,
) -> list[DuePrompt]:
    """What is due of some people of a workspace whom no other process is serving; they stay locked until the commit.

    Who waits longest comes first, and who is owed a digest alone after all others: a digest takes long to write.
    `has_channel`: only people whose conversation with the bot is known, or only the others.
    """
    after_others = func.min(case((col(Prompt.kind) == PromptKind.DIGEST, 1), else_=0))
    owed = (
        select(Post.person_id, after_others.label("rank"), func.min(Prompt.due_at).label("since"))
        .join(Prompt, col(Prompt.post_id) == col(Post.id))
        .where(
            Prompt.state == PromptState.PLANNED,
            col(Prompt.due_at) <= now,
            not_(_waits_for_another()),
        )
        .group_by(col(Post.person_id))
        .subquery()
    )
    theirs = (
        select(Person.id)
        .join(owed, owed.c.person_id == col(Person.id))
        .where(in_workspace(team_id))
        .order_by(owed.c.rank, owed.c.since, col(Person.id))
        .limit(people)
        .with_for_update(skip_locked=True, of=Person)
    )
    if has_channel is not None:
        theirs = theirs.where(col(Person.dm_channel).is_not(None) == has_channel)
    locked = session.exec(theirs).all()
    rows: Sequence[tuple[Prompt, Post, Person, Round | None]] = session.exec(
        select(Prompt, Post, Person, Round)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .join(Round, col(Round.id) == col(Prompt.round_id), isouter=True)
        .where(
            col(Person.id).in_(locked),
            Prompt.state == PromptState.PLANNED,
            col(Prompt.due_at) <= now,
            not_(_waits_for_another()),
        )
        .order_by(col(Prompt.due_at), col(Prompt.id))
    ).all()
    surroundings = _Surroundings(session, rows)
    return [surroundings.due_prompt(*row) for row in rows]


def _waits_for_another() -> ColumnElement[bool]:
    """News of a changed date, while a message about the same duty is on its way: which date that tells is not known yet."""
    other = aliased(Prompt)
    on_its_way = (
        select(other.id)
        .where(
            other.state == PromptState.CLAIMED,
            col(other.round_id) == col(Prompt.round_id),
            col(other.partner_id) == col(Prompt.partner_id),
            col(other.post_id) == col(Prompt.post_id),
        )
        .exists()
    )
    return and_(col(Prompt.kind) == PromptKind.CHANGED_DATES, on_its_way)


class _Surroundings:
    """What decides whether due prompts are still wanted, each kind of fact read once."""

    def __init__(
        self, session: Session, rows: Sequence[tuple[Prompt, Post, Person, Round | None]]
    ) -> None:
        rounds = {id_of(round_) for *_, round_ in rows if round_ is not None}
        self._replies = _latest_replies(session, rounds)
        self._open_rounds = _open_rounds(session, rounds)
        self._told = _deadlines_told(
            session,
            {prompt.post_id for prompt, *_ in rows if prompt.kind == PromptKind.CHANGED_DATES},
        )
        self._open_campaigns = _open_campaigns(
            session, {prompt.campaign_id for prompt, *_ in rows if prompt.campaign_id}
        )
        self._away = absences(session, people={id_of(person) for _, _, person, _ in rows})
        self._stopped = stops(session)
        self._partners = _validities(
            session, {prompt.partner_id for prompt, *_ in rows if prompt.partner_id}
        )

    def due_prompt(
        self, prompt: Prompt, post: Post, person: Person, round_: Round | None
    ) -> DuePrompt:
        facts: dict[str, Any] = {
            "prompt_id": id_of(prompt),
            "kind": PromptKind(prompt.kind),
            "person_id": id_of(person),
            "wishes": wishes_of(person),
            "planned_for": prompt.planned_for,
            "due_at": prompt.due_at,
            "useful_until": prompt.useful_until,
            "attempts": prompt.attempts,
            "only_if_silent": prompt.only_if_silent,
            "absences": tuple(self._away[id_of(person)]),
            "post": validity_of(post),
        }
        if round_ is None:
            opened = (prompt.campaign_id, post.partnership_id) in self._open_campaigns
            return DuePrompt(**facts, is_open=opened)
        about = (prompt.round_id, prompt.partner_id)
        replied_at, is_done = self._replies.get(about, (None, False))
        quiet = (round_.quiet_from, round_.quiet_to)
        return DuePrompt(
            **facts,
            is_open=id_of(round_) in self._open_rounds,
            is_stopped=about in self._stopped,
            is_for_digest=prompt.kind == PromptKind.ESCALATION
            and post.kind == PostKind.FACILITATOR,
            round_id=prompt.round_id,
            partner_id=prompt.partner_id,
            partner=self._partners.get(prompt.partner_id or 0),
            quiet=(quiet[0], quiet[1]) if quiet[0] and quiet[1] else None,
            deadline=round_.deadline_day,
            deadline_told=self._told.get((*about, prompt.post_id)),
            replied_at=replied_at,
            is_done=is_done,
        )


def _deadlines_told(
    session: Session, posts: Collection[int]
) -> dict[tuple[int | None, int | None, int], date]:
    """The deadline that each of these posts was told last, by round, partner and post."""
    if not posts:
        return {}
    query = (
        select(Prompt)
        .where(col(Prompt.post_id).in_(posts), Prompt.state == PromptState.SENT)
        .order_by(col(Prompt.due_at))
    )
    return {
        (prompt.round_id, prompt.partner_id, prompt.post_id): prompt.deadline_told
        for prompt in session.exec(query)
        if prompt.deadline_told is not None
    }


def _open_campaigns(
    session: Session, campaigns: Collection[int]
) -> set[tuple[int | None, int | None]]:
    """The campaigns and partnerships where the asking has been opened, or closed for good."""
    query = (
        select(Campaign.id, Participation.partnership_id)
        .join(Participation, col(Participation.campaign_id) == col(Campaign.id))
        .where(col(Campaign.id).in_(campaigns))
    )
    return {(campaign_id, partnership_id) for campaign_id, partnership_id in session.exec(query)}


def _latest_replies(
    session: Session, rounds: Collection[int]
) -> dict[tuple[int | None, int | None], tuple[datetime, bool]]:
    query = (
        select(Reply.round_id, Reply.partner_id, Reply.submitted_at, Reply.is_done)
        .where(col(Reply.round_id).in_(rounds))
        .order_by(col(Reply.revision))
    )
    return {
        (round_id, partner_id): (at, done) for round_id, partner_id, at, done in session.exec(query)
    }


def _open_rounds(session: Session, rounds: Collection[int]) -> set[int]:
    query = (
        select(Round.id)
        .join(Participation, col(Participation.id) == col(Round.participation_id))
        .where(
            col(Round.id).in_(rounds),
            Participation.state == ParticipationState.OPEN,
            col(Round.withdrawn).is_(False),
        )
    )
    return {round_id for round_id in session.exec(query) if round_id is not None}


def _validities(session: Session, partners: Collection[int]) -> dict[int, Validity]:
    query = select(Partner).where(col(Partner.id).in_(partners))
    return {id_of(partner): validity_of(partner) for partner in session.exec(query)}

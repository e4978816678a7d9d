"""Prompts whose time has come, with all that decides whether they are still wanted."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.due_models import DuePrompt
from storage.plan_models import Validity
from storage.tables import Participation, Partner, Person, Post, Prompt, Reply, Round, id_of
from storage.vocabulary import ParticipationState, PromptKind, PromptState


def lock_due(session: Session, *, now: datetime, people: int) -> list[DuePrompt]:
    """What is due of some people whom no other process is serving; they stay locked until the commit."""
    owed = (
        select(Post.person_id)
        .join(Prompt, col(Prompt.post_id) == col(Post.id))
        .where(Prompt.state == PromptState.PLANNED, col(Prompt.due_at) <= now)
    )
    locked = session.exec(
        select(Person.id)
        .where(col(Person.id).in_(owed))
        .limit(people)
        .with_for_update(skip_locked=True)
    ).all()
    rows: Sequence[tuple[Prompt, Post, Person, Round | None]] = session.exec(
        select(Prompt, Post, Person, Round)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .join(Round, col(Round.id) == col(Prompt.round_id), isouter=True)
        .where(
            col(Person.id).in_(locked),
            Prompt.state == PromptState.PLANNED,
            col(Prompt.due_at) <= now,
        )
        .order_by(col(Prompt.due_at), col(Prompt.id))
    ).all()
    rounds = {id_of(round_) for *_, round_ in rows if round_ is not None}
    replies = _latest_replies(session, rounds)
    open_rounds = _open_rounds(session, rounds)
    partners = _validities(session, {prompt.partner_id for prompt, *_ in rows if prompt.partner_id})
    return [
        DuePrompt(
            prompt_id=id_of(prompt),
            kind=PromptKind(prompt.kind),
            person_id=id_of(person),
            zone=person.zone,
            planned_for=prompt.planned_for,
            useful_until=prompt.useful_until,
            post=Validity(valid_from=post.valid_from, valid_to=post.valid_to),
            partner=partners.get(prompt.partner_id or 0),
            is_open=round_ is None or id_of(round_) in open_rounds,
            holiday=None if round_ is None else (round_.holiday_start, round_.holiday_end),
            replied_at=replies.get((prompt.round_id, prompt.partner_id), (None, False))[0],
            is_done=replies.get((prompt.round_id, prompt.partner_id), (None, False))[1],
        )
        for prompt, post, person, round_ in rows
    ]


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
        .where(col(Round.id).in_(rounds), Participation.state == ParticipationState.OPEN)
    )
    return {round_id for round_id in session.exec(query) if round_id is not None}


def _validities(session: Session, partners: Collection[int]) -> dict[int, Validity]:
    query = select(Partner).where(col(Partner.id).in_(partners))
    return {
        id_of(partner): Validity(valid_from=partner.valid_from, valid_to=partner.valid_to)
        for partner in session.exec(query)
    }

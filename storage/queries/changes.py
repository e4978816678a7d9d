"""Messages that no longer say how things stand."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, or_, union, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Handover, Notice, Post, Prompt
from storage.vocabulary import PostKind, PromptKind


def outdate(session: Session, notices: SelectOfScalar[Any] | CompoundSelect[Any]) -> None:
    """Have the notices with these ids brought up to date, wherever they are on their way."""
    session.exec(
        update(Notice).where(col(Notice.id).in_(notices)).values(changes=col(Notice.changes) + 1)
    )


def asking_for(*, round_id: int, partner_id: int) -> CompoundSelect[Any]:
    """The notices that ask for a partner's reply in a round, or ask somebody to take its duty over."""
    invited = select(Post.id).where(
        Post.partner_id == partner_id, col(Post.kind) == PostKind.INVITED
    )
    return union(
        select(Prompt.notice_id).where(
            Prompt.round_id == round_id, Prompt.partner_id == partner_id
        ),
        select(Prompt.notice_id).where(col(Prompt.post_id).in_(invited)),
    )


def outdate_about(session: Session, *, round_id: int, partner_id: int) -> None:
    """Have every message about that partner in that round brought up to date."""
    outdate(session, asking_for(round_id=round_id, partner_id=partner_id))


def asking_to_take(post_ids: Collection[int]) -> SelectOfScalar[Any]:
    """The notices whose request made these posts."""
    return (
        select(Prompt.notice_id)
        .join(Handover, col(Handover.invited_post_id) == col(Prompt.post_id))
        .where(col(Handover.taken_post_id).in_(post_ids))
    )


def saying_who_takes(post_ids: Collection[int]) -> SelectOfScalar[Any]:
    """The notices that say to those who asked that whoever holds these posts is asked, or answers instead."""
    asked_by = select(Handover.post_id).where(
        or_(col(Handover.taken_post_id).in_(post_ids), col(Handover.invited_post_id).in_(post_ids))
    )
    return select(Prompt.notice_id).where(
        col(Prompt.post_id).in_(asked_by), Prompt.kind == PromptKind.REMINDER
    )


def telling_dates_of(round_id: int) -> CompoundSelect[Any]:
    """The notices that tell a round's dates."""
    invited = select(Handover.invited_post_id).where(Handover.round_id == round_id)
    return union(
        select(Prompt.notice_id).where(Prompt.round_id == round_id),
        select(Prompt.notice_id).where(col(Prompt.post_id).in_(invited)),
    )

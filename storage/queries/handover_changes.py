"""What follows wherever a handover changes: messages, invitations, and whose turn it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from storage.queries.changes import outdate
from storage.queries.ending import end_post
from storage.tables import Handover, Post, Prompt
from storage.vocabulary import HandoverAnswer, PromptKind, PromptState, Reason


def open_handovers_of(session: Session, post: Post, round_id: int | None) -> Sequence[Handover]:
    """What this post asks of colleagues that another asking would take the place of, or an agreement settle.

    What is for good goes with what is for any round, and a round's with what is for good.
    """
    query = select(Handover).where(Handover.post_id == post.id, col(Handover.answer).is_(None))
    return [
        each
        for each in session.exec(query.order_by(col(Handover.id)))
        if round_id is None or each.round_id in {None, round_id}
    ]


def close(session: Session, handover: Handover, answer: HandoverAnswer, *, now: datetime) -> None:
    """Keep what became of it: the invitation ends, and both are shown how it stands."""
    handover.answer, handover.answered_at = answer, now
    if answer is not HandoverAnswer.AGREED:
        handover.taken_post_id = None
    session.add(handover)
    session.flush()
    _end_invitation(session, handover, now=now)
    session.exec(
        update(Prompt)
        .where(*_asking(handover), col(Prompt.state) == PromptState.PLANNED)
        .values(state=PromptState.CANCELLED, reason=Reason.STEP_WITHDRAWN)
    )
    outdate(session, select(Prompt.notice_id).where(*_asking(handover)))
    outdate_asker(session, session.get_one(Post, handover.post_id), handover.round_id)


def _asking(handover: Handover) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Prompt.kind) == PromptKind.HANDOVER,
        col(Prompt.post_id) == handover.invited_post_id,
        col(Prompt.step) == str(handover.id),
    )


def _end_invitation(session: Session, handover: Handover, *, now: datetime) -> None:
    """Unless another colleague asks the same person for the same partner."""
    others = select(Handover.id).where(
        Handover.invited_post_id == handover.invited_post_id, col(Handover.answer).is_(None)
    )
    if session.exec(others.limit(1)).first() is None:
        end_post(session, session.get_one(Post, handover.invited_post_id), now=now)


def outdate_asker(session: Session, post: Post, round_id: int | None) -> None:
    """What reminded the holder of this post says where the handover stands."""
    theirs = select(Post.id).where(
        Post.person_id == post.person_id, Post.partner_id == post.partner_id
    )
    reminded = select(Prompt.notice_id).where(
        col(Prompt.post_id).in_(theirs), Prompt.kind == PromptKind.REMINDER
    )
    if round_id is not None:
        reminded = reminded.where(Prompt.round_id == round_id)
    outdate(session, reminded)

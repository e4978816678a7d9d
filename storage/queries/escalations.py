"""Who has said nothing: what a lead is told, and which partners a digest names."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session, col, select

from storage.queries.board import Scope, standings
from storage.queries.contacts import with_contacts
from storage.read_models import Escalation, EscalationItem
from storage.tables import Post, Prompt
from storage.vocabulary import PromptKind, PromptState, Reason


def escalation(session: Session, *, notice_id: str, now: datetime) -> Escalation:
    """The partners that this notice tells a lead of, as they stand at that moment."""
    prompts = session.exec(
        select(Prompt).where(Prompt.notice_id == notice_id).order_by(col(Prompt.id))
    ).all()
    about = {(prompt.round_id, prompt.partner_id) for prompt in prompts}
    scope = Scope(
        rounds={round_id for round_id, _ in about if round_id is not None},
        partners={partner_id for _, partner_id in about if partner_id is not None},
    )
    rows = [
        row
        for row in standings(session, scope=scope, as_of=now)
        if (row.round_id, row.partner_id) in about
    ]
    times = _times_asked(session, {row.round_id for row in rows})
    return Escalation(
        now=now,
        items=tuple(
            EscalationItem(standing=row, times_asked=times[row.round_id, row.partner_id])
            for row in with_contacts(session, rows, now=now)
        ),
    )


def _times_asked(session: Session, rounds: set[int]) -> Counter[tuple[int | None, int | None]]:
    """In how many messages each partner has been asked, by round and partner."""
    query = (
        select(Prompt.round_id, Prompt.partner_id, Prompt.step)
        .where(
            col(Prompt.round_id).in_(rounds),
            Prompt.kind == PromptKind.REMINDER,
            Prompt.state == PromptState.SENT,
        )
        .distinct()
    )
    return Counter((round_id, partner_id) for round_id, partner_id, _ in session.exec(query))


def told_in_digest(session: Session, *, person_id: int, now: datetime) -> set[tuple[int, int]]:
    """The rounds and partners whose silence has come as far as this facilitator by then."""
    query = (
        select(Prompt.round_id, Prompt.partner_id)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .where(
            Post.person_id == person_id,
            Prompt.kind == PromptKind.ESCALATION,
            Prompt.reason == Reason.IN_DIGEST,
            col(Prompt.due_at) <= now,
        )
    )
    return {
        (round_id, partner_id)
        for round_id, partner_id in session.exec(query)
        if round_id is not None and partner_id is not None
    }

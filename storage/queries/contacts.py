"""Who answers for a partner, when they were last asked, and the next stored prompt."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.validity import in_force
from storage.read_models import Coming, Standing
from storage.tables import Notice, Partner, Partnership, Person, Post, Prompt, id_of
from storage.vocabulary import PostKind, PromptKind, PromptState


def with_contacts(session: Session, rows: list[Standing], *, now: datetime) -> list[Standing]:
    """The same standings with who answers, when they were last asked, and the next stored prompt."""
    if not rows:
        return rows
    respondents = _respondents(
        session, {row.partner_id for row in rows}, on=now.astimezone(LONDON).date()
    )
    asked = _asked(session, {row.round_id for row in rows})
    coming = _coming(session, {row.round_id for row in rows})
    return [
        replace(
            row,
            respondents=tuple(respondents.get(row.partner_id, ())),
            asked_at=asked.get((row.round_id, row.partner_id)),
            coming=coming.get((row.round_id, row.partner_id)),
        )
        for row in rows
    ]


def _respondents(session: Session, partners: Collection[int], *, on: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(Post.partner_id, Person.name)
        .join(Person)
        .where(
            col(Post.partner_id).in_(partners),
            Post.kind == PostKind.RESPONDENT,
            *in_force(Post, on),
        )
        .order_by(col(Post.id))
    )
    for partner_id, name in session.exec(query):
        if partner_id is not None:
            found[partner_id].append(name)
    return found


def _asked(
    session: Session, rounds: Collection[int]
) -> dict[tuple[int | None, int | None], datetime]:
    query = (
        select(Prompt.round_id, Prompt.partner_id, Notice.sent_at)
        .join(Notice, col(Notice.id) == col(Prompt.notice_id))
        .where(
            col(Prompt.round_id).in_(rounds),
            Prompt.kind == PromptKind.REMINDER,
            Prompt.state == PromptState.SENT,
        )
        .order_by(col(Notice.sent_at))
    )
    return {
        (round_id, partner_id): at
        for round_id, partner_id, at in session.exec(query)
        if at is not None
    }


def _coming(
    session: Session, rounds: Collection[int]
) -> dict[tuple[int | None, int | None], Coming]:
    query = (
        select(Prompt.round_id, Prompt.partner_id, Prompt.due_at, Person.name)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Prompt.round_id).in_(rounds),
            Prompt.kind == PromptKind.REMINDER,
            col(Prompt.state).in_((PromptState.PLANNED, PromptState.CLAIMED)),
        )
        .order_by(col(Prompt.due_at).desc(), col(Prompt.id).desc())
    )
    return {
        (round_id, partner_id): Coming(at=at, to=name)
        for round_id, partner_id, at, name in session.exec(query)
    }


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a partnership's partners and respondents are called, by their ids and their posts'."""

    partnership: str
    bodies: dict[int, str]
    people: dict[int, str]


def names_of(session: Session, *, partnership_id: int) -> Names:
    """The names that one partnership's plan is told with."""
    partners = session.exec(select(Partner).where(Partner.partnership_id == partnership_id)).all()
    bodies = {id_of(partner): partner.body for partner in partners}
    held = session.exec(
        select(Post.id, Person.name).join(Person).where(col(Post.partner_id).in_(bodies))
    )
    return Names(
        partnership=session.get_one(Partnership, partnership_id).name,
        bodies=bodies,
        people={post_id: name for post_id, name in held if post_id is not None},
    )


def bodies(session: Session) -> dict[int, tuple[str, str]]:
    """Each partner's body and partnership, by the partner's id."""
    query = select(Partner.id, Partner.body, Partnership.name).join(Partnership)
    return {
        partner_id or 0: (body, partnership)
        for partner_id, body, partnership in session.exec(query)
    }


def holders(session: Session) -> dict[int, tuple[str, str]]:
    """Who holds each post, as Slack user id and name, by the post's id."""
    query = select(Post.id, Person.slack_user_id, Person.name).join(Person)
    return {post_id or 0: (user, name) for post_id, user, name in session.exec(query)}

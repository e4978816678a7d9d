"""Who answers for a partner, when they were last asked, and the next stored prompt."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.absences import absences
from storage.queries.reminder_stops import stops
from storage.queries.validity import in_force
from storage.read_models import Coming, Standing
from storage.tables import Notice, Partner, Partnership, Person, Post, Prompt, id_of
from storage.vocabulary import ANSWERING, PostKind, PromptKind, PromptState


def with_contacts(session: Session, rows: list[Standing], *, now: datetime) -> list[Standing]:
    """The same standings with who answers and who of them is away, when they were last asked, and what comes next."""
    if not rows:
        return rows
    today = now.astimezone(LONDON).date()
    answering = _answering(session, {row.partner_id for row in rows}, on=today)
    away = _away(session, answering, on=today)
    asked = _asked(session, {row.round_id for row in rows})
    coming = _coming(session, {row.round_id for row in rows})
    stopped = stops(session)
    return [
        replace(
            row,
            respondents=_names(answering[row.partner_id], PostKind.RESPONDENT),
            deputies=_names(answering[row.partner_id], PostKind.DEPUTY),
            away=tuple(
                (name, away[person_id])
                for person_id, name, _ in answering[row.partner_id]
                if person_id in away
            ),
            is_stopped=(row.round_id, row.partner_id) in stopped,
            asked_at=asked.get((row.round_id, row.partner_id)),
            coming=coming.get((row.round_id, row.partner_id)),
        )
        for row in rows
    ]


#: Those who answer for each partner: id, name and kind of post.
_Answering = dict[int, list[tuple[int, str, str]]]


def _answering(session: Session, partners: Collection[int], *, on: date) -> _Answering:
    found: _Answering = defaultdict(list)
    query = (
        select(Post.partner_id, Post.person_id, Person.name, Post.kind)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.partner_id).in_(partners),
            col(Post.kind).in_(ANSWERING),
            *in_force(Post, on),
        )
        .order_by(col(Post.id))
    )
    for partner_id, person_id, name, kind in session.exec(query):
        if partner_id is not None:
            found[partner_id].append((person_id, name, kind))
    return found


def _names(answering: list[tuple[int, str, str]], kind: PostKind) -> tuple[str, ...]:
    return tuple(name for _, name, held in answering if held == kind)


def _away(session: Session, answering: _Answering, *, on: date) -> dict[int, date]:
    """The last day of the absence of each person who is away that day."""
    people = {person_id for found in answering.values() for person_id, *_ in found}
    return {
        person_id: last
        for person_id, days in absences(session, people=people).items()
        for first, last in days
        if first <= on <= last
    }


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
        select(Post.id, Person.name)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Post.partner_id).in_(bodies))
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
    query = select(Post.id, Person.slack_user_id, Person.name).join(
        Person, col(Person.id) == col(Post.person_id)
    )
    return {post_id or 0: (user, name) for post_id, user, name in session.exec(query)}

"""Leaving a post: said by whoever holds it, or known from Slack. Nothing that has ended is given back by itself."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.access import may_give_up
from storage.clock import LONDON
from storage.errors import NotYours
from storage.queries.audit import record
from storage.queries.changes import asking_to_take, outdate, saying_who_takes
from storage.queries.ending import end_post
from storage.queries.people import known_access_of, person_of, take_turns
from storage.queries.posts import held_posts
from storage.queries.taking_over import decline_all
from storage.queries.validity import in_force
from storage.read_models import HeldDuty
from storage.tables import (
    AuditEntry,
    Partner,
    Partnership,
    Person,
    PlanRequest,
    Post,
    Prompt,
    id_of,
)
from storage.vocabulary import ANSWERING, Deed, PostKind, PromptKind

_NOT_YOURS = "You do not answer for this partner any more, so there is nothing to give up."


def duties_held(
    session: Session,
    *,
    team_id: str,
    slack_user_id: str,
    partner_id: int | None,
    now: datetime,
) -> tuple[HeldDuty, ...]:
    """What this Slack user answers for and may give up: that partner, or all of them, by name.

    Raises:
        NotYours: they are a stranger, or do not answer for that partner.
    """
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if partner_id is not None and not may_give_up(access, partner_id):
        raise NotYours(_NOT_YOURS)
    today = now.astimezone(LONDON).date()
    wanted = access.answers_for if partner_id is None else {partner_id}
    query = (
        select(Partner, Partnership.name)
        .join(Partnership, col(Partnership.id) == col(Partner.partnership_id))
        .where(col(Partner.id).in_(wanted))
        .order_by(col(Partnership.name), col(Partner.body))
    )
    found = session.exec(query).all()
    others = _who_else_answers(session, wanted, but=access.person_id, on=today)
    led = _led_by_others(session, but=access.person_id, on=today)
    return tuple(
        HeldDuty(
            partner_id=id_of(partner),
            body=partner.body,
            partnership=partnership,
            others=tuple(name for about, name in others if about == partner.id),
            has_lead=partner.partnership_id in led,
        )
        for partner, partnership in found
    )


def _who_else_answers(
    session: Session, partners: Collection[int], *, but: int, on: date
) -> Sequence[tuple[int | None, str]]:
    query = (
        select(Post.partner_id, Person.name)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.partner_id).in_(partners),
            col(Post.kind).in_(ANSWERING),
            Post.person_id != but,
            *in_force(Post, on),
        )
        .distinct()
        .order_by(col(Person.name))
    )
    return session.exec(query).all()


def _led_by_others(session: Session, *, but: int, on: date) -> set[int | None]:
    query = select(Post.partnership_id).where(
        Post.kind == PostKind.LEAD, Post.person_id != but, *in_force(Post, on)
    )
    return set(session.exec(query))


def give_up(
    session: Session, *, team_id: str, slack_user_id: str, partner_id: int | None, now: datetime
) -> None:
    """This Slack user no longer answers for that partner, or for any; saying it again changes nothing.

    Raises:
        NotYours: they are a stranger, or never answered for that partner.
    """
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    take_turns(session, access.person_id)
    today = now.astimezone(LONDON).date()
    held = [
        post
        for post in held_posts(session, person_id=access.person_id, today=today)
        if post.kind in ANSWERING and partner_id in {None, post.partner_id}
    ]
    if not held and not _gave_up(session, access.person_id, partner_id):
        raise NotYours(_NOT_YOURS)
    _end(session, held, by=access.person_id, now=now)


def _gave_up(session: Session, person_id: int, partner_id: int | None) -> bool:
    """Whether they have said so before."""
    query = select(AuditEntry.id).where(
        col(AuditEntry.deed) == Deed.POST_ENDED, col(AuditEntry.person_id) == person_id
    )
    if partner_id is not None:
        query = query.where(AuditEntry.partner_id == partner_id)
    return session.exec(query.limit(1)).first() is not None


def account_closed(session: Session, *, team_id: str, slack_user_id: str, now: datetime) -> bool:
    """Slack says that this user's account is closed: every post of theirs ends. Whether anything has changed."""
    person = person_of(session, team_id=team_id, slack_user_id=slack_user_id)
    if person is None:
        return False
    take_turns(session, id_of(person))
    held = held_posts(session, person_id=id_of(person), today=now.astimezone(LONDON).date())
    decline_all(session, person_id=id_of(person), now=now)
    _end(session, held, by=None, now=now)
    return bool(held)


def _end(session: Session, posts: Sequence[Post], *, by: int | None, now: datetime) -> None:
    """Yesterday was their last day, so that nothing is sent today any more. What asked for them says so."""
    if not posts:
        return
    for post in posts:
        end_post(session, post, now=now)
        record(
            session,
            deed=Deed.POST_ENDED,
            at=now,
            person_id=by,
            post_id=id_of(post),
            partner_id=post.partner_id,
        )
    ended = [id_of(post) for post in posts]
    asked = select(Prompt.notice_id).where(
        col(Prompt.post_id).in_(ended), Prompt.kind == PromptKind.REMINDER
    )
    for notices in (asked, asking_to_take(ended), saying_who_takes(ended)):
        outdate(session, notices)
    session.add(PlanRequest(cause="left"))

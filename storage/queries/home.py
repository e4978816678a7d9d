"""What the Home tab shows to one person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.board import Scope, previous_said, standings
from storage.queries.campaigns import school_year
from storage.queries.posts import held_posts, words_of_posts
from storage.queries.review_status import review_status
from storage.queries.snoozes import days_asked_for
from storage.queries.wishes import wishes_of
from storage.read_models import Access, HeldPost, HomeTab, OwedDuty, Standing
from storage.tables import Campaign, Participation, Person, Post, Reply, Round, id_of
from storage.vocabulary import PostKind


def home_tab(session: Session, *, team_id: str, slack_user_id: str, now: datetime) -> HomeTab:
    """One person's Home tab; of a stranger, that they are one."""
    status = review_status(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if status.access is None:
        return HomeTab(status=status)
    person = session.get_one(Person, status.access.person_id)
    today = now.astimezone(LONDON).date()
    held = held_posts(session, person_id=status.access.person_id, today=today)
    posts = [post for post in held if post.kind != PostKind.INVITED]
    words = words_of_posts(session, posts)
    return HomeTab(
        status=status,
        owed=_owed(session, status.duties, posts, now=now),
        sent=_sent(session, status.access, now=now),
        posts=tuple(
            HeldPost(words=words[id_of(post)], valid_from=post.valid_from, valid_to=post.valid_to)
            for post in posts
        ),
        wishes=wishes_of(person),
    )


def _owed(
    session: Session, duties: Sequence[Standing], posts: Sequence[Post], *, now: datetime
) -> tuple[OwedDuty, ...]:
    """What is not done while replies are taken: overdue first, then what has no reply, then what is short of done."""
    today = now.astimezone(LONDON).date()
    owed = [row for row in duties if not row.is_done and today <= row.late_until]
    owed.sort(key=lambda row: (not row.is_overdue(now), row.said is not None, row.deadline_day))
    before = previous_said(session, [row for row in owed if row.said is None])
    days = days_asked_for(session, {row.round_id for row in owed})
    responds = {
        post.partner_id
        for post in posts
        if post.kind == PostKind.RESPONDENT and post.valid_from <= today
    }
    return tuple(
        OwedDuty(
            standing=row,
            previous=before.get((row.round_id, row.partner_id)),
            another_day=max(
                (
                    day
                    for post in posts
                    if (day := days.get((post.id or 0, row.round_id, row.partner_id))) is not None
                ),
                default=None,
            ),
            as_deputy=row.partner_id not in responds,
        )
        for row in owed
    )


def _sent(session: Session, access: Access, *, now: datetime) -> tuple[Standing, ...]:
    """The replies of the partners that they answer for, the newest first."""
    rounds = _rounds_of_the_year(session, access.answers_for, now=now)
    rows = standings(session, scope=Scope(rounds=rounds, partners=access.answers_for), as_of=now)
    sent = [(row.said.at, row) for row in rows if row.said is not None]
    return tuple(row for _, row in sorted(sent, key=lambda pair: pair[0], reverse=True))


def _rounds_of_the_year(
    session: Session, partners: Collection[int], *, now: datetime
) -> Sequence[int]:
    """Rounds of this school year, and of a campaign that goes on into it, in which one of these partners replied."""
    goes_on = select(Round.participation_id).where(
        col(Round.withdrawn).is_(False), col(Round.late_until) >= now.astimezone(LONDON).date()
    )
    query = (
        select(Reply.round_id)
        .join(Round, col(Round.id) == col(Reply.round_id))
        .join(Participation, col(Participation.id) == col(Round.participation_id))
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
        .where(
            col(Reply.partner_id).in_(partners),
            or_(
                col(Campaign.school_year) == school_year(now),
                col(Round.participation_id).in_(goes_on),
            ),
        )
        .distinct()
    )
    return session.exec(query).all()

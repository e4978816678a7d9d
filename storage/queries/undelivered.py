"""Whose messages do not arrive, as a lead or an administrator is told."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.read_models import Undelivered, UndeliveredItem
from storage.tables import Partner, Partnership, Person, Post, Prompt, Sector
from storage.vocabulary import PostKind, Reason


def undelivered(session: Session, *, notice_id: str, now: datetime) -> Undelivered:
    """The people that this notice tells of, each with their post, since when, and why."""
    query = (
        select(Prompt, Post, Person.name)
        .join(Post, col(Post.id) == col(Prompt.about_post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(Prompt.notice_id == notice_id)
        .order_by(col(Prompt.planned_for), col(Prompt.id))
    )
    return Undelivered(
        now=now,
        items=tuple(
            UndeliveredItem(
                name=name,
                post=_words(session, post),
                since=prompt.planned_for,
                reason=Reason(prompt.step),
            )
            for prompt, post, name in session.exec(query)
        ),
    )


def _words(session: Session, post: Post) -> str:
    """'Respondent of West Midlands Police, Birmingham …', 'lead of Birmingham …' or 'facilitator of Police'."""
    kind = PostKind(post.kind).capitalize()
    if post.partner_id is not None:
        partner = session.get_one(Partner, post.partner_id)
        partnership = session.get_one(Partnership, partner.partnership_id)
        return f"{kind} of {partner.body}, {partnership.name}"
    if post.partnership_id is not None:
        return f"{kind} of {session.get_one(Partnership, post.partnership_id).name}"
    if post.sector_key is not None:
        return f"{kind} of {session.get_one(Sector, post.sector_key).name}, {post.region or 'all England'}"
    return kind

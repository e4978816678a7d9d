"""The posts that one person holds, and what a post is called."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.tables import Partner, Partnership, Post, Sector
from storage.vocabulary import PostKind


def held_posts(session: Session, *, person_id: int, today: date) -> Sequence[Post]:
    """What they hold on that London day or are to hold, in the order in which it was given to them."""
    query = (
        select(Post)
        .where(
            Post.person_id == person_id,
            Post.kind != PostKind.INVITED,
            or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= today),
        )
        .order_by(col(Post.id))
    )
    return session.exec(query).all()


def post_words(session: Session, post: Post) -> str:
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

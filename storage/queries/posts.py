"""The posts that one person holds, what a post is called, and which others are of the same."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from storage.tables import Partner, Partnership, Post, Sector, id_of
from storage.vocabulary import PostKind


def held_posts(session: Session, *, person_id: int, today: date) -> Sequence[Post]:
    """What they hold on that London day or are to hold, invitations too, in the order in which it was given to them."""
    query = (
        select(Post)
        .where(
            Post.person_id == person_id,
            or_(col(Post.valid_to).is_(None), col(Post.valid_to) >= today),
        )
        .order_by(col(Post.id))
    )
    return session.exec(query).all()


def words_of_posts(session: Session, posts: Iterable[Post]) -> dict[int, str]:
    """'Respondent of West Midlands Police, Birmingham …', 'lead of Birmingham …' or 'facilitator of Police', by the post's id.

    However many there are, it asks thrice.
    """
    posts = list(posts)
    partner_ids = {post.partner_id for post in posts if post.partner_id is not None}
    partners = {
        id_of(partner): partner
        for partner in session.exec(select(Partner).where(col(Partner.id).in_(partner_ids)))
    }
    partnership_ids = {post.partnership_id for post in posts if post.partnership_id is not None}
    partnership_ids |= {partner.partnership_id for partner in partners.values()}
    partnerships = {
        id_of(row): row.name
        for row in session.exec(select(Partnership).where(col(Partnership.id).in_(partnership_ids)))
    }
    sectors = {sector.key: sector.name for sector in session.exec(select(Sector))}

    def words(post: Post) -> str:
        kind = PostKind(post.kind).capitalize()
        if post.partner_id is not None:
            partner = partners[post.partner_id]
            of = "Asked to answer for" if post.kind == PostKind.INVITED else f"{kind} of"
            return f"{of} {partner.body}, {partnerships[partner.partnership_id]}"
        if post.partnership_id is not None:
            return f"{kind} of {partnerships[post.partnership_id]}"
        if post.sector_key is not None:
            return f"{kind} of {sectors[post.sector_key]}, {post.region or 'all England'}"
        return kind

    return {id_of(post): words(post) for post in posts}


def of_the_same(post: Post) -> tuple[ColumnElement[bool], ...]:
    """Conditions for posts of what that one is of."""
    return (
        col(Post.partner_id).is_not_distinct_from(post.partner_id),
        col(Post.partnership_id).is_not_distinct_from(post.partnership_id),
        col(Post.sector_key).is_not_distinct_from(post.sector_key),
        col(Post.region).is_not_distinct_from(post.region),
    )

"""Ending a post at once."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.posts import of_the_same
from storage.tables import Post


def end_post(session: Session, post: Post, *, now: datetime) -> None:
    """Yesterday was its last day, so that it gives no rights and nothing is sent for it today."""
    yesterday = now.astimezone(LONDON).date() - timedelta(days=1)
    if post.valid_to is not None and post.valid_to <= yesterday:
        return
    if post.valid_from > yesterday:
        post.valid_from = _free_day(session, post, yesterday)
    post.valid_to = yesterday
    session.add(post)
    session.flush()


def _free_day(session: Session, post: Post, last: date) -> date:
    """A first day for a post that would have begun later: none ends before it begins, and none begins twice."""
    query = select(col(Post.valid_from)).where(
        col(Post.person_id) == post.person_id, col(Post.kind) == post.kind, *of_the_same(post)
    )
    taken = set(session.exec(query))
    day = last
    while day in taken:
        day -= timedelta(days=1)
    return day

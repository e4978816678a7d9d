"""Whose messages do not arrive, as a lead or an administrator is told."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.queries.posts import words_of_posts
from storage.read_models import Undelivered, UndeliveredItem
from storage.tables import Person, Post, Prompt, id_of
from storage.vocabulary import Reason


def undelivered(session: Session, *, notice_id: str, now: datetime) -> Undelivered:
    """The people that this notice tells of, each with their post, since when, and why."""
    rows = session.exec(
        select(Prompt, Post, Person.name)
        .join(Post, col(Post.id) == col(Prompt.about_post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(Prompt.notice_id == notice_id)
        .order_by(col(Prompt.planned_for), col(Prompt.id))
    ).all()
    words = words_of_posts(session, [post for _, post, _ in rows])
    return Undelivered(
        now=now,
        items=tuple(
            UndeliveredItem(
                name=name,
                post=words[id_of(post)],
                since=prompt.planned_for,
                reason=Reason(prompt.step),
            )
            for prompt, post, name in rows
        ),
    )

"""What somebody's first message says besides what it asks: what Vigil is, and how they came to it."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.queries.posts import words_of_posts
from storage.read_models import Preface
from storage.tables import Notice, Person, Post, Prompt, id_of
from storage.vocabulary import ANSWERING, NoticeState, PromptKind

#: These never came, so that the next one is the first.
_NEVER_CAME = (NoticeState.SKIPPED, NoticeState.FAILED)


def prefaces(session: Session, *, notice_ids: Collection[str]) -> dict[str, Preface]:
    """By its id, what each of these notices says besides that is the first message of its person.

    The same however often it is asked, so that it stays when a message is brought up to date. An invitation to take
    over a duty says for itself what it is, and counts for nothing here.
    """
    posts = _posts_of(session, _firsts(session, notice_ids))
    if not posts:
        return {}
    everything = [post for found in posts.values() for post in found]
    words = words_of_posts(session, everything)
    names = _names(session, {post.added_by for post in everything if post.added_by is not None})
    return {
        notice_id: Preface(
            posts=tuple(dict.fromkeys(words[id_of(post)] for post in found)),
            added_by=next((names[post.added_by] for post in found if post.added_by), None),
            answers=any(post.kind in ANSWERING for post in found),
        )
        for notice_id, found in posts.items()
    }


def _firsts(session: Session, notice_ids: Collection[str]) -> Collection[str]:
    """Those of these notices before which no other was made for the same person; of two at once, the lesser id."""
    earlier = aliased(Notice)
    is_before = or_(
        col(earlier.as_of) < col(Notice.as_of),
        and_(col(earlier.as_of) == col(Notice.as_of), col(earlier.id) < col(Notice.id)),
    )
    one_before = select(earlier.id).where(
        earlier.person_id == Notice.person_id,
        earlier.kind != PromptKind.HANDOVER,
        col(earlier.state).not_in(_NEVER_CAME),
        is_before,
    )
    query = select(Notice.id).where(
        col(Notice.id).in_(notice_ids),
        Notice.kind != PromptKind.HANDOVER,
        ~one_before.exists(),
    )
    return session.exec(query).all()


def _posts_of(session: Session, notice_ids: Collection[str]) -> dict[str, list[Post]]:
    """The posts for which each notice was sent, in the order in which they were given."""
    query = (
        select(Prompt.notice_id, Post)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .where(col(Prompt.notice_id).in_(notice_ids))
        .distinct()
        .order_by(col(Post.id))
    )
    found: dict[str, list[Post]] = defaultdict(list)
    for notice_id, post in session.exec(query) if notice_ids else ():
        found[notice_id or ""].append(post)
    return found


def _names(session: Session, people: Collection[int]) -> dict[int, str]:
    query = select(Person.id, Person.name).where(col(Person.id).in_(people))
    return {person_id or 0: name for person_id, name in session.exec(query)}

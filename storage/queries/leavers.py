"""Who has left a post: what planning is given, and what leads or administrators are told."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.plan_models import LeaverFacts, PostFacts
from storage.queries.posts import of_the_same, words_of_posts
from storage.queries.validity import in_force, validity_of
from storage.read_models import Leaver, Leavers
from storage.tables import AuditEntry, Partner, Person, Post, Prompt, id_of
from storage.vocabulary import ANSWERING, Deed, Leaving, PostKind


def leaver_facts(session: Session) -> Iterator[LeaverFacts]:
    """Every post that was left, the first to be left first, with the leads and administrators who are somebody else."""
    left = session.exec(
        select(AuditEntry, Post)
        .join(Post, col(Post.id) == col(AuditEntry.post_id))
        .where(
            col(AuditEntry.deed).in_((Deed.POST_ENDED, Deed.POST_TAKEN_OVER)),
            Post.kind != PostKind.INVITED,
        )
        .order_by(col(AuditEntry.id))
    ).all()
    if not left:
        return
    partnerships = _partnerships(session, {post.partner_id for _, post in left if post.partner_id})
    leads, administrators = _who_acts(session)
    for entry, post in left:
        where = post.partnership_id or partnerships.get(post.partner_id or 0, 0)
        yield LeaverFacts(
            entry_id=id_of(entry),
            post_id=id_of(post),
            left_at=entry.at,
            why=_why(entry),
            leads=_of_others(leads[where], post.person_id),
            administrators=_of_others(administrators, post.person_id),
        )


def _why(entry: AuditEntry) -> Leaving:
    if entry.deed == Deed.POST_TAKEN_OVER:
        return Leaving.HANDED_OVER
    return Leaving.ACCOUNT_CLOSED if entry.person_id is None else Leaving.SAID_SO


def _partnerships(session: Session, partners: Collection[int]) -> dict[int, int]:
    query = select(Partner.id, Partner.partnership_id).where(col(Partner.id).in_(partners))
    return {partner_id or 0: partnership_id for partner_id, partnership_id in session.exec(query)}


def _who_acts(session: Session) -> tuple[dict[int, list[Post]], list[Post]]:
    """The posts of leads, by partnership, and those of administrators."""
    kinds = (PostKind.LEAD, PostKind.ADMINISTRATOR)
    query = select(Post).where(col(Post.kind).in_(kinds)).order_by(col(Post.id))
    leads: dict[int, list[Post]] = defaultdict(list)
    administrators: list[Post] = []
    for post in session.exec(query):
        if post.partnership_id is None:
            administrators.append(post)
        else:
            leads[post.partnership_id].append(post)
    return leads, administrators


def _of_others(posts: Collection[Post], person_id: int) -> tuple[PostFacts, ...]:
    return tuple(
        PostFacts(
            post_id=id_of(post),
            validity=validity_of(post),
        )
        for post in posts
        if post.person_id != person_id
    )


def leavers(session: Session, *, notice_id: str, now: datetime) -> Leavers:
    """Who this notice says has left, and who is left in their place at that moment."""
    today = now.astimezone(LONDON).date()
    rows = session.exec(
        select(Prompt, Post, Person.name)
        .join(Post, col(Post.id) == col(Prompt.about_post_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(Prompt.notice_id == notice_id)
        .order_by(col(Prompt.planned_for), col(Prompt.id))
    ).all()
    words = words_of_posts(session, [post for _, post, _ in rows])
    return Leavers(
        now=now,
        items=tuple(
            Leaver(
                name=name,
                kind=PostKind(post.kind),
                post=words[id_of(post)],
                since=prompt.planned_for,
                why=Leaving(prompt.step),
                others=_others(session, post, on=today),
            )
            for prompt, post, name in rows
        ),
    )


def _others(session: Session, left: Post, *, on: date) -> tuple[str, ...]:
    kinds = ANSWERING if left.kind in ANSWERING else (left.kind,)
    query = (
        select(Person.name)
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(
            col(Post.kind).in_(kinds),
            *of_the_same(left),
            Post.person_id != left.person_id,
            *in_force(Post, on),
        )
        .distinct()
        .order_by(col(Person.name))
    )
    return tuple(session.exec(query))

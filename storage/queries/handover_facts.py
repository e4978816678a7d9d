"""What planning goes by where duties are handed over: who is asked, and who is asked instead of whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.plan_models import HandoverFacts
from storage.queries.validity import in_force
from storage.tables import Handover, Post, Round, id_of
from storage.vocabulary import ANSWERING, HandoverAnswer

#: For how many days somebody can agree to take a duty over for good.
_DAYS_TO_AGREE = 28


def open_handovers(session: Session, *, now: datetime) -> Iterator[HandoverFacts]:
    """The askings that wait for an answer, of those who still hold the duty."""
    query = (
        select(Handover, Round)
        .join(Post, col(Post.id) == col(Handover.post_id))
        .join(Round, col(Round.id) == col(Handover.round_id), isouter=True)
        .where(col(Handover.answer).is_(None), *in_force(Post, now.astimezone(LONDON).date()))
        .order_by(col(Handover.id))
    )
    rows: Sequence[tuple[Handover, Round | None]] = session.exec(query).all()
    for handover, round_ in rows:
        yield HandoverFacts(
            handover_id=id_of(handover),
            post_id=handover.post_id,
            invited_post_id=handover.invited_post_id,
            asked_at=handover.asked_at,
            last_day=last_day_of(session, handover),
            quiet=_quiet(round_),
        )


def _quiet(round_: Round | None) -> tuple[date, date] | None:
    if round_ is None or round_.quiet_from is None or round_.quiet_to is None:
        return None
    return round_.quiet_from, round_.quiet_to


def last_day_of(session: Session, handover: Handover) -> date:
    """The London day until which the colleague can agree."""
    if handover.round_id is None:
        return last_day_for_good(handover.asked_at)
    return last_day_once(session, session.get_one(Round, handover.round_id))


def last_day_for_good(asked_at: datetime) -> date:
    """The same where it is for good."""
    return asked_at.astimezone(LONDON).date() + timedelta(days=_DAYS_TO_AGREE)


def last_day_once(session: Session, round_: Round) -> date:
    """The last London day of a round as far as it is somebody's alone: of weekly rounds, before the next one opens."""
    opens_next = session.exec(
        select(col(Round.opens_on))
        .where(
            Round.participation_id == round_.participation_id,
            col(Round.withdrawn).is_(False),
            col(Round.opens_on) > round_.opens_on,
        )
        .order_by(col(Round.opens_on))
    ).first()
    if opens_next is None:
        return round_.late_until
    return min(round_.late_until, opens_next - timedelta(days=1))


#: By participation and partner, then by post and the key of a round: the last day on which a colleague answers instead.
HandedOverDays = Mapping[tuple[int, int], Mapping[tuple[int, str], date]]


def handed_over(session: Session) -> HandedOverDays:
    """Where a colleague has agreed to answer in one round, for all posts that the one who asked holds of that partner."""
    asked, theirs, taken = aliased(Post), aliased(Post), aliased(Post)
    query = (
        select(Round, theirs, taken)
        .join(Handover, col(Handover.round_id) == col(Round.id))
        .join(asked, col(asked.id) == col(Handover.post_id))
        .join(taken, col(taken.id) == col(Handover.taken_post_id))
        .join(
            theirs,
            (col(theirs.person_id) == col(asked.person_id))
            & (col(theirs.partner_id) == col(asked.partner_id)),
        )
        .where(Handover.answer == HandoverAnswer.AGREED, col(theirs.kind).in_(ANSWERING))
    )
    found: dict[tuple[int, int], dict[tuple[int, str], date]] = defaultdict(dict)
    for round_, post, colleague in session.exec(query):
        last = min(round_.late_until, colleague.valid_to or round_.late_until)
        key = (id_of(post), round_.key)
        days = found[round_.participation_id, post.partner_id or 0]
        days[key] = max(last, days.get(key, last))
    return found


def days_of_taking_over(session: Session) -> dict[int, date]:
    """The London day on which each post was taken over that was, by the post's id."""
    query = (
        select(Handover.taken_post_id, Handover.answered_at)
        .where(col(Handover.taken_post_id).is_not(None))
        .order_by(col(Handover.id))
    )
    return {
        post_id: at.astimezone(LONDON).date()
        for post_id, at in session.exec(query)
        if post_id is not None and at is not None
    }


def rounds_of_posts(session: Session) -> dict[int, set[tuple[int, str]]]:
    """The rounds (participation and key) for which alone a post was taken over; other posts are not in it."""
    for_good = select(Handover.taken_post_id).where(
        col(Handover.round_id).is_(None), col(Handover.taken_post_id).is_not(None)
    )
    query = (
        select(Post.id, Round.participation_id, Round.key)
        .join(Handover, col(Handover.taken_post_id) == col(Post.id))
        .join(Round, col(Round.id) == col(Handover.round_id))
        .where(
            col(Post.added_by).is_not(None),
            col(Post.valid_to).is_not(None),  # a roster may have given it for longer since
            col(Post.id).not_in(for_good),
        )
    )
    found: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for post_id, participation_id, key in session.exec(query):
        found[post_id or 0].add((participation_id, key))
    return found

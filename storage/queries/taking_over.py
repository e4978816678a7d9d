"""What a colleague answers who is asked to take over a duty, and what the one who asked takes back."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.access import may_change_handover
from storage.clock import LONDON
from storage.errors import NotYours, VigilError
from storage.queries.audit import record
from storage.queries.ending import end_post
from storage.queries.handover_changes import close, open_handovers_of
from storage.queries.handover_facts import rounds_of_posts
from storage.queries.handovers import item
from storage.queries.people import known_access_of
from storage.queries.replies import take_turns
from storage.queries.validity import in_force
from storage.read_models import HandoverState
from storage.tables import Handover, Person, PlanRequest, Post, id_of
from storage.vocabulary import Deed, HandoverAnswer, PostKind


class HandoverRefused(VigilError):
    """It cannot be answered so, or taken back, any more."""


_TOO_LATE = {
    HandoverState.REPLIED: "It has been replied already: nothing is left to take over.",
    HandoverState.TOO_LATE: "It is too late to take this over. Nothing is asked of you.",
    HandoverState.NOT_THEIRS: (
        "Your colleague no longer answers for this partner, so they cannot pass it on."
        " Ask the partnership’s lead who is to answer."
    ),
    HandoverState.WITHDRAWN: "Your colleague has taken this back. Nothing is asked of you.",
}


def answer_handover(
    session: Session,
    *,
    team_id: str,
    slack_user_id: str,
    handover_id: int,
    agrees: bool,
    now: datetime,
) -> None:
    """The colleague agrees, and has the duty from now on; or declines, and nothing changes. The first answer stands.

    Raises:
        NotYours: it is somebody else who is asked.
        HandoverRefused: there is nothing left to take over.
    """
    handover, post, invited = _taking_turns(session, handover_id)
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if not may_change_handover(access, invited.person_id):
        raise NotYours("Somebody else is asked to take this over, so only they can answer.")
    asked = item(session, handover_id=handover_id, now=now)
    state = asked.state
    if state in {HandoverState.AGREED, HandoverState.DECLINED, HandoverState.ENDED}:
        return
    if not agrees and state is not HandoverState.WITHDRAWN:
        close(session, handover, HandoverAnswer.DECLINED, now=now)
        session.add(PlanRequest(cause="handover"))
        return
    if state is not HandoverState.ASKED:
        raise HandoverRefused(_TOO_LATE[state])
    if handover.round_id is None:
        handover.taken_post_id = _take_for_good(session, post, invited.person_id, now=now)
    else:
        handover.taken_post_id = _take(
            session,
            post,
            invited.person_id,
            PostKind.RESPONDENT,
            until=asked.last_day,
            now=now,
        )
    close(session, handover, HandoverAnswer.AGREED, now=now)
    if handover.round_id is None:
        for other in open_handovers_of(session, post, None):
            close(session, other, HandoverAnswer.WITHDRAWN, now=now)
    session.add(PlanRequest(cause="handover"))


def decline_all(session: Session, *, person_id: int, now: datetime) -> None:
    """For somebody who cannot answer any more: whoever asked them reads that it is still theirs."""
    invited = select(Post.id).where(Post.person_id == person_id, Post.kind == PostKind.INVITED)
    query = select(Handover.id).where(
        col(Handover.invited_post_id).in_(invited), col(Handover.answer).is_(None)
    )
    for handover_id in session.exec(query.order_by(col(Handover.id))).all():
        handover, _, _ = _taking_turns(session, handover_id or 0)
        if handover.answer is None:
            close(session, handover, HandoverAnswer.DECLINED, now=now)
            session.add(PlanRequest(cause="handover"))


def take_back(
    session: Session, *, team_id: str, slack_user_id: str, handover_id: int, now: datetime
) -> str:
    """The one who asked no longer asks, or answers again themselves; gives the colleague's name. Once more changes nothing.

    Raises:
        NotYours: it is somebody else's to take back.
        HandoverRefused: the duty was passed on for good.
    """
    handover, post, invited = _taking_turns(session, handover_id)
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if not may_change_handover(access, post.person_id):
        raise NotYours("Somebody else passed this on, so only they can take it back.")
    name = session.get_one(Person, invited.person_id).name
    if handover.answer == HandoverAnswer.AGREED and handover.round_id is None:
        raise HandoverRefused(
            f"{name} answers for this now. To change that, ask your partnership’s lead."
        )
    if handover.answer not in {HandoverAnswer.WITHDRAWN, HandoverAnswer.DECLINED}:
        taken_post_id = handover.taken_post_id
        was_lent = taken_post_id is not None and taken_post_id in rounds_of_posts(session)
        close(session, handover, HandoverAnswer.WITHDRAWN, now=now)
        if was_lent and taken_post_id is not None:
            _end_lent(session, taken_post_id, now=now)
        session.add(PlanRequest(cause="handover"))
    return name


def _taking_turns(session: Session, handover_id: int) -> tuple[Handover, Post, Post]:
    """The handover, whose duty it is and who is asked; whoever changes it at the same time waits here."""
    handover = session.get(Handover, handover_id)
    if handover is None:
        raise NotYours("There is no such request any more. Type /review-status to see your part.")
    post = session.get_one(Post, handover.post_id)
    take_turns(session, post.partner_id or 0)
    session.refresh(handover)
    return handover, post, session.get_one(Post, handover.invited_post_id)


def _take_for_good(session: Session, post: Post, person_id: int, *, now: datetime) -> int:
    """The same post as the one who asked had, which ends."""
    taken_post_id = _take(
        session, post, person_id, PostKind(post.kind), until=post.valid_to, now=now
    )
    end_post(session, post, now=now)
    record(
        session,
        deed=Deed.POST_TAKEN_OVER,
        at=now,
        person_id=person_id,
        post_id=id_of(post),
        partner_id=post.partner_id,
    )
    return taken_post_id


def _take(
    session: Session,
    instead_of: Post,
    person_id: int,
    kind: PostKind,
    *,
    until: date | None,
    now: datetime,
) -> int:
    """The post by which the colleague answers until then. One that they hold will do; one that is lent is made longer."""
    today = now.astimezone(LONDON).date()
    held = session.exec(
        select(Post)
        .where(
            Post.person_id == person_id,
            Post.partner_id == instead_of.partner_id,
            Post.kind == kind,
            *in_force(Post, today),
        )
        .order_by(col(Post.id))
    ).all()
    lent = rounds_of_posts(session)
    post = min(held, key=lambda each: each.id in lent, default=None)
    if post is None:
        post = Post(
            person_id=person_id,
            kind=kind,
            partner_id=instead_of.partner_id,
            valid_from=today,
            valid_to=until,
            added_by=instead_of.person_id,
        )
    elif post.id in lent:
        post.valid_to = None if until is None else max(until, post.valid_to or until)
    session.add(post)
    session.flush()
    return id_of(post)


def _end_lent(session: Session, post_id: int, *, now: datetime) -> None:
    """Unless another colleague has lent them the same post."""
    others = select(Handover.id).where(Handover.taken_post_id == post_id)
    if session.exec(others.limit(1)).first() is None:
        end_post(session, session.get_one(Post, post_id), now=now)

"""Asking a colleague to take over a duty. Nothing changes hands before the colleague agrees."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.handover_changes import close, open_handovers_of, outdate_asker
from storage.queries.handover_facts import last_day_for_good, last_day_once, rounds_of_posts
from storage.queries.handovers import handed_over_by, shown_in
from storage.queries.inviting import PassOnRefused, invite, new_person
from storage.queries.people import known_access_of, person_of
from storage.queries.replies import Replier, answerable, take_turns
from storage.queries.snoozes import owed_by
from storage.queries.validity import in_force
from storage.read_models import (
    Access,
    Colleague,
    DutyToPassOn,
    HandedOver,
    HandoverState,
    PassOnForm,
    Standing,
)
from storage.tables import Handover, Person, PlanRequest, Post, Round, id_of
from storage.vocabulary import ANSWERING, HandoverAnswer, PostKind


@dataclass(frozen=True, kw_only=True)
class _Passing:
    """A duty that somebody wants to pass on: who they are, which of their posts it is, and where the round stands."""

    access: Access
    post: Post
    round: Round
    standing: Standing
    last_day: date
    handovers: tuple[HandedOver, ...]


def duties_to_pass_on(
    session: Session, *, team_id: str, slack_user_id: str, now: datetime
) -> tuple[DutyToPassOn, ...]:
    """What this Slack user has to answer, the next deadline first, each with whom they have asked to take it over."""
    owed = owed_by(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if not owed.duties:
        return ()
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    asked = handed_over_by(session, people={access.person_id}, now=now)
    return tuple(
        DutyToPassOn(
            standing=row,
            handovers=shown_in(asked[access.person_id, row.partner_id], round_id=row.round_id),
        )
        for row in owed.duties
    )


def pass_on_form(session: Session, *, replier: Replier, now: datetime) -> PassOnForm:
    """What the form starts from.

    Raises:
        NotYours, RoundOver: as `replies.duty` does.
        PassOnRefused: a colleague has passed it to them, for one round alone.
    """
    passing = _passing(session, replier, now)
    return PassOnForm(
        now=now,
        standing=passing.standing,
        last_day=passing.last_day,
        handovers=passing.handovers,
    )


def ask(
    session: Session, *, replier: Replier, colleague: Colleague, for_good: bool, now: datetime
) -> str:
    """Ask a colleague to answer for the partner in that round, or for good; gives the colleague's name.

    Asking the same again changes nothing. Asking somebody else withdraws what was asked before.

    Raises:
        NotYours, RoundOver: as `replies.duty` does.
        PassOnRefused: there is nothing to pass on so, or the colleague cannot take it.
    """
    take_turns(session, replier.partner_id)
    passing = _passing(session, replier, now)
    if not for_good:
        _check_once(passing, today=now.astimezone(LONDON).date())
    person = person_of(session, team_id=replier.team_id, slack_user_id=colleague.slack_user_id)
    round_id = None if for_good else replier.round_id
    before = open_handovers_of(session, passing.post, round_id)
    if person is not None:
        for each in before:
            if each.round_id == round_id and _asks(session, each, person):
                return person.name
        _check_colleague(session, passing, person, for_good=for_good, now=now)
    else:
        person = new_person(session, replier.team_id, colleague)
    for each in before:
        close(session, each, HandoverAnswer.WITHDRAWN, now=now)
    until = last_day_for_good(now) if for_good else passing.last_day
    invited = invite(
        session, person, passing.post, by=passing.access.person_id, until=until, now=now
    )
    session.add(
        Handover(
            post_id=id_of(passing.post), invited_post_id=invited, round_id=round_id, asked_at=now
        )
    )
    session.flush()
    outdate_asker(session, passing.post, round_id)
    session.add(PlanRequest(cause="handover"))
    return person.name


def _passing(session: Session, replier: Replier, now: datetime) -> _Passing:
    access, standing = answerable(session, replier, now)
    round_ = session.get_one(Round, replier.round_id)
    asked = handed_over_by(session, people={access.person_id}, now=now)
    return _Passing(
        access=access,
        post=_post(session, access, replier.partner_id, on=now.astimezone(LONDON).date()),
        round=round_,
        standing=standing,
        last_day=last_day_once(session, round_),
        handovers=shown_in(asked[access.person_id, replier.partner_id], round_id=replier.round_id),
    )


def _post(session: Session, access: Access, partner_id: int, *, on: date) -> Post:
    """Which of their posts is passed on: the one that answers in the first place, and is their own."""
    posts = session.exec(
        select(Post)
        .where(
            Post.person_id == access.person_id,
            Post.partner_id == partner_id,
            col(Post.kind).in_(ANSWERING),
            *in_force(Post, on),
        )
        .order_by(col(Post.id))
    ).all()
    lent = rounds_of_posts(session)
    first = min(posts, key=lambda post: (post.kind != PostKind.RESPONDENT, post.id in lent))
    if first.id in lent:
        raise PassOnRefused(
            "A colleague passed this to you for this time only. Ask them to take it back."
        )
    return first


def _check_once(passing: _Passing, *, today: date) -> None:
    if passing.standing.is_done:
        raise PassOnRefused(
            "It has been replied already: nothing is left to pass on this time.", at="how_long"
        )
    if today > passing.last_day:
        raise PassOnRefused("The next time has begun. Pass that one on instead.", at="how_long")
    for each in passing.handovers:
        if each.state is HandoverState.AGREED:
            raise PassOnRefused(f"{each.colleague} answers for this already. Take it back first.")


def _check_colleague(
    session: Session, passing: _Passing, person: Person, *, for_good: bool, now: datetime
) -> None:
    if person.id == passing.access.person_id:
        raise PassOnRefused("Choose somebody else than yourself.")
    kinds = (
        {PostKind.RESPONDENT, PostKind(passing.post.kind)} if for_good else {PostKind.RESPONDENT}
    )
    held = session.exec(
        select(Post).where(
            Post.person_id == person.id,
            Post.partner_id == passing.post.partner_id,
            col(Post.kind).in_(kinds),
            *in_force(Post, now.astimezone(LONDON).date()),
        )
    ).all()
    lent = rounds_of_posts(session)
    here = (passing.round.participation_id, passing.round.key)
    if any(post.id not in lent or (not for_good and here in lent[id_of(post)]) for post in held):
        raise PassOnRefused(
            f"{person.name} answers for this partner already. Choose somebody else."
        )


def _asks(session: Session, handover: Handover, person: Person) -> bool:
    return session.get_one(Post, handover.invited_post_id).person_id == person.id

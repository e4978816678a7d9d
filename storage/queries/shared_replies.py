"""One reply for several partners: somebody who answers for many says the same for those that they choose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from storage.access import may_answer_for
from storage.clock import LONDON
from storage.queries import replies
from storage.queries.board import Scope, standings
from storage.queries.people import known_access_of
from storage.queries.replies import Answered, Refused, Replier, Stored
from storage.read_models import Access, AlsoFor, Duty, Standing, Submission
from storage.tables import Partner, Partnership, Reply

#: Where a sentence about the other partners stands in the form.
ALSO_FOR = "also_for"


def duty(
    session: Session, *, replier: Replier, now: datetime, also_for: Sequence[AlsoFor] = ()
) -> Duty:
    """What the form starts from, with the other partners that owe the same, and those that the reply is for already.

    Raises as `replies.duty` does.
    """
    own = replies.duty(session, replier=replier, now=now)
    access = _access(session, replier, now)
    return replace(
        own,
        others=tuple(_owing_the_same(session, access, own.standing, now)),
        also=tuple(_chosen(session, access, also_for, now).values()),
    )


def submit(
    session: Session, *, replier: Replier, submission: Submission, now: datetime
) -> Stored | Refused:
    """Store a reply of its own for each partner that was chosen, all or none; as `replies.submit` does for one.

    Where one of them cannot be given it, the sentence says which. The same submission a second time changes nothing.
    """
    partners = {each.partner_id for each in submission.also_for}
    replies.take_turns(session, replier.partner_id, *partners)
    access, own = replies.answerable(session, replier, now)
    chosen = _chosen(session, access, submission.also_for, now)
    left = [each for each in submission.also_for if not _is_stored(session, submission, each)]
    if refused := _why_not(session, access, own, {each: chosen.get(each) for each in left}, now):
        return Refused(mistakes={ALSO_FOR: refused})
    answered: list[tuple[AlsoFor, Answered]] = []
    for each in left:
        outcome = replies.answered_by(chosen[each], submission, now=now)
        if isinstance(outcome, Refused):
            return outcome
        answered.append((each, outcome))
    stored = replies.submit(session, replier=replier, submission=submission, now=now)
    if isinstance(stored, Refused):
        return stored
    for each, says in answered:
        other = replace(replier, round_id=each.round_id, partner_id=each.partner_id)
        replies.keep(session, other, access, says, submission=_key(submission, each), now=now)
    also = _chosen(session, access, submission.also_for, now)
    return replace(stored, duty=replace(stored.duty, also=tuple(also.values())))


def _access(session: Session, replier: Replier, now: datetime) -> Access:
    return known_access_of(
        session, team_id=replier.team_id, slack_user_id=replier.slack_user_id, now=now
    )


def _owing_the_same(
    session: Session, access: Access, own: Standing, now: datetime
) -> list[Standing]:
    """This person's other partners that are asked the same form in the same week, and are not done."""
    rows = standings(session, scope=Scope(partners=access.answers_for), as_of=now)
    return [
        row
        for row in rows
        if _is_asked_the_same(row, own)
        and not row.is_done
        and now.astimezone(LONDON).date() <= row.late_until
    ]


def _is_asked_the_same(row: Standing, own: Standing) -> bool:
    return (
        row.partner_id != own.partner_id
        and (row.campaign_title, row.round_title) == (own.campaign_title, own.round_title)
        and row.form == own.form
    )


def _chosen(
    session: Session, access: Access, also_for: Sequence[AlsoFor], now: datetime
) -> dict[AlsoFor, Standing]:
    """Where those partners stand that this person answers for."""
    if not also_for:
        return {}
    scope = Scope(
        rounds={each.round_id for each in also_for},
        partners={each.partner_id for each in also_for},
    )
    rows = {
        (row.round_id, row.partner_id): row
        for row in standings(session, scope=scope, as_of=now)
        if may_answer_for(access, row)
    }
    return {
        each: rows[each.round_id, each.partner_id]
        for each in also_for
        if (each.round_id, each.partner_id) in rows
    }


def _key(submission: Submission, each: AlsoFor) -> str:
    return f"{submission.key} for {each.round_id}/{each.partner_id}"


def _is_stored(session: Session, submission: Submission, each: AlsoFor) -> bool:
    stored = select(Reply.id).where(Reply.submission == _key(submission, each))
    return session.exec(stored).first() is not None


def _why_not(
    session: Session,
    access: Access,
    own: Standing,
    left: dict[AlsoFor, Standing | None],
    now: datetime,
) -> str:
    """Which of these cannot be given the reply, in sentences; empty where all can."""
    today = now.astimezone(LONDON).date()
    over, answered = [], []
    for each, row in left.items():
        if row is None or not _is_asked_the_same(row, own) or today > row.late_until:
            over.append(each)
        elif _is_answered_since(session, access, each, row):
            answered.append(each)
    sentences = []
    if over:
        sentences.append(f"You can no longer reply with this for {_named(session, over)}.")
    if answered:
        sentences.append(
            f"Somebody else has replied since you opened this for {_named(session, answered)}."
        )
    # a later screen has no list to choose from, only ‘Skip’
    is_list = any(each.reply_id is not None for each in left)
    then = "Take that out of the list, and send again." if is_list else "What you sent first stays."
    return " ".join([*sentences, then]) if sentences else ""


def _is_answered_since(session: Session, access: Access, each: AlsoFor, row: Standing) -> bool:
    """Whether a colleague has replied since the form showed where that partner stood."""
    if each.reply_id is None or row.said is None or row.said.reply_id == each.reply_id:
        return False
    return session.get_one(Reply, row.said.reply_id).person_id != access.person_id


def _named(session: Session, those: Sequence[AlsoFor]) -> str:
    query = (
        select(Partner.body, Partnership.name)
        .join(Partnership, col(Partnership.id) == col(Partner.partnership_id))
        .where(col(Partner.id).in_({each.partner_id for each in those}))
        .order_by(col(Partnership.name), col(Partner.body))
    )
    return "; ".join(f"{body}, {partnership}" for body, partnership in session.exec(query))

"""Replies: what a form starts from, and storing what was said. Append only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.access import may_answer_for
from storage.answers import Answers
from storage.clock import LONDON
from storage.errors import NotYours, RoundOver
from storage.forms import Form
from storage.guard import stopped
from storage.queries.board import Scope, previous_said, standings
from storage.queries.changes import asking_for, outdate_about
from storage.queries.people import access_of
from storage.questions import typed_in
from storage.read_models import Access, Duty, Standing, Submission
from storage.tables import (
    Campaign,
    Notice,
    Participation,
    Partner,
    Person,
    PlanRequest,
    Prompt,
    Reply,
    Round,
)
from storage.vocabulary import Audience, NoticeState, PromptState, Reason
from storage.wishes import falls_due


@dataclass(frozen=True, kw_only=True)
class Replier:
    """The Slack user who replies, for one partner in one round."""

    team_id: str
    slack_user_id: str
    round_id: int
    partner_id: int


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The reply is kept. `has_message`: a message in Slack asked for it and becomes its receipt."""

    has_message: bool
    duty: Duty


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing was stored; a sentence for each question says what to put right."""

    mistakes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a reply says, however it was given."""

    answers: dict[str, str | list[str]]
    audience: Audience
    is_done: bool
    is_confirmation: bool = False
    another_way: bool = False


def duty(session: Session, *, replier: Replier, now: datetime) -> Duty:
    """What the form starts from.

    Raises:
        NotYours: this Slack user does not answer for that partner.
        RoundOver: late replies are no longer taken.
    """
    _, standing = answerable(session, replier, now)
    return _duty(session, standing, now)


def _duty(session: Session, standing: Standing, now: datetime) -> Duty:
    before = previous_said(session, [standing])
    return Duty(
        now=now, standing=standing, previous=before.get((standing.round_id, standing.partner_id))
    )


def submit(
    session: Session, *, replier: Replier, submission: Submission, now: datetime
) -> Stored | Refused:
    """Store a revision, satisfy the current step, and end the asking when the partner is done.

    The same submission a second time changes nothing. Raises as `duty` does.
    """
    take_turns(session, replier.partner_id)
    access, standing = answerable(session, replier, now)
    answered = answered_by(standing, submission, now=now)
    if isinstance(answered, Refused):
        return answered
    keep(session, replier, access, answered, submission=submission.key, now=now)
    _, standing = answerable(session, replier, now)
    return Stored(has_message=_has_message(session, replier), duty=_duty(session, standing, now))


def answered_by(standing: Standing, submission: Submission, *, now: datetime) -> Answered | Refused:
    """What the partner says with this submission; nothing is stored yet."""
    answers = _with_what_stands(standing, submission)
    if mistakes := mistakes_in(standing.form, answers, now=now):
        return Refused(mistakes=mistakes)
    return Answered(
        answers=answers,
        audience=submission.audience
        or (standing.said.audience if standing.said else Audience.FACILITATORS),
        is_done=standing.form.is_done(answers),
    )


def _with_what_stands(standing: Standing, submission: Submission) -> dict[str, str | list[str]]:
    """The answers of the screen that was filled in, and those of the other screen as they stand."""
    said = {} if standing.said is None or submission.asked is None else standing.said.answers
    merged = {ref: answer for ref, answer in said.items() if ref not in (submission.asked or ())}
    merged |= submission.answers
    return {ref: answer for ref, answer in merged.items() if answer not in ("", [])}


def keep(
    session: Session,
    replier: Replier,
    by: Access,
    answered: Answered,
    *,
    submission: str,
    now: datetime,
) -> None:
    """Store it as the newest revision, with all that follows; the same `submission` a second time changes nothing."""
    reply = Reply(
        round_id=replier.round_id,
        partner_id=replier.partner_id,
        revision=0,
        version_id=_version_id(session, replier.round_id),
        person_id=by.person_id,
        submitted_at=now,
        submission=submission,
        **vars(answered),
    )
    append(session, reply)


def take_turns(session: Session, *partner_ids: int) -> None:
    """Two people may change what a partner said at once: the second one waits here, and then reads what the first one did."""
    theirs = select(Partner.id).where(col(Partner.id).in_(partner_ids)).order_by(col(Partner.id))
    session.exec(theirs.with_for_update()).all()


def _has_message(session: Session, replier: Replier) -> bool:
    """Whether this person has a message that asked for this reply."""
    asking = asking_for(round_id=replier.round_id, partner_id=replier.partner_id)
    query = (
        select(Notice.id)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .where(
            col(Notice.id).in_(asking),
            Person.slack_user_id == replier.slack_user_id,
            Notice.state == NoticeState.SENT,
        )
    )
    return session.exec(query.limit(1)).first() is not None


def answerable(session: Session, replier: Replier, now: datetime) -> tuple[Access, Standing]:
    """What this person may do, and where the partner stands in that round. Raises as `duty` does."""
    access = access_of(
        session, team_id=replier.team_id, slack_user_id=replier.slack_user_id, now=now
    )
    rows = standings(
        session, scope=Scope(rounds=[replier.round_id], partners=[replier.partner_id]), as_of=now
    )
    if access is None or not rows or not may_answer_for(access, rows[0]):
        raise NotYours(
            "You do not hold a post that answers for this partner. Ask your partnership’s lead to add you."
        )
    if now.astimezone(LONDON).date() > rows[0].late_until:
        raise RoundOver(
            "Late replies to this are no longer taken. Tell your partnership’s lead what has changed."
        )
    return access, rows[0]


def mistakes_in(form: Form, answers: Answers, *, now: datetime) -> dict[str, str]:
    """A sentence for each question to put right. The guard comes first: what must not be stored is not checked further."""
    texts = typed_in(form.all_questions, answers)
    return stopped(texts) or form.mistakes(answers, today=now.astimezone(LONDON).date())


def _version_id(session: Session, round_id: int) -> int:
    """The version of the campaign's form that a round asks at present."""
    return session.exec(
        select(Campaign.version_id)
        .join(Participation, col(Participation.campaign_id) == col(Campaign.id))
        .join(Round, col(Round.participation_id) == col(Participation.id))
        .where(Round.id == round_id)
    ).one()


def append(session: Session, reply: Reply) -> None:
    """Number the revision and store it, with all that follows from it, unless it is stored already."""
    if (
        session.exec(select(Reply.id).where(Reply.submission == reply.submission)).first()
        is not None
    ):
        return
    earlier = session.exec(
        select(Reply.revision)
        .where(Reply.round_id == reply.round_id, Reply.partner_id == reply.partner_id)
        .order_by(col(Reply.revision).desc())
    ).first()
    reply.revision = (earlier or 0) + 1
    session.add(reply)
    _satisfy_prompts(session, reply)
    # every message that asked for this becomes a receipt
    outdate_about(session, round_id=reply.round_id, partner_id=reply.partner_id)
    session.add(PlanRequest(cause="reply"))


def _satisfy_prompts(session: Session, reply: Reply) -> None:
    owed = update(Prompt).where(
        col(Prompt.round_id) == reply.round_id,
        col(Prompt.partner_id) == reply.partner_id,
        col(Prompt.state) == PromptState.PLANNED,
    )
    if reply.is_done:
        session.exec(owed.values(state=PromptState.CANCELLED, reason=Reason.DONE))
    else:
        due = owed.where(col(Prompt.id).in_(_answered_by(session, reply)))
        session.exec(due.values(state=PromptState.CANCELLED, reason=Reason.REPLIED))


def _answered_by(session: Session, reply: Reply) -> list[int]:
    """The prompts of the steps that have come by then: those too that come to colleagues later on that day."""
    query = select(Prompt.id, Prompt.planned_for).where(
        Prompt.round_id == reply.round_id,
        Prompt.partner_id == reply.partner_id,
        Prompt.state == PromptState.PLANNED,
    )
    return [
        prompt_id
        for prompt_id, planned_for in session.exec(query)
        if prompt_id is not None and falls_due(planned_for) <= reply.submitted_at
    ]

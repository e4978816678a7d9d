"""Reminders that a lead has stopped, to one partner in one round, and goes on with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.errors import NotYours
from storage.queries.changes import outdate
from storage.queries.people import known_access_of
from storage.read_models import Access
from storage.tables import Participation, Partner, PlanRequest, Prompt, ReminderStop, Round
from storage.vocabulary import PromptKind, PromptState, Reason


@dataclass(frozen=True, kw_only=True)
class Stopper:
    """The Slack user who stops reminders to one partner in one round, or goes on with them."""

    team_id: str
    slack_user_id: str
    round_id: int
    partner_id: int


def stops(session: Session) -> set[tuple[int, int]]:
    """The rounds and partners to which reminders are stopped."""
    query = select(ReminderStop.round_id, ReminderStop.partner_id).where(
        col(ReminderStop.resumed_at).is_(None)
    )
    return set(session.exec(query).all())


def stop_reminders(session: Session, *, stopper: Stopper, now: datetime) -> None:
    """Ask this partner no more in this round, and escalate no more, until a lead goes on. A second time changes nothing.

    Raises:
        NotYours: this Slack user does not lead that partnership.
    """
    access = _leader(session, stopper, now)
    about = (stopper.round_id, stopper.partner_id)
    if about not in stops(session):
        session.add(
            ReminderStop(
                round_id=stopper.round_id,
                partner_id=stopper.partner_id,
                stopped_by=access.person_id,
                stopped_at=now,
            )
        )
        _told_anew(session, stopper)


def resume_reminders(session: Session, *, stopper: Stopper, now: datetime) -> None:
    """Go on with the reminders; what was missed meanwhile is not made up. Raises as `stop_reminders`."""
    _leader(session, stopper, now)
    resumed = session.exec(
        update(ReminderStop)
        .where(
            col(ReminderStop.round_id) == stopper.round_id,
            col(ReminderStop.partner_id) == stopper.partner_id,
            col(ReminderStop.resumed_at).is_(None),
        )
        .values(resumed_at=now)
    )
    if resumed.rowcount:
        _bring_back(session, stopper, now)
        _told_anew(session, stopper)


def _bring_back(session: Session, stopper: Stopper, now: datetime) -> None:
    """What was to come meanwhile stays unsent; what lies ahead is planned again, so that the board says so at once."""
    held_back = update(Prompt).where(
        col(Prompt.round_id) == stopper.round_id,
        col(Prompt.partner_id) == stopper.partner_id,
        col(Prompt.reason) == Reason.STOPPED,
    )
    session.exec(held_back.where(col(Prompt.planned_for) <= now).values(reason=Reason.OVERTAKEN))
    session.exec(held_back.values(state=PromptState.PLANNED, reason=None))


def _leader(session: Session, stopper: Stopper, now: datetime) -> Access:
    access = known_access_of(
        session, team_id=stopper.team_id, slack_user_id=stopper.slack_user_id, now=now
    )
    led = session.exec(
        select(Round.id)
        .join(Participation, col(Participation.id) == col(Round.participation_id))
        .join(Partner, col(Partner.partnership_id) == col(Participation.partnership_id))
        .where(
            Round.id == stopper.round_id,
            Partner.id == stopper.partner_id,
            col(Partner.partnership_id).in_(access.leads),
        )
    ).first()
    if led is None:
        raise NotYours("Only a lead of the partnership can stop its reminders, or go on with them.")
    return access


def _told_anew(session: Session, stopper: Stopper) -> None:
    """The plan changes, and what leads were told shows it."""
    outdate(
        session,
        select(Prompt.notice_id).where(
            Prompt.kind == PromptKind.ESCALATION,
            Prompt.round_id == stopper.round_id,
            Prompt.partner_id == stopper.partner_id,
        ),
    )
    session.add(PlanRequest(cause="reminders stopped or resumed"))

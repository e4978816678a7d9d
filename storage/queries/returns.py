"""How far each partnership's full return is, for those who may know it, and reading what was sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.access import return_rights
from storage.clock import LONDON
from storage.errors import NotYours
from storage.queries.board import STAYS_ON_THE_BOARD
from storage.queries.people import access_of
from storage.queries.return_standings import asked_returns, return_standings
from storage.read_models import Access, ReturnToRead, SeenReturn
from storage.tables import Participation, Partner

_NOT_YOURS = "Your posts do not let you see this return. Ask your partnership’s lead to add you."


@dataclass(frozen=True, kw_only=True)
class ReturnAsker:
    """The Slack user who asks, about one partnership's full return in one campaign."""

    team_id: str
    slack_user_id: str
    campaign_id: int
    partnership_id: int


def returns_seen(session: Session, *, access: Access, now: datetime) -> tuple[SeenReturn, ...]:
    """The full returns that are asked by now and that this person may see, by campaign and partnership."""
    today = now.astimezone(LONDON).date()
    rows = asked_returns(session, _partnerships(session, access), today)
    found = [
        SeenReturn(standing=standing, rights=return_rights(access, standing))
        for standing in return_standings(session, rows, today=today)
        if today <= standing.late_until + STAYS_ON_THE_BOARD
    ]
    return tuple(each for each in found if each.rights.may_see)


def return_asked(
    session: Session, *, asker: ReturnAsker, now: datetime
) -> tuple[Access, SeenReturn]:
    """One full return with what the asker may do with it. Raises NotYours where they may not even see it."""
    access = access_of(session, team_id=asker.team_id, slack_user_id=asker.slack_user_id, now=now)
    today = now.astimezone(LONDON).date()
    rows = asked_returns(session, [asker.partnership_id], today, campaign_id=asker.campaign_id)
    standing = next(return_standings(session, rows, today=today), None)
    if access is None or standing is None:
        raise NotYours(_NOT_YOURS)
    rights = return_rights(access, standing)
    if not rights.may_see:
        raise NotYours(_NOT_YOURS)
    return access, SeenReturn(standing=standing, rights=rights)


def return_to_read(session: Session, *, asker: ReturnAsker, now: datetime) -> ReturnToRead:
    """What was sent, as far as the asker may read it. Raises NotYours where that is nothing."""
    _, seen = return_asked(session, asker=asker, now=now)
    if not seen.rights.may_read or seen.standing.sent is None:
        raise NotYours("This return has not been sent yet, so there is nothing to read.")
    return ReturnToRead(
        now=now, standing=seen.standing, sent=seen.standing.sent, rights=seen.rights
    )


def participation_of(session: Session, asker: ReturnAsker) -> int:
    """The id of the asker's partnership's part in the campaign; who changes something there waits here for others."""
    query = select(Participation.id).where(
        Participation.campaign_id == asker.campaign_id,
        Participation.partnership_id == asker.partnership_id,
    )
    found = session.exec(query.with_for_update()).one_or_none()
    if found is None:
        raise NotYours(_NOT_YOURS)
    return found


def _partnerships(session: Session, access: Access) -> list[int] | None:
    """Where this person may see something; None for a facilitator, whose remit is told by region."""
    if access.facilitates:
        return None
    own = session.exec(
        select(Partner.partnership_id).where(col(Partner.id).in_(access.answers_for))
    )
    return sorted({*own, *access.oversees})

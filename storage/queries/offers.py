"""Campaigns that stand ready as drafts, and who may open them."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.definitions import Definition
from storage.errors import NotYours, VigilError
from storage.queries.campaigns import definition_of, open_participation, outdate_offers
from storage.queries.people import access_of
from storage.read_models import Access, Draft
from storage.tables import Campaign, Participation, Partnership, Post, Prompt, id_of
from storage.vocabulary import CampaignState, ParticipationState


def offered(session: Session, *, notice_id: str) -> list[tuple[int, int]]:
    """The campaigns and partnerships that a notice offers to open."""
    query = (
        select(Prompt.campaign_id, Post.partnership_id)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .where(Prompt.notice_id == notice_id)
        .order_by(col(Prompt.id))
    )
    return [
        (campaign, partnership)
        for campaign, partnership in session.exec(query)
        if campaign and partnership
    ]


def drafts(session: Session, *, access: Access, now: datetime) -> tuple[Draft, ...]:
    """What this person can open by now, in each partnership that they lead, while late replies are taken."""
    rows = session.exec(
        select(Campaign, Partnership, Prompt.useful_until)
        .join(Prompt, col(Prompt.campaign_id) == col(Campaign.id))
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .join(Partnership, col(Partnership.id) == col(Post.partnership_id))
        .where(
            Campaign.state == CampaignState.DRAFT,
            col(Post.partnership_id).in_(access.leads),
            Post.person_id == access.person_id,
            col(Prompt.planned_for) <= now,
        )
        .order_by(col(Campaign.key), col(Campaign.school_year), col(Partnership.name))
    ).all()
    today = now.astimezone(LONDON).date()
    opened = set(
        session.exec(select(Participation.campaign_id, Participation.partnership_id)).all()
    )
    found: dict[tuple[int, int], Draft] = {}
    for campaign, partnership, deadline in rows:
        ids = (id_of(campaign), id_of(partnership))
        definition = definition_of(session, campaign.version_id)
        last = _late_until(definition, campaign.school_year, deadline.astimezone(LONDON).date())
        if ids not in opened and today <= last:
            found[ids] = Draft(
                campaign_id=ids[0],
                partnership_id=ids[1],
                campaign_title=definition.year_title(campaign.school_year),
                partnership=partnership.name,
            )
    return tuple(found.values())


def _late_until(definition: Definition, school_year: int, deadline: date) -> date:
    """The last day on which late replies are taken."""
    rounds = definition.rounds
    if rounds.late_until is not None:
        return date.fromisoformat(f"{school_year}-{rounds.late_until}")
    return deadline + timedelta(days=rounds.late_days or 0)


def may_open(
    session: Session, *, team_id: str, slack_user_id: str, partnership_id: int, now: datetime
) -> None:
    """Raises NotYours unless this Slack user leads the partnership or is an administrator."""
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None or not (access.is_administrator or partnership_id in access.leads):
        raise NotYours(
            "Only a partnership’s lead or an administrator can open a campaign. Ask one of them."
        )


def open_draft(
    session: Session,
    *,
    team_id: str,
    slack_user_id: str,
    campaign_id: int,
    partnership_id: int,
    now: datetime,
) -> None:
    """Start the asking in one partnership. A second press changes nothing.

    Raises:
        NotYours: this Slack user may not open it.
        VigilError: an administrator has closed it.
    """
    may_open(
        session,
        team_id=team_id,
        slack_user_id=slack_user_id,
        partnership_id=partnership_id,
        now=now,
    )
    campaign = session.get_one(Campaign, campaign_id)
    closed = session.exec(
        select(Participation.id).where(
            Participation.campaign_id == campaign_id,
            Participation.partnership_id == partnership_id,
            Participation.state == ParticipationState.CLOSED,
        )
    ).first()
    if campaign.state == CampaignState.CLOSED or closed is not None:
        raise VigilError(
            "This campaign has been closed, so it cannot be opened from here. Ask your administrator to open it again."
        )
    open_participation(session, campaign, partnership_id, now=now)
    outdate_offers(session, campaign, partnership_id)

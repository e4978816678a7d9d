"""The year's campaigns: their definitions, and opening and closing them."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.definitions import Definition
from storage.errors import UnknownCampaign, VigilError
from storage.queries.changes import outdate
from storage.queries.validity import in_force
from storage.tables import (
    Campaign,
    CampaignVersion,
    Participation,
    Partnership,
    PlanRequest,
    Post,
    Prompt,
    Round,
    id_of,
)
from storage.vocabulary import CampaignState, ParticipationState

_FIRST_MONTH = 8  # a school year begins on 1 August (domain.md section 6, rule 9)


@dataclass(frozen=True, kw_only=True)
class CampaignLine:
    """A campaign and how far it is, for `vigil campaign list`."""

    id: int
    key: str
    school_year: int
    title: str
    state: CampaignState
    opened_at: datetime | None
    closed_at: datetime | None
    partnerships: int


def school_year(now: datetime) -> int:
    """The school year of that moment in London: 2026 is 1 August 2026 to 31 July 2027."""
    today = now.astimezone(LONDON).date()
    return today.year if today.month >= _FIRST_MONTH else today.year - 1


def school_year_begins(year: int) -> datetime:
    """The first moment of that school year, in London."""
    return datetime(year, _FIRST_MONTH, 1, tzinfo=LONDON)


def keep_definitions(session: Session, *, definitions: Iterable[Definition], now: datetime) -> None:
    """Store each definition's version, and see that this school year has a campaign of each, as a draft.

    A campaign that is not closed goes on with the newest version.

    Raises:
        VigilError: a definition differs from what was stored under its version.
    """
    for definition in definitions:
        version_id = _version_id(session, definition)
        year = school_year(now)
        campaign = session.exec(
            select(Campaign).where(Campaign.key == definition.key, Campaign.school_year == year)
        ).one_or_none()
        if campaign is None:
            session.add(Campaign(key=definition.key, school_year=year, version_id=version_id))
        elif campaign.version_id != version_id and campaign.state != CampaignState.CLOSED:
            campaign.version_id = version_id
            session.add_all([campaign, PlanRequest(cause="campaign version")])
    session.flush()


def _version_id(session: Session, definition: Definition) -> int:
    fields = definition.model_dump(mode="json")
    stored = session.exec(
        select(CampaignVersion).where(
            CampaignVersion.campaign_key == definition.key,
            CampaignVersion.version == definition.version,
        )
    ).one_or_none()
    if stored is None:
        stored = CampaignVersion(
            campaign_key=definition.key, version=definition.version, definition=fields
        )
        session.add(stored)
        session.flush()
    elif definition_of(session, id_of(stored)) != definition:
        raise VigilError(
            f"{definition.key}.toml: version {definition.version} is in use with other words or steps."
            f" Give the changed file version = {definition.version + 1}."
        )
    return id_of(stored)


def definition_of(session: Session, version_id: int) -> Definition:
    """A stored definition, read once in a session: every row of a board asks for it."""
    known: dict[int, Definition] = session.info.setdefault("definitions", {})
    if version_id not in known:
        stored = session.get_one(CampaignVersion, version_id)
        known[version_id] = _parsed(json.dumps(stored.definition))
    return known[version_id]


def definitions_by_round(
    session: Session, rounds: Collection[int] | None = None
) -> dict[int, Definition]:
    """What replies in these rounds, or in all, answer now."""
    query = (
        select(Round.id, Campaign.version_id)
        .join(Participation, col(Participation.id) == col(Round.participation_id))
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
    )
    if rounds is not None:
        query = query.where(col(Round.id).in_(rounds))
    return {
        round_id or 0: definition_of(session, version_id)
        for round_id, version_id in session.exec(query)
    }


@lru_cache(maxsize=64)
def _parsed(definition: str) -> Definition:
    return Definition.model_validate_json(definition)


def campaigns(session: Session) -> list[CampaignLine]:
    """All campaigns, the newest year first."""
    rows = session.exec(
        select(Campaign, func.count(col(Participation.id)))
        .join(
            Participation,
            (col(Participation.campaign_id) == col(Campaign.id))
            & (col(Participation.state) == ParticipationState.OPEN),
            isouter=True,
        )
        .group_by(col(Campaign.id))
        .order_by(col(Campaign.school_year).desc(), col(Campaign.key))
    ).all()
    return [
        CampaignLine(
            id=id_of(campaign),
            key=campaign.key,
            school_year=campaign.school_year,
            title=definition_of(session, campaign.version_id).year_title(campaign.school_year),
            state=CampaignState(campaign.state),
            opened_at=campaign.opened_at,
            closed_at=campaign.closed_at,
            partnerships=partnerships,
        )
        for campaign, partnerships in rows
    ]


def open_campaign(
    session: Session, *, key: str, year: int, partnership: str | None, now: datetime
) -> int:
    """Start the asking, in one partnership or in all that there are now and will be.

    Returns how many partnerships are asked from now on that were not before.

    Raises:
        UnknownCampaign: there is no such campaign that year.
        VigilError: there is no such partnership.
    """
    campaign = _campaign(session, key=key, year=year)
    if partnership is None:
        campaign.state, campaign.closed_at = CampaignState.OPEN, None
        campaign.opened_at = campaign.opened_at or now
        session.add(campaign)
    ids = partnership_ids(session, partnership=partnership, now=now)
    opened = sum(
        open_participation(session, campaign, partnership_id, now=now) for partnership_id in ids
    )
    session.add(PlanRequest(cause="campaign opened"))
    return opened


def close_campaign(
    session: Session, *, key: str, year: int, partnership: str | None, now: datetime
) -> int:
    """End the asking, in one partnership or in all; returns in how many it ended. Raises as opening does."""
    campaign = _campaign(session, key=key, year=year)
    if partnership is None:
        campaign.state, campaign.closed_at = CampaignState.CLOSED, now
        session.add(campaign)
    ids = partnership_ids(session, partnership=partnership, now=now) if partnership else None
    closed = 0
    for part in session.exec(select(Participation).where(Participation.campaign_id == campaign.id)):
        if part.state == ParticipationState.OPEN and (ids is None or part.partnership_id in ids):
            part.state, part.closed_at = ParticipationState.CLOSED, now
            outdate_offers(session, campaign, part.partnership_id)
            session.add(part)
            closed += 1
    session.add(PlanRequest(cause="campaign closed"))
    return closed


def admit_newcomers(session: Session, *, now: datetime) -> None:
    """Give partnerships that came after a campaign opened for all their part in it."""
    for campaign in session.exec(
        select(Campaign).where(Campaign.state == CampaignState.OPEN)
    ).all():
        taking_part = set(
            session.exec(
                select(Participation.partnership_id).where(Participation.campaign_id == campaign.id)
            )
        )
        for partnership_id in partnership_ids(session, partnership=None, now=now):
            if partnership_id not in taking_part:
                open_participation(session, campaign, partnership_id, now=now)


def _campaign(session: Session, *, key: str, year: int) -> Campaign:
    campaign = session.exec(
        select(Campaign).where(Campaign.key == key, Campaign.school_year == year)
    ).one_or_none()
    if campaign is None:
        known = ", ".join(
            f"{name} ({of})"
            for name, of in session.exec(select(Campaign.key, Campaign.school_year)).all()
        )
        raise UnknownCampaign(
            f"There is no campaign {key} in {year} to {year + 1}. The campaigns are: {known or 'none yet'}."
        )
    return campaign


def partnership_ids(session: Session, *, partnership: str | None, now: datetime) -> list[int]:
    """The partnership called that, or with that in its name; all that there are today without one. Raises VigilError."""
    standing = select(Partnership).where(*in_force(Partnership, now.astimezone(LONDON).date()))
    found = {row.name.casefold(): id_of(row) for row in session.exec(standing)}
    if partnership is None:
        return sorted(found.values())
    wanted = partnership.strip().casefold()
    matches = [found[name] for name in found if name == wanted] or [
        found[name] for name in found if wanted in name
    ]
    if len(matches) != 1:
        raise VigilError(
            f"{'No' if not matches else 'More than one'} partnership is called {partnership!r}."
            " Give its whole name, as vigil status prints it."
        )
    return matches


def open_participation(
    session: Session, campaign: Campaign, partnership_id: int, *, now: datetime
) -> bool:
    """Ask this partnership from now on; whether it was not asked before."""
    part = session.exec(
        select(Participation).where(
            Participation.campaign_id == campaign.id, Participation.partnership_id == partnership_id
        )
    ).one_or_none()
    if part is not None and part.state == ParticipationState.OPEN:
        return False
    if part is None:
        part = Participation(
            campaign_id=id_of(campaign), partnership_id=partnership_id, opened_at=now
        )
    part.state, part.closed_at = ParticipationState.OPEN, None
    session.add_all([part, PlanRequest(cause="campaign opened")])
    session.flush()
    outdate_offers(session, campaign, partnership_id)
    return True


def outdate_offers(session: Session, campaign: Campaign, partnership_id: int) -> None:
    """Every lead's message says how far the campaign is now."""
    offers = (
        select(Prompt.notice_id)
        .join(Post, col(Post.id) == col(Prompt.post_id))
        .where(Prompt.campaign_id == campaign.id, Post.partnership_id == partnership_id)
    )
    outdate(session, offers)

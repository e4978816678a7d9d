"""The board: who has replied what, at an instant. One query behind /review-status, App Home, reminder and digest."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.campaigns import definition_of
from storage.queries.validity import in_force
from storage.read_models import Said, Standing
from storage.tables import (
    Campaign,
    Participation,
    Partner,
    Partnership,
    Person,
    Reply,
    Round,
    Sector,
    id_of,
)
from storage.vocabulary import (
    Audience,
    Certainty,
    ParticipationState,
)

#: For how long after its last day a campaign's last round is still shown.
STAYS_ON_THE_BOARD = timedelta(days=60)

Row = TypeVar("Row", Campaign, Partnership, Person)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which partners a board shows; what is left out, or without any regions, does not narrow it."""

    partnerships: Collection[int] | None = None
    partners: Collection[int] | None = None
    rounds: Collection[int] | None = None
    sector_key: str | None = None
    #: Only rounds that were asked before this London day; on it or before, unless told.
    asked_before: date | None = None
    regions: Collection[str] = ()


def standings(session: Session, *, scope: Scope, as_of: datetime) -> list[Standing]:
    """Every partner in the scope in each round that is still asked, with its latest reply at that instant.

    In the order of campaigns, partnerships and sectors. A partner that has ended owes nothing and is left
    out; rounds of a closed campaign are shown only when the scope names them.
    """
    query = (
        select(Round, Participation, Partner, Reply)
        .join(Participation, col(Participation.id) == col(Round.participation_id))
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
        .join(Partnership, col(Partnership.id) == col(Participation.partnership_id))
        .join(Partner, col(Partner.partnership_id) == col(Partnership.id))
        .join(Sector, col(Sector.key) == col(Partner.sector_key))
        .outerjoin(Reply, _latest_reply(as_of))
        .where(*_in_scope(scope, as_of), *in_force(Partner, _london_day(as_of)))
        .order_by(
            col(Campaign.school_year).desc(),
            col(Campaign.key),
            col(Round.deadline_day),
            col(Partnership.name),
            col(Sector.position),
            col(Partner.body),
        )
    )
    found: list[tuple[Round, Participation, Partner, Reply | None]] = list(
        session.exec(query).all()
    )
    names = _Names(session, found)
    return [_standing(session, names, *row) for row in found]


class _Names:
    """The few campaigns, partnerships, sectors and people that many rows share, each read once."""

    def __init__(
        self, session: Session, found: list[tuple[Round, Participation, Partner, Reply | None]]
    ) -> None:
        def rows(table: type[Row], ids: set[int]) -> dict[int, Row]:
            return {
                id_of(row): row for row in session.exec(select(table).where(col(table.id).in_(ids)))
            }

        self.campaigns = rows(Campaign, {part.campaign_id for _, part, _, _ in found})
        self.partnerships = rows(Partnership, {part.partnership_id for _, part, _, _ in found})
        self.people = rows(Person, {reply.person_id for *_, reply in found if reply is not None})
        self.sectors = {sector.key: sector.name for sector in session.exec(select(Sector))}


def _latest_reply(as_of: datetime) -> ColumnElement[bool]:
    later = aliased(Reply)
    superseded = (
        select(later.id)
        .where(
            later.round_id == Reply.round_id,
            later.partner_id == Reply.partner_id,
            later.revision > Reply.revision,
            col(later.submitted_at) <= as_of,
        )
        .exists()
    )
    return and_(
        col(Reply.round_id) == col(Round.id),
        col(Reply.partner_id) == col(Partner.id),
        col(Reply.submitted_at) <= as_of,
        ~superseded,
    )


def _in_scope(scope: Scope, as_of: datetime) -> list[ColumnElement[bool]]:
    day = _london_day(as_of)
    conditions: list[ColumnElement[bool]] = []
    if scope.rounds is not None:
        conditions.append(col(Round.id).in_(scope.rounds))
    else:
        # what was closed since was open then: a digest that was sent is drawn again as of its instant
        is_open = col(Participation.state) == ParticipationState.OPEN
        conditions.append(or_(is_open, col(Participation.closed_at) > as_of))
        conditions += _under_way(scope.asked_before or day + timedelta(days=1), day)
    if scope.partnerships is not None:
        conditions.append(col(Partnership.id).in_(scope.partnerships))
    if scope.partners is not None:
        conditions.append(col(Partner.id).in_(scope.partners))
    if scope.sector_key is not None:
        conditions.append(col(Partner.sector_key) == scope.sector_key)
    if scope.regions:
        conditions.append(col(Partnership.region).in_(scope.regions))
    return conditions


def _under_way(before: date, day: date) -> list[ColumnElement[bool]]:
    """Rounds that have been asked and still take replies; the last one of a campaign stays a while longer."""
    later = aliased(Round)
    has_later = (
        select(later.id)
        .where(
            later.participation_id == Round.participation_id,
            col(later.withdrawn).is_(False),
            col(later.opens_on) < before,
            col(later.opens_on) > col(Round.opens_on),
        )
        .exists()
    )
    return [
        col(Round.withdrawn).is_(False),
        col(Round.opens_on) < before,
        or_(
            col(Round.late_until) >= day,
            and_(~has_later, col(Round.late_until) >= day - STAYS_ON_THE_BOARD),
        ),
    ]


def _standing(
    session: Session,
    names: _Names,
    round_: Round,
    part: Participation,
    partner: Partner,
    reply: Reply | None,
) -> Standing:
    campaign, partnership = (
        names.campaigns[part.campaign_id],
        names.partnerships[part.partnership_id],
    )
    definition = definition_of(session, campaign.version_id)
    return Standing(
        round_id=id_of(round_),
        partner_id=id_of(partner),
        partnership_id=id_of(partnership),
        campaign_title=definition.year_title(campaign.school_year),
        round_title=definition.round_title(week=round_.week, topic_key=round_.topic),
        partnership=partnership.name,
        region=partnership.region,
        sector_key=partner.sector_key,
        sector=names.sectors[partner.sector_key],
        body=partner.body,
        deadline_day=round_.deadline_day,
        late_until=round_.late_until,
        certainty=Certainty(round_.certainty),
        form=definition.form_of(round_.topic),
        said=None
        if reply is None
        else said(session, reply, by=names.people[reply.person_id].name, topic=round_.topic),
    )


def said(session: Session, reply: Reply, *, by: str, topic: str | None) -> Said:
    """A stored reply with the form that it answered."""
    form = definition_of(session, reply.version_id).form_of(topic)
    return Said(
        reply_id=id_of(reply),
        revision=reply.revision,
        form=form,
        # what is empty was withdrawn
        answers={ref: answer for ref, answer in reply.answers.items() if answer},
        audience=Audience(reply.audience),
        is_done=reply.is_done,
        is_confirmation=reply.is_confirmation,
        by=by,
        at=reply.submitted_at,
        another_way=reply.another_way,
        withdrawn_at=reply.withdrawn_at,
        has_withdrawn_asks=reply.answers.get(form.help) == "",
    )


def previous_said(session: Session, rows: Iterable[Standing]) -> dict[tuple[int, int], Said]:
    """Each partner's last reply in an earlier round of the same kind of campaign, by round and partner."""
    keys = {(row.round_id, row.partner_id) for row in rows}
    if not keys:
        return {}
    this, earlier = aliased(Round), aliased(Round)
    this_part, earlier_part = aliased(Participation), aliased(Participation)
    this_campaign, earlier_campaign = aliased(Campaign), aliased(Campaign)
    query = (
        select(this.id, Reply, Person.name, earlier.topic)
        .join(this_part, col(this_part.id) == col(this.participation_id))
        .join(this_campaign, col(this_campaign.id) == col(this_part.campaign_id))
        .join(earlier_campaign, col(earlier_campaign.key) == col(this_campaign.key))
        .join(earlier_part, col(earlier_part.campaign_id) == col(earlier_campaign.id))
        .join(earlier, col(earlier.participation_id) == col(earlier_part.id))
        .join(Reply, col(Reply.round_id) == col(earlier.id))
        .join(Person, col(Person.id) == col(Reply.person_id))
        .where(
            tuple_(col(this.id), col(Reply.partner_id)).in_(keys),
            col(Reply.another_way).is_(False),
            col(earlier.deadline_day) < col(this.deadline_day),
        )
        .order_by(col(earlier.deadline_day), col(Reply.revision))
    )
    return {
        (round_id, reply.partner_id): said(session, reply, by=name, topic=topic)
        for round_id, reply, name, topic in session.exec(query)
        if round_id is not None
    }


def _london_day(at: datetime) -> date:
    return at.astimezone(LONDON).date()

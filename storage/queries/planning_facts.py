"""What a plan follows from, with what stands already."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.definitions import Definition
from storage.plan_models import (
    FacilitatorFacts,
    ParticipationFacts,
    PartnerFacts,
    PlanningFacts,
    PostFacts,
    RoundDates,
    StoredPrompt,
    StoredRound,
)
from storage.queries.absences import absences
from storage.queries.campaigns import definition_of
from storage.queries.handover_facts import (
    days_of_taking_over,
    handed_over,
    open_handovers,
    rounds_of_posts,
)
from storage.queries.leavers import leaver_facts
from storage.queries.partner_rounds import replied, snoozed, stopped
from storage.queries.term_dates import standing_dates
from storage.queries.validity import in_force, validity_of
from storage.queries.wishes import unusual_wishes
from storage.tables import (
    Campaign,
    Participation,
    Partner,
    Partnership,
    PartnershipArea,
    PlanRequest,
    Post,
    Prompt,
    Round,
    id_of,
)
from storage.vocabulary import (
    CampaignState,
    Certainty,
    ParticipationState,
    PostKind,
    PromptKind,
    PromptState,
    Reason,
)


def planning_facts(session: Session, *, now: datetime) -> PlanningFacts:
    """All that the plan follows from, with what stands already."""
    # first: what is changed while the rest is read leaves a request that stays for the next planning
    requests = tuple(id_of(request) for request in session.exec(select(PlanRequest)))
    participations, wishes = list(_participations(session)), unusual_wishes(session)
    return PlanningFacts(
        now=now,
        requests=requests,
        participations=tuple(participations),
        drafts=tuple(_drafts(session, participations, now)),
        facilitators=tuple(
            FacilitatorFacts(
                post_id=id_of(post),
                sector_key=post.sector_key or "",
                region=post.region,
                validity=validity_of(post),
                wishes=wishes[post.person_id],
            )
            for post in session.exec(select(Post).where(Post.kind == PostKind.FACILITATOR))
        ),
        administrators=tuple(
            PostFacts(post_id=id_of(post), validity=validity_of(post))
            for post in session.exec(select(Post).where(Post.kind == PostKind.ADMINISTRATOR))
        ),
        leavers=tuple(leaver_facts(session)),
        handovers=tuple(open_handovers(session, now=now)),
        term_dates=tuple(standing_dates(session)),
        rounds=tuple(
            StoredRound(round_id=id_of(row), withdrawn=row.withdrawn, dates=_dates(row))
            for row in session.exec(select(Round)).all()
        ),
        prompts=tuple(_stored_prompts(session)),
    )


class _Bodies:
    """Who is in each partnership, each table read once."""

    def __init__(self, session: Session) -> None:
        self.areas: dict[int, list[str]] = defaultdict(list)
        for area in session.exec(select(PartnershipArea).order_by(col(PartnershipArea.la_code))):
            self.areas[area.partnership_id].append(area.la_code)
        self.posts: dict[tuple[str, int | None], list[PostFacts]] = defaultdict(list)
        held = (PostKind.RESPONDENT, PostKind.DEPUTY, PostKind.LEAD)
        away, wishes = absences(session), unusual_wishes(session)
        taken_on = days_of_taking_over(session)
        for post in session.exec(
            select(Post).where(col(Post.kind).in_(held)).order_by(col(Post.id))
        ):
            facts = PostFacts(
                post_id=id_of(post),
                validity=validity_of(post),
                absences=tuple(away[post.person_id]),
                wishes=wishes[post.person_id],
                taken_over_on=taken_on.get(id_of(post)),
            )
            self.posts[post.kind, post.partner_id or post.partnership_id].append(facts)
        self.partners: dict[int, list[Partner]] = defaultdict(list)
        for partner in session.exec(select(Partner).order_by(col(Partner.id))):
            self.partners[partner.partnership_id].append(partner)
        self.replied, self.done = replied(session)
        self.stopped, self.snoozed = stopped(session), snoozed(session)
        self.handed_over, self.taken_over = handed_over(session), rounds_of_posts(session)

    def facts(
        self,
        part: Participation,
        campaign: Campaign,
        partnership: Partnership,
        definition: Definition,
    ) -> ParticipationFacts:
        """A participation, stored or not, with everybody in it."""
        partnership_id, participation_id = id_of(partnership), part.id or 0
        return ParticipationFacts(
            participation_id=participation_id,
            campaign_id=id_of(campaign),
            definition=definition,
            school_year=campaign.school_year,
            state=ParticipationState(part.state),
            opened_at=part.opened_at,
            partnership_id=partnership_id,
            region=partnership.region,
            la_codes=tuple(self.areas[partnership_id]),
            partners=tuple(
                PartnerFacts(
                    partner_id=id_of(partner),
                    sector_key=partner.sector_key,
                    validity=validity_of(partner),
                    done_rounds=frozenset(self.done[participation_id, id_of(partner)]),
                    replied_rounds=frozenset(self.replied[participation_id, id_of(partner)]),
                    stopped_rounds=frozenset(self.stopped[participation_id, id_of(partner)]),
                    respondents=tuple(self.posts[PostKind.RESPONDENT, partner.id]),
                    deputies=tuple(self.posts[PostKind.DEPUTY, partner.id]),
                    snoozes=self.snoozed[participation_id, id_of(partner)],
                    handed_over=self.handed_over.get((participation_id, id_of(partner)), {}),
                    only_in=self._only_in(participation_id, partner),
                )
                for partner in self.partners[partnership_id]
            ),
            leads=tuple(self.posts[PostKind.LEAD, partnership_id]),
        )

    def _only_in(self, participation_id: int, partner: Partner) -> dict[int, frozenset[str]]:
        """The partner's posts that answer in some rounds alone, with those that are this participation's."""
        return {
            post.post_id: frozenset(
                key for part, key in self.taken_over[post.post_id] if part == participation_id
            )
            for post in self.posts[PostKind.RESPONDENT, partner.id]
            if post.post_id in self.taken_over
        }


def _participations(session: Session) -> Iterable[ParticipationFacts]:
    bodies = _Bodies(session)
    for part, campaign, partnership in session.exec(
        select(Participation, Campaign, Partnership)
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
        .join(Partnership, col(Partnership.id) == col(Participation.partnership_id))
        .order_by(col(Participation.id))
    ):
        yield bodies.facts(part, campaign, partnership, definition_of(session, campaign.version_id))


def _drafts(
    session: Session, stored: Iterable[ParticipationFacts], now: datetime
) -> Iterable[ParticipationFacts]:
    """What could be opened: every partnership that stands today in every draft campaign that it is not part of."""
    taking_part = {(part.campaign_id, part.partnership_id) for part in stored}
    drafts = session.exec(select(Campaign).where(Campaign.state == CampaignState.DRAFT)).all()
    if not drafts:
        return
    bodies = _Bodies(session)
    today = now.astimezone(LONDON).date()
    partnerships = session.exec(
        select(Partnership).where(*in_force(Partnership, today)).order_by(col(Partnership.id))
    ).all()
    for campaign in drafts:
        definition = definition_of(session, campaign.version_id)
        for partnership in partnerships:
            ids = (id_of(campaign), id_of(partnership))
            if ids not in taking_part:
                part = Participation(
                    campaign_id=ids[0],
                    partnership_id=ids[1],
                    state=ParticipationState.DRAFT,
                    opened_at=now,
                )
                yield bodies.facts(part, campaign, partnership, definition)


def participation_facts(
    session: Session, *, campaign_id: int, partnership_id: int, now: datetime
) -> ParticipationFacts:
    """One partnership in one campaign, opened or as a draft."""
    campaign = session.get_one(Campaign, campaign_id)
    stored = session.exec(
        select(Participation).where(
            Participation.campaign_id == campaign_id, Participation.partnership_id == partnership_id
        )
    ).one_or_none()
    part = stored or Participation(
        campaign_id=campaign_id,
        partnership_id=partnership_id,
        state=ParticipationState.DRAFT,
        opened_at=now,
    )
    definition = definition_of(session, campaign.version_id)
    return _Bodies(session).facts(
        part, campaign, session.get_one(Partnership, partnership_id), definition
    )


def _stored_prompts(session: Session) -> Iterable[StoredPrompt]:
    table = Prompt.__table__  # type: ignore[attr-defined]  # rows without objects: there may be 24,000
    rows = session.exec(select(*table.c).order_by(table.c.due_at, table.c.id))
    for row in rows:
        yield StoredPrompt(
            prompt_id=row.id,
            key=row.key,
            kind=PromptKind(row.kind),
            state=PromptState(row.state),
            reason=None if row.reason is None else Reason(row.reason),
            planned_for=row.planned_for,
            due_at=row.due_at,
            useful_until=row.useful_until,
            round_id=row.round_id,
            partner_id=row.partner_id,
            post_id=row.post_id,
            deadline_told=row.deadline_told,
            about_post_id=row.about_post_id,
            only_if_silent=row.only_if_silent,
            step=row.step,
        )


def _dates(row: Round) -> RoundDates:
    fields = row.model_dump(exclude={"id", "withdrawn"})
    return RoundDates(**fields | {"certainty": Certainty(row.certainty)})

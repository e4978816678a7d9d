"""What a plan follows from, and storing it. Planning twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.plan_models import (
    FacilitatorFacts,
    ParticipationFacts,
    PartnerFacts,
    PlanChanges,
    PlannedPrompt,
    PlanningFacts,
    PostFacts,
    RoundDates,
    StoredPrompt,
    StoredRound,
    Validity,
)
from storage.queries.campaigns import definition_of
from storage.tables import (
    Campaign,
    Participation,
    Partner,
    Partnership,
    PartnershipArea,
    PlanRequest,
    Post,
    Prompt,
    Reply,
    Round,
    id_of,
)
from storage.vocabulary import Certainty, ParticipationState, PostKind, PromptState, Reason


def planning_facts(session: Session) -> PlanningFacts:
    """All that the plan follows from, with what stands already."""
    return PlanningFacts(
        requests=tuple(id_of(request) for request in session.exec(select(PlanRequest))),
        participations=tuple(_participations(session)),
        facilitators=tuple(
            FacilitatorFacts(post_id=id_of(post), region=post.region, validity=_validity(post))
            for post in session.exec(select(Post).where(Post.kind == PostKind.FACILITATOR))
        ),
        rounds=tuple(
            StoredRound(round_id=id_of(row), dates=_dates(row))
            for row in session.exec(select(Round)).all()
        ),
        prompts=tuple(_stored_prompts(session)),
    )


def _participations(session: Session) -> Iterable[ParticipationFacts]:
    areas: dict[int, list[str]] = defaultdict(list)
    for area in session.exec(select(PartnershipArea).order_by(col(PartnershipArea.la_code))):
        areas[area.partnership_id].append(area.la_code)
    respondents: dict[int | None, list[PostFacts]] = defaultdict(list)
    for post in session.exec(
        select(Post).where(Post.kind == PostKind.RESPONDENT).order_by(col(Post.id))
    ):
        respondents[post.partner_id].append(
            PostFacts(post_id=id_of(post), validity=_validity(post))
        )
    partners: dict[int, list[Partner]] = defaultdict(list)
    for partner in session.exec(select(Partner).order_by(col(Partner.id))):
        partners[partner.partnership_id].append(partner)
    done = _done(session)
    for part, campaign, partnership in session.exec(
        select(Participation, Campaign, Partnership)
        .join(Campaign)
        .join(Partnership)
        .order_by(col(Participation.id))
    ):
        yield ParticipationFacts(
            participation_id=id_of(part),
            definition=definition_of(session, campaign.version_id),
            school_year=campaign.school_year,
            state=ParticipationState(part.state),
            opened_at=part.opened_at,
            region=partnership.region,
            la_codes=tuple(areas[part.partnership_id]),
            partners=tuple(
                PartnerFacts(
                    partner_id=id_of(partner),
                    validity=_validity(partner),
                    is_done=(id_of(part), id_of(partner)) in done,
                    respondents=tuple(respondents[partner.id]),
                )
                for partner in partners[part.partnership_id]
            ),
        )


def _done(session: Session) -> set[tuple[int, int]]:
    """The participations and partners whose latest reply ends the asking."""
    latest: dict[tuple[int, int], bool] = {}
    for participation_id, partner_id, is_done in session.exec(
        select(Round.participation_id, Reply.partner_id, Reply.is_done)
        .join(Round, col(Round.id) == col(Reply.round_id))
        .order_by(col(Reply.revision))
    ):
        latest[participation_id, partner_id] = is_done
    return {key for key, is_done in latest.items() if is_done}


def _stored_prompts(session: Session) -> Iterable[StoredPrompt]:
    columns = (
        Prompt.id,
        Prompt.key,
        Prompt.state,
        Prompt.reason,
        Prompt.planned_for,
        Prompt.useful_until,
    )
    rows = session.exec(select(*columns))  # type: ignore[call-overload]  # SQLModel types up to four columns
    for prompt_id, key, state, reason, planned_for, useful_until in rows:
        yield StoredPrompt(
            prompt_id=prompt_id,
            key=key,
            state=PromptState(state),
            reason=None if reason is None else Reason(reason),
            planned_for=planned_for,
            useful_until=useful_until,
        )


def _validity(row: Post | Partner) -> Validity:
    return Validity(valid_from=row.valid_from, valid_to=row.valid_to)


def _dates(row: Round) -> RoundDates:
    fields = row.model_dump(exclude={"id"})
    return RoundDates(**fields | {"certainty": Certainty(row.certainty)})


def apply_changes(session: Session, *, changes: PlanChanges) -> None:
    """Write what planning decided; rows that have moved on in the meantime stay as they are."""
    rounds = _store_rounds(session, changes.rounds)
    _insert(session, changes.new, rounds)
    for move in changes.moved:
        session.exec(
            update(Prompt)
            .where(
                col(Prompt.id) == move.prompt_id,
                col(Prompt.state).in_(
                    (PromptState.PLANNED, PromptState.SKIPPED, PromptState.CANCELLED)
                ),
            )
            .values(
                state=PromptState.PLANNED,
                reason=None,
                planned_for=move.planned_for,
                due_at=move.planned_for,
                useful_until=move.useful_until,
            )
        )
    for prompt_id, reason in changes.cancelled:
        session.exec(
            update(Prompt)
            .where(col(Prompt.id) == prompt_id, col(Prompt.state) == PromptState.PLANNED)
            .values(state=PromptState.CANCELLED, reason=reason)
        )
    session.exec(delete(PlanRequest).where(col(PlanRequest.id).in_(changes.requests)))


def _store_rounds(session: Session, dates: Iterable[RoundDates]) -> dict[tuple[int, str], int]:
    for changed in dates:
        row = session.exec(
            select(Round).where(
                Round.participation_id == changed.participation_id, Round.key == changed.key
            )
        ).one_or_none()
        fields = vars(changed)
        if row is None:
            session.add(Round(**fields))
        else:
            row.sqlmodel_update(fields)
            session.add(row)
    session.flush()
    found = session.exec(select(Round.participation_id, Round.key, Round.id)).all()
    return {(participation_id, key): round_id or 0 for participation_id, key, round_id in found}


def _insert(
    session: Session, prompts: Iterable[PlannedPrompt], rounds: dict[tuple[int, str], int]
) -> None:
    rows = [
        {
            "key": prompt.key,
            "kind": prompt.kind,
            "step": prompt.step,
            "post_id": prompt.post_id,
            "partner_id": prompt.partner_id,
            "round_id": rounds[prompt.round.participation_id, prompt.round.key]
            if prompt.round
            else None,
            "planned_for": prompt.planned_for,
            "due_at": prompt.planned_for,
            "useful_until": prompt.useful_until,
            "state": PromptState.PLANNED if prompt.reason is None else PromptState.SKIPPED,
            "reason": prompt.reason,
        }
        for prompt in prompts
    ]
    if not rows:
        return
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # The unique key drops what another process planned at the same moment.
    session.exec(dialect.insert(Prompt).on_conflict_do_nothing(index_elements=["key"]), params=rows)

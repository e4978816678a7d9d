"""What a plan follows from, and storing it. Planning twice changes nothing."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.plan_models import (
    PlanChanges,
    PlannedPrompt,
    RoundDates,
)
from storage.queries.changes import outdate, telling_dates_of
from storage.tables import (
    PlanRequest,
    Prompt,
    Round,
)
from storage.vocabulary import (
    PromptState,
)


def apply_changes(session: Session, *, changes: PlanChanges) -> None:
    """Write what planning decided; rows that have moved on in the meantime stay as they are."""
    rounds = _store_rounds(session, changes.rounds)
    session.exec(
        update(Round).where(col(Round.id).in_(changes.withdrawn_rounds)).values(withdrawn=True)
    )
    _insert(session, changes.new, rounds)
    for move in changes.moved:
        session.exec(
            update(Prompt)
            .where(
                col(Prompt.id) == move.prompt_id,
                col(Prompt.state).in_(
                    (
                        PromptState.PLANNED,
                        PromptState.SKIPPED,
                        PromptState.CANCELLED,
                        PromptState.FAILED,
                    )
                ),
            )
            .values(
                state=PromptState.PLANNED,
                reason=None,
                planned_for=move.planned_for,
                due_at=move.due_at,
                useful_until=move.useful_until,
                only_if_silent=move.only_if_silent,
            )
        )
    for prompt_id, reason in changes.cancelled:
        session.exec(
            update(Prompt)
            .where(col(Prompt.id) == prompt_id, col(Prompt.state) == PromptState.PLANNED)
            .values(state=PromptState.CANCELLED, reason=reason)
        )
    session.exec(delete(PlanRequest).where(col(PlanRequest.id).in_(changes.requests)))


def _store_rounds(session: Session, dates: Sequence[RoundDates]) -> dict[tuple[int, str], int]:
    """The dates of rounds, new and changed ones; gives every round's id by its participation and key."""
    stored = _round_ids(session)
    new = []
    for changed in dates:
        round_id = stored.get((changed.participation_id, changed.key))
        fields = vars(changed) | {"withdrawn": False}
        if round_id is None:
            new.append(fields)
            continue
        session.exec(update(Round).where(col(Round.id) == round_id).values(**fields))
        outdate(session, telling_dates_of(round_id))
    if not new:
        return stored
    session.exec(insert(Round), params=new)
    return _round_ids(session)


def _round_ids(session: Session) -> dict[tuple[int, str], int]:
    found = session.exec(select(Round.participation_id, Round.key, Round.id))
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
            "campaign_id": prompt.campaign_id,
            "about_post_id": prompt.about_post_id,
            "only_if_silent": prompt.only_if_silent,
            "round_id": rounds[prompt.round.participation_id, prompt.round.key]
            if prompt.round
            else None,
            "planned_for": prompt.planned_for,
            "due_at": prompt.due_at,
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

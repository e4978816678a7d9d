"""What planning is given, in the fewest words, and what stands once a plan is stored."""

from dataclasses import replace
from datetime import date, datetime

from jobs.campaign_files import load_campaigns
from jobs.planning import decide
from jobs.rounds import step_days
from jobs.wanted import wanted_prompts
from storage.definitions import Definition
from storage.plan_models import (
    FacilitatorFacts,
    Move,
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
from storage.vocabulary import ParticipationState, PromptKind, PromptState, Reason, Reminding
from tests.factories import OPENING

REVIEW, SUMMER = load_campaigns()
DONE = frozenset({"review"})
ALWAYS = Validity(valid_from=date(2020, 1, 1), valid_to=None)


def respondent(post_id: int = 1, validity: Validity = ALWAYS) -> PostFacts:
    return PostFacts(post_id=post_id, validity=validity)


def partner(partner_id: int = 1, *posts: PostFacts, **more) -> PartnerFacts:
    fields = {
        "sector_key": "police",
        "validity": ALWAYS,
        "done_rounds": frozenset(),
        "respondents": posts or (respondent(),),
    }
    return PartnerFacts(partner_id=partner_id, **fields | more)


def asked(**more) -> ParticipationFacts:
    fields = {
        "participation_id": 1, "campaign_id": 1, "partnership_id": 1, "leads": (),
        "definition": REVIEW, "school_year": 2026,
        "state": ParticipationState.OPEN, "opened_at": OPENING, "region": "West Midlands",
        "la_codes": ("330",), "partners": (partner(),),
    }  # fmt: skip
    return ParticipationFacts(**fields | more)


def facilitates(post_id: int = 9, region: str | None = None, **more) -> FacilitatorFacts:
    fields = {"sector_key": "police", "validity": ALWAYS}
    return FacilitatorFacts(post_id=post_id, region=region, **fields | more)


def facts(*parts: ParticipationFacts, **more) -> PlanningFacts:
    fields = {
        "now": OPENING,
        "requests": (),
        "participations": parts or (asked(),),
        "drafts": (),
        "term_dates": (),
        "facilitators": (),
        "rounds": (),
        "prompts": (),
    }
    return PlanningFacts(**fields | more)


def usual_days(definition: Definition, dates: RoundDates) -> list[date]:
    """The days of the steps that come to whoever wishes nothing else."""
    return [day for step, day in step_days(definition, dates) if step.is_for(Reminding.STANDARD)]


def after(before: PlanningFacts, changes: PlanChanges) -> PlanningFacts:
    """The facts once these changes are stored, as the database would give them."""
    rounds = {
        (each.dates.participation_id, each.dates.key): replace(
            each, withdrawn=each.withdrawn or each.round_id in changes.withdrawn_rounds
        )
        for each in before.rounds
    }
    for dates in changes.rounds:
        key = (dates.participation_id, dates.key)
        round_id = rounds[key].round_id if key in rounds else len(rounds) + 1
        rounds[key] = StoredRound(round_id=round_id, withdrawn=False, dates=dates)
    moves = {move.prompt_id: move for move in changes.moved}
    ended = dict(changes.cancelled)
    prompts = {
        prompt.key: _changed(prompt, moves.get(prompt.prompt_id), ended.get(prompt.prompt_id))
        for prompt in before.prompts
    }
    for new in changes.new:
        assert new.key not in prompts
        prompts[new.key] = _stored(new, len(prompts) + 1, rounds)
    in_order = sorted(prompts.values(), key=lambda prompt: (prompt.planned_for, prompt.prompt_id))
    return replace(before, requests=(), rounds=tuple(rounds.values()), prompts=tuple(in_order))


def _changed(prompt: StoredPrompt, move: Move | None, ended: Reason | None) -> StoredPrompt:
    if move is not None:
        return replace(
            prompt,
            state=PromptState.PLANNED,
            reason=None,
            planned_for=move.planned_for,
            due_at=move.due_at,
            useful_until=move.useful_until,
            only_if_silent=move.only_if_silent,
        )
    if ended is not None:
        return replace(prompt, state=PromptState.CANCELLED, reason=ended)
    return prompt


def _stored(
    prompt: PlannedPrompt, prompt_id: int, rounds: dict[tuple[int, str], StoredRound]
) -> StoredPrompt:
    about = prompt.round
    return StoredPrompt(
        prompt_id=prompt_id,
        key=prompt.key,
        kind=prompt.kind,
        state=PromptState.PLANNED if prompt.reason is None else PromptState.SKIPPED,
        reason=prompt.reason,
        planned_for=prompt.planned_for,
        due_at=prompt.due_at,
        useful_until=prompt.useful_until,
        round_id=None if about is None else rounds[about.participation_id, about.key].round_id,
        partner_id=prompt.partner_id,
        post_id=prompt.post_id,
        deadline_told=None,
        about_post_id=prompt.about_post_id,
        only_if_silent=prompt.only_if_silent,
        step=prompt.step,
    )


def planned(before: PlanningFacts) -> PlanningFacts:
    return after(before, decide(before))


def reminders(given: PlanningFacts) -> list[PlannedPrompt]:
    return [prompt for prompt in wanted_prompts(given) if prompt.kind is PromptKind.REMINDER]


def digests(given: PlanningFacts) -> list[datetime]:
    return [
        prompt.planned_for
        for prompt in wanted_prompts(given)
        if prompt.kind is PromptKind.DIGEST and prompt.reason is None
    ]

"""Bringing the stored plan to what is wanted. Pure: the same facts give the same plan, in whatever order they came."""

from collections.abc import Iterable, Iterator

from jobs.wanted import Asked, wanted_of
from storage.plan_models import (
    Move,
    PlanChanges,
    PlannedPrompt,
    PlanningFacts,
    RoundDates,
    StoredPrompt,
    StoredRound,
)
from storage.vocabulary import REVERSIBLE, PromptState, Reason

#: Prompts that will not be sent are stored all the same where a person would look for them in the preview.
_SHOWN_THOUGH_NOT_SENT = (
    Reason.BEFORE_OPENING,
    Reason.MEETS_NEXT_STEP,
    Reason.PAST,
    Reason.AWAY,
    Reason.STOPPED,
    Reason.LESS_OFTEN,
)


def decide(facts: PlanningFacts) -> PlanChanges:
    """What to change so that the stored plan is the one that follows from these facts."""
    asked = Asked(facts)
    rounds = [dates for _, given in asked.participations for dates in given]
    wanted = {prompt.key: prompt for prompt in wanted_of(facts, asked)}
    stored = {prompt.key: prompt for prompt in facts.prompts}
    kept = {(each.dates.participation_id, each.dates.key): each for each in facts.rounds}
    return PlanChanges(
        requests=facts.requests,
        rounds=tuple(each for each in rounds if _differs(each, kept)),
        withdrawn_rounds=tuple(_withdrawn(rounds, facts.rounds)),
        new=tuple(
            prompt
            for key, prompt in wanted.items()
            if key not in stored and _is_worth_storing(prompt)
        ),
        moved=tuple(_moves(wanted, stored.values())),
        cancelled=tuple(_cancellations(wanted, stored.values())),
    )


def _differs(dates: RoundDates, kept: dict[tuple[int, str], StoredRound]) -> bool:
    found = kept.get((dates.participation_id, dates.key))
    return found is None or found.withdrawn or found.dates != dates


def _withdrawn(rounds: Iterable[RoundDates], stored: Iterable[StoredRound]) -> Iterator[int]:
    given = {(each.participation_id, each.key) for each in rounds}
    for each in stored:
        if not each.withdrawn and (each.dates.participation_id, each.dates.key) not in given:
            yield each.round_id


def _is_worth_storing(prompt: PlannedPrompt) -> bool:
    return prompt.reason is None or prompt.reason in _SHOWN_THOUGH_NOT_SENT


def _moves(wanted: dict[str, PlannedPrompt], stored: Iterable[StoredPrompt]) -> Iterator[Move]:
    for prompt in stored:
        want = wanted.get(prompt.key)
        if want is None or want.reason is not None:
            continue
        revived = prompt.reason in REVERSIBLE and not _was_left_on_the_day(prompt)
        moved = prompt.state is PromptState.PLANNED and (
            want.planned_for,
            want.useful_until,
            want.only_if_silent,
        ) != (prompt.planned_for, prompt.useful_until, prompt.only_if_silent)
        # sending may have put it off further, for reasons of its own
        moved = moved or (prompt.state is PromptState.PLANNED and want.due_at > prompt.due_at)
        if revived or moved:
            yield Move(
                prompt_id=prompt.prompt_id,
                planned_for=want.planned_for,
                due_at=want.due_at,
                useful_until=want.useful_until,
                only_if_silent=want.only_if_silent,
            )


def _was_left_on_the_day(prompt: StoredPrompt) -> bool:
    """Whether sending found that the post or the partner had ended by then.

    The plan goes by the day that it planned, when both still held: it would bring the prompt back, and
    sending would skip it again, every hour.
    """
    return prompt.state is PromptState.SKIPPED and prompt.reason in {
        Reason.POST_ENDED,
        Reason.PARTNER_ENDED,
    }


def _cancellations(
    wanted: dict[str, PlannedPrompt], stored: Iterable[StoredPrompt]
) -> Iterator[tuple[int, Reason]]:
    for prompt in stored:
        if prompt.state is PromptState.PLANNED:
            want = wanted.get(prompt.key)
            reason = Reason.STEP_WITHDRAWN if want is None else want.reason
            if reason is not None:
                yield prompt.prompt_id, reason

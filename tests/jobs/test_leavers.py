"""That somebody has left a post is told once: to the leads, or else to the administrators."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jobs.planning import decide
from jobs.wanted import wanted_prompts
from storage.plan_models import LeaverFacts, PlannedPrompt, PlanningFacts, PostFacts, Validity
from storage.vocabulary import Leaving, PromptKind, PromptState, Reason
from tests.factories import london
from tests.jobs.plans import after, facts, planned, respondent

LEFT_AT = london(2026, 9, 14, 10)
LEAD, SECOND_LEAD, ADMINISTRATOR = respondent(20), respondent(21), respondent(30)
UNTIL_YESTERDAY = Validity(valid_from=date(2020, 1, 1), valid_to=date(2026, 9, 13))


def left(*leads: PostFacts, entry: int = 1, **more) -> LeaverFacts:
    fields = {
        "post_id": 1, "left_at": LEFT_AT, "why": Leaving.SAID_SO, "administrators": (ADMINISTRATOR,),
    }  # fmt: skip
    return LeaverFacts(entry_id=entry, leads=leads, **fields | more)


def given(*leavers: LeaverFacts, **more) -> PlanningFacts:
    return facts(**{"now": LEFT_AT, "leavers": leavers} | more)


def told(of: PlanningFacts) -> list[PlannedPrompt]:
    return [prompt for prompt in wanted_prompts(of) if prompt.kind is PromptKind.LEFT]


def whom(of: PlanningFacts) -> list[int]:
    return [prompt.post_id for prompt in told(of)]


def sent(of: PlanningFacts, *posts: int) -> PlanningFacts:
    """The same once these have been told."""
    prompts = tuple(
        replace(prompt, state=PromptState.SENT)
        if prompt.kind is PromptKind.LEFT and prompt.post_id in posts
        else prompt
        for prompt in of.prompts
    )
    return replace(of, prompts=prompts)


def test_every_lead_is_told_at_once_of_the_post_and_why():
    first, second = told(given(left(LEAD, SECOND_LEAD)))
    assert (first.post_id, second.post_id) == (LEAD.post_id, SECOND_LEAD.post_id)
    assert (first.about_post_id, first.step) == (1, Leaving.SAID_SO)
    assert first.planned_for == LEFT_AT
    [closed] = told(given(left(LEAD, why=Leaving.ACCOUNT_CLOSED)))
    assert closed.step == Leaving.ACCOUNT_CLOSED


@pytest.mark.parametrize("leads", [(), (PostFacts(post_id=20, validity=UNTIL_YESTERDAY),)])
def test_where_nobody_leads_the_administrators_are_told(leads):
    assert whom(given(left(*leads))) == [ADMINISTRATOR.post_id]


def test_planning_again_tells_nobody_twice():
    stored = planned(given(left(LEAD)))
    assert not decide(stored)
    assert not decide(sent(stored, LEAD.post_id))


def test_who_comes_to_lead_after_somebody_was_told_finds_it_done():
    stored = sent(planned(given(left(LEAD))), LEAD.post_id)
    later = replace(stored, leavers=(left(LEAD, SECOND_LEAD),))
    assert not decide(later)


def test_a_lead_who_is_still_to_be_told_is_told_though_another_was():
    stored = sent(planned(given(left(LEAD, SECOND_LEAD))), LEAD.post_id)
    assert not decide(stored)
    assert whom(stored) == [SECOND_LEAD.post_id]


def test_where_the_lead_leaves_before_being_told_another_is():
    stored = planned(given(left(LEAD)))
    gone = replace(stored, leavers=(left(replace(LEAD, validity=UNTIL_YESTERDAY)),))
    changes = decide(gone)
    [new] = [prompt for prompt in changes.new if prompt.kind is PromptKind.LEFT]
    assert new.post_id == ADMINISTRATOR.post_id
    assert [reason for _, reason in changes.cancelled] == [Reason.STEP_WITHDRAWN]
    assert not decide(after(gone, changes))


def test_what_a_refused_token_kept_back_is_told_with_the_next():
    stored = planned(given(left(LEAD)))
    refused = replace(
        stored,
        prompts=tuple(
            replace(prompt, state=PromptState.FAILED, reason=Reason.TOKEN_REFUSED)
            if prompt.kind is PromptKind.LEFT
            else prompt
            for prompt in stored.prompts
        ),
    )
    states = {prompt.kind: prompt.state for prompt in planned(refused).prompts}
    assert states[PromptKind.LEFT] is PromptState.PLANNED


def test_each_leaving_is_news_of_its_own_and_old_news_is_none():
    assert len({prompt.key for prompt in told(given(left(LEAD), left(LEAD, entry=2)))}) == 2
    assert told(given(left(LEAD), now=LEFT_AT + timedelta(days=28))) == []

"""A colleague is asked once, in office hours; whoever handed a round over is not reminded of it, and is again afterwards."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jobs.planning import decide
from jobs.verdicts import Later, Send, verdict
from storage.due_models import DuePrompt
from storage.plan_models import HandoverFacts, PlanningFacts, StoredPrompt
from storage.vocabulary import PromptKind, PromptState, Reason
from storage.wishes import AS_USUAL
from tests.factories import OPENING, london
from tests.jobs.plans import (
    ALWAYS,
    asked,
    facts,
    partner,
    planned,
    reminders,
    respondent,
)

STEP_2, STEP_3 = london(2026, 10, 2, 9), london(2026, 10, 16, 9)
END = date(2026, 12, 31)
#: The one who asked is 1; the colleague answers as 2.
BOTH = partner(1, respondent(1), respondent(2))
AWAY = ((date(2026, 9, 1), date(2026, 12, 1)),)


def handover(**more) -> HandoverFacts:
    fields = {
        "handover_id": 7, "post_id": 1, "invited_post_id": 5, "asked_at": OPENING, "last_day": END,
    }  # fmt: skip
    return HandoverFacts(**fields | more)


def askings(given: PlanningFacts) -> list[StoredPrompt]:
    return [prompt for prompt in given.prompts if prompt.kind is PromptKind.HANDOVER]


def lent(**more) -> PlanningFacts:
    """A colleague answers the review instead of the one who asked."""
    fields = {"handed_over": {(1, "review"): END}, "only_in": {2: frozenset({"review"})}}
    return facts(asked(partners=(replace(BOTH, **fields | more),)))


def asked_at(given: PlanningFacts, post_id: int) -> set[datetime]:
    return {
        prompt.planned_for
        for prompt in reminders(given)
        if prompt.post_id == post_id and prompt.reason is None
    }


# Asking the colleague


def test_the_colleague_is_asked_once_as_soon_as_somebody_may_be_messaged():
    first = planned(facts(handovers=(handover(),)))
    [asking] = askings(first)
    assert (asking.post_id, asking.about_post_id, asking.step) == (5, 1, "7")
    assert (asking.planned_for, asking.state) == (OPENING, PromptState.PLANNED)
    assert asking.useful_until == london(2027, 1, 1)
    assert not decide(first)


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (OPENING, london(2026, 9, 7, 9)),
        (london(2026, 9, 11, 18), london(2026, 9, 14, 9)),
        (london(2026, 9, 14, 11), None),
    ],
)
def test_nobody_is_asked_out_of_hours(now, allowed):
    prompt = DuePrompt(
        prompt_id=1, kind=PromptKind.HANDOVER, person_id=1, wishes=AS_USUAL, planned_for=now,
        due_at=now, useful_until=london(2027, 1, 1), post=ALWAYS, is_open=False,
    )  # fmt: skip
    assert verdict(prompt, now=now) == (Send() if allowed is None else Later(allowed))


def test_nobody_is_asked_in_the_partnership_s_own_holiday():
    during = london(2026, 10, 27, 11)
    quiet = (date(2026, 10, 26), date(2026, 10, 30))
    given = facts(handovers=(handover(asked_at=during, quiet=quiet),), now=during)
    [asking] = askings(planned(given))
    assert asking.planned_for == london(2026, 11, 2, 9)


def test_what_was_taken_back_before_it_was_sent_is_not_sent():
    first = planned(facts(handovers=(handover(),)))
    [asking] = askings(planned(replace(first, handovers=())))
    assert asking.state is PromptState.CANCELLED


def test_a_new_asking_is_another():
    first = planned(facts(handovers=(handover(),)))
    second = planned(replace(first, handovers=(handover(handover_id=8),)))
    assert [(each.step, each.state) for each in askings(second)] == [
        ("7", PromptState.CANCELLED),
        ("8", PromptState.PLANNED),
    ]


def test_that_it_does_not_arrive_the_lead_is_told():
    lead = respondent(3)
    first = planned(facts(asked(leads=(lead,)), handovers=(handover(),)))
    [asking] = askings(first)
    failed = replace(asking, state=PromptState.FAILED, reason=Reason.PERSON_UNREACHABLE)
    others = tuple(each for each in first.prompts if each is not asking)
    found = [
        each
        for each in decide(replace(first, prompts=(*others, failed))).new
        if each.kind is PromptKind.UNDELIVERED
    ]
    assert [(each.post_id, each.about_post_id) for each in found] == [(3, 5)]


# Reminding meanwhile


def test_the_colleague_is_reminded_instead_of_the_one_who_asked():
    assert asked_at(lent(), 1) == set()
    assert STEP_2 in asked_at(lent(), 2)
    assert {prompt.reason for prompt in reminders(lent()) if prompt.post_id == 1} == {
        Reason.HANDED_OVER
    }


def test_planned_before_handed_over_and_taken_back_they_are_reminded_again():
    before = planned(facts(asked(partners=(BOTH,))))
    meanwhile = planned(replace(before, participations=lent().participations))
    states = {(each.state, each.reason) for each in meanwhile.prompts if each.post_id == 1}
    assert states == {(PromptState.CANCELLED, Reason.HANDED_OVER)}
    again = planned(replace(meanwhile, participations=before.participations))
    assert {each.state for each in again.prompts if each.post_id == 1} == {PromptState.PLANNED}


def test_once_the_colleague_s_days_are_over_they_are_reminded_again():
    given = lent(handed_over={(1, "review"): STEP_2.date()})
    assert STEP_2 not in asked_at(given, 1)
    assert STEP_3 in asked_at(given, 1)


def test_what_was_handed_over_in_another_round_changes_nothing_here():
    given = lent(handed_over={(1, "week-1"): END}, only_in={2: frozenset({"week-1"})})
    assert STEP_2 in asked_at(given, 1)
    assert asked_at(given, 2) == set()


def test_while_the_colleague_is_away_the_deputy_is_asked_and_not_the_one_who_asked():
    colleague = replace(respondent(2), absences=AWAY)
    given = lent(respondents=(respondent(1), colleague), deputies=(respondent(4),))
    assert asked_at(given, 1) == asked_at(given, 2) - {london(2026, 12, 2, 9)} == set()
    assert STEP_2 in asked_at(given, 4)


def test_a_deputy_who_handed_it_over_is_not_asked_either():
    away = replace(respondent(1), absences=AWAY)
    given = lent(respondents=(away,), deputies=(respondent(4),), handed_over={(4, "review"): END})
    assert asked_at(given, 4) == set()


def test_the_day_that_they_asked_for_before_is_left_out_too():
    snoozed = {(1, "review"): (OPENING.date(), date(2026, 9, 21))}
    assert london(2026, 9, 21, 9) in asked_at(lent(snoozes=snoozed, handed_over={}), 1)
    assert asked_at(lent(snoozes=snoozed), 1) == set()


def test_the_day_on_which_the_colleague_agrees_brings_no_second_message():
    agreed = replace(respondent(2), taken_over_on=STEP_2.date())
    given = lent(respondents=(respondent(1), agreed), deputies=(respondent(4),))
    assert STEP_2 not in asked_at(given, 2) | asked_at(given, 1) | asked_at(given, 4)
    assert STEP_3 in asked_at(given, 2)

"""Whoever was told another deadline is told the one that holds: once, and only if it still differs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.planning import decide
from storage.calendar_models import GivenDates, StandingDates, TermEvent
from storage.clock import LONDON
from storage.plan_models import PlanningFacts, StoredPrompt
from storage.vocabulary import Certainty, ParticipationState, PromptKind, PromptState, Reason
from tests.factories import london
from tests.jobs.any_facts import with_other_dates
from tests.jobs.plans import DONE, asked, facts, partner, planned, respondent

NOTICED = london(2026, 9, 21, 10)


def birmingham(last_day: date, said_at: datetime = NOTICED) -> tuple[StandingDates, ...]:
    """Birmingham's break, in the week after that Friday."""
    dates = GivenDates(
        la_code="330",
        event=TermEvent.OCTOBER_HALF_TERM,
        school_year=2026,
        start=last_day + timedelta(days=3),
        end=last_day + timedelta(days=7),
        last_day=last_day,
        source="council page",
    )
    return (
        StandingDates(
            dates=dates, certainty=Certainty.COUNCIL, said_by="administrator", said_at=said_at
        ),
    )


A, B, C = date(2026, 10, 23), date(2026, 10, 16), date(2026, 10, 30)


def sent(before: PlanningFacts, *, until: datetime) -> PlanningFacts:
    """The facts once all that was due by then has been sent, each telling the deadline of its round."""
    rounds = {each.round_id: each.dates for each in before.rounds}

    def told(prompt: StoredPrompt) -> StoredPrompt:
        if prompt.state is not PromptState.PLANNED or prompt.planned_for > until:
            return prompt
        dates = rounds.get(prompt.round_id or 0)
        return replace(
            prompt, state=PromptState.SENT, deadline_told=dates.deadline_day if dates else None
        )

    return replace(before, now=until, prompts=tuple(map(told, before.prompts)))


def after_giving(before: PlanningFacts, last_day: date, at: datetime) -> PlanningFacts:
    return planned(replace(before, now=at, term_dates=birmingham(last_day, at)))


def news(held: PlanningFacts) -> list[StoredPrompt]:
    return [
        prompt
        for prompt in held.prompts
        if prompt.kind is PromptKind.CHANGED_DATES and prompt.state is PromptState.PLANNED
    ]


def told_a(*posts) -> PlanningFacts:
    """The first reminder has told everybody of 23 October."""
    part = asked(partners=(partner(1, *posts),)) if posts else asked()
    return sent(planned(facts(part)), until=london(2026, 9, 18, 9))


def test_somebody_who_was_told_another_deadline_is_told_the_new_one_once():
    held = after_giving(told_a(), B, NOTICED)
    (prompt,) = news(held)
    assert (prompt.planned_for, prompt.useful_until) == (NOTICED, london(2027, 1, 1))
    assert not decide(held)
    told = sent(held, until=NOTICED)
    assert news(planned(told)) == []
    assert not decide(replace(told, now=london(2026, 10, 1, 9)))


def test_reminders_that_were_not_sent_move_with_the_deadline():
    held = after_giving(told_a(), B, NOTICED)
    reminders = [each for each in held.prompts if each.kind is PromptKind.REMINDER]
    assert [each.state for each in reminders] == [PromptState.SENT, *[PromptState.PLANNED] * 5]
    assert [f"{each.planned_for.astimezone(LONDON):%a %-d %b %-I%p}" for each in reminders] == [
        "Fri 11 Sep 9AM", "Fri 25 Sep 9AM", "Fri 9 Oct 9AM", "Fri 16 Oct 9AM", "Mon 26 Oct 9AM",
        "Fri 30 Oct 9AM",
    ]  # fmt: skip


def test_nobody_is_told_who_was_told_nothing():
    held = planned(facts())
    assert news(after_giving(held, B, NOTICED)) == []


def test_the_same_deadline_given_by_the_council_is_no_news():
    assert news(after_giving(told_a(), A, NOTICED)) == []


@pytest.mark.parametrize("state", [PromptState.FAILED, PromptState.PLANNED])
def test_a_message_that_did_not_reach_anybody_told_nothing(state: PromptState):
    """The deadline is kept before Slack is asked to post."""
    reason = Reason.REFUSED_BY_SLACK if state is PromptState.FAILED else None
    held = told_a()
    failed = tuple(
        replace(each, state=state, reason=reason) if each.deadline_told else each
        for each in held.prompts
    )
    assert news(after_giving(replace(held, prompts=failed), B, NOTICED)) == []


def test_a_message_that_is_just_being_sent_tells_its_deadline():
    held = told_a()
    claimed = tuple(
        replace(each, state=PromptState.CLAIMED) if each.deadline_told else each
        for each in held.prompts
    )
    held = replace(held, prompts=claimed)
    assert len(news(after_giving(held, B, NOTICED))) == 1
    assert news(after_giving(held, A, NOTICED)) == []


def test_dates_that_are_confirmed_again_are_no_second_message():
    held = after_giving(told_a(), B, NOTICED)
    again = after_giving(held, B, NOTICED + timedelta(hours=1))
    assert len(news(again)) == 1
    told = sent(again, until=NOTICED + timedelta(hours=1))
    assert news(after_giving(told, B, NOTICED + timedelta(hours=2))) == []


def test_only_those_who_were_told_are_told_again():
    held = told_a(respondent(1), respondent(2))
    first = next(each for each in held.prompts if each.state is PromptState.SENT)
    others = tuple(
        replace(each, state=PromptState.FAILED, reason=Reason.REFUSED_BY_SLACK, deadline_told=None)
        if each.state is PromptState.SENT and each is not first
        else each
        for each in held.prompts
    )
    (prompt,) = news(after_giving(replace(held, prompts=others), B, NOTICED))
    assert prompt.post_id == first.post_id


def test_a_date_that_changes_back_before_anybody_was_told_is_no_news():
    held = after_giving(told_a(), B, NOTICED)
    back = after_giving(held, A, NOTICED + timedelta(minutes=5))
    assert news(back) == []
    assert [
        (each.state, each.reason) for each in back.prompts if each.kind is PromptKind.CHANGED_DATES
    ] == [(PromptState.CANCELLED, Reason.STEP_WITHDRAWN)]


def test_of_two_changes_before_anybody_was_told_only_the_last_is_news():
    held = after_giving(told_a(), B, NOTICED)
    (prompt,) = news(after_giving(held, C, NOTICED + timedelta(hours=1)))
    assert prompt.key.count(str(C)) == 1
    assert prompt.planned_for == NOTICED + timedelta(hours=1)


def test_a_date_that_comes_and_goes_and_comes_again_is_news_each_time():
    held, at = told_a(), NOTICED
    for last_day in (B, A, B, A, C, B):
        held = after_giving(held, last_day, at)
        (prompt,) = news(held)
        assert str(last_day) in prompt.key
        held = planned(sent(held, until=at))
        assert news(held) == []
        at += timedelta(hours=1)


def test_a_reminder_that_tells_the_new_deadline_spares_the_message():
    held = after_giving(told_a(), B, NOTICED)
    told = tuple(
        replace(each, state=PromptState.SENT, deadline_told=B)
        if each.planned_for == london(2026, 9, 25, 9)
        else each
        for each in held.prompts
    )
    assert news(planned(replace(held, prompts=told))) == []


def test_a_deadline_told_by_a_reminder_in_between_can_become_news_again():
    """The message that was skipped because a reminder told the same does not stand in the way later."""
    held = after_giving(told_a(), B, NOTICED)
    spared = tuple(
        replace(each, state=PromptState.SKIPPED, reason=Reason.TOLD_ALREADY)
        if each.kind is PromptKind.CHANGED_DATES
        else replace(each, state=PromptState.SENT, deadline_told=B)
        if each.planned_for == london(2026, 9, 25, 9)
        else each
        for each in held.prompts
    )
    held = replace(held, prompts=spared)
    back = planned(
        sent(after_giving(held, A, london(2026, 9, 28, 10)), until=london(2026, 9, 28, 10))
    )
    (prompt,) = news(after_giving(back, B, london(2026, 9, 29, 10)))
    assert str(B) in prompt.key


def test_who_is_done_or_no_longer_asked_is_not_told():
    held = told_a()
    for part in (
        asked(partners=(partner(1, done_rounds=DONE),)),
        asked(state=ParticipationState.CLOSED),
    ):
        assert news(after_giving(replace(held, participations=(part,)), B, NOTICED)) == []


def test_nobody_is_told_after_late_replies_have_ended():
    held = sent(told_a(), until=london(2026, 12, 31, 9))
    assert len(news(after_giving(held, B, london(2026, 12, 31, 10)))) == 1
    assert news(after_giving(held, B, london(2027, 1, 1, 10))) == []


@given(with_other_dates(), st.integers(0, 400), st.integers(1, 30))
def test_after_any_change_exactly_those_with_another_deadline_are_told_exactly_once(
    pair, days: int, later: int
):
    first, second = pair
    until = datetime(first_year(first), 8, 1, 12, tzinfo=UTC) + timedelta(days=days)
    held = sent(planned(first), until=until)
    now = until + timedelta(days=later)
    there = planned(replace(second, now=now, rounds=held.rounds, prompts=held.prompts))
    assert told_of(there) == owed_news(there)
    assert not decide(there)
    everything = sent(there, until=now + timedelta(days=500))
    assert news(planned(replace(everything, now=now))) == []
    back = planned(replace(first, now=now, rounds=there.rounds, prompts=there.prompts))
    assert told_of(back) == owed_news(back)


def first_year(given_facts: PlanningFacts) -> int:
    parts = given_facts.participations + given_facts.drafts
    return parts[0].school_year


def told_of(held: PlanningFacts) -> list[tuple[int, int, int]]:
    return sorted((each.round_id, each.partner_id, each.post_id) for each in news(held))


def owed_news(held: PlanningFacts) -> list[tuple[int, int, int]]:
    """Who was last told another deadline than the round has now, by rule and not by planning's own code."""
    told = {
        (each.round_id, each.partner_id, each.post_id): each.deadline_told
        for each in held.prompts
        if each.state is PromptState.SENT and each.deadline_told is not None
    }
    parts = {each.participation_id: each for each in held.participations}
    found = []
    for stored in held.rounds:
        part = parts.get(stored.dates.participation_id)
        if (
            part is None
            or stored.withdrawn
            or part.state is not ParticipationState.OPEN
            or stored.dates.late_until < held.now.astimezone(LONDON).date()
        ):
            continue
        for each in part.partners:
            for post in each.respondents:
                duty = (stored.round_id, each.partner_id, post.post_id)
                known = told.get(duty, stored.dates.deadline_day)
                if known != stored.dates.deadline_day and stored.dates.key not in each.done_rounds:
                    found.append(duty)
    return sorted(found)

"""What is owed to whom, and when: 2026 worked out by hand, and rules that hold for any facts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.calendars import is_working_day
from jobs.planning import decide
from jobs.wanted import rounds_in, wanted_prompts
from storage.clock import LONDON
from storage.definitions import Step
from storage.plan_models import (
    ParticipationFacts,
    PlanChanges,
    PlanningFacts,
    RoundDates,
    Validity,
)
from storage.vocabulary import (
    REVERSIBLE,
    Certainty,
    ParticipationState,
    PromptState,
    Reason,
)
from tests.factories import OPENING, london
from tests.jobs.plans import (
    ALWAYS,
    DONE,
    REVIEW,
    asked,
    digests,
    facilitates,
    facts,
    partner,
    planned,
    reminders,
    respondent,
)

STEP_DAYS = [(9, 11), (10, 2), (10, 16), (10, 23), (11, 2), (11, 6)]
STEPS_2026 = [london(2026, month, day, 9) for month, day in STEP_DAYS]


# The October review of 2026


def test_a_respondent_is_asked_six_times_at_9am():
    found = reminders(facts())
    assert [prompt.planned_for for prompt in found] == STEPS_2026
    assert [prompt.planned_for.astimezone(LONDON).hour for prompt in found] == [9] * 6
    assert all(prompt.reason is None for prompt in found)


def test_a_reminder_is_useful_until_the_next_and_the_last_one_until_the_year_ends():
    assert [prompt.useful_until for prompt in reminders(facts())] == [
        *STEPS_2026[1:],
        london(2027, 1, 1),
    ]


def test_the_round_runs_from_the_friday_before_half_term_to_31_december():
    assert rounds_in(asked(), {}) == [
        RoundDates(
            participation_id=1,
            key="review",
            opens_on=date(2026, 9, 7),
            deadline_day=date(2026, 10, 23),
            late_until=date(2026, 12, 31),
            quiet_from=date(2026, 10, 26),
            quiet_to=date(2026, 10, 30),
            certainty=Certainty.ESTIMATED,
        )
    ]


def test_every_respondent_of_every_partner_is_asked():
    two = partner(1, respondent(1), respondent(2))
    found = reminders(
        facts(asked(partners=(two, partner(2, respondent(3)), partner(3, respondent(3)))))
    )
    assert Counter((prompt.partner_id, prompt.post_id) for prompt in found) == {
        (1, 1): 6, (1, 2): 6, (2, 3): 6, (3, 3): 6,
    }  # fmt: skip


def test_a_partnership_without_respondents_still_has_its_round():
    changes = decide(facts(asked(partners=())))
    assert [dates.deadline_day for dates in changes.rounds] == [date(2026, 10, 23)]
    assert changes.new == ()


def test_digests_come_on_mondays_from_the_first_after_opening_to_the_end_of_the_year():
    found = digests(facts(facilitators=(facilitates(),)))
    assert found[0] == london(2026, 9, 14, 9)
    assert found[-1] == london(2026, 12, 29, 9)  # Monday 28 December is a bank holiday
    assert len(found) == 16
    assert [at.astimezone(LONDON).strftime("%A") for at in found] == ["Monday"] * 15 + ["Tuesday"]


def test_half_term_does_not_stop_a_digest():
    assert london(2026, 10, 26, 9) in digests(facts(facilitators=(facilitates(),)))


def test_a_facilitator_hears_of_regions_in_which_something_is_asked():
    there = facts(facilitators=(facilitates(region="West Midlands"),))
    elsewhere = facts(facilitators=(facilitates(region="London"),))
    assert len(digests(there)) == 16
    assert digests(elsewhere) == []
    assert (
        digests(facts(asked(state=ParticipationState.CLOSED), facilitators=(facilitates(),))) == []
    )


def test_a_week_has_one_digest_for_each_post_whatever_its_campaigns():
    two = (asked(), asked(participation_id=2, opened_at=OPENING + timedelta(days=30)))
    assert len(digests(facts(*two, facilitators=(facilitates(),)))) == 16


# Why something is not sent


@pytest.mark.parametrize(
    ("part", "reasons"),
    [
        (asked(state=ParticipationState.CLOSED), [Reason.CAMPAIGN_CLOSED] * 6),
        (asked(partners=(partner(done_rounds=DONE),)), [Reason.DONE] * 6),
        (
            asked(opened_at=london(2026, 10, 16, 12)),
            [Reason.BEFORE_OPENING] * 2 + [None] * 4,
        ),
        (
            asked(partners=(partner(1, respondent(validity=Validity(valid_from=date(2026, 10, 2), valid_to=date(2026, 10, 23)))),)),
            [Reason.POST_ENDED, None, None, None, Reason.POST_ENDED, Reason.POST_ENDED],
        ),
        (
            asked(partners=(partner(validity=Validity(valid_from=date(2020, 1, 1), valid_to=date(2026, 10, 15))),)),
            [None, None, *[Reason.PARTNER_ENDED] * 4],
        ),
    ],
)  # fmt: skip
def test_what_is_not_sent_has_its_reason(part: ParticipationFacts, reasons: list[Reason | None]):
    assert [prompt.reason for prompt in reminders(facts(part))] == reasons


def test_what_is_opened_after_its_deadline_takes_late_replies_and_chases_nobody():
    late = reminders(facts(asked(opened_at=london(2026, 10, 26, 12))))
    assert [prompt.reason for prompt in late] == [Reason.BEFORE_OPENING] * 4 + [Reason.PAST] * 2


def test_a_step_that_would_meet_the_next_one_is_left_out():
    steps = tuple(
        Step(key=key, words=key, days_before=before)
        for key, before in (("a", 20), ("b", 19), ("c", 18), ("d", 0))  # Saturday to Monday
    )
    found = reminders(facts(asked(definition=REVIEW.model_copy(update={"steps": steps}))))
    assert [(prompt.step, prompt.reason) for prompt in found] == [
        ("a", Reason.MEETS_NEXT_STEP),
        ("b", Reason.MEETS_NEXT_STEP),
        ("c", None),
        ("d", None),
    ]
    assert {prompt.planned_for for prompt in found[:3]} == {london(2026, 10, 5, 9)}


def test_the_preview_keeps_what_came_before_opening_and_not_what_is_done():
    late = decide(facts(asked(opened_at=london(2026, 10, 16, 12))))
    assert [prompt.reason for prompt in late.new].count(Reason.BEFORE_OPENING) == 2
    assert decide(facts(asked(partners=(partner(done_rounds=DONE),)))).new == ()


# When facts change


def test_planning_twice_changes_nothing():
    once = planned(facts(facilitators=(facilitates(),)))
    assert not decide(once)


def test_a_request_to_plan_is_answered_though_nothing_changes():
    once = replace(planned(facts()), requests=(4, 7))
    assert decide(once) == PlanChanges(requests=(4, 7))


def test_closing_cancels_what_is_planned_and_opening_again_brings_it_back():
    opened = planned(facts())
    closed = planned(replace(opened, participations=(asked(state=ParticipationState.CLOSED),)))
    assert {prompt.reason for prompt in closed.prompts} == {Reason.CAMPAIGN_CLOSED}
    again = planned(replace(closed, participations=opened.participations))
    assert again.prompts == opened.prompts


def test_a_partner_that_is_done_no_more_is_reminded_again():
    done = planned(
        replace(planned(facts()), participations=(asked(partners=(partner(done_rounds=DONE),)),))
    )
    assert {prompt.state for prompt in done.prompts} == {PromptState.CANCELLED}
    undone = planned(replace(done, participations=(asked(),)))
    assert {prompt.state for prompt in undone.prompts} == {PromptState.PLANNED}


def test_a_post_that_ends_early_loses_its_later_prompts_only():
    leaves = asked(partners=(partner(1, respondent(validity=Validity(valid_from=date(2026, 9, 1), valid_to=date(2026, 10, 2)))),))  # fmt: skip
    found = planned(replace(planned(facts()), participations=(leaves,)))
    assert [prompt.reason for prompt in found.prompts] == [None, None, *[Reason.POST_ENDED] * 4]


def test_a_step_that_a_new_version_moves_is_moved_and_one_that_it_drops_is_withdrawn():
    first, *_, last = REVIEW.steps
    steps = (first.model_copy(update={"days_before": 35}), last)
    newer = asked(
        definition=REVIEW.model_copy(update={"version": REVIEW.version + 1, "steps": steps})
    )
    found = planned(replace(planned(facts()), participations=(newer,)))
    assert [prompt.reason for prompt in found.prompts] == [
        None, *[Reason.STEP_WITHDRAWN] * 4, None,
    ]  # fmt: skip
    assert found.prompts[0].planned_for == london(2026, 9, 18, 9)


@pytest.mark.parametrize("state", [PromptState.SENT, PromptState.CLAIMED, PromptState.FAILED])
def test_what_was_sent_or_failed_stays_whatever_changes(state: PromptState):
    before = planned(facts())
    reason = Reason.REFUSED_BY_SLACK if state is PromptState.FAILED else None
    sent = tuple(replace(prompt, state=state, reason=reason) for prompt in before.prompts)
    for part in (asked(), asked(state=ParticipationState.CLOSED), asked(partners=(partner(done_rounds=DONE),))):  # fmt: skip
        changes = decide(replace(before, prompts=sent, participations=(part,)))
        assert changes == PlanChanges()


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in REVERSIBLE])
def test_what_ended_for_good_is_not_brought_back(reason: Reason):
    before = planned(facts())
    ended = tuple(
        replace(prompt, state=PromptState.SKIPPED, reason=reason) for prompt in before.prompts
    )
    assert not decide(replace(before, prompts=ended))


# Any facts

days = st.dates(min_value=date(2018, 1, 1), max_value=date(2036, 12, 31))
validities = st.just(ALWAYS) | st.tuples(days, days).map(
    lambda pair: Validity(valid_from=min(pair), valid_to=max(pair))
)
#: In the order of time, as files list them.
steps = st.lists(st.integers(-20, 60).filter(bool), min_size=1, max_size=6).map(
    lambda counts: tuple(
        Step(
            key="abcdef"[number],
            words="A step",
            days_before=count if count > 0 else None,
            working_days_after=-count if count < 0 else None,
        )
        for number, count in enumerate(sorted(counts, reverse=True))
    )
)
regions = st.sampled_from(["London", "West Midlands"])


@st.composite
def any_facts(draw) -> PlanningFacts:
    ids = iter(range(1, 1000))
    parts = []
    for participation_id in range(1, draw(st.integers(1, 3)) + 1):
        year = draw(st.integers(2018, 2035))
        partners = tuple(
            partner(
                next(ids),
                *(respondent(next(ids), draw(validities)) for _ in range(draw(st.integers(1, 3)))),
                validity=draw(validities),
                done_rounds=draw(st.sampled_from([frozenset(), DONE])),
            )
            for _ in range(draw(st.integers(0, 3)))
        )
        opened = date(year, 8, 1) + timedelta(days=draw(st.integers(0, 150)))
        parts.append(
            asked(
                participation_id=participation_id,
                definition=REVIEW.model_copy(update={"steps": draw(steps)}),
                school_year=year,
                state=draw(st.sampled_from([ParticipationState.OPEN, ParticipationState.CLOSED])),
                opened_at=london(opened.year, opened.month, opened.day, 12),
                region=draw(regions),
                partners=partners,
            )
        )
    helpers = tuple(
        facilitates(next(ids), draw(st.none() | regions), validity=draw(validities))
        for _ in range(draw(st.integers(0, 2)))
    )
    return facts(*parts, facilitators=helpers)


@given(any_facts())
def test_keys_are_unique(given: PlanningFacts):
    assert max(Counter(prompt.key for prompt in wanted_prompts(given)).values(), default=1) == 1


@given(any_facts())
def test_everything_lies_in_office_hours_on_working_days_outside_the_holiday(given: PlanningFacts):
    for prompt in wanted_prompts(given):
        local = prompt.planned_for.astimezone(LONDON)
        assert (local.hour, local.minute) == (9, 0)
        assert is_working_day(local.date())
        assert prompt.useful_until >= prompt.planned_for
        if prompt.round is not None:
            assert not prompt.round.quiet_from <= local.date() <= prompt.round.quiet_to


@given(any_facts())
def test_nobody_is_sent_two_reminders_of_one_round_at_once(given: PlanningFacts):
    sent = Counter(
        (prompt.round, prompt.partner_id, prompt.post_id, prompt.planned_for)
        for prompt in reminders(given)
        if prompt.reason is None
    )
    assert set(sent.values()) <= {1}


@given(any_facts(), any_facts())
def test_planning_again_changes_nothing_whatever_was_planned_before(
    first: PlanningFacts, second: PlanningFacts
):
    held = planned(first)
    changed = planned(replace(second, rounds=held.rounds, prompts=held.prompts))
    assert not decide(changed)


@given(any_facts(), st.randoms(use_true_random=False))
def test_any_order_of_the_facts_gives_the_same_plan(given: PlanningFacts, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    other = replace(
        given,
        facilitators=shuffled(given.facilitators),
        participations=shuffled(
            tuple(
                replace(
                    part,
                    partners=shuffled(
                        tuple(
                            replace(each, respondents=shuffled(each.respondents))
                            for each in part.partners
                        )
                    ),
                )
                for part in given.participations
            )
        ),
    )
    by_key = {prompt.key: prompt for prompt in wanted_prompts(given)}
    assert by_key == {prompt.key: prompt for prompt in wanted_prompts(other)}

"""When and how often each person is reminded, as they wish: October 2026 and summer 2027 worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jobs.planning import decide
from jobs.verdicts import Later, Send, Skip, verdict
from jobs.wanted import wanted_prompts
from storage.clock import LONDON
from storage.plan_models import PlannedPrompt, PlanningFacts, PostFacts, Validity
from storage.vocabulary import PromptKind, PromptState, Reason, Reminding
from storage.wishes import AS_USUAL, HOURS, ZONES, Wishes, falls_due
from tests.factories import london
from tests.jobs.plans import (
    ALWAYS,
    SUMMER,
    asked,
    facilitates,
    facts,
    partner,
    planned,
    reminders,
)
from tests.jobs.test_verdicts import due

LIGHT, STANDARD, ACTIVE = Reminding
AT_TWO = Wishes(hour=14)


def wanting(reminding: Reminding, **more: object) -> PostFacts:
    return PostFacts(post_id=1, validity=ALWAYS, wishes=Wishes(reminding=reminding), **more)  # type: ignore[arg-type]


def of(*posts: PostFacts, **more) -> PlanningFacts:
    return facts(asked(partners=(partner(1, *posts),), **more))


def steps(given: PlanningFacts, reason: Reason | None = None) -> list[str]:
    return [prompt.step for prompt in reminders(given) if prompt.reason is reason]


# How often


@pytest.mark.parametrize(
    ("wish", "gets"),
    [
        (LIGHT, ["six_weeks_before", "the_day", "five_days_after"]),
        (
            STANDARD,
            [
                "six_weeks_before",
                "three_weeks_before",
                "one_week_before",
                "the_day",
                "one_day_after",
                "five_days_after",
            ],
        ),
        (
            ACTIVE,
            [
                "six_weeks_before",
                "three_weeks_before",
                "two_weeks_before",
                "one_week_before",
                "one_day_before",
                "the_day",
                "one_day_after",
                "five_days_after",
            ],
        ),
    ],
)
def test_october_comes_as_often_as_somebody_wants(wish, gets):
    assert steps(of(wanting(wish))) == gets


@pytest.mark.parametrize(
    ("wish", "weekdays"), [(LIGHT, {0}), (STANDARD, {0, 3}), (ACTIVE, {0, 3, 4})]
)
def test_each_week_of_the_summer_comes_once_twice_or_on_its_deadline_too(wish, weekdays):
    found = reminders(of(wanting(wish), definition=SUMMER))
    sent = [prompt.planned_for for prompt in found if prompt.reason is None]
    tuesday = london(2027, 8, 31, 9)  # Monday 30 August is a bank holiday
    assert {at.weekday() for at in sent if at != tuesday} == weekdays
    assert len({at.isocalendar()[:2] for at in sent}) == 7


def test_what_somebody_does_not_want_is_planned_with_that_reason():
    found = planned(of(wanting(LIGHT)))
    unsent = {prompt.step: prompt.reason for prompt in found.prompts if prompt.reason}
    assert unsent == dict.fromkeys(
        ["three_weeks_before", "one_week_before", "one_day_after"], Reason.LESS_OFTEN
    )


def test_a_light_reminder_is_useful_until_the_next_that_its_reader_gets():
    first, *_ = reminders(of(wanting(LIGHT)))
    assert first.useful_until == london(2026, 10, 23, 9)


def test_who_is_reminded_lightly_is_first_asked_at_the_next_step_where_a_campaign_is_opened_late():
    late = of(wanting(LIGHT), opened_at=london(2026, 9, 28, 9))
    assert steps(late) == ["three_weeks_before", "the_day", "five_days_after"]


def test_so_is_who_begins_late():
    begins = PostFacts(
        post_id=1,
        validity=Validity(valid_from=date(2026, 10, 5), valid_to=None),
        wishes=Wishes(reminding=LIGHT),
    )
    assert steps(of(begins)) == ["one_week_before", "the_day", "five_days_after"]


def test_silence_escalates_whatever_anybody_wants():
    deputy = PostFacts(post_id=2, validity=ALWAYS, wishes=Wishes(reminding=LIGHT))
    lead = PostFacts(post_id=5, validity=ALWAYS, wishes=Wishes(reminding=LIGHT))
    given = facts(
        asked(leads=(lead,), partners=(partner(1, wanting(LIGHT), deputies=(deputy,)),)),
        facilitators=(facilitates(),),
    )
    told = [
        (prompt.step, prompt.post_id)
        for prompt in wanted_prompts(given)
        if prompt.only_if_silent and prompt.reason is None
    ]
    assert told == [("the_day", 2), ("one_day_after", 5), ("five_days_after", 9)]


def test_more_and_less_again_is_where_it_began():
    before = planned(of(wanting(STANDARD)))
    more = after_wishing(before, ACTIVE)
    assert len(planned_times(more)) == 8
    again = after_wishing(more, STANDARD)
    assert planned_times(again) == planned_times(before)
    less = after_wishing(again, LIGHT)
    assert len(planned_times(less)) == 3
    assert planned_times(after_wishing(less, STANDARD)) == planned_times(before)
    assert not decide(less)


def after_wishing(given: PlanningFacts, wish: Reminding) -> PlanningFacts:
    return planned(replace(given, participations=of(wanting(wish)).participations))


def planned_times(given: PlanningFacts) -> list[datetime]:
    return [each.planned_for for each in given.prompts if each.state is PromptState.PLANNED]


def test_who_begins_to_want_more_is_not_sent_what_they_would_have_had_before():
    now = london(2026, 10, 12, 10)
    given = replace(of(wanting(ACTIVE)), now=now)
    assert "two_weeks_before" not in steps(given)
    assert "two_weeks_before" in steps(given, Reason.PAST)


def test_another_day_on_which_only_others_are_reminded_is_kept():
    friday = date(2026, 10, 2)  # three weeks before, which is not for the light
    at = partner(1, wanting(LIGHT), snoozes={(1, "review"): (date(2026, 9, 14), friday)})
    assert f"snoozed {friday}" in steps(facts(asked(partners=(at,))))


# When in the day


def hours(given: PlanningFacts) -> set[int]:
    return {prompt.planned_for.hour for prompt in wanted_prompts(given)}


def test_everything_that_has_its_day_comes_at_the_hour_that_somebody_wants():
    post = PostFacts(post_id=1, validity=ALWAYS, wishes=AT_TWO)
    asked_at_two = asked(partners=(partner(1, post),), leads=(replace(post, post_id=5),))
    given = facts(asked_at_two, facilitators=(facilitates(wishes=AT_TWO),), drafts=(asked_at_two,))
    kinds = {prompt.kind for prompt in wanted_prompts(given)}
    assert kinds == {
        PromptKind.REMINDER,
        PromptKind.ESCALATION,
        PromptKind.OFFER,
        PromptKind.DIGEST,
    }
    assert hours(given) == {14}


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_stays_that_hour_across_both_clock_changes_and_lies_in_its_day_in_london(
    hour, zone
):
    wishes = Wishes(hour=hour, zone=zone)
    for day in (date(2026, 10, 23) + timedelta(days=n) for n in range(200)):
        at = wishes.at(day)
        assert at.astimezone(UTC).astimezone(at.tzinfo).hour == hour
        assert at.astimezone(LONDON).date() == day


def test_another_hour_moves_what_is_planned_and_nothing_else():
    before = planned(facts())
    later = PostFacts(post_id=1, validity=ALWAYS, wishes=AT_TWO)
    changes = decide(replace(before, participations=of(later).participations))
    assert len(changes.moved) == 6
    assert {move.planned_for.astimezone(LONDON).hour for move in changes.moved} == {14}
    assert (changes.new, changes.cancelled, changes.rounds) == ((), (), ())
    assert not decide(planned(replace(before, participations=of(later).participations)))


def test_colleagues_at_different_hours_are_asked_at_one_step():
    """A reply at 9:05am answers the step for the colleague who would be asked at 2pm; one at 8:55am is before it."""
    at_two = due(wishes=AT_TWO, planned_for=london(2026, 10, 2, 14), due_at=london(2026, 10, 2, 14))
    now = london(2026, 10, 2, 14)
    answered = replace(at_two, replied_at=london(2026, 10, 2, 9, 5))
    assert verdict(answered, now=now) == Skip(Reason.REPLIED)
    assert verdict(replace(at_two, replied_at=london(2026, 10, 2, 8, 55)), now=now) == Send()


def test_a_step_that_comes_to_somebody_before_9am_in_london_is_answered_from_then_on():
    berlin = Wishes(zone="Europe/Berlin").at(date(2026, 10, 2))
    assert falls_due(berlin) == berlin == london(2026, 10, 2, 8)
    assert falls_due(AS_USUAL.at(date(2026, 10, 2))) == london(2026, 10, 2, 9)


def test_what_has_to_wait_for_another_day_comes_at_that_hour_too():
    evening = london(2026, 10, 2, 18)
    assert verdict(due(wishes=AT_TWO), now=evening) == Later(london(2026, 10, 5, 14))


def prompt_at(given: PlanningFacts, step: str) -> PlannedPrompt:
    return next(prompt for prompt in reminders(given) if prompt.step == step)


def test_the_deadline_does_not_move_with_the_hour():
    given = of(PostFacts(post_id=1, validity=ALWAYS, wishes=Wishes(hour=16)))
    dates = prompt_at(given, "the_day").round
    assert dates == prompt_at(facts(), "the_day").round
    assert dates is not None
    assert dates.deadline_day == date(2026, 10, 23)

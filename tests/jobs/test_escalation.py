"""Deputies, absences, and who hears of silence: planned beforehand, and stoppable."""

from dataclasses import replace
from datetime import date, timedelta

from jobs.planning import decide
from jobs.wanted import wanted_prompts
from storage.plan_models import PlannedPrompt, PlanningFacts, PostFacts, StoredPrompt
from storage.vocabulary import PromptKind, PromptState, Reason
from tests.factories import london
from tests.jobs.plans import (
    ALWAYS,
    after,
    asked,
    facilitates,
    facts,
    partner,
    planned,
    reminders,
    respondent,
)

DEPUTY = PostFacts(post_id=2, validity=ALWAYS)
LEAD = PostFacts(post_id=5, validity=ALWAYS)
STEPS = {
    "six_weeks_before": date(2026, 9, 11),
    "three_weeks_before": date(2026, 10, 2),
    "one_week_before": date(2026, 10, 16),
    "the_day": date(2026, 10, 23),
    "one_day_after": date(2026, 11, 2),
    "five_days_after": date(2026, 11, 6),
}


def away(post_id: int, first: date, last: date | None = None) -> PostFacts:
    return PostFacts(post_id=post_id, validity=ALWAYS, absences=((first, last or first),))


def review(*respondents: PostFacts, deputies=(DEPUTY,), **more) -> PlanningFacts:
    """The October review of one partner, with a deputy and a lead."""
    of = partner(1, *respondents, deputies=deputies, **more)
    return facts(asked(partners=(of,), leads=(LEAD,)), facilitators=(facilitates(9),))


def to(given: PlanningFacts, post_id: int, *, wanted: bool = True) -> list[PlannedPrompt]:
    """The prompts of one post about partners, in order."""
    return [
        prompt
        for prompt in wanted_prompts(given)
        if prompt.post_id == post_id
        and prompt.partner_id is not None
        and (prompt.reason is None) is wanted
    ]


# Who is asked


def test_the_deputy_is_asked_on_the_day_of_the_deadline_only_where_nobody_has_replied():
    [prompt] = to(review(), DEPUTY.post_id)
    assert (prompt.step, prompt.kind) == ("the_day", PromptKind.REMINDER)
    assert prompt.only_if_silent
    [told] = to(review(replied_rounds=frozenset({"review"})), DEPUTY.post_id, wanted=False)
    assert told.reason is Reason.REPLIED


def test_who_is_away_is_not_asked_and_their_deputy_is_instead():
    given = review(away(1, STEPS["three_weeks_before"]))
    steps = [prompt.step for prompt in to(given, 1)]
    assert steps == [step for step in STEPS if step != "three_weeks_before"]
    [left_out] = to(given, 1, wanted=False)
    assert (left_out.step, left_out.reason) == ("three_weeks_before", Reason.AWAY)
    [instead, _] = to(given, DEPUTY.post_id)
    assert (instead.step, instead.only_if_silent) == ("three_weeks_before", False)


def test_without_a_deputy_who_is_there_the_reminder_stays_with_the_respondent():
    day = STEPS["three_weeks_before"]
    for deputies in ((), (away(2, day),)):
        given = review(away(1, day), deputies=deputies)
        assert [prompt.step for prompt in to(given, 1)] == list(STEPS)


def test_what_waits_for_somebody_is_planned_for_the_working_day_on_which_they_are_back():
    friday = STEPS["three_weeks_before"]
    given = planned(review(away(1, friday, friday + timedelta(days=1)), deputies=()))
    [waits] = [
        each for each in given.prompts if each.post_id == 1 and each.step == "three_weeks_before"
    ]
    assert (waits.planned_for, waits.due_at) == (london(2026, 10, 2, 9), london(2026, 10, 5, 9))
    assert not decide(given)


def test_of_the_reminders_of_a_long_absence_the_last_one_waits():
    given = review(away(1, date(2026, 9, 28), date(2026, 10, 19)), deputies=())
    assert [(each.step, each.reason) for each in to(given, 1, wanted=False)] == [
        ("three_weeks_before", Reason.AWAY)
    ]
    [waits] = [each for each in to(given, 1) if each.step == "one_week_before"]
    assert waits.due_at == london(2026, 10, 20, 9)


def test_an_absence_that_is_said_later_puts_off_what_was_planned():
    before = planned(review(deputies=()))
    gone = review(away(1, STEPS["three_weeks_before"]), deputies=())
    after_it = planned(replace(before, participations=gone.participations))
    assert [each.due_at for each in after_it.prompts if each.step == "three_weeks_before"] == [
        london(2026, 10, 5, 9)
    ]


def test_while_a_colleague_is_there_the_deputy_is_left_alone():
    given = review(away(1, STEPS["three_weeks_before"]), respondent(3))
    assert [prompt.step for prompt in to(given, DEPUTY.post_id)] == ["the_day"]


def test_a_vacant_post_is_the_deputys_to_answer_for():
    ended = replace(ALWAYS, valid_to=date(2026, 9, 30))
    given = review(respondent(1, ended))
    assert [prompt.step for prompt in to(given, 1)] == ["six_weeks_before"]
    assert [prompt.step for prompt in to(given, DEPUTY.post_id)] == list(STEPS)[1:]


def test_who_was_asked_and_then_goes_away_is_not_replaced_in_the_same_step():
    given = planned(review())
    sent = replace(
        given,
        prompts=tuple(
            replace(prompt, state=PromptState.SENT)
            if prompt.post_id == 1 and prompt.step == "three_weeks_before"
            else prompt
            for prompt in given.prompts
        ),
        now=london(2026, 10, 5, 10),
    )
    gone = partner(1, away(1, date(2026, 10, 5), date(2026, 10, 9)), deputies=(DEPUTY,))
    sent = replace(sent, participations=(asked(partners=(gone,), leads=(LEAD,)),))
    assert "three_weeks_before" not in [prompt.step for prompt in to(sent, DEPUTY.post_id)]


def test_coming_back_early_brings_the_reminder_back_and_leaves_the_deputy_alone():
    day = STEPS["three_weeks_before"]
    before = planned(review(away(1, day)))
    back = planned(replace(before, participations=review().participations))
    states = {(prompt.post_id, prompt.step): prompt for prompt in back.prompts}
    assert states[1, "three_weeks_before"].state is PromptState.PLANNED
    assert states[2, "three_weeks_before"].reason is Reason.STEP_WITHDRAWN
    assert not decide(back)


# Who hears of silence


def test_the_lead_hears_one_working_day_after_and_the_facilitator_five():
    [lead] = to(review(), LEAD.post_id)
    [facilitator] = to(review(), 9)
    for prompt, step in ((lead, "one_day_after"), (facilitator, "five_days_after")):
        assert (prompt.kind, prompt.step) == (PromptKind.ESCALATION, step)
        assert prompt.planned_for == london(STEPS[step].year, STEPS[step].month, STEPS[step].day, 9)
        assert prompt.only_if_silent


def test_any_reply_ends_the_escalation_though_not_the_asking():
    given = review(replied_rounds=frozenset({"review"}))
    assert to(given, LEAD.post_id) == []
    assert to(given, 9) == []
    assert len(to(given, 1)) == len(STEPS)


def test_a_facilitator_hears_of_their_own_sector_and_region_only():
    of = asked(partners=(partner(1, deputies=(DEPUTY,)),), leads=(LEAD,))
    others = (
        facilitates(9, sector_key="health"),
        facilitates(10, region="London"),
        facilitates(11, region="West Midlands"),
    )
    given = facts(of, facilitators=others)
    assert [bool(to(given, post_id)) for post_id in (9, 10, 11)] == [False, False, True]


def test_a_lead_stops_everything_about_a_partner_in_a_round_and_goes_on_again():
    stopped = review(stopped_rounds=frozenset({"review"}))
    assert {prompt.reason for prompt in wanted_prompts(stopped) if prompt.partner_id} == {
        Reason.STOPPED
    }
    before = planned(review())
    held = planned(replace(before, participations=stopped.participations))
    about = [prompt for prompt in held.prompts if prompt.partner_id]
    assert {(prompt.state, prompt.reason) for prompt in about} == {
        (PromptState.CANCELLED, Reason.STOPPED)
    }
    resumed = planned(replace(held, participations=review().participations))
    assert {prompt.state for prompt in resumed.prompts if prompt.partner_id} == {
        PromptState.PLANNED
    }


def test_a_partner_that_is_done_is_nobodys_business_any_more():
    done = frozenset({"review"})
    assert not [
        prompt
        for prompt in wanted_prompts(review(done_rounds=done, replied_rounds=done))
        if prompt.partner_id and prompt.reason is None
    ]


# Messages that do not arrive


def failed(given: PlanningFacts, *steps: str, reason=Reason.PERSON_UNREACHABLE) -> PlanningFacts:
    """The respondent's prompts of these steps have failed."""
    return _ended(given, {(1, step): (PromptState.FAILED, reason) for step in steps})


def _ended(given: PlanningFacts, ends: dict) -> PlanningFacts:
    prompts: list[StoredPrompt] = []
    for prompt in given.prompts:
        state, reason = ends.get((prompt.post_id, prompt.step), (prompt.state, prompt.reason))
        prompts.append(replace(prompt, state=state, reason=reason))
    return replace(given, prompts=tuple(prompts), now=london(2026, 10, 2, 10))


def undelivered(given: PlanningFacts) -> list[PlannedPrompt]:
    return [prompt for prompt in wanted_prompts(given) if prompt.kind is PromptKind.UNDELIVERED]


ADMINISTRATOR = PostFacts(post_id=7, validity=ALWAYS)


def with_administrator(given: PlanningFacts) -> PlanningFacts:
    return replace(given, administrators=(ADMINISTRATOR,))


def test_the_lead_is_told_once_of_somebody_whose_messages_do_not_arrive():
    given = failed(planned(with_administrator(review())), "six_weeks_before")
    [told] = undelivered(given)
    assert (told.post_id, told.about_post_id) == (LEAD.post_id, 1)
    stored = after(given, decide(given))
    again = failed(stored, "six_weeks_before", "three_weeks_before")
    assert [prompt.key for prompt in undelivered(again)] == [told.key]
    assert told.key not in {prompt.key for prompt in decide(again).new}


def test_it_is_told_again_where_a_message_had_arrived_in_between():
    given = planned(review())
    ends = {
        (1, "six_weeks_before"): (PromptState.FAILED, Reason.PERSON_UNREACHABLE),
        (1, "three_weeks_before"): (PromptState.SENT, None),
        (1, "one_week_before"): (PromptState.FAILED, Reason.PERSON_UNREACHABLE),
    }
    first, second = undelivered(failed(given, "six_weeks_before")), undelivered(_ended(given, ends))
    assert len(first) == len(second) == 1
    assert first[0].key != second[0].key


def test_without_a_lead_the_administrator_is_told():
    given = review()
    given = replace(given, participations=(asked(partners=given.participations[0].partners),))
    [told] = undelivered(failed(planned(with_administrator(given)), "six_weeks_before"))
    assert told.post_id == ADMINISTRATOR.post_id


def test_of_a_token_that_slack_refuses_each_administrator_is_told_once():
    given = planned(with_administrator(review(respondent(1), respondent(3))))
    refused = _ended(
        given,
        {
            (1, "six_weeks_before"): (PromptState.FAILED, Reason.TOKEN_REFUSED),
            (3, "six_weeks_before"): (PromptState.FAILED, Reason.TOKEN_REFUSED),
        },
    )
    [told] = undelivered(refused)
    assert told.post_id == ADMINISTRATOR.post_id


def test_what_a_refused_token_kept_back_is_sent_with_the_next_and_told_all_the_same():
    given = planned(with_administrator(review()))
    refused = failed(given, "six_weeks_before", reason=Reason.TOKEN_REFUSED)
    tried_again = after(refused, decide(refused))
    states = {(prompt.post_id, prompt.step): prompt.state for prompt in tried_again.prompts}
    assert states[1, "six_weeks_before"] is PromptState.PLANNED
    assert [p.post_id for p in undelivered(tried_again)] == [ADMINISTRATOR.post_id]
    assert not decide(tried_again)


def test_a_failed_news_of_a_failure_is_not_news_itself():
    given = failed(planned(with_administrator(review())), "six_weeks_before")
    stored = after(given, decide(given))
    lost = replace(
        stored,
        prompts=tuple(
            replace(prompt, state=PromptState.FAILED, reason=Reason.PERSON_UNREACHABLE)
            if prompt.kind is PromptKind.UNDELIVERED
            else prompt
            for prompt in stored.prompts
        ),
        now=stored.now + timedelta(days=1),
    )
    assert {prompt.about_post_id for prompt in undelivered(lost)} == {1}


def test_reminders_alone_are_what_respondents_get():
    assert {prompt.post_id for prompt in reminders(review())} == {1, DEPUTY.post_id}


# Another day


def snoozed(until: date, *, asked_on: date = date(2026, 9, 14), **more) -> PlanningFacts:
    """The respondent asked for another day, on a Monday after the first step."""
    return review(snoozes={(1, "review"): (asked_on, until)}, **more)


def test_who_asked_for_another_day_is_asked_then_and_not_before():
    given = snoozed(date(2026, 10, 5))
    assert [prompt.step for prompt in to(given, 1)] == [
        "six_weeks_before", "one_week_before", "the_day", "one_day_after", "five_days_after",
        "snoozed 2026-10-05",
    ]  # fmt: skip
    [left_out] = to(given, 1, wanted=False)
    assert (left_out.step, left_out.reason) == ("three_weeks_before", Reason.SNOOZED)
    own = to(given, 1)[-1]
    assert own.planned_for == london(2026, 10, 5, 9)
    assert own.useful_until == london(2026, 10, 16, 9)  # the next step takes its place


def test_on_the_day_of_a_step_the_step_is_enough():
    given = snoozed(STEPS["one_week_before"])
    assert [prompt.step for prompt in to(given, 1)] == [
        step for step in STEPS if step != "three_weeks_before"
    ]


def test_another_day_is_the_one_who_asked_for_its_own_and_its_deputys_stays():
    assert [prompt.step for prompt in to(snoozed(date(2026, 10, 5)), DEPUTY.post_id)] == ["the_day"]


def test_a_partner_that_is_done_is_not_reminded_on_another_day_either():
    done = frozenset({"review"})
    given = snoozed(date(2026, 10, 5), done_rounds=done, replied_rounds=done)
    assert to(given, 1) == []


def test_asking_for_yet_another_day_moves_it():
    before = planned(snoozed(date(2026, 10, 5)))
    moved = planned(replace(before, participations=snoozed(date(2026, 10, 7)).participations))
    states = {prompt.step: prompt for prompt in moved.prompts if prompt.post_id == 1}
    assert states["snoozed 2026-10-05"].reason is Reason.STEP_WITHDRAWN
    assert states["snoozed 2026-10-07"].state is PromptState.PLANNED
    assert not decide(moved)

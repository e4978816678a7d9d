"""Rules of planning that hold for any year, any areas and any dates."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from jobs.calendars import CLOSING, OPENING, is_working_day, london
from jobs.planning import decide
from jobs.rounds import quiet_days
from jobs.verdicts import Send, Skip, verdict
from jobs.wanted import wanted_prompts
from storage.clock import LONDON
from storage.definitions import SNOOZED
from storage.due_models import DuePrompt
from storage.plan_models import PlannedPrompt, PlanningFacts, Validity
from storage.vocabulary import ParticipationState, PromptKind, PromptState, Reason, Reminding
from storage.wishes import Wishes
from tests.jobs.any_facts import any_facts, changed_facts
from tests.jobs.plans import planned

OVERDUE = {"one_day_after", "five_days_after"}


# When


def wishes_by_post(facts: PlanningFacts) -> dict[int, set[Wishes]]:
    """What each post's holder wishes; the two campaigns may know one post with different holders."""
    found: dict[int, set[Wishes]] = defaultdict(set)
    for part in (*facts.participations, *facts.drafts):
        answering = [post for each in part.partners for post in (*each.respondents, *each.deputies)]
        for post in (*answering, *part.leads):
            found[post.post_id].add(post.wishes)
    for facilitator in facts.facilitators:
        found[facilitator.post_id].add(facilitator.wishes)
    return found


def comes_at(wishes: Wishes, prompt: PlannedPrompt) -> bool:
    return wishes.at(prompt.planned_for.date()) == prompt.planned_for


@given(any_facts())
def test_everything_is_at_its_readers_hour_on_a_working_day_outside_the_partnerships_own_break(
    facts: PlanningFacts,
):
    wishes = wishes_by_post(facts)
    for prompt in wanted_prompts(facts):
        quiet = quiet_days(prompt.round) if prompt.round is not None else []
        local = prompt.planned_for
        assert any(comes_at(each, prompt) for each in wishes[prompt.post_id])
        assert OPENING <= local.time() < CLOSING
        assert is_working_day(local.date(), quiet)
        # the day of a deadline is that day in London too
        assert local.astimezone(LONDON).date() == local.date()


def reminding(facts: PlanningFacts, wish: Reminding) -> PlanningFacts:
    """The same with everybody wanting that, and nobody another day."""

    def wants(post):
        return replace(post, wishes=replace(post.wishes, reminding=wish))

    def changed(part):
        partners = tuple(
            replace(
                each,
                respondents=tuple(map(wants, each.respondents)),
                deputies=tuple(map(wants, each.deputies)),
                snoozes={},
            )
            for each in part.partners
        )
        return replace(part, partners=partners, leads=tuple(map(wants, part.leads)))

    return replace(facts, participations=tuple(map(changed, facts.participations)))


def asked_at(facts: PlanningFacts) -> set[tuple[object, ...]]:
    return {
        (prompt.round, prompt.partner_id, prompt.post_id, prompt.due_at)
        for prompt in wanted_prompts(facts)
        if prompt.kind is PromptKind.REMINDER and prompt.reason is None
    }


@given(any_facts())
def test_who_wants_less_gets_part_of_what_others_get_and_silence_is_told_all_the_same(
    facts: PlanningFacts,
):
    ahead = replace(facts, now=datetime(2019, 8, 1, tzinfo=UTC))
    light, standard, active = (reminding(ahead, wish) for wish in Reminding)
    assert asked_at(light) <= asked_at(standard) <= asked_at(active)
    told = [
        {prompt for prompt in wanted_prompts(each) if prompt.kind is PromptKind.ESCALATION}
        for each in (light, standard, active)
    ]
    assert told[0] == told[1] == told[2]


@given(any_facts())
def test_who_wants_nothing_else_is_asked_as_if_the_steps_for_the_active_were_not_there(
    facts: PlanningFacts,
):
    def without(part):
        steps = tuple(each for each in part.definition.steps if each.is_for(Reminding.STANDARD))
        return replace(part, definition=part.definition.model_copy(update={"steps": steps}))

    standard = reminding(facts, Reminding.STANDARD)
    parts = tuple(map(without, standard.participations))
    assert set(wanted_prompts(standard)) == set(
        wanted_prompts(replace(standard, participations=parts))
    )


@given(any_facts())
def test_everything_that_is_to_be_sent_is_still_useful_then(facts: PlanningFacts):
    for prompt in wanted_prompts(facts):
        if prompt.reason is None:
            assert prompt.planned_for < prompt.useful_until


@given(any_facts())
def test_reminders_come_within_the_round_and_after_its_deadline_only_the_overdue_ones(
    facts: PlanningFacts,
):
    for prompt in wanted_prompts(facts):
        if prompt.round is not None and prompt.reason is None:
            day = prompt.planned_for.astimezone(LONDON).date()
            if prompt.step.startswith(SNOOZED):
                asked = date.fromisoformat(prompt.step.split()[1])
                overdue = asked > prompt.round.deadline_day
            else:
                overdue = prompt.step in OVERDUE
            assert day <= (prompt.round.late_until if overdue else prompt.round.deadline_day)
            assert overdue == (day > prompt.round.deadline_day)
            assert prompt.useful_until <= london(
                prompt.round.late_until + timedelta(days=1), time(0)
            )


@given(any_facts())
def test_nobody_is_owed_two_reminders_of_one_round_at_once(facts: PlanningFacts):
    owed = Counter(
        (prompt.round, prompt.partner_id, prompt.post_id, prompt.planned_for)
        for prompt in wanted_prompts(facts)
        if prompt.kind is PromptKind.REMINDER and prompt.reason is None
    )
    assert set(owed.values()) <= {1}


# The same facts, the same plan


@given(any_facts())
def test_no_key_comes_twice(facts: PlanningFacts):
    keys = Counter(prompt.key for prompt in wanted_prompts(facts))
    assert max(keys.values(), default=1) == 1


@given(any_facts())
def test_planning_again_writes_nothing(facts: PlanningFacts):
    assert not decide(planned(facts))


@given(any_facts())
def test_all_that_is_wanted_ends_planned_at_its_time_or_with_its_reason(facts: PlanningFacts):
    stored = {prompt.key: prompt for prompt in planned(facts).prompts}
    wanted = {prompt.key: prompt for prompt in wanted_prompts(facts)}
    assert set(stored) <= set(wanted)
    for key, want in wanted.items():
        if want.reason is None:
            assert stored[key].state is PromptState.PLANNED
            assert stored[key].planned_for == want.planned_for
        elif key in stored:
            assert stored[key].state is PromptState.SKIPPED
            assert stored[key].reason is want.reason


@given(any_facts(), st.randoms(use_true_random=False))
def test_any_order_of_the_facts_gives_the_same_plan(facts: PlanningFacts, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    def mixed(parts):
        return shuffled(
            tuple(
                replace(
                    part,
                    la_codes=shuffled(part.la_codes),
                    leads=shuffled(part.leads),
                    partners=shuffled(
                        tuple(
                            replace(each, respondents=shuffled(each.respondents))
                            for each in part.partners
                        )
                    ),
                )
                for part in parts
            )
        )

    other = replace(
        facts,
        participations=mixed(facts.participations),
        drafts=mixed(facts.drafts),
        facilitators=shuffled(facts.facilitators),
        term_dates=shuffled(facts.term_dates),
    )
    one, another = decide(facts), decide(other)
    assert {prompt.key: prompt for prompt in one.new} == {
        prompt.key: prompt for prompt in another.new
    }
    assert set(one.rounds) == set(another.rounds)


# Facts that change


def live(facts: PlanningFacts) -> dict[str, tuple[datetime, datetime]]:
    return {
        prompt.key: (prompt.planned_for, prompt.useful_until)
        for prompt in facts.prompts
        if prompt.state is PromptState.PLANNED
    }


@given(changed_facts())
def test_what_is_planned_does_not_depend_on_what_was_planned_before(pair):
    first, second = pair
    by_way_of_first = planned(replace(second, **held_by(planned(first))))
    at_once = planned(second)
    assert live(by_way_of_first) == live(at_once)
    standing = {each.dates for each in by_way_of_first.rounds if not each.withdrawn}
    assert standing == {each.dates for each in at_once.rounds}
    assert not decide(by_way_of_first)


def held_by(facts: PlanningFacts) -> dict[str, object]:
    return {"rounds": facts.rounds, "prompts": facts.prompts}


@given(changed_facts())
def test_there_and_back_again_is_where_it_began(pair):
    first, second = pair
    before = planned(first)
    there = planned(replace(second, **held_by(before)))
    back = planned(replace(first, **held_by(there)))
    assert live(back) == live(before)


@given(changed_facts())
def test_what_is_not_planned_any_more_says_why(pair):
    first, second = pair
    there = planned(replace(second, **held_by(planned(first))))
    for prompt in there.prompts:
        assert (prompt.reason is None) == (prompt.state is PromptState.PLANNED)
        assert prompt.reason is None or prompt.reason.words


# What becomes of it on the day


def due(prompt: PlannedPrompt, facts: PlanningFacts, wishes: Wishes) -> DuePrompt:
    asked = {part.participation_id: part.state for part in facts.participations}
    quiet = quiet_days(prompt.round) if prompt.round is not None else []
    always = Validity(valid_from=prompt.planned_for.date(), valid_to=None)
    return DuePrompt(
        prompt_id=1,
        kind=prompt.kind,
        person_id=1,
        wishes=wishes,
        planned_for=prompt.planned_for,
        due_at=prompt.planned_for,
        useful_until=prompt.useful_until,
        post=always,
        partner=always,
        is_open=prompt.round is not None
        and asked[prompt.round.participation_id] is ParticipationState.OPEN,
        quiet=(quiet[0].start, quiet[0].end) if quiet else None,
    )


@given(
    any_facts(),
    st.integers(0, 60 * 24 * 60),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_after_any_downtime_it_is_sent_in_office_hours_or_skipped_as_overtaken(
    facts: PlanningFacts, minutes: int, zone: str
):
    for prompt in wanted_prompts(facts):
        if prompt.reason is not None or prompt.kind is PromptKind.OFFER:
            continue
        late = prompt.planned_for.astimezone(UTC) + timedelta(minutes=minutes)
        found = verdict(due(prompt, facts, Wishes(zone=zone)), now=late)
        if isinstance(found, Skip):
            assert found.reason is Reason.OVERTAKEN
            assert late + timedelta(days=25) >= prompt.useful_until  # a joint break at its longest
            continue
        at = late if isinstance(found, Send) else found.until
        local = at.astimezone(ZoneInfo(zone))
        quiet = quiet_days(prompt.round) if prompt.round is not None else []
        assert OPENING <= local.time() < CLOSING
        assert is_working_day(local.date(), quiet)
        assert at < prompt.useful_until


@given(any_facts())
def test_what_is_looked_at_on_time_is_sent(facts: PlanningFacts):
    wishes = wishes_by_post(facts)
    for prompt in wanted_prompts(facts):
        if prompt.reason is None and prompt.kind is not PromptKind.OFFER:
            theirs = [each for each in wishes[prompt.post_id] if comes_at(each, prompt)]
            assert theirs
            for its in theirs:
                assert verdict(due(prompt, facts, its), now=prompt.planned_for) == Send()

"""A whole school year of all England: both campaigns, every partnership, a respondent for each body."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jobs.planning import decide
from jobs.wanted import wanted_prompts
from storage.area_names import find_area
from storage.areas import all_partnerships, regions
from storage.calendar_models import TermEvent
from storage.clock import LONDON
from storage.definitions import Definition
from storage.plan_models import (
    FacilitatorFacts,
    ParticipationFacts,
    PartnerFacts,
    PlannedPrompt,
    PlanningFacts,
    PostFacts,
)
from storage.vocabulary import Certainty, ParticipationState, PromptKind, Reason, Reminding
from tests.factories import OPENING, london
from tests.jobs.plans import ALWAYS, REVIEW, SUMMER, facts, planned
from tests.jobs.test_rounds import given

TODAY = date(2026, 9, 7)
PARTNERSHIPS = all_partnerships(TODAY)
HOLIDAY = TermEvent.SUMMER_HOLIDAY
#: Dates as pages gave them or as they could be; everybody else is estimated.
DATES = (
    given("Leicestershire", date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 16)),
    given("Nottingham", date(2026, 10, 19), date(2026, 10, 30), date(2026, 10, 16)),
    given("Kent", date(2026, 10, 19), date(2026, 10, 30), date(2026, 10, 16)),
    given("Surrey", date(2026, 10, 19), date(2026, 10, 30), date(2026, 10, 16)),
    given("Isles of Scilly", date(2026, 10, 26), date(2026, 11, 6), date(2026, 10, 23)),
    given("Leicestershire", date(2027, 7, 12), date(2027, 8, 24), date(2027, 7, 9), HOLIDAY),
    given("Nottingham", date(2027, 7, 28), date(2027, 9, 3), date(2027, 7, 27), HOLIDAY),
)


def england() -> PlanningFacts:
    """Opened for all on 1 September, with a facilitator for each region and one for all."""
    parts = [
        participation(place, campaign, definition)
        for place in range(len(PARTNERSHIPS))
        for campaign, definition in enumerate((REVIEW, SUMMER), start=1)
    ]
    helpers = tuple(
        FacilitatorFacts(post_id=9000 + number, sector_key="police", region=region, validity=ALWAYS)
        for number, region in enumerate([None, *regions()])
    )
    return replace(facts(*parts), term_dates=DATES, facilitators=helpers)


def participation(place: int, campaign: int, definition: Definition) -> ParticipationFacts:
    reference = PARTNERSHIPS[place]
    ids = [place * 20 + number for number in range(len(reference.bodies_on(TODAY)))]
    return ParticipationFacts(
        participation_id=place * 2 + campaign,
        campaign_id=campaign,
        definition=definition,
        school_year=2026,
        state=ParticipationState.OPEN,
        opened_at=london(2026, 9, 1, 9),
        partnership_id=place + 1,
        region=reference.region,
        la_codes=tuple(area.la_code for area in reference.areas),
        partners=tuple(
            PartnerFacts(
                partner_id=number,
                sector_key="police",
                validity=ALWAYS,
                done_rounds=frozenset(),
                respondents=(PostFacts(post_id=number, validity=ALWAYS),),
            )
            for number in ids
        ),
        leads=(),
    )


@pytest.fixture(scope="module")
def year() -> PlanningFacts:
    return england()


@pytest.fixture(scope="module")
def wanted(year: PlanningFacts) -> list[PlannedPrompt]:
    return list(wanted_prompts(year))


def of(wanted: list[PlannedPrompt], campaign: str) -> list[PlannedPrompt]:
    """A campaign's reminders and offers; who hears of silence is left out."""
    return [
        prompt
        for prompt in wanted
        if prompt.key.startswith(f"{campaign}/") and prompt.kind is not PromptKind.ESCALATION
    ]


def bodies_in(*areas: str) -> int:
    """How many bodies owe replies in the partnerships of these areas."""
    codes = {find_area(area).la_code for area in areas}
    return sum(
        len(each.bodies_on(TODAY))
        for each in PARTNERSHIPS
        if codes & {area.la_code for area in each.areas}
    )


def test_england_has_139_partnerships_of_436_bodies():
    assert len(PARTNERSHIPS) == 139
    assert sum(len(each.bodies_on(TODAY)) for each in PARTNERSHIPS) == 436
    assert len({area for each in PARTNERSHIPS for area in each.areas}) == 153


def test_every_body_is_asked_at_each_of_the_six_steps_of_october(wanted):
    assert Counter(prompt.step for prompt in of(wanted, "october-review")) == {
        step.key: 436 for step in REVIEW.steps if step.is_for(Reminding.STANDARD)
    }


def test_every_body_is_asked_twice_in_each_week_of_its_own_summer(wanted):
    """Six weeks and the one before; Leicestershire's and Rutland's summer of 12 July to 31 August has eight, Nottingham's five."""
    weeks = Counter(
        (prompt.round.week, prompt.step)
        for prompt in of(wanted, "summer-vigilance")
        if prompt.round
    )
    longer, shorter = bodies_in("Leicestershire"), bodies_in("Nottingham")
    for step in ("asked", "reminded"):
        counts = [weeks[week, step] for week in range(9)]
        assert counts == [436] * 6 + [436 - shorter, longer, longer]


def test_october_begins_and_ends_with_the_earliest_and_the_latest_break(wanted):
    days = sorted({prompt.planned_for for prompt in of(wanted, "october-review")})
    assert days[0] == london(2026, 9, 4, 9)  # six weeks before 16 October
    assert days[-1] == london(2026, 11, 13, 9)  # five working days after a break to 6 November
    assert days[0].astimezone(UTC) == datetime(2026, 9, 4, 8, tzinfo=UTC)
    assert days[-1].astimezone(UTC) == datetime(2026, 11, 13, 9, tzinfo=UTC)


def test_summer_begins_and_ends_with_the_earliest_and_the_latest_week(wanted):
    days = sorted({prompt.planned_for for prompt in of(wanted, "summer-vigilance")})
    assert days[0] == london(2027, 7, 5, 9)  # the Monday before 12 July
    assert days[-1] == london(2027, 9, 2, 9)  # the Thursday of the week of the bank holiday
    assert london(2027, 8, 30, 9) not in days
    assert london(2027, 8, 31, 9) in days


def test_on_the_day_of_each_deadline_those_who_have_it_are_asked(wanted):
    the_day = Counter(
        prompt.planned_for for prompt in of(wanted, "october-review") if prompt.step == "the_day"
    )
    early = bodies_in("Leicestershire", "Nottingham", "Kent", "Surrey")
    assert the_day == {london(2026, 10, 16, 9): early, london(2026, 10, 23, 9): 436 - early}


def test_overdue_bodies_are_asked_when_their_own_break_is_over(wanted):
    """Leicestershire's partners wait for Rutland's break, Cornwall's for that of the Isles of Scilly."""
    after = Counter(
        prompt.planned_for
        for prompt in of(wanted, "october-review")
        if prompt.step == "one_day_after"
    )
    scilly = bodies_in("Isles of Scilly")
    assert after == {london(2026, 11, 2, 9): 436 - scilly, london(2026, 11, 9, 9): scilly}


def test_nothing_is_left_out_when_everything_opens_in_time(wanted):
    assert {prompt.reason for prompt in wanted} == {None}
    assert {prompt.planned_for.astimezone(LONDON).hour for prompt in wanted} == {9}


def test_opened_a_week_later_the_earliest_step_of_a_few_is_too_late(year):
    later = tuple(replace(part, opened_at=OPENING) for part in year.participations)
    reasons = Counter(
        prompt.reason for prompt in wanted_prompts(replace(year, participations=later))
    )
    early = bodies_in("Leicestershire", "Nottingham", "Kent", "Surrey")
    assert reasons[Reason.BEFORE_OPENING] == early
    assert set(reasons) == {None, Reason.BEFORE_OPENING}


def test_each_facilitator_has_a_digest_for_each_week_in_which_something_is_asked(wanted):
    """From the Monday after the opening to the end of late replies, and again over the summer."""
    digests = [prompt for prompt in wanted if prompt.kind is PromptKind.DIGEST]
    by_post = {prompt.post_id: [] for prompt in digests}
    for prompt in digests:
        by_post[prompt.post_id].append(prompt.planned_for)
    assert len(by_post) == 10
    everything = by_post[9000]
    assert everything[0] == london(2026, 9, 7, 9)
    assert london(2026, 12, 29, 9) in everything
    assert london(2027, 1, 4, 9) not in everything
    assert {at for days in by_post.values() for at in days} == set(everything)


def test_only_areas_that_gave_dates_are_certain(year):
    certain = Counter(each.certainty for each in decide(year).rounds if each.week is None)
    # Leicestershire and the Isles of Scilly are in partnerships whose other area gave none.
    assert certain == {Certainty.COUNCIL: 3, Certainty.ESTIMATED: 136}


def test_planning_england_again_writes_nothing(year):
    once = planned(year)
    assert len(once.rounds) == 139 + 139 * 7 + 2 - 1
    assert not decide(once)

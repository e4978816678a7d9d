"""Every prompt that the campaigns ask for: reminders, changed dates, offers and digests. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from dateutil.relativedelta import MO, relativedelta

from jobs.calendars import Standing, by_area, london, term_break, working_day_on_or_after
from jobs.handovers import handovers
from jobs.leavers import leavers
from jobs.reminders import end_of, escalations, reminders, respondents, round_key
from jobs.rounds import rounds_of, step_days
from jobs.undelivered import undelivered
from storage.clock import LONDON
from storage.plan_models import (
    FacilitatorFacts,
    ParticipationFacts,
    PlannedPrompt,
    PlanningFacts,
    PostFacts,
    RoundDates,
)
from storage.vocabulary import ParticipationState, PromptKind, PromptState, Reason

Given = tuple[ParticipationFacts, list[RoundDates]]


class Asked:
    """Each participation with its rounds, worked out once."""

    def __init__(self, facts: PlanningFacts) -> None:
        standing = by_area(facts.term_dates)
        self.participations: list[Given] = [
            (part, rounds_in(part, standing)) for part in facts.participations
        ]
        self.drafts: list[Given] = [(part, rounds_in(part, standing)) for part in facts.drafts]


def wanted_prompts(facts: PlanningFacts) -> Iterator[PlannedPrompt]:
    """Every prompt that the campaigns ask for, those not to be sent with the reason."""
    return wanted_of(facts, Asked(facts))


def wanted_of(facts: PlanningFacts, asked: Asked) -> Iterator[PlannedPrompt]:
    """The same, of rounds that are worked out already."""
    sent = frozenset(prompt.key for prompt in facts.prompts if prompt.is_under_way)
    for part, rounds in asked.participations:
        yield from reminders(part, rounds, now=facts.now, sent=sent)
        yield from escalations(part, rounds, facts.facilitators)
    for part, rounds in asked.participations + asked.drafts:
        yield from _offers(part, rounds, facts.now)
    for facilitator in facts.facilitators:
        yield from _digests(facilitator, asked.participations)
    yield from changed_dates(facts, asked.participations)
    yield from undelivered(facts)
    yield from leavers(facts)
    yield from handovers(facts)


def rounds_in(part: ParticipationFacts, standing: Standing) -> list[RoundDates]:
    """The rounds of a campaign in one partnership, by its own term dates."""
    event = part.definition.rounds.rule.event
    found = term_break(event, part.la_codes, school_year=part.school_year, standing=standing)
    return rounds_of(part, found)


def changed_dates(facts: PlanningFacts, asked: Iterable[Given]) -> Iterator[PlannedPrompt]:
    """One message to each post that was told another deadline than the one that now holds.

    It is due from when the new dates were given. The key holds the new deadline and that moment, so each is told
    once, and again where a deadline comes, goes and comes back.
    """
    today = facts.now.astimezone(LONDON).date()
    told = _deadlines_told(facts)
    for part, rounds in asked:
        given_at = _dates_given_at(facts, part)
        said = given_at.astimezone(UTC).isoformat()
        for dates in rounds:
            if dates.late_until < today or part.state is ParticipationState.CLOSED:
                continue
            for partner, post in respondents(part):
                known = told.get(
                    (part.participation_id, dates.key, partner.partner_id, post.post_id)
                )
                if known is None or known == dates.deadline_day or dates.key in partner.done_rounds:
                    continue
                yield PlannedPrompt(
                    key=f"{round_key(part, dates)}/{partner.partner_id}/{post.post_id}/now {dates.deadline_day} said {said}",
                    kind=PromptKind.CHANGED_DATES,
                    step=f"deadline now {dates.deadline_day}",
                    post_id=post.post_id,
                    partner_id=partner.partner_id,
                    round=dates,
                    planned_for=given_at,
                    useful_until=end_of(dates),
                )


def _deadlines_told(facts: PlanningFacts) -> dict[tuple[int, str, int, int], date]:
    """The last deadline that each post was told, by participation, round, partner and post.

    A message that is being sent counts; one that never reached Slack does not, though its deadline was kept.
    """
    rounds = {stored.round_id: stored.dates for stored in facts.rounds}
    told = {}
    for prompt in facts.prompts:
        if (
            prompt.round_id is not None
            and prompt.partner_id is not None
            and prompt.deadline_told is not None
            and prompt.state in {PromptState.CLAIMED, PromptState.SENT}
        ):
            dates = rounds[prompt.round_id]
            told[dates.participation_id, dates.key, prompt.partner_id, prompt.post_id] = (
                prompt.deadline_told
            )
    return told


def _dates_given_at(facts: PlanningFacts, part: ParticipationFacts) -> datetime:
    event = part.definition.rounds.rule.event
    said = [
        each.said_at
        for each in facts.term_dates
        if each.dates.la_code in part.la_codes
        and (each.dates.event, each.dates.school_year) == (event, part.school_year)
    ]
    return max(said, default=part.opened_at)


def _offers(
    part: ParticipationFacts, rounds: list[RoundDates], now: datetime
) -> Iterator[PlannedPrompt]:
    """To each lead of a partnership where a campaign is a draft: that it can be opened."""
    first_steps = [day for dates in rounds[:1] for _, day in step_days(part.definition, dates)]
    if not first_steps:
        return
    day = working_day_on_or_after(
        first_steps[0] - timedelta(days=part.definition.rounds.offer_days_before)
    )
    for post in part.leads:
        yield PlannedPrompt(
            key=f"{part.definition.key}/{part.school_year}/offer/{part.partnership_id}/{post.post_id}",
            kind=PromptKind.OFFER,
            step="offer",
            post_id=post.post_id,
            campaign_id=part.campaign_id,
            planned_for=post.wishes.at(day),
            useful_until=london(rounds[-1].deadline_day),
            reason=_why_no_offer(part, post, day, is_past=london(rounds[-1].deadline_day) <= now),
        )


def _why_no_offer(
    part: ParticipationFacts, post: PostFacts, day: date, *, is_past: bool
) -> Reason | None:
    """A draft whose last deadline has passed is not offered, but shown: late replies can still be recorded."""
    if part.state is not ParticipationState.DRAFT:
        return Reason.OPENED
    if is_past:
        return Reason.PAST
    return None if post.validity.holds(day) else Reason.POST_ENDED


def _digests(facilitator: FacilitatorFacts, asked: Iterable[Given]) -> Iterator[PlannedPrompt]:
    """One each week while something is asked in the facilitator's regions, from the Monday after it begins."""
    mondays: set[date] = set()
    for part, rounds in asked:
        if part.state is ParticipationState.OPEN and facilitator.covers(part.region) and rounds:
            mondays |= set(_mondays(rounds[0].opens_on, max(dates.late_until for dates in rounds)))
    for monday in sorted(mondays):
        day = working_day_on_or_after(monday)
        year, week, _ = monday.isocalendar()
        yield PlannedPrompt(
            key=f"digest/{facilitator.post_id}/{year}-W{week:02}",
            kind=PromptKind.DIGEST,
            step=f"{year}-W{week:02}",
            post_id=facilitator.post_id,
            planned_for=facilitator.wishes.at(day),
            useful_until=london(monday + timedelta(days=7)),
            reason=None if facilitator.validity.holds(day) else Reason.POST_ENDED,
        )


@lru_cache(maxsize=256)
def _mondays(first: date, last: date) -> tuple[date, ...]:
    """Every Monday after `first`, up to the week that `last` lies in."""
    found = []
    monday = first + relativedelta(days=1, weekday=MO)
    while monday <= last:
        found.append(monday)
        monday += timedelta(days=7)
    return tuple(found)

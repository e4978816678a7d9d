"""What is owed to whom, and when. Pure: the same facts give the same plan, in whatever order they came."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import MO, relativedelta

from jobs.calendars import (
    Days,
    TermBreak,
    london,
    october_half_term,
    working_day_on_or_after,
    working_days_after,
)
from storage.clock import LONDON
from storage.definitions import Definition, Step
from storage.plan_models import (
    FacilitatorFacts,
    Move,
    ParticipationFacts,
    PartnerFacts,
    PlanChanges,
    PlannedPrompt,
    PlanningFacts,
    PostFacts,
    RoundDates,
    StoredPrompt,
)
from storage.vocabulary import REVERSIBLE, ParticipationState, PromptKind, PromptState, Reason

#: Prompts that will not be sent are stored all the same where a person would look for them in the preview.
_SHOWN_THOUGH_NOT_SENT = (Reason.BEFORE_OPENING, Reason.MEETS_NEXT_STEP)


def decide(facts: PlanningFacts) -> PlanChanges:
    """What to change so that the stored plan is the one that follows from these facts."""
    wanted = {prompt.key: prompt for prompt in wanted_prompts(facts)}
    dates = {
        (prompt.round.participation_id, prompt.round.key): prompt.round
        for prompt in wanted.values()
        if prompt.round
    }
    dates |= {(part.participation_id, "review"): round_dates(part) for part in facts.participations}
    stored_dates = {stored.dates for stored in facts.rounds}
    stored = {prompt.key: prompt for prompt in facts.prompts}
    return PlanChanges(
        requests=facts.requests,
        rounds=tuple(round_ for round_ in dates.values() if round_ not in stored_dates),
        new=tuple(
            prompt
            for key, prompt in wanted.items()
            if key not in stored and _is_worth_storing(prompt)
        ),
        moved=tuple(_moves(wanted, stored.values())),
        cancelled=tuple(_cancellations(wanted, stored.values())),
    )


def _is_worth_storing(prompt: PlannedPrompt) -> bool:
    return prompt.reason is None or prompt.reason in _SHOWN_THOUGH_NOT_SENT


def _moves(wanted: dict[str, PlannedPrompt], stored: Iterable[StoredPrompt]) -> Iterator[Move]:
    for prompt in stored:
        want = wanted.get(prompt.key)
        if want is None or want.reason is not None:
            continue
        revived = prompt.reason in REVERSIBLE and not _was_left_on_the_day(prompt)
        times = (want.planned_for, want.useful_until)
        moved = prompt.state is PromptState.PLANNED and times != (
            prompt.planned_for,
            prompt.useful_until,
        )
        if revived or moved:
            yield Move(
                prompt_id=prompt.prompt_id,
                planned_for=want.planned_for,
                useful_until=want.useful_until,
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


def wanted_prompts(facts: PlanningFacts) -> Iterator[PlannedPrompt]:
    """Every prompt that the campaigns ask for, those not to be sent with the reason."""
    for part in facts.participations:
        yield from _reminders(part, round_dates(part))
    for facilitator in facts.facilitators:
        yield from _digests(facilitator, facts.participations)


def round_dates(part: ParticipationFacts) -> RoundDates:
    """The October review's one round: its deadline is the last day with pupils before the break."""
    term_break = october_half_term(part.la_codes, school_year=part.school_year)
    month, day = map(int, part.definition.late_until.split("-"))
    return RoundDates(
        participation_id=part.participation_id,
        key="review",
        deadline_day=term_break.deadline_day,
        late_until=date(part.school_year, month, day),
        holiday_start=term_break.holiday.start,
        holiday_end=term_break.holiday.end,
        certainty=term_break.certainty,
    )


def _reminders(part: ParticipationFacts, dates: RoundDates) -> Iterator[PlannedPrompt]:
    holiday = Days(start=dates.holiday_start, end=dates.holiday_end)
    times = step_times(
        part.definition,
        TermBreak(holiday=holiday, deadline_day=dates.deadline_day, certainty=dates.certainty),
    )
    end_of_round = london(dates.late_until + timedelta(days=1)).replace(hour=0)
    for number, (step, day) in enumerate(times):
        next_days = [later for _, later in times[number + 1 :]]
        meets_next = bool(next_days) and day >= next_days[0]
        useful_until = london(next_days[0]) if next_days else end_of_round
        for partner in part.partners:
            for post in partner.respondents:
                yield PlannedPrompt(
                    key=f"{part.definition.key}/{part.school_year}/{dates.key}/{partner.partner_id}/{post.post_id}/{step.key}",
                    kind=PromptKind.REMINDER,
                    step=step.key,
                    post_id=post.post_id,
                    partner_id=partner.partner_id,
                    round=dates,
                    planned_for=london(day),
                    useful_until=max(useful_until, london(day)),
                    reason=_why_not(part, partner, post, day)
                    or (Reason.MEETS_NEXT_STEP if meets_next else None),
                )


def step_times(definition: Definition, term_break: TermBreak) -> list[tuple[Step, date]]:
    """Each step with its London day; one on a day when nothing is sent moves to the next that is."""
    quiet = [term_break.holiday]
    return [(step, _day_of(step, term_break.deadline_day, quiet)) for step in definition.steps]


def _day_of(step: Step, deadline_day: date, quiet: list[Days]) -> date:
    if step.working_days_after is not None:
        return working_days_after(deadline_day, step.working_days_after, quiet)
    return working_day_on_or_after(deadline_day - timedelta(days=step.days_before or 0), quiet)


def _why_not(
    part: ParticipationFacts, partner: PartnerFacts, post: PostFacts, day: date
) -> Reason | None:
    if part.state is ParticipationState.CLOSED:
        return Reason.CAMPAIGN_CLOSED
    if not partner.validity.holds(day):
        return Reason.PARTNER_ENDED
    if not post.validity.holds(day):
        return Reason.POST_ENDED
    if day < part.opened_at.astimezone(LONDON).date():
        return Reason.BEFORE_OPENING
    return Reason.DONE if partner.is_done else None


def _digests(
    facilitator: FacilitatorFacts, participations: Iterable[ParticipationFacts]
) -> Iterator[PlannedPrompt]:
    """One each week, from the first Monday after the asking begins in the facilitator's regions to its end."""
    asked = [
        part
        for part in participations
        if part.state is ParticipationState.OPEN and facilitator.region in {None, part.region}
    ]
    if not asked:
        return
    first = min(part.opened_at for part in asked).astimezone(LONDON).date()
    last = max(round_dates(part).late_until for part in asked)
    monday = first + relativedelta(days=1, weekday=MO)
    while monday <= last:
        day = working_day_on_or_after(monday)
        year, week, _ = monday.isocalendar()
        yield PlannedPrompt(
            key=f"digest/{facilitator.post_id}/{year}-W{week:02}",
            kind=PromptKind.DIGEST,
            step=f"{year}-W{week:02}",
            post_id=facilitator.post_id,
            planned_for=london(day),
            useful_until=london(monday + timedelta(days=7)),
            reason=None if facilitator.validity.holds(day) else Reason.POST_ENDED,
        )
        monday += timedelta(days=7)

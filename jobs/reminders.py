"""What respondents and deputies are asked at each step, and who else hears of silence. Pure."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from jobs.calendars import Days, london, working_day_on_or_after
from jobs.rounds import quiet_days
from jobs.steps import Come, RoundSteps
from storage.clock import LONDON
from storage.definitions import SNOOZED, EscalatesTo
from storage.plan_models import (
    FacilitatorFacts,
    ParticipationFacts,
    PartnerFacts,
    PlannedPrompt,
    PostFacts,
    RoundDates,
)
from storage.vocabulary import ParticipationState, PromptKind, Reason


class _Occasion:
    """One step of one round in one partnership."""

    def __init__(
        self, part: ParticipationFacts, dates: RoundDates, steps: RoundSteps, come: Come
    ) -> None:
        self.part, self.dates, self.steps, self.come = part, dates, steps, come
        self.day = come.day

    def key(self, partner: PartnerFacts, post_id: int) -> str:
        """What the prompt of one post about one partner is known by."""
        return f"{round_key(self.part, self.dates)}/{partner.partner_id}/{post_id}/{self.come.key}"

    def prompt(
        self,
        partner: PartnerFacts,
        post: PostFacts | FacilitatorFacts,
        *,
        among: Iterable[Come],
        kind: PromptKind = PromptKind.REMINDER,
        only_if_silent: bool = False,
        reason: Reason | None,
    ) -> PlannedPrompt:
        """A prompt of this step, at the hour that its reader wishes.

        `among` are the steps that come to them: where it would meet the next of these, that one takes its place.
        """
        later = min((each.day for each in among if each.place > self.come.place), default=None)
        meets_next = later is not None and self.day >= later
        at, back_at = post.wishes.at(self.day), self._back_at(post)
        useful = max(at, end_of(self.dates) if later is None else post.wishes.at(later))
        if meets_next:
            reason = reason or Reason.MEETS_NEXT_STEP
        elif back_at is not None and back_at >= useful:
            reason = reason or Reason.AWAY
        return PlannedPrompt(
            key=self.key(partner, post.post_id),
            kind=kind,
            step=self.come.key,
            post_id=post.post_id,
            partner_id=partner.partner_id,
            round=self.dates,
            planned_for=at,
            useful_until=useful,
            only_if_silent=only_if_silent,
            reason=reason,
            put_off_to=back_at,
        )

    def _back_at(self, post: PostFacts | FacilitatorFacts) -> datetime | None:
        """When somebody is back who is away at this step."""
        if not isinstance(post, PostFacts) or not post.is_away(self.day):
            return None
        away = [Days(start=first, end=last) for first, last in post.absences]
        return post.wishes.at(working_day_on_or_after(self.day, [*away, *quiet_days(self.dates)]))

    def why_not(self, partner: PartnerFacts, *, held: bool) -> Reason | None:
        """Why nobody who holds (or no longer `held`) a post is told about this partner now."""
        part, dates = self.part, self.dates
        opened_on = part.opened_at.astimezone(LONDON).date()
        reasons = (
            (part.state is ParticipationState.CLOSED, Reason.CAMPAIGN_CLOSED),
            (not partner.validity.holds(self.day), Reason.PARTNER_ENDED),
            (not held, Reason.POST_ENDED),
            (self.day < opened_on, Reason.BEFORE_OPENING),
            # it was opened to record late replies, and chases nobody
            (opened_on > dates.deadline_day, Reason.PAST),
            (dates.key in partner.done_rounds, Reason.DONE),
            (dates.key in partner.stopped_rounds, Reason.STOPPED),
        )
        return next((reason for holds, reason in reasons if holds), None)

    def why_silence_is_not_told(self, partner: PartnerFacts, *, held: bool) -> Reason | None:
        """The same for what is told only of a partner that has said nothing."""
        replied = self.dates.key in partner.replied_rounds
        return self.why_not(partner, held=held) or (Reason.REPLIED if replied else None)


def reminders(
    part: ParticipationFacts,
    rounds: Iterable[RoundDates],
    *,
    now: datetime,
    sent: Collection[str] = frozenset(),
) -> Iterator[PlannedPrompt]:
    """What each respondent is owed at each step of each round, and each deputy where one is asked.

    A deputy is asked instead where no respondent is there, and as well where a step says so of a silent partner.
    `sent` are the keys of prompts that are with Slack or were sent.
    """
    today = now.astimezone(LONDON).date()
    every = list(rounds)
    for at in _occasions(part, every):
        for partner in part.partners:
            yield from _asked(at, partner, today=today, sent=sent)
    for dates in every:
        for partner in part.partners:
            yield from _on_another_day(part, dates, partner)


def _occasions(part: ParticipationFacts, rounds: Iterable[RoundDates]) -> Iterator[_Occasion]:
    for dates in rounds:
        steps = RoundSteps(part, dates)
        for come in steps:
            yield _Occasion(part, dates, steps, come)


def _asked(
    at: _Occasion, partner: PartnerFacts, *, today: date, sent: Collection[str]
) -> Iterator[PlannedPrompt]:
    on = max(at.day, today)  # a step that was missed is asked later
    respondents = partner.respondents_in(at.dates.key)
    was_asked = any(at.key(partner, post.post_id) in sent for post in respondents)
    stands_in = not was_asked and not any(_is_there(at, partner, each, on) for each in respondents)
    has_deputy = any(_is_there(at, partner, each, on) for each in partner.deputies)
    for post in respondents:
        among = at.steps.wanted_by(post, partner)
        if not at.come.is_usual and at.come not in among:
            continue
        away = stands_in and has_deputy and post.is_away(on)
        reason = at.why_not(partner, held=post.validity.holds(at.day))
        reason = reason or (Reason.AWAY if away else _why_later(at, partner, post))
        reason = reason or _why_not_wanted(at, among, today=today)
        yield at.prompt(partner, post, among=among, reason=reason)
    if not stands_in and at.come.escalates_to is not EscalatesTo.DEPUTY:
        return
    for post in partner.deputies:
        among = at.steps.wanted_by(post, partner)
        if stands_in and not at.come.is_usual and at.come not in among:
            continue
        why_not = at.why_not if stands_in else at.why_silence_is_not_told
        reason = why_not(partner, held=post.validity.holds(at.day))
        reason = reason or (Reason.AWAY if post.is_away(on) else _why_later(at, partner, post))
        if stands_in:
            reason = reason or _why_not_wanted(at, among, today=today)
        yield at.prompt(partner, post, among=among, only_if_silent=not stands_in, reason=reason)


def _why_not_wanted(at: _Occasion, among: Collection[Come], *, today: date) -> Reason | None:
    """Whether somebody wants to be asked less often than at this step.

    What comes only to those who want more than usual comes on its day or not at all: nobody who begins to want more is
    sent at once what they would have had before.
    """
    if at.come not in among:
        return Reason.LESS_OFTEN
    return Reason.PAST if not at.come.is_usual and at.day < today else None


def _is_there(at: _Occasion, partner: PartnerFacts, post: PostFacts, on: date) -> bool:
    """Whether somebody holds the post that day who is not away, and has not handed over this round."""
    return post.is_there(on) and not partner.is_handed_over(post, at.dates.key, at.day)


def _why_later(at: _Occasion, partner: PartnerFacts, post: PostFacts) -> Reason | None:
    """Why somebody is not asked now who may be later: a colleague answers, or just asked them, or they asked for another day.

    Before that day they are not asked by a step's own reminder either.
    """
    if at.day == post.taken_over_on:
        return Reason.TOLD_ALREADY
    if partner.is_handed_over(post, at.dates.key, at.day):
        return Reason.HANDED_OVER
    snooze = partner.snoozes.get((post.post_id, at.dates.key))
    return Reason.SNOOZED if snooze and snooze[0] <= at.day < snooze[1] else None


def _on_another_day(
    part: ParticipationFacts, dates: RoundDates, partner: PartnerFacts
) -> Iterator[PlannedPrompt]:
    """The reminder of who asked for one on a day of their own, where no step falls on it."""
    steps = RoundSteps(part, dates)
    for post in (*partner.respondents_in(dates.key), *partner.deputies):
        snooze = partner.snoozes.get((post.post_id, dates.key))
        if snooze is None:
            continue
        day = working_day_on_or_after(snooze[1], quiet_days(dates))
        # A day that was fine when it was asked for must not become one past the deadline.
        slips = snooze[1] <= dates.deadline_day < day
        among = steps.wanted_by(post, partner)
        if any(come.day == day for come in among) or day > dates.late_until or slips:
            continue
        at = _Occasion(part, dates, steps, steps.own_day(f"{SNOOZED} {snooze[1]}", day))
        handed_over = Reason.HANDED_OVER if partner.is_handed_over(post, dates.key, day) else None
        reason = at.why_not(partner, held=post.validity.holds(day)) or handed_over
        yield at.prompt(partner, post, among=among, reason=reason)


def escalations(
    part: ParticipationFacts,
    rounds: Iterable[RoundDates],
    facilitators: Iterable[FacilitatorFacts],
) -> Iterator[PlannedPrompt]:
    """Who hears, beyond those who answer, that a partner has said nothing."""
    everyone = list(facilitators)
    for at in _occasions(part, rounds):
        for partner in part.partners:
            for post in _who_hears(at, partner, everyone):
                yield at.prompt(
                    partner,
                    post,
                    among=at.steps.usual,
                    kind=PromptKind.ESCALATION,
                    only_if_silent=True,
                    reason=at.why_silence_is_not_told(partner, held=post.validity.holds(at.day)),
                )


def _who_hears(
    at: _Occasion, partner: PartnerFacts, facilitators: Iterable[FacilitatorFacts]
) -> Iterator[PostFacts | FacilitatorFacts]:
    match at.come.escalates_to:
        case EscalatesTo.LEAD:
            yield from at.part.leads
        case EscalatesTo.FACILITATOR:
            for each in facilitators:
                if each.sector_key == partner.sector_key and each.covers(at.part.region):
                    yield each
        case EscalatesTo.DEPUTY | None:
            return


def respondents(part: ParticipationFacts) -> Iterator[tuple[PartnerFacts, PostFacts]]:
    """Each post that answers in the first place, with the partner that it answers for."""
    for partner in part.partners:
        for post in partner.respondents:
            yield partner, post


def round_key(part: ParticipationFacts, dates: RoundDates) -> str:
    """What a round's prompts have in their keys."""
    return f"{part.definition.key}/{part.school_year}/{dates.key}"


def end_of(dates: RoundDates) -> datetime:
    """When late replies are no longer taken: nothing about the round is useful any more."""
    return london(dates.late_until + timedelta(days=1), time(0))

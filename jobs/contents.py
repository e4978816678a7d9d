"""What each notice says. An offer shows what the plan would be, so it is worked out here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sqlmodel import Session

from jobs.calendars import by_area, next_office_hours
from jobs.reminders import reminders
from jobs.wanted import rounds_in
from storage.clock import LONDON
from storage.plan_models import ParticipationFacts, PlannedPrompt, RoundDates
from storage.queries import notices
from storage.queries.contacts import names_of
from storage.queries.escalations import escalation
from storage.queries.handovers import handing_over
from storage.queries.leavers import leavers
from storage.queries.offers import offered
from storage.queries.planning_facts import participation_facts
from storage.queries.prefaces import prefaces
from storage.queries.term_dates import standing_dates
from storage.queries.undelivered import undelivered
from storage.read_models import AnyContent, Content, Offer, OfferedNotice, OfferItem, Recipient
from storage.vocabulary import ParticipationState, PromptKind, Reason


def contents(
    session: Session, *, recipients: Sequence[Recipient], now: datetime
) -> dict[str, Content]:
    """What each of these notices says at that moment, by its id."""
    reminders = [each.notice_id for each in recipients if each.kind is PromptKind.REMINDER]
    found: dict[str, Content] = dict(notices.reminders(session, notice_ids=reminders, now=now))
    for each in recipients:
        if each.kind is not PromptKind.REMINDER:
            found[each.notice_id] = _content(session, each, now=now)
    for notice_id, preface in prefaces(session, notice_ids=found.keys()).items():
        content = found[notice_id]
        if isinstance(content, AnyContent):
            found[notice_id] = replace(content, preface=preface)
    return found


class _OfNotice(Protocol):
    def __call__(self, session: Session, *, notice_id: str, now: datetime) -> Content:
        """What a notice tells of the prompts that it carries."""


_OF_NOTICE: Final[Mapping[PromptKind, _OfNotice]] = {
    PromptKind.CHANGED_DATES: notices.changed_dates,
    PromptKind.ESCALATION: escalation,
    PromptKind.UNDELIVERED: undelivered,
    PromptKind.HANDOVER: handing_over,
    PromptKind.LEFT: leavers,
}


def _content(session: Session, recipient: Recipient, *, now: datetime) -> Content:
    notice_id = recipient.notice_id
    match recipient.kind:
        case PromptKind.REMINDER:
            return notices.reminders(session, notice_ids=[notice_id], now=now)[notice_id]
        case PromptKind.OFFER:
            return offer(session, of=offered(session, notice_id=notice_id), now=now)
        case PromptKind.DIGEST:
            # a digest that was sent goes on telling its own week, however late it is brought up to date
            return notices.digest(
                session,
                person_id=recipient.person_id,
                now=recipient.as_of,
                before_notice=notice_id,
            )
        case _:
            return _OF_NOTICE[recipient.kind](session, notice_id=notice_id, now=now)


def offer(session: Session, *, of: list[tuple[int, int]], now: datetime) -> Offer:
    """What would be sent, when and to whom, if these campaigns were opened in these partnerships now."""
    return Offer(
        now=now,
        items=tuple(
            _item(
                session,
                participation_facts(
                    session, campaign_id=campaign, partnership_id=partnership, now=now
                ),
                now=now,
            )
            for campaign, partnership in of
        ),
    )


def _item(session: Session, part: ParticipationFacts, *, now: datetime) -> OfferItem:
    standing = by_area(
        standing_dates(session, la_codes=part.la_codes, school_year=part.school_year)
    )
    rounds = rounds_in(part, standing)
    labels = names_of(session, partnership_id=part.partnership_id)
    return OfferItem(
        campaign_id=part.campaign_id,
        partnership_id=part.partnership_id,
        campaign_title=part.definition.year_title(part.school_year),
        partnership=labels.partnership,
        deadline_day=rounds[-1].deadline_day,
        late_until=rounds[-1].late_until,
        certainty=rounds[0].certainty,
        opened_at=None if part.state is ParticipationState.DRAFT else part.opened_at,
        notices=tuple(_notices(part, rounds, labels.people, now=now)),
        without_contact=tuple(
            labels.bodies[each.partner_id] for each in part.partners if not each.respondents
        ),
    )


def _notices(
    part: ParticipationFacts, rounds: list[RoundDates], people: dict[int, str], *, now: datetime
) -> list[OfferedNotice]:
    """One for each step; a step whose time has passed today is owed as soon as somebody may be messaged."""
    times: dict[tuple[datetime, str], list[str]] = defaultdict(list)
    soonest = next_office_hours(now, zone=LONDON)
    for prompt in reminders(part, rounds, now=now):
        at = max(prompt.planned_for, soonest)
        if prompt.reason in {None, Reason.DONE} and at < prompt.useful_until:
            times[at, _step_words(part, prompt)].append(people[prompt.post_id])
    return [
        OfferedNotice(at=at, step_words=words, to=tuple(dict.fromkeys(to)))
        for (at, words), to in sorted(times.items())
    ]


def _step_words(part: ParticipationFacts, prompt: PlannedPrompt) -> str:
    title = (
        part.definition.round_title(week=prompt.round.week, topic_key=prompt.round.topic)
        if prompt.round
        else ""
    )
    words = part.definition.step_words(prompt.step)
    return f"{title}, {words}" if title else words

"""Whether a due prompt is still wanted, now, later or no more. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from jobs.calendars import Days, next_office_hours
from storage.clock import LONDON
from storage.due_models import DuePrompt
from storage.vocabulary import PromptKind, Reason
from storage.wishes import falls_due


@dataclass(frozen=True)
class Send:
    """It is wanted now."""


@dataclass(frozen=True)
class Later:
    """It is wanted, but nobody is messaged now."""

    until: datetime


@dataclass(frozen=True)
class Skip:
    """It is not wanted any more."""

    reason: Reason


def verdicts(
    prompts: Sequence[DuePrompt], *, now: datetime
) -> list[tuple[DuePrompt, Send | Later | Skip]]:
    """What becomes of all that is due at once.

    A reminder tells its deadline: whoever gets one needs no message of its own about a changed date.
    """
    ruled = [(prompt, verdict(prompt, now=now)) for prompt in prompts]
    reminded = {
        (prompt.person_id, prompt.round_id, prompt.partner_id)
        for prompt, ruling in ruled
        if prompt.kind is PromptKind.REMINDER and ruling == Send()
    }
    return [
        (prompt, Skip(Reason.TOLD_ALREADY))
        if prompt.kind is PromptKind.CHANGED_DATES
        and (prompt.person_id, prompt.round_id, prompt.partner_id) in reminded
        else (prompt, ruling)
        for prompt, ruling in ruled
    ]


def verdict(prompt: DuePrompt, *, now: datetime) -> Send | Later | Skip:
    """What becomes of a due prompt.

    The late rule: after downtime, what is still useful goes out inside the person's office hours; what a
    later step has overtaken is skipped.
    """
    if reason := _not_wanted(prompt, now=now):
        return Skip(reason)
    free = [*prompt.absences, *([prompt.quiet] if prompt.quiet else [])]
    quiet = [Days(start=first, end=last) for first, last in free]
    zone, opens = ZoneInfo(prompt.wishes.zone), time(prompt.wishes.hour)
    allowed = next_office_hours(now, zone=zone, quiet=quiet, opens=opens)
    if allowed >= prompt.useful_until:
        return Skip(Reason.OVERTAKEN)
    if prompt.is_for_digest:
        return Skip(Reason.IN_DIGEST)
    return Send() if allowed == now else Later(allowed)


def _not_wanted(prompt: DuePrompt, *, now: datetime) -> Reason | None:
    today = now.astimezone(LONDON).date()
    if not prompt.post.holds(today):
        return Reason.POST_ENDED
    match prompt.kind:
        case PromptKind.DIGEST | PromptKind.UNDELIVERED | PromptKind.HANDOVER | PromptKind.LEFT:
            return None
        case PromptKind.OFFER:
            return Reason.OPENED if prompt.is_open else None
        case PromptKind.CHANGED_DATES:
            told = prompt.deadline_told == prompt.deadline
            return _not_asked(prompt, today) or (Reason.TOLD_ALREADY if told else None)
        case PromptKind.REMINDER | PromptKind.ESCALATION:
            replied = prompt.replied_at is not None and (
                prompt.only_if_silent or prompt.replied_at >= falls_due(prompt.planned_for)
            )
            return _not_asked(prompt, today) or (Reason.REPLIED if replied else None)


def _not_asked(prompt: DuePrompt, today: date) -> Reason | None:
    if not prompt.is_open:
        return Reason.CAMPAIGN_CLOSED
    if prompt.is_stopped and prompt.kind is not PromptKind.CHANGED_DATES:
        return Reason.STOPPED
    if prompt.partner is not None and not prompt.partner.holds(today):
        return Reason.PARTNER_ENDED
    return Reason.DONE if prompt.is_done else None

"""Claiming: what is due and still wanted becomes notices, in one transaction."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from jobs.verdicts import Later, Send, Skip, verdicts
from storage.due_models import DuePrompt
from storage.queries import due, outbox
from storage.read_models import Recipient
from storage.vocabulary import PromptKind, Reason


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What one claim found: the notices to send, and what became of the due prompts that are not."""

    recipients: list[Recipient]
    skipped: list[Reason]
    looked_at: int


def claim(
    session: Session,
    *,
    team_id: str,
    now: datetime,
    lease: timedelta,
    people: int,
    has_channel: bool | None = None,
) -> Claimed:
    """Make notices of what is due and still wanted of so many people; end or postpone the rest.

    `has_channel`: only people whose conversation with the bot is known, or only the others.
    """
    prompts = due.lock_due(
        session, team_id=team_id, now=now, people=people, has_channel=has_channel
    )
    held: dict[tuple[int, PromptKind], list[DuePrompt]] = defaultdict(list)
    later: dict[int, datetime] = {}
    ended: dict[int, Reason] = {}
    for prompt, ruling in verdicts(prompts, now=now):
        match ruling:
            case Send():
                held[prompt.person_id, prompt.kind].append(prompt)
            case Later(until):
                later[prompt.prompt_id] = until
            case Skip(reason):
                ended[prompt.prompt_id] = reason
    outbox.postpone(session, until=later)
    outbox.end_prompts(session, reasons=ended)
    recipients = outbox.make_notices(session, held=held, now=now, lease=lease)
    return Claimed(recipients=recipients, skipped=list(ended.values()), looked_at=len(prompts))

"""Notices on their way and to come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.vocabulary import PromptKind


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom a notice goes to, and where it stands.

    `may_be_sent`: Slack may have it already. `looked_back_to` is the timestamp down to which it has been looked for.
    `due_at` is when the oldest of its prompts fell due, `deadlines` what is kept as told, by round.
    """

    notice_id: str
    person_id: int
    kind: PromptKind
    team_id: str
    slack_user_id: str
    channel: str | None
    attempts: int
    as_of: datetime
    may_be_sent: bool
    message_ts: str | None
    changes: int = 0
    looked_back_to: str | None = None
    due_at: datetime | None = None
    deadlines: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ForeseenDuty:
    """One duty that a foreseen notice carries."""

    partnership: str
    body: str
    step: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """A notice to come, or prompts that will not be sent, for `vigil preview`."""

    at: datetime
    kind: PromptKind
    to: str
    slack_user_id: str
    state: str
    duties: tuple[ForeseenDuty, ...] = field(default=())

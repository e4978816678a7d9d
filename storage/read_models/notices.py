"""Notices on their way and to come."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.vocabulary import PromptKind


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom a notice goes to, and where it stands."""

    notice_id: str
    person_id: int
    kind: PromptKind
    team_id: str
    slack_user_id: str
    channel: str | None
    lease_until: datetime
    attempts: int
    as_of: datetime
    may_be_sent: bool
    message_ts: str | None
    changes: int = 0


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

"""A fake for the port that sends: it remembers what it was given, and fails when it is told to."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from time import monotonic

from jobs.sending import Looked, OutcomeUnknown, Refused, SendDelayed, SendRefused
from storage.read_models import Content


class Killed(BaseException):
    """The process ends here: nothing catches it."""


class Fault(Enum):
    """What befalls one attempt to send to somebody."""

    REFUSED = auto()
    DELAYED = auto()
    MESSAGE_LOST = auto()  # Slack never got it, and nobody knows
    ANSWER_LOST = auto()  # Slack has it, and nobody knows
    KILLED_BEFORE = auto()
    KILLED_AFTER = auto()
    BROKEN = auto()  # a mistake in our own code


_BEFORE = {
    Fault.REFUSED: SendRefused("user_not_found", Refused.PERSON),
    Fault.DELAYED: SendDelayed(30),
    Fault.MESSAGE_LOST: OutcomeUnknown("TimeoutError"),
    Fault.KILLED_BEFORE: Killed(),
    Fault.BROKEN: ZeroDivisionError(),
}
_AFTER = {Fault.ANSWER_LOST: OutcomeUnknown("TimeoutError"), Fault.KILLED_AFTER: Killed()}


@dataclass
class Sent:
    """A message as Slack has it; an update replaces its content."""

    user: str
    notice_id: str
    ts: str
    content: Content
    updates: int = 0


@dataclass
class RecordingSender:
    """Slack as dispatch sees it. `faults` are those to come, by user or, for finding, `find`."""

    messages: list[Sent] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    asked_for: list[str] = field(default_factory=list)

    def to(self, user: str) -> list[Sent]:
        """The messages that somebody has."""
        return [message for message in self.messages if message.user == user]

    async def open_dm(self, *, team_id: str, slack_user_id: str) -> str:
        """See the port."""
        assert team_id
        return f"D-{slack_user_id}"

    async def post(
        self,
        *,
        team_id: str,
        channel: str,
        notice_id: str,
        content: Content,
        leaves_before: float,
    ) -> str:
        """See the port."""
        assert team_id
        if monotonic() > leaves_before:
            raise SendDelayed(0)
        user = channel.removeprefix("D-")
        fault = self.faults[user].pop(0) if self.faults[user] else None
        if fault in _BEFORE:
            raise _BEFORE[fault]
        ts = f"1789000000.{len(self.messages):06}"
        self.messages.append(Sent(user, notice_id, ts, content))
        if fault in _AFTER:
            raise _AFTER[fault]
        return ts

    async def update(
        self, *, team_id: str, channel: str, message_ts: str, notice_id: str, content: Content
    ) -> None:
        """See the port."""
        assert team_id
        user = channel.removeprefix("D-")
        if self.faults[f"update {user}"]:
            raise _BEFORE[self.faults[f"update {user}"].pop(0)]
        [message] = [one for one in self.to(user) if one.ts == message_ts]
        assert message.notice_id == notice_id
        message.content = content
        message.updates += 1

    async def find(
        self, *, team_id: str, channel: str, notice_id: str, since: datetime, before: str | None
    ) -> Looked:
        """See the port."""
        assert team_id
        assert since.tzinfo is not None
        assert before is None  # all that is here fits one page
        self.asked_for.append(notice_id)
        if self.faults["find"]:
            raise _BEFORE[self.faults["find"].pop(0)]
        found = [
            one.ts for one in self.to(channel.removeprefix("D-")) if one.notice_id == notice_id
        ]
        return Looked(message_ts=found[0] if found else None)

"""The port through which jobs send; `bot.sender` implements it for Slack."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from storage.read_models import Content

#: No attempt to send lasts longer (machine time): after that, its outcome can be looked up for certain.
SEND_TIMEOUT_SECONDS = 30


class Call(StrEnum):
    """What is asked of Slack; each has a pace of its own."""

    OPEN_DM = "open_dm"
    POST = "post"
    UPDATE = "update"
    FIND = "find"


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What one look into a conversation gave: the message's timestamp, or how far back it went.

    Without either, the whole time was looked through, and the message is not there.
    """

    message_ts: str | None = None
    back_to: str | None = None


class Sender(Protocol):
    """Sends messages to people. Every method may raise the errors below, and no others that mean the same."""

    async def open_dm(self, *, team_id: str, slack_user_id: str) -> str:
        """The channel of this person's conversation with the bot."""

    async def post(
        self,
        *,
        team_id: str,
        channel: str,
        notice_id: str,
        content: Content,
        leaves_before: float,
    ) -> str:
        """Send a message that carries the notice's id in its metadata; gives its timestamp.

        Where it can no longer leave before that moment (monotonic), it does not, and SendDelayed is raised.
        """

    async def update(
        self, *, team_id: str, channel: str, message_ts: str, notice_id: str, content: Content
    ) -> None:
        """Replace a message that was sent."""

    async def find(
        self, *, team_id: str, channel: str, notice_id: str, since: datetime, before: str | None
    ) -> Looked:
        """Look for the message with this notice's id, in one request, from the newest back.

        It begins before the message with the timestamp `before`, if given, and ends at `since` (story time).
        """


class Refused(StrEnum):
    """What Slack refuses: to write to this person, to take this message, this one call, or all calls with this token."""

    PERSON = "person"
    MESSAGE = "message"
    SCOPE = "scope"
    TOKEN = "token"  # noqa: S105 - a word


class SendRefused(Exception):
    """Slack will never take this. `code` is Slack's own word for why."""

    def __init__(self, code: str, what: Refused) -> None:
        super().__init__(code)
        self.code = code
        self.what = what


class SendDelayed(Exception):
    """Slack took nothing, and asks for a pause of so many seconds (machine time), or was not reached at all."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} seconds")
        self.seconds = seconds


class OutcomeUnknown(Exception):
    """No answer came: Slack may have the message or not."""

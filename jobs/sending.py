"""The port through which jobs send; `bot.sender` implements it for Slack."""

from datetime import datetime
from typing import Protocol

from storage.read_models import Content

#: No attempt to send lasts longer (machine time): after that, its outcome can be looked up for certain.
SEND_TIMEOUT_SECONDS = 30


class Sender(Protocol):
    """Sends messages to people. Every method may raise the errors below, and no others that mean the same."""

    async def open_dm(self, *, team_id: str, slack_user_id: str) -> str:
        """The channel of this person's conversation with the bot."""

    async def post(self, *, team_id: str, channel: str, notice_id: str, content: Content) -> str:
        """Send a message that carries the notice's id in its metadata; gives its timestamp."""

    async def update(
        self, *, team_id: str, channel: str, message_ts: str, notice_id: str, content: Content
    ) -> None:
        """Replace a message that was sent."""

    async def find(
        self, *, team_id: str, channel: str, notice_id: str, since: datetime
    ) -> str | None:
        """The timestamp of the message with this notice's id, looking back to `since` (story time)."""


class SendRefused(Exception):
    """Slack will never take this message. `code` is Slack's own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SendDelayed(Exception):
    """Slack took nothing and asks for a pause of so many seconds (machine time)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} seconds")
        self.seconds = seconds


class OutcomeUnknown(Exception):
    """No answer came: Slack may have the message or not."""

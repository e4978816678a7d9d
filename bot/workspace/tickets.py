"""Things that Slack hands out for a short while: triggers and response URLs. Machine time."""

from dataclasses import dataclass
from secrets import randbelow, token_hex

from bot.workspace.content.workspace import Conversation, Message, View
from bot.workspace.pacing import MachineTime
from bot.workspace.refusal import RefusedError
from bot.workspace.rules import limit

_HOUR = 3600
_MANY = 10_000


@dataclass
class Trigger:
    user: str
    until: float
    #: The modal in which the person did something, if that is where it was.
    view: View | None
    used: bool = False


@dataclass
class ResponseUrl:
    user: str
    until: float
    conversation: Conversation
    #: The message that held what was pressed; slash commands have none.
    source: Message | None
    uses: int = 0


class Tickets:
    def __init__(self, machine: MachineTime) -> None:
        self._machine = machine
        self._triggers: dict[str, Trigger] = {}
        self._response_urls: dict[str, ResponseUrl] = {}

    def new_trigger(self, user: str, view: View | None = None) -> str:
        now = self._machine.monotonic()
        if len(self._triggers) > _MANY:
            # An hour later nobody needs to be told that it had expired.
            self._triggers = {k: v for k, v in self._triggers.items() if now - v.until < _HOUR}
        id_ = f"{int(now * 1000)}.{randbelow(10**12)}.{token_hex(16)}"
        self._triggers[id_] = Trigger(user, now + limit("trigger.seconds"), view)
        return id_

    def trigger(self, id_: str) -> Trigger:
        """Looks at a trigger without using it up; RefusedError: unknown, used or too old."""
        found = self._triggers.get(id_)
        if found is None:
            raise RefusedError("invalid_trigger_id")
        if found.used:
            raise RefusedError("exchanged_trigger_id")
        if self._machine.monotonic() > found.until:
            raise RefusedError("expired_trigger_id")
        return found

    def new_response_url(
        self, user: str, conversation: Conversation, source: Message | None
    ) -> str:
        """The secret last part of the address."""
        secret, now, urls = token_hex(16), self._machine.monotonic(), self._response_urls
        if len(urls) > _MANY:
            self._response_urls = urls = {k: v for k, v in urls.items() if v.until > now}
        until = now + limit("response_url.seconds")
        urls[secret] = ResponseUrl(user, until, conversation, source)
        return secret

    def response_url(self, secret: str) -> ResponseUrl:
        """Raises RefusedError: `expired_url` or `used_url`."""
        found = self._response_urls.get(secret)
        if found is None or self._machine.monotonic() > found.until:
            raise RefusedError("expired_url")
        if found.uses >= limit("response_url.uses"):
            raise RefusedError("used_url")
        return found

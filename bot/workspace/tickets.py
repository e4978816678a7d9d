"""Things that Slack hands out for a short while: triggers and response URLs. Machine time."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import randbelow, token_hex

from bot.workspace.refusal import RefusedError
from bot.workspace.rules import limit
from bot.workspace.state import Conversation, Message, View

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
    conversation: Conversation
    until: float
    #: The message that held what was pressed; slash commands have none.
    source: Message | None
    uses: int = 0


class Tickets:
    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._triggers: dict[str, Trigger] = {}
        self._response_urls: dict[str, ResponseUrl] = {}

    def new_trigger(self, user: str, view: View | None = None) -> str:
        now = self._monotonic()
        self._forget_old(now)
        id_ = f"{int(now * 1000)}.{randbelow(10**12)}.{token_hex(16)}"
        self._triggers[id_] = Trigger(user, now + limit("trigger.seconds"), view)
        return id_

    def _forget_old(self, now: float) -> None:
        """An hour later nobody needs to be told that it had expired."""
        if len(self._triggers) > _MANY:
            self._triggers = {k: v for k, v in self._triggers.items() if now - v.until < _HOUR}
            self._response_urls = {
                k: v for k, v in self._response_urls.items() if now - v.until < _HOUR
            }

    def trigger(self, id_: str) -> Trigger:
        """Looks at a trigger without using it up.

        Raises:
            RefusedError: it is unknown, was used, or is too old.
        """
        found = self._triggers.get(id_)
        if found is None:
            raise RefusedError("invalid_trigger_id")
        if found.used:
            raise RefusedError("exchanged_trigger_id")
        if self._monotonic() > found.until:
            raise RefusedError("expired_trigger_id")
        return found

    def new_response_url(
        self, user: str, conversation: Conversation, source: Message | None
    ) -> str:
        """The secret last part of the address."""
        secret = token_hex(16)
        until = self._monotonic() + limit("response_url.seconds")
        self._response_urls[secret] = ResponseUrl(user, conversation, until, source)
        return secret

    def response_url(self, secret: str) -> ResponseUrl:
        """Raises RefusedError: `expired_url` or `used_url`."""
        found = self._response_urls.get(secret)
        if found is None or self._monotonic() > found.until:
            raise RefusedError("expired_url")
        if found.uses >= limit("response_url.uses"):
            raise RefusedError("used_url")
        return found

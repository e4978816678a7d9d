"""What the app is told: events, interactions and commands, by Socket Mode or signed HTTP."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from secrets import token_hex
from typing import Any, Protocol

from bot.workspace.faults import Faults
from bot.workspace.refusal import JSON
from bot.workspace.rules import REDELIVER_AFTER
from bot.workspace.state import Conversation, Workspace

log = logging.getLogger(__name__)


class NotDeliveredError(Exception):
    """The app was not there or did not acknowledge in time; the argument is Slack's reason."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


class Carrier(Protocol):
    """One way to reach the app."""

    @property
    def ready(self) -> bool: ...

    async def attempt(self, kind: str, payload: JSON, *, number: int = 0, reason: str = "") -> JSON:
        """Delivers once and returns what the app answered with its acknowledgement.

        Raises:
            NotDeliveredError: no acknowledgement within 3 seconds.
        """


class Deliveries:
    def __init__(
        self, workspace: Workspace, faults: Faults, socket: Carrier, http: Carrier
    ) -> None:
        self._workspace = workspace
        self._faults = faults
        self._socket = socket
        self._http = http
        self._tasks: set[asyncio.Task[Any]] = set()
        #: Seconds before each redelivery; tests make them shorter.
        self.redeliver_after: Sequence[float] = REDELIVER_AFTER

    @property
    def _carrier(self) -> Carrier:
        # As at Slack, an app has one of the two: a request URL, or Socket Mode.
        return self._http if self._http.ready else self._socket

    async def interaction(self, payload: JSON) -> JSON:
        """A button, a modal: delivered once, never again, as at Slack."""
        channel = payload.get("channel", {}).get("id")
        return await self._deliver("interactive", payload, str(payload["type"]), channel)

    async def command(self, payload: JSON) -> JSON:
        return await self._deliver(
            "slash_commands", payload, "slash_commands", payload["channel_id"]
        )

    async def _deliver(self, kind: str, payload: JSON, name: str, channel: str | None) -> JSON:
        if self._faults.takes_redelivery(name, channel):
            self._start(self._attempt_quietly(kind, payload))
        return await self._carrier.attempt(kind, payload)

    async def _attempt_quietly(self, kind: str, payload: JSON) -> None:
        try:
            await self._carrier.attempt(kind, payload)
        except NotDeliveredError as problem:
            log.debug("A second copy was not delivered: %s", problem.reason)

    def message_event(self, conversation: Conversation, event: JSON) -> None:
        """The app hears of messages in conversations that it is in and whose history it may read."""
        team = self._workspace.team
        family = {"im": "im", "mpim": "mpim", "channel": "channels"}[conversation.kind]
        if team.bot_user_id in conversation.members and f"{family}:history" in team.scopes:
            place = {"channel": conversation.id, "channel_type": conversation.kind}
            self.event({**event, **place})

    def event(self, event: JSON) -> None:
        """Tells of an event in the background, with Slack's redeliveries."""
        self._start(self.event_now(event))

    async def event_now(self, event: JSON) -> None:
        """The same, but waits for the first attempt."""
        payload = self._event_payload(event)
        if self._faults.takes_redelivery(str(event["type"]), event.get("channel")):
            self._start(self._attempt_quietly("events_api", payload))
        try:
            await self._carrier.attempt("events_api", payload)
        except NotDeliveredError as problem:
            self._start(self._deliver_again(payload, problem.reason))

    async def _deliver_again(self, payload: JSON, reason: str) -> None:
        for number, wait in enumerate(self.redeliver_after, start=1):
            if reason == "no_retry":
                return
            await asyncio.sleep(wait)
            try:
                await self._carrier.attempt("events_api", payload, number=number, reason=reason)
            except NotDeliveredError as problem:
                reason = problem.reason
            else:
                return

    def _event_payload(self, event: JSON) -> JSON:
        team = self._workspace.team
        return {
            "token": verification_token(self._workspace),
            "team_id": team.team_id,
            "context_team_id": team.team_id,
            "context_enterprise_id": None,
            "api_app_id": team.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{token_hex(5).upper()}",
            "event_time": self._workspace.story_seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.team_id,
                    "user_id": team.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{token_hex(16)}",
        }

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def verification_token(workspace: Workspace) -> str:
    """The old shared token that Slack still puts in every payload."""
    return f"local-{workspace.team.team_id}"

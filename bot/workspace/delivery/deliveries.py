"""What the app is told: events, interactions and commands, by Socket Mode or signed HTTP."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any

from bot.workspace.content.workspace import Conversation, Workspace
from bot.workspace.delivery.signed_http import SignedHttp
from bot.workspace.delivery.socket_mode import SocketMode
from bot.workspace.faults import Faults
from bot.workspace.pacing import Pacing
from bot.workspace.refusal import JSON, NotDeliveredError, RefusedError
from bot.workspace.rules import REDELIVER_AFTER, limit


class Deliveries:
    def __init__(
        self,
        workspace: Workspace,
        faults: Faults,
        pacing: Pacing,
        socket: SocketMode,
        http: SignedHttp,
    ) -> None:
        self._workspace = workspace
        self._faults = faults
        self._pacing = pacing
        self._socket = socket
        self._http = http
        self._tasks: set[asyncio.Task[Any]] = set()
        #: Seconds before each redelivery; tests make them shorter.
        self.redeliver_after: Sequence[float] = REDELIVER_AFTER

    @property
    def _carrier(self) -> SocketMode | SignedHttp:
        # As at Slack, an app has one of the two: a request URL, or Socket Mode.
        return self._http if self._http.ready else self._socket

    async def interaction(self, payload: JSON) -> JSON:
        """A button, a modal: delivered once, never again, as at Slack."""
        channel = payload.get("channel", {}).get("id")
        return await self._deliver("interactive", payload, str(payload["type"]), channel)

    async def command(self, payload: JSON) -> JSON:
        kind = "slash_commands"
        return await self._deliver(kind, payload, kind, payload["channel_id"])

    async def _deliver(self, kind: str, payload: JSON, name: str, channel: str | None) -> JSON:
        if self._faults.take(name, channel, redelivery=True):
            self._start(self._attempt_quietly(kind, payload))
        return await self._carrier.attempt(kind, payload)

    async def _attempt_quietly(self, kind: str, payload: JSON) -> None:
        with suppress(NotDeliveredError):
            await self._carrier.attempt(kind, payload)

    def message_event(self, conversation: Conversation, event: JSON) -> None:
        """The app hears of messages in conversations that it is in and whose history it may read."""
        team, needed = self._workspace.team, f"{conversation.scope_family}:history"
        if team.bot_user_id in conversation.members and needed in team.scopes:
            place = {"channel": conversation.id, "channel_type": conversation.kind}
            self._start(self.event({**event, **place}))

    def user_event(self, user: JSON) -> None:
        """Something about a user has changed, as reference/events/user_change has it."""
        stamp = self._workspace.stamp()
        changed: JSON = {"type": "user_change", "user": user, "event_ts": stamp}
        self._start(self.event({**changed, "cache_ts": self._workspace.story_seconds()}))

    async def event(self, event: JSON) -> None:
        """Tells of an event and waits for the first attempt; redeliveries come later, as at Slack."""
        an_hour = limit("events.an_hour")
        try:
            self._pacing.take(("events",), a_minute=an_hour // 60, burst=an_hour)
        except RefusedError:
            await self._say_that_events_were_left_out()
            return
        payload = self._event_payload(event)
        try:
            await self._deliver("events_api", payload, str(event["type"]), event.get("channel"))
        except NotDeliveredError as problem:
            self._start(self._deliver_again(payload, problem.reason))

    async def _say_that_events_were_left_out(self) -> None:
        """Once a minute, as reference/events/app_rate_limited has it; the events never come."""
        with suppress(RefusedError):
            self._pacing.take(("app_rate_limited",), a_minute=1, burst=1)
            payload: JSON = {
                "token": verification_token(self._workspace),
                "type": "app_rate_limited",
                "team_id": self._workspace.team.team_id,
                "minute_rate_limited": self._workspace.story_seconds() // 60 * 60,
                "api_app_id": self._workspace.team.app_id,
            }
            await self._attempt_quietly("events_api", payload)

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
        common = {"team_id": team.team_id, "enterprise_id": None, "is_enterprise_install": False}
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
            "authorizations": [{**common, "user_id": team.bot_user_id, "is_bot": True}],
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

"""The connection that Slack sends everything through in Socket Mode, and whether it is up."""

import asyncio
import logging
from datetime import datetime
from typing import Final

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from storage.clock import machine_now

log = logging.getLogger("vigil.socket_mode")

#: How often the SDK looks whether its connection is alive (seconds): one that was cut is made anew within that,
#: one on which nothing comes through within four times that.
PING_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 5.0
_LOOKS_FOR_A_NEW_ADDRESS: Final = 6


class SocketConnection:
    """One process's connection; Slack gives each envelope to any of an app's."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(
            app,
            app_token,
            logger=logging.getLogger("slack_sdk.socket_mode"),
            ping_interval=PING_SECONDS,
        )
        self._watching: asyncio.Task[None] | None = None
        self.down_since: datetime | None = None

    async def open(self) -> None:
        """Connect, and stay connected.

        Raises:
            SlackApiError: Slack does not take the token.
            aiohttp.ClientError, TimeoutError: Slack does not answer.
        """
        # asked here first: the SDK asks without end
        self._handler.client.wss_uri = await self._handler.client.issue_new_wss_url()
        await self._handler.connect_async()  # type: ignore[no-untyped-call]
        self._watching = asyncio.create_task(self._watch())

    async def is_up(self) -> bool:
        """Whether envelopes can come through at this moment."""
        return await self._handler.client.is_connected()

    async def close(self) -> None:
        """Disconnect."""
        if self._watching is not None:
            self._watching.cancel()
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _watch(self) -> None:
        """The SDK connects again by itself; one line is logged when the connection goes and when it is back."""
        looks = 0
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if await self.is_up():
                if self.down_since is not None:
                    seconds = round((machine_now() - self.down_since).total_seconds())
                    log.warning("connection back", extra={"seconds": seconds})
                self.down_since, looks = None, 0
                continue
            if self.down_since is None:
                self.down_since = machine_now()
                log.error("connection lost")
            looks += 1
            if looks % _LOOKS_FOR_A_NEW_ADDRESS == 0:
                # the SDK tries one address without end, and Slack's are good for one connection and for seconds
                self._handler.client.wss_uri = None

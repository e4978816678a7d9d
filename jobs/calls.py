"""Calls of Slack in one workspace: so many at once, each at its turn, and what Slack says heeded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from jobs.measures import SLACK_ERRORS
from jobs.pace import Pace
from jobs.sending import Call, OutcomeUnknown, Refused, SendDelayed, SendRefused

T = TypeVar("T")

#: With a token that Slack refuses nothing is tried for so many seconds.
TOKEN_PAUSE: Final = 300.0


class Calls:
    """Makes calls of the sender, and lets the pace know how they went."""

    def __init__(self, *, pace: Pace, at_once: int) -> None:
        """So many calls are under way at once."""
        self._pace = pace
        self._slots = asyncio.Semaphore(at_once)
        self.token_refused: str | None = None

    async def make(
        self, call: Call, act: Callable[[], Awaitable[T]], *, channel: str | None = None
    ) -> T:
        """Wait for the turn of such a call, and make it; raises what the sender raises."""
        async with self._slots:
            await self._pace.turn(call, channel)
            return await self._heed(call, act)

    async def _heed(self, call: Call, act: Callable[[], Awaitable[T]]) -> T:
        try:
            made = await act()
        except SendDelayed as delay:
            if delay.seconds:
                SLACK_ERRORS.labels(call, "ratelimited").inc()
                self._pace.delay(call, delay.seconds)
            raise
        except OutcomeUnknown as error:
            SLACK_ERRORS.labels(call, str(error)).inc()
            raise
        except SendRefused as refusal:
            SLACK_ERRORS.labels(call, refusal.code).inc()
            if refusal.what is Refused.TOKEN:
                self.token_refused = refusal.code
                for each in Call:
                    self._pace.delay(each, TOKEN_PAUSE)
            raise
        self.token_refused = None
        return made

"""How fast one workspace is called. In machine time, and for each kind of call by itself.

Nothing is held back until Slack first asks for a pause: bursts are allowed. From then on calls are spread at
Slack's published pace, slower after each further pause, and faster again while none is asked for.
Source: docs.slack.dev/apis/web-api/rate-limits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from jobs.sending import Call, SendDelayed

#: Calls a second that Slack publishes: tier 3 is 50 a minute, messages 'several hundred' a minute a workspace.
_PUBLISHED: Final = {
    Call.OPEN_DM: 50 / 60,
    Call.POST: 300 / 60,
    Call.UPDATE: 50 / 60,
    Call.FIND: 50 / 60,
}
#: One message a second in one channel.
CHANNEL_SECONDS: Final = 1.0
_SLOWER: Final = 0.9
_FASTER_A_SECOND: Final = 1.005
_SLOWEST: Final = 1 / 60
#: A longer wait is not slept through: what was claimed goes back until then.
LONGEST_WAIT: Final = 10.0


@dataclass
class _Lane:
    paused_until: float = 0.0
    next_at: float = 0.0
    a_second: float | None = None
    changed_at: float = 0.0


class Pace:
    """When each kind of call may next be made in one workspace."""

    def __init__(
        self,
        time: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        channel_seconds: float = CHANNEL_SECONDS,
    ) -> None:
        """`time` gives seconds of machine time, and `sleep` lets them pass.

        `channel_seconds` lie between two messages in one channel.
        """
        self._time = time
        self._sleep = sleep
        self._channel_seconds = channel_seconds
        self._lanes = {call: _Lane() for call in Call}
        self._channels: dict[str, float] = {}
        self._stopped = False

    def stop(self) -> None:
        """Nobody gets another turn: this process ends, and others go on at once."""
        self._stopped = True

    def pause_left(self, call: Call) -> float:
        """For how many more seconds this kind of call is not made."""
        return max(self._lanes[call].paused_until - self._time(), 0.0)

    def is_spread(self, call: Call) -> bool:
        """Whether such calls are spread over time, since Slack has asked for a pause."""
        return self._lanes[call].a_second is not None

    def most_in(self, call: Call, seconds: float, *, at_most: int) -> int:
        """How many such calls can be made in so many seconds; at least one."""
        a_second = self._lanes[call].a_second
        return at_most if a_second is None else max(1, min(at_most, int(a_second * seconds)))

    def delay(self, call: Call, seconds: float) -> None:
        """Slack asked for a pause before the next such call."""
        lane, now = self._lanes[call], self._time()
        if now < lane.paused_until:  # calls under way when the pause began are no further sign
            lane.paused_until = max(lane.paused_until, now + seconds)
            return
        before = lane.a_second
        lane.a_second = (
            _PUBLISHED[call] if before is None else max(self._grown(lane, now) * _SLOWER, _SLOWEST)
        )
        lane.changed_at = lane.paused_until = lane.next_at = now + seconds

    async def turn(self, call: Call, channel: str | None = None) -> None:
        """Wait until such a call may be made.

        Raises:
            SendDelayed: that is too long to wait for.
        """
        lane = self._lanes[call]
        if self._stopped:
            raise SendDelayed(0)
        while (wait := self._wait(lane, channel)) > 0:
            if wait > LONGEST_WAIT:
                raise SendDelayed(wait)
            await self._sleep(wait)
            if self._stopped:
                raise SendDelayed(0)
        now = self._time()
        if lane.a_second is not None:
            lane.next_at = now + 1 / self._grown(lane, now)
        if channel is not None:
            self._channels[channel] = now + self._channel_seconds

    def _wait(self, lane: _Lane, channel: str | None) -> float:
        at = max(lane.paused_until, lane.next_at, self._channels.get(channel or "", 0.0))
        return at - self._time()

    def forget_channels(self) -> None:
        """Drop what no longer matters of single channels."""
        now = self._time()
        self._channels = {channel: at for channel, at in self._channels.items() if at > now}

    def _grown(self, lane: _Lane, now: float) -> float:
        """Calls a second at present: a little more for every second without a pause."""
        assert lane.a_second is not None  # noqa: S101 - the callers have seen to it
        quiet = max(now - lane.changed_at, 0.0)
        lane.a_second *= _FASTER_A_SECOND**quiet
        lane.changed_at = max(now, lane.changed_at)
        return lane.a_second

"""Machine time, and rate limits in it as token buckets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from time import monotonic

from bot.workspace.refusal import RefusedError
from storage.clock import machine_now


@dataclass
class MachineTime:
    """Real time, for whatever expires; tests put their own in."""

    now: Callable[[], datetime] = machine_now
    monotonic: Callable[[], float] = monotonic


class Pacing:
    def __init__(self, machine: MachineTime, *, on: bool) -> None:
        self.on = on
        self._machine = machine
        self._buckets: dict[tuple[str, ...], tuple[float, float]] = {}

    def take(self, key: tuple[str, ...], *, a_minute: int, burst: int) -> None:
        """One call out of this bucket; RefusedError says in how many seconds there is room."""
        if not self.on:
            return
        now = self._machine.monotonic()
        left, since = self._buckets.get(key, (float(burst), now))
        left = min(float(burst), left + (now - since) * a_minute / 60)
        if left < 1:
            self._buckets[key] = (left, now)
            wait = max(1, ceil((1 - left) * 60 / a_minute))
            raise RefusedError("ratelimited", retry_after=wait)
        self._buckets[key] = (left - 1, now)

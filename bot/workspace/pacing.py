"""Rate limits: token buckets in machine time."""

from collections.abc import Callable
from math import ceil

from bot.workspace.refusal import RefusedError


class Pacing:
    def __init__(self, monotonic: Callable[[], float], *, on: bool) -> None:
        self.on = on
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, ...], tuple[float, float]] = {}

    def take(self, key: tuple[str, ...], *, a_minute: int, burst: int) -> None:
        """One call out of this bucket.

        Raises:
            RefusedError: `ratelimited`, with the whole seconds until there is room again.
        """
        if not self.on:
            return
        now = self._monotonic()
        left, since = self._buckets.get(key, (float(burst), now))
        left = min(float(burst), left + (now - since) * a_minute / 60)
        if left < 1:
            self._buckets[key] = (left, now)
            wait = max(1, ceil((1 - left) * 60 / a_minute))
            raise RefusedError("ratelimited", retry_after=wait)
        self._buckets[key] = (left - 1, now)

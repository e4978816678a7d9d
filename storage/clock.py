"""The one reader of the time.

Vigil has two times. Story time decides what is due and what people read; it comes from a `Clock`,
which can start elsewhere, jump and run faster. Machine time (leases, pacing, Retry-After) is always
real: at 3,600 times, a lease of a minute in story time would last 17 milliseconds.
"""

from datetime import UTC, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def machine_now() -> datetime:
    """The real time, aware, in UTC; for leases, retries and pacing, never for what people read."""
    return datetime.now(UTC)


class Clock:
    """Story time: what the bot believes the time to be.

    Without arguments it is the real time. `start` is where the story begins (aware), `speed` how many
    seconds of story pass in one real second; 0 stands still.
    """

    def __init__(self, *, start: datetime | None = None, speed: float = 1.0) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("A clock starts at a time with a zone.")
        self._real = start is None and speed == 1.0
        self._base = (start or datetime.now(UTC)).astimezone(UTC)
        self._since = monotonic()
        self._speed = speed

    def now(self) -> datetime:
        """The present moment of the story, aware, in UTC."""
        if self._real:
            return datetime.now(UTC)
        return self._base + timedelta(seconds=(monotonic() - self._since) * self._speed)

    @property
    def speed(self) -> float:
        """Seconds of story in one real second."""
        return self._speed

    def move_to(self, instant: datetime) -> None:
        """Jump forward to `instant` (aware).

        Raises:
            ValueError: it lies in the past; what was sent cannot be unsent.
        """
        if instant < self.now():
            raise ValueError("The clock only goes forward: what was sent cannot be unsent.")
        self._base, self._since, self._real = instant.astimezone(UTC), monotonic(), False

    def run_at(self, speed: float) -> None:
        """Go on from the present moment at another speed."""
        self._base, self._since, self._real = self.now(), monotonic(), False
        self._speed = speed

"""The movable clock behind the local workspace's panel: what comes next, going there, and what has happened."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import story_words as words
from bot.workspace.people import StoryLine
from jobs.heartbeat import Heartbeat
from storage.clock import Clock, machine_now
from storage.database import Database
from storage.queries import story
from storage.queries.campaigns import school_year, school_year_begins
from storage.queries.outbox import next_due_at, next_lease


class StoryPanel:
    """A read-only look at the plan, and the clock; implements the workspace's `Panel`."""

    def __init__(self, *, clock: Clock, database: Database, heartbeat: Heartbeat) -> None:
        self._clock = clock
        self._database = database
        self._heartbeat = heartbeat
        self._moving = asyncio.Lock()
        self._over = False

    @property
    def speed(self) -> float:
        """Seconds of story in a real second."""
        return self._clock.speed

    def now(self) -> datetime:
        """The present moment of the story."""
        return self._clock.now()

    def run_at(self, speed: float) -> None:
        """Go on at another speed; 0 stands still."""
        self._clock.run_at(speed)

    async def coming(self, limit: int) -> Sequence[StoryLine]:
        """What is planned next, and what will not be sent."""
        steps = await self._database.read(story.steps_to_come, now=self._clock.now(), limit=limit)
        return [words.to_come(step) for step in steps]

    async def happened(self, limit: int) -> Sequence[StoryLine]:
        """What was planned, sent, skipped and answered."""
        lines = await self._database.read(_happened, now=self._clock.now(), limit=limit)
        return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]

    async def move_to(self, instant: datetime) -> None:
        """Go to `instant`, doing on the way all that falls due, each at its own time.

        Raises:
            ValueError: it lies in the past.
        """
        if instant < self._clock.now():
            raise ValueError("The clock only goes forward: what was sent cannot be unsent.")
        await self._advance(instant)

    async def move_to_next(self) -> None:
        """Go to when the next prompt falls due, or to 1 August, when the next year's campaigns come."""
        await self._advance(await self._next_stop())

    async def stop(self) -> None:
        """Leave the clock where it is, in the middle of a move as well; no move begins after this."""
        self._over = True
        async with self._moving:
            pass

    async def _advance(self, instant: datetime) -> None:
        async with self._moving:
            self._go_on()
            await self._beat_until_settled()
            while (stop := await self._next_stop()) <= instant:
                self._go_on()
                self._go(stop)
                await self._beat_until_settled()
            self._go(instant)
            await self._beat_until_settled()

    async def _beat_until_settled(self) -> None:
        """Let everything that is due go out before the clock goes on: Slack's pace is not the story's."""
        await self._heartbeat.beat()
        while (lease := await self._database.read(next_lease)) is not None:
            await self._until(lease)
            await self._heartbeat.beat()

    async def _until(self, machine: datetime) -> None:
        """Wait, in steps short enough to be stopped."""
        while not self._over:
            seconds = (machine - machine_now()).total_seconds()
            await asyncio.sleep(min(max(seconds, 0.05), 1))
            if seconds <= 1:
                return
        self._go_on()

    def _go_on(self) -> None:
        if self._over:
            raise ValueError("This story is over. Another scene was opened.")

    async def _next_stop(self) -> datetime:
        """When the next prompt falls due, or the next school year brings its campaigns."""
        new_year = school_year_begins(school_year(self._clock.now()) + 1)
        due = await self._database.read(next_due_at)
        return new_year if due is None else min(due, new_year)

    def _go(self, instant: datetime) -> None:
        """Forward to `instant`; the clock runs, and may be past it by now."""
        if instant > self._clock.now():
            self._clock.move_to(instant)


def _happened(session: Session, *, now: datetime, limit: int) -> list[StoryLine]:
    # at one and the same time, what follows from another comes above it
    return [
        *(words.reply(line) for line in story.latest_replies(session, limit=limit)),
        *(words.past(line) for line in story.steps_past(session, now=now, limit=limit)),
        *(words.dates(line) for line in story.dates_given(session, limit=limit)),
        *(words.opening(line) for line in story.openings(session, limit=limit)),
    ]

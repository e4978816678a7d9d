"""The heartbeat: APScheduler beats, the database is the schedule. The only importer of APScheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from jobs.dispatch import Dispatch
from jobs.plan import plan
from storage.clock import Clock, machine_now
from storage.database import Database
from storage.definitions import Definition
from storage.errors import DatabaseAway
from storage.queries.campaigns import keep_definitions, school_year
from storage.queries.outbox import has_plan_request

log = logging.getLogger("vigil.heartbeat")

_PLAN_SECONDS: Final = 3600
_DISPATCH_SECONDS: Final = 2
#: Who is woken while another look is under way waits for it, and looks again.
_MOST_AWAKE: Final = 3


class Heartbeat:
    """Plans every hour, dispatches every few seconds, and does both at once when it is woken.

    The beat is machine time; what is due is asked of the story's clock.
    """

    def __init__(
        self,
        *,
        database: Database,
        dispatch: Dispatch,
        clock: Clock,
        definitions: Sequence[Definition],
    ) -> None:
        self._database = database
        self._dispatch = dispatch
        self._clock = clock
        self._definitions = definitions
        self._school_year: int | None = None
        #: When a beat last came to its end, well or not (machine time).
        self.last_beat = machine_now()
        self._failing: dict[str, datetime] = {}
        self._logged: set[str] = set()
        self._beating: set[asyncio.Task[None]] = set()
        self._planning = asyncio.Lock()
        self._dispatching = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to beat; needs a running event loop."""
        for name, act, seconds in (
            ("plan", self.plan, _PLAN_SECONDS),
            ("plan when asked", self._plan_when_asked, _DISPATCH_SECONDS),
            ("dispatch", self.dispatch, _DISPATCH_SECONDS),
        ):
            self._scheduler.add_job(
                self._survive, IntervalTrigger(seconds=seconds, timezone=UTC), [name, act], id=name
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Beat no more; finish or hand back what is under way."""
        if self._scheduler.running:
            self._scheduler.pause()  # shutting it down cancels its beats, and so what is with Slack
        await self._dispatch.stop()
        if self._beating:
            await asyncio.wait(self._beating)
        async with self._planning, self._dispatching:
            pass
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    @property
    def failing_since(self) -> datetime | None:
        """Since when planning or dispatching fails (machine time); None while both go well."""
        return min(self._failing.values(), default=None)

    async def beat(self) -> None:
        """Plan, then send all that is due now."""
        await self.plan()
        await self.dispatch()

    async def plan(self) -> None:
        """Bring the plan up to date. Sending goes on meanwhile: each due prompt is looked at when it is claimed."""
        async with self._planning:
            await self._plan()

    async def _plan(self) -> None:
        await self._keep_years_campaigns()
        await plan(self._database, now=self._clock.now())

    async def dispatch(self) -> None:
        """Send what is due."""
        async with self._dispatching:
            await self._dispatch.run()

    async def _plan_when_asked(self) -> None:
        async with self._planning:
            if await self._database.read(has_plan_request):
                await self._plan()

    async def _keep_years_campaigns(self) -> None:
        """When a school year comes, its campaigns stand ready as drafts."""
        now = self._clock.now()
        if school_year(now) != self._school_year:
            await self._database.write(keep_definitions, definitions=self._definitions, now=now)
            self._school_year = school_year(now)

    async def _survive(self, name: str, act: Callable[[], Awaitable[None]]) -> None:
        """A beat that fails is not the last one; that it fails is logged once, until it goes well again."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the scheduler runs it in one
        self._beating.add(task)
        try:
            await act()
        except* DatabaseAway:  # the database logs that itself
            self._failing.setdefault(name, machine_now())
        except* Exception:
            self._failing.setdefault(name, machine_now())
            if name not in self._logged:
                self._logged.add(name)
                log.exception("beat failed", extra={"beat": name})
        else:
            self._failing.pop(name, None)
            if name in self._logged:
                self._logged.remove(name)
                log.warning("beat works again", extra={"beat": name})
        finally:
            self._beating.discard(task)
            self.last_beat = machine_now()

    def wake(self) -> None:
        """Look at once: something has changed."""
        if self._scheduler.running:
            self._scheduler.add_job(
                self._look, id="wake", replace_existing=True, max_instances=_MOST_AWAKE
            )

    async def plan_at_once(self) -> None:
        """Have the plan follow what was changed before it comes back, as far as that goes well."""
        # a task of its own: stopping waits for it, and not for whatever its caller goes on with
        await asyncio.create_task(self._survive("plan when asked", self._plan_when_asked))

    async def _look(self) -> None:
        await self._survive("plan when asked", self._plan_when_asked)
        if not self._dispatching.locked():
            await self._survive("dispatch", self.dispatch)

"""The heartbeat: APScheduler beats, the database is the schedule. The only importer of APScheduler."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from jobs.dispatch import Dispatch
from jobs.plan import plan
from storage.clock import Clock
from storage.database import Database
from storage.definitions import Definition
from storage.queries.campaigns import keep_definitions, school_year
from storage.queries.outbox import has_plan_request

log = logging.getLogger("vigil.heartbeat")

_PLAN_SECONDS: Final = 3600
_DISPATCH_SECONDS: Final = 2


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
        self._beating = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to beat; needs a running event loop."""
        self._scheduler.add_job(
            self.beat, IntervalTrigger(seconds=_PLAN_SECONDS, timezone=UTC), id="plan"
        )
        self._scheduler.add_job(
            self._look, IntervalTrigger(seconds=_DISPATCH_SECONDS, timezone=UTC), id="dispatch"
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Finish the beat under way, and beat no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        async with self._beating:
            pass

    async def beat(self) -> None:
        """Plan, then send all that is due now."""
        async with self._beating:
            await self._keep_years_campaigns()
            await plan(self._database, now=self._clock.now())
            await self._dispatch.run()

    async def _keep_years_campaigns(self) -> None:
        """When a school year comes, its campaigns stand ready as drafts."""
        now = self._clock.now()
        if school_year(now) != self._school_year:
            await self._database.write(keep_definitions, definitions=self._definitions, now=now)
            self._school_year = school_year(now)

    async def _look(self) -> None:
        """Send what is due; plan first when a change asks for it."""
        if self._beating.locked():
            return
        try:
            if await self._database.read(has_plan_request):
                await self.beat()
            else:
                async with self._beating:
                    await self._dispatch.run()
        except Exception:
            log.exception("beat failed")

    def wake(self) -> None:
        """Look at once: something has changed."""
        if self._scheduler.running:
            self._scheduler.add_job(self._look, id="wake", replace_existing=True)

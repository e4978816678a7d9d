"""The heartbeat: APScheduler beats, the database is the schedule. The only importer of APScheduler."""

import asyncio
import logging
from datetime import UTC
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from jobs.dispatch import Dispatch
from jobs.plan import plan
from storage.database import Database
from storage.queries.outbox import has_plan_request

log = logging.getLogger("vigil.heartbeat")

_PLAN_SECONDS: Final = 3600
_DISPATCH_SECONDS: Final = 2


class Heartbeat:
    """Plans every hour, dispatches every few seconds, and does both at once when it is woken.

    The beat is machine time; what is due is asked of the story's clock.
    """

    def __init__(self, *, database: Database, dispatch: Dispatch) -> None:
        self._database = database
        self._dispatch = dispatch
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
            await plan(self._database)
            await self._dispatch.run()

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

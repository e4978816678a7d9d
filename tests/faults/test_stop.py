"""A clean stop: what is with Slack is finished, the rest is handed back, and another process sends it at once."""

import asyncio
import signal

import pytest

from jobs.dispatch import AT_ONCE
from tests.faults.databases import POSTGRESQL, SQLITE
from tests.faults.stage import Stage

pytestmark = pytest.mark.timeout(300)  # real processes, on a machine that may be busy

PEOPLE = 30
#: Longer than anything in this test: whatever waits for a lease to run out comes too late (seconds).
LEASE = 80


async def test_a_process_that_is_asked_to_stop_finishes_or_hands_back_what_it_holds(
    databases, tmp_path
):
    async def on(kind: str) -> None:
        async with Stage(
            databases=databases, kind=kind, people=PEOPLE, folder=tmp_path, send_timeout=LEASE / 4
        ) as stage:
            stage.fault("slow", "chat.postMessage", count=AT_ONCE, seconds=3)
            first = stage.begin()
            while posted(stage) < AT_ONCE:  # noqa: ASYNC110 - the log tells nobody that it grows
                await asyncio.sleep(0.05)
            stage.actors.remove(first)
            first.signal(signal.SIGTERM)
            stage.begin()
            await asyncio.to_thread(first.process.join, 10)
            assert first.process.exitcode == 0
            assert await stage.until_done(LEASE / 2)
            assert stage.verdict().is_good, stage.verdict()

    await asyncio.gather(on(SQLITE), on(POSTGRESQL))


def posted(stage: Stage) -> int:
    """How many messages Slack has taken so far."""
    return sum(call["method"] == "chat.postMessage" for call in stage.app.log.accepted)

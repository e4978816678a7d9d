"""Each world that once went wrong, in its shortest form."""

import asyncio
from datetime import timedelta

import pytest

from tests.faults.databases import POSTGRESQL, SQLITE
from tests.faults.stage import Stage

pytestmark = pytest.mark.timeout(300)  # real processes, on a machine that may be busy


async def test_a_machine_whose_clock_is_an_hour_ahead_finds_what_slack_has(databases, tmp_path):
    """Found by seed 11: it looked only at the hour to come, found nothing, and wrote a second time."""

    async def on(kind: str) -> None:
        async with Stage(
            databases=databases, kind=kind, people=6, folder=tmp_path, send_timeout=1
        ) as stage:
            stage.fault("drop", "chat.postMessage", count=3)
            stage.begin(ahead=timedelta(hours=1))
            assert await stage.until_done(60)
            assert stage.verdict().is_good, stage.verdict()

    await asyncio.gather(on(SQLITE), on(POSTGRESQL))

"""The whole of Vigil against the local workspace, over the wire, with a clock that the test moves."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sample import STARTS_AT, make_sample, sample_team
from bot.service import Connection, Service
from bot.workspace import LocalWorkspace
from storage.clock import Clock
from storage.database import Database
from tests.flows.story import Story


@pytest.fixture
async def story(database: Database) -> AsyncIterator[Story]:
    """The sample, running, at 8:55am on Monday 7 September 2026."""
    clock = Clock(start=STARTS_AT, speed=0)
    make_sample(database, now=clock.now())
    team = sample_team()
    workspace = LocalWorkspace(teams=[team], clock=clock)
    await workspace.start()
    connection = Connection(
        bot_token=team.bot_token,
        app_token=team.app_token,
        signing_secret=None,
        api_url=workspace.api_url,
    )
    service = Service(connection=connection, database=database, clock=clock)
    await service.start()
    workspace.panel = service.panel
    async with aiohttp.ClientSession() as session:
        yield Story(workspace=workspace, session=session, clock=clock, database=database)
    await service.stop()
    await workspace.stop()

"""Starts the local workspace for a test, with two teams and a clock that stands still."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.workspace import LocalWorkspace
from storage.clock import Clock
from tests.bot.workspace.every_call import pytest_runtest_call
from tests.bot.workspace.example import Control, make_team
from tests.bot.workspace.world import World

__all__ = ["pytest_runtest_call"]  # a hook, which pytest finds here

START = datetime(2026, 9, 7, 7, 55, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(start=START, speed=0)


@pytest.fixture
async def slack(clock) -> AsyncIterator[LocalWorkspace]:
    workspace = LocalWorkspace(
        teams=[make_team("T0LEEDS"), make_team("T0DEVON")], clock=clock, rate_limits=False
    )
    await workspace.start()
    yield workspace
    await workspace.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def control(slack, session) -> Control:
    return Control(slack.url, session)


@pytest.fixture
def world(slack, session) -> World:
    return World(slack, session)

"""The whole of Vigil against the local workspace, over the wire, with a clock that the test moves."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from bot.sample import STARTS_AT, make_sample, sample_team
from bot.service import Connection, Service
from bot.workspace import LocalWorkspace, Team
from jobs.pace import Pace
from storage.clock import Clock
from tests.bot.workspace.every_call import pytest_runtest_call
from tests.flows.story import Story

__all__ = ["pytest_runtest_call"]  # a hook, which pytest finds here

SOCKET_MODE, SIGNED_HTTP = "socket mode", "signed http"


@pytest.fixture
def transport() -> str:
    """How Slack reaches the bot; a test may ask for another."""
    return SOCKET_MODE


@pytest.fixture
def rate_limits() -> bool:
    """Weeks pass in a moment here, and Slack's limits in earnest: a second a message. A test may ask for them."""
    return False


@pytest.fixture
async def story(database, transport, rate_limits) -> AsyncIterator[Story]:
    """The sample, running, at 8:55am on Monday 7 September 2026."""
    clock = Clock(start=STARTS_AT, speed=0)
    make_sample(database, now=clock.now())
    port = free_port()
    team = sample_team()
    if transport == SIGNED_HTTP:
        team = replace(team, request_url=f"http://127.0.0.1:{port}/slack/events")
    workspace = LocalWorkspace(teams=[team], clock=clock, rate_limits=rate_limits)
    await workspace.start()
    service = Service(
        connection=connection_to(workspace, team, port, transport),
        database=database,
        clock=clock,
        pace=None if rate_limits else Pace(channel_seconds=0),
    )
    await service.start()
    workspace.panel = service.panel
    async with aiohttp.ClientSession() as session:
        yield Story(workspace=workspace, session=session, clock=clock, database=database)
    await service.stop()
    await workspace.stop()


def connection_to(
    workspace: LocalWorkspace, team: Team, port: int, transport: str = SOCKET_MODE
) -> Connection:
    """How the bot reaches this workspace."""
    over_http = transport == SIGNED_HTTP
    return Connection(
        bot_token=team.bot_token,
        app_token=None if over_http else team.app_token,
        signing_secret=team.signing_secret if over_http else None,
        api_url=workspace.api_url,
        port=port,
    )


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

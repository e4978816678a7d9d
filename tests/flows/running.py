"""The bot on the sample, joined to a local workspace."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from bot.sample import STARTS_AT, sample_team
from bot.service import Connection, Service
from bot.workspace import LocalWorkspace, Team
from jobs.pace import Pace
from storage.clock import Clock
from storage.database import Database
from tests.flows.story import Story

#: For stories in which several do something at once, and for whole rounds.
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
SOCKET_MODE, SIGNED_HTTP = "socket mode", "signed http"


@asynccontextmanager
async def running(
    database: Database, *, transport: str = SOCKET_MODE, rate_limits: bool = False
) -> AsyncIterator[Story]:
    """The sample that is in this database, with the clock at its beginning, until the end of the block."""
    clock = Clock(start=STARTS_AT, speed=0)
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

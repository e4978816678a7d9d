"""Starting and stopping: quick, on loopback, and never with a real token."""

import asyncio
from time import perf_counter

import aiohttp
import pytest

from bot.workspace import LocalWorkspace
from bot.workspace.faults import Fault
from tests.bot.workspace.example import make_team


async def test_it_starts_and_stops_at_once(clock):
    began = perf_counter()
    workspace = LocalWorkspace(teams=[make_team()], clock=clock)
    await workspace.start()
    assert workspace.url.startswith("http://127.0.0.1:")
    await workspace.stop()
    assert perf_counter() - began < 0.5


async def test_it_stops_at_once_with_sockets_and_streams_open(clock, session):
    workspace = LocalWorkspace(teams=[make_team()], clock=clock)
    await workspace.start()
    app = workspace.installations["T0LEEDS"]
    address = (
        f"{workspace.url.replace('http', 'ws')}/socket/link?ticket={app.socket_mode.new_ticket()}"
    )
    async with (
        session.ws_connect(address) as socket,
        session.get(f"{workspace.url}/control/events?user=ULEEDSCOUNCIL") as stream,
    ):
        assert (await socket.receive_json())["type"] == "hello"
        assert (await stream.content.readline()).startswith(b":")
        began = perf_counter()
        await workspace.stop()
        assert perf_counter() - began < 0.5


async def test_it_stops_at_once_in_the_middle_of_a_slow_answer(slack, session):
    slack.installations["T0LEEDS"].faults.add(Fault(kind="slow", seconds=30))
    headers = {"Authorization": "Bearer xoxb-local-leeds"}
    waiting = asyncio.ensure_future(session.post(f"{slack.api_url}auth.test", headers=headers))
    await asyncio.sleep(0.05)
    began = perf_counter()
    await slack.stop()
    assert perf_counter() - began < 0.5
    with pytest.raises(aiohttp.ClientConnectionError):
        await waiting


async def test_it_can_go_and_come_back_as_in_an_outage(slack, session):
    port = int(slack.url.rpartition(":")[2])
    body = {"channel": "ULEEDSCOUNCIL", "text": "T"}
    headers = {"Authorization": "Bearer xoxb-local-leeds"}
    async with session.post(
        f"{slack.api_url}chat.postMessage", json=body, headers=headers
    ) as answer:
        assert (await answer.json())["ok"]
    await slack.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await session.post(f"{slack.api_url}auth.test", headers=headers)
    await slack.start(port=port)
    async with session.get(
        f"{slack.api_url}conversations.history",
        params={"channel": "DLEEDSCOUNCIL"},
        headers=headers,
    ) as answer:
        assert len((await answer.json())["messages"]) == 1


async def test_a_taken_port_is_an_os_error(slack, clock):
    port = int(slack.url.rpartition(":")[2])
    second = LocalWorkspace(teams=[make_team()], clock=clock)
    with pytest.raises(OSError, match="address already in use"):
        await second.start(port=port)


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_token": "xoxb-1234567890-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"},
        {"bot_token": "xoxp-local-leeds"},
        {"app_token": "xapp-1-A0123456789-1234567890123-abcdef"},
        {"app_token": "xoxb-local-leeds"},
    ],
)
def test_a_token_that_slack_could_have_issued_is_refused(clock, changes):
    with pytest.raises(ValueError, match="made-up tokens"):
        LocalWorkspace(teams=[make_team(**changes)], clock=clock)


def test_two_workspaces_cannot_share_a_token_or_an_id(clock):
    with pytest.raises(ValueError, match="share a token"):
        LocalWorkspace(teams=[make_team(), make_team()], clock=clock)
    twin = make_team(bot_token="xoxb-local-twin", app_token="xapp-local-twin")
    with pytest.raises(ValueError, match="team id of its own"):
        LocalWorkspace(teams=[make_team(), twin], clock=clock)

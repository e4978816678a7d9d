"""Several workspaces and several bots at once, and where the stand-in listens."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.workspace import LocalWorkspace
from tests.bot.workspace.example import Control, build_example_bot, make_team, until

TABLE, LISTENS = Path("/proc/net/tcp"), "0A"
TEAMS = ("T0LEEDS", "T0DEVON")


@pytest.fixture
async def bots(slack: LocalWorkspace) -> AsyncIterator[dict]:
    handlers, apps = [], {}
    for team_id in TEAMS:
        team = slack.installations[team_id].team
        apps[team_id] = build_example_bot(slack.api_url, team.bot_token, team.signing_secret)
        handlers.append(AsyncSocketModeHandler(apps[team_id], team.app_token))
        await handlers[-1].connect_async()
    yield apps
    for handler in handlers:
        await handler.close_async()


async def test_two_workspaces_and_their_bots_keep_apart(slack, session, bots):
    for team_id in TEAMS:
        user = f"U{team_id[2:]}COUNCIL"
        control = Control(f"{slack.url}/team/{team_id}", session)
        await control.get(f"people/{user}/conversations")
        path = f"people/{user}/conversations/D{user[1:]}/messages"
        await control.post(path, {"text": "hello"})
        await until(lambda control=control, user=user: _answered(control, user))
        (entry,) = (await control.get("log"))["accepted"]
        assert (entry["team"], entry["channel"]) == (team_id, f"D{user[1:]}")
        assert {body["team_id"] for body in bots[team_id].heard} == {team_id}


async def _answered(control, user):
    return [one["text"] for one in await control.messages(user)] == ["hello", "Hello yourself."]


async def test_it_listens_on_loopback_alone_unless_told(slack):
    host, _, port = slack.url.removeprefix("http://").partition(":")
    assert host == "127.0.0.1"
    assert _listening(int(port)) == {"0100007F"}


async def test_it_listens_elsewhere_when_told(clock):
    everywhere = LocalWorkspace(teams=[make_team()], clock=clock)
    await everywhere.start(host="0.0.0.0")  # noqa: S104  # that is what is asked for
    port = int(everywhere.url.rpartition(":")[2])
    assert _listening(port) == {"00000000"}
    await everywhere.stop()


def _listening(port: int) -> set[str]:
    """The addresses, as Linux writes them, on which something listens on that port."""
    if not TABLE.exists():
        pytest.skip("Only Linux says where something listens.")
    columns = [line.split() for line in TABLE.read_text().splitlines()[1:]]
    places = [column[1].split(":") for column in columns if column[3] == LISTENS]
    return {address for address, number in places if int(number, 16) == port}

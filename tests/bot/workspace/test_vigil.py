"""Vigil itself here, over Socket Mode, while its connection is taken away in the middle of its work."""

import shutil
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sample import STARTS_AT, sample_team
from bot.service import Service
from bot.socket_mode import PING_SECONDS
from bot.workspace import LocalWorkspace
from storage.clock import Clock
from storage.database import Database
from tests.flows.running import connection_to, free_port
from tests.flows.story import Seen, Story, eventually

REPLY = {"OQ1": "under_way", "OQ2": "on_track", "OQ4": "drafting", "OQ5": ["capacity"]}


@pytest.fixture
async def story(sqlite_sample, tmp_path) -> AsyncIterator[Story]:
    shutil.copy(sqlite_sample, tmp_path / "vigil.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'vigil.sqlite'}")
    clock = Clock(start=STARTS_AT, speed=0)
    workspace = LocalWorkspace(teams=[sample_team()], clock=clock)
    await workspace.start()
    connection = connection_to(workspace, sample_team(), free_port())
    service = Service(connection=connection, database=database, clock=clock)
    await service.start()
    workspace.panel = service.panel
    async with aiohttp.ClientSession() as session:
        yield Story(workspace=workspace, session=session, clock=clock, database=database)
    await service.stop()
    await workspace.stop()
    database.dispose()


@pytest.mark.parametrize("goodbye", ["refresh_requested", "warning"])
async def test_a_connection_that_is_asked_to_go_costs_nobody_their_reply(story, goodbye):
    await opened_form(story)
    await story.call("POST", "/control/socket", {"disconnect": goodbye})
    await eventually(lambda: connected(story))
    await reply_and_see(story, messages=1)


async def test_a_connection_that_is_cut_off_costs_nobody_their_reply(story):
    """It is noticed within a ping of the SDK; what was typed meanwhile comes again."""
    [app] = story.workspace.installations.values()
    app.deliveries.redeliver_after = (0, 1) * 10
    await opened_form(story)
    await story.call("POST", "/control/socket", {"disconnect": "cut"})
    await say_help(story)
    await eventually(lambda: connected(story), seconds=3 * PING_SECONDS)
    await eventually(lambda: said(story, 3))
    await reply_and_see(story, messages=3)


async def opened_form(story: Story) -> None:
    await story.to_next()
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    await police.view()


async def say_help(story: Story) -> None:
    path = "/control/people/U0POLICE/conversations/D0POLICE/messages"
    await story.call("POST", path, {"text": "help"})


async def connected(story: Story) -> bool:
    return (await story.call("GET", "/control/socket"))["connections"] == 1


async def said(story: Story, count: int) -> bool:
    return len(await story.be("U0POLICE").messages()) == count


async def reply_and_see(story: Story, *, messages: int) -> None:
    assert (await story.be("U0POLICE").send(**REPLY))["result"] == "closed"

    async def receipt() -> Seen | None:
        first, *rest = await story.be("U0POLICE").messages()
        assert len(rest) == messages - 1
        return first if "Your reply" in first.text else None

    assert (await eventually(receipt)).buttons() == ["Change my reply"]

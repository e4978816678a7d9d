"""SIGTERM: what is being sent and answered is finished, and the process is gone within ten seconds."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import Session, select

from bot.sample import STARTS_AT, sample_team
from bot.service import Service
from bot.workspace import LocalWorkspace
from bot.workspace.faults import Fault
from storage.clock import Clock
from storage.database import Database
from storage.tables import Notice
from storage.vocabulary import NoticeState
from tests.factories import london
from tests.flows.moves import UNDER_WAY, message_saying, replies, reply
from tests.flows.running import connection_to, free_port
from tests.flows.story import Story, eventually

ROOT = Path(__file__).parents[2]
ASKED, THREE_WEEKS = london(2026, 9, 11, 9), london(2026, 10, 2, 9)


@pytest.fixture
def database(sqlite_sample, tmp_path) -> Database:
    (tmp_path / "vigil.sqlite").write_bytes(sqlite_sample.read_bytes())
    return Database(f"sqlite:///{tmp_path / 'vigil.sqlite'}")


@pytest.fixture
async def story(database) -> AsyncIterator[Story]:
    """The sample's workspace, in which no bot runs yet."""
    clock = Clock(start=STARTS_AT, speed=0)
    workspace = LocalWorkspace(teams=[sample_team()], clock=clock, rate_limits=False)
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        yield Story(workspace=workspace, session=session, clock=clock, database=database)
    await workspace.stop()
    database.dispose()


async def begin(story: Story, *more: str) -> asyncio.subprocess.Process:
    """`vigil run` in a process of its own."""
    settings = {
        "SLACK_API_URL": story.workspace.api_url,
        "SLACK_BOT_TOKEN": sample_team().bot_token,
        "SLACK_APP_TOKEN": str(sample_team().app_token),
        "DATABASE_URL": str(story.database.engine.url),
        "VIGIL_HEALTH_PORT": "0",
        "PYTHONPATH": str(ROOT),
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", *more),
        env=os.environ | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run(story: Story, *more: str) -> asyncio.subprocess.Process:
    """The same, as soon as it says that it runs."""
    process = await begin(story, *more)
    assert process.stdout is not None
    assert b"Vigil is running" in await process.stdout.readline()
    return process


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str, float]:
    """Its exit status, what it logged, and how long it took (seconds)."""
    began = time.monotonic()
    _, logged = await asyncio.wait_for(process.communicate(), timeout=15)
    return process.returncode, logged.decode(), time.monotonic() - began


@pytest.mark.parametrize(
    "asked", [[signal.SIGTERM], [signal.SIGTERM, signal.SIGTERM, signal.SIGINT]]
)
async def test_an_idle_bot_ends_without_a_word(story: Story, asked):
    process = await run(story)
    for each in asked:
        with suppress(ProcessLookupError):  # it may have ended by then
            process.send_signal(each)
        await asyncio.sleep(0.02)
    status, logged, _ = await ended(process)
    assert logged == ""
    # a signal that comes when all is done but leaving ends the process by itself
    assert status == 0 or (len(asked) > 1 and -status in asked)


async def test_a_bot_that_is_asked_to_stop_while_it_starts_ends_without_a_word(story: Story):
    faults = story.workspace.installations["T0SAMPLE"].faults
    faults.add(Fault("slow", "auth.test", seconds=8))
    process = await begin(story)

    async def is_waiting_for_slack() -> bool:
        return not faults.as_json()

    await eventually(is_waiting_for_slack, seconds=20)
    process.send_signal(signal.SIGTERM)
    status, logged, seconds = await ended(process)
    assert (status, logged) == (0, "")
    assert seconds < 5


async def test_what_is_with_slack_is_finished_and_recorded(story: Story):
    """Slack answers after two seconds; a stop that did not wait would leave outcomes that nobody knows."""
    app = story.workspace.installations["T0SAMPLE"]
    app.faults.add(Fault("slow", "chat.postMessage", count=3, seconds=2))
    process = await run(story, "--start-at", "2026-09-11T09:00")
    await eventually(lambda: _posted(app, 3), seconds=20)
    process.send_signal(signal.SIGTERM)
    status, logged, seconds = await ended(process)
    assert status == 0
    assert "error" not in logged
    assert seconds < 10
    with Session(story.database.engine) as session:
        states = [notice.state for notice in session.exec(select(Notice))]
    assert states == [NoticeState.SENT] * 3


async def test_a_bot_that_slack_leaves_hanging_ends_all_the_same(story: Story):
    app = story.workspace.installations["T0SAMPLE"]
    app.faults.add(Fault("slow", "chat.postMessage", count=3, seconds=30))
    process = await run(story, "--start-at", "2026-09-11T09:00")
    await eventually(lambda: _posted(app, 3), seconds=20)
    process.send_signal(signal.SIGTERM)
    _, _, seconds = await ended(process)
    assert seconds < 10


async def test_what_is_being_answered_is_finished(story: Story, database: Database):
    service = Service(
        connection=connection_to(story.workspace, sample_team(), free_port()),
        database=database,
        clock=story.clock,
    )
    await service.start()
    story.workspace.panel = service.panel
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY)
    await story.to(THREE_WEEKS)
    again = await message_saying(police, "Is this still so?")
    app = story.workspace.installations["T0SAMPLE"]
    before = _count(app, "views.publish")
    with database.engine.execution_options(vigil_writes=True).connect() as other:
        other.exec_driver_sql("SELECT 1")  # begins, and holds the only lock for writing
        await police.press(again, "Still so")  # acknowledged, and waits
        stopping = asyncio.create_task(service.stop())
        await asyncio.sleep(0.3)
    await stopping
    assert len(replies(story)) == 2
    assert _count(app, "views.publish") == before + 1


async def test_two_processes_share_what_comes_and_one_may_be_killed(story: Story):
    first, second = await run(story), await run(story)
    app = story.workspace.installations["T0SAMPLE"]
    assert app.socket_mode.connections == 2
    lead = story.be("U0LEAD")
    for _ in range(4):  # by turns
        await lead.type("/review-status")
    first.kill()
    await first.communicate()
    for _ in range(4):
        await lead.type("/review-status")
    assert len(await lead.messages()) == 8
    second.send_signal(signal.SIGTERM)
    assert (await ended(second))[:2] == (0, "")


def _count(app, method: str) -> int:
    return sum(entry["method"] == method for entry in app.log.accepted)


async def _posted(app, count: int) -> bool:
    return _count(app, "chat.postMessage") == count

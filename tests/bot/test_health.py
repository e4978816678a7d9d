"""/health, /ready and /metrics of a running bot, asked over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.health import Health
from bot.sample import STARTS_AT, sample_team
from bot.service import Service
from bot.workspace import LocalWorkspace
from bot.workspace.faults import Fault
from storage.clock import Clock, machine_now
from storage.database import Database
from storage.queries.queue import queue
from storage.tables import Notice
from storage.vocabulary import NoticeState, PromptKind
from tests.factories import TEAM, london, make_review, person_id, post
from tests.flows.running import SIGNED_HTTP, SOCKET_MODE, connection_to, free_port
from tests.flows.story import Story, eventually

ASKED = london(2026, 9, 11, 9)


class Asked:
    def __init__(self, story: Story, service: Service, port: int) -> None:
        self.story, self.service = story, service
        self._url = f"http://127.0.0.1:{port}"

    async def get(self, path: str) -> tuple[int, dict]:
        async with self.story.session.get(self._url + path) as answer:
            return answer.status, await answer.json()

    async def metrics(self) -> dict[str, float]:
        async with self.story.session.get(f"{self._url}/metrics") as answer:
            assert answer.status == 200
            assert answer.content_type == "text/plain"
            lines = (await answer.text()).splitlines()
        return {
            name: float(value)
            for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")
        }


@pytest.fixture(params=[SOCKET_MODE, SIGNED_HTTP])
def transport(request) -> str:
    return request.param


@pytest.fixture
async def bot(sqlite_sample, tmp_path, transport, monkeypatch) -> AsyncIterator[Asked]:
    for interval in ("PING_SECONDS", "_LOOK_SECONDS"):
        monkeypatch.setattr(f"bot.socket_mode.{interval}", 0.3)
    (tmp_path / "vigil.sqlite").write_bytes(sqlite_sample.read_bytes())
    database = Database(f"sqlite:///{tmp_path / 'vigil.sqlite'}")
    clock = Clock(start=STARTS_AT, speed=0)
    workspace = LocalWorkspace(teams=[sample_team()], clock=clock, rate_limits=False)
    await workspace.start()
    port = free_port()
    service = Service(
        connection=connection_to(workspace, sample_team(), free_port(), transport),
        database=database,
        clock=clock,
        health=("127.0.0.1", port),
    )
    await service.start()
    workspace.panel = service.panel
    async with aiohttp.ClientSession() as session:
        story = Story(workspace=workspace, session=session, clock=clock, database=database)
        yield Asked(story, service, port)
    await service.stop()
    await workspace.stop()
    database.dispose()


async def test_it_says_that_all_is_well_and_nothing_else(bot, transport):
    status, health = await bot.get("/health")
    assert status == 200
    assert health.pop("beat")["works"]
    assert health == {
        "works": True,
        "stuck": False,
        "database": {"works": True, "failing_since": None},
        "slack": {
            "works": True,
            "over": "Socket Mode" if transport == SOCKET_MODE else "HTTP",
            "token_refused": None,
            "failing_since": None,
        },
    }
    assert await bot.get("/ready") == (200, {"ready": True, "reasons": []})


async def test_it_counts_what_was_sent_and_what_waits(bot):
    before = await bot.metrics()
    await bot.story.to(ASKED)
    after = await bot.metrics()
    sent = 'vigil_notices_total{kind="reminder",outcome="sent"}'
    assert after[sent] - before.get(sent, 0) == 3
    assert after["vigil_prompts_due"] == 0
    assert after["vigil_queue_age_seconds"] == 0
    assert after["vigil_database_answers"] == 1
    states = [name for name in after if name.startswith("vigil_notices_unsettled")]
    assert sorted(after[name] for name in states) == [0, 0, 0]


async def test_a_refused_token_is_said_and_the_bot_is_not_ready(bot):
    app = bot.story.workspace.installations["T0SAMPLE"]
    app.faults.add(Fault("error", "chat.postMessage", count=100, error="token_revoked"))
    bot.story.clock.move_to(ASKED)
    bot.service.panel._heartbeat.wake()

    async def refused() -> bool:
        return (await bot.get("/ready"))[0] == 503

    await eventually(refused)
    assert (await bot.get("/ready"))[1]["reasons"] == ["Slack refuses the token (token_revoked)"]
    status, health = await bot.get("/health")
    assert (status, health["works"], health["slack"]["token_refused"]) == (
        200,
        False,
        "token_revoked",
    )


@pytest.mark.parametrize("transport", [SOCKET_MODE], indirect=True)
async def test_a_connection_that_is_down_is_said_until_it_is_back(bot):
    app = bot.story.workspace.installations["T0SAMPLE"]
    app.faults.add(Fault("status", "apps.connections.open", count=2))
    await bot.story.call("POST", "/control/socket", {"disconnect": "cut"})

    async def down() -> bool:
        return (await bot.get("/health"))[1]["slack"]["failing_since"] is not None

    async def ready() -> bool:
        return (await bot.get("/ready"))[0] == 200

    await eventually(down)
    assert (await bot.get("/ready"))[1]["reasons"] == ["the Socket Mode connection is down"]
    await eventually(ready, seconds=20)
    await eventually(lambda: _is_not(down))


async def _is_not(state) -> bool:
    return not await state()


@pytest.mark.parametrize("transport", [SOCKET_MODE], indirect=True)
async def test_only_a_bot_in_which_nothing_beats_any_more_is_stuck(bot):
    heartbeat = bot.service.panel._heartbeat
    health = Health(
        team_id="T0SAMPLE",
        database=bot.story.database,
        clock=bot.story.clock,
        dispatch=heartbeat._dispatch,
        heartbeat=heartbeat,
        socket=None,
        stuck_after=timedelta(seconds=4),
    )
    heartbeat._scheduler.pause()
    async with TestClient(TestServer(health.app())) as client:
        assert (await client.get("/health")).status == 200
        heartbeat.last_beat -= timedelta(seconds=5)
        answer = await client.get("/health")
        assert (answer.status, (await answer.json())["stuck"]) == (503, True)
        heartbeat._scheduler.resume()

        async def beats() -> bool:
            return (await client.get("/health")).status == 200

        await eventually(beats)


@pytest.mark.parametrize("transport", [SOCKET_MODE], indirect=True)
async def test_nothing_that_people_are_called_or_say_is_told(bot):
    await bot.story.to(ASKED)
    await bot.story.be("U0POLICE").type("Zanzibar heron")
    told = ""
    for path in ("/health", "/ready", "/metrics"):
        async with bot.story.session.get(bot._url + path) as answer:
            told += await answer.text()
    team = sample_team()
    hidden = ["Zanzibar", "U0POLICE", "Birmingham", team.bot_token, team.app_token]
    assert [words for words in hidden if words in told] == []


def test_the_queue_is_that_of_one_workspace(database: Database):
    make_review(database, post("U1"))
    later = ASKED + timedelta(hours=2)
    waits = database.read_now(queue, team_id=TEAM, now=later)
    assert (waits.due, waits.oldest_due_at) == (1, ASKED)
    assert database.read_now(queue, team_id="T0OTHER", now=later).due == 0
    assert database.read_now(queue, team_id=TEAM, now=ASKED - timedelta(minutes=1)).due == 0

    def claim(session) -> None:
        session.add(
            Notice(
                id="n1",
                person_id=person_id(session, "U1"),
                kind=PromptKind.REMINDER,
                state=NoticeState.UNKNOWN,
                lease_until=machine_now(),
                as_of=ASKED,
            )
        )

    database.write_now(claim)
    assert database.read_now(queue, team_id=TEAM, now=later).unsettled == {
        NoticeState.CLAIMED: 0,
        NoticeState.WAITING: 0,
        NoticeState.UNKNOWN: 1,
    }

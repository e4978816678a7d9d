"""Promise 7: logs carry ids, never words. What people type is planted everywhere and looked for in every line."""

import ast
import asyncio
import contextlib
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from itertools import chain
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.logs import _FACTS, start_logging
from bot.sample import STARTS_AT, sample_team
from bot.service import Connection, Service
from bot.workspace import LocalWorkspace
from bot.workspace.faults import Fault
from storage.clock import Clock
from storage.database import Database
from storage.vocabulary import Audience
from tests.flows.story import Story, eventually

ROOT = Path(__file__).parents[2]
PLANTED = "Zanzibar heron"
REPLY = {"OQ1": "under_way", "OQ2": "on_track", "OQ4": "drafting", "OQ6": PLANTED}


class Logged:
    """What is logged from `start` on."""

    def __init__(self) -> None:
        self._stream = io.StringIO()

    def start(self) -> None:
        """Log all that Vigil ever logs, as `vigil run` does."""
        with contextlib.redirect_stderr(self._stream):
            start_logging("DEBUG")

    def lines(self) -> list[str]:
        return self._stream.getvalue().splitlines()


@pytest.fixture
def logged() -> Iterator[Logged]:
    root, own = logging.getLogger(), logging.getLogger("vigil")
    handlers, level, own_level = root.handlers[:], root.level, own.level
    yield Logged()
    root.handlers[:] = handlers
    root.setLevel(level)
    own.setLevel(own_level)


@pytest.fixture
def database(sqlite_sample, tmp_path) -> Database:
    """SQLite alone: what is logged does not depend on the database."""
    path = tmp_path / "vigil.sqlite"
    path.write_bytes(sqlite_sample.read_bytes())
    return Database(f"sqlite:///{path}")


@pytest.fixture
async def story(logged, database) -> AsyncIterator[Story]:
    """The sample, logging all that it ever logs."""
    logged.start()
    clock = Clock(start=STARTS_AT, speed=0)
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
    database.dispose()


def assert_only_facts(lines: list[str]) -> None:
    """Every line is one JSON object, and none holds what was planted."""
    assert PLANTED not in "\n".join(lines)
    for line in lines:
        assert json.loads(line).keys() >= {"at", "level", "logger", "event"}


async def test_nothing_that_people_type_is_logged(story, logged):
    await story.to_next()
    police, lead = story.be("U0POLICE"), story.be("U0LEAD")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    await police.send(**REPLY)
    await police.type(PLANTED)
    await lead.type(f"/review-status {PLANTED}")
    await lead.type("/review-status")
    await lead.home()
    assert_only_facts(logged.lines())


async def test_nothing_is_logged_of_a_reply_that_could_not_be_stored(story, logged):
    await story.to_next()
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    await police.view()
    with story.database.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER refuse BEFORE INSERT ON reply"
                " BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        )
    answer = await police.send(**REPLY)
    assert answer["result"] == "errors"  # the form stays open, with everything as it was typed
    [words] = answer["errors"].values()
    assert "Something went wrong. Try again." in words
    [line] = [line for line in logged.lines() if "listener failed" in line]
    found = json.loads(line)
    assert found["error_type"] == "IntegrityError"
    assert found["reference"] in words
    assert found["where"]
    assert_only_facts(logged.lines())


async def test_nothing_is_logged_when_slack_refuses_the_answer(story, logged):
    lead, faults = story.be("U0LEAD"), story.workspace.installations["T0SAMPLE"].faults
    for kind in ("status", "reset"):
        faults.add(Fault(kind, "respond"))
        channel = (await lead._conversation()).rsplit("/", 1)[-1]
        body = {"channel": channel, "text": f"/review-status {PLANTED}"}
        await story.call("POST", "/control/people/U0LEAD/commands", body)
    await lead.type("/review-status")
    assert_only_facts(logged.lines())


async def test_nothing_is_logged_of_a_button_that_was_tampered_with(story, logged):
    client = AsyncWebClient(
        token=sample_team().bot_token, base_url=story.workspace.api_url, retry_handlers=[]
    )
    channel = (await client.conversations_open(users=["U0POLICE"]))["channel"]["id"]
    button = {
        "type": "button",
        "action_id": "open_reply",
        "value": f"{{{PLANTED}",
        "text": {"type": "plain_text", "text": "Reply"},
    }
    await client.chat_postMessage(
        channel=channel, text="Forged", blocks=[{"type": "actions", "elements": [button]}]
    )
    police = story.be("U0POLICE")
    [forged] = await police.messages()
    await police.press(forged, "Reply")

    async def told():
        return len(await police.messages()) == 2

    await eventually(told)
    assert_only_facts(logged.lines())


# The line itself


def test_the_text_of_an_exception_stays_out_and_its_place_is_kept(logged):
    logged.start()
    try:
        Audience(PLANTED)
    except ValueError:
        logging.getLogger("vigil.test").exception("it failed")
    [line] = logged.lines()
    found = json.loads(line)
    assert found["error_type"] == "ValueError"
    assert any(place.startswith("test_logs.py:") for place in found["where"])
    assert_only_facts([line])


def test_what_went_wrong_in_a_group_of_tasks_is_named(logged):
    logged.start()
    group = ExceptionGroup(PLANTED, [ExceptionGroup(PLANTED, [LookupError(PLANTED)])])
    logging.getLogger("vigil.test").error("it failed", exc_info=group)
    [line] = logged.lines()
    assert json.loads(line)["error_type"] == "LookupError"
    assert_only_facts([line])


def test_every_fact_that_vigil_hands_to_a_logger_is_let_through():
    """Only ids and words of our own lists are handed over; see where each is."""
    handed = set()
    for path in chain(
        *(Path(folder).rglob("*.py") for folder in (ROOT / "bot", ROOT / "jobs", ROOT / "storage"))
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "extra":
                handed |= {
                    key.value
                    for each in ast.walk(node.value)
                    if isinstance(each, ast.Dict)
                    for key in each.keys
                    if isinstance(key, ast.Constant)
                }
    assert {"notice_id", "reason", "slack_error"} <= handed
    assert handed <= set(_FACTS)


def test_facts_that_are_not_on_the_list_stay_out(logged):
    logged.start()
    logging.getLogger("vigil.test").info("sent", extra={"words": PLANTED, "notice_id": "n1"})
    [line] = logged.lines()
    assert json.loads(line)["notice_id"] == "n1"
    assert_only_facts([line])


def test_libraries_that_would_log_what_people_type_stay_quiet(logged):
    logged.start()
    for library in ("slack_bolt", "slack_sdk", "apscheduler", "sqlalchemy", "aiohttp", "asyncio"):
        logging.getLogger(f"{library}.part").info("payload: %s", PLANTED)
        logging.getLogger(f"{library}.part").debug("payload: %s", PLANTED)
    assert logged.lines() == []


async def test_a_task_that_nobody_awaited_does_not_give_its_words_away(logged):
    logged.start()

    async def fail() -> None:
        raise ValueError(PLANTED)

    task = asyncio.get_running_loop().create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)
    assert logged.lines()
    assert_only_facts(logged.lines())

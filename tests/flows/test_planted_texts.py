"""Nothing that the guard refuses is kept: texts of every kind are planted, and then looked for everywhere.

Everywhere is the database's files with SQLite's write-ahead log, or every row of PostgreSQL; what is logged and what is
measured; and every call and answer of the bot that the workspace saw, views with their private_metadata among them.
"""

import contextlib
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from sqlalchemy import inspect, text

from bot.logs import start_logging
from jobs.measures import REGISTRY
from storage.guard import Found
from tests.factories import london
from tests.flows.moves import UNDER_WAY, message_saying, replies, reply
from tests.flows.story import Me, Story

ASKED = london(2026, 9, 11, 9)
CORRECTED = "Ask the front door about the heron."

#: A text of each kind, and the parts of it that may be found nowhere.
PLANTED = {
    Found.NHS_NUMBER: ("Zanzibar 943 476 5919", "943 476 5919", "9434765919"),
    Found.PUPIL_NUMBER: ("Zanzibar UPN G999912555678", "G999912555678"),
    Found.NATIONAL_INSURANCE_NUMBER: ("Zanzibar QQ 12 34 56 C", "QQ 12 34 56", "QQ123456"),
    Found.POSTCODE: ("Zanzibar lives at ZZ99 9ZZ", "ZZ99 9ZZ", "ZZ999ZZ"),
    Found.PHONE_NUMBER: ("Zanzibar on 07700 900123", "07700 900123", "07700900123"),
    Found.PERSONAL_EMAIL: ("Zanzibar zanzibar.worker@gmail.com", "zanzibar.worker", "gmail.com"),
    Found.DATE_OF_BIRTH: ("Zanzibar was born on 17/11/2010", "17/11/2010", "2010-11-17"),
    Found.AGE: ("Zanzibar is a 7-year-old", "7-year-old"),
    Found.ONE_CHILD: ("Zanzibar is what we call Child A", "Child A"),
    Found.CASE_REFERENCE: ("Zanzibar crime ref 20/45678/26", "20/45678/26"),
}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that Vigil ever logs, as `vigil run` does on standard error."""
    stream = io.StringIO()
    root, own = logging.getLogger(), logging.getLogger("vigil")
    handlers, level, own_level = root.handlers[:], root.level, own.level
    with contextlib.redirect_stderr(stream):
        start_logging("DEBUG")
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    own.setLevel(own_level)


def test_a_text_of_every_kind_is_planted():
    assert set(PLANTED) == set(Found)


async def test_what_was_refused_is_found_nowhere(logged, story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    for found, (planted, *_) in PLANTED.items():
        await refused_and_still_open(police, found, planted)
    assert replies(story) == []
    assert b'"private_metadata": "{' in everything_said(story)
    assert_found_nowhere(story, kept=b"Police respondent, Birmingham")

    assert (await police.send(OQ6=CORRECTED))["result"] == "closed"
    await message_saying(police, CORRECTED)
    assert replies(story)[0].answers == {**UNDER_WAY, "OQ6": CORRECTED}
    assert_found_nowhere(story, kept=CORRECTED.encode())
    lines = logged.getvalue().splitlines()
    assert any("notice_id" in line for line in lines)
    assert_none_in("\n".join(lines).encode())


async def refused_and_still_open(me: Me, found: Found, planted: str) -> None:
    """Send it: the kind is told and not the text, and the form still holds all that was typed."""
    refused = await me.send(**UNDER_WAY, OQ6=planted)
    assert refused["result"] == "errors"
    assert list(refused["errors"]) == ["OQ6"]
    assert_none_in(json.dumps(refused, ensure_ascii=False).encode())
    sentence = refused["errors"]["OQ6"]
    assert sentence.startswith(f"This looks like {found}. Take it out")
    assert "If a child is in danger call 999." in sentence
    typed = (await me.view())["values"]
    assert {block: typed[block]["answer"] for block in (*UNDER_WAY, "OQ6")} == {
        **UNDER_WAY,
        "OQ6": planted,
    }


async def test_a_correction_is_guarded_like_a_first_reply(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6=CORRECTED)
    receipt = await message_saying(police, CORRECTED)
    await police.press(receipt, "Change my reply")
    for found, (planted, *_) in PLANTED.items():
        await refused_and_still_open(police, found, planted)
    assert [each.revision for each in replies(story)] == [1]
    assert_found_nowhere(story, kept=CORRECTED.encode())


async def test_what_is_typed_to_the_bot_or_after_a_command_is_not_kept_either(logged, story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    for planted, *_ in PLANTED.values():
        assert_none_in((await police.type(planted)).words().encode())
        assert_none_in((await police.type(f"/review-status {planted}")).words().encode())
    assert_found_nowhere(story, kept=b"Police respondent, Birmingham")
    assert_none_in(logged.getvalue().encode())


def assert_found_nowhere(story: Story, *, kept: bytes) -> None:
    """Look in the database, the metrics and all that the bot said; `kept` shows that the looking works."""
    stored = everything_in(story)
    assert kept in stored
    assert_none_in(stored)
    said = everything_said(story)
    assert b'"text": ' in said
    assert_none_in(said)
    measured = generate_latest(REGISTRY)
    assert b"vigil_notices" in measured
    assert_none_in(measured)


def assert_none_in(content: bytes) -> None:
    """None of what was planted, however it is written."""
    seen = content.lower()
    for planted in PLANTED.values():
        assert [part for part in ("Zanzibar", *planted) if part.lower().encode() in seen] == []


def everything_said(story: Story) -> bytes:
    """Every call and answer of the bot, every message that is its own, and every view and Home tab as it was drawn."""
    [app] = story.workspace.installations.values()
    messages = [
        (message.text, message.blocks, message.metadata)
        for conversation in app.workspace.conversations.values()
        for message in conversation.messages
        if message.by_bot
    ]
    views = [*app.workspace.views.values(), *app.workspace.homes.values()]
    drawn = [view.content for view in views]
    said = [list(app.log.accepted), list(app.log.refused), messages, drawn]
    return json.dumps(said, ensure_ascii=False, default=str).encode()


def everything_in(story: Story) -> bytes:
    """All that the database holds: the file and its log on SQLite, every row of every table elsewhere."""
    engine = story.database.engine
    if engine.url.database and engine.name == "sqlite":
        folder = Path(engine.url.database).parent
        found = sorted(folder.glob("vigil.sqlite*"))
        assert any(path.name.endswith("-wal") for path in found)
        return b"".join(path.read_bytes() for path in found)
    with engine.connect() as connection:
        return "\n".join(
            str(row[0])
            for table in inspect(engine).get_table_names()
            for row in connection.execute(text(f'SELECT t::text FROM "{table}" t'))  # noqa: S608
        ).encode()

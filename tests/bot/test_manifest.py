"""The Slack app as Slack is told of it."""

import json
import re
from pathlib import Path

from bot.ids import Command
from bot.manifest import BOT_EVENTS, BOT_SCOPES, manifest
from bot.workspace.web_api.methods import METHODS

ROOT = Path(__file__).parents[2]
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in (ROOT / "bot").rglob("*.py")
    if "workspace" not in path.parts
]
#: A Web API method of the client, as code calls it: `client.views_open(`.
CALL = re.compile(r"\.((?:auth|chat|conversations|views|users|files|reactions|apps)_\w+)\(")


def called_methods() -> set[str]:
    """The Web API methods that the bot calls."""
    return {match.replace("_", ".") for source in SOURCES for match in CALL.findall(source)}


def test_the_file_is_what_the_command_prints():
    assert json.loads((ROOT / "manifest.json").read_text(encoding="utf-8")) == manifest()


def test_the_bot_calls_something():
    assert {"chat.postMessage", "chat.update", "conversations.open", "views.open"} <= (
        called_methods()
    )


def test_the_scopes_cover_every_method_that_is_called():
    scopes = set(BOT_SCOPES)
    for method in called_methods():
        needed = METHODS[method].scopes
        assert not needed or scopes & set(needed), method
    assert "im:write" in scopes  # conversations.open with one person
    assert "im:history" in scopes  # conversations.history of a direct message, and message.im
    assert "users:read" in scopes  # user_change
    assert "users:read.email" in scopes  # the address in users.info


def test_no_scope_is_asked_for_that_nothing_needs():
    needed = {scope for method in called_methods() for scope in METHODS[method].scopes}
    heard = {"im:history", "users:read"}  # message.im and user_change
    told = {"users:read.email"}  # the address in users.info
    assert set(BOT_SCOPES) <= needed | {"commands", "im:write"} | heard | told


def test_it_subscribes_to_what_the_listeners_hear():
    heard = {
        event for source in SOURCES for event in re.findall(r"app\.event\(\"(\w+)\"\)", source)
    }
    assert {event.partition(".")[0] for event in BOT_EVENTS} == heard


def test_every_command_of_the_bot_is_in_it():
    assert [each["command"] for each in manifest()["features"]["slash_commands"]] == list(Command)


def test_it_keeps_slacks_own_limits():
    shown = manifest()
    assert len(shown["display_information"]["name"]) <= 35
    assert len(shown["display_information"]["description"]) <= 140
    for command in shown["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000

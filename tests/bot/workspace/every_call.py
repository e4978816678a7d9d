"""Looks back at every call that a bot made, and at what came of it: has Slack's judge seen it all?

A conftest.py imports `pytest_runtest_call` from here; then each test below it that has a local workspace
among its fixtures fails when a call slipped past.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.workspace import LocalWorkspace
from bot.workspace.blocks import checked_message_blocks, checked_metadata, checked_view
from bot.workspace.installation import Installation
from bot.workspace.refusal import RefusedError
from bot.workspace.web_api.arguments import checked
from bot.workspace.web_api.methods import METHODS

#: Not methods, but answers of the app that are held to the same rules.
ANSWERS = {"respond", "acknowledgement", "response_action"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    yield
    values = getattr(item, "funcargs", {}).values()
    inside = [getattr(value, name, None) for value in values for name in ("workspace", "slack")]
    for found in {id(one): one for one in [*values, *inside]}.values():
        if isinstance(found, LocalWorkspace) and (complaints := slipped_past(found)):
            pytest.fail("\n".join(["Slipped past the rules:", *complaints]))


def slipped_past(workspace: LocalWorkspace) -> list[str]:
    """What is in a workspace, or in its log, that no rule would have let in."""
    apps = workspace.installations.values()
    return [complaint for app in apps for complaint in [*_in_log(app), *_in_sight(app)]]


def _in_log(app: Installation) -> Iterator[str]:
    for entry in app.log.accepted:
        method, arguments = entry["method"], entry["arguments"]
        where = f"{method} {entry['number']}"
        if method in METHODS:
            yield from _refusal(where, checked, arguments, METHODS[method].takes)
        elif method not in ANSWERS:
            yield f"{where}: no such method"
        yield from _parts(where, arguments)


def _in_sight(app: Installation) -> Iterator[str]:
    logged = {entry.get("ts") for entry in app.log.accepted}
    shared = any(one["method"] == "files.completeUploadExternal" for one in app.log.accepted)
    for conversation in app.workspace.conversations.values():
        for message in conversation.messages:
            if not message.by_bot:
                continue
            if message.ts not in logged and not (message.files and shared):
                yield f"message {message.ts}: came without an accepted call"
            if message.blocks:
                yield from _parts(f"message {message.ts}", {"blocks": message.blocks})
    for view in [*app.workspace.views.values(), *app.workspace.homes.values()]:
        # With the ids that Slack makes up it may be larger than what was sent.
        found = _parts(f"view {view.id}", {"view": view.content})
        yield from (complaint for complaint in found if "view_too_large" not in complaint)


def _parts(where: str, arguments: dict[str, Any]) -> Iterator[str]:
    if arguments.get("blocks"):
        yield from _refusal(where, checked_message_blocks, arguments["blocks"])
    if arguments.get("view"):
        yield from _refusal(where, checked_view, arguments["view"], arguments["view"].get("type"))
    if arguments.get("metadata"):
        yield from _refusal(where, checked_metadata, arguments["metadata"])


def _refusal(where: str, check: Any, *values: Any) -> Iterator[str]:
    try:
        check(*values)
    except RefusedError as refusal:
        yield f"{where}: {refusal.error} {refusal.messages}"

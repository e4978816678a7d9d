"""A plain Bolt app runs here unchanged, over Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_server import AsyncSlackAppServer

from bot.workspace import LocalWorkspace
from tests.bot.workspace.example import ANN, Control, build_example_bot, make_team, until


@pytest.fixture(params=["socket mode", "http"])
async def bot(request, clock, session) -> AsyncIterator[tuple]:
    slack = LocalWorkspace(teams=[make_team()], clock=clock)
    await slack.start()
    app = build_example_bot(slack.api_url, "xoxb-local-leeds", "secret-leeds")
    control = Control(slack.url, session)
    if request.param == "http":
        runner = web.AppRunner(AsyncSlackAppServer(0, "/slack/events", app).web_app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await control.post(
            "request-url", {"url": f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"}
        )
        yield app, control
        await runner.cleanup()
    else:
        handler = AsyncSocketModeHandler(app, "xapp-local-leeds")
        await handler.connect_async()
        yield app, control
        await handler.close_async()
    await slack.stop()


async def say(control, text):
    body = {"channel": "DLEEDSANN", "text": text}
    return await control.post(f"people/{ANN}/commands", body)


async def test_a_command_a_button_a_modal_and_a_reply(bot):
    _, control = bot
    await control.get(f"people/{ANN}/conversations")
    assert await say(control, "/example Ann") == {"acknowledged": True}
    await until(lambda: _count(control, 3))
    messages = await control.messages()
    shown = {message["text"]: message["ephemeral"] for message in messages}
    assert shown == {"Hello, Ann": True, "Later": True, "Ready?": False}
    ready = next(message for message in messages if message["text"] == "Ready?")
    await control.press(ready["ts"], "answer", "open")
    view = await until(lambda: _view(control))
    values = {"said": {"said": "no"}}
    refused = await control.post(
        f"people/{ANN}/view/submit", {"view_id": view["id"], "values": values}
    )
    assert refused == {"result": "errors", "errors": {"said": "Say more."}}
    values = {"said": {"said": "yes"}}
    done = await control.post(
        f"people/{ANN}/view/submit", {"view_id": view["id"], "values": values}
    )
    assert done == {"result": "closed"}
    await until(lambda: _count(control, 4))
    assert (await control.messages())[-1]["text"] == "You said yes."


async def _count(control, count):
    return len(await control.messages()) == count


async def _view(control):
    return (await control.get(f"people/{ANN}/view"))["view"]

"""A plain Bolt app runs here unchanged, over Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_server import AsyncSlackAppServer

from bot.workspace import LocalWorkspace
from tests.bot.workspace.example import COUNCIL, Control, build_example_bot, make_team, until


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
    body = {"channel": "DLEEDSCOUNCIL", "text": text}
    return await control.post(f"people/{COUNCIL}/commands", body)


async def test_a_command_a_button_a_modal_and_a_reply(bot):
    _, control = bot
    await control.get(f"people/{COUNCIL}/conversations")
    assert await say(control, "/example council") == {"acknowledged": True}
    await until(lambda: _count(control, 3))
    messages = await control.messages()
    shown = {message["text"]: message["ephemeral"] for message in messages}
    assert shown == {"Hello, council": True, "Later": True, "Ready?": False}
    ready = next(message for message in messages if message["text"] == "Ready?")
    await control.press(ready["ts"], "answer", "open")
    view = await until(lambda: _view(control))
    values = {"said": {"said": "no"}}
    refused = await control.post(
        f"people/{COUNCIL}/view/submit", {"view_id": view["id"], "values": values}
    )
    assert refused == {"result": "errors", "errors": {"said": "Say more."}}
    values = {"said": {"said": "yes"}}
    done = await control.post(
        f"people/{COUNCIL}/view/submit", {"view_id": view["id"], "values": values}
    )
    assert done == {"result": "closed"}
    await until(lambda: _count(control, 4))
    assert (await control.messages())[-1]["text"] == "You said yes."


async def test_what_a_person_types_is_answered(bot):
    app, control = bot
    await control.get(f"people/{COUNCIL}/conversations")
    await control.post(f"people/{COUNCIL}/conversations/DLEEDSCOUNCIL/messages", {"text": "hello"})
    await until(lambda: _count(control, 2))
    assert (await control.messages())[-1]["text"] == "Hello yourself."
    assert app.heard[0]["event"]["user"] == COUNCIL


@pytest.mark.parametrize("bot", ["socket mode"], indirect=True)
async def test_a_bot_survives_being_asked_to_reconnect(bot):
    _, control = bot
    await control.get(f"people/{COUNCIL}/conversations")
    await control.post("socket", {"disconnect": "refresh_requested"})
    await until(lambda: _connected(control))
    await control.post(f"people/{COUNCIL}/conversations/DLEEDSCOUNCIL/messages", {"text": "hello"})
    await until(lambda: _count(control, 2))


async def _connected(control):
    return (await control.get("socket"))["connections"] == 1


async def test_opening_home_publishes_it(bot):
    _, control = bot
    await control.post(f"people/{COUNCIL}/home")
    home = await until(lambda: _view(control, "home"))
    assert home["blocks"][0]["text"]["text"] == "Home"


async def test_a_modal_is_updated_pushed_cleared_and_closed(bot):
    app, control = bot
    view = await _opened(control)
    assert view["values"] == {"said": {"said": None}}
    again = await _submit(control, view, "again")
    assert (again["result"], again["view"]["id"]) == ("updated", view["id"])
    deeper = await _submit(control, view, "deeper")
    assert deeper["view"]["previous_view_id"] == view["id"]
    closed = await control.post(f"people/{COUNCIL}/view/close", {"view_id": deeper["view"]["id"]})
    assert closed == {"result": "closed"}
    assert [body["type"] for body in app.heard if "view" in body] == ["view_closed"]
    assert (await _view(control))["id"] == view["id"]
    await _submit(control, view, "deeper")
    top = await _view(control)
    assert await _submit(control, top, "enough") == {"result": "closed"}
    assert await _view(control) is None


async def test_an_empty_required_field_never_reaches_the_bot(bot):
    _, control = bot
    view = await _opened(control)
    answer = await _submit(control, view, "")
    assert answer == {
        "result": "errors",
        "errors": {"said": "Please complete this required field."},
    }


async def test_a_closed_modal_cannot_be_submitted(bot):
    _, control = bot
    view = await _opened(control)
    await control.post(f"people/{COUNCIL}/view/close", {"view_id": view["id"]})
    body = {"view_id": view["id"], "values": {}}
    refused = await control.post(f"people/{COUNCIL}/view/submit", body, status=409)
    assert refused["error"] == "That view is not open."


async def _opened(control):
    await control.get(f"people/{COUNCIL}/conversations")
    await say(control, "/example council")
    await until(lambda: _count(control, 3))
    ready = next(one for one in await control.messages() if one["text"] == "Ready?")
    await control.press(ready["ts"], "answer", "open")
    return await until(lambda: _view(control))


async def _submit(control, view, said):
    body = {"view_id": view["id"], "values": {"said": {"said": said}}}
    return await control.post(f"people/{COUNCIL}/view/submit", body)


async def _count(control, count):
    return len(await control.messages()) == count


async def _view(control, what="view"):
    return (await control.get(f"people/{COUNCIL}/{what}"))["view"]

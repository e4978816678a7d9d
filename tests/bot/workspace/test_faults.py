"""Faults on demand: what the app sees, and what was accepted all the same."""

import asyncio

import aiohttp
import pytest

from tests.bot.workspace.example import COUNCIL, POLICE, until


async def accepted(control):
    return [one["method"] for one in (await control.get("log"))["accepted"]]


async def post(world, channel=COUNCIL):
    return await world.call("chat.postMessage", channel=channel, text="T")


@pytest.mark.parametrize(
    ("kind", "taken"), [("drop", ["chat.postMessage"]), ("reset", [])], ids=["drop", "reset"]
)
async def test_a_connection_that_closes_without_an_answer(world, control, kind, taken):
    await control.post("faults", {"kind": kind, "method": "chat.postMessage"})
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(world)
    assert await accepted(control) == taken
    assert (await post(world))["ok"]


async def test_a_server_error_before_or_after_the_call_was_accepted(world, control):
    await control.post("faults", {"kind": "status", "status": 502})
    await control.post("faults", {"kind": "status", "accepted": True})
    url, headers = (
        world.slack.api_url + "chat.postMessage",
        {"Authorization": "Bearer xoxb-local-leeds"},
    )
    statuses = []
    for _ in range(3):
        async with world.session.post(
            url, json={"channel": COUNCIL, "text": "T"}, headers=headers
        ) as answer:
            statuses.append(answer.status)
    assert statuses == [502, 503, 200]
    assert len(await accepted(control)) == 2


async def test_a_slow_answer_was_accepted_at_once(world, control):
    await control.post("faults", {"kind": "slow", "seconds": 0.3})
    waiting = asyncio.ensure_future(post(world))
    await until(lambda: accepted(control))
    assert not waiting.done()
    assert (await waiting)["ok"]


async def test_a_rate_limit_or_another_refusal(world, control):
    await control.post("faults", {"kind": "ratelimited", "retry_after": 7})
    await control.post("faults", {"kind": "error", "error": "token_revoked"})
    limited = await post(world)
    assert (limited["status"], limited["retry_after"]) == (429, 7)
    assert (await post(world))["error"] == "token_revoked"
    assert await accepted(control) == []


async def test_a_fault_is_aimed_by_method_channel_and_count(world, control):
    fault = {
        "kind": "error",
        "method": "chat.postMessage",
        "channel": POLICE,
        "count": 2,
        "skip": 1,
    }
    await control.post("faults", fault)
    assert (await world.call("auth.test"))["ok"]
    assert (await post(world, COUNCIL))["ok"]
    assert [(await post(world, POLICE))["ok"] for _ in range(4)] == [True, False, False, True]
    assert await control.get("faults") == {"faults": []}


async def test_faults_can_be_taken_back_and_have_to_make_sense(world, control):
    await control.post("faults", {"kind": "drop"})
    async with world.session.delete(f"{world.slack.url}/control/faults") as answer:
        assert await answer.json() == {"faults": []}
    assert (await post(world))["ok"]
    assert "kind" in (await control.post("faults", {"kind": "flood"}, status=400))["error"]
    assert "colour" in (await control.post("faults", {"colour": "red"}, status=400))["error"]


async def test_a_response_url_can_fail_too(world, control):
    conversation, _ = world.app.workspace.direct_message(COUNCIL)
    secret = world.app.tickets.new_response_url(COUNCIL, conversation, None)
    await control.post("faults", {"kind": "status", "method": "respond"})
    assert (await world.respond(secret, {"text": "T"}))[0] == 503
    assert await world.respond(secret, {"text": "T"}) == (200, "ok")


async def test_an_event_can_be_delivered_twice(world, control):
    await world.call("conversations.open", users=COUNCIL)
    await control.post("faults", {"kind": "redeliver", "method": "message"})
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    async with world.session.ws_connect(opened["url"]) as socket:
        await socket.receive_json()
        await control.post(
            f"people/{COUNCIL}/conversations/D{COUNCIL[1:]}/messages", {"text": "Hi"}
        )
        copies = [await socket.receive_json() for _ in range(2)]
    assert len({one["payload"]["event_id"] for one in copies}) == 1


async def test_a_dropped_answer_of_a_response_url_or_an_upload_was_accepted(world, control):
    conversation, _ = world.app.workspace.direct_message(COUNCIL)
    secret = world.app.tickets.new_response_url(COUNCIL, conversation, None)
    await control.post("faults", {"kind": "drop", "method": "respond"})
    await control.post("faults", {"kind": "drop", "method": "upload"})
    with pytest.raises(aiohttp.ClientConnectionError):
        await world.respond(secret, {"text": "T"})
    assert [one["text"] for one in await control.messages()] == ["T"]
    step = await world.call("files.getUploadURLExternal", filename="a.png", length=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await world.session.post(step["upload_url"], data=b"1")
    done = await world.call("files.completeUploadExternal", files=[{"id": step["file_id"]}])
    assert done["ok"]


async def test_a_second_delivery_can_be_aimed_at_one_channel(world, control):
    for person in (COUNCIL, POLICE):
        await world.call("conversations.open", users=person)
    fault = {"kind": "redeliver", "method": "message", "channel": f"D{POLICE[1:]}"}
    await control.post("faults", fault)
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    async with world.session.ws_connect(opened["url"]) as socket:
        await socket.receive_json()
        for person in (COUNCIL, POLICE):
            path = f"people/{person}/conversations/D{person[1:]}/messages"
            await control.post(path, {"text": "Hi"})
        authors = [(await socket.receive_json())["payload"]["event"]["user"] for _ in range(3)]
    assert sorted(authors) == [COUNCIL, POLICE, POLICE]

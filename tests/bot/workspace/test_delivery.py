"""Socket Mode and signed HTTP, from the wire up."""

import asyncio
import hashlib
import hmac
import json
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from tests.bot.workspace.example import COUNCIL, POLICE, until

CHANNEL = f"D{COUNCIL[1:]}"
TYPED = f"people/{COUNCIL}/conversations/{CHANNEL}/messages"


@pytest.fixture(autouse=True)
async def _opened(world):
    await world.call("conversations.open", users=COUNCIL)


@asynccontextmanager
async def connected(world):
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    async with world.session.ws_connect(opened["url"]) as socket:
        yield socket, await socket.receive_json()


async def acknowledge(socket, envelope, payload=None):
    answer = {"envelope_id": envelope["envelope_id"]}
    await socket.send_json(answer if payload is None else {**answer, "payload": payload})


async def test_a_connection_begins_with_hello_and_its_ticket_is_good_once(world):
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    async with world.session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"]["app_id"] == "A0LEEDS"
        async with world.session.get(opened["url"].replace("ws", "http", 1)) as second:
            assert second.status == 403


async def test_a_message_in_a_direct_message_is_an_event(world, control):
    async with connected(world) as (socket, _):
        typed = await control.post(TYPED, {"text": "a < b & c"})
        envelope = await socket.receive_json()
        await acknowledge(socket, envelope)
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    payload = envelope["payload"]
    assert (payload["type"], payload["team_id"], payload["api_app_id"]) == (
        "event_callback", "T0LEEDS", "A0LEEDS",
    )  # fmt: skip
    event = payload["event"]
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", CHANNEL)
    assert (event["user"], event["ts"], event["text"]) == (COUNCIL, typed["ts"], "a &lt; b &amp; c")


async def test_the_bot_hears_its_own_messages_as_at_slack(world):
    async with connected(world) as (socket, _):
        posted = await world.call("chat.postMessage", channel=COUNCIL, text="T")
        event = (await socket.receive_json())["payload"]["event"]
        assert (event["ts"], event["bot_id"]) == (posted["ts"], "BLEEDSBOT")
        await world.call("chat.update", channel=CHANNEL, ts=posted["ts"], text="U")
        event = (await socket.receive_json())["payload"]["event"]
        assert (event["subtype"], event["message"]["text"]) == ("message_changed", "U")
        await world.call("chat.delete", channel=CHANNEL, ts=posted["ts"])
        event = (await socket.receive_json())["payload"]["event"]
        assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", posted["ts"])


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_opening_a_tab_is_an_event_that_names_it(world, control, tab):
    await world.call("views.publish", user_id=COUNCIL, view={"type": "home", "blocks": []})
    async with connected(world) as (socket, _):
        opening = asyncio.ensure_future(control.post(f"people/{COUNCIL}/home", {"tab": tab}))
        envelope = await socket.receive_json()
        await acknowledge(socket, envelope)
        await opening
    event = envelope["payload"]["event"]
    assert (event["type"], event["tab"], event["channel"]) == ("app_home_opened", tab, CHANNEL)
    assert ("view" in event) == (tab == "home")
    await control.post(f"people/{COUNCIL}/home", {"tab": "about"}, status=400)


async def test_closing_an_account_is_an_event_for_an_app_that_may_read_about_users(
    slack, world, control
):
    async with connected(world) as (socket, _):
        await control.post(f"people/{COUNCIL}/deactivate", {})
        envelope = await socket.receive_json()
        await acknowledge(socket, envelope)
        event = envelope["payload"]["event"]
        assert (event["type"], event["user"]["id"]) == ("user_change", COUNCIL)
        assert event["user"]["deleted"] is True
        world.app.team = replace(world.app.team, scopes=frozenset({"chat:write"}))
        await slack.remove_person(world.app.team.team_id, POLICE)
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.1)
    await control.post(f"people/{COUNCIL}/deactivate", {}, status=404)


async def test_events_over_the_hour_s_allowance_are_left_out_and_said_once_a_minute(world, control):
    world.app.pacing.on = True
    for _ in range(30_000):
        world.app.pacing.take(("events",), a_minute=500, burst=30_000)
    async with connected(world) as (socket, _):
        for _ in range(2):
            await control.post(TYPED, {"text": "Left out"})
        told = await socket.receive_json()
        await acknowledge(socket, told)
        assert told["payload"]["type"] == "app_rate_limited"
        assert told["payload"]["minute_rate_limited"] % 60 == 0
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.1)
        world.later(1)
        await control.post(TYPED, {"text": "Comes"})
        envelope = await socket.receive_json()
        await acknowledge(socket, envelope)
    assert envelope["payload"]["event"]["text"] == "Comes"


async def test_an_event_that_is_not_acknowledged_comes_again(world, control):
    world.app.socket_mode.acknowledge_within = 0.05
    world.app.deliveries.redeliver_after = (0, 0.05, 0.05)
    async with connected(world) as (socket, _):
        await control.post(TYPED, {"text": "Hi"})
        copies = [await socket.receive_json() for _ in range(4)]
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.2)
    assert [one["retry_attempt"] for one in copies] == [0, 1, 2, 3]
    assert {one["retry_reason"] for one in copies[1:]} == {"timeout"}
    assert len({one["payload"]["event_id"] for one in copies}) == 1
    assert len({one["envelope_id"] for one in copies}) == 4


async def test_an_interaction_never_comes_again(world, control):
    world.app.socket_mode.acknowledge_within = 0.05
    body = {"channel": CHANNEL, "text": "/example"}
    async with connected(world) as (socket, _):
        answer = await control.post(f"people/{COUNCIL}/commands", body, status=504)
        assert "did not answer within 3 seconds" in answer["error"]
        assert (await socket.receive_json())["type"] == "slash_commands"
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.1)


async def test_without_a_connection_the_person_is_told(control):
    body = {"channel": CHANNEL, "text": "/example"}
    answer = await control.post(f"people/{COUNCIL}/commands", body, status=504)
    assert answer["error"] == "Example is not connected."


async def test_what_a_broken_connection_held_goes_to_another(world, control):
    world.app.deliveries.redeliver_after = (0.05,)
    async with connected(world) as (first, _), connected(world) as (second, hello):
        assert hello["num_connections"] == 2
        await control.post(TYPED, {"text": "Hi"})
        heard = {asyncio.ensure_future(one.receive_json()): one for one in (first, second)}
        (done,), (waiting,) = await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)
        await heard[done].close()
        again = await waiting
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
        await acknowledge(heard[waiting], again)


async def test_connections_take_turns(world, control):
    async with connected(world) as (first, _), connected(world) as (second, _):
        for _ in range(4):
            await control.post(TYPED, {"text": "Hi"})
        for socket in (first, second):
            for _ in range(2):
                await acknowledge(socket, await socket.receive_json())


async def test_a_connection_that_is_asked_to_go_gets_no_more_but_may_finish(world, control):
    async with connected(world) as (old, _):
        await control.post(TYPED, {"text": "One"})
        held = await old.receive_json()
        assert (await control.post("socket", {"disconnect": "refresh_requested"})) == {
            "disconnected": 1
        }
        goodbye = await old.receive_json()
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "refresh_requested")
        async with connected(world) as (new, hello):
            assert hello["num_connections"] == 1
            await acknowledge(old, held)
            await control.post(TYPED, {"text": "Two"})
            assert (await new.receive_json())["payload"]["event"]["text"] == "Two"


async def test_a_connection_can_be_cut_off(world, control):
    async with connected(world) as (socket, _):
        await control.post("socket", {"disconnect": "cut"})
        assert (await socket.receive()).type.name in {"CLOSED", "ERROR"}
    assert await control.get("socket") == {"connections": 0}
    assert "disconnect" in (await control.post("socket", {}, status=400))["error"]


@asynccontextmanager
async def listening(answer):
    """An app's HTTP server, which keeps what it got."""
    got = []

    async def listen(request):
        body = await request.text()
        got.append((request.headers.copy(), body))
        if body.startswith("{") and json.loads(body)["type"] == "url_verification":
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        return await answer(request)

    app = web.Application()
    app.router.add_post("/events", listen)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/events", got
    await runner.cleanup()


async def ok(_request):
    return web.Response()


async def test_a_request_url_is_verified_when_it_is_saved(control):
    async with listening(ok) as (url, got):
        assert await control.post("request-url", {"url": url}) == {"url": url}
        (_, challenge), (_, check) = got
        assert json.loads(challenge)["type"] == "url_verification"
        assert parse_qs(check)["ssl_check"] == ["1"]
    refused = await control.post("request-url", {"url": url}, status=409)
    assert "connection_failed" in refused["error"]


async def test_requests_are_signed_with_the_machine_s_time(control):
    async with listening(ok) as (url, got):
        await control.post("request-url", {"url": url})
        await control.post(TYPED, {"text": "Hi"})
        await until(lambda: len(got) == 3)
        headers, body = got[-1]
    base = f"v0:{headers['X-Slack-Request-Timestamp']}:{body}".encode()
    signature = hmac.new(b"secret-leeds", base, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={signature}"
    assert headers["Content-Type"] == "application/json"
    assert "X-Slack-Retry-Num" not in headers


async def test_an_http_event_comes_again_with_its_headers_unless_the_app_says_no(world, control):
    world.app.deliveries.redeliver_after = (0, 0.05, 0.05)

    async def fail(_request):
        headers = {"X-Slack-No-Retry": "1"} if len(got) == 5 else {}
        return web.Response(status=500, headers=headers)

    async with listening(fail) as (url, got):
        world.app.http.request_url = url
        await control.post(TYPED, {"text": "Hi"})
        await until(lambda: len(got) == 4)
        await asyncio.sleep(0.1)
        retries = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _ in got]
        assert retries == [
            (None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error"),
        ]  # fmt: skip
        await control.post(TYPED, {"text": "Hi"})
        await asyncio.sleep(0.2)
        assert len(got) == 5


async def test_an_app_that_takes_too_long_over_http_is_asked_again(world, control):
    world.app.http.acknowledge_within = 0.05
    world.app.deliveries.redeliver_after = (0,)

    async def dawdle(_request):
        await asyncio.sleep(0.2)
        return web.Response()

    async with listening(dawdle) as (url, got):
        world.app.http.request_url = url
        await control.post(TYPED, {"text": "Hi"})
        await until(lambda: len(got) == 2)
        assert got[1][0]["X-Slack-Retry-Reason"] == "http_timeout"


async def test_commands_and_interactions_arrive_as_forms(world, control):
    async def answer(_request):
        return web.json_response({"text": "At once"})

    async with listening(answer) as (url, got):
        world.app.http.request_url = url
        body = {"channel": CHANNEL, "text": "/example a  b"}
        await control.post(f"people/{COUNCIL}/commands", body)
        form = {name: value for name, (value,) in parse_qs(got[0][1]).items()}
    assert (form["command"], form["text"], form["user_id"]) == ("/example", "a  b", COUNCIL)
    assert (form["channel_name"], form["team_domain"]) == ("directmessage", "leeds-partnership")
    assert form["response_url"].startswith(f"{world.slack.url}/respond/T0LEEDS/")
    assert [one["text"] for one in await control.messages()] == ["At once"]


async def test_an_acknowledgement_that_slack_would_not_show_is_refused(world, control):
    async def answer(_request):
        return web.json_response({"text": "T", "blocks": [{"type": "video"}]})

    async with listening(answer) as (url, _):
        world.app.http.request_url = url
        body = {"channel": CHANNEL, "text": "/example"}
        refused = await control.post(f"people/{COUNCIL}/commands", body, status=502)
    assert "invalid_blocks" in refused["error"]
    assert (await control.get("log"))["refused"][-1]["method"] == "acknowledgement"

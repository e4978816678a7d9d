"""What the app is sent when a person does something: Slack's own shape."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from tests.bot.workspace.example import COUNCIL, POLICE, READY, modal
from tests.bot.workspace.rule_examples import option, options, plain

CHANNEL = f"D{COUNCIL[1:]}"


@asynccontextmanager
async def listening(world):
    """Acknowledges everything; what came is in the list."""
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    got = []

    async def listen(socket):
        async for frame in socket:
            envelope = frame.json()
            if envelope["type"] != "hello":
                got.append(envelope["payload"])
                await socket.send_json({"envelope_id": envelope["envelope_id"]})

    async with world.session.ws_connect(opened["url"]) as socket:
        task = asyncio.ensure_future(listen(socket))
        yield got
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def interactions(got):
    return [payload for payload in got if payload["type"] != "event_callback"]


async def test_a_press_in_a_message(world, control):
    async with listening(world) as got:
        posted = await world.post(READY)
        await control.press(posted["ts"], "answer", "open")
    (payload,) = interactions(got)
    assert payload["type"] == "block_actions"
    assert payload["user"] == {
        "id": COUNCIL, "username": "council.respondent", "name": "council.respondent", "team_id": "T0LEEDS",
    }  # fmt: skip
    assert payload["team"] == {"id": "T0LEEDS", "domain": "leeds-partnership"}
    assert payload["api_app_id"] == "A0LEEDS"
    assert payload["container"] == {
        "type": "message", "message_ts": posted["ts"], "channel_id": CHANNEL, "is_ephemeral": False,
    }  # fmt: skip
    assert payload["channel"] == {"id": CHANNEL, "name": "directmessage"}
    assert payload["message"]["ts"] == posted["ts"]
    assert payload["state"] == {"values": {}}
    assert {"token", "trigger_id", "response_url", "enterprise"} <= payload.keys()
    (action,) = payload["actions"]
    assert action.pop("action_ts") > posted["ts"]
    assert action == {
        "type": "button", "action_id": "open", "block_id": "answer", "value": "7",
        "text": plain("Answer"),
    }  # fmt: skip


async def test_a_press_in_an_ephemeral_message_comes_without_the_message(world, control):
    await world.call("conversations.open", users=COUNCIL)
    async with listening(world) as got:
        whispered = await world.call(
            "chat.postEphemeral", channel=CHANNEL, user=COUNCIL, text="T", blocks=READY
        )
        await control.press(whispered["message_ts"], "answer", "open")
    (payload,) = interactions(got)
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


async def test_plain_text_comes_back_escaped_as_at_slack(world, control):
    button = {"type": "button", "action_id": "a", "text": plain("Fish & chips")}
    posted = await world.post([{"type": "actions", "block_id": "b", "elements": [button]}])
    async with listening(world) as got:
        await control.press(posted["ts"], "b", "a")
    (payload,) = interactions(got)
    assert payload["actions"][0]["text"]["text"] == "Fish &amp; chips"
    shown = payload["message"]["blocks"][0]["elements"][0]
    assert shown["text"]["text"] == "Fish &amp; chips"
    (message,) = await control.messages()
    assert message["blocks"][0]["elements"][0]["text"]["text"] == "Fish & chips"


FIELDS = {
    "plain_text_input": ({}, "words", {"value": "words"}),
    "static_select": ({"options": options(2)}, "v1", {"selected_option": option(1)}),
    "radio_buttons": ({"options": options(2)}, "v1", {"selected_option": option(1)}),
    "checkboxes": ({"options": options(2)}, ["v0"], {"selected_options": [option(0)]}),
    "multi_static_select": ({"options": options(3)}, ["v0", "v2"], {"selected_options": [option(0), option(2)]}),
    "datepicker": ({}, "2026-10-26", {"selected_date": "2026-10-26"}),
    "timepicker": ({}, "09:30", {"selected_time": "09:30"}),
    "users_select": ({}, POLICE, {"selected_user": POLICE}),
}  # fmt: skip


def form():
    view = modal("kept")
    view["blocks"] = [
        {
            "type": "input",
            "block_id": f"{kind}-block",
            "label": plain(kind),
            "element": {"type": kind, "action_id": kind, **more},
        }
        for kind, (more, _, _) in FIELDS.items()
    ]
    return view


async def test_a_submission_has_every_field_s_value(world, control):
    view = (await world.open(form()))["view"]
    values = {f"{kind}-block": {kind: value} for kind, (_, value, _) in FIELDS.items()}
    async with listening(world) as got:
        body = {"view_id": view["id"], "values": values}
        result = await control.post(f"people/{COUNCIL}/view/submit", body)
    assert result == {"result": "closed"}
    (payload,) = interactions(got)
    assert (payload["type"], payload["response_urls"]) == ("view_submission", [])
    sent = payload["view"]
    assert (sent["id"], sent["hash"], sent["private_metadata"]) == (
        view["id"],
        view["hash"],
        "kept",
    )
    assert sent["state"]["values"] == {
        f"{kind}-block": {kind: {"type": kind, **chosen}} for kind, (_, _, chosen) in FIELDS.items()
    }


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3 characters"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "no more than 3 characters"),
    ],
)
async def test_a_field_that_slack_would_not_send_is_said_to_the_person(
    world, control, element, value, sentence
):
    view = (await world.open_with({"action_id": "said", **element}))["view"]
    body = {"view_id": view["id"], "values": {"said": {"said": value}}}
    answer = await control.post(f"people/{COUNCIL}/view/submit", body)
    assert sentence in answer["errors"]["said"]


async def test_a_choice_in_a_view_carries_what_else_was_filled_in(world, control):
    view = form()
    view["blocks"][1]["dispatch_action"] = True
    opened = (await world.open(view))["view"]
    body = {
        "view_id": opened["id"],
        "block_id": "static_select-block",
        "action_id": "static_select",
        "value": "v0",
        "values": {"plain_text_input-block": {"plain_text_input": "words"}},
    }
    async with listening(world) as got:
        await control.post(f"people/{COUNCIL}/view/actions", body)
        quiet = {"block_id": "datepicker-block", "action_id": "datepicker", "value": "2026-10-26"}
        await control.post(f"people/{COUNCIL}/view/actions", {"view_id": opened["id"], **quiet})
    (payload,) = interactions(got)
    assert payload["container"] == {"type": "view", "view_id": opened["id"]}
    assert payload["actions"][0]["selected_option"] == option(0)
    values = payload["view"]["state"]["values"]
    assert values["static_select-block"]["static_select"]["selected_option"] == option(0)
    assert values["plain_text_input-block"]["plain_text_input"]["value"] == "words"
    assert "response_url" not in payload


async def test_a_choice_in_a_message_is_kept_for_each_person(world, control):
    select = {"type": "static_select", "action_id": "pick", "options": options(2)}
    overflow = {"type": "overflow", "action_id": "more", "options": options(2)}
    blocks = [{"type": "actions", "block_id": "b", "elements": [select, overflow]}]
    posted = await world.post(blocks)
    async with listening(world) as got:
        await control.press(posted["ts"], "b", "pick", "v1")
        await control.press(posted["ts"], "b", "more", "v0")
    first, second = interactions(got)
    chosen = {"b": {"pick": {"type": "static_select", "selected_option": option(1)}}}
    assert first["state"]["values"] == second["state"]["values"] == chosen
    assert second["actions"][0]["selected_option"] == option(0)
    (message,) = await control.messages()
    assert message["values"] == {"b": {"pick": "v1"}}


async def test_closing_tells_of_every_view_that_asked(world, control):
    root = {**modal("1"), "notify_on_close": True}
    await world.open(root)
    top = world.app.workspace.stacks[COUNCIL][-1]
    trigger = world.app.tickets.new_trigger(COUNCIL, top)
    clearing = {**modal("2"), "clear_on_close": True, "notify_on_close": True}
    pushed = await world.call("views.push", trigger_id=trigger, view=clearing)
    async with listening(world) as got:
        await control.post(f"people/{COUNCIL}/view/close", {"view_id": pushed["view"]["id"]})
    assert [(one["type"], one["is_cleared"]) for one in interactions(got)] == [
        ("view_closed", True),
        ("view_closed", True),
    ]
    assert (await control.get(f"people/{COUNCIL}/view"))["view"] is None


async def test_an_answer_that_slack_refuses_is_not_waved_through(world, control):
    view = (await world.open(modal("1")))["view"]
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    submit = f"people/{COUNCIL}/view/submit"
    body = {"view_id": view["id"], "values": {"said": {"said": "yes"}}}
    answers = [
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "errors", "errors": {"elsewhere": "No."}},
        {"response_action": "dance"},
    ]
    async with world.session.ws_connect(opened["url"]) as socket:
        await socket.receive_json()
        for answer in answers:
            submitted = asyncio.ensure_future(control.post(submit, body, status=502))
            envelope = await socket.receive_json()
            await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": answer})
            assert "error" in await submitted
    assert (await control.get("log"))["refused"][-1]["method"] == "response_action"

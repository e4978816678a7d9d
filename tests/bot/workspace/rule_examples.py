"""For each row of the table of rules: a call of a given size.

`EXAMPLES[name](world, n)` makes the call with `n` of what the rule counts and returns the answer. For a rule
that is kept or broken, 0 keeps it and 1 breaks it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.workspace import WorkspacePerson
from bot.workspace.refusal import NotDeliveredError
from tests.bot.workspace.example import COUNCIL, modal
from tests.bot.workspace.world import World

Answer = dict[str, Any]
Example = Callable[[World, int], Awaitable[Answer]]

EXAMPLES: dict[str, Example] = {}
#: The JSON pointer that the refusal has to name.
POINTERS: dict[str, str] = {}


def plain(text: str) -> Answer:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Answer:
    return {"type": "mrkdwn", "text": text}


def letters(n: int) -> str:
    return "x" * n


def section(**more: Any) -> Answer:
    return {"type": "section", "text": mrkdwn("T"), **more}


def option(n: int = 1, **more: Any) -> Answer:
    return {"text": plain(f"Option {n}"), "value": f"v{n}", **more}


def options(n: int) -> list[Answer]:
    return [option(i) for i in range(n)]


def button(**more: Any) -> Answer:
    return {"type": "button", "action_id": "a", "text": plain("B"), **more}


def actions(*elements: Answer) -> list[Answer]:
    return [{"type": "actions", "block_id": "b", "elements": list(elements)}]


def select(**more: Any) -> Answer:
    return {"type": "static_select", "action_id": "a", **more}


def text_input(**more: Any) -> Answer:
    return {"type": "plain_text_input", "action_id": "a", **more}


def number_input(**more: Any) -> Answer:
    return {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, **more}


def confirm(**more: Any) -> Answer:
    words = {"title": plain("T"), "text": plain("T"), "confirm": plain("Y"), "deny": plain("N")}
    return button(confirm={**words, **more})


def message(name: str, at: str, make: Callable[[int], list[Answer]]) -> None:
    async def example(world: World, n: int) -> Answer:
        return await world.post(make(n))

    EXAMPLES[name], POINTERS[name] = example, f"/blocks{at}"


def field(name: str, at: str, make: Callable[[int], Answer], **block: Any) -> None:
    async def example(world: World, n: int) -> Answer:
        return await world.open_with(make(n), **block)

    EXAMPLES[name], POINTERS[name] = example, f"/view/blocks/0{at}"


def view(name: str, at: str, make: Callable[[int], Answer]) -> None:
    async def example(world: World, n: int) -> Answer:
        return await world.open({**modal(""), **make(n)})

    EXAMPLES[name], POINTERS[name] = example, f"/view{at}"


def either(good: Any, bad: Any) -> Callable[[int], Any]:
    return lambda n: bad if n else good


image = {"type": "image", "alt_text": "A", "image_url": "https://example.com/a.png"}

message("message.blocks", "", lambda n: [{"type": "divider"}] * n)
message(
    "text", "/0/elements/0/text", lambda n: [{"type": "context", "elements": [mrkdwn(letters(n))]}]
)
message("block_id", "/0/block_id", lambda n: [section(block_id=letters(n))])
message("action_id", "/0/elements/0/action_id", lambda n: actions(button(action_id=letters(n))))
message("section.text", "/0/text/text", lambda n: [section(text=mrkdwn(letters(n)))])
message("section.fields", "/0/fields", lambda n: [section(fields=[mrkdwn("F")] * n)])
message("section.field", "/0/fields/0/text", lambda n: [section(fields=[mrkdwn(letters(n))])])
message("header.text", "/0/text/text", lambda n: [{"type": "header", "text": plain(letters(n))}])
message(
    "actions.elements",
    "/0/elements",
    lambda n: actions(*[button(action_id=f"a{i}") for i in range(n)]),
)
message(
    "context.elements",
    "/0/elements",
    lambda n: [{"type": "context", "elements": [mrkdwn("T")] * n}],
)
message("image.alt_text", "/0/alt_text", lambda n: [{**image, "alt_text": letters(n)}])
message("image.title", "/0/title/text", lambda n: [{**image, "title": plain(letters(n))}])
message(
    "image.image_url",
    "/0/image_url",
    lambda n: [{**image, "image_url": "https://e.uk/".ljust(n, "x")}],
)
message("button.text", "/0/elements/0/text/text", lambda n: actions(button(text=plain(letters(n)))))
message("button.value", "/0/elements/0/value", lambda n: actions(button(value=letters(n))))
message(
    "button.url", "/0/elements/0/url", lambda n: actions(button(url="https://e.uk/".ljust(n, "x")))
)
message(
    "button.accessibility_label",
    "/0/elements/0/accessibility_label",
    lambda n: actions(button(accessibility_label=letters(n))),
)
message(
    "option.text",
    "/0/elements/0/options/0/text/text",
    lambda n: actions(select(options=[option(text=plain(letters(n)))])),
)
message(
    "option.value",
    "/0/elements/0/options/0/value",
    lambda n: actions(select(options=[option(value=letters(n))])),
)
message(
    "option.description",
    "/0/elements/0/options/0/description/text",
    lambda n: actions(select(options=[option(description=plain(letters(n)))])),
)
message(
    "option.url",
    "/0/elements/0/options/0/url",
    lambda n: actions({"type": "overflow", "options": [option(url="https://e.uk/".ljust(n, "x"))]}),
)
message(
    "static_select.options", "/0/elements/0/options", lambda n: actions(select(options=options(n)))
)
message(
    "static_select.option_groups",
    "/0/elements/0/option_groups",
    lambda n: actions(select(option_groups=[{"label": plain("L"), "options": options(1)}] * n)),
)
message(
    "option_group.options",
    "/0/elements/0/option_groups/0/options",
    lambda n: actions(select(option_groups=[{"label": plain("L"), "options": options(n)}])),
)
message(
    "option_group.label",
    "/0/elements/0/option_groups/0/label/text",
    lambda n: actions(select(option_groups=[{"label": plain(letters(n)), "options": options(1)}])),
)
for kind in ("overflow", "radio_buttons", "checkboxes"):
    message(
        f"{kind}.options",
        "/0/elements/0/options",
        lambda n, kind=kind: actions({"type": kind, "options": options(n)}),
    )
message(
    "placeholder",
    "/0/elements/0/placeholder/text",
    lambda n: actions(select(options=options(1), placeholder=plain(letters(n)))),
)
for part in ("title", "text", "confirm", "deny"):
    message(
        f"confirm.{part}",
        f"/0/elements/0/confirm/{part}/text",
        lambda n, part=part: actions(confirm(**{part: plain(letters(n))})),
    )

field(
    "multi_static_select.options",
    "/element/options",
    lambda n: {"type": "multi_static_select", "options": options(n)},
)
field("plain_text_input.min_length", "/element/min_length", lambda n: text_input(min_length=n))
field("plain_text_input.max_length", "/element/max_length", lambda n: text_input(max_length=n))
for part in ("label", "hint"):

    async def labelled(world: World, n: int, part: str = part) -> Answer:
        return await world.open_with(text_input(), **{part: plain(letters(n))})

    EXAMPLES[f"input.{part}"], POINTERS[f"input.{part}"] = labelled, f"/view/blocks/0/{part}/text"

view("view.blocks", "/blocks", lambda n: {"blocks": [{"type": "divider"}] * n})
for part in ("title", "submit", "close"):
    view(f"view.{part}", f"/{part}/text", lambda n, part=part: {part: plain(letters(n))})
for part in ("private_metadata", "callback_id", "external_id"):
    view(f"view.{part}", f"/{part}", lambda n, part=part: {part: letters(n)})
view(
    "view.focus_on_load",
    "/blocks",
    lambda n: {
        "blocks": [
            {"type": "input", "label": plain("L"), "element": text_input(focus_on_load=True)}
            for _ in range(n)
        ]
    },
)

message("blocks.known", "/0/type", either([{"type": "divider"}], [{"type": "video"}]))
message(
    "elements.in_their_place",
    "/0/elements/0/type",
    either(actions(button()), actions(text_input())),
)
message("properties.known", "/0", either([section()], [section(colour="red")]))
message("properties.required", "/0", either(actions(button()), [{"type": "actions"}]))
message("text.not_empty", "/0/text/text", either([section()], [section(text=mrkdwn(""))]))
message(
    "text.plain_where_told",
    "/0/text/type",
    either([{"type": "header", "text": plain("T")}], [{"type": "header", "text": mrkdwn("T")}]),
)
message("actions.not_empty", "/0/elements", either(actions(button()), actions()))
message("section.text_or_fields", "/0", either([section()], [{"type": "section"}]))
message(
    "select.options_or_groups",
    "/0/elements/0",
    either(actions(select(options=options(1))), actions(select())),
)
message(
    "select.initial_offered",
    "/0/elements/0",
    either(
        actions(select(options=options(2), initial_option=option(1))),
        actions(select(options=options(2), initial_option=option(9))),
    ),
)
message("image.one_source", "/0", either([image], [{**image, "slack_file": {"id": "F1"}}]))
message(
    "url.valid",
    "/0/elements/0/url",
    either(actions(button(url="https://e.uk")), actions(button(url="e.uk"))),
)
message(
    "date.format",
    "/0/elements/0/initial_date",
    lambda n: actions({"type": "datepicker", "initial_date": "7/9/2026" if n else "2026-09-07"}),
)
message(
    "time.format",
    "/0/elements/0/initial_time",
    lambda n: actions({"type": "timepicker", "initial_time": "9am" if n else "09:00"}),
)
message(
    "block_id.unique",
    "/1/block_id",
    lambda n: [section(block_id="one"), section(block_id="one" if n else "two")],
)
message(
    "action_id.unique",
    "/0/elements",
    lambda n: actions(button(), button(action_id="a" if n else "b")),
)
field(
    "min_length.below_max",
    "/element",
    lambda n: text_input(min_length=10, max_length=9 if n else 10),
)
field(
    "number.format",
    "/element/initial_value",
    lambda n: number_input(initial_value=3 if n else "3"),
)
field("number.decimals_told", "/element", either(number_input(), {"type": "number_input"}))
field(
    "number.whole",
    "/element/initial_value",
    lambda n: number_input(initial_value="3.5" if n else "3"),
)
field(
    "number.min_below_max",
    "/element/min_value",
    lambda n: number_input(min_value="2" if n else "1", max_value="1"),
)
field(
    "number.initial_between",
    "/element/initial_value",
    lambda n: number_input(min_value="0", initial_value="-1" if n else "0"),
)
view("view.submit_with_input", "", lambda n: {"submit": None if n else plain("S")})


def example(name: str) -> Callable[[Example], Example]:
    def register(made: Example) -> Example:
        EXAMPLES[name] = made
        return made

    return register


@example("message.block_text")
async def much_text_in_all(world: World, n: int) -> Answer:
    return await world.post(
        [section(text=mrkdwn(letters(3000)))] * 3
        + [section(text=mrkdwn(letters(2999))), section(text=mrkdwn(letters(n - 11_999)))]
    )


@example("message.update_bytes")
async def long_update(world: World, n: int) -> Answer:
    posted = await world.call("chat.postMessage", channel=COUNCIL, text="T")
    # An ampersand counts as the five bytes that it is sent as.
    return await world.call(
        "chat.update", channel=posted["channel"], ts=posted["ts"], text="&" + letters(n - 5)
    )


@example("message.metadata")
async def large_metadata(world: World, n: int) -> Answer:
    metadata = {"event_type": "t", "event_payload": {"a": ""}}
    around = len('{"event_type": "t", "event_payload": {"a": ""}}')
    metadata["event_payload"]["a"] = letters(n - around)
    return await world.call("chat.postMessage", channel=COUNCIL, text="T", metadata=metadata)


@example("metadata.shape")
async def nested_metadata(world: World, n: int) -> Answer:
    payload = {"a": {"b": ["c"]}} if n else {"a": [{"b": "c"}], "d": True, "e": 2}
    metadata = {"event_type": "t", "event_payload": payload}
    return await world.call("chat.postMessage", channel=COUNCIL, text="T", metadata=metadata)


@example("message.not_empty")
async def no_text(world: World, n: int) -> Answer:
    return await world.call("chat.postMessage", channel=COUNCIL, text=" " if n else "T")


@example("message.text")
async def long_text(world: World, n: int) -> Answer:
    answer = await world.call("chat.postMessage", channel=COUNCIL, text=letters(n))
    cut = "message_truncated" in answer.get("response_metadata", {}).get("warnings", [])
    assert len(answer["message"]["text"]) == 40_000
    return {"ok": not cut, "error": "message_truncated"}


@example("view.bytes")
async def large_view(world: World, n: int) -> Answer:
    around = len(json.dumps(section(text=mrkdwn("")))) + len(", ")
    made = {**modal(""), "blocks": [section(text=mrkdwn("x"))]}
    while (left := n - len(json.dumps(made))) > around:
        made["blocks"].append(section(text=mrkdwn(letters(min(left - around, 2500)))))
    made["blocks"][-1]["text"]["text"] += letters(left)
    assert len(json.dumps(made)) == n
    return await world.open(made)


@example("view.stack")
async def deep_stack(world: World, n: int) -> Answer:
    answer = await world.open(modal("1"))
    for _ in range(n - 1):
        top = world.app.workspace.stacks[COUNCIL][-1]
        trigger = world.app.tickets.new_trigger(COUNCIL, top)
        answer = await world.call("views.push", trigger_id=trigger, view=modal("more"))
    return answer


@example("file.alt_txt")
async def long_alt_text(world: World, n: int) -> Answer:
    return await world.call(
        "files.getUploadURLExternal", filename="a.png", length=1, alt_txt=letters(n)
    )


@example("conversations.open.users")
async def many_users(world: World, n: int) -> Answer:
    people = [
        WorkspacePerson(user_id=f"U{i:03}", name=f"P{i}", email=f"p{i}@example.org")
        for i in range(n)
    ]
    for person in people:
        await world.slack.add_person("T0LEEDS", person)
    return await world.call("conversations.open", users=",".join(one.user_id for one in people))


@example("history.limit")
async def long_history(world: World, n: int) -> Answer:
    opened = await world.call("conversations.open", users=COUNCIL)
    return await world.call("conversations.history", channel=opened["channel"]["id"], limit=n)


@example("page")
async def long_page(world: World, n: int) -> Answer:
    return await world.call("users.list", limit=n)


@example("history.restricted.limit")
async def restricted_page(world: World, n: int) -> Answer:
    world.app.restricted_history = True
    for _ in range(20):
        opened = await world.call("chat.postMessage", channel=COUNCIL, text="T")
    answer = await world.call("conversations.history", channel=opened["channel"], limit=n)
    return {"ok": len(answer["messages"]) == n, "error": "fewer"}


@example("history.restricted.a_minute")
async def restricted_rate(world: World, n: int) -> Answer:
    world.app.restricted_history = world.app.pacing.on = True
    opened = await world.call("conversations.open", users=COUNCIL)
    for _ in range(n):
        answer = await world.call("conversations.history", channel=opened["channel"]["id"])
    return answer


@example("response_url.uses")
async def many_responses(world: World, n: int) -> Answer:
    conversation, _ = world.app.workspace.direct_message(COUNCIL)
    secret = world.app.tickets.new_response_url(COUNCIL, conversation, None)
    for _ in range(n):
        status, text = await world.respond(secret, {"text": "T"})
    return {"ok": status == 200, "error": "used_url" if "used_url" in text else text}


@example("response_url.seconds")
async def late_response(world: World, n: int) -> Answer:
    conversation, _ = world.app.workspace.direct_message(COUNCIL)
    secret = world.app.tickets.new_response_url(COUNCIL, conversation, None)
    world.later(n)
    status, text = await world.respond(secret, {"text": "T"})
    return {"ok": status == 200, "error": "expired_url" if "expired_url" in text else text}


@example("trigger.seconds")
async def late_trigger(world: World, n: int) -> Answer:
    trigger = world.trigger()
    world.later(n)
    return await world.call("views.open", trigger_id=trigger, view=modal(""))


async def _many(world: World, n: int, method: str, token: str, **arguments: Any) -> Answer:
    world.app.pacing.on = True
    for _ in range(n):
        answer = await world.call(method, token, **arguments)
    return answer


@example("tier.1.burst")
async def tier_1_at_once(world: World, n: int) -> Answer:
    return await _many(world, n, "apps.connections.open", "xapp-local-leeds")


@example("tier.1")
async def tier_1(world: World, n: int) -> Answer:
    await _many(world, 10, "apps.connections.open", "xapp-local-leeds")
    world.later(60)
    return await _many(world, n, "apps.connections.open", "xapp-local-leeds")


@example("tier.2")
async def tier_2(world: World, n: int) -> Answer:
    return await _many(world, n, "users.list", "xoxb-local-leeds")


@example("tier.3")
async def tier_3(world: World, n: int) -> Answer:
    return await _many(world, n, "conversations.open", "xoxb-local-leeds", users=COUNCIL)


@example("tier.4")
async def tier_4(world: World, n: int) -> Answer:
    return await _many(world, n, "users.info", "xoxb-local-leeds", user=COUNCIL)


@example("post.burst_a_channel")
async def burst(world: World, n: int) -> Answer:
    return await _many(world, n, "chat.postMessage", "xoxb-local-leeds", channel=COUNCIL, text="T")


@example("post.a_minute_a_channel")
async def a_minute_of_posts(world: World, n: int) -> Answer:
    await _many(world, 4, "chat.postMessage", "xoxb-local-leeds", channel=COUNCIL, text="T")
    for _ in range(n):
        world.later(60 / n)
        answer = await world.call("chat.postMessage", channel=COUNCIL, text="T")
        if not answer["ok"]:
            break
    return answer


@example("post.a_minute_a_workspace")
async def many_channels(world: World, n: int) -> Answer:
    world.app.pacing.on = True
    for i in range(n):
        person = WorkspacePerson(user_id=f"U{i:03}", name=f"P{i}", email=f"p{i}@example.org")
        world.app.workspace.people[person.user_id] = person
        answer = await world.call("chat.postMessage", channel=person.user_id, text="T")
    return answer


@example("socket.connections")
async def many_connections(world: World, n: int) -> Answer:
    sockets = []
    for _ in range(n):
        opened = await world.call("apps.connections.open", "xapp-local-leeds")
        sockets.append(await world.session.ws_connect(opened["url"]))
        first = await sockets[-1].receive_json()
    for socket in sockets:
        await socket.close()
    return {"ok": first["type"] == "hello", "error": first.get("reason")}


@example("events.an_hour")
async def many_events(world: World, n: int) -> Answer:
    """All but the last are taken out of the hour's allowance by hand."""
    world.app.pacing.on = True
    for _ in range(n - 1):
        world.app.pacing.take(("events",), a_minute=500, burst=30_000)
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    async with world.session.ws_connect(opened["url"]) as socket:
        await socket.receive_json()
        await world.call("chat.postMessage", channel=COUNCIL, text="T")
        payload = (await socket.receive_json())["payload"]
    return {"ok": payload["type"] == "event_callback", "error": payload["type"]}


@example("acknowledge.seconds")
async def slow_acknowledgement(world: World, n: int) -> Answer:
    """In tenths of the real time, so that the test is quick."""
    world.app.socket_mode.acknowledge_within /= 10
    opened = await world.call("apps.connections.open", "xapp-local-leeds")
    async with world.session.ws_connect(opened["url"]) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        attempt = asyncio.ensure_future(world.app.socket_mode.attempt("interactive", {}))
        envelope = await socket.receive_json()
        await asyncio.sleep(n / 10 - 0.05)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        try:
            return {"ok": await attempt == {}}
        except NotDeliveredError as problem:
            return {"ok": False, "error": problem.reason}

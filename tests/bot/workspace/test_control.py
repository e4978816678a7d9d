"""What a person can do and see, the clock, and who is kept out."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.workspace import StoryLine, WorkspacePerson
from tests.bot.workspace.example import COUNCIL, POLICE, READY, Control, until

CHANNEL = f"D{COUNCIL[1:]}"


async def test_people_are_listed_without_the_bot_or_those_who_left(slack, control):
    people = await control.get("people")
    assert people["team"] == {"id": "T0LEEDS", "name": "Leeds partnership"}
    assert [one["name"] for one in people["people"]] == ["Council respondent", "Police respondent"]
    new = WorkspacePerson(user_id="UNEW", name="New Hand", email="new@example.gov.uk")
    await slack.add_person("T0LEEDS", new)
    assert len((await control.get("people"))["people"]) == 3
    await slack.remove_person("T0LEEDS", "UNEW")
    assert len((await control.get("people"))["people"]) == 2


async def test_each_workspace_has_its_own_prefix(slack, session):
    devon = Control(f"{slack.url}/team/T0DEVON", session)
    assert (await devon.get("people"))["team"]["id"] == "T0DEVON"
    async with session.get(f"{slack.url}/team/T0NONE/control/people") as answer:
        assert answer.status == 404


async def test_there_is_always_a_conversation_with_the_bot(control):
    conversations = (await control.get(f"people/{COUNCIL}/conversations"))["conversations"]
    assert [(one["id"], one["kind"], one["name"]) for one in conversations] == [
        (CHANNEL, "im", "Example"),
        ("C0LEEDS", "channel", "general"),
    ]


async def test_reading_marks_as_read(world, control):
    for text in ("One", "Two"):
        await world.call("chat.postMessage", channel=COUNCIL, text=text)
    await world.call("chat.postEphemeral", channel=CHANNEL, user=COUNCIL, text="Three")
    assert (await control.get("people"))["people"][0]["unread"] == 3
    assert [one["text"] for one in await control.messages()] == ["One", "Two", "Three"]
    assert (await control.get("people"))["people"][0]["unread"] == 0


async def test_messages_are_paged_oldest_first(world, control):
    for number in range(5):
        await world.call("chat.postMessage", channel=COUNCIL, text=str(number))
    path = f"people/{COUNCIL}/conversations/{CHANNEL}/messages?limit=2"
    last = await control.get(path)
    assert ([one["text"] for one in last["messages"]], last["has_more"]) == (["3", "4"], True)
    before = last["messages"][0]["ts"]
    earlier = await control.get(f"{path}&before={before}")
    assert [one["text"] for one in earlier["messages"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("people/U0NOBODY/conversations", "There is no such person here."),
        ("people/ULEEDSOLD/conversations", "There is no such person here."),
        (
            f"people/{POLICE}/conversations/{CHANNEL}/messages",
            "There is no such conversation here.",
        ),
    ],
)
async def test_nobody_reads_what_is_not_theirs(world, control, path, sentence):
    await world.call("conversations.open", users=COUNCIL)
    assert (await control.get(path, status=404))["error"] == sentence


async def test_a_click_on_what_was_never_shown_is_refused(world, control):
    posted = await world.post(READY)
    private = await world.call(
        "chat.postEphemeral", channel=CHANNEL, user=COUNCIL, text="T", blocks=READY
    )
    press = {"ts": posted["ts"], "block_id": "answer", "action_id": "open"}
    actions = f"people/{COUNCIL}/conversations/{CHANNEL}/actions"
    await control.post(f"people/{POLICE}/conversations/{CHANNEL}/actions", press, status=404)
    await control.post(actions, {**press, "ts": "1.2"}, status=404)
    await control.post(actions, {**press, "action_id": "close"}, status=409)
    await world.call("chat.update", channel=CHANNEL, ts=posted["ts"], text="Done")
    await control.post(actions, press, status=409)
    general = await control.post(
        "conversations", {"name": "leads", "members": [COUNCIL, POLICE], "with_bot": True}
    )
    whispered = await world.call(
        "chat.postEphemeral", channel=general["id"], user=COUNCIL, text="T", blocks=READY
    )
    hidden = {**press, "ts": whispered["message_ts"]}
    await control.post(f"people/{POLICE}/conversations/{general['id']}/actions", hidden, status=404)
    # The council respondent may; there is only no app to hear it.
    await control.post(actions, {**press, "ts": private["message_ts"]}, status=504)


async def test_a_value_that_was_not_on_offer_is_refused(world, control):
    element = {
        "type": "static_select",
        "action_id": "pick",
        "options": [{"text": {"type": "plain_text", "text": "One"}, "value": "1"}],
    }
    posted = await world.post([{"type": "actions", "block_id": "b", "elements": [element]}])
    press = {"ts": posted["ts"], "block_id": "b", "action_id": "pick", "value": "2"}
    path = f"people/{COUNCIL}/conversations/{CHANNEL}/actions"
    assert "not on offer" in (await control.post(path, press, status=400))["error"]


async def test_an_unknown_command_and_an_empty_message_are_refused(control):
    await control.get(f"people/{COUNCIL}/conversations")
    body = {"channel": CHANNEL, "text": "/nonsense"}
    answer = await control.post(f"people/{COUNCIL}/commands", body, status=404)
    assert answer["error"] == "/nonsense is not a valid command."
    path = f"people/{COUNCIL}/conversations/{CHANNEL}/messages"
    assert "not empty" in (await control.post(path, {"text": " "}, status=400))["error"]
    assert (await control.get("commands"))["commands"][0]["usage_hint"] == "[name]"


async def test_a_page_hears_of_what_concerns_its_person(world, session, control):
    async with session.get(f"{world.slack.url}/control/events?user={COUNCIL}") as stream:
        await stream.content.readuntil(b"\n\n")
        await world.call("chat.postMessage", channel=POLICE, text="T")
        await world.call("chat.postMessage", channel=COUNCIL, text="T")
        await control.messages()
        await control.messages()
        await world.call("views.publish", user_id=COUNCIL, view={"type": "home", "blocks": []})
        heard = [await stream.content.readuntil(b"\n\n") for _ in range(5)]
        unread = b"event: people\ndata: {}\n\n"
        mine = f'event: message\ndata: {{"channel": "{CHANNEL}"}}\n\n'.encode()
        assert heard == [unread, mine, unread, unread, b"event: home\ndata: {}\n\n"]
    await control.get("events?user=U0NOBODY", status=404)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
    ],
    ids=lambda headers: next(iter(headers)),
)
async def test_another_web_site_is_kept_out(slack, session, headers):
    url = f"{slack.url}/control/people/{COUNCIL}/home"
    headers = {"Content-Type": "application/json", **headers}
    async with session.post(url, data="{}", headers=headers) as answer:
        assert answer.status == 403
        assert "error" in await answer.json()


async def test_the_page_has_a_strict_policy(slack, session):
    async with session.get(f"{slack.url}/control/people", headers={"Origin": slack.url}) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    for name in ("..%2Fserver.py", "server.py", "none.js"):
        async with session.get(f"{slack.url}/page/{name}") as answer:
            assert answer.status == 404


class Panel:
    def __init__(self, clock):
        self.clock = clock

    @property
    def speed(self):
        return self.clock.speed

    def now(self):
        return self.clock.now()

    def run_at(self, speed):
        self.clock.run_at(speed)

    async def coming(self, limit):
        due = datetime(2026, 9, 7, 8, tzinfo=UTC)
        line = StoryLine(at=due, what="A reminder", people=(("Council respondent", COUNCIL),))
        return [line][:limit]

    async def happened(self, limit):
        line = StoryLine(at=self.now(), what="Not sent: it is done", more=2, real=False)
        return [line][:limit]

    async def move_to(self, instant):
        self.clock.move_to(instant)

    async def move_to_next(self):
        self.clock.move_to(self.now() + timedelta(minutes=5))


async def test_the_clock_moves_only_where_there_is_a_panel(slack, clock, control):
    assert (await control.get("clock", status=404))["error"] == "There is no movable clock here."
    slack.panel = Panel(clock)
    assert await control.get("clock") == {
        "now": "2026-09-07T07:55:00Z",
        "speed": 0,
        "coming": [
            {
                "at": "2026-09-07T08:00:00Z",
                "what": "A reminder",
                "people": [{"name": "Council respondent", "user": COUNCIL}],
                "more": 0,
                "real": True,
            }
        ],
        "happened": [
            {
                "at": "2026-09-07T07:55:00Z",
                "what": "Not sent: it is done",
                "people": [],
                "more": 2,
                "real": False,
            }
        ],
    }
    assert (await control.post("clock", {"to_next": True}))["now"] == "2026-09-07T08:00:00Z"
    moved = await control.post("clock", {"to": "2026-09-08T09:00:00+01:00"})
    assert moved["now"] == "2026-09-08T08:00:00Z"
    assert (await control.post("clock", {"speed": 60}))["speed"] == 60
    for body in (
        {"to": "2020-01-01T00:00:00Z"},
        {"to": "2026-10-01"},
        {"to": "soon"},
        {"speed": -1},
        {},
    ):
        assert "error" in await control.post("clock", body, status=400)


async def test_a_message_that_is_posted_later_is_later(world, clock, control):
    await world.call("chat.postMessage", channel=COUNCIL, text="Now")
    clock.move_to(datetime(2026, 9, 8, 8, tzinfo=UTC))
    await world.call("chat.postMessage", channel=COUNCIL, text="Tomorrow")
    first, second = await control.messages()
    assert float(second["ts"]) - float(first["ts"]) == pytest.approx(24 * 3600 + 300, abs=1)


async def test_opening_home_answers_even_when_nobody_listens(control):
    assert await control.post(f"people/{COUNCIL}/home") == {"view": None}
    await until(lambda: True)

"""Tokens, scopes, arguments and encodings; messages and people as the app sees them."""

import asyncio
import json
from datetime import UTC, datetime

import aiohttp
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.web_api.methods import METHODS
from tests.bot.workspace.example import BOT, COUNCIL, POLICE, SCOPES, TOKEN, make_team


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-local-nobody", "auth.test", "invalid_auth"),
        ("xapp-local-leeds", "auth.test", "not_allowed_token_type"),
        (TOKEN, "apps.connections.open", "not_allowed_token_type"),
        (TOKEN, "chat.scheduleMessage", "unknown_method"),
    ],
)
async def test_a_wrong_token_or_method_is_refused(world, token, method, error):
    answer = await world.call(method, token)
    assert (answer["ok"], answer["error"], answer["status"]) == (False, error, 200)


async def test_each_workspace_has_its_own_token(world):
    leeds = await world.call("auth.test")
    devon = await world.call("auth.test", "xoxb-local-devon")
    assert (leeds["team_id"], leeds["user_id"]) == ("T0LEEDS", BOT)
    assert (devon["team_id"], devon["user_id"]) == ("T0DEVON", "UDEVONBOT")
    refused = await world.call("users.info", "xoxb-local-devon", user=COUNCIL)
    assert refused["error"] == "user_not_found"


async def test_a_missing_scope_names_what_is_needed_and_what_there_is(world):
    world.app.team = make_team(scopes=frozenset({"chat:write"}))
    answer = await world.call("users.info", user=COUNCIL)
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "users:read"


async def test_a_scope_depends_on_the_kind_of_conversation(world):
    world.app.team = make_team(scopes=SCOPES - {"im:history"})
    opened = await world.call("conversations.open", users=COUNCIL)
    answer = await world.call("conversations.history", channel=opened["channel"]["id"])
    assert (answer["error"], answer["needed"]) == ("missing_scope", "im:history")


async def test_emails_are_hidden_without_their_scope(world):
    assert (await world.call("users.info", user=COUNCIL))["user"]["profile"]["email"]
    world.app.team = make_team(scopes=frozenset({"users:read"}))
    assert "email" not in (await world.call("users.info", user=COUNCIL))["user"]["profile"]
    assert (await world.call("users.lookupByEmail", email="a@b.uk"))["error"] == "missing_scope"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": "T"}, "missing required field: channel"),
        ({"channel": COUNCIL, "text": "T", "colour": "red"}, "no such argument: colour"),
        ({"channel": COUNCIL, "text": {"a": 1}}, "must be a string"),
        ({"channel": COUNCIL, "text": "T", "mrkdwn": "perhaps"}, "must be a boolean"),
    ],
)
async def test_a_wrong_argument_is_refused(world, arguments, message):
    answer = await world.call("chat.postMessage", **arguments)
    assert answer["error"] == "invalid_arguments"
    assert message in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize("blocks", ["[", "{}", '"text"'])
async def test_blocks_that_are_no_list_are_refused(world, blocks):
    answer = await world.call("chat.postMessage", channel=COUNCIL, text="T", blocks=blocks)
    assert answer["error"] == "invalid_blocks_format"


BLOCKS = [{"type": "divider"}]


@pytest.mark.parametrize("encoding", ["query", "form", "multipart", "json"])
async def test_every_encoding_says_the_same(world, encoding):
    arguments = {"channel": COUNCIL, "text": "Fish & chips", "blocks": json.dumps(BLOCKS)}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    options = {
        "query": {"params": arguments},
        "form": {"data": arguments},
        "json": {"json": arguments | {"blocks": BLOCKS}},
    }
    if encoding == "multipart":
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in arguments.items():
            form.add_field(name, value)
        options["multipart"] = {"data": form}
    url = world.slack.api_url + "chat.postMessage"
    async with world.session.post(url, headers=headers, **options[encoding]) as answer:
        body = await answer.json()
    assert body["ok"], body
    assert body["message"]["text"] == "Fish & chips"
    assert body["message"]["blocks"][0]["type"] == "divider"


async def test_a_token_may_be_in_a_form_or_the_query_but_not_in_json(world):
    url = world.slack.api_url + "auth.test"
    for options in ({"params": {"token": TOKEN}}, {"data": {"token": TOKEN}}):
        async with world.session.post(url, **options) as answer:
            assert (await answer.json())["ok"]
    async with world.session.post(url, json={"token": TOKEN}) as answer:
        assert (await answer.json())["error"] == "not_authed"


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        ("{", "application/json", "invalid_json"),
        ("[]", "application/json", "json_not_object"),
        ("text", "text/xml", "invalid_post_type"),
        ("text", "text/plain", "not_authed"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(world, body, content_type, error):
    url = world.slack.api_url + "auth.test"
    async with world.session.post(url, data=body, headers={"Content-Type": content_type}) as answer:
        assert (await answer.json())["error"] == error


async def test_the_methods_for_users_drop_json_without_a_word(world):
    url, headers = world.slack.api_url + "users.info", {"Authorization": f"Bearer {TOKEN}"}
    async with world.session.post(url, json={"user": COUNCIL}, headers=headers) as answer:
        assert (await answer.json())["error"] == "user_not_found"
    async with world.session.get(url, params={"user": COUNCIL}, headers=headers) as answer:
        assert (await answer.json())["ok"]


async def test_both_official_clients_work_unchanged(world):
    def with_the_plain_client():
        client = WebClient(token=TOKEN, base_url=world.slack.api_url)
        client.auth_test()
        channel = client.conversations_open(users=[COUNCIL])["channel"]["id"]
        posted = client.chat_postMessage(
            channel=channel, text="One", blocks=BLOCKS, unfurl_links=False
        )
        client.chat_update(channel=channel, ts=posted["ts"], text="Two")
        client.views_publish(user_id=COUNCIL, view={"type": "home", "blocks": BLOCKS})
        assert (
            client.users_lookupByEmail(email="council.respondent@example.gov.uk")["user"]["id"]
            == COUNCIL
        )
        members = [m for page in client.users_list(limit=2) for m in page["members"]]
        assert len(members) == 4
        uploaded = client.files_upload_v2(
            content=b"bytes", filename="a.png", title="A", alt_txt="An A", channel=channel
        )
        assert uploaded["file"]["title"] == "A"
        return client.conversations_history(channel=channel)["messages"]

    first, second = await asyncio.to_thread(with_the_plain_client)
    assert (second["text"], first["files"][0]["name"]) == ("Two", "a.png")
    client = AsyncWebClient(token=TOKEN, base_url=world.slack.api_url)
    await client.auth_test()
    channel = (await client.conversations_open(users=POLICE))["channel"]["id"]
    posted = await client.chat_postMessage(channel=channel, text="One", metadata=METADATA)
    await client.chat_postEphemeral(channel=channel, user=POLICE, text="Psst")
    assert (await client.users_info(user=POLICE))["user"]["real_name"] == "Police respondent"
    assert (await client.conversations_info(channel=channel))["channel"]["is_im"]
    assert (await client.conversations_members(channel=channel))["members"] == [BOT, POLICE]
    await client.files_upload_v2(content="text", filename="a.txt", channel=channel)
    await client.chat_delete(channel=channel, ts=posted["ts"])
    history = await client.conversations_history(channel=channel)
    assert [one["text"] for one in history["messages"]] == [""]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.conversations_info(channel="C0NOWHERE")


METADATA = {"event_type": "notice", "event_payload": {"id": 7}}


async def test_metadata_is_shown_only_when_asked_for(world):
    posted = await world.call("chat.postMessage", channel=COUNCIL, text="T", metadata=METADATA)
    assert "metadata" not in posted["message"]
    plain = await world.call("conversations.history", channel=posted["channel"])
    asked = await world.call(
        "conversations.history", channel=posted["channel"], include_all_metadata=True
    )
    assert "metadata" not in plain["messages"][0]
    assert asked["messages"][0]["metadata"] == METADATA


async def test_timestamps_come_from_the_story_and_never_repeat(world):
    stamps = [
        (await world.call("chat.postMessage", channel=COUNCIL, text="T"))["ts"] for _ in range(3)
    ]
    assert stamps == sorted(set(stamps))
    assert datetime.fromtimestamp(float(stamps[0]), UTC).isoformat() == "2026-09-07T07:55:00+00:00"


async def test_history_is_paged_newest_first(world):
    for number in range(5):
        posted = await world.call("chat.postMessage", channel=COUNCIL, text=str(number))
    await world.call("chat.postEphemeral", channel=posted["channel"], user=COUNCIL, text="private")
    pages, cursor = [], ""
    while True:
        page = await world.call(
            "conversations.history", channel=posted["channel"], limit=2, cursor=cursor
        )
        pages.append([one["text"] for one in page["messages"]])
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    bad = await world.call("conversations.history", channel=posted["channel"], cursor="nonsense")
    assert bad["error"] == "invalid_cursor"


async def test_history_is_bounded_by_time(world):
    stamps = []
    for number in range(4):
        posted = await world.call("chat.postMessage", channel=COUNCIL, text=str(number))
        stamps.append(posted["ts"])
    between = {"channel": posted["channel"], "oldest": stamps[0], "latest": stamps[2]}
    outside = await world.call("conversations.history", **between)
    assert [one["text"] for one in outside["messages"]] == ["1"]
    for name in ("oldest", "latest"):
        refused = await world.call("conversations.history", **{**between, name: "yesterday"})
        assert refused["error"] == f"invalid_ts_{name}"
    whole = await world.call(
        "conversations.history", **{**between, "oldest": "0", "latest": "2000000000"}
    )
    assert len(whole["messages"]) == 4
    inside = await world.call("conversations.history", **between, inclusive=True)
    assert [one["text"] for one in inside["messages"]] == ["2", "1", "0"]


async def test_the_bot_posts_only_where_it_is(world):
    general = next(iter(world.app.workspace.conversations))
    assert (await world.call("chat.postMessage", channel=general, text="T"))[
        "error"
    ] == "not_in_channel"
    assert (await world.call("conversations.history", channel=general))["error"] == "not_in_channel"
    nowhere = await world.call("chat.postMessage", channel="C0NOWHERE", text="T")
    assert nowhere["error"] == "channel_not_found"


async def test_text_without_blocks_takes_the_blocks_away(world):
    posted = await world.post(BLOCKS)
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    updated = await world.call("chat.update", **place, text="Done")
    assert "blocks" not in updated["message"]
    assert updated["message"]["edited"]["user"] == BOT


async def test_what_an_update_leaves_out_stays(world):
    posted = await world.post(BLOCKS, metadata=METADATA)
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    assert (await world.call("chat.update", **place))["error"] == "no_text"
    without = await world.call("chat.update", **place, blocks=[])
    assert (without["text"], "blocks" in without["message"]) == ("T", False)
    await world.call("chat.update", **place, text="U", blocks=BLOCKS)
    asked = await world.call(
        "conversations.history", channel=posted["channel"], include_all_metadata=True
    )
    assert asked["messages"][0]["metadata"] == METADATA
    await world.call("chat.update", **place, text="U", metadata={})
    asked = await world.call(
        "conversations.history", channel=posted["channel"], include_all_metadata=True
    )
    assert "metadata" not in asked["messages"][0]


async def test_only_its_own_lasting_messages_can_be_changed(world, control):
    opened = await world.call("conversations.open", users=COUNCIL)
    channel = opened["channel"]["id"]
    typed = await control.post(f"people/{COUNCIL}/conversations/{channel}/messages", {"text": "Hi"})
    whispered = await world.call("chat.postEphemeral", channel=channel, user=COUNCIL, text="T")
    for method, error in (
        ("chat.update", "cant_update_message"),
        ("chat.delete", "cant_delete_message"),
    ):
        more = {"text": "X"} if method == "chat.update" else {}
        mine = await world.call(method, channel=channel, ts=typed["ts"], **more)
        assert mine["error"] == error
        gone = await world.call(method, channel=channel, ts=whispered["message_ts"], **more)
        assert gone["error"] == "message_not_found"
    to_a_user = await world.call("chat.update", channel=COUNCIL, ts=typed["ts"], text="X")
    assert to_a_user["error"] == "channel_not_found"


async def test_an_ephemeral_message_needs_somebody_who_is_there(world):
    opened = await world.call("conversations.open", users=COUNCIL)
    answer = await world.call(
        "chat.postEphemeral", channel=opened["channel"]["id"], user=POLICE, text="T"
    )
    assert answer["error"] == "user_not_in_channel"


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0NOBODY", "user_not_found"),
        ("ULEEDSOLD", "user_disabled"),
        ("", "users_list_not_supplied"),
    ],
)
async def test_a_conversation_opens_only_with_people_who_are_here(world, users, error):
    assert (await world.call("conversations.open", users=users))["error"] == error


async def test_opening_twice_opens_once(world):
    first = await world.call("conversations.open", users=COUNCIL)
    second = await world.call("conversations.open", users=COUNCIL, return_im=True)
    assert first["channel"]["id"] == second["channel"]["id"]
    assert (first["already_open"], second["already_open"]) == (False, True)
    assert second["channel"]["user"] == COUNCIL
    group = await world.call("conversations.open", users=f"{COUNCIL},{POLICE}")
    info = await world.call("conversations.info", channel=group["channel"]["id"])
    assert info["error"] == "missing_scope"


async def test_a_deactivated_person_is_not_found_by_email_but_can_be_posted_to(world):
    found = await world.call("users.lookupByEmail", email="old@example.gov.uk")
    assert found["error"] == "users_not_found"
    assert (await world.call("users.info", user="ULEEDSOLD"))["user"]["deleted"]
    assert (await world.call("chat.postMessage", channel="ULEEDSOLD", text="T"))["ok"]


async def test_a_reply_needs_a_thread(world):
    posted = await world.call("chat.postMessage", channel=COUNCIL, text="T")
    reply = await world.call("chat.postMessage", channel=COUNCIL, text="R", thread_ts=posted["ts"])
    assert reply["message"]["thread_ts"] == posted["ts"]
    lost = await world.call("chat.postMessage", channel=COUNCIL, text="R", thread_ts="1.2")
    assert lost["error"] == "thread_not_found"


TIERS = {
    1: {"apps.connections.open"},
    2: {"users.list"},
    3: {
        "chat.update", "chat.delete", "conversations.open", "conversations.history",
        "conversations.info", "users.lookupByEmail",
    },
    4: {
        "chat.postEphemeral", "views.open", "views.push", "views.update", "views.publish",
        "users.info", "conversations.members", "files.getUploadURLExternal",
        "files.completeUploadExternal",
    },
    None: {"auth.test", "chat.postMessage"},
}  # fmt: skip


def test_every_method_has_the_tier_that_slack_lists_for_it():
    found = {name: method.tier for name, method in METHODS.items()}
    assert found == {name: tier for tier, names in TIERS.items() for name in names}


@pytest.mark.parametrize(
    "method",
    ["chat.scheduleMessage", "conversations.list", "conversations.replies", "reactions.add",
     "usergroups.list", "files.upload"],
)  # fmt: skip
async def test_a_method_that_vigil_does_not_use_is_refused_as_unknown(world, method):
    refused = await world.call(method)
    assert (refused["error"], refused["req_method"]) == ("unknown_method", method)


@pytest.mark.parametrize("method", ["users.list", "conversations.members"])
async def test_people_are_paged(world, method):
    channel = (await world.call("conversations.open", users=COUNCIL))["channel"]["id"]
    place = {"channel": channel} if method == "conversations.members" else {}
    whole = await world.call(method, **place)
    found, cursor = [], ""
    while True:
        page = await world.call(method, **place, limit=1, cursor=cursor)
        assert len(page["members"]) == 1
        found += page["members"]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert found == whole["members"]
    assert len(found) == (4 if method == "users.list" else 2)
    bad = await world.call(method, **place, cursor="nonsense")
    assert bad["error"] == "invalid_cursor"


async def test_a_rate_limit_says_when_to_come_back(world):
    world.app.pacing.on = True
    for _ in range(20):
        assert (await world.call("users.list"))["ok"]
    refused = await world.call("users.list")
    assert (refused["status"], refused["error"], refused["retry_after"]) == (429, "ratelimited", 3)
    world.later(2.9)
    assert not (await world.call("users.list"))["ok"]
    world.later(0.2)
    assert (await world.call("users.list"))["ok"]
    assert (await world.call("users.list", "xoxb-local-devon"))["ok"]


async def test_the_log_has_what_was_accepted_and_what_was_refused(world, control):
    await world.call("chat.postMessage", channel=COUNCIL, text="T", metadata=METADATA)
    await world.call("chat.postMessage", channel=COUNCIL, text="")
    await world.call("users.info", user=COUNCIL)
    log = await control.get("log")
    (accepted,) = log["accepted"]
    assert (accepted["method"], accepted["channel"]) == ("chat.postMessage", f"D{COUNCIL[1:]}")
    assert accepted["arguments"]["metadata"] == METADATA
    (refused,) = log["refused"]
    assert (refused["method"], refused["error"]) == ("chat.postMessage", "no_text")

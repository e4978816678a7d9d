"""What an app can do with a response URL."""

import pytest

from tests.bot.workspace.example import COUNCIL, POLICE, READY

CHANNEL = f"D{COUNCIL[1:]}"


@pytest.fixture
async def ready(world):
    posted = await world.post(READY)
    conversation = world.app.workspace.conversations[CHANNEL]
    return conversation.message(posted["ts"])


@pytest.fixture
def secret(world, ready):
    conversation = world.app.workspace.conversations[CHANNEL]
    return world.app.tickets.new_response_url(COUNCIL, conversation, ready)


async def test_an_answer_is_ephemeral_unless_told(world, control, secret):
    assert await world.respond(secret, {"text": "Psst"}) == (200, "ok")
    assert await world.respond(secret, {"text": "Aloud", "response_type": "in_channel"}) == (
        200,
        "ok",
    )
    shown = [(one["text"], one["ephemeral"]) for one in await control.messages()]
    assert shown == [("T", False), ("Psst", True), ("Aloud", False)]


async def test_the_original_can_be_replaced_and_deleted(world, control, secret):
    await world.respond(secret, {"text": "Done", "replace_original": True})
    (only,) = await control.messages()
    assert (only["text"], only["blocks"]) == ("Done", [])
    await world.respond(secret, {"delete_original": True})
    assert await control.messages() == []


async def test_an_ephemeral_original_can_be_replaced_though_chat_update_cannot_reach_it(
    world, control
):
    whispered = await world.call(
        "chat.postEphemeral", channel=await _opened(world), user=COUNCIL, text="1"
    )
    conversation = world.app.workspace.conversations[CHANNEL]
    source = conversation.message(whispered["message_ts"])
    secret = world.app.tickets.new_response_url(COUNCIL, conversation, source)
    await world.respond(secret, {"text": "2", "replace_original": True})
    assert [(one["text"], one["ephemeral"]) for one in await control.messages()] == [("2", True)]


async def _opened(world):
    return (await world.call("conversations.open", users=COUNCIL))["channel"]["id"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "T", "blocks": [{"type": "video"}]}, "invalid_blocks"),
        ({"text": "T", "colour": "red"}, "invalid_payload"),
    ],
)
async def test_what_slack_would_not_show_is_refused(world, secret, body, error):
    status, text = await world.respond(secret, body)
    assert status == 400
    assert error in text


async def test_a_made_up_address_is_not_found(world):
    assert (await world.respond("made-up", {"text": "T"}))[0] == 404


async def test_an_answer_to_one_person_is_hidden_from_another(world, control, secret):
    await world.respond(secret, {"text": "Psst"})
    path = f"people/{POLICE}/conversations/{CHANNEL}/messages"
    assert "no such conversation" in (await control.get(path, 404))["error"]

"""A call that slips past the rules is noticed, whichever way it took."""

import pytest

from bot.workspace.content.workspace import Message
from tests.bot.workspace.every_call import slipped_past
from tests.bot.workspace.example import COUNCIL, READY

VIDEO = [{"type": "video"}]


async def test_honest_calls_leave_nothing_to_find(world):
    await world.post(READY, metadata={"event_type": "notice", "event_payload": {"id": 7}})
    await world.call("views.publish", user_id=COUNCIL, view={"type": "home", "blocks": READY})
    await world.post(VIDEO)
    assert slipped_past(world.slack) == []


@pytest.mark.parametrize(
    ("method", "arguments", "said"),
    [
        ("chat.postMessage", {"channel": COUNCIL, "blocks": VIDEO}, "invalid_blocks"),
        ("chat.postMessage", {"channel": COUNCIL, "colour": "red"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": COUNCIL, "metadata": {"a": 1}}, "invalid_metadata_schema"),
        ("views.publish", {"user_id": COUNCIL, "view": {"type": "home"}}, "invalid_arguments"),
        ("respond", {"blocks": VIDEO}, "invalid_blocks"),
        ("chat.whisper", {}, "no such method"),
    ],
)
async def test_a_call_that_no_rule_would_take_is_noticed(world, method, arguments, said):
    world.app.accepted(method, arguments=arguments)
    (complaint,) = slipped_past(world.slack)
    assert said in complaint
    world.app.log.accepted.clear()


async def test_a_message_without_an_accepted_call_is_noticed(world):
    conversation, _ = world.app.workspace.direct_message(COUNCIL)
    message = Message(world.app.workspace.stamp(), "ULEEDSBOT", "T", VIDEO, by_bot=True)
    world.app.workspace.add_message(conversation, message)
    without, refused = slipped_past(world.slack)
    assert "without an accepted call" in without
    assert "invalid_blocks" in refused
    conversation.messages.clear()

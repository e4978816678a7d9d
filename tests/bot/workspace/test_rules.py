"""Each row of the table of rules, with a call that just fits and one that just does not."""

import pytest

from bot.workspace.rules import RULES
from tests.bot.workspace.rule_examples import EXAMPLES, POINTERS


def test_every_rule_has_an_example_and_every_example_a_rule():
    assert EXAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
async def test_what_just_fits_is_accepted(world, rule):
    answer = await EXAMPLES[rule.name](world, rule.limit or 0)
    assert answer["ok"], answer


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
async def test_what_just_does_not_fit_is_refused_as_slack_refuses_it(world, rule):
    answer = await EXAMPLES[rule.name](world, (rule.limit or 0) + 1)
    assert not answer["ok"]
    if rule.name in POINTERS:
        at = POINTERS[rule.name]
        assert answer["status"] == 200
        assert answer["error"] == (
            "invalid_blocks" if at.startswith("/blocks") else "invalid_arguments"
        )
        (message,) = answer["response_metadata"]["messages"]
        assert message.startswith("[ERROR] ")
        assert message.endswith(f" [json-pointer:{at}]")
    else:
        assert answer["error"] == OTHER_ERRORS[rule.name]


OTHER_ERRORS = {
    "message.block_text": "msg_blocks_too_long",
    "message.text": "message_truncated",
    "message.update_bytes": "msg_too_long",
    "message.metadata": "metadata_too_large",
    "message.not_empty": "no_text",
    "metadata.shape": "invalid_metadata_schema",
    "view.bytes": "view_too_large",
    "view.stack": "push_limit_reached",
    "file.alt_txt": "alt_txt_too_large",
    "conversations.open.users": "too_many_users",
    "history.limit": "invalid_limit",
    "page": "invalid_limit",
    "history.restricted.limit": "fewer",
    "response_url.uses": "used_url",
    "response_url.seconds": "expired_url",
    "trigger.seconds": "expired_trigger_id",
    "events.an_hour": "app_rate_limited",
    "acknowledge.seconds": "timeout",
    "socket.connections": "too_many_websockets",
    **dict.fromkeys(
        [name for name in RULES if name.startswith(("tier.", "post."))]
        + ["history.restricted.a_minute"],
        "ratelimited",
    ),
}

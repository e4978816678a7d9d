"""Buttons and forms that somebody forged, kept or may not use: refused kindly, and nothing is stored."""

import json

import pytest

from bot.ids import Action
from tests.factories import london, post
from tests.flows.moves import (
    UNDER_WAY,
    duty_of,
    forge,
    join,
    message_saying,
    modal_saying,
    press_forged,
    replies,
    reply,
    slack,
)
from tests.flows.story import Seen, Story, eventually

ASKED = london(2026, 9, 11, 9)
NOT_YOURS = "You do not hold a post that answers for this partner."
TRY_AGAIN = "Something went wrong. Try again."


@pytest.mark.parametrize("user", ["U0COUNCIL", "U0LEAD", "U0FACPO", "U0STRANGER"])
async def test_nobody_opens_another_partners_form(story: Story, user):
    me = story.be(user)
    await press_forged(me, Action.OPEN_REPLY, duty_of(story))
    answer = await message_saying(me, NOT_YOURS)
    assert answer.ephemeral
    assert "Ask your partnership’s lead to add you." in answer.text
    assert (await story.call("GET", f"/control/people/{user}/view"))["view"] is None


async def test_nobody_confirms_another_partners_reply(story: Story):
    await story.to(ASKED)
    police, council = story.be("U0POLICE"), story.be("U0COUNCIL")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY)
    [stored] = replies(story)
    value = {**duty_of(story), "reply_id": stored.id}
    await press_forged(council, Action.STILL_SO, value)
    await message_saying(council, NOT_YOURS)
    assert len(replies(story)) == 1


async def test_nobody_opens_another_partnerships_board(story: Story):
    await join(story, post("U0SOLIHULL", area="Solihull"))
    lead = story.be("U0LEAD")
    await press_forged(lead, Action.OPEN_BOARD, {"partnership_id": 2})
    await modal_saying(lead, "You no longer see this partnership.")


async def test_a_post_that_has_ended_no_longer_replies(story: Story):
    await join(story, post("U0LEAVING", ends=ASKED.date()))
    await story.to(ASKED)
    leaving = story.be("U0LEAVING")
    [asked] = await leaving.messages()
    await leaving.press(asked, "Reply")
    await leaving.view()
    await story.to(london(2026, 9, 12, 9))
    refused = await leaving.send(**UNDER_WAY)
    assert refused["result"] == "updated"
    assert NOT_YOURS in str(refused["view"]["blocks"])
    assert replies(story) == []


@pytest.mark.parametrize(
    "value",
    [
        "no JSON",
        "7",
        {},
        {"round_id": 999, "partner_id": 999},
        {"round_id": "1; DROP TABLE reply", "partner_id": [1]},
        {"somebody": "else's"},
        {"round_id": 10**30, "partner_id": 1},
    ],
)
async def test_a_value_that_is_none_of_ours_gets_a_sentence_and_changes_nothing(
    story: Story, value
):
    police = story.be("U0POLICE")
    for action in (Action.OPEN_REPLY, Action.STILL_SO):
        await press_forged(police, action, value)

    async def both_are_answered() -> list[Seen]:
        answers = [each for each in await police.messages() if each.ephemeral]
        return answers if len(answers) > 1 else []

    answers = await eventually(both_are_answered)
    assert len(answers) == 2
    assert all(answer.text.startswith((TRY_AGAIN, NOT_YOURS)) for answer in answers)
    assert (await story.call("GET", "/control/people/U0POLICE/view"))["view"] is None
    assert replies(story) == []


async def test_a_button_of_an_older_version_gets_a_kind_answer(story: Story):
    police = story.be("U0POLICE")
    await press_forged(police, "remind_me_later", "7")
    view = await modal_saying(police, "This belongs to an older version of Vigil.")
    assert "Type /review-status" in str(view["blocks"])


async def test_a_form_of_an_older_version_gets_a_kind_answer(story: Story):
    police = story.be("U0POLICE")
    await police.messages()
    trigger = story.workspace.installations["T0SAMPLE"].tickets.new_trigger("U0POLICE")
    old = {
        "type": "modal",
        "callback_id": "old_form",
        "title": {"type": "plain_text", "text": "Old"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "old",
                "label": {"type": "plain_text", "text": "Old"},
                "element": {"type": "plain_text_input", "action_id": "answer"},
            }
        ],
    }
    await slack(story).views_open(trigger_id=trigger, view=old)
    sent = await police.send(old="Words")
    assert sent["result"] == "updated"
    assert "This belongs to an older version of Vigil." in str(sent["view"]["blocks"])


async def test_a_reply_to_a_partner_that_was_slipped_into_the_form_is_refused(story: Story):
    """What a form is about stands in the view, which only the bot writes; it is checked all the same."""
    council = story.be("U0COUNCIL")
    await council.messages()
    trigger = story.workspace.installations["T0SAMPLE"].tickets.new_trigger("U0COUNCIL")
    police = story.be("U0POLICE")
    forged = await forge(police, Action.OPEN_REPLY, duty_of(story))
    await police.press(forged, "Forged")
    form = await police.view()
    view = {key: form[key] for key in ("type", "title", "blocks", "submit", "close", "callback_id")}
    about = json.dumps(duty_of(story))
    await slack(story).views_open(trigger_id=trigger, view={**view, "private_metadata": about})
    refused = await council.send(**UNDER_WAY)
    assert NOT_YOURS in str(refused["view"]["blocks"])
    assert replies(story) == []

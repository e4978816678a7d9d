"""The whole job over the wire: remind, collect, /review-status, weekly digest."""

import pytest

from tests.factories import london
from tests.flows.running import BOTH, SIGNED_HTTP, SOCKET_MODE
from tests.flows.story import Story, eventually

pytestmark = BOTH

REPLY = {
    "OQ1": "under_way",
    "OQ2": "on_track",
    "OQ4": "drafting",
    "OQ5": ["capacity"],
    "OQ6": "A call would help.",
}


@pytest.mark.parametrize("transport", [SOCKET_MODE, SIGNED_HTTP])
async def test_a_reminder_is_answered_shown_and_reported(story: Story):
    await story.to_next()
    assert story.clock.now() == london(2026, 9, 11, 9)
    police, lead, facilitator = story.be("U0POLICE"), story.be("U0LEAD"), story.be("U0FACPO")

    [asked] = await police.messages()
    assert "Reply by 11:59pm on Friday 23 October 2026" in asked.text
    assert "No partner has replied so far" in asked.text
    await police.press(asked, "Reply")
    assert (await police.send(**REPLY))["result"] == "closed"

    async def receipt():
        [message] = await police.messages()
        return message if "Your reply" in message.text else None

    shown = await eventually(receipt)
    assert "Review: Under way" in shown.text
    assert "A call would help." in shown.text
    assert shown.buttons() == ["Change my reply"]

    board = await lead.type("/review-status")
    assert board.ephemeral
    assert "1 of 3 partners has replied" in board.text
    assert "Police: West Midlands Police\nReplied, not done yet. Review: under way" in board.text
    assert board.text.count("No reply yet") == 2
    assert (
        "Next reminder: 9am on Friday 2 October 2026, to Council respondent, Birmingham"
        in board.text
    )
    assert [message.text for message in await lead.messages()] == [board.text]

    await story.to(london(2026, 9, 14, 9))
    [digest] = await facilitator.messages()
    assert "Police, West Midlands: October half-term review 2026 to 2027" in digest.text
    assert "1 of 1 partner has replied" in digest.text
    assert "Before: No reply" in digest.text
    assert "Now: Review: under way; by half-term: on track; offer: drafting" in digest.text
    assert "A call would help." in digest.text

    await story.to(london(2026, 9, 21, 9))
    [_, quiet] = await facilitator.messages()
    assert quiet.text == (
        "Nothing has changed since Monday 14 September 2026."
        " Police, West Midlands: 1 of 1 partner has replied (October half-term review 2026 to 2027)."
    )


@pytest.mark.parametrize("rate_limits", [True])
async def test_a_leap_of_the_clock_sends_every_digest_on_its_way_at_slacks_own_pace(story: Story):
    await story.to(london(2026, 10, 27))
    digests = await story.be("U0FACPO").messages()
    assert len(digests) == 7  # from 14 September to 26 October
    assert len(await story.be("U0POLICE").messages()) == 4

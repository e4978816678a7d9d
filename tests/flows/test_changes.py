"""Posts and bodies that end after the asking began; told over the wire."""

from datetime import date

from storage.vocabulary import PostKind
from tests.factories import london, post
from tests.flows.moves import (
    UNDER_WAY,
    join,
    message_saying,
    replies,
    reply,
)
from tests.flows.story import Story

ASKED, THREE_WEEKS = london(2026, 9, 11, 9), london(2026, 10, 2, 9)


async def test_a_successor_is_asked_from_then_on_and_nothing_twice(story: Story):
    await join(
        story,
        post("U0FORMER", area="Solihull", name="Former respondent", ends=date(2026, 9, 30)),
        post("U0NEW", area="Solihull", name="New respondent", starts=date(2026, 10, 1)),
        post("U0DEPUTY", PostKind.DEPUTY, area="Solihull", name="Deputy"),
    )
    await story.to(ASKED)
    former, new, deputy = (story.be(user) for user in ("U0FORMER", "U0NEW", "U0DEPUTY"))
    [asked] = await former.messages()
    assert await new.messages() == []
    await story.to(THREE_WEEKS)
    assert len(await former.messages()) == 1
    [first] = await new.messages()
    assert "Reminder: 3 weeks before the deadline." in first.text

    await former.press(asked, "Reply")
    await message_saying(former, "You do not hold a post that answers for this partner.")
    shown = await deputy.type("/review-status")
    assert (await reply(deputy, shown, **UNDER_WAY))["result"] == "updated"
    receipt = await message_saying(new, "Your reply")
    assert (receipt.ts, "by Deputy" in receipt.text) == (first.ts, True)
    assert len(replies(story)) == 1
    await story.to(london(2026, 10, 16, 9))
    assert len(await new.messages()) == 2
    assert len([each for each in await deputy.messages() if not each.ephemeral]) == 0


async def test_a_body_that_was_merged_owes_nothing_and_its_successor_starts_clean(story: Story):
    await join(
        story,
        post("U0OLD", area="Camden", sector="health", starts=date(2026, 3, 1), name="Old board"),
        post(
            "U0MERGED", area="Camden", sector="health", starts=date(2026, 4, 1), name="Merged board"
        ),
    )
    await story.to(ASKED)
    assert await story.be("U0OLD").messages() == []
    [asked] = await story.be("U0MERGED").messages()
    assert "October half-term review" in asked.text
    assert "No partner has replied so far" in asked.text
    assert "North Central London" not in asked.text
    shown = await story.be("U0OLD").type("/review-status")
    assert "No reply yet" not in shown.text
    assert shown.buttons() == []

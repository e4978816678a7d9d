"""Summer-holiday vigilance, from the offer to the last late reply; told over the wire on both databases."""

from sqlmodel import Session, select

from bot.ids import Action
from storage.tables import Campaign, Partnership
from tests.factories import london
from tests.flows.moves import (
    message_saying,
    modal_saying,
    press_forged,
    replies,
    reply,
)
from tests.flows.running import BOTH
from tests.flows.story import Me, Seen, Story
from tests.flows.years import without_this_october

pytestmark = BOTH

WELL = {"SQ1": "yes", "SQ2": "full"}
OFFERED, WEEK_0, WEEK_1 = london(2027, 6, 28, 9), london(2027, 7, 19, 9), london(2027, 7, 26, 9)
LAST_WEEK = london(2027, 8, 31, 9)


async def newest(me: Me) -> Seen:
    """The last message in the conversation."""
    return (await me.messages())[-1]


async def until_open(story: Story) -> None:
    """To the day of the offer, which the lead takes."""
    without_this_october(story)
    await story.to(OFFERED)
    manager = story.be("U0LEAD")
    await manager.press(await newest(manager), "Open it")
    await message_saying(manager, "Open since")


async def test_a_lead_is_offered_the_summer_and_opens_it_once(story: Story):
    without_this_october(story)
    manager = story.be("U0LEAD")
    await story.to(london(2027, 6, 28, 8, 59))
    assert await manager.messages() == []
    await story.to(OFFERED)
    [offered] = await manager.messages()
    assert "Summer-holiday vigilance 2026 to 2027" in offered.text
    assert (
        "If you open it, reminders are sent\nTo Council respondent, Birmingham,"
        " Health respondent, Birmingham and Police respondent, Birmingham:\n"
        "• 9am on Monday 19 July 2027: The week before the holiday: Handover to the holiday"
        in offered.text
    )
    assert "and 6 more, the last at 9am on Thursday 2 September 2027" in offered.text
    for user in ("U0COUNCIL", "U0ADMIN", "U0FACPO"):
        messages = await story.be(user).messages()
        assert not any("Ready to open" in message.text for message in messages)

    about = _draft(story)
    police = story.be("U0POLICE")
    await press_forged(police, Action.OPEN_CAMPAIGN, about)
    await message_saying(
        police, "Only a partnership’s lead or an administrator can open a campaign."
    )
    await press_forged(police, Action.LOOK_AT_DRAFT, about)
    await story.to(london(2027, 6, 28, 9, 5))
    assert "It is a draft" in (await newest(manager)).text

    await manager.press(offered, "Open it")
    opened = await message_saying(manager, "Open since 9:05am on Monday 28 June 2027.")
    assert (opened.ts, opened.buttons()) == (offered.ts, [])
    await story.to(london(2027, 6, 28, 9, 30))
    await press_forged(manager, Action.OPEN_CAMPAIGN, about)
    await story.to(london(2027, 6, 28, 10))
    await message_saying(manager, "Open since 9:05am on Monday 28 June 2027.")


def _draft(story: Story) -> dict[str, int]:
    def find(session: Session) -> dict[str, int]:
        summer = select(Campaign.id).where(Campaign.key == "summer-vigilance")
        partnership = session.exec(select(Partnership.id)).one()
        return {"campaign_id": session.exec(summer).one() or 0, "partnership_id": partnership or 0}

    return story.database.read_now(find)


async def test_a_weeks_reply_has_a_second_screen_and_ends_that_weeks_asking(story: Story):
    await until_open(story)
    await story.to(WEEK_0)
    police, council, health = (story.be(user) for user in ("U0POLICE", "U0COUNCIL", "U0HEALTH"))
    asked = await newest(police)
    assert "the week before the holiday: Handover to the holiday" in asked.text
    assert "Reply by 11:59pm on Friday 23 July 2027" in asked.text
    refused = await reply(police, asked, **WELL, SQ5=["none", "online"])
    assert refused["errors"] == {"SQ5": "Choose either ‘None’ or the others, not both."}
    form = await police.view()
    assert [block["block_id"] for block in form["blocks"] if block["type"] == "input"] == [
        "SQ1", "SQ2", "SQ3", "SQ4", "SQ5", "SQ6", "audience",
    ]  # fmt: skip
    topic = await police.send(SQ5=["online"])
    assert topic["result"] == "updated"
    await message_saying(police, "Rising: Online")
    assert "Your reply is stored." in str(topic["view"]["blocks"])
    assert (await police.send(ST1="all", ST3=["police"]))["result"] == "closed"
    receipt = await message_saying(police, "On duty: Police protecting vulnerable people team")
    assert "No more is asked of you this week." in receipt.text
    first, second = replies(story)
    assert first.answers == {**WELL, "SQ5": ["online"]}
    assert second.answers == {**first.answers, "ST1": "all", "ST3": ["police"]}
    assert (second.revision, second.is_done) == (2, True)

    await reply(council, await newest(council), **WELL)  # and skips the topic
    assert (await modal_saying(council, "Your reply is stored."))["close"]["text"] == "Skip"
    await message_saying(council, "No more is asked of you this week.")
    assert [each.revision for each in replies(story)] == [1, 2, 1]

    before = {me: len(await me.messages()) for me in (police, council, health)}
    await story.to(london(2027, 7, 22, 9))
    after = {me: len(await me.messages()) for me in (police, council, health)}
    assert [after[me] - before[me] for me in (police, council, health)] == [0, 0, 1]
    assert "2 of 3 partners have replied so far." in (await newest(health)).text

    await story.to(WEEK_1)
    again = await newest(police)
    assert "week 1: Holiday activities and food" in again.text
    assert "Last time you said:\nWorking together: Yes" in again.text
    assert "On duty" not in again.text


async def test_what_was_typed_on_the_topic_is_guarded_and_shown_to_its_writer(story: Story):
    await until_open(story)
    await story.to(WEEK_1)
    police = story.be("U0POLICE")
    await reply(police, await newest(police), **WELL)
    await modal_saying(police, "Where are places short?")
    await message_saying(police, "No more is asked of you this week.")
    refused = await police.send(ST5="NHS number 943 476 5919")
    assert refused["errors"]["ST5"].startswith("This looks like an NHS number.")
    assert (await police.send(ST5="In the north of the city."))["result"] == "closed"
    await message_saying(police, "Short of places: In the north of the city.")
    assert [each.revision for each in replies(story)] == [1, 2]


async def test_last_weeks_round_stays_for_late_replies_and_then_no_more(story: Story):
    await until_open(story)
    await story.to(WEEK_1)
    police, manager = story.be("U0POLICE"), story.be("U0LEAD")
    shown = await manager.type("/review-status")
    assert "the week before the holiday: Handover" in shown.text
    assert "week 1: Holiday activities and food" in shown.text
    assert shown.buttons().count("Give the dates") == 1  # once, for all weeks
    duties = await police.type("/review-status")
    assert duties.buttons() == ["Record a late reply", "Reply", "I am away"]
    old = next(each for each in await police.messages() if "Handover" in each.text)

    await story.to(london(2027, 7, 30, 23, 30))
    await reply(police, old, **WELL)
    await modal_saying(police, "Your reply is stored.")
    await message_saying(police, "It came after the deadline.")
    await story.to(london(2027, 7, 31, 0, 1))
    council = story.be("U0COUNCIL")
    missed = next(each for each in await council.messages() if "Handover" in each.text)
    await council.press(missed, "Reply")
    await message_saying(council, "Late replies to this are no longer taken.")
    assert len(replies(story)) == 1
    assert "Handover" not in (await manager.type("/review-status")).text


async def test_a_bank_holiday_monday_is_asked_and_reported_on_tuesday(story: Story):
    await until_open(story)
    await story.to(london(2027, 8, 30, 23))
    police, facilitator = story.be("U0POLICE"), story.be("U0FACPO")
    assert "week 5: Thresholds and places" in (await newest(police)).text
    await story.to(LAST_WEEK)
    last = await newest(police)
    assert "week 6: Going back" in last.text
    assert "Reply by 11:59pm on Friday 3 September 2027" in last.text
    assert "Weekly digest, Tuesday 31 August 2027" in (await newest(facilitator)).text
    await story.to(london(2027, 9, 20, 9))
    shown = await police.type("/review-status")
    assert "Late replies were taken until Friday 10 September 2027." in shown.text
    assert shown.buttons() == ["I am away"]


async def test_the_digest_reports_the_week_before_even_when_nobody_replied(story: Story):
    await until_open(story)
    await story.to(WEEK_0)
    police, facilitator = story.be("U0POLICE"), story.be("U0FACPO")
    await reply(police, await newest(police), **WELL, SQ6="A call would help.")
    await message_saying(police, "Your reply")
    await story.to(WEEK_1)
    reported = (await newest(facilitator)).text
    assert "2026 to 2027, the week before the holiday: Handover to the holiday" in reported
    assert "1 of 1 partner has replied. 1 is done.\nWorking together: 1 yes." in reported
    assert "A call would help." in reported
    assert "week 1" not in reported
    await story.to(london(2027, 8, 2, 9))
    silent = (await newest(facilitator)).text
    assert "week 1: Holiday activities and food\n0 of 1 partner has replied." in silent
    assert "Who has not replied\n• West Midlands Police" in silent
    assert "A call would help." not in silent

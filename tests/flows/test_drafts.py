"""Campaigns that stand ready: offered in time, opened late, or too late; told over the wire."""

from storage.queries.campaigns import campaigns, close_campaign
from storage.vocabulary import CampaignState
from tests.factories import lead, london
from tests.flows.moves import (
    join,
    message_saying,
    modal_saying,
)
from tests.flows.story import Story
from tests.flows.years import without_this_october

#: Half an hour into the school year.
NEW_YEAR = london(2027, 8, 1, 0, 30)
NEXT_OCTOBER = "October half-term review 2027 to 2028"


async def test_a_school_year_brings_its_drafts_and_the_lead_is_offered_them(story: Story):
    without_this_october(story)
    await story.to(london(2027, 7, 31, 23, 30))
    assert {line.school_year for line in story.database.read_now(campaigns)} == {2026}
    manager = story.be("U0LEAD")
    shown = await manager.type("/review-status")
    assert "Summer-holiday vigilance 2026 to 2027" in shown.text  # not opened, and not too late

    await story.to(NEW_YEAR)
    lines = [line for line in story.database.read_now(campaigns) if line.school_year == 2027]
    assert {line.key for line in lines} == {"october-review", "summer-vigilance"}
    assert {line.state for line in lines} == {CampaignState.DRAFT}
    shown = await manager.type("/review-status")
    assert shown.text.count("Ready to open") == 1
    assert "Summer-holiday vigilance 2026 to 2027" in shown.text  # its holiday is not over
    assert NEXT_OCTOBER not in shown.text

    before = len(await manager.messages())
    await story.to(london(2027, 9, 3, 8, 59))
    assert len(await manager.messages()) == before
    await story.to(london(2027, 9, 3, 9))
    offered = await message_saying(manager, NEXT_OCTOBER)
    assert "• 9am on Friday 10 September 2027: 6 weeks before the deadline" in offered.text
    assert "Once it is open, type /review-status to give them." in offered.text

    await story.to(london(2027, 9, 11))
    assert "Summer-holiday" not in (await manager.type("/review-status")).text


async def test_a_leap_over_the_summer_stops_where_the_new_year_brings_its_campaigns(story: Story):
    without_this_october(story)
    await story.to(london(2027, 9, 3, 9))
    await message_saying(story.be("U0LEAD"), NEXT_OCTOBER)


async def test_opening_on_the_day_of_a_step_says_that_it_is_sent_at_once(story: Story):
    without_this_october(story)
    await story.to(NEW_YEAR)
    await story.to(london(2027, 9, 10, 11))
    manager, police = story.be("U0LEAD"), story.be("U0POLICE")
    before = len(await police.messages())
    await manager.press(await manager.type("/review-status"), "Look at it")
    await modal_saying(manager, "11am on Friday 10 September 2027: 6 weeks before the deadline")
    assert (await manager.send())["result"] == "closed"
    await message_saying(police, NEXT_OCTOBER)
    assert len(await police.messages()) == before + 1


async def test_after_the_deadline_only_late_replies_are_offered(story: Story):
    without_this_october(story)
    await join(story, lead("U0LEAD2"))
    await story.to(NEW_YEAR)
    await story.to(london(2027, 10, 23, 12))
    manager, second, police = story.be("U0LEAD"), story.be("U0LEAD2"), story.be("U0POLICE")
    await manager.press(await manager.type("/review-status"), "Look at it")
    shown = await manager.view()
    assert shown["submit"]["text"] == "Take late replies"
    assert "Its deadline was Friday 22 October 2027, so no reminders would be sent." in str(
        shown["blocks"]
    )
    assert "Partners could record a late reply until Friday 31 December 2027." in str(
        shown["blocks"]
    )
    offered = [each for each in await second.messages() if NEXT_OCTOBER in each.text][-1]
    assert (await manager.send())["result"] == "closed"
    opened = await message_saying(second, "Open since 12pm on Saturday 23 October 2027.")
    assert (opened.ts, opened.buttons()) == (offered.ts, [])
    duties = await police.type("/review-status")
    assert "Overdue, no reply yet." in duties.text
    assert duties.buttons() == ["Record a late reply", "I am away"]


async def test_a_draft_is_no_longer_shown_when_late_replies_are_not_taken(story: Story):
    without_this_october(story)
    await story.to(NEW_YEAR)
    await story.to(london(2027, 12, 31, 12))
    manager = story.be("U0LEAD")
    assert NEXT_OCTOBER in (await manager.type("/review-status")).text
    await story.to(london(2028, 1, 1, 12))
    assert NEXT_OCTOBER not in (await manager.type("/review-status")).text


async def test_what_an_administrator_closed_is_not_opened_from_an_old_offer(story: Story):
    without_this_october(story)
    await story.to(NEW_YEAR)
    await story.to(london(2027, 9, 3, 9))
    manager = story.be("U0LEAD")
    offered = await message_saying(manager, NEXT_OCTOBER)
    story.database.write_now(
        close_campaign, key="october-review", year=2027, partnership=None, now=story.clock.now()
    )
    await manager.press(offered, "Open it")
    await message_saying(manager, "This campaign has been closed")
    await story.to(london(2027, 9, 10, 12))
    assert await story.be("U0POLICE").messages() == []

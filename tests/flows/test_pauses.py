"""Somebody is away, nobody replies, messages do not arrive: told over the wire."""

from datetime import datetime

from bot.sample import TEAM_ID
from bot.workspace.faults import Fault
from storage.vocabulary import PostKind
from tests.factories import lead, london, post
from tests.flows.moves import DONE, join, message_saying, reply
from tests.flows.story import Me, Seen, Story, eventually

FIRST_STEP, SECOND_STEP = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
THE_DAY, DAY_AFTER, FIVE_DAYS_AFTER = london(2026, 10, 23, 9), london(2026, 11, 2, 9), london(2026, 11, 6, 9)  # fmt: skip
DIGEST = london(2026, 11, 9, 9)


async def count(me: Me) -> int:
    return len(await me.messages())


async def say_away(me: Me, label: str, first: str, last: str, **more: str) -> dict:
    """Open the form from /review-status, and send it."""
    await me.press(await me.type("/review-status"), label)
    return await me.send(first_day=first, last_day=last, **more)


async def who(me: Me, name: str) -> str:
    """The value under which the open form offers somebody."""
    view = await me.view()
    [block] = [block for block in view["blocks"] if block.get("block_id") == "person"]
    return next(
        option["value"] for option in block["element"]["options"] if option["text"]["text"] == name
    )


async def updated(me: Me, message: Seen, words: str) -> Seen:
    """The same message, once it says so."""

    async def look() -> Seen | None:
        found = next(each for each in await me.messages() if each.ts == message.ts)
        return found if words in found.words() else None

    return await eventually(look)


async def test_while_somebody_is_away_their_deputy_is_asked_and_can_reply(story: Story):
    await join(story, post("U0DEPUTY", PostKind.DEPUTY, name="Police deputy, Birmingham"))
    police, deputy = story.be("U0POLICE"), story.be("U0DEPUTY")
    outcome = await say_away(police, "I am away", "2026-09-10", "2026-09-14")
    assert outcome["result"] == "closed"
    before = await count(police)
    await story.to(FIRST_STEP)
    asked = await message_saying(deputy, "October half-term review")
    assert "You are asked as deputy" in asked.text
    assert await count(police) == before
    board = (await story.be("U0LEAD").type("/review-status")).text
    assert "Police respondent, Birmingham is away until Monday 14 September 2026." in board
    assert "Nobody stands in" not in board
    await reply(deputy, asked, **DONE)
    await updated(deputy, asked, "You have replied.")


async def test_a_lead_says_who_is_away_and_takes_it_back(story: Story):
    manager, police = story.be("U0LEAD"), story.be("U0POLICE")
    await manager.press(await manager.type("/review-status"), "Say who is away")
    person = await who(manager, "Police respondent, Birmingham")
    outcome = await manager.send(person=person, first_day="2026-09-11", last_day="2026-09-14")
    assert outcome["result"] == "closed"
    before = await count(police)

    async def put_off() -> bool:
        board = (await manager.type("/review-status")).text
        return "Next reminder: 9am on Tuesday 15 September 2026" in board

    await eventually(put_off)
    await story.to(london(2026, 9, 14, 12))
    assert await count(police) == before  # there is no deputy: the reminder waits
    board = (await manager.type("/review-status")).text
    assert "Nobody stands in for them." in board
    await story.to(london(2026, 9, 15, 9))
    await message_saying(police, "October half-term review")


async def test_coming_back_early_brings_what_waited(story: Story):
    police = story.be("U0POLICE")
    await say_away(police, "I am away", "2026-09-11", "2026-09-25")
    await story.to(london(2026, 9, 14, 10))
    before = await count(police)
    await police.press(await police.type("/review-status"), "I am away")
    view = await police.view()
    assert "from Friday 11 September 2026 to Friday 25 September 2026" in str(view["blocks"])
    await press_in_view(police, "Remove")

    async def reminded() -> bool:
        return await count(police) == before + 2  # the private board, and the reminder

    await eventually(reminded)


async def press_in_view(me: Me, label: str) -> None:
    """Press a button in the open modal."""
    view = await me.view()
    [(block_id, action_id)] = [
        (block["block_id"], block["accessory"]["action_id"])
        for block in view["blocks"]
        if (block.get("accessory") or {}).get("text", {}).get("text") == label
    ]
    await me.story.call(
        "POST",
        f"/control/people/{me.user}/view/actions",
        {"view_id": view["id"], "block_id": block_id, "action_id": action_id},
    )


async def test_days_that_are_no_absence_go_back_into_the_open_form(story: Story):
    police = story.be("U0POLICE")
    for first, last, at, says in (
        ("2026-09-20", "2026-09-14", "last_day", "The last day is before the first."),
        ("2026-09-01", "2026-09-04", "last_day", "These days are over."),
        ("2028-09-01", "2028-09-04", "first_day", "This is more than a year ahead."),
        ("2026-09-10", "2028-09-10", "last_day", "This is more than a year."),
    ):
        outcome = await say_away(police, "I am away", first, last)
        assert outcome["errors"][at].startswith(says)


# Silence


async def silence(story: Story, until: datetime) -> None:
    """Everybody but the police replies, and time passes."""
    await story.to(FIRST_STEP)
    for user in ("U0COUNCIL", "U0HEALTH"):
        me = story.be(user)
        await reply(me, await message_saying(me, "October half-term review"), **DONE)
    await story.to(until)


async def test_silence_goes_to_the_deputy_then_the_lead_then_the_digest(story: Story):
    await join(story, post("U0DEPUTY", PostKind.DEPUTY, name="Police deputy, Birmingham"))
    deputy, manager = story.be("U0DEPUTY"), story.be("U0LEAD")
    await silence(story, london(2026, 10, 22, 17))
    assert not [each for each in await deputy.messages() if "half-term" in each.text]
    await story.to(THE_DAY)
    await message_saying(deputy, "You are asked as deputy")
    assert not [each for each in await manager.messages() if "No reply yet" in each.text[:20]]
    await story.to(DAY_AFTER)
    told = await message_saying(manager, "You are told because you lead the partnership")
    assert "West Midlands Police" in told.text
    assert "They have been asked 4 times." in told.text
    await story.to(DIGEST)
    digest = await message_saying(story.be("U0FACPO"), "9 November 2026")
    assert "Silent, though their deputies and leads were told" in digest.text


async def test_the_lead_stops_the_reminders_and_goes_on_with_them(story: Story):
    manager, police = story.be("U0LEAD"), story.be("U0POLICE")
    await silence(story, DAY_AFTER)
    told = await message_saying(manager, "You are told because you lead the partnership")
    before = await count(police)
    await manager.press(told, "Stop reminders")
    told = await updated(manager, told, "A lead has stopped the reminders.")
    assert told.buttons() == ["Go on with reminders"]
    board = await manager.type("/review-status")
    assert "A lead has stopped the reminders." in board.text
    await story.to(FIVE_DAYS_AFTER)
    assert await count(police) == before
    await story.to(DIGEST)
    digest = (await story.be("U0FACPO").messages())[-1]
    assert digest.text.startswith("Nothing has changed")


async def test_going_on_with_reminders_sends_what_is_still_to_come(story: Story):
    manager, police = story.be("U0LEAD"), story.be("U0POLICE")
    await silence(story, london(2026, 10, 5, 10))
    await manager.press(await manager.type("/review-status"), "Stop reminders")
    stopped = await message_saying(manager, "A lead has stopped the reminders.")
    before = await count(police)
    await story.to(london(2026, 10, 19, 10))
    assert await count(police) == before
    await manager.press(stopped, "Go on with reminders")
    await message_saying(manager, "Next reminder: 9am on Friday 23 October 2026")
    await story.to(london(2026, 10, 22, 17))
    assert await count(police) == before  # what was missed is not made up
    await story.to(THE_DAY)
    assert await count(police) == before + 1


async def test_only_a_lead_of_the_partnership_can_stop_its_reminders(story: Story):
    await join(story, lead("U0OTHER", area="Leeds"))
    await story.to(FIRST_STEP)
    board = await story.be("U0POLICE").type("/review-status")
    assert "Stop reminders" not in board.buttons()
    board = await story.be("U0OTHER").type("/review-status")
    assert "Stop reminders" not in board.buttons()


# Messages that do not arrive


async def test_the_lead_is_told_once_of_who_cannot_be_reached(story: Story):
    faults = story.workspace.installations[TEAM_ID].faults
    await story.to(FIRST_STEP)
    channel = next(
        conversation.id
        for conversation in story.workspace.installations[TEAM_ID].workspace.conversations.values()
        if "U0POLICE" in conversation.members and conversation.kind == "im"
    )
    refusal = Fault(
        "error", "chat.postMessage", channel=channel, count=2, error="channel_not_found"
    )
    faults.add(refusal)
    await story.to(SECOND_STEP)
    manager = story.be("U0LEAD")
    told = await message_saying(manager, "Messages that did not arrive")
    assert "Police respondent, Birmingham" in told.text
    assert "Respondent of West Midlands Police" in told.text
    await story.to(london(2026, 10, 16, 10))
    news = [each for each in await manager.messages() if "did not arrive" in each.text]
    assert len(news) == 1

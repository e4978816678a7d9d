"""Another day, last time's answer, a reply that went another way, and plain words: told over the wire."""

import pytest

from tests.factories import london
from tests.flows.moves import DONE, message_saying, replies, reply
from tests.flows.story import Me, Seen, Story, eventually

FIRST_STEP, SECOND_STEP = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
ASKED = "October half-term review"


async def choose(me: Me, message: Seen, choice: str, day: str | None = None) -> dict:
    """Press ‘Not now’, choose, and save."""
    await me.press(message, "Not now")
    return await me.send(when=choice, **({} if day is None else {"day": day}))


async def count(me: Me) -> int:
    return len(await me.messages())


async def updated(me: Me, message: Seen, words: str) -> Seen:
    """The same message, once it says so."""

    async def look() -> Seen | None:
        found = next(each for each in await me.messages() if each.ts == message.ts)
        return found if words in found.text else None

    return await eventually(look)


async def test_a_reminder_comes_on_the_day_that_was_asked_for_and_not_before(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    assert (await choose(police, asked, "on_a_day", "2026-10-05"))["result"] == "closed"
    await updated(police, asked, "You asked to be reminded on Monday 5 October 2026.")
    before = await count(police)
    await story.to(SECOND_STEP)
    assert await count(police) == before  # the regular reminder does not come either
    await story.to(london(2026, 10, 5, 9))
    again = (await police.messages())[-1]
    assert await count(police) == before + 1
    assert "Reminder: the day that you asked for." in again.text
    await story.to(london(2026, 10, 16, 9))
    assert await count(police) == before + 2  # the next step comes as usual


@pytest.mark.parametrize(
    ("choice", "at"), [("tomorrow", london(2026, 9, 14, 9)), ("next_week", london(2026, 9, 14, 9))]
)
async def test_tomorrow_is_the_next_working_day(story: Story, choice, at):
    await story.to(FIRST_STEP)  # a Friday
    police = story.be("U0POLICE")
    await choose(police, await message_saying(police, ASKED), choice)
    before = await count(police)
    await story.to(london(2026, 9, 13, 20))
    assert await count(police) == before
    await story.to(at)
    assert await count(police) == before + 1


async def test_nobody_is_reminded_past_the_deadline_without_being_told(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    refused = await choose(police, asked, "on_a_day")
    assert refused["errors"]["day"] == "Choose the day here."
    refused = await police.send(when="on_a_day", day="2026-10-26")
    assert refused["errors"]["day"].startswith(
        "That is too late: the last day is Friday 23 October"
    )
    refused = await police.send(when="on_a_day", day="2026-09-11")
    assert refused["errors"]["day"] == "Choose a day from tomorrow on."


async def test_a_reply_before_that_day_ends_it(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    await choose(police, asked, "on_a_day", "2026-10-05")
    asked = await updated(police, asked, "You asked to be reminded")
    await reply(police, asked, **DONE)
    await updated(police, asked, "No more is asked of you")
    before = await count(police)
    await story.to(london(2026, 10, 6, 9))
    assert await count(police) == before


async def test_we_have_replied_another_way_is_kept_with_who_and_when(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    await choose(police, asked, "another_way")
    await updated(police, asked, "You said that you have replied another way.")
    [kept] = replies(story)
    assert (kept.another_way, kept.is_done, kept.answers) == (True, True, {})
    board = (await story.be("U0LEAD").type("/review-status")).text
    assert (
        "Replied another way. Sent at 9am on Friday 11 September 2026 by Police respondent" in board
    )
    before = await count(police)
    await story.to(SECOND_STEP)
    assert await count(police) == before


# Plain words


async def test_a_day_that_was_typed_is_kept_when_it_is_confirmed(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    offered = await police.type("remind me on 5 October")
    assert "Shall I remind you on Monday 5 October 2026?" in offered.text
    assert offered.buttons() == ["Yes, remind me then", "No"]
    await police.press(offered, "Yes, remind me then")
    await updated(police, offered, "You will be reminded on Monday 5 October 2026")
    await updated(police, asked, "You asked to be reminded on Monday 5 October 2026.")


async def test_what_was_typed_changes_nothing_until_it_is_confirmed(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    offered = await police.type("I'm away next week")
    assert "Are you away from Monday 14 September to Friday 18 September 2026?" in offered.text
    await police.press(offered, "No")
    await updated(police, offered, "Nothing was kept.")
    assert "is away" not in (await story.be("U0LEAD").type("/review-status")).text
    offered = await police.type("I'm away today")
    await police.press(offered, "Yes, I am away")
    await updated(police, offered, "It is kept that you are away.")
    assert "is away until" in (await story.be("U0LEAD").type("/review-status")).text


@pytest.mark.parametrize(
    ("typed", "says", "button"),
    [
        ("done", "Answer in the form", "Reply"),
        ("on track", "Answer in the form", "Reply"),
        ("not done yet", "Answer in the form", "Reply"),
        ("we replied by email", "Have you replied another way?", "Replied another way"),
        ("this is not my job any more", "Which is not your duty any more?", "Not my duty"),
        ("what is the weather", "I cannot read messages", None),
        ("help", "How /review-status works", None),
    ],
)
async def test_plain_words_get_a_kind_answer(story: Story, typed, says, button):
    await story.to(FIRST_STEP)
    answer = await story.be("U0POLICE").type(typed)
    assert says in answer.text
    assert button is None or button in answer.buttons()


async def test_a_worry_about_a_child_gets_999_and_the_front_door_first(story: Story):
    answer = await story.be("U0POLICE").type("I'm worried about a child")
    assert answer.text.startswith(
        "This is not for reporting a concern. If a child is in danger call 999."
    )


async def test_who_answers_for_nothing_is_told_so(story: Story):
    answer = await story.be("U0LEAD").type("done")
    assert "There is nothing that you have to answer at present." in answer.text

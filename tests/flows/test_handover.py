"""A duty passed to a colleague: asked, agreed or declined, replied to, and taken back; told over the wire."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot.sample import TEAM_ID, sample_team
from bot.workspace import WorkspacePerson
from storage.tables import Handover, Post
from storage.vocabulary import PostKind
from tests.factories import london
from tests.flows.moves import DONE, message_saying, modal_saying, replies, reply
from tests.flows.running import BOTH
from tests.flows.story import Me, Seen, Story, eventually
from tests.flows.test_twice import double_click, settled, twice

pytestmark = BOTH

FIRST_STEP, SECOND_STEP = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
REMINDED, ASKED = "October half-term review", "A colleague asks for your help"
NEW = "U0STRANGER"
NAME = "Somebody new, not on the roster"


async def pass_on(me: Me, message: Seen, to: str = NEW, how_long: str = "once") -> dict:
    """From ‘Not now’ to the colleague."""
    await me.press(message, "Not now")
    assert (await me.send(when="hand_over"))["result"] == "updated"
    return await me.send(colleague=to, how_long=how_long)


async def updated(me: Me, message: Seen, words: str) -> Seen:
    """The same message, once it says so."""

    async def look() -> Seen | None:
        found = next(each for each in await me.messages() if each.ts == message.ts)
        return found if words in found.text else None

    return await eventually(look)


async def reminded(story: Story, user: str = "U0POLICE") -> tuple[Me, Seen]:
    """Somebody with their first reminder."""
    await story.to(FIRST_STEP)
    me = story.be(user)
    return me, await message_saying(me, REMINDED)


async def rows(story: Story, table: type) -> list:
    def find(session: Session) -> list:
        return list(session.exec(select(table).order_by(table.id)))

    return await story.database.read(find)


async def test_a_colleague_agrees_and_replies_this_time(story: Story):
    police, message = await reminded(story)
    assert (await pass_on(police, message))["result"] == "updated"
    await modal_saying(police, f"Vigil asks {NAME}.")
    await updated(police, message, f"You asked {NAME} to take this over.")

    colleague = story.be(NEW)
    asked = await message_saying(colleague, ASKED)
    assert "Police respondent, Birmingham asks you to answer for this partner" in asked.text
    assert "It keeps your name, your work email address" in asked.text
    assert asked.buttons() == ["I agree", "No, not me"]
    assert "West Midlands Police" not in (await colleague.type("/review-status")).text

    await colleague.press(asked, "I agree")
    asked = await updated(colleague, asked, "You answer for this until Thursday 31 December 2026.")
    assert asked.buttons() == ["Reply", "Not now"]
    message = await updated(police, message, f"{NAME} answers for this")
    assert "Take it back" in message.buttons()

    before = len(await police.messages())
    await story.to(SECOND_STEP)
    again = await message_saying(colleague, REMINDED)
    assert len(await police.messages()) == before  # the colleague is reminded instead

    await reply(colleague, again, **DONE)
    await updated(colleague, again, "No more is asked of you")
    await updated(colleague, asked, "Review: signed off")
    await updated(police, message, "No more is asked of you")
    [kept] = replies(story)
    assert kept.is_done
    board = (await story.be("U0LEAD").type("/review-status")).text
    assert f"by {NAME}" in board


async def test_a_colleague_declines_and_it_stays_where_it_was(story: Story):
    police, message = await reminded(story)
    await pass_on(police, message)
    colleague = story.be(NEW)
    asked = await message_saying(colleague, ASKED)
    await colleague.press(asked, "No, not me")
    asked = await updated(colleague, asked, "You said no.")
    assert asked.buttons() == []
    await updated(police, message, f"{NAME} cannot take it over: it is still yours")
    before = len(await police.messages())
    await story.to(SECOND_STEP)
    assert len(await police.messages()) == before + 1
    assert len(await colleague.messages()) == 1


async def test_it_is_taken_back(story: Story):
    police, message = await reminded(story)
    await pass_on(police, message)
    colleague = story.be(NEW)
    asked = await message_saying(colleague, ASKED)
    await colleague.press(asked, "I agree")
    message = await updated(police, message, f"{NAME} answers for this")
    await police.press(message, "Take it back")
    await modal_saying(police, "It is yours again.")
    await updated(colleague, asked, "Your colleague has taken this back.")
    await updated(police, message, "No partner has replied so far.")
    before = len(await police.messages())
    await story.to(SECOND_STEP)
    assert len(await police.messages()) == before + 1
    assert len(await colleague.messages()) == 1


async def test_for_good_the_one_who_asked_answers_no_more(story: Story):
    police, message = await reminded(story)
    await pass_on(police, message, how_long="for_good")
    colleague = story.be(NEW)
    asked = await message_saying(colleague, ASKED)
    assert "from now on, instead of them" in asked.text
    await colleague.press(asked, "I agree")
    asked = await updated(colleague, asked, "You answer for this now.")
    message = await updated(police, message, f"{NAME} answers for this now.")
    assert message.buttons() == []
    assert "There is nothing" in (await police.type("done")).text
    duties = (await colleague.type("/review-status")).text
    assert "West Midlands Police" in duties
    await colleague.press(asked, "Not now")
    await colleague.send(when="on_a_day", day="2026-09-21")
    await updated(colleague, asked, "You asked to be reminded on Monday 21 September 2026.")
    await story.to(london(2026, 9, 21, 9))
    await message_saying(colleague, "Reminder: the day that you asked for.")


async def test_plain_words_offer_to_pass_a_duty_on_and_to_take_it_back(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    offered = await police.type("can you ask my colleague instead")
    assert "Which duty do you want to pass on?" in offered.text
    await police.press(offered, "Pass it on")
    await modal_saying(police, "Which colleague?")
    await police.send(colleague=NEW, how_long="once")
    asked = await message_saying(story.be(NEW), ASKED)
    offered = await police.type("pass it to a colleague")
    await police.press(offered, "Take it back")
    await modal_saying(police, "It is yours again.")
    await updated(story.be(NEW), asked, "Your colleague has taken this back.")


async def test_who_cannot_take_it_over_is_said_in_the_open_form(story: Story):
    other = WorkspacePerson(user_id="U0APP", name="Calendar", email="", is_bot=True)
    await story.workspace.add_person(TEAM_ID, other)
    police, message = await reminded(story)
    await police.press(message, "Not now")
    await police.send(when="hand_over")
    for user, says in {
        "U0POLICE": "Choose somebody else than yourself.",
        "U0APP": "This is an app, not a person.",
        "USLACKBOT": "This is an app, not a person.",
    }.items():
        answer = await police.send(colleague=user, how_long="once")
        assert says in answer["errors"]["colleague"]
    assert await rows(story, Handover) == []


async def test_without_the_right_to_look_somebody_up_it_says_what_to_do(story: Story):
    app = story.workspace.installations[TEAM_ID]
    app.team = replace(sample_team(), scopes=sample_team().scopes - {"users:read"})
    police, message = await reminded(story)
    answer = await pass_on(police, message)
    assert "Slack does not give Vigil an email address" in answer["errors"]["colleague"]
    assert (await police.send(colleague="U0HEALTH", how_long="once"))["result"] == "updated"
    await message_saying(story.be("U0HEALTH"), ASKED)


async def test_everything_that_comes_twice_happens_once(story: Story):
    police, message = await reminded(story)
    twice(story, "view_submission")
    await pass_on(police, message)
    colleague = story.be(NEW)
    asked = await message_saying(colleague, ASKED)
    twice(story, "block_actions")
    await double_click(colleague, asked, "I agree")
    message = await updated(police, message, f"{NAME} answers for this")
    await settled(story)
    assert len(await rows(story, Handover)) == 1
    assert len(await colleague.messages()) == 1
    held = [post for post in await rows(story, Post) if post.added_by is not None]
    assert sorted(post.kind for post in held) == [PostKind.INVITED, PostKind.RESPONDENT]
    app = twice(story, "block_actions")
    await double_click(police, message, "Take it back")
    await updated(colleague, asked, "Your colleague has taken this back.")
    await settled(story)
    assert not app.log.refused


async def test_replied_meanwhile_there_is_nothing_left_to_agree_to(story: Story):
    police, message = await reminded(story)
    await pass_on(police, message)
    colleague = story.be(NEW)
    asked = await message_saying(colleague, ASKED)
    await police.close()
    message = await updated(police, message, f"You asked {NAME}")
    await reply(police, message, **DONE)
    asked = await updated(colleague, asked, "nothing is left to take over")
    assert asked.buttons() == []


async def test_replied_before_the_colleague_could_be_asked_they_are_not(story: Story):
    police, message = await reminded(story)
    await story.to(london(2026, 9, 11, 18))  # a Friday evening
    await pass_on(police, message)
    await police.close()
    message = await updated(police, message, f"You asked {NAME}")
    await reply(police, message, **DONE)
    await updated(police, message, "No more is asked of you")
    await story.to(london(2026, 9, 14, 10))
    assert await story.be(NEW).messages() == []


@pytest.mark.parametrize("user", ["U0HEALTH", "U0LEAD"])
async def test_nobody_is_told_of_a_handover_but_the_two(story: Story, user):
    police, message = await reminded(story)
    await pass_on(police, message)
    await message_saying(story.be(NEW), ASKED)
    assert all(NAME not in each.words() for each in await story.be(user).messages())

"""Joining and leaving: the first message, a duty that is nobody's any more, an account that is closed; over the wire."""

import asyncio

import pytest
from sqlmodel import select

from bot.ids import Action
from bot.sample import TEAM_ID
from bot.workspace.faults import Fault
from storage.tables import AuditEntry
from storage.vocabulary import PostKind
from tests.factories import lead, london, partner_id, post
from tests.flows.moves import DONE, join, message_saying, modal_saying, press_forged, reply
from tests.flows.running import SIGNED_HTTP, SOCKET_MODE
from tests.flows.story import Me, Seen, Story, eventually

FIRST_STEP, SECOND_STEP = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
ASKED = "October half-term review"
NOT_THEIRS = "This is not your duty any more."
LEFT = "Somebody has left a post"


async def updated(me: Me, message: Seen, words: str) -> Seen:
    """The same message, once it says so."""

    async def look() -> Seen | None:
        found = next(each for each in await me.messages() if each.ts == message.ts)
        return found if words in found.text else None

    return await eventually(look)


async def news(me: Me, words: str = LEFT) -> list[Seen]:
    return [each for each in await me.messages() if words in each.text]


async def entries(story: Story) -> int:
    return len(await story.database.read(lambda s: s.exec(select(AuditEntry)).all()))


async def gives_up(me: Me, asked: Seen) -> dict:
    """‘Not now’, ‘This is not my duty any more’, and yes."""
    await me.press(asked, "Not now")
    assert (await me.send(when="give_up"))["result"] == "updated"
    await modal_saying(me, "You will no longer be asked for West Midlands Police in Birmingham")
    return await me.send()


def conversation_of(user: str) -> str:
    return f"D{user[1:]}"


def sent_to(story: Story, user: str) -> int:
    """How many messages the bot has posted to somebody."""
    return sum(
        entry["method"] == "chat.postMessage" and entry["channel"] == conversation_of(user)
        for entry in story.workspace.installations[TEAM_ID].log.accepted
    )


# The first message


async def test_the_first_message_explains_vigil_and_the_second_does_not(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    first = await message_saying(police, "This is your first message from Vigil.")
    for words in (
        "Your part: respondent of West Midlands Police, Birmingham",
        "Your workspace’s Vigil administrator added you",
        "Vigil deletes nothing by itself",
        "This is not my duty any more",
        "This is not for reporting a concern.",
    ):
        assert words in first.text
    assert "Reply" in first.buttons()
    await story.to(SECOND_STEP)
    _, second = await police.messages()
    assert "About Vigil" not in second.text
    await reply(police, second, **DONE)
    await updated(police, second, "You have replied.")
    receipt = await updated(police, first, "You have replied.")
    assert "About Vigil" in receipt.text


# Not my duty any more


async def test_a_duty_that_is_given_up_is_asked_of_them_no_more_and_the_lead_is_told(story: Story):
    await story.to(FIRST_STEP)
    police, manager = story.be("U0POLICE"), story.be("U0LEAD")
    asked = await message_saying(police, ASKED)
    outcome = await gives_up(police, asked)
    assert "It is not your duty any more." in str(outcome["view"]["blocks"])
    asked = await updated(police, asked, NOT_THEIRS)
    assert asked.buttons() == []
    told = await message_saying(manager, LEFT)
    for words in (
        "Police respondent, Birmingham",
        "Respondent of West Midlands Police, Birmingham",
        "Since Friday 11 September 2026. They said so themselves.",
        "Nobody is left to answer for this partner.",
        "imports a roster",
    ):
        assert words in told.text
    assert (
        "Nobody is named to answer for this partner now."
        in (await manager.type("/review-status")).text
    )
    await story.to(SECOND_STEP)
    assert sent_to(story, "U0POLICE") == 1
    assert len(await news(manager)) == 1


async def test_it_can_be_typed_and_is_confirmed_for_one_partner_of_several(story: Story):
    await join(story, post("U0POLICE", area="Solihull"), post("U0SECOND", name="Second respondent"))
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    answer = await police.type("this is not my job any more")
    assert answer.buttons() == ["Not my duty", "Not my duty", "I am away", "None is my duty"]
    await police.press(answer, "Not my duty")
    await modal_saying(police, "Second respondent still answers for it.")
    await police.send()
    asked = await updated(police, asked, NOT_THEIRS)
    assert asked.buttons() == ["Reply", "Not now"]  # Solihull's
    told = await message_saying(story.be("U0LEAD"), LEFT)
    assert "Second respondent still answers for this partner." in told.text


async def test_keeping_the_duty_changes_nothing(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    await police.press(asked, "Not now")
    await police.send(when="give_up")
    await modal_saying(police, "You will no longer be asked")
    await police.close()
    assert await entries(story) == 0


async def test_a_lead_who_gives_up_a_duty_is_not_told_of_themselves(story: Story):
    administrator = post("U0ADMIN", PostKind.ADMINISTRATOR, area=None, name="Administrator")
    await join(story, post("U0LEAD", sector="police"), administrator)
    manager = story.be("U0LEAD")
    await manager.press(await manager.type("not mine"), "Not my duty")
    await modal_saying(manager, "Vigil’s administrator is told")
    await manager.send()
    await story.to(london(2026, 9, 7, 9, 30))
    await message_saying(story.be("U0ADMIN"), LEFT)
    assert await news(manager) == []


async def test_an_old_button_gets_a_kind_sentence(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    duty = await story.database.read(partner_id, "West Midlands Police")
    typed = await police.type("not mine")
    await gives_up(police, asked)
    await police.press(typed, "Not my duty")
    await message_saying(police, "You do not answer for this partner any more")
    council = story.be("U0COUNCIL")
    await press_forged(council, Action.GIVE_UP, {"partner_id": duty})
    await message_saying(council, "You do not answer for this partner any more")
    assert await entries(story) == 1


async def test_a_confirmation_that_comes_twice_ends_it_once(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    asked = await message_saying(police, ASKED)
    await police.press(asked, "Not now")
    await police.send(when="give_up")
    await modal_saying(police, "You will no longer be asked")
    faults = story.workspace.installations[TEAM_ID].faults
    faults.add(Fault("redeliver", "view_submission"))
    outcome = await police.send()
    assert "It is not your duty any more." in str(outcome["view"]["blocks"])
    await message_saying(story.be("U0LEAD"), LEFT)
    assert await entries(story) == 1


# An account that is closed


@pytest.mark.parametrize("transport", [SOCKET_MODE, SIGNED_HTTP])
async def test_of_a_closed_account_the_lead_is_told_once_and_nothing_more_is_sent_to_it(
    story: Story,
):
    app = story.workspace.installations[TEAM_ID]
    await story.to(FIRST_STEP)
    await message_saying(story.be("U0POLICE"), ASKED)
    before = sent_to(story, "U0POLICE")
    app.faults.add(Fault("redeliver", "user_change"))
    await story.call("POST", "/control/people/U0POLICE/deactivate")
    manager = story.be("U0LEAD")
    told = await message_saying(manager, LEFT)
    assert "Slack says that their account is closed." in told.text
    await story.workspace.remove_person(TEAM_ID, "U0POLICE")  # heard of once more
    await story.to(london(2026, 11, 6, 10))
    assert sent_to(story, "U0POLICE") == before
    assert len(await news(manager)) == 1
    assert await news(manager, "Messages that did not arrive") == []
    assert await entries(story) == 1


async def test_without_another_lead_the_administrators_hear_that_the_lead_has_gone(story: Story):
    await join(story, post("U0ADMIN", PostKind.ADMINISTRATOR, area=None, name="Administrator"))
    await story.to(FIRST_STEP)
    await story.workspace.remove_person(TEAM_ID, "U0LEAD")
    told = await message_saying(story.be("U0ADMIN"), LEFT)
    assert "Nobody leads the partnership now." in told.text


async def test_an_account_that_comes_back_gets_nothing_back_by_itself(story: Story):
    await join(story, lead("U0SECONDLEAD"))
    await story.to(FIRST_STEP)
    people = story.workspace.installations[TEAM_ID].workspace.people
    there = people["U0POLICE"]
    await story.workspace.remove_person(TEAM_ID, "U0POLICE")
    await message_saying(story.be("U0SECONDLEAD"), LEFT)
    await story.workspace.add_person(TEAM_ID, there)
    await asyncio.sleep(0)
    await story.to(SECOND_STEP)
    assert sent_to(story, "U0POLICE") == 1


async def test_a_change_of_name_or_picture_ends_nothing(story: Story):
    await story.to(FIRST_STEP)
    there = story.workspace.installations[TEAM_ID].workspace.people["U0POLICE"]
    await story.workspace.add_person(TEAM_ID, there)
    await story.be("U0POLICE").type("/review-status")  # answered after it
    assert await entries(story) == 0

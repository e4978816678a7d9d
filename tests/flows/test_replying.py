"""Replies: confirmed, done, taken back, corrected, refused; each told over the wire on both databases."""

import pytest

from bot.ids import Action
from bot.workspace.faults import Fault
from storage.vocabulary import PostKind
from tests.factories import london, post
from tests.flows.moves import (
    DONE,
    UNDER_WAY,
    duty_of,
    join,
    message_saying,
    press_forged,
    replies,
    reply,
)
from tests.flows.running import BOTH
from tests.flows.story import Story, eventually

pytestmark = BOTH

ASKED, THREE_WEEKS, LAST_STEP = (
    london(2026, 9, 11, 9),
    london(2026, 10, 2, 9),
    london(2026, 11, 6, 9),
)


async def test_still_so_is_one_press_and_a_second_changes_nothing(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6="A call would help.")
    await story.to(THREE_WEEKS)
    again = await message_saying(police, "Is this still so?")
    assert again.buttons() == ["Still so", "Change my reply", "Not now"]
    assert "A call would help." in again.text

    faults = story.workspace.installations["T0SAMPLE"].faults
    faults.add(Fault("redeliver", "block_actions"))
    await police.press(again, "Still so")
    confirmed = await message_saying(police, "Confirmed at 9am on Friday 2 October 2026")
    assert confirmed.buttons() == ["Change my reply"]
    first, second = replies(story)
    assert (second.revision, second.is_confirmation) == (2, True)
    assert (second.answers, second.audience) == (first.answers, first.audience)

    await press_forged(
        police, Action.STILL_SO, {**duty_of(story), "reply_id": first.id}
    )  # the old button
    await police.type("/review-status")
    assert len(replies(story)) == 2


async def test_done_ends_the_asking_until_it_is_taken_back(story: Story):
    await story.to(ASKED)
    police, council = story.be("U0POLICE"), story.be("U0COUNCIL")
    [asked] = await police.messages()
    assert (await reply(police, asked, **DONE))["result"] == "closed"
    receipt = await message_saying(police, "You have replied. No more is asked of you.")
    await story.to(THREE_WEEKS)
    assert len(await police.messages()) == 1
    assert len(await council.messages()) == 2
    board = await story.be("U0LEAD").type("/review-status")
    assert "Police: West Midlands Police\nReplied, done." in board.text

    await reply(police, receipt, "Change my reply", **UNDER_WAY)
    await story.to(london(2026, 10, 16, 9))
    again = await message_saying(police, "Is this still so?")
    assert "Reminder: 1 week before the deadline." in again.text
    assert len(await council.messages()) == 3


async def test_a_partner_that_is_done_hears_nothing_at_any_later_step(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **DONE)
    await message_saying(police, "No more is asked of you.")
    await story.to(LAST_STEP)
    assert len(await police.messages()) == 1
    assert len(await story.be("U0COUNCIL").messages()) == 6


async def test_respondents_are_reminded_and_others_hear_of_silence_alone(story: Story):
    await join(
        story,
        post("U0DEPUTY", PostKind.DEPUTY),
        post("U0OBSERVER", PostKind.OBSERVER, sector=None),
    )
    await story.to(LAST_STEP)
    for user in ("U0COUNCIL", "U0HEALTH", "U0POLICE"):
        messages = await story.be(user).messages()
        assert len(messages) == 6
        assert all("October half-term review" in message.text for message in messages)
    for user in ("U0ADMIN", "U0OBSERVER", "U0STRANGER"):
        assert await story.be(user).messages() == []
    # they hear of silence alone: the deputy on the day of the deadline, the lead after it
    [asked] = await story.be("U0DEPUTY").messages()
    assert "You are asked as deputy" in asked.text
    [told] = await story.be("U0LEAD").messages()
    assert "No reply yet" in told.text
    for user in ("U0FACLG", "U0FACHE", "U0FACPO"):
        digests = await story.be(user).messages()
        assert digests
        assert not any(message.buttons() for message in digests)


async def test_mistakes_are_shown_at_their_question_and_what_was_typed_stays(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    wrong = {**DONE, "OQ2": "off_track", "OQ3": "2026-10-30", "OQ6": "A call would help."}
    refused = await reply(police, asked, **wrong)
    assert refused == {
        "result": "errors",
        "errors": {
            "OQ2": "Your review is signed off, so it cannot be off track."
            " Choose ‘Already done’, or change the first answer.",
            "OQ3": "Your review is signed off, so its date cannot be in the future."
            " Enter the day you finished it.",
        },
    }
    typed = (await police.view())["values"]
    assert {block: value["answer"] for block, value in typed.items() if block in wrong} == wrong
    assert replies(story) == []

    alone = await police.send(OQ2="already_done", OQ3=None, OQ5=["nothing", "capacity"])
    assert alone["errors"] == {"OQ5": "Choose either ‘Nothing’ or the others, not both."}
    assert (await police.send(OQ5=["nothing"]))["result"] == "closed"
    [stored] = replies(story)
    assert stored.answers == {**DONE, "OQ5": ["nothing"], "OQ6": "A call would help."}


async def test_a_colleagues_message_becomes_a_receipt_too(story: Story):
    await join(story, post("U0COLLEAGUE", name="Second police respondent, Birmingham"))
    await story.to(ASKED)
    police, colleague = story.be("U0POLICE"), story.be("U0COLLEAGUE")
    [asked], [also_asked] = await police.messages(), await colleague.messages()
    assert also_asked.text == asked.text
    await reply(police, asked, **UNDER_WAY)
    theirs = await message_saying(colleague, "Your reply")
    assert "by Police respondent, Birmingham" in theirs.text
    assert theirs.ts == also_asked.ts

    await reply(colleague, theirs, "Change my reply", **DONE)
    mine = await message_saying(police, "No more is asked of you.")
    assert "by Second police respondent, Birmingham" in mine.text
    assert [stored.revision for stored in replies(story)] == [1, 2]


async def test_the_same_form_sent_twice_is_one_reply(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    story.workspace.installations["T0SAMPLE"].faults.add(Fault("redeliver", "view_submission"))
    assert (await reply(police, asked, **UNDER_WAY))["result"] == "closed"
    await message_saying(police, "Your reply")
    assert len(replies(story)) == 1


async def test_a_late_reply_is_taken_and_called_late(story: Story):
    await story.to(london(2026, 11, 2, 9))
    police = story.be("U0POLICE")
    newest = (await police.messages())[-1]
    await reply(police, newest, **UNDER_WAY)
    await message_saying(police, "It came after the deadline.")
    board = await story.be("U0LEAD").type("/review-status")
    assert "Replied, late, not done yet." in board.text


async def test_after_the_last_day_a_reply_is_refused_kindly(story: Story):
    await story.to(london(2027, 1, 1, 12))
    police = story.be("U0POLICE")
    newest = (await police.messages())[-1]
    await police.press(newest, "Reply")
    await message_saying(police, "Late replies to this are no longer taken.")
    assert replies(story) == []


@pytest.mark.parametrize("audience", ["partnership", "facilitators"])
async def test_who_reads_the_free_text_is_for_its_writer_to_say(story: Story, audience):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6="A call would help.", audience=audience)
    await message_saying(police, "Your reply")
    board = await story.be("U0LEAD").type("/review-status")
    assert "They wrote: A call would help." in board.text
    await story.to(london(2026, 9, 14, 9))

    async def digest():
        return (await story.be("U0FACPO").messages())[-1:]

    [sent] = await eventually(digest)
    assert ("A call would help." in sent.text) == (audience == "facilitators")
    assert "Now: Review: under way" in sent.text


@pytest.mark.parametrize("kind", ["error", "status", "reset"])
async def test_a_reply_is_kept_and_confirmed_when_the_home_tab_cannot_be_shown(story: Story, kind):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    faults = story.workspace.installations["T0SAMPLE"].faults
    faults.add(Fault(kind, "views.publish"))
    assert (await reply(police, asked, **UNDER_WAY))["result"] == "closed"
    await message_saying(police, "Your reply")
    assert len(replies(story)) == 1

    async def has_failed():
        return faults.as_json() == []

    await eventually(has_failed)
    assert len(await police.messages()) == 1


async def test_a_message_that_cannot_be_updated_now_is_updated_later(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    story.workspace.installations["T0SAMPLE"].faults.add(Fault("status", "chat.update"))
    await reply(police, asked, **UNDER_WAY)
    await story.to(london(2026, 9, 11, 10))
    await message_saying(police, "Your reply")

"""Words that slipped through are taken out by the lead: from receipt, digest, board, Home tabs and the database's files."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.ids import Action
from storage.tables import AuditEntry
from storage.vocabulary import Deed, PostKind
from tests.factories import lead, london, post
from tests.flows.moves import (
    UNDER_WAY,
    join,
    message_saying,
    modal_saying,
    press_forged,
    replies,
    reply,
)
from tests.flows.story import Me, Seen, Story, eventually
from tests.flows.test_full_return import HELP, OFFER, REACH, sign, start
from tests.flows.test_planted_texts import everything_in

ASKED, MONDAY = london(2026, 9, 11, 9), london(2026, 9, 14, 9)
WORDS = "The heron stands in the reeds."
WITHDRAWN = (
    "What was typed has been withdrawn by your partnership’s lead on Monday 14 September 2026."
)


def deeds(story: Story) -> list[str]:
    with Session(story.database.engine) as session:
        return [each.deed for each in session.exec(select(AuditEntry))]


async def withdraw(me: Me, message: Seen) -> dict[str, Any]:
    """Press the button, read what will happen, and confirm it."""
    await me.press(message, "Withdraw the words")
    asked = await modal_saying(me, "If you withdraw the words")
    assert WORDS not in json.dumps(asked["blocks"])
    assert [block for block in asked["blocks"] if block["type"] == "input"] == []
    return await me.send()


async def gone_from(story: Story) -> None:
    """The words stand in no message, on no Home tab, and in no file of the database."""
    [app] = story.workspace.installations.values()

    async def look() -> bool:
        messages = [
            [message.text, message.blocks]
            for conversation in app.workspace.conversations.values()
            for message in conversation.messages
            if message.only_for is None
        ]
        homes = [home.content for home in app.workspace.homes.values()]
        shown = json.dumps([messages, homes], ensure_ascii=False)
        return WORDS not in shown and WORDS.encode() not in everything_in(story)

    await eventually(look)


async def test_the_words_go_from_everywhere_and_the_choices_stay(story: Story):
    await join(story, lead("U0SECOND"), post("U0WATCH", PostKind.OBSERVER, sector=None))
    await story.to(ASKED)
    police, me, facilitator = (story.be(user) for user in ("U0POLICE", "U0LEAD", "U0FACPO"))
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6=WORDS)
    receipt = await message_saying(police, WORDS)
    await story.to(MONDAY)
    digest = await message_saying(facilitator, WORDS)
    board = await me.type("/review-status")
    assert f"They wrote: {WORDS}" in board.text
    for user in ("U0LEAD", "U0SECOND", "U0WATCH"):
        assert WORDS in await story.be(user).home()
    assert WORDS.encode() in everything_in(story)

    done = await withdraw(me, board)
    assert "The words are withdrawn." in str(done["view"]["blocks"])
    told = await message_saying(police, WITHDRAWN)
    assert told.ts == receipt.ts
    assert told.buttons() == ["Change my reply"]

    async def home_says_so() -> bool:
        return WITHDRAWN in await police.home()

    await eventually(home_says_so)
    mended = await message_saying(facilitator, "Their partnership’s lead has withdrawn it since.")
    assert mended.ts == digest.ts
    assert mended.text.splitlines()[:8] == digest.text.splitlines()[:8]
    await gone_from(story)
    assert replies(story)[0].answers == {**UNDER_WAY, "OQ6": ""}
    again = await me.type("/review-status")
    assert WORDS not in again.words()
    assert "Withdraw the words" not in again.buttons()
    assert "What was typed has been withdrawn by the partnership’s lead" in again.text
    assert "1 of 3 partners has replied." in again.text

    # The old board still has its button: there is nothing left, and nothing more is kept.
    await me.press(board, "Withdraw the words")
    await modal_saying(me, "Nothing that was typed is left here")
    assert deeds(story) == [Deed.REPLY_WITHDRAWN]


async def test_the_writer_can_reply_anew_and_the_form_offers_no_word_of_it(story: Story):
    await story.to(ASKED)
    police, me = story.be("U0POLICE"), story.be("U0LEAD")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6=WORDS)
    await message_saying(police, WORDS)
    story.clock.move_to(MONDAY)
    await withdraw(me, await me.type("/review-status"))
    told = await message_saying(police, WITHDRAWN)
    await police.press(told, "Change my reply")
    form = await modal_saying(police, "Your reply")
    assert form["values"]["OQ1"]["answer"] == UNDER_WAY["OQ1"]
    assert WORDS not in json.dumps(form)
    await police.send(OQ6="A call would help.")
    changed = await message_saying(police, "A call would help.")
    assert WITHDRAWN not in changed.text
    assert [each.answers["OQ6"] for each in replies(story)] == ["", "A call would help."]
    done = await withdraw(me, await me.type("/review-status"))
    assert "The words are withdrawn." in str(done["view"]["blocks"])
    await message_saying(police, WITHDRAWN)
    assert deeds(story) == [Deed.REPLY_WITHDRAWN] * 2


async def test_a_second_press_of_withdraw_changes_nothing(story: Story):
    """Two leads have the form open; the second is told the same, and nothing is kept twice."""
    await join(story, lead("U0SECOND"))
    await story.to(ASKED)
    police, me, other = (story.be(user) for user in ("U0POLICE", "U0LEAD", "U0SECOND"))
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6=WORDS)
    for each in (me, other):
        await each.press(await each.type("/review-status"), "Withdraw the words")
        await modal_saying(each, "If you withdraw the words")
    for each in (me, other):
        done = await each.send()
        assert "The words are withdrawn." in str(done["view"]["blocks"])
    assert deeds(story) == [Deed.REPLY_WITHDRAWN]


@pytest.mark.parametrize("user", ["U0POLICE", "U0FACPO", "U0ADMIN", "U0WATCH", "U0ELSEWHERE"])
async def test_nobody_else_can_even_ask(story: Story, user):
    await join(
        story,
        post("U0WATCH", PostKind.OBSERVER, sector=None),
        lead("U0ELSEWHERE", area="Solihull"),
    )
    await story.to(ASKED)
    police, me = story.be("U0POLICE"), story.be(user)
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6=WORDS)
    [kept] = replies(story)
    about = {"round_id": kept.round_id, "partner_id": kept.partner_id}
    await press_forged(me, Action.WITHDRAW_REPLY, about)
    await message_saying(me, "Only a lead of the partnership can withdraw what was typed.")
    assert replies(story)[0].answers["OQ6"] == WORDS
    assert deeds(story) == []


async def test_the_words_of_a_full_return_go_and_its_signatures_stand(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await me.send(**REACH, OF3_WHY=WORDS)
    await me.send(**OFFER)
    await me.send(**HELP, OF17=WORDS, OF18=["yes"])
    for user in ("U0COUNCIL", "U0HEALTH", "U0POLICE"):
        await sign(story, user)
    board = await me.type("/review-status")
    assert "Complete." in board.text
    await withdraw(me, board)
    await gone_from(story)
    again = await me.type("/review-status")
    assert "Complete." in again.text
    assert "Withdraw the words" not in again.buttons()
    await me.press(again, "Read it")
    read = str((await modal_saying(me, "What each sector adds"))["blocks"])
    assert WORDS not in read
    assert "What was typed has been withdrawn by the partnership’s lead on Friday 11" in read
    assert "*Voice of education:* A forum or group" in read
    assert deeds(story) == [Deed.RETURN_WITHDRAWN]

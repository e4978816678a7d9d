"""Somebody who answers for three partnerships replies once for those that they choose, and sees exactly which."""

import json

import pytest
from sqlmodel import Session, select

from storage.tables import Partner, Partnership
from tests.factories import lead, london, post
from tests.flows.moves import (
    DONE,
    UNDER_WAY,
    join,
    message_saying,
    modal_saying,
    press_in_modal,
    replies,
    reply,
)
from tests.flows.story import Me, Seen, Story
from tests.flows.years import to_an_open_summer

ASKED = london(2026, 9, 11, 9)
AREAS = ("Camden", "Hackney", "Barnet")
FORCE = "Metropolitan Police"


@pytest.fixture
async def met(story: Story) -> Me:
    """One person answers for the force in three partnerships, and a colleague in one of them too."""
    await join(
        story,
        *(post("U0MET", area=area) for area in AREAS),
        post("U0HACK", area="Hackney"),
        lead("U0CAMLEAD", area="Camden"),
    )
    return story.be("U0MET")


async def open_form(me: Me, area: str = "Camden") -> dict:
    """Press the button of that area in the message, which lists all three."""
    asked = await message_saying(me, f"{FORCE}")
    return await _press(me, asked, area)


async def _press(me: Me, message: Seen, area: str) -> dict:
    blocks = [
        block
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("type") == "button"
        and element["text"]["text"] in {"Reply", "Change my reply"}
        and area in element["accessibility_label"]
    ]
    [block] = blocks
    await me.press(Seen(ts=message.ts, text="", blocks=[block], ephemeral=False), "Reply")
    return await modal_saying(me, "Your reply")


def options(view: dict) -> dict[str, str]:
    """What can be chosen, by area; the value of each."""
    [block] = [each for each in view["blocks"] if each.get("block_id") == "also_for"]
    assert block["label"]["text"] == "This reply is also for"
    assert "initial_options" not in block["element"]
    return {
        area: option["value"]
        for option in block["element"]["options"]
        for area in AREAS
        if area in option["text"]["text"]
    }


def kept(story: Story) -> dict[str, list[dict]]:
    """What is stored, by partnership."""
    with Session(story.database.engine) as session:
        names = {
            partner.id: name
            for partner, name in session.exec(
                select(Partner, Partnership.name).join(Partnership)
            ).all()
        }
    found: dict[str, list[dict]] = {}
    for each in replies(story):
        area = next(area for area in AREAS if area in names[each.partner_id])
        found.setdefault(area, []).append(each.answers)
    return found


async def test_one_reply_is_kept_for_exactly_those_that_were_chosen(met: Me, story: Story):
    await story.to(ASKED)
    others = options(await open_form(met))
    assert list(others) == ["Barnet", "Hackney"]
    sent = await met.send(**UNDER_WAY, OQ6="A call would help.", also_for=[others["Barnet"]])
    told = json.dumps(sent["view"]["blocks"])
    assert "Your reply is stored for these 2 partners." in told
    assert [area in told for area in AREAS] == [True, False, True]
    answers = {**UNDER_WAY, "OQ6": "A call would help."}
    assert kept(story) == {"Camden": [answers], "Barnet": [answers]}
    receipt = await message_saying(met, "A call would help.")
    assert receipt.text.count("Sent at 9am on Friday 11 September 2026") == 2
    assert receipt.buttons().count("Reply") == 1
    board = await story.be("U0CAMLEAD").type("/review-status")
    assert "They wrote: A call would help." in board.text


async def test_choosing_nobody_is_a_reply_for_one(met: Me, story: Story):
    await story.to(ASKED)
    await open_form(met)
    assert (await met.send(**UNDER_WAY))["result"] == "closed"
    assert kept(story) == {"Camden": [UNDER_WAY]}


async def test_where_a_colleague_has_replied_meanwhile_the_form_says_which(met: Me, story: Story):
    await story.to(ASKED)
    others = options(await open_form(met))
    colleague = story.be("U0HACK")
    [asked] = await colleague.messages()
    await reply(colleague, asked, **DONE)
    refused = await met.send(**UNDER_WAY, also_for=list(others.values()))
    assert list(refused["errors"]) == ["also_for"]
    sentence = refused["errors"]["also_for"]
    assert ("Hackney" in sentence, "Barnet" in sentence) == (True, False)
    assert kept(story) == {"Hackney": [DONE]}
    assert (await met.send(also_for=[others["Barnet"]]))["result"] == "updated"
    assert kept(story) == {"Hackney": [DONE], "Camden": [UNDER_WAY], "Barnet": [UNDER_WAY]}


async def test_why_we_ask_keeps_what_was_chosen(met: Me, story: Story):
    await story.to(ASKED)
    others = options(await open_form(met))
    chosen = [others["Hackney"]]
    await press_in_modal(met, "Why we ask", also_for=chosen)
    shown = await modal_saying(met, "Hide why we ask")
    assert shown["values"]["also_for"]["answer"] == chosen


async def test_who_answers_for_one_partner_is_offered_nothing(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    form = await modal_saying(police, "Your reply")
    assert "also_for" not in json.dumps(form["blocks"])


async def test_a_weeks_second_screen_adds_to_the_reply_of_each(met: Me, story: Story):
    await to_an_open_summer(story)
    await story.to(london(2027, 7, 26, 9))
    others = options(await _press(met, (await met.messages())[-1], "Camden"))
    well = {"SQ1": "yes", "SQ2": "full"}
    second = await met.send(**well, also_for=[others["Barnet"]])
    told = json.dumps(second["view"]["blocks"], ensure_ascii=False)
    assert "Your reply is stored for these 2 partners." in told
    await press_in_modal(met, "Why we ask")
    shown = json.dumps(await modal_saying(met, "Hide why we ask"), ensure_ascii=False)
    assert "Your reply is stored for these 2 partners." in shown
    topic = next(
        block["block_id"] for block in second["view"]["blocks"] if block["type"] == "input"
    )
    value = next(
        block["element"]["options"][0]["value"]
        for block in second["view"]["blocks"]
        if block["block_id"] == topic
    )
    done = await met.send(**{topic: value})
    assert "Your reply is stored for these 2 partners." in json.dumps(done["view"]["blocks"])
    both = [well, {**well, topic: value}]
    assert kept(story) == {"Camden": both, "Barnet": both}

"""/review-status, the Home tab and a partner's own duties; each told over the wire."""

from datetime import date
from typing import Any

from storage.areas import all_areas, partnership_of
from tests.factories import lead, london, post
from tests.flows.moves import (
    DONE,
    UNDER_WAY,
    join,
    message_saying,
    modal_saying,
    replies,
    reply,
)
from tests.flows.story import Me, Seen, Story, eventually

ASKED = london(2026, 9, 11, 9)


def buttons(blocks: list[dict[str, Any]], label: str) -> list[dict[str, str]]:
    """Where every button with that text is, in order."""
    return [
        {"block_id": block["block_id"], "action_id": element["action_id"]}
        for block in blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button" and element["text"]["text"] == label
    ]


async def press_nth(me: Me, message: Seen, label: str, number: int) -> None:
    """Press one of several buttons with the same text, counted from 0."""
    place = buttons(message.blocks, label)[number]
    path = f"{await me._conversation()}/actions"
    await me.story.call("POST", path, {"ts": message.ts, **place})


async def test_a_lead_of_several_gets_a_list_and_opens_one(story: Story):
    await join(story, lead("U0LEAD", area="Solihull"), post("U0SOLIHULL", area="Solihull"))
    await story.to(ASKED)
    solihull, manager = story.be("U0SOLIHULL"), story.be("U0LEAD")
    [asked] = await solihull.messages()
    await reply(solihull, asked, **UNDER_WAY, OQ6="A call would help.")

    shown = await manager.type("/review-status")
    assert shown.ephemeral
    assert shown.text == (
        "Your partnerships\n"
        "Birmingham Safeguarding Children Partnership\n0 of 3 partners have replied.\n"
        "Solihull Safeguarding Children Partnership\n1 of 3 partners has replied."
    )
    assert shown.buttons() == ["Open", "Open", "Say who is away"]
    await press_nth(manager, shown, "Open", 1)
    opened = await modal_saying(manager, "Solihull Safeguarding Children Partnership")
    words = str(opened["blocks"])
    assert opened["title"]["text"] == "Who has replied"
    assert "Replied, not done yet." in words
    assert "They wrote: A call would help." in words
    assert "Birmingham Safeguarding" not in words


async def test_a_respondent_replies_from_review_status_before_any_reminder(story: Story):
    police = story.be("U0POLICE")
    shown = await police.type("/review-status")
    assert "What you answer for" in shown.text
    assert "Not asked yet. No reminder has been sent yet." in shown.text
    sent = await reply(police, shown, **DONE)
    assert sent["result"] == "updated"
    assert "Your reply is stored." in str(sent["view"]["blocks"])
    assert len(replies(story)) == 1

    again = await police.type("/review-status")
    assert "Replied, done." in again.text
    assert again.buttons() == ["Change my reply", "I am away"]
    await story.to(ASKED)
    assert not any("This is the reminder" in each.text for each in await police.messages())
    assert len(await story.be("U0COUNCIL").messages()) == 1


async def test_a_reply_from_review_status_also_changes_the_reminder(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    shown = await police.type("/review-status")
    assert (await reply(police, shown, **DONE))["result"] == "closed"
    receipt = await message_saying(police, "No more is asked of you.")
    assert receipt.ts == (await police.messages())[0].ts


async def test_the_home_tab_says_how_a_duty_stands_too_and_takes_a_reply(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    typed = await police.type("/review-status")
    await police.home()
    home = (await story.call("GET", "/control/people/U0POLICE/home"))["view"]
    said = _words(home["blocks"])
    for fact in (
        "West Midlands Police, Birmingham Safeguarding Children Partnership",
        "October half-term review 2026 to 2027",
        "No reply yet.",
        "Last asked on Friday 11 September 2026.",
        "Reply by 11:59pm on Friday 23 October 2026",
    ):
        assert fact in typed.text
        assert fact in said
    assert "This is not for reporting a concern." in said

    [place] = buttons(home["blocks"], "Reply")
    body = {"view_id": home["id"], **place}
    await story.call("POST", "/control/people/U0POLICE/view/actions", body)
    assert (await police.send(**DONE))["result"] == "closed"

    async def home_says_done() -> bool:
        found = (await story.call("GET", "/control/people/U0POLICE/home"))["view"]
        return "Replied, done." in _words(found["blocks"])

    assert await eventually(home_says_done)


def _words(blocks: list[dict[str, Any]]) -> str:
    texts = [
        text["text"]
        for block in blocks
        for text in [block.get("text"), *block.get("elements", [])]
        if text and isinstance(text.get("text"), str)
    ]
    return "\n".join(texts).replace("*", "")


async def test_everybody_sees_their_own_part_only(story: Story):
    await join(story, post("U0SOLIHULL", area="Solihull"), lead("U0SOLLEAD", area="Solihull"))
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY, OQ6="A call would help.", audience="partnership")
    await message_saying(police, "Your reply")

    for user in ("U0SOLIHULL", "U0SOLLEAD", "U0STRANGER", "U0ADMIN", "U0FACHE"):
        shown = await story.be(user).type("/review-status")
        home = await story.be(user).home()
        for words in (shown.words(), home):
            assert "A call would help." not in words
            assert "West Midlands Police" not in words or user.startswith("U0SOL")
            assert "under way" not in words
            assert "Birmingham Safeguarding" not in words or user == "U0FACHE"
    counts = await story.be("U0FACPO").type("/review-status")
    assert "1 of 2 partners has replied." in counts.text
    assert "A call would help." not in counts.words()


async def test_one_person_with_many_duties_gets_one_message_and_answers_one_of_them(story: Story):
    london_police = {
        partnership_of(area, on=date(2026, 9, 1)).name: area.name
        for area in all_areas()
        if area.police.startswith("Metropolitan")
    }
    many = [
        post("U0MET", area=area, name="Police respondent, London")
        for area in london_police.values()
    ]
    elsewhere = [
        post("U0MET", area=area, name="Police respondent, London") for area in ("Leeds", "Kent")
    ]
    await join(story, *many, *elsewhere)
    await story.to(ASKED)
    met = story.be("U0MET")
    messages = await met.messages()
    asked = messages[0]
    count = len(buttons(asked.blocks, "Reply"))
    assert len(messages) == 1
    assert count == 32
    assert f"You answer for {count} partners, listed below." in asked.text

    await press_nth(met, asked, "Reply", 7)
    assert (await met.send(**UNDER_WAY))["result"] == "closed"

    async def one_is_answered() -> Seen | None:
        [message] = await met.messages()
        return message if "Change my reply" in message.buttons() else None

    shown = await eventually(one_is_answered)
    assert len(buttons(shown.blocks, "Change my reply")) == 1
    assert len(buttons(shown.blocks, "Reply")) == count - 1
    [stored] = replies(story)
    assert stored.revision == 1


async def test_a_stranger_is_told_what_to_do(story: Story):
    stranger = story.be("U0STRANGER")
    shown = await stranger.type("/review-status")
    assert "Vigil does not know you yet" in shown.text
    assert "Ask your partnership’s business manager to add you" in shown.text
    assert "Vigil does not know you yet" in await stranger.home()


async def test_words_after_the_command_get_help_or_say_what_is_known(story: Story):
    lead_ = story.be("U0LEAD")
    for words in ("help", "  HELP "):
        assert "How /review-status works" in (await lead_.type(f"/review-status {words}")).text
    for words in ("Birmingham", "<!channel>", "help me"):
        shown = await lead_.type(f"/review-status {words}")
        assert shown.text.startswith("I do not know those words.")
        assert shown.ephemeral


async def test_what_people_type_to_the_bot_gets_a_kind_answer_and_is_not_repeated(story: Story):
    police = story.be("U0POLICE")
    answered = await police.type("Zanzibar <!channel>")
    assert answered.text.startswith("I cannot read messages, and I do not keep them.")
    assert "call 999" in answered.text
    assert "Zanzibar" not in answered.words()
    assert len(await police.messages()) == 2  # and no more: the bot does not answer itself

"""A lead gives the dates, and people are told once; told over the wire on both databases."""

from bot.ids import Action
from tests.factories import lead, london, post
from tests.flows.moves import (
    duty_of,
    join,
    message_saying,
    modal_saying,
    press_forged,
)
from tests.flows.story import Me, Story

ASKED = london(2026, 9, 11, 9)
RIGHT = {
    "first_day": "2026-10-19",
    "last_day": "2026-10-30",
    "last_school_day": "2026-10-16",
}


async def give(manager: Me, **answers: str) -> dict:
    """Press the button beside the estimate, and send the form."""
    shown = await manager.type("/review-status")
    await manager.press(shown, "Give the dates")
    await modal_saying(manager, "Term dates")
    return await manager.send(**answers)


async def test_mistakes_are_shown_at_their_field(story: Story):
    await story.to(ASKED)
    manager = story.be("U0LEAD")
    wrong = {**RIGHT, "last_day": "2026-10-16", "last_school_day": "2026-10-19"}
    refused = await give(manager, **wrong)
    assert refused["errors"] == {
        "last_day": "The last day comes before the first. Correct one of the two.",
        "last_school_day": "This is in the break itself. Enter the last day that pupils are in school before it.",
    }
    form = str((await manager.view())["blocks"])
    assert "When is the October half-term in Birmingham in the school year 2026 to 2027?" in form
    for given, field, sentence in (
        ({"first_day": "2026-12-19", "last_day": "2026-12-30"}, "first_day", "begins between 5 October 2026 and 5 November 2026"),
        ({"last_day": "2026-10-19"}, "last_day", "The break would have 1 day."),
        ({"last_day": "2026-11-30"}, "last_day", "The break would have 43 days. It has 2 to 23."),
        ({"last_school_day": "2026-09-16"}, "last_school_day", "more than 10 days before the break"),
        ({"last_school_day": "2026-10-17"}, "last_school_day", "This is a Saturday."),
    ):  # fmt: skip
        errors = (await manager.send(**{**RIGHT, **given}))["errors"]
        assert sentence in errors[field]
    assert "Friday 23 October 2026" in (await story.be("U0POLICE").messages())[0].text
    assert (await manager.send(**RIGHT))["result"] == "closed"


async def test_new_dates_move_what_is_unsent_and_are_told_once_in_office_hours(story: Story):
    await join(
        story,
        post("U0POLICE", sector="health", name="Police respondent, Birmingham"),
        post("U0SOLIHULL", area="Solihull"),
    )
    await story.to(london(2026, 9, 19, 18))  # a Saturday
    manager, police, elsewhere = (story.be(user) for user in ("U0LEAD", "U0POLICE", "U0SOLIHULL"))
    [asked] = await police.messages()
    assert asked.text.count("Friday 23 October 2026") == 2
    assert (await give(manager, **RIGHT))["result"] == "closed"
    updated = await message_saying(police, "Reply by 11:59pm on Friday 16 October 2026.")
    assert updated.ts == asked.ts
    assert "23 October" not in updated.text
    assert len(await police.messages()) == 1

    shown = await manager.type("/review-status")
    assert "Reply by 11:59pm on Friday 16 October 2026. 0 of 3" in shown.text
    assert "estimate" not in shown.text
    assert "Next reminder: 9am on Friday 25 September 2026" in shown.text
    assert "Give the dates" not in shown.buttons()

    await story.to(london(2026, 9, 21, 8, 59))
    assert len(await police.messages()) == 1
    await story.to(london(2026, 9, 21, 9))
    [_, told] = await police.messages()
    assert told.text.count("Reply by 11:59pm on Friday 16 October 2026.") == 2
    assert told.text.count("You were told Friday 23 October 2026.") == 2
    assert len(await elsewhere.messages()) == 1

    await story.to(london(2026, 9, 24, 12))
    assert len(await police.messages()) == 2
    await story.to(london(2026, 9, 25, 9))
    assert "Reminder: 3 weeks before the deadline." in (await police.messages())[-1].text


async def test_dates_given_while_the_reminder_goes_out_are_told_with_what_was_told(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    assert (await give(story.be("U0LEAD"), **RIGHT))["result"] == "closed"
    told = await message_saying(police, "A deadline has changed")
    assert "You were told Friday 23 October 2026." in told.text


async def test_a_reminder_at_the_same_hour_tells_the_new_deadline_by_itself(story: Story):
    await story.to(
        london(2026, 10, 3, 12)
    )  # a Saturday; one week before the new deadline is on Monday
    late = {"first_day": "2026-10-13", "last_day": "2026-10-23", "last_school_day": "2026-10-12"}
    assert (await give(story.be("U0LEAD"), **late))["result"] == "closed"
    await story.to(london(2026, 10, 5, 9))
    messages = await story.be("U0POLICE").messages()
    assert not [each for each in messages if "A deadline has changed" in each.text]
    assert "Reply by 11:59pm on Monday 12 October 2026." in messages[-1].text


async def test_the_same_dates_again_tell_nobody(story: Story):
    await story.to(ASKED)
    manager, police = story.be("U0LEAD"), story.be("U0POLICE")
    usual = {"first_day": "2026-10-26", "last_day": "2026-10-30", "last_school_day": "2026-10-23"}
    assert (await give(manager, **usual))["result"] == "closed"
    await message_saying(police, "Reply by 11:59pm on Friday 23 October 2026.")
    await story.to(london(2026, 10, 1, 12))
    assert len(await police.messages()) == 1


async def test_a_lead_of_several_areas_is_asked_for_those_that_are_estimated(story: Story):
    await join(story, lead("U0RUTLAND", area="Rutland"), post("U0LEIC", area="Leicestershire"))
    await story.to(london(2026, 9, 11, 12))
    manager = story.be("U0RUTLAND")
    early = {"first_day": "2026-10-19", "last_day": "2026-10-23", "last_school_day": "2026-10-16"}
    sent = await give(manager, area="855", **early)
    assert sent["result"] == "closed"
    await story.to(london(2026, 9, 11, 13))
    shown = await manager.type("/review-status")
    assert "Reply by 11:59pm on Friday 16 October 2026 (an estimate" in shown.text
    await manager.press(shown, "Give the dates")
    form = await modal_saying(manager, "October half-term in Rutland")
    assert "area" not in [block["block_id"] for block in form["blocks"]]
    assert (await manager.send(**RIGHT))["result"] == "closed"
    await story.to(london(2026, 9, 11, 14))
    shown = await manager.type("/review-status")
    assert "Reply by 11:59pm on Friday 16 October 2026. 0 of" in shown.text
    assert "Give the dates" not in shown.buttons()


async def test_only_the_lead_gives_the_dates(story: Story):
    await story.to(ASKED)
    about = {"round_id": duty_of(story)["round_id"]}
    for user in ("U0POLICE", "U0ADMIN", "U0STRANGER"):
        await press_forged(story.be(user), Action.GIVE_DATES, about)
        await message_saying(story.be(user), "Only the partnership’s lead can give its term dates.")

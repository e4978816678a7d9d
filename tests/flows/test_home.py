"""The Home tab over the wire: what is owed, what somebody prefers, and that it follows what others do."""

from typing import Any

from sqlmodel import Session, col, select

from bot.sample import TEAM_ID
from bot.workspace.faults import Fault
from storage.tables import Person, PlanRequest, Post, Prompt
from storage.vocabulary import PostKind, PromptState
from tests.factories import lead, london, person_id, post
from tests.flows.moves import DONE, UNDER_WAY, join, message_saying, modal_saying, reply
from tests.flows.story import Me, Seen, Story, eventually
from tests.flows.years import without_this_october

FIRST_STEP = london(2026, 9, 11, 9)
OVERDUE = london(2026, 10, 27, 10)


async def tab(me: Me) -> dict[str, Any]:
    """The Home tab as it is, without opening it."""
    return (await me.story.call("GET", f"/control/people/{me.user}/home"))["view"]


async def saying(me: Me, words: str) -> dict[str, Any]:
    """The same once it says so."""

    async def look() -> dict[str, Any] | None:
        view = await tab(me)
        return view if view and words in str(view["blocks"]) else None

    return await eventually(look)


async def press(me: Me, label: str) -> None:
    """Press the first button of that name on the Home tab."""
    view = await tab(me)
    button = Seen(ts="", text="", blocks=view["blocks"], ephemeral=False).button(label)
    body = {"view_id": view["id"], **button}
    await me.story.call("POST", f"/control/people/{me.user}/view/actions", body)


async def prefer(me: Me, *, hour: int, reminding: str, zone: str = "Europe/London") -> None:
    """Open the form on the Home tab that is shown, choose and save."""
    await press(me, "Change my preferences")
    await modal_saying(me, "Hour of the day")
    assert (await me.send(hour=str(hour), reminding=reminding, zone=zone))["result"] == "closed"


def due(story: Story, user: str = "U0POLICE") -> list[Any]:
    """When what is planned for somebody is due."""
    with Session(story.database.engine) as session:
        query = (
            select(Prompt.due_at)
            .where(Prompt.state == PromptState.PLANNED)
            .where(col(Prompt.post_id).in_(_posts(session, user)))
            .order_by(col(Prompt.due_at))
        )
        return list(session.exec(query))


def _posts(session: Session, user: str) -> list[int]:
    held = select(Post.id).where(Post.person_id == person_id(session, user))
    return [each for each in session.exec(held) if each is not None]


# What is owed


async def test_overdue_comes_first_with_what_can_be_done_and_what_was_sent_below(story: Story):
    await join(story, post("U0POLICE", area="Solihull"))
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    await story.to(OVERDUE)
    words = await police.home()
    assert "2 replies are asked of you and 2 of them are overdue." in words
    assert words.index("Overdue, no reply yet.") < words.index("Your posts")
    await press(police, "Reply")
    assert (await police.send(**DONE))["result"] == "closed"
    view = await saying(police, "1 reply is asked of you and 1 of them is overdue.")
    words = str(view["blocks"])
    assert words.index("Overdue, no reply yet.") < words.index("What you have sent")
    assert "Replied, done, late." in words
    await press(police, "Change my reply")
    await modal_saying(police, "Signed off")


async def test_another_day_and_still_so_are_pressed_on_the_home_tab(story: Story):
    await story.to(FIRST_STEP)
    police = story.be("U0POLICE")
    await police.home()
    await press(police, "Not now")
    await police.send(when="on_a_day", day="2026-09-21")
    await saying(police, "You asked to be reminded on Monday 21 September 2026.")
    await press(police, "Reply")
    await police.send(**UNDER_WAY)
    await saying(police, "1 is sent and not done yet.")
    await story.to(london(2026, 10, 2, 10))
    await police.home()
    await saying(police, "As it stood at 10am on Friday 2 October 2026")
    await press(police, "Still so")
    await saying(police, "Confirmed at 10am on Friday 2 October 2026")


# What somebody prefers


async def test_the_next_reminder_comes_at_the_hour_that_was_chosen(story: Story):
    police = story.be("U0POLICE")
    assert "Reminders and digests come at 9am, as often as usual." in await police.home()
    await prefer(police, hour=14, reminding="light")
    await saying(police, "Reminders and digests come at 2pm, less often than usual.")
    assert due(story) == [
        london(2026, 9, 11, 14),
        london(2026, 10, 23, 14),
        london(2026, 11, 6, 14),
    ]
    await story.to(london(2026, 9, 11, 13, 59))
    assert await police.messages() == []
    await story.to(london(2026, 9, 11, 14))
    await message_saying(police, "October half-term review")
    assert len(await story.be("U0COUNCIL").messages()) == 1  # at 9am, as usual
    await story.to(london(2026, 10, 16, 17))
    assert len(await police.messages()) == 1
    assert len(await story.be("U0COUNCIL").messages()) == 3


async def test_saving_the_same_again_changes_nothing(story: Story):
    police = story.be("U0POLICE")
    await police.home()
    await prefer(police, hour=11, reminding="active", zone="Europe/Paris")
    await saying(police, "Your time zone is Europe/Paris.")
    before = due(story)
    assert len(before) == 8
    assert before[0] == london(2026, 9, 11, 10)
    await prefer(police, hour=11, reminding="active", zone="Europe/Paris")
    await saying(police, "Your time zone is Europe/Paris.")
    assert due(story) == before
    with Session(story.database.engine) as session:
        assert session.exec(select(PlanRequest)).all() == []


async def test_silence_still_goes_to_the_lead_when_a_partner_is_reminded_lightly(story: Story):
    police = story.be("U0POLICE")
    await police.home()
    await prefer(police, hour=9, reminding="light")
    await saying(police, "less often than usual")
    await story.to(london(2026, 11, 2, 9))
    told = await message_saying(story.be("U0LEAD"), "No reply yet")
    assert "West Midlands Police" in told.text
    assert "They have been asked 2 times." in told.text


# It follows what others do


async def test_a_leads_tab_follows_a_partners_reply_without_being_opened_again(story: Story):
    await story.to(FIRST_STEP)
    manager, police = story.be("U0LEAD"), story.be("U0POLICE")
    assert "0 of 3 partners have replied" in await manager.home()
    await reply(police, await message_saying(police, "October half-term review"), **UNDER_WAY)
    await saying(manager, "1 of 3 partners has replied")
    await press(manager, "Stop reminders")
    await saying(manager, "A lead has stopped the reminders.")


async def test_colleagues_and_who_is_asked_follow_what_happens_too(story: Story):
    await join(story, post("U0DEPUTY", PostKind.DEPUTY), lead("U0KENT", area="Kent"))
    await story.to(FIRST_STEP)
    deputy, police, kent = story.be("U0DEPUTY"), story.be("U0POLICE"), story.be("U0KENT")
    await deputy.home()
    await kent.home()
    asked_of_kent = await tab(kent)
    await reply(police, await message_saying(police, "October half-term review"), **DONE)
    await saying(deputy, "There is nothing that you have to answer at present.")
    assert await tab(kent) == asked_of_kent


async def test_a_campaign_that_a_lead_opens_is_on_the_tabs_of_those_whom_it_asks(story: Story):
    without_this_october(story)
    await story.to(london(2027, 7, 20, 10))
    council, manager = story.be("U0COUNCIL"), story.be("U0LEAD")
    assert "There is nothing that you have to answer" in await council.home()
    await manager.home()
    await press(manager, "Look at it")
    await modal_saying(manager, "Summer-holiday vigilance")
    await manager.send()
    await saying(council, "the week before the holiday: Handover to the holiday")
    view = await saying(manager, "0 of 3 partners have replied")
    assert "Look at it" not in str(view["blocks"])


async def test_a_tab_that_cannot_be_shown_does_not_keep_others_from_theirs(story: Story):
    await join(story, lead("U0LEAD2"))
    await story.to(FIRST_STEP)
    manager, second, police = story.be("U0LEAD"), story.be("U0LEAD2"), story.be("U0POLICE")
    await manager.home()
    await second.home()
    asked = await message_saying(police, "October half-term review")
    faults = story.workspace.installations[TEAM_ID].faults
    faults.add(Fault("error", "views.publish", count=2))
    await reply(police, asked, **DONE)
    shown = "1 of 3 partners has replied"

    async def one_is_shown() -> bool:
        return any([shown in str(await tab(each)) for each in (manager, second)])

    assert await eventually(one_is_shown)
    receipt = await message_saying(police, "No more is asked of you")
    assert receipt.ts == asked.ts


async def test_opening_the_tab_is_kept(story: Story):
    await story.be("U0LEAD").home()
    with Session(story.database.engine) as session:
        person = session.get_one(Person, person_id(session, "U0LEAD"))
    assert person.home_opened_at == story.clock.now()

"""What Slack delivers a second time changes nothing; over both transports and on both databases."""

import asyncio

import pytest
from sqlmodel import Session, select

from bot.sample import TEAM_ID
from bot.workspace.faults import Fault
from bot.workspace.installation import Installation
from storage.tables import Absence, Participation, ReminderStop, TermDate
from tests.factories import london
from tests.flows.moves import (
    UNDER_WAY,
    message_saying,
    replies,
    reply,
)
from tests.flows.running import BOTH, SIGNED_HTTP, SOCKET_MODE
from tests.flows.story import Me, Seen, Story, eventually
from tests.flows.test_term_dates import RIGHT, give
from tests.flows.years import without_this_october

ASKED, THREE_WEEKS = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
TWICE = [pytest.param(SOCKET_MODE, id="socket mode"), pytest.param(SIGNED_HTTP, id="http")]
pytestmark = [BOTH, pytest.mark.parametrize("transport", TWICE)]


def twice(story: Story, what: str) -> Installation:
    """From now on the next such delivery comes a second time, at the same moment."""
    app = story.workspace.installations[TEAM_ID]
    app.faults.add(Fault("redeliver", what))
    return app


def accepted(app: Installation, method: str) -> int:
    return sum(entry["method"] == method for entry in app.log.accepted)


async def rows(story: Story, table: type) -> int:
    def count(session: Session) -> int:
        return len(session.exec(select(table)).all())

    return await story.database.read(count)


async def double_click(me: Me, message: Seen, label: str) -> None:
    """Two presses at once, the first of which also comes twice."""
    await asyncio.gather(me.press(message, label), me.press(message, label))


async def settled(story: Story) -> None:
    """Whatever a second delivery does is done: a command sent after it has its answer."""
    await story.be("U0FACPO").type("/review-status")


async def test_a_command_is_answered_once(story: Story):
    app = twice(story, "slash_commands")
    await story.be("U0LEAD").type("/review-status")
    await settled(story)
    assert accepted(app, "respond") == 2  # the lead's, and the one that was waited for
    assert not app.log.refused


async def test_a_press_opens_one_form_and_a_form_sent_twice_is_one_reply(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    app = twice(story, "block_actions")
    await police.press(asked, "Reply")
    await police.view()
    twice(story, "view_submission")
    assert (await police.send(**UNDER_WAY))["result"] == "closed"
    await message_saying(police, "Your reply")
    await settled(story)
    assert accepted(app, "views.open") == 1
    assert len(replies(story)) == 1
    assert len(await police.messages()) == 1
    assert not app.log.refused


async def test_a_form_with_a_mistake_sent_twice_stores_nothing(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await police.press(asked, "Reply")
    await police.view()
    twice(story, "view_submission")
    answer = await police.send(**UNDER_WAY, OQ6="NHS number 943 476 5919")
    assert answer["result"] == "errors"
    await settled(story)
    assert replies(story) == []


async def test_still_so_pressed_twice_confirms_once(story: Story):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    [asked] = await police.messages()
    await reply(police, asked, **UNDER_WAY)
    await story.to(THREE_WEEKS)
    again = await message_saying(police, "Is this still so?")
    app = twice(story, "block_actions")
    await double_click(police, again, "Still so")
    await message_saying(police, "Confirmed at 9am on Friday 2 October 2026")
    await settled(story)
    assert [each.is_confirmation for each in replies(story)] == [False, True]
    assert not app.log.refused


async def test_typed_words_are_answered_once_however_often_they_come(story: Story):
    app = twice(story, "message")
    police = story.be("U0POLICE")
    await police.type("hello")
    payload = app.deliveries._event_payload(
        {
            "type": "message",
            "channel": "D0POLICE",
            "channel_type": "im",
            "user": "U0POLICE",
            "text": "hello again",
            "ts": "1789000000.000001",
        }
    )
    for number in range(3):  # as when Slack missed that it was acknowledged
        await app.deliveries._carrier.attempt(
            "events_api", payload, number=number, reason="http_timeout"
        )
    await settled(story)
    assert accepted(app, "chat.postMessage") == 2
    assert not app.log.refused


async def test_the_home_tab_is_published_once(story: Story):
    app = twice(story, "app_home_opened")
    await story.be("U0POLICE").home()
    await settled(story)
    assert accepted(app, "views.publish") == 1


async def test_a_campaign_opened_twice_is_opened_once(story: Story):
    without_this_october(story)
    await story.to(london(2027, 9, 3, 9))
    manager = story.be("U0LEAD")
    offered = await message_saying(manager, "October half-term review 2027 to 2028")
    before = await rows(story, Participation)
    app = twice(story, "block_actions")
    await double_click(manager, offered, "Open it")

    async def is_open() -> bool:
        return await rows(story, Participation) == before + 1

    await eventually(is_open)
    await settled(story)
    assert await is_open()
    assert not app.log.refused


async def test_dates_given_twice_stand_once(story: Story):
    await story.to(ASKED)
    twice(story, "view_submission")
    assert (await give(story.be("U0LEAD"), **RIGHT))["result"] == "closed"
    await settled(story)
    assert await rows(story, TermDate) == 1


async def test_an_absence_given_twice_is_one(story: Story):
    police = story.be("U0POLICE")
    await police.press(await police.type("/review-status"), "I am away")
    await police.view()
    twice(story, "view_submission")
    answer = await police.send(first_day="2026-09-10", last_day="2026-09-14")
    assert answer["result"] == "closed"
    await settled(story)
    assert await rows(story, Absence) == 1


async def test_reminders_stopped_twice_are_stopped_once(story: Story):
    await story.to(ASKED)
    app = twice(story, "block_actions")
    manager = story.be("U0LEAD")
    await double_click(manager, await manager.type("/review-status"), "Stop reminders")

    async def is_stopped() -> bool:
        return await rows(story, ReminderStop) == 1

    await eventually(is_stopped)
    await settled(story)
    assert await is_stopped()
    assert not app.log.refused


async def test_an_answer_whose_receipt_was_lost_is_not_given_again(story: Story):
    app = story.workspace.installations[TEAM_ID]
    app.faults.add(Fault("drop", "respond"))
    police = story.be("U0POLICE")
    await police.type("/review-status")
    await settled(story)
    assert len(await police.messages()) == 1
    assert accepted(app, "respond") == 2

"""Sending through Slack, over the wire: what each of Slack's answers means to the outbox."""

import math
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

import bot.sender
from bot import last_moment
from bot.sample import sample_team
from bot.sender import SlackSender, render
from bot.views.blocks import Message
from bot.workspace import LocalWorkspace
from bot.workspace.control.interactions import type_message
from bot.workspace.faults import Fault
from jobs.sending import Looked, OutcomeUnknown, Refused, SendDelayed, SendRefused
from storage.clock import Clock
from storage.read_models import Content
from tests.bot.views import make
from tests.factories import london

TEAM, USER, CHANNEL = "T0SAMPLE", "U0POLICE", "D0POLICE"
START = london(2026, 9, 11, 9)
CONTENT = make.reminder(make.item())
#: Shorter than in earnest, so that a test need not wait.
PATIENCE = 0.3
AT_ANY_TIME = math.inf


@pytest.fixture
def clock() -> Clock:
    return Clock(start=START, speed=0)


@pytest.fixture
async def slack(clock) -> AsyncIterator[LocalWorkspace]:
    workspace = LocalWorkspace(teams=[sample_team()], clock=clock, rate_limits=False)
    await workspace.start()
    yield workspace
    await workspace.stop()


@pytest.fixture
async def sender(slack) -> AsyncIterator[SlackSender]:
    patience = aiohttp.ClientTimeout(total=PATIENCE)
    traces = [last_moment.watching()]
    async with aiohttp.ClientSession(timeout=patience, trace_configs=traces) as session:
        client = AsyncWebClient(
            token=sample_team().bot_token,
            base_url=slack.api_url,
            session=session,
            retry_handlers=[],
        )
        yield SlackSender({TEAM: client})


@pytest.fixture
async def opened(sender) -> str:
    return await sender.open_dm(team_id=TEAM, slack_user_id=USER)


@pytest.fixture
def befall(slack) -> Callable[..., None]:
    """Lets something go wrong with the next calls."""

    def add(kind: str, method: str = "chat.postMessage", **more: Any) -> None:
        slack.installations[TEAM].faults.add(Fault(kind, method, **more))

    return add


def accepted(slack: LocalWorkspace, method: str) -> int:
    """How many calls of that method took effect."""
    return sum(entry["method"] == method for entry in slack.installations[TEAM].log.accepted)


def refused(slack: LocalWorkspace, method: str) -> int:
    """How many calls of that method were refused."""
    return sum(entry["method"] == method for entry in slack.installations[TEAM].log.refused)


def shown(slack: LocalWorkspace) -> list[Any]:
    """The messages in the conversation."""
    return slack.installations[TEAM].workspace.conversations[CHANNEL].messages


async def post(sender: SlackSender, notice_id: str = "n1", channel: str = CHANNEL) -> str:
    return await sender.post(
        team_id=TEAM,
        channel=channel,
        notice_id=notice_id,
        content=CONTENT,
        leaves_before=AT_ANY_TIME,
    )


async def look(sender: SlackSender, notice_id: str, since: datetime, before: str | None) -> Looked:
    return await sender.find(
        team_id=TEAM, channel=CHANNEL, notice_id=notice_id, since=since, before=before
    )


async def find(
    sender: SlackSender, notice_id: str, since: datetime = START - timedelta(minutes=5)
) -> str | None:
    """Look page by page, until it is there or there is no more."""
    looked = Looked()
    while True:
        looked = await look(sender, notice_id, since, looked.back_to)
        if looked.message_ts is not None or looked.back_to is None:
            return looked.message_ts


async def test_a_message_carries_its_text_and_its_notices_id(sender, opened, slack):
    ts = await post(sender)
    [message] = shown(slack)
    assert opened == CHANNEL
    assert (message.ts, message.text) == (ts, render(CONTENT).text)
    assert message.metadata == {
        "event_type": "vigil_notice",
        "event_payload": {"notice_id": "n1"},
    }


async def test_an_update_replaces_the_message_and_it_can_still_be_found(sender, opened, slack):
    ts = await post(sender)
    receipt = make.reminder(make.item(make.standing(make.said(make.WHOLE))))
    await sender.update(
        team_id=TEAM, channel=opened, message_ts=ts, notice_id="n1", content=receipt
    )
    [message] = shown(slack)
    assert message.text == render(receipt).text
    assert await find(sender, "n1") == ts


async def test_the_longest_reminder_can_be_posted_and_updated(sender, opened, slack):
    longest = make.reminder(*(make.item(row) for row in make.areas(60, sector="Health & care")))
    ts = await sender.post(
        team_id=TEAM, channel=opened, notice_id="n1", content=longest, leaves_before=AT_ANY_TIME
    )
    await sender.update(
        team_id=TEAM, channel=opened, message_ts=ts, notice_id="n1", content=longest
    )
    assert len(shown(slack)) == 1


async def test_a_digest_goes_the_same_way(sender, opened, slack):
    content = make.digest(make.all_england(400))
    await sender.post(
        team_id=TEAM, channel=opened, notice_id="n1", content=content, leaves_before=AT_ANY_TIME
    )
    assert "133 of 400 partners have replied" in shown(slack)[0].text


# Looking for a message


async def test_a_message_that_is_not_there_is_not_found(sender, opened):
    await post(sender)
    assert await find(sender, "n2") is None


async def test_a_message_is_found_behind_more_than_two_pages(sender, opened):
    stamps = [await post(sender, f"n{number}") for number in range(40)]
    assert await find(sender, "n0") == stamps[0]
    assert await find(sender, "n39") == stamps[39]
    assert await find(sender, "n17") == stamps[17]


async def test_it_is_not_looked_for_before_the_time_given(sender, opened, clock):
    await post(sender)
    clock.move_to(START + timedelta(hours=1))
    assert await find(sender, "n1", since=START + timedelta(minutes=1)) is None
    assert await find(sender, "n1", since=START - timedelta(minutes=1)) is not None


async def test_what_a_person_typed_is_no_notice(sender, opened, slack):
    app = slack.installations[TEAM]
    type_message(app, app.workspace.people[USER], app.workspace.conversations[CHANNEL], "n1")
    assert await find(sender, "n1") is None


async def test_with_restricted_history_the_second_page_asks_for_a_pause(sender, opened, slack):
    for number in range(20):
        await post(sender, f"n{number}")
    app = slack.installations[TEAM]
    app.pacing.on = True
    app.restricted_history = True
    assert await find(sender, "n19") is not None
    with pytest.raises(SendDelayed):
        await find(sender, "n0")


async def test_with_restricted_history_looking_goes_on_where_it_was_interrupted(
    sender, opened, slack
):
    stamps = [await post(sender, f"n{number}") for number in range(20)]
    app = slack.installations[TEAM]
    app.pacing.on = True
    app.restricted_history = True
    since = START - timedelta(minutes=5)
    first = await look(sender, "n0", since, None)
    assert first == Looked(back_to=stamps[5])
    app.pacing.on = False  # a minute passes
    assert await look(sender, "n0", since, first.back_to) == Looked(message_ts=stamps[0])


# What goes wrong


@pytest.mark.parametrize("seconds", [1, 7, 60])
async def test_a_rate_limit_is_a_delay_as_long_as_slack_says(
    sender, opened, slack, befall, seconds
):
    befall("ratelimited", retry_after=seconds)
    with pytest.raises(SendDelayed) as delay:
        await post(sender)
    assert delay.value.seconds == seconds
    assert shown(slack) == []


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("drop", {}),
        ("drop", {"accepted": False}),
        ("reset", {}),
        ("reset", {"accepted": True}),
        ("slow", {"seconds": 2}),
        ("status", {"status": 500}),
        ("status", {"status": 502, "accepted": True}),
        ("status", {"status": 503}),
        ("status", {"status": 504, "accepted": True}),
        ("error", {"error": "internal_error"}),
        ("error", {"error": "fatal_error", "accepted": True}),
        ("error", {"error": "service_unavailable"}),
        ("error", {"error": "request_timeout"}),
    ],
)
async def test_without_a_clear_answer_the_outcome_is_unknown_and_nothing_is_sent_again(
    sender, opened, slack, befall, kind, more
):
    befall(kind, **more)
    with pytest.raises(OutcomeUnknown):
        await post(sender)
    took_effect = more.get("accepted", kind in {"drop", "slow"})
    assert accepted(slack, "chat.postMessage") == len(shown(slack)) == took_effect
    found = await find(sender, "n1")
    assert (found is not None) == took_effect


@pytest.mark.parametrize(
    "code",
    ["channel_not_found", "is_archived", "token_revoked", "account_inactive", "invalid_auth"],
)
async def test_a_refusal_is_final_and_has_slacks_own_word(sender, opened, slack, befall, code):
    befall("error", error=code)
    with pytest.raises(SendRefused) as refusal:
        await post(sender)
    assert refusal.value.code == code
    assert refused(slack, "chat.postMessage") <= 1
    assert shown(slack) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("user_not_found", Refused.PERSON),
        ("channel_not_found", Refused.PERSON),
        ("not_in_channel", Refused.PERSON),
        ("is_archived", Refused.PERSON),
        ("msg_too_long", Refused.MESSAGE),
        ("invalid_blocks", Refused.MESSAGE),
        ("an_error_that_slack_has_not_made_yet", Refused.MESSAGE),
        ("missing_scope", Refused.SCOPE),
        ("invalid_auth", Refused.TOKEN),
        ("token_revoked", Refused.TOKEN),
        ("account_inactive", Refused.TOKEN),
    ],
)
async def test_a_refusal_tells_who_can_act(sender, opened, befall, code, what):
    befall("error", error=code)
    with pytest.raises(SendRefused) as refusal:
        await post(sender)
    assert (refusal.value.code, refusal.value.what) == (code, what)


async def test_where_nothing_listens_nothing_was_sent(sender, slack):
    await slack.stop()
    with pytest.raises(SendDelayed):
        await post(sender)


async def test_nobody_is_written_to_who_is_not_in_the_workspace(sender):
    with pytest.raises(SendRefused) as refusal:
        await sender.open_dm(team_id=TEAM, slack_user_id="U0NOBODY")
    assert refusal.value.code == "user_not_found"


async def test_nobody_is_written_to_who_has_left(sender, slack):
    await slack.remove_person(TEAM, USER)
    with pytest.raises(SendRefused) as refusal:
        await sender.open_dm(team_id=TEAM, slack_user_id=USER)
    assert refusal.value.code == "user_disabled"


async def test_a_conversation_that_is_not_there_is_refused(sender, slack):
    with pytest.raises(SendRefused) as refusal:
        await post(sender, channel="D0ELSEWHERE")
    assert refusal.value.code == "channel_not_found"
    assert refused(slack, "chat.postMessage") == 1


async def test_a_message_that_was_deleted_cannot_be_updated(sender, opened):
    with pytest.raises(SendRefused) as refusal:
        await sender.update(
            team_id=TEAM, channel=opened, message_ts="1.000001", notice_id="n1", content=CONTENT
        )
    assert refusal.value.code == "message_not_found"


async def test_a_workspace_without_a_token_is_refused(sender):
    with pytest.raises(SendRefused) as refusal:
        await sender.post(
            team_id="T0ELSEWHERE",
            channel=CHANNEL,
            notice_id="n1",
            content=CONTENT,
            leaves_before=AT_ANY_TIME,
        )
    assert refusal.value.code == "no_token_for_this_workspace"


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history", "chat.update"])
@pytest.mark.parametrize(
    ("kind", "error"), [("reset", OutcomeUnknown), ("ratelimited", SendDelayed)]
)
async def test_every_other_call_speaks_the_same_language(
    sender, opened, befall, method, kind, error
):
    ts = await post(sender)
    befall(kind, method, count=2)  # a read is harmless: aiohttp itself tries it once more
    calls = {
        "conversations.open": sender.open_dm(team_id=TEAM, slack_user_id=USER),
        "conversations.history": find(sender, "n1"),
        "chat.update": sender.update(
            team_id=TEAM, channel=opened, message_ts=ts, notice_id="n1", content=CONTENT
        ),
    }
    wanted = calls.pop(method)
    for other in calls.values():
        other.close()
    with pytest.raises(error):
        await wanted


async def test_nothing_is_tried_again_by_the_client_itself(sender, opened, slack, befall):
    befall("reset", count=1)
    with pytest.raises(OutcomeUnknown):
        await post(sender)
    assert slack.installations[TEAM].faults.as_json() == []
    assert accepted(slack, "chat.postMessage") == 0  # a retry would have gone well


async def test_an_error_of_the_port_does_not_carry_the_message(sender, opened, befall):
    befall("error", error="internal_error")
    with pytest.raises(OutcomeUnknown) as unknown:
        await post(sender)
    assert unknown.value.__suppress_context__
    assert "West Midlands Police" not in repr(unknown.value)


async def test_what_is_ready_too_late_does_not_leave(sender, slack, opened, monkeypatch):
    began = monotonic()

    def stands_still(content: Content) -> Message:
        """As a machine that is frozen while the message is written."""
        monkeypatch.setattr(last_moment, "monotonic", lambda: began + 60)
        return render(content)

    monkeypatch.setattr(bot.sender, "render", stands_still)
    with pytest.raises(SendDelayed):
        await sender.post(
            team_id=TEAM, channel=opened, notice_id="n1", content=CONTENT, leaves_before=began + 30
        )
    assert shown(slack) == []
    assert accepted(slack, "chat.postMessage") == 0
    monkeypatch.undo()
    await post(sender)
    assert len(shown(slack)) == 1

"""Faults that were measured on other bots; each has a test here or where it is named.

| fault | test |
| --- | --- |
| overlapping ticks send again | test_a_tick_that_begins_while_another_still_sends_sends_nothing_again |
| two processes on one database | tests/jobs/test_dispatch.py: test_two_processes_at_once_send_to_each_person_once |
| a second tick sends all again | tests/jobs/test_dispatch.py: test_what_is_due_is_sent_once_and_recorded |
| a first tick at 23:50 wakes people | tests/jobs/test_dispatch.py: test_a_first_tick_at_night_sends_nothing_until_9am_of_the_next_working_day |
| a digest that fails once is never tried again | test_a_digest_that_fails_once_is_sent |
| one refusal in a batch of 50 stops or repeats the others | test_one_of_fifty_that_fails_once_is_sent_and_no_other_again |
| one person whom Slack refuses stops the others | tests/jobs/test_dispatch.py: test_one_refusal_fails_one_of_fifty |
| a lease released while a replica lags by seconds | test_a_replica_that_lags_by_seconds_sends_nothing_again, test_a_replica_that_stood_still_beyond_its_lease_sends_nothing_again |
| a send failure recorded as success | test_what_fails_is_never_recorded_as_sent |
| a kill between send and record, or a lost answer, doubles | tests/faults/test_points.py |
"""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from jobs.campaign_files import load_campaigns
from jobs.heartbeat import Heartbeat
from storage.clock import Clock
from storage.database import Database
from storage.read_models import Digest
from storage.vocabulary import NoticeState, PromptState
from tests.factories import facilitator, london, make_review, post
from tests.fakes import Fault, RecordingSender
from tests.faults.databases import POSTGRESQL, SQLITE
from tests.faults.points import AFTER_COMMIT, Halt
from tests.faults.stage import Stage
from tests.jobs.test_dispatch import FIRST_STEP, dispatch, notices, pauses_end, states

pytestmark = pytest.mark.timeout(300)  # real processes, on a machine that may be busy

FIFTY = [f"U{number:02}" for number in range(50)]


@pytest.fixture
def sender() -> RecordingSender:
    return RecordingSender()


async def test_a_tick_that_begins_while_another_still_sends_sends_nothing_again(database, sender):
    make_review(database, *map(post, FIFTY))
    quick = sender.post

    async def slow(**given) -> str:
        await asyncio.sleep(0.05)
        return await quick(**given)

    sender.post = slow
    heartbeat = Heartbeat(
        database=database,
        dispatch=dispatch(database, sender),
        clock=Clock(start=FIRST_STEP, speed=0),
        definitions=load_campaigns(),
    )
    await asyncio.gather(*(heartbeat.dispatch() for _ in range(3)), heartbeat.beat())
    assert Counter(message.user for message in sender.messages) == dict.fromkeys(FIFTY, 1)


@pytest.mark.parametrize("fault", [Fault.MESSAGE_LOST, Fault.ANSWER_LOST, Fault.DELAYED])
async def test_a_digest_that_fails_once_is_sent(database, sender, fault):
    make_review(database, post("U1"), facilitator("U9"))
    sender.faults["U9"] = [fault]
    monday = london(2026, 9, 14, 9)
    await dispatch(database, sender, monday).run()
    pauses_end(database)
    await dispatch(database, sender, monday + timedelta(minutes=1)).run()
    await dispatch(database, sender, monday + timedelta(minutes=2)).run()
    [message] = sender.to("U9")
    assert isinstance(message.content, Digest)


async def test_one_of_fifty_that_fails_once_is_sent_and_no_other_again(database, sender):
    make_review(database, *map(post, FIFTY))
    sender.faults["U25"] = [Fault.MESSAGE_LOST]
    await dispatch(database, sender).run()
    assert len(sender.messages) == 49
    pauses_end(database)
    await dispatch(database, sender).run()
    assert Counter(message.user for message in sender.messages) == dict.fromkeys(FIFTY, 1)
    assert states(database) == {PromptState.SENT: 50}


async def test_a_replica_that_lags_by_seconds_sends_nothing_again(database, database_url, sender):
    """Its tick of 9am comes when the other has sent all, and has let go of everything."""
    make_review(database, *map(post, FIFTY))
    replica = Database(database_url)
    await dispatch(database, sender, FIRST_STEP + timedelta(seconds=5)).run()
    await dispatch(replica, sender, FIRST_STEP).run()
    replica.dispose()
    assert Counter(message.user for message in sender.messages) == dict.fromkeys(FIFTY, 1)


async def test_a_replica_that_stood_still_beyond_its_lease_sends_nothing_again(databases, tmp_path):
    """It has claimed all, and stands still while another finds its claims too old and sends; then it goes on."""

    async def on(kind: str) -> None:
        async with Stage(
            databases=databases,
            kind=kind,
            people=6,
            folder=tmp_path,
            send_timeout=1,
            freeze_seconds=6,
            channels=0.5,
        ) as stage:
            stage.begin((Halt(("claim", AFTER_COMMIT), freezes=True),))
            stage.on_freeze = lambda: _begin_another(stage)
            assert await stage.until_done(60)
            assert stage.verdict().is_good, stage.verdict()

    await asyncio.gather(on(SQLITE), on(POSTGRESQL))


async def _begin_another(stage: Stage) -> None:
    stage.on_freeze = None
    stage.begin()


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.MESSAGE_LOST, Fault.DELAYED, Fault.BROKEN])
async def test_what_fails_is_never_recorded_as_sent(database, sender, fault):
    make_review(database, post("U1"))
    sender.faults["U1"] = [fault]
    await dispatch(database, sender).run()
    assert sender.messages == []
    assert states(database)[PromptState.SENT] == 0
    assert notices(database)[NoticeState.SENT] == 0

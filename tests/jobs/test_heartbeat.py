"""A beat that fails is said once, and is not the last one."""

import asyncio
from datetime import datetime

from sqlalchemy import text

from jobs.dispatch import Dispatch
from jobs.heartbeat import Heartbeat
from storage.clock import Clock
from storage.database import Database
from tests.factories import OPENING, TEAM, make_review, post
from tests.fakes import RecordingSender
from tests.flows.story import eventually


def heartbeat(database: Database) -> Heartbeat:
    clock = Clock(start=OPENING, speed=0)
    sender = RecordingSender()
    dispatch = Dispatch(database=database, sender=sender, clock=clock, team_id=TEAM)
    return Heartbeat(database=database, dispatch=dispatch, clock=clock, definitions=[])


async def beats(heart: Heartbeat, count: int) -> None:
    """So many looks at what there is to do."""
    for _ in range(count):
        before = heart.last_beat
        heart.wake()

        async def has_beaten(before: datetime = before) -> bool:
            return heart.last_beat != before

        await eventually(has_beaten)


def rename(database: Database, table: str, to: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {to}"))


async def test_a_beat_that_fails_is_said_once_and_so_is_its_end(database: Database, caplog):
    make_review(database, post("U1"))
    heart = heartbeat(database)
    heart.start()
    await beats(heart, 2)
    assert heart.failing_since is None
    rename(database, "plan_request", "mislaid")
    await beats(heart, 4)
    since = heart.failing_since
    assert since is not None
    rename(database, "mislaid", "plan_request")
    await beats(heart, 4)
    assert heart.failing_since is None
    await heart.stop()
    said = [(record.getMessage(), record.beat) for record in caplog.records]
    assert said == [("beat failed", "plan when asked"), ("beat works again", "plan when asked")]


async def test_nothing_beats_after_the_end(database: Database):
    heart = heartbeat(database)
    heart.start()
    await beats(heart, 1)
    await heart.stop()
    last = heart.last_beat
    heart.wake()
    await asyncio.sleep(0.2)
    assert heart.last_beat == last

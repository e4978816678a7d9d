"""24,000 prompts, against one APScheduler job each: `python -m tests.bench.peer`.

4,000 respondents are owed the October review's six reminders. Ours are planned from the roster, the calendar and the
campaign into an empty database, and drained by dispatch at each step's time. The peer adds one job for each with a
DateTrigger to a SQLAlchemyJobStore and runs it; it decides nothing. To be fair to it: the same SQLite settings (WAL,
synchronous NORMAL), the engine shared, `misfire_grace_time=None` so that nothing late is dropped, coalescing, a
scheduler that is paused while jobs are added, all due at once, and a job that only counts.
Neither calls Slack; ours renders what it would post.
"""

import asyncio
import sys
from collections import Counter
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlmodel import Session, col, func, select

from bot.sender import SlackSender
from jobs.campaign_files import load_campaigns
from jobs.dispatch import Dispatch
from jobs.plan import plan_now
from storage.clock import Clock, machine_now
from storage.database import Database, make_engine
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.outbox import next_due_at
from storage.tables import Prompt
from storage.upgrade import upgrade
from storage.vocabulary import PromptKind, PromptState
from tests.bench.people import make_respondents
from tests.bench.sending import Recorder
from tests.factories import OPENING, TEAM

PEOPLE, PROMPTS = 4_000, 24_000
AIM = 40
run: Counter[int] = Counter()


def count(number: int) -> None:
    """All that the peer's jobs do."""
    run[number] += 1


def states(session: Session) -> Counter[tuple[str, str]]:
    """How many prompts there are, by kind and state."""
    query = select(Prompt.kind, Prompt.state, func.count()).group_by(
        col(Prompt.kind), col(Prompt.state)
    )
    return Counter({(kind, state): number for kind, state, number in session.exec(query)})


async def ours(folder: Path) -> tuple[float, float]:
    """Seconds that planning and draining took."""
    database = Database(f"sqlite:///{folder}/ours.sqlite")
    upgrade(database)
    make_respondents(database, PEOPLE)
    database.write_now(keep_definitions, definitions=load_campaigns(), now=OPENING)
    database.write_now(
        open_campaign, key="october-review", year=2026, partnership=None, now=OPENING
    )
    began = perf_counter()
    plan_now(database, now=OPENING)
    planned = perf_counter() - began
    assert database.read_now(states)[PromptKind.REMINDER, PromptState.PLANNED] == PROMPTS
    clock, recorder = Clock(start=OPENING, speed=0), Recorder()
    sender = SlackSender({TEAM: recorder})
    dispatch = Dispatch(database=database, sender=sender, clock=clock, team_id=TEAM)
    began = perf_counter()
    while (due := database.read_now(next_due_at)) is not None:
        clock.move_to(due)
        await dispatch.run()
    drained = perf_counter() - began
    found = database.read_now(states)
    assert found[PromptKind.REMINDER, PromptState.SENT] == PROMPTS, found
    assert len(recorder.notice_ids) == len(set(recorder.notice_ids)) == PROMPTS
    database.dispose()
    return planned, drained


async def peer(folder: Path) -> tuple[float, float]:
    """The same of the peer."""
    ended: Counter[int] = Counter()
    all_ended = asyncio.Event()

    def end(event: JobExecutionEvent) -> None:
        ended[event.code] += 1
        if ended.total() == PROMPTS:
            all_ended.set()

    scheduler = AsyncIOScheduler(
        timezone=UTC,
        jobstores={"default": SQLAlchemyJobStore(engine=make_engine(f"sqlite:///{folder}/peer"))},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
    )
    scheduler.add_listener(end, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    scheduler.start(paused=True)
    due = machine_now() - timedelta(seconds=1)
    began = perf_counter()
    for number in range(PROMPTS):
        scheduler.add_job(count, DateTrigger(due), [number], id=str(number))
    planned = perf_counter() - began
    began = perf_counter()
    scheduler.resume()
    await all_ended.wait()
    drained = perf_counter() - began
    scheduler.shutdown()
    assert len(run) == run.total() == PROMPTS
    return planned, drained


async def main() -> None:
    with TemporaryDirectory() as made:
        planned, drained = await ours(Path(made))
        peer_planned, peer_drained = await peer(Path(made))
    sys.stdout.write(
        f"{PROMPTS:,} prompts, on sqlite: planned in {planned:.2f} s and drained in {drained:.1f} s, none lost or"
        f" doubled; one APScheduler job each, {peer_planned:.1f} s and {peer_drained:.1f} s:"
        f" {peer_planned / planned:.1f} times as long to plan (aim {AIM})\n"
    )


if __name__ == "__main__":
    asyncio.run(main())

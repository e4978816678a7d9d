"""Killed before and after each commit and each call of the send path: nothing is doubled and nothing lost."""

import asyncio
import signal
from collections.abc import Iterable
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest

from jobs.plan import plan
from storage.calendar_models import GivenDates, TermEvent
from storage.queries.term_dates import give
from storage.vocabulary import Certainty
from tests.faults.databases import POSTGRESQL, SQLITE, Databases
from tests.faults.points import (
    AFTER_COMMIT,
    BESIDE,
    COMMITS,
    POINTS,
    Halt,
    Point,
    outcomes_written,
    read_trace,
)
from tests.faults.stage import FIRST_STEP, Stage

pytestmark = pytest.mark.timeout(300)  # real processes, on a machine that may be busy

PEOPLE = 6
#: So many worlds at once: most of each one's time is spent waiting for a lease to run out.
AT_ONCE = 14
KENTS_OTHER_DATES = GivenDates(
    la_code="886",
    event=TermEvent.OCTOBER_HALF_TERM,
    school_year=2026,
    start=date(2026, 10, 23),
    end=date(2026, 10, 30),
    last_day=date(2026, 10, 22),
    source="council page",
)


async def send_everything(stage: Stage, *halts: Halt) -> str:
    """All that can befall a notice, so that every point is passed; gives what went wrong, or nothing.

    The process freezes for a moment after its claim, while a council gives another date.
    """

    async def other_dates() -> None:
        await stage.database.write(
            give,
            dates=[KENTS_OTHER_DATES],
            certainty=Certainty.COUNCIL,
            said_by="administrator",
            now=FIRST_STEP,
        )
        await plan(stage.database, now=FIRST_STEP)

    async with stage:
        stage.on_freeze = other_dates
        stage.chatter("U00001", 20)  # a look for what is lost goes on to a second page
        stage.fault("reset", "chat.postMessage", channel="D00001")
        stage.fault("drop", "chat.postMessage", channel="D00002")
        stage.begin((Halt(("claim", AFTER_COMMIT), freezes=True), *halts))
        ended = await stage.until_done(120)
        exits = await stage.end()
        verdict = stage.verdict()
        killed = -signal.SIGKILL in stage.actors[0].exits
        right = ended and verdict.is_good and exits == [0] and killed == bool(halts)
        return "" if right else f"{verdict.words}; {verdict.who}; {killed=}, {ended=}, {exits=}"


def stage(databases: Databases, kind: str, folder: Path, **more) -> Stage:
    folder.mkdir(exist_ok=True)
    return Stage(
        databases=databases,
        kind=kind,
        people=PEOPLE,
        folder=folder,
        channels=0.5,
        freeze_seconds=0.1,
        send_timeout=1.5,
        **more,
    )


async def all_killed(
    databases: Databases, folder: Path, runs: Iterable[tuple[Point, str]]
) -> dict[tuple[Point, str], str]:
    """A process killed at each of these points, each in a world of its own; gives those where something went wrong."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def killed_at(point: Point, kind: str) -> str:
        async with slots:
            own = folder / f"{kind} {' '.join(point)}"
            return await send_everything(stage(databases, kind, own), Halt(point))

    runs = list(runs)
    found = await asyncio.gather(*(killed_at(*run) for run in runs))
    return {run: what for run, what in zip(runs, found, strict=True) if what}


async def test_every_point_that_is_passed_is_on_the_list_and_every_one_on_it_is_passed(
    databases, tmp_path
):
    async def passed(kind: str) -> set[Point]:
        trace = tmp_path / f"{kind}.trace"
        assert await send_everything(stage(databases, kind, tmp_path, trace=trace)) == ""
        return {point for point in read_trace(trace) if point[0] not in BESIDE}

    on_sqlite, on_postgresql = await asyncio.gather(passed(SQLITE), passed(POSTGRESQL))
    assert on_sqlite == on_postgresql == set(POINTS)


def test_every_outcome_that_can_be_written_is_on_the_list():
    assert set(outcomes_written()) <= set(COMMITS)


async def test_killed_at_any_point_nobody_is_written_to_twice_or_forgotten(databases, tmp_path):
    """Each point on one kind of database here, in turn; `make faults` has them all on both."""
    kinds = cycle((SQLITE, POSTGRESQL))
    assert await all_killed(databases, tmp_path, zip(POINTS, kinds, strict=False)) == {}

"""Playing a schedule in a world of its own, and what became of it."""

import asyncio
import signal
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from psycopg import OperationalError
from sqlalchemy.exc import DBAPIError

from storage.errors import DatabaseAway
from tests.faults.databases import Databases
from tests.faults.judge import Verdict
from tests.faults.schedules import Schedule, Trouble
from tests.faults.stage import Stage


@dataclass(frozen=True, kw_only=True)
class Result:
    """`ended`: nothing was left to do. `stopped`: every process ended within ten seconds of being asked."""

    schedule: Schedule
    verdict: Verdict
    ended: bool
    stopped: bool
    seconds: float
    killed: int

    @property
    def is_good(self) -> bool:
        """Everybody has one message, and all came to an end by itself."""
        return self.verdict.is_good and self.ended and self.stopped

    @property
    def words(self) -> str:
        """One line."""
        wrong = (
            []
            if self.is_good
            else [f"ended {self.ended}, stopped {self.stopped}", self.verdict.who]
        )
        what = (
            f"seed {self.schedule.seed} ({self.schedule.words}): {self.verdict.words},"
            f" killed {self.killed}, {self.seconds:.0f} s"
        )
        return "; ".join([what, *wrong])


async def play(schedule: Schedule, databases: Databases, folder: Path) -> Result:
    """Play it to its end, and judge it. What the processes logged stays in the folder."""
    began = monotonic()
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    stage = Stage(
        databases=databases,
        kind=schedule.kind,
        people=schedule.people,
        folder=folder,
        send_timeout=schedule.send_timeout,
        speed=schedule.speed,
        jump=schedule.jump,
        over_http=schedule.over_http,
        channels=schedule.channels,
        own_server=schedule.needs_server,
        rate_limits=schedule.rate_limits,
        freeze_seconds=5 * schedule.send_timeout,
    )
    async with stage:
        stage.app.restricted_history = schedule.restricted_history
        for number, halts in enumerate(schedule.halts):
            stage.begin(*halts, ahead=schedule.ahead if number == 0 else schedule.ahead * 0)
        befalling = asyncio.create_task(_befall(stage, schedule.troubles))
        ended = await stage.until_done(schedule.longest, after=befalling)
        await befalling
        exits = await stage.end()
        return Result(
            schedule=schedule,
            verdict=stage.verdict(),
            ended=ended,
            stopped=None not in exits,
            seconds=monotonic() - began,
            killed=sum(actor.exits.count(-signal.SIGKILL) for actor in stage.actors),
        )


async def _befall(stage: Stage, troubles: tuple[Trouble, ...]) -> None:
    """Each trouble at its time; one that lasts holds up no other."""
    began = monotonic()
    async with asyncio.TaskGroup() as lasting:
        for trouble in troubles:
            await asyncio.sleep(max(began + trouble.at - monotonic(), 0))
            lasting.create_task(_act(stage, trouble))


async def _act(stage: Stage, trouble: Trouble) -> None:
    act = {
        "fault": partial(_fault, stage),
        "kill": partial(_signal, stage, signal.SIGKILL),
        "freeze": partial(_signal, stage, signal.SIGSTOP),
        "hold": stage.place.hold,
        "cut": stage.place.cut,
        "restart": stage.place.restart,
        "plan": stage.ask_for_planning,
        "jump": partial(_jump, stage),
        "chatter": partial(_chatter, stage),
    }[trouble.what]
    # a database that is away can be neither held nor cut, and takes no request
    with suppress(OperationalError, DBAPIError, DatabaseAway, sqlite3.OperationalError):
        await act(**trouble.given)


async def _fault(stage: Stage, **given: object) -> None:
    stage.fault(**given)


async def _signal(stage: Stage, number: int, *, which: int) -> None:
    stage.actors[which % len(stage.actors)].signal(number)


async def _jump(stage: Stage) -> None:
    stage.jump_clocks()


async def _chatter(stage: Stage) -> None:
    for user in list(stage.duties)[:5]:
        stage.chatter(user, 20)

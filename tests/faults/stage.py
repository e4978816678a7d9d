"""One schedule's world: the workspace in this process, the bot's processes beside it, their database."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from sqlalchemy import or_
from sqlmodel import Session, col, select, update

from bot.sample import sample_team
from bot.service import Connection
from bot.workspace import LocalWorkspace
from bot.workspace.content.workspace import Message
from bot.workspace.faults import Fault
from storage.clock import Clock
from storage.database import Database
from storage.tables import Notice, Person, PlanRequest, Prompt
from storage.vocabulary import UNSETTLED, NoticeState, PromptState
from tests.factories import TEAM, london, reply
from tests.faults.databases import Databases, Place
from tests.faults.judge import Verdict, judge
from tests.faults.people import REPLIERS, duties, in_slack, roster
from tests.faults.points import Halt
from tests.faults.process import Orders, start
from tests.flows.running import free_port

#: The first step of the October review falls due.
FIRST_STEP = london(2026, 9, 11, 9)
_LOOK_EVERY = 0.1


@dataclass(eq=False)
class Actor:
    """A process of the bot that is started again when it has ended, as a supervisor does."""

    process: BaseProcess
    #: What is still to befall it, process after process; the first is what the present one was told.
    halts: list[tuple[Halt, ...]]
    ahead: timedelta
    frozen_until: float | None = None
    exits: list[int | None] = field(default_factory=list)

    @property
    def is_frozen(self) -> bool:
        """Whether the process stands still, as it does when its machine is paused."""
        with suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ")[-1][0] == "T"
        return False

    def signal(self, number: int) -> None:
        """Only to a process that is there."""
        with suppress(ProcessLookupError):  # it may be killing itself this very moment
            if self.process.is_alive():
                os.kill(self.process.pid, number)


@dataclass(kw_only=True)
class Stage:
    """`channels`: the share of people whose conversation is known already."""

    databases: Databases
    kind: str
    people: int
    folder: Path
    send_timeout: float = 0.5
    speed: float = 0
    jump: timedelta = timedelta(0)
    over_http: bool = True
    channels: float = 1.0
    own_server: bool = False
    rate_limits: bool = True
    freeze_seconds: float = 4.0
    trace: Path | None = None
    on_freeze: Callable[[], Awaitable[None]] | None = None
    replied: set[str] = field(default_factory=set)
    actors: list[Actor] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        """Start the workspace and fill the database; no process yet."""
        self.posts = roster(self.people)
        self.duties = duties(self.posts)
        self.place: Place = await asyncio.to_thread(
            self.databases.fresh, self.kind, self.people, own_server=self.own_server
        )
        self.database = Database(self.place.url)
        self.clock = Clock(start=FIRST_STEP, speed=self.speed)
        self.team = replace(sample_team(), team_id=TEAM, people=in_slack(self.posts))
        self.workspace = LocalWorkspace(
            teams=[self.team], clock=self.clock, rate_limits=self.rate_limits, page=False
        )
        await self.workspace.start()
        [self.app] = self.workspace.installations.values()
        number = round(len(self.duties) * self.channels)
        known = sorted(self.duties)[:number]
        for user in known:
            self.app.workspace.direct_message(user)
        await self.database.write(_keep_channels, users=known)
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every process, and remove the world."""
        for actor in self.actors:
            actor.process.kill()
        await self.workspace.stop()
        self.database.dispose()
        await asyncio.to_thread(self.databases.drop, self.place)

    def begin(self, *halts: tuple[Halt, ...], ahead: timedelta = timedelta(0)) -> Actor:
        """Start a process; it halts as the first tells, and those that take its place as the next ones."""
        told = halts or ((),)
        actor = Actor(self._process(told[0], ahead), list(told), ahead)
        self.actors.append(actor)
        return actor

    def _process(self, halts: tuple[Halt, ...], ahead: timedelta) -> BaseProcess:
        return start(
            Orders(
                database_url=self.place.url,
                connection=Connection(
                    bot_token=self.team.bot_token,
                    app_token=None if self.over_http else self.team.app_token,
                    signing_secret=self.team.signing_secret if self.over_http else None,
                    api_url=self.workspace.api_url,
                    port=free_port() if self.over_http else 0,
                ),
                story=self.clock.now() + ahead,
                speed=self.speed,
                send_timeout=self.send_timeout,
                jump=self.jump,
                log=self.folder / f"{self.place.kind}.log",
                halts=halts,
                trace=self.trace,
            )
        )

    async def supervise(self) -> None:
        """Start again what has ended, let what has frozen go on when its time has come, and reply."""
        now = asyncio.get_running_loop().time()
        for actor in self.actors:
            if not actor.process.is_alive():
                actor.exits.append(actor.process.exitcode)
                if actor.process.exitcode == -signal.SIGKILL:
                    actor.halts = actor.halts[1:] or [()]
                actor.process = self._process(actor.halts[0], actor.ahead)
            elif actor.frozen_until is None and actor.is_frozen:
                if self.on_freeze is not None:
                    await self.on_freeze()
                actor.frozen_until = now + self.freeze_seconds
            elif actor.frozen_until is not None and actor.frozen_until <= now:
                actor.frozen_until = None
                actor.signal(signal.SIGCONT)
        for user in self._who_can_reply():
            with suppress(Exception):  # the database is away, or busy: they press the button again
                await asyncio.to_thread(
                    reply, self.database, user, body=REPLIERS[user], at=self.clock.now()
                )
                self.replied.add(user)

    def _who_can_reply(self) -> set[str]:
        written_to = {
            f"U{call['channel'][1:]}"
            for call in self.app.log.accepted
            if call["method"] == "chat.postMessage"
        }
        return written_to & REPLIERS.keys() - self.replied

    async def until_done(self, seconds: float, *, after: asyncio.Task[None] | None = None) -> bool:
        """Supervise until nothing is due or unsettled any more, and that task is over; False when it takes too long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await self.supervise()
            if (after is None or after.done()) and await self.is_done():
                return True
            await asyncio.sleep(_LOOK_EVERY)
        return False

    async def is_done(self) -> bool:
        """Whether everything is settled and shown, and no process stands still."""
        if self._who_can_reply() or any(actor.is_frozen for actor in self.actors):
            return False
        try:
            return not await self.database.read(_is_open, now=self.clock.now())
        except Exception:  # noqa: BLE001 - it is away, or busy, which is said in several ways
            return False

    async def end(self) -> list[int | None]:
        """Ask every process to stop, as a supervisor does; gives how each ended within ten seconds."""
        for actor in self.actors:
            actor.signal(signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(10):
                while any(actor.process.is_alive() for actor in self.actors):
                    for actor in self.actors:
                        actor.signal(signal.SIGCONT)  # one that stands still hears nothing
                    await asyncio.sleep(_LOOK_EVERY)
        return [actor.process.exitcode for actor in self.actors]

    def verdict(self) -> Verdict:
        """What became of everybody's message, by the workspace's log."""
        return judge(self.app, self.duties, replied=self.replied)

    def fault(self, kind: str, method: str, **more: Any) -> None:
        """Something goes wrong with calls of this method from now on."""
        self.app.faults.add(Fault(kind, method, **more))

    def jump_clocks(self) -> None:
        """The story goes on later; Slack's clock is never behind."""
        self.clock.move_to(self.clock.now() + self.jump)
        for actor in self.actors:
            actor.signal(signal.SIGUSR1)

    def chatter(self, user: str, messages: int) -> None:
        """Somebody writes to the bot: what it sent lies further back from now on."""
        conversation, _ = self.app.workspace.direct_message(user)
        for _ in range(messages):
            message = Message(self.app.workspace.stamp(), user, "Noted.", [], by_bot=False)
            self.app.workspace.add_message(conversation, message)

    async def ask_for_planning(self) -> None:
        """As a change to the roster does."""
        await self.database.write(_ask_for_planning)


def _keep_channels(session: Session, *, users: Collection[str]) -> None:
    for user in users:
        session.exec(
            update(Person)
            .where(col(Person.slack_user_id) == user)
            .values(dm_channel=f"D{user[1:]}")
        )


def _ask_for_planning(session: Session) -> None:
    session.add(PlanRequest(cause="roster"))


def _is_open(session: Session, *, now: datetime) -> bool:
    """Whether anything is due, on its way, or shown as it no longer is; one question, so one moment."""
    due = select(Prompt.id).where(Prompt.state == PromptState.PLANNED, col(Prompt.due_at) <= now)
    unsettled = select(Notice.id).where(col(Notice.state).in_(UNSETTLED))
    outdated = select(Notice.id).where(
        Notice.state == NoticeState.SENT, col(Notice.changes) > col(Notice.shown)
    )
    found = select(or_(due.exists(), unsettled.exists(), outdated.exists()))
    return bool(session.exec(found).one())

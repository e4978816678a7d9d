"""Bring a database to the schema of this version, with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from storage.database import Database
from storage.errors import DatabaseRefused


def upgrade(database: Database) -> None:
    """Run the migrations that this database has not had, all or none.

    Raises:
        DatabaseRefused: it does not answer.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0].rstrip(".")
        raise DatabaseRefused(
            f"DATABASE_URL: the database does not answer ({reason})."
            " Check the address, and that the server runs and lets you in."
        ) from None

"""Bring a database to the schema of this version, with Alembic."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from storage.database import Database, no_answer


def upgrade(database: Database) -> None:
    """Run the migrations that this database has not had, all or none.

    Raises:
        DatabaseRefused: it does not answer.
    """
    # Only here: alembic takes a tenth of a second and 8 MB, and a running bot never needs it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise no_answer(error, database.shown_address) from None

"""Alembic's entry: one connection, handed in by `storage.upgrade` or made from DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage import tables  # noqa: F401 - fills the metadata
from storage.database import make_engine


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    with make_engine(os.environ.get("DATABASE_URL", "sqlite:///vigil.sqlite")).connect() as made:
        _migrate(made)
        made.commit()

"""Messages that no longer say how things stand."""

from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Notice


def outdate(session: Session, notices: SelectOfScalar[Any]) -> None:
    """Have the notices with these ids brought up to date, wherever they are on their way."""
    session.exec(
        update(Notice).where(col(Notice.id).in_(notices)).values(changes=col(Notice.changes) + 1)
    )

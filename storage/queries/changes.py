"""Messages that no longer say how things stand."""

from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Notice, Prompt


def outdate(session: Session, notices: SelectOfScalar[Any]) -> None:
    """Have the notices with these ids brought up to date, wherever they are on their way."""
    session.exec(
        update(Notice).where(col(Notice.id).in_(notices)).values(changes=col(Notice.changes) + 1)
    )


def outdate_about(session: Session, *, round_id: int, partner_id: int) -> None:
    """The same for every message about that partner in that round."""
    about_it = select(Prompt.notice_id).where(
        Prompt.round_id == round_id, Prompt.partner_id == partner_id
    )
    outdate(session, about_it)

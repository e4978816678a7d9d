"""The one way to ask whether a row is in force on a day: of the database, and of a row that was read."""

from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from storage.plan_models import Validity
from storage.tables import Partner, Partnership, Post


def in_force(
    table: type[Post | Partner | Partnership], on: date
) -> tuple[ColumnElement[bool], ...]:
    """Conditions for rows whose validity holds that London day; the last day is included."""
    return (
        col(table.valid_from) <= on,
        or_(col(table.valid_to).is_(None), col(table.valid_to) >= on),
    )


def validity_of(row: Post | Partner) -> Validity:
    """The days on which a row that was read is in force."""
    return Validity(valid_from=row.valid_from, valid_to=row.valid_to)

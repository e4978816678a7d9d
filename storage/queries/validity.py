"""The one way to ask whether a row is in force on a day."""

from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from storage.tables import Partner, Partnership, Post


def in_force(
    table: type[Post | Partner | Partnership], on: date
) -> tuple[ColumnElement[bool], ...]:
    """Conditions for rows whose validity holds that London day; the last day is included."""
    return (
        col(table.valid_from) <= on,
        or_(col(table.valid_to).is_(None), col(table.valid_to) >= on),
    )

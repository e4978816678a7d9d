"""What tables share: one convention for the names of constraints, and the checks that recur."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    listed = ", ".join("'" + str(value).replace("'", "''") + "'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def ends_after_it_starts() -> CheckConstraint:
    return CheckConstraint(
        "valid_to IS NULL OR valid_to >= valid_from", name="ends_after_it_starts"
    )


def id_of(row: SQLModel) -> int:
    """The id of a row that is in the database; SQLModel types it as perhaps missing."""
    found = getattr(row, "id", None)
    if not isinstance(found, int):
        raise TypeError("This row has not been stored yet.")
    return found

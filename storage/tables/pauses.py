"""Why somebody is not asked for a time: they are away, they asked for another day, or the lead stopped it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from storage.columns import UTCDateTime


class Absence(SQLModel, table=True):
    """London days on which a person is away, both included; set by themselves, or by a lead for them."""

    __table_args__ = (CheckConstraint("last_day >= first_day", name="ends_after_it_starts"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UTCDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ReminderStop(SQLModel, table=True):
    """A lead has stopped the reminders to one partner in one round, until they go on with them."""

    __tablename__ = "reminder_stop"
    __table_args__ = (
        # two leads who stop at once make one stop
        Index(
            "uq_reminder_stop_stands_once",
            "round_id",
            "partner_id",
            unique=True,
            postgresql_where=text("resumed_at IS NULL"),
            sqlite_where=text("resumed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    partner_id: int = Field(foreign_key="partner.id")
    stopped_by: int = Field(foreign_key="person.id")
    stopped_at: datetime = Field(sa_type=UTCDateTime)
    resumed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Snooze(SQLModel, table=True):
    """Somebody wants to be reminded of one duty on a later London day instead. Append only: the last one stands."""

    __table_args__ = (
        # planning and messages look for the last one of a duty
        Index("ix_snooze_round_id_partner_id", "round_id", "partner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    round_id: int = Field(foreign_key="round.id")
    partner_id: int = Field(foreign_key="partner.id")
    remind_on: date
    set_at: datetime = Field(sa_type=UTCDateTime)

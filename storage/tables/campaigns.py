"""What is asked: campaigns, who takes part in them, the term dates they follow, and their rounds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.calendar_models import TermEvent
from storage.columns import UTCDateTime
from storage.tables.constraints import one_of


class CampaignVersion(SQLModel, table=True):
    """A campaign's definition as it was asked; never changed once stored."""

    __tablename__ = "campaign_version"
    __table_args__ = (UniqueConstraint("campaign_key", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_key: str
    version: int
    definition: dict[str, Any] = Field(sa_type=JSON)


class Campaign(SQLModel, table=True):
    """One kind of asking in one school year (2026 is 2026 to 2027)."""

    __table_args__ = (UniqueConstraint("key", "school_year"), one_of("state", words.CampaignState))

    id: int | None = Field(default=None, primary_key=True)
    key: str
    school_year: int
    version_id: int = Field(foreign_key="campaign_version.id")
    state: str = words.CampaignState.DRAFT
    opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Participation(SQLModel, table=True):
    """That one partnership is asked in one campaign, since when, and whether it still is."""

    __table_args__ = (
        UniqueConstraint("campaign_id", "partnership_id"),
        one_of("state", words.ParticipationState),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    partnership_id: int = Field(foreign_key="partnership.id")
    state: str = words.ParticipationState.OPEN
    opened_at: datetime = Field(sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class TermDate(SQLModel, table=True):
    """A break as somebody gave it for one area and school year. Append only: the last one stands."""

    __tablename__ = "term_date"
    __table_args__ = (
        one_of("event", TermEvent),
        one_of("certainty", (words.Certainty.COUNCIL, words.Certainty.LEAD)),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint("last_day < starts_on", name="last_day_before_it_starts"),
        # planning reads the dates of a year's areas
        Index("ix_term_date_school_year_la_code", "school_year", "la_code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    la_code: str
    event: str
    school_year: int
    starts_on: date
    ends_on: date
    last_day: date
    certainty: str
    source: str
    said_by: str
    said_at: datetime = Field(sa_type=UTCDateTime)


class Round(SQLModel, table=True):
    """One occasion on which one partnership's partners reply. Its days are London days, all included.

    From `quiet_from` to `quiet_to` nobody is chased; `week` and `topic` are a weekly round's. One that the
    term dates no longer give is `withdrawn`; what was said in it stays.
    """

    __table_args__ = (
        UniqueConstraint("participation_id", "key"),
        one_of("certainty", words.Certainty),
        CheckConstraint("deadline_day >= opens_on", name="deadline_after_opening"),
        CheckConstraint("late_until >= deadline_day", name="late_after_deadline"),
        CheckConstraint(
            "(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_days_have_both_ends"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    participation_id: int = Field(foreign_key="participation.id")
    key: str
    opens_on: date
    deadline_day: date
    late_until: date
    quiet_from: date | None = None
    quiet_to: date | None = None
    week: int | None = None
    topic: str | None = None
    certainty: str
    withdrawn: bool = False

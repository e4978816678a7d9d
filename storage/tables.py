"""The tables, their constraints and indexes.

Instants are aware UTC (`UTCDateTime`); days are London days, and the last day of a validity is
included. States and kinds are text with a named CHECK. No `from __future__ import annotations` here:
SQLModel reads the annotations.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, func, text
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.calendar_models import TermEvent
from storage.columns import UTCDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def _one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    listed = ", ".join("'" + str(value).replace("'", "''") + "'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _ends_after_it_starts() -> CheckConstraint:
    return CheckConstraint(
        "valid_to IS NULL OR valid_to >= valid_from", name="ends_after_it_starts"
    )


class Workspace(SQLModel, table=True):
    """One Slack workspace that the bot is installed in."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(unique=True)
    name: str


class Person(SQLModel, table=True):
    """A Slack user. `dm_channel` is stored before the first message is sent, to look there afterwards."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_user_id"),
        UniqueConstraint("workspace_id", "email"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    slack_user_id: str
    email: str
    name: str
    zone: str = "Europe/London"
    dm_channel: str | None = None


class Sector(SQLModel, table=True):
    """A kind of statutory partner. A table, since the list grows: education had a facilitator in 2024."""

    key: str = Field(primary_key=True)
    name: str
    position: int


class Partnership(SQLModel, table=True):
    """A local safeguarding partnership."""

    __table_args__ = (_ends_after_it_starts(),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    region: str = Field(index=True)
    valid_from: date
    valid_to: date | None = None


class PartnershipArea(SQLModel, table=True):
    """A local authority that a partnership covers, by its three-digit code."""

    __tablename__ = "partnership_area"

    partnership_id: int = Field(foreign_key="partnership.id", primary_key=True)
    la_code: str = Field(primary_key=True)


class Partner(SQLModel, table=True):
    """A body that owes replies in one partnership and one sector."""

    __table_args__ = (
        UniqueConstraint("partnership_id", "sector_key", "body"),
        _ends_after_it_starts(),
    )

    id: int | None = Field(default=None, primary_key=True)
    partnership_id: int = Field(foreign_key="partnership.id")
    sector_key: str = Field(foreign_key="sector.key")
    body: str
    valid_from: date
    valid_to: date | None = None


class Post(SQLModel, table=True):
    """What a person holds: of a partner, a partnership or a sector, as its kind says."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str
    partner_id: int | None = Field(default=None, foreign_key="partner.id", index=True)
    partnership_id: int | None = Field(default=None, foreign_key="partnership.id")
    sector_key: str | None = Field(default=None, foreign_key="sector.key")
    region: str | None = None  # a facilitator's; without one, all England
    valid_from: date
    valid_to: date | None = None

    __table_args__ = (
        _one_of("kind", words.PostKind),
        _ends_after_it_starts(),
        CheckConstraint(
            "(partner_id IS NOT NULL) = (kind IN ('respondent', 'deputy'))"
            " AND (partnership_id IS NOT NULL) = (kind IN ('lead', 'observer'))"
            " AND (sector_key IS NOT NULL) = (kind = 'facilitator')"
            " AND (region IS NULL OR kind = 'facilitator')",
            name="kind_has_its_scope",
        ),
        # Importing the same roster twice, or by two people at once, gives one post.
        Index(
            "uq_post_held_once",
            "person_id",
            "kind",
            func.coalesce(text("partner_id"), 0),
            func.coalesce(text("partnership_id"), 0),
            func.coalesce(text("sector_key"), text("''")),
            func.coalesce(text("region"), text("''")),
            "valid_from",
            unique=True,
        ),
    )


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

    __table_args__ = (UniqueConstraint("key", "school_year"), _one_of("state", words.CampaignState))

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
        _one_of("state", words.ParticipationState),
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
        _one_of("event", TermEvent),
        _one_of("certainty", (words.Certainty.COUNCIL, words.Certainty.LEAD)),
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
        _one_of("certainty", words.Certainty),
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


class Notice(SQLModel, table=True):
    """One message to one person: the outbox. Its id travels in the message's metadata.

    `lease_until` is machine time; `as_of` is the story instant whose facts the message tells, and
    `outdated` says that these have changed since, so that the message is to be brought up to date.
    """

    __table_args__ = (
        _one_of("kind", words.PromptKind),
        _one_of("state", words.NoticeState),
        CheckConstraint(
            "state <> 'sent' OR (channel IS NOT NULL AND message_ts IS NOT NULL)",
            name="sent_is_somewhere",
        ),
        # dispatch looks for leases that ran out
        Index(
            "ix_notice_unsettled",
            "lease_until",
            postgresql_where=text("state IN ('claimed', 'waiting', 'unknown')"),
            sqlite_where=text("state IN ('claimed', 'waiting', 'unknown')"),
        ),
        # dispatch looks for messages to bring up to date
        Index(
            "ix_notice_outdated",
            "id",
            postgresql_where=text("outdated"),
            sqlite_where=text("outdated"),
        ),
    )

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    state: str = words.NoticeState.CLAIMED
    lease_until: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    as_of: datetime = Field(sa_type=UTCDateTime)
    channel: str | None = None
    message_ts: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outdated: bool = False
    error: str | None = None


class Prompt(SQLModel, table=True):
    """What one post is owed at one step of one round, or one week's digest; planned ahead.

    `planned_for` is the rule's time; `due_at` the time it is sent, later where nothing is sent at the
    rule's time. From `useful_until` on it is no longer worth sending. `deadline_told` is the deadline that the
    message gave, once it was sent.
    """

    __table_args__ = (
        _one_of("kind", words.PromptKind),
        _one_of("state", words.PromptState),
        _one_of("reason", words.Reason),
        CheckConstraint(
            "(kind IN ('reminder', 'changed_dates')) = (round_id IS NOT NULL AND partner_id IS NOT NULL)"
            " AND (kind = 'offer') = (campaign_id IS NOT NULL)",
            name="kind_has_its_subject",
        ),
        CheckConstraint(
            "(state IN ('planned', 'claimed', 'sent')) = (reason IS NULL)",
            name="an_unsent_end_has_a_reason",
        ),
        CheckConstraint(
            "state NOT IN ('claimed', 'sent') OR notice_id IS NOT NULL", name="sent_by_a_notice"
        ),
        # dispatch looks for what is due
        Index(
            "ix_prompt_due",
            "due_at",
            postgresql_where=text("state = 'planned'"),
            sqlite_where=text("state = 'planned'"),
        ),
        # a reply satisfies the round's prompts for one partner
        Index("ix_prompt_round_id_partner_id", "round_id", "partner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    step: str
    post_id: int = Field(foreign_key="post.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id")
    partner_id: int | None = Field(default=None, foreign_key="partner.id")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    deadline_told: date | None = None
    planned_for: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime = Field(sa_type=UTCDateTime)
    useful_until: datetime = Field(sa_type=UTCDateTime)
    state: str = words.PromptState.PLANNED
    reason: str | None = None
    notice_id: str | None = Field(default=None, foreign_key="notice.id", index=True)


class Reply(SQLModel, table=True):
    """What a partner said in a round: append only. `submission` makes one press one revision."""

    __table_args__ = (
        UniqueConstraint("round_id", "partner_id", "revision"),
        _one_of("audience", words.Audience),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    partner_id: int = Field(foreign_key="partner.id")
    revision: int
    version_id: int = Field(foreign_key="campaign_version.id")
    answers: dict[str, Any] = Field(sa_type=JSON)
    audience: str = words.Audience.FACILITATORS
    is_done: bool
    is_confirmation: bool = False
    person_id: int = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=UTCDateTime)
    submission: str = Field(unique=True)


class PlanRequest(SQLModel, table=True):
    """The mark that a change to roster, dates or replies leaves in its own transaction."""

    __tablename__ = "plan_request"

    id: int | None = Field(default=None, primary_key=True)
    cause: str


def id_of(row: SQLModel) -> int:
    """The id of a row that is in the database; SQLModel types it as perhaps missing."""
    found = getattr(row, "id", None)
    if not isinstance(found, int):
        raise TypeError("This row has not been stored yet.")
    return found

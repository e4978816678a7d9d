"""Who is there: workspaces, people, partnerships, their partners, and the posts that people hold."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.columns import UTCDateTime
from storage.tables.constraints import ends_after_it_starts, one_of


class Workspace(SQLModel, table=True):
    """One Slack workspace that the bot is installed in."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(unique=True)
    name: str


class Person(SQLModel, table=True):
    """A Slack user. `dm_channel` is stored before the first message is sent, to look there afterwards.

    `zone`, `hour` and `reminding` are their own wishes: reminders come at that full hour of their day, as often as
    they said. `home_opened_at` is when they last opened the Home tab, to show there what changes meanwhile.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_user_id"),
        UniqueConstraint("workspace_id", "email"),
        CheckConstraint("hour >= 9 AND hour < 17", name="hour_in_office_hours"),
        one_of("reminding", words.Reminding),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    slack_user_id: str
    email: str
    name: str
    zone: str = "Europe/London"
    hour: int = 9
    reminding: str = words.Reminding.STANDARD
    dm_channel: str | None = None
    home_opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Sector(SQLModel, table=True):
    """A kind of statutory partner. A table, since the list grows: education had a facilitator in 2024."""

    key: str = Field(primary_key=True)
    name: str
    position: int


class Partnership(SQLModel, table=True):
    """A local safeguarding partnership."""

    __table_args__ = (ends_after_it_starts(),)

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
        ends_after_it_starts(),
    )

    id: int | None = Field(default=None, primary_key=True)
    partnership_id: int = Field(foreign_key="partnership.id")
    sector_key: str = Field(foreign_key="sector.key")
    body: str
    valid_from: date
    valid_to: date | None = None


class Post(SQLModel, table=True):
    """What a person holds: of a partner, a partnership or a sector, as its kind says.

    `added_by` is who gave it to them in Slack; without one, it came with a roster.
    """

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str
    partner_id: int | None = Field(default=None, foreign_key="partner.id", index=True)
    partnership_id: int | None = Field(default=None, foreign_key="partnership.id")
    sector_key: str | None = Field(default=None, foreign_key="sector.key")
    region: str | None = None  # a facilitator's; without one, all England
    valid_from: date
    valid_to: date | None = None
    added_by: int | None = Field(default=None, foreign_key="person.id")

    __table_args__ = (
        one_of("kind", words.PostKind),
        ends_after_it_starts(),
        CheckConstraint(
            "(partner_id IS NOT NULL) = (kind IN ('respondent', 'deputy', 'invited'))"
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

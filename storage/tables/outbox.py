"""What is owed and sent: prompts, the notices that carry them, and the mark that asks for planning."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.columns import UTCDateTime
from storage.tables.constraints import one_of


class Notice(SQLModel, table=True):
    """One message to one person: the outbox. Its id travels in the message's metadata.

    `lease_until` is machine time; `as_of` is the story instant whose facts the message tells, and
    `changes` counts how often these have changed since, `shown` the changes that the message shows: where they
    differ, it is to be brought up to date. `attempts` is how often it has been tried, by this and earlier notices of
    the same prompts. `looked_back_to` is the message up to which the conversation was looked through for it.
    """

    __table_args__ = (
        one_of("kind", words.PromptKind),
        one_of("state", words.NoticeState),
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
            postgresql_where=text("changes > shown"),
            sqlite_where=text("changes > shown"),
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
    changes: int = 0
    shown: int = 0
    looked_back_to: str | None = None
    error: str | None = None


class Prompt(SQLModel, table=True):
    """What one post is owed at one step of one round, or one week's digest; planned ahead.

    `planned_for` is the rule's time, at the hour that its reader wishes; `due_at` the time it is sent, later where
    nothing is sent at the rule's time. From `useful_until` on it is no longer worth sending. `deadline_told` is the deadline that the
    message gave, once it was sent. One that is `only_if_silent` escalates: it is sent where the partner has said nothing
    in the round. `about_post_id` is the post that it tells of: its holder's messages do not arrive, they hand it over, or have left. `attempts` counts those that may have reached Slack and did not.
    """

    __table_args__ = (
        one_of("kind", words.PromptKind),
        one_of("state", words.PromptState),
        one_of("reason", words.Reason),
        CheckConstraint(
            "(kind IN ('reminder', 'changed_dates', 'escalation'))"
            " = (round_id IS NOT NULL AND partner_id IS NOT NULL)"
            " AND (kind = 'offer') = (campaign_id IS NOT NULL)"
            " AND (kind IN ('undelivered', 'handover', 'left')) = (about_post_id IS NOT NULL)",
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
    about_post_id: int | None = Field(default=None, foreign_key="post.id")
    only_if_silent: bool = False
    deadline_told: date | None = None
    attempts: int = 0
    planned_for: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime = Field(sa_type=UTCDateTime)
    useful_until: datetime = Field(sa_type=UTCDateTime)
    state: str = words.PromptState.PLANNED
    reason: str | None = None
    notice_id: str | None = Field(default=None, foreign_key="notice.id", index=True)


class PlanRequest(SQLModel, table=True):
    """The mark that a change to roster, dates or replies leaves in its own transaction."""

    __tablename__ = "plan_request"

    id: int | None = Field(default=None, primary_key=True)
    cause: str

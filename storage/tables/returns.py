"""The full return: what a partnership's lead drafts, what was sent for signature, and who signed it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.columns import UTCDateTime
from storage.tables.constraints import one_of


class ReturnDraft(SQLModel, table=True):
    """What the lead has answered so far: one for each partnership in a campaign, kept screen by screen."""

    __tablename__ = "return_draft"
    __table_args__ = (one_of("audience", words.Audience),)

    participation_id: int = Field(foreign_key="participation.id", primary_key=True)
    answers: dict[str, Any] = Field(sa_type=JSON)
    audience: str = words.Audience.FACILITATORS
    person_id: int = Field(foreign_key="person.id")
    kept_at: datetime = Field(sa_type=UTCDateTime)


class ReturnRevision(SQLModel, table=True):
    """A return as it was sent for signature: append only. `submission` makes one press one revision.

    `withdrawn_at`: what was typed in it, and by those who signed it, has been taken out, by `withdrawn_by`.
    """

    __tablename__ = "return_revision"
    __table_args__ = (
        UniqueConstraint("participation_id", "revision"),
        one_of("audience", words.Audience),
        CheckConstraint("revision >= 1", name="revision_counts_from_one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    participation_id: int = Field(foreign_key="participation.id")
    revision: int
    version_id: int = Field(foreign_key="campaign_version.id")
    answers: dict[str, Any] = Field(sa_type=JSON)
    audience: str = words.Audience.FACILITATORS
    person_id: int = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=UTCDateTime)
    submission: str = Field(unique=True)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    withdrawn_by: int | None = Field(default=None, foreign_key="person.id")


class ReturnSignature(SQLModel, table=True):
    """That a partner signed one revision, and what its sector added: append only, the last one stands."""

    __tablename__ = "return_signature"
    __table_args__ = (
        # how far a return is, is asked by revision
        Index("ix_return_signature_revision_id_partner_id", "revision_id", "partner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="return_revision.id")
    partner_id: int = Field(foreign_key="partner.id")
    answers: dict[str, Any] = Field(sa_type=JSON)
    person_id: int = Field(foreign_key="person.id")
    signed_at: datetime = Field(sa_type=UTCDateTime)
    submission: str = Field(unique=True)

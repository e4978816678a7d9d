"""What partners said."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.columns import UTCDateTime
from storage.tables.constraints import one_of


class Reply(SQLModel, table=True):
    """What a partner said in a round: append only. `submission` makes one press one revision.

    `another_way`: somebody says that the partner has replied elsewhere; there are no answers. `withdrawn_at`: what
    was typed in it has been taken out, by `withdrawn_by`; the answer to such a question is empty, as no other is.
    """

    __table_args__ = (
        UniqueConstraint("round_id", "partner_id", "revision"),
        one_of("audience", words.Audience),
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
    another_way: bool = False
    person_id: int = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=UTCDateTime)
    submission: str = Field(unique=True)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    withdrawn_by: int | None = Field(default=None, foreign_key="person.id")

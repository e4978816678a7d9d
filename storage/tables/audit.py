"""What somebody did that others have to be able to look up later."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.columns import UTCDateTime
from storage.tables.constraints import one_of


class AuditEntry(SQLModel, table=True):
    """One deed: append only, ids alone. Without a person, it followed from what Slack said."""

    __tablename__ = "audit_entry"
    __table_args__ = (one_of("deed", words.Deed),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    deed: str
    post_id: int | None = Field(default=None, foreign_key="post.id")
    round_id: int | None = Field(default=None, foreign_key="round.id")
    partner_id: int | None = Field(default=None, foreign_key="partner.id")
    participation_id: int | None = Field(default=None, foreign_key="participation.id")

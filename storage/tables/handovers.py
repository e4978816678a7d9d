"""One colleague asks another to take over a partner's duty, for a round or for good."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from storage import vocabulary as words
from storage.columns import UTCDateTime
from storage.tables.constraints import one_of


class Handover(SQLModel, table=True):
    """Whoever holds `post_id` asks whoever holds `invited_post_id`; nothing changes hands before these agree.

    `round_id` is the one round that it is for; without one, it is for good. `taken_post_id` is the post that agreeing made.
    """

    __table_args__ = (
        one_of("answer", words.HandoverAnswer),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="an_answer_has_its_time"),
        CheckConstraint(
            "taken_post_id IS NULL OR answer = 'agreed'", name="taken_only_when_agreed"
        ),
        # one colleague is asked at a time, however often the button is pressed
        Index(
            "uq_handover_one_at_a_time",
            "post_id",
            text("coalesce(round_id, 0)"),
            unique=True,
            postgresql_where=text("answer IS NULL"),
            sqlite_where=text("answer IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    invited_post_id: int = Field(foreign_key="post.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id")
    asked_at: datetime = Field(sa_type=UTCDateTime)
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    taken_post_id: int | None = Field(default=None, foreign_key="post.id")

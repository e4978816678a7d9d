"""Keeping what somebody did that others have to be able to look up later."""

from datetime import datetime

from sqlmodel import Session

from storage.tables import AuditEntry
from storage.vocabulary import Deed


def record(  # noqa: PLR0913 - an entry’s columns
    session: Session,
    *,
    deed: Deed,
    at: datetime,
    person_id: int | None,
    post_id: int | None = None,
    round_id: int | None = None,
    partner_id: int | None = None,
    participation_id: int | None = None,
) -> None:
    """Keep one deed, with ids alone; without a person, it followed from what Slack said."""
    session.add(
        AuditEntry(
            deed=deed,
            at=at,
            person_id=person_id,
            post_id=post_id,
            round_id=round_id,
            partner_id=partner_id,
            participation_id=participation_id,
        )
    )

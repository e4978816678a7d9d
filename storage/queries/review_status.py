"""What /review-status, App Home and the command line show to one person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from storage.queries import return_withdrawals, withdrawals
from storage.queries.board import Scope, standings
from storage.queries.contacts import with_contacts
from storage.queries.offers import drafts
from storage.queries.people import access_of
from storage.queries.returns import returns_seen
from storage.read_models import Board, ReviewStatus, SectorCount, Standing


def review_status(
    session: Session, *, team_id: str, slack_user_id: str, now: datetime
) -> ReviewStatus:
    """Their partnerships' boards, their own duties, and their sector's counts; nothing for a stranger."""
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None or not access.has_posts:
        return ReviewStatus(now=now, access=None)
    duties = standings(session, scope=Scope(partners=access.answers_for), as_of=now)
    counts = []
    for remit in access.facilitates:
        rows = standings(
            session, scope=Scope(sector_key=remit.sector_key, regions=remit.regions), as_of=now
        )
        counts += [
            SectorCount(
                remit=remit,
                campaign_title=title,
                standings=tuple(row for row in rows if row.campaign_title == title),
            )
            for title in dict.fromkeys(row.campaign_title for row in rows)
        ]
    return ReviewStatus(
        now=now,
        access=access,
        drafts=drafts(session, access=access, now=now),
        boards=withdrawals.with_words(
            session, boards(session, partnerships=access.oversees, now=now), access
        ),
        duties=tuple(with_contacts(session, duties, now=now)),
        counts=tuple(counts),
        returns=return_withdrawals.with_words(
            session, returns_seen(session, access=access, now=now), access
        ),
    )


def boards(session: Session, *, partnerships: Iterable[int] | None, now: datetime) -> list[Board]:
    """The boards of these partnerships, or of all, in the order of their names."""
    scope = Scope(partnerships=None if partnerships is None else set(partnerships))
    rows = with_contacts(session, standings(session, scope=scope, as_of=now), now=now)
    by_partnership: dict[tuple[int, str], list[Standing]] = defaultdict(list)
    for row in rows:
        by_partnership[row.partnership_id, row.partnership].append(row)
    return [
        Board(partnership_id=partnership_id, partnership=name, standings=tuple(found))
        for (partnership_id, name), found in sorted(
            by_partnership.items(), key=lambda item: item[0][1]
        )
    ]

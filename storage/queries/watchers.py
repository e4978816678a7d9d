"""Who has the Home tab open, and whose is to be shown anew when somebody changes something."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, update
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.people import access_of
from storage.queries.validity import in_force
from storage.tables import Partner, Person, Post, Workspace
from storage.vocabulary import ANSWERING, OVERSEEING

#: Who opened the tab longer ago sees it made anew when they open it again.
_STAYS_OPEN = timedelta(hours=4)
#: One change is shown to no more people at once.
_MOST = 20


def home_was_opened(session: Session, *, team_id: str, slack_user_id: str, now: datetime) -> None:
    """Keep that this Slack user looks at their Home tab; of a stranger, nothing."""
    workspace = select(Workspace.id).where(Workspace.team_id == team_id).scalar_subquery()
    session.exec(
        update(Person)
        .where(col(Person.workspace_id) == workspace, col(Person.slack_user_id) == slack_user_id)
        .values(home_opened_at=now)
    )


def who_watches(
    session: Session, *, team_id: str, slack_user_id: str, partnership_id: int, now: datetime
) -> Sequence[str]:
    """The Slack users to whom it matters what this one has changed, and who opened the Home tab not long ago.

    Who answers for the same partners, leads and observers of their partnerships, and everybody in a partnership that
    they oversee; or in `partnership_id`, where they changed something there. The last to open it come first.
    """
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None:
        return []
    overseen = {*access.oversees, partnership_id}
    own = select(Partner.partnership_id).where(col(Partner.id).in_(access.answers_for))
    concerned = or_(
        and_(
            col(Post.kind).in_(OVERSEEING),
            or_(col(Post.partnership_id).in_(overseen), col(Post.partnership_id).in_(own)),
        ),
        and_(
            col(Post.kind).in_(ANSWERING),
            or_(
                col(Post.partner_id).in_(access.answers_for),
                col(Partner.partnership_id).in_(overseen),
            ),
        ),
    )
    query = (
        select(Person.slack_user_id, Person.home_opened_at)
        .join(Post, col(Post.person_id) == col(Person.id))
        .join(Partner, col(Partner.id) == col(Post.partner_id), isouter=True)
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(
            Workspace.team_id == team_id,
            Person.slack_user_id != slack_user_id,
            col(Person.home_opened_at) > now - _STAYS_OPEN,
            concerned,
            *in_force(Post, now.astimezone(LONDON).date()),
        )
        .distinct()
        .order_by(col(Person.home_opened_at).desc(), col(Person.slack_user_id))
        .limit(_MOST)
    )
    return [user for user, _ in session.exec(query)]

"""What people do when a duty is passed on, in the fewest words."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.database import Database
from storage.queries.passing_on import ask
from storage.queries.replies import Replier
from storage.queries.taking_over import answer_handover, take_back
from storage.read_models import Colleague
from storage.tables import AuditEntry, Handover, Person, Post, Prompt
from storage.vocabulary import PostKind
from tests.factories import OPENING, TEAM, replier_for


def colleague(user: str, email: str | None = "given") -> Colleague:
    """Somebody as Slack tells of them."""
    email = f"{user.lower()}@partners.example" if email == "given" else email
    return Colleague(slack_user_id=user, name=f"Colleague {user}", email=email)


def pass_on(
    database: Database,
    by: str,
    to: str | Colleague,
    *,
    for_good: bool = False,
    replier: Replier | None = None,
    at: datetime = OPENING,
) -> int:
    """Ask a colleague to take over the police's duty; gives the handover's id."""
    database.write_now(
        ask,
        replier=replier or replier_for(database, by),
        colleague=colleague(to) if isinstance(to, str) else to,
        for_good=for_good,
        now=at,
    )
    return handovers(database)[-1].id or 0


def answer(
    database: Database, user: str, handover_id: int, *, agrees: bool = True, at: datetime = OPENING
) -> None:
    """Press ‘I agree’ or ‘No, not me’."""
    database.write_now(
        answer_handover,
        team_id=TEAM,
        slack_user_id=user,
        handover_id=handover_id,
        agrees=agrees,
        now=at,
    )


def take_it_back(
    database: Database, user: str, handover_id: int, *, at: datetime = OPENING
) -> None:
    """Press ‘Take it back’."""
    database.write_now(take_back, team_id=TEAM, slack_user_id=user, handover_id=handover_id, now=at)


def handovers(database: Database) -> list[Handover]:
    """All that was asked, the first first."""
    return list(database.read_now(lambda s: s.exec(select(Handover).order_by(Handover.id)).all()))


def audit(database: Database) -> list[AuditEntry]:
    """What was kept for others to look up."""
    return list(database.read_now(lambda s: s.exec(select(AuditEntry)).all()))


def posts_of(database: Database, user: str) -> list[Post]:
    """What somebody holds or held, the first first."""

    def find(session: Session) -> list[Post]:
        query = select(Post).join(Person, col(Person.id) == col(Post.person_id))
        return list(session.exec(query.where(Person.slack_user_id == user).order_by(Post.id)))

    return database.read_now(find)


def post_of(database: Database, user: str, kind: PostKind = PostKind.RESPONDENT) -> Post:
    """Their only post of that kind."""
    [found] = [post for post in posts_of(database, user) if post.kind == kind]
    return found


def prompts_of(database: Database, user: str) -> list[Prompt]:
    """What they are owed, in the order of days."""
    posts = [post.id for post in posts_of(database, user)]

    def find(session: Session) -> list[Prompt]:
        query = select(Prompt).where(col(Prompt.post_id).in_(posts))
        return list(session.exec(query.order_by(Prompt.planned_for, Prompt.id)))

    return database.read_now(find)

"""Who a Slack user is, and what their posts let them see."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.errors import NotYours
from storage.queries.validity import in_force
from storage.read_models import Access, Remit
from storage.tables import Person, Post, Sector, Workspace, id_of
from storage.vocabulary import ANSWERING, OVERSEEING, PostKind


def workspace_id(session: Session, *, team_id: str, name: str | None = None) -> int:
    """The workspace of that Slack team, made when it is new and renamed when Slack says so."""
    workspace = session.exec(select(Workspace).where(Workspace.team_id == team_id)).one_or_none()
    if workspace is None:
        workspace = Workspace(team_id=team_id, name=name or team_id)
    workspace.name = name or workspace.name
    session.add(workspace)
    session.flush()
    return id_of(workspace)


def in_workspace(team_id: str) -> ColumnElement[bool]:
    """Whether a person of the outer query is in that Slack team.

    Asked of each row that was found: with a join, SQLite begins with everybody in the workspace, and looks
    through all that they were ever sent to find the little that is due.
    """
    team = select(Workspace.team_id).where(col(Workspace.id) == col(Person.workspace_id))
    return team.correlate(Person).scalar_subquery() == team_id


def team_ids(session: Session) -> list[str]:
    """The Slack teams that are known here."""
    return list(session.exec(select(Workspace.team_id).order_by(Workspace.team_id)))


def person_of(session: Session, *, team_id: str, slack_user_id: str) -> Person | None:
    """This Slack user, where they are known here."""
    return session.exec(
        select(Person)
        .join(Workspace)
        .where(Workspace.team_id == team_id, Person.slack_user_id == slack_user_id)
    ).one_or_none()


def take_turns(session: Session, person_id: int) -> None:
    """What comes twice at once about a person: the second waits here, and then finds what the first one did."""
    session.exec(select(Person.id).where(Person.id == person_id).with_for_update()).all()


def access_of(
    session: Session, *, team_id: str, slack_user_id: str, now: datetime
) -> Access | None:
    """What this Slack user's posts let them see and do on that day in London; None for a stranger."""
    person = person_of(session, team_id=team_id, slack_user_id=slack_user_id)
    return None if person is None else _access(session, person, on=now.astimezone(LONDON).date())


def known_access_of(session: Session, *, team_id: str, slack_user_id: str, now: datetime) -> Access:
    """The same of somebody who is known here.

    Raises:
        NotYours: this Slack user is a stranger.
    """
    access = access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if access is None:
        raise NotYours(
            "Vigil does not know you yet. Ask your partnership’s business manager to add you."
        )
    return access


def access_of_person(session: Session, *, person_id: int, now: datetime) -> Access:
    """The same, by Vigil's own id."""
    return _access(session, session.get_one(Person, person_id), on=now.astimezone(LONDON).date())


def overseers(session: Session, *, team_id: str, partnership_id: int, now: datetime) -> list[str]:
    """The Slack ids of the partnership's leads and observers that day."""
    query = (
        select(Person.slack_user_id)
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(
            in_workspace(team_id),
            Post.partnership_id == partnership_id,
            *in_force(Post, now.astimezone(LONDON).date()),
        )
        .order_by(col(Person.id))
    )
    return list(dict.fromkeys(session.exec(query)))


def facilitators(session: Session, *, named: str | None, now: datetime) -> list[tuple[int, str]]:
    """The people who are facilitators that day, or the one with that name or Slack id."""
    query = (
        select(Person)
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(Post.kind == PostKind.FACILITATOR, *in_force(Post, now.astimezone(LONDON).date()))
        .order_by(col(Person.name))
    )
    people = {id_of(person): person for person in session.exec(query)}
    return [
        (person_id, person.name)
        for person_id, person in people.items()
        if named is None
        or named == person.slack_user_id
        or named.casefold() in person.name.casefold()
    ]


def _access(session: Session, person: Person, *, on: date) -> Access:
    held = session.exec(
        select(Post, Sector)
        .join(Sector, isouter=True)
        .where(Post.person_id == person.id, *in_force(Post, on))
        .order_by(col(Sector.position), col(Post.region), col(Post.id))
    ).all()
    posts = [post for post, _ in held]
    return Access(
        person_id=id_of(person),
        name=person.name,
        answers_for=frozenset(
            post.partner_id for post in posts if post.kind in ANSWERING and post.partner_id
        ),
        leads=frozenset(
            post.partnership_id
            for post in posts
            if post.kind == PostKind.LEAD and post.partnership_id
        ),
        oversees=frozenset(
            post.partnership_id for post in posts if post.kind in OVERSEEING and post.partnership_id
        ),
        facilitates=_remits(held),
        is_administrator=any(post.kind == PostKind.ADMINISTRATOR for post in posts),
        zone=person.zone,
    )


def _remits(held: Sequence[tuple[Post, Sector | None]]) -> tuple[Remit, ...]:
    """One for each sector, over all the regions that the person's posts name."""
    regions: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for post, sector in held:
        if sector is not None and post.kind == PostKind.FACILITATOR:
            regions[sector.key, sector.name].add(post.region)
    return tuple(
        Remit(
            sector_key=key,
            sector=name,
            regions=() if None in of else tuple(sorted(filter(None, of))),
        )
        for (key, name), of in regions.items()
    )

"""Who holds which post: storing a roster, all of it in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from storage.areas import ReferencePartnership
from storage.errors import VigilError
from storage.queries.campaigns import admit_newcomers
from storage.queries.people import workspace_id
from storage.tables import (
    Partner,
    Partnership,
    PartnershipArea,
    Person,
    PlanRequest,
    Post,
    Workspace,
    id_of,
)
from storage.vocabulary import ANSWERING, OVERSEEING, PostKind


@dataclass(frozen=True, kw_only=True)
class RosterPost:
    """One post that somebody holds: of a body in a partnership, of a partnership, or of a sector."""

    slack_user_id: str
    email: str
    name: str
    kind: PostKind
    partnership: ReferencePartnership | None
    sector_key: str | None
    body: str | None
    region: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import changed."""

    people: int
    posts: int
    partnerships: int


def apply_roster(
    session: Session, *, team_id: str, posts: Iterable[RosterPost], today: date, now: datetime
) -> Imported:
    """Store people, their posts, and the partnerships and bodies that these name.

    Importing the same roster again changes nothing; a post that the file leaves out stays as it is. A post
    without a first day begins today.

    Raises:
        VigilError: a post that is held already would end before it began.
    """
    workspace = workspace_id(session, team_id=team_id)
    people = new_posts = new_partnerships = 0
    for row in posts:
        person, is_new = _person(session, workspace, row)
        people += is_new
        partnership_id = None
        if row.partnership is not None:
            partnership_id, is_new = _partnership(session, row.partnership)
            new_partnerships += is_new
        new_posts += _post(session, id_of(person), partnership_id, row, today)
    admit_newcomers(session, now=now)
    session.add(PlanRequest(cause="roster"))
    return Imported(people=people, posts=new_posts, partnerships=new_partnerships)


def emails_by_slack_user(session: Session, *, team_id: str) -> dict[str, str]:
    """The e-mail that each known Slack user has, to see when a roster says otherwise."""
    query = (
        select(Person.slack_user_id, Person.email)
        .join(Workspace)
        .where(Workspace.team_id == team_id)
    )
    return dict(session.exec(query).all())


def _person(session: Session, workspace: int, row: RosterPost) -> tuple[Person, bool]:
    person = session.exec(
        select(Person).where(
            Person.workspace_id == workspace, Person.slack_user_id == row.slack_user_id
        )
    ).one_or_none()
    is_new = person is None
    if person is None:
        person = Person(
            workspace_id=workspace,
            slack_user_id=row.slack_user_id,
            email=row.email,
            name=row.name,
        )
    person.name = row.name
    session.add(person)
    session.flush()
    return person, is_new


def _partnership(session: Session, reference: ReferencePartnership) -> tuple[int, bool]:
    """The partnership with every body that owes replies in it, whether or not anybody answers for it yet."""
    found = session.exec(
        select(Partnership).where(Partnership.name == reference.name)
    ).one_or_none()
    if found is not None:
        return id_of(found), False
    made = Partnership(
        name=reference.name,
        region=reference.region,
        valid_from=reference.valid_from,
        valid_to=reference.valid_to,
    )
    session.add(made)
    session.flush()
    partnership_id = id_of(made)
    session.add_all(
        PartnershipArea(partnership_id=partnership_id, la_code=area.la_code)
        for area in reference.areas
    )
    session.add_all(
        Partner(
            partnership_id=partnership_id,
            sector_key=sector_key,
            body=body,
            valid_from=reference.valid_from,
            valid_to=reference.valid_to,
        )
        for sector_key, body in reference.bodies()
    )
    session.flush()
    return partnership_id, True


def _post(
    session: Session, person_id: int, partnership_id: int | None, row: RosterPost, today: date
) -> bool:
    """Whether the post is new; one that is held already takes the roster's last day."""
    partner_id = None
    if row.kind in ANSWERING:
        partner_id = session.exec(
            select(Partner.id).where(
                Partner.partnership_id == partnership_id,
                Partner.sector_key == row.sector_key,
                Partner.body == row.body,
            )
        ).one()
    wanted = Post(
        person_id=person_id,
        kind=row.kind,
        partner_id=partner_id,
        partnership_id=partnership_id if row.kind in OVERSEEING else None,
        sector_key=row.sector_key if row.kind is PostKind.FACILITATOR else None,
        region=row.region if row.kind is PostKind.FACILITATOR else None,
        valid_from=row.valid_from or today,
        valid_to=row.valid_to,
    )
    held = session.exec(
        select(Post).where(
            Post.person_id == person_id,
            Post.kind == wanted.kind,
            Post.partner_id == wanted.partner_id,
            Post.partnership_id == wanted.partnership_id,
            Post.sector_key == wanted.sector_key,
            Post.region == wanted.region,
        )
    ).all()
    same = next((post for post in held if row.valid_from in {None, post.valid_from}), None)
    if same is None:
        session.add(wanted)
    elif row.valid_to is not None and row.valid_to < same.valid_from:
        raise VigilError(
            f"{row.slack_user_id}: the post of {row.kind} begins on {same.valid_from} and cannot end before that,"
            f" on {row.valid_to}. Correct the day in the roster."
        )
    elif same.valid_to != row.valid_to:
        same.valid_to = row.valid_to
        session.add(same)
    session.flush()
    return same is None

"""Who holds which post: storing a roster, all of it in one transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from sqlmodel import Session, col, select

from storage.areas import ReferenceBody, ReferencePartnership, known_partnerships
from storage.clock import LONDON
from storage.errors import VigilError
from storage.queries.campaigns import admit_newcomers
from storage.queries.people import workspace_id
from storage.queries.posts import of_the_same
from storage.tables import (
    AuditEntry,
    Partner,
    Partnership,
    PartnershipArea,
    Person,
    PlanRequest,
    Post,
    Workspace,
    id_of,
)
from storage.vocabulary import ANSWERING, OVERSEEING, Deed, PostKind


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
    """What an import changed, and how many of its posts their holders have left and were not given back."""

    people: int
    posts: int
    partnerships: int
    left: int


def apply_roster(
    session: Session, *, team_id: str, posts: Iterable[RosterPost], today: date, now: datetime
) -> Imported:
    """Store people, their posts, and the partnerships and bodies that these name.

    Importing the same roster again changes nothing; a post that the file leaves out stays as it is. A post
    without a first day begins today. One that its holder has left comes back only with a first day after that. Every partnership that is stored takes the days that the reference data
    now gives it and its bodies.

    Raises:
        VigilError: a post that is held already would end before it began.
    """
    workspace = workspace_id(session, team_id=team_id)
    posts = list(posts)
    named = {row.partnership.name: row.partnership for row in posts if row.partnership is not None}
    kept = {
        name: keep_partnership(session, reference=reference)
        for name, reference in {**_stored_partnerships(session), **named}.items()
    }
    people = 0
    outcomes: Counter[_Outcome] = Counter()
    left_on = _left_on(session)
    for row in posts:
        person, is_new = _person(session, workspace, row)
        people += is_new
        partnership_id = kept[row.partnership.name][0] if row.partnership is not None else None
        outcomes[_post(session, id_of(person), partnership_id, row, today, left_on)] += 1
    new_partnerships = sum(is_new for _, is_new in kept.values())
    admit_newcomers(session, now=now)
    session.add(PlanRequest(cause="roster"))
    return Imported(
        people=people,
        posts=outcomes[_Outcome.NEW],
        partnerships=new_partnerships,
        left=outcomes[_Outcome.LEFT],
    )


def keep_partnership(session: Session, *, reference: ReferencePartnership) -> tuple[int, bool]:
    """The id of the partnership as the reference data has it today, and whether it is new.

    It holds every body that ever owed replies in it, whether or not anybody answers for it. What is stored
    already keeps its id, and so its replies, and takes the days from which and until which it is in force.
    """
    found = session.exec(
        select(Partnership).where(Partnership.name == reference.name)
    ).one_or_none()
    partnership = found or Partnership(
        name=reference.name, region=reference.region, valid_from=reference.valid_from
    )
    partnership.valid_from, partnership.valid_to = reference.valid_from, reference.valid_to
    session.add(partnership)
    session.flush()
    partnership_id = id_of(partnership)
    if found is None:
        session.add_all(
            PartnershipArea(partnership_id=partnership_id, la_code=area.la_code)
            for area in reference.areas
        )
    _keep_bodies(session, partnership_id, reference.bodies())
    session.flush()
    return partnership_id, found is None


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


def _stored_partnerships(session: Session) -> dict[str, ReferencePartnership]:
    known = known_partnerships()
    return {name: known[name] for name in session.exec(select(Partnership.name)) if name in known}


def _keep_bodies(session: Session, partnership_id: int, bodies: Iterable[ReferenceBody]) -> None:
    stored = {
        (partner.sector_key, partner.body): partner
        for partner in session.exec(select(Partner).where(Partner.partnership_id == partnership_id))
    }
    for each in bodies:
        partner = stored.get((each.sector_key, each.body)) or Partner(
            partnership_id=partnership_id,
            sector_key=each.sector_key,
            body=each.body,
            valid_from=each.valid_from,
        )
        partner.valid_from, partner.valid_to = each.valid_from, each.valid_to
        session.add(partner)


class _Outcome(Enum):
    """What became of one row of a roster."""

    NEW = auto()
    HELD = auto()
    LEFT = auto()  # its holder has left it since


def _post(
    session: Session,
    person_id: int,
    partnership_id: int | None,
    row: RosterPost,
    today: date,
    left_on: Mapping[int | None, date],
) -> _Outcome:
    """Keep one post; one that is held already takes the roster's last day. `left_on` says which were left, and when."""
    wanted = Post(
        person_id=person_id,
        kind=row.kind,
        partner_id=_partner_id(session, partnership_id, row) if row.kind in ANSWERING else None,
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
            *of_the_same(wanted),
        )
    ).all()
    left = [left_on[post.id] for post in held if post.id in left_on]
    held = [post for post in held if post.id not in left_on]
    same = next((post for post in held if row.valid_from in {None, post.valid_from}), None)
    if same is None and left and (row.valid_from or date.min) <= max(left):
        return _Outcome.LEFT
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
    return _Outcome.NEW if same is None else _Outcome.HELD


def _partner_id(session: Session, partnership_id: int | None, row: RosterPost) -> int | None:
    return session.exec(
        select(Partner.id).where(
            Partner.partnership_id == partnership_id,
            Partner.sector_key == row.sector_key,
            Partner.body == row.body,
        )
    ).one()


def _left_on(session: Session) -> dict[int | None, date]:
    """The London day on which each post was left that its holder has left or passed on, by the post's id."""
    query = select(AuditEntry.post_id, AuditEntry.at).where(
        col(AuditEntry.deed).in_((Deed.POST_ENDED, Deed.POST_TAKEN_OVER))
    )
    return {post_id: at.astimezone(LONDON).date() for post_id, at in session.exec(query)}

"""Who holds which post: storing a roster, all of it in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from sqlmodel import Session, col, select

from storage.areas import ReferencePartnership
from storage.clock import LONDON
from storage.errors import VigilError
from storage.queries.campaigns import admit_newcomers
from storage.queries.partnerships import keep_partnerships, stored_references
from storage.queries.people import workspace_id
from storage.tables import (
    AuditEntry,
    Partner,
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


_Bodies = dict[tuple[int | None, str | None, str | None], int]


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
    rows = list(posts)
    named = {row.partnership.name: row.partnership for row in rows if row.partnership is not None}
    kept = keep_partnerships(session, {**stored_references(session), **named}.values())
    people, new_people = _people(session, workspace, rows)
    held = _Posts(session, set(people.values()))
    bodies = _bodies(session)
    outcomes: Counter[_Outcome] = Counter()
    for row in rows:
        partnership_id = kept[row.partnership.name][0] if row.partnership is not None else None
        wanted = Post(
            person_id=people[row.slack_user_id],
            kind=row.kind,
            valid_from=row.valid_from or today,
            valid_to=row.valid_to,
            **_of(row, partnership_id, bodies),
        )
        outcomes[held.keep(row, wanted)] += 1
    session.flush()
    new_partnerships = sum(is_new for _, is_new in kept.values())
    admit_newcomers(session, now=now)
    session.add(PlanRequest(cause="roster"))
    return Imported(
        people=new_people,
        posts=outcomes[_Outcome.NEW],
        partnerships=new_partnerships,
        left=outcomes[_Outcome.LEFT],
    )


def _of(row: RosterPost, partnership_id: int | None, bodies: _Bodies) -> dict[str, Any]:
    """What the post is of: a partner, a partnership, or a sector and perhaps a region of it; nothing for the rest."""
    if row.kind in ANSWERING:
        return {"partner_id": bodies[partnership_id, row.sector_key, row.body]}
    if row.kind in OVERSEEING:
        return {"partnership_id": partnership_id}
    if row.kind is PostKind.FACILITATOR:
        return {"sector_key": row.sector_key, "region": row.region}
    return {}


def emails_by_slack_user(session: Session, *, team_id: str) -> dict[str, str]:
    """The e-mail that each known Slack user has, to see when a roster says otherwise."""
    query = (
        select(Person.slack_user_id, Person.email)
        .join(Workspace)
        .where(Workspace.team_id == team_id)
    )
    return dict(session.exec(query).all())


def _people(
    session: Session, workspace: int, rows: Iterable[RosterPost]
) -> tuple[dict[str, int], int]:
    """The id of everybody in the roster, by Slack user, and how many of them are new; each takes the last name given."""
    query = select(Person).where(Person.workspace_id == workspace)
    people = {person.slack_user_id: person for person in session.exec(query)}
    known = len(people)
    for row in rows:
        user = row.slack_user_id
        people[user] = people.get(user) or Person(
            workspace_id=workspace, slack_user_id=user, email=row.email, name=row.name
        )
        people[user].name = row.name
    session.add_all(people.values())
    session.flush()
    return {user: id_of(person) for user, person in people.items()}, len(people) - known


class _Outcome(Enum):
    """What became of one row of a roster."""

    NEW = auto()
    HELD = auto()
    LEFT = auto()  # its holder has left it since


_OfTheSame = tuple[int, str, int | None, int | None, str | None, str | None]


class _Posts:
    """The posts that are held, and those that an import adds to them."""

    def __init__(self, session: Session, people: Collection[int]) -> None:
        self._session = session
        self._left_on = _left_on(session)
        self._held: dict[_OfTheSame, list[Post]] = defaultdict(list)
        for post in session.exec(select(Post).order_by(col(Post.id))):
            if post.person_id in people:
                self._held[_of_the_same(post)].append(post)

    def keep(self, row: RosterPost, wanted: Post) -> _Outcome:
        """Keep one post; one that is held already takes the roster's last day."""
        held = self._held[_of_the_same(wanted)]
        left = [self._left_on[post.id] for post in held if post.id in self._left_on]
        same = next(
            (
                post
                for post in held
                if post.id not in self._left_on and row.valid_from in {None, post.valid_from}
            ),
            None,
        )
        if same is None and left and (row.valid_from or date.min) <= max(left):
            return _Outcome.LEFT
        if same is None:
            held.append(wanted)
            self._session.add(wanted)
            return _Outcome.NEW
        if row.valid_to is not None and row.valid_to < same.valid_from:
            raise VigilError(
                f"{row.slack_user_id}: the post of {row.kind} begins on {same.valid_from} and cannot end before that,"
                f" on {row.valid_to}. Correct the day in the roster."
            )
        same.valid_to = row.valid_to
        return _Outcome.HELD


def _of_the_same(post: Post) -> _OfTheSame:
    """Whose post it is, and of what: their posts before and after it have the same."""
    of = (post.partner_id, post.partnership_id, post.sector_key, post.region)
    return (post.person_id, post.kind, *of)


def _bodies(session: Session) -> _Bodies:
    """The id of every partner, by its partnership, sector and body."""
    return {
        (partner.partnership_id, partner.sector_key, partner.body): id_of(partner)
        for partner in session.exec(select(Partner))
    }


def _left_on(session: Session) -> dict[int | None, date]:
    """The London day on which each post was left that its holder has left or passed on, by the post's id."""
    query = select(AuditEntry.post_id, AuditEntry.at).where(
        col(AuditEntry.deed).in_((Deed.POST_ENDED, Deed.POST_TAKEN_OVER))
    )
    return {post_id: at.astimezone(LONDON).date() for post_id, at in session.exec(query)}

"""Who is asked to take over a duty: somebody whom Vigil knows, or of whom Slack tells it; and the post that says so."""

from datetime import date, datetime

from sqlmodel import Session, select

from storage.clock import LONDON
from storage.errors import VigilError
from storage.queries.people import person_of
from storage.queries.validity import in_force
from storage.read_models import Colleague
from storage.tables import Person, Post, Workspace, id_of
from storage.vocabulary import PostKind


class PassOnRefused(VigilError):
    """This cannot be passed on so; `at` is 'colleague' or 'how_long'."""

    def __init__(self, sentence: str, *, at: str = "colleague") -> None:
        super().__init__(sentence)
        self.at = at


def new_person(session: Session, team_id: str, colleague: Colleague) -> Person:
    """Somebody of whom Vigil had not heard: it keeps what Slack says of them.

    Raises:
        PassOnRefused: Slack does not say enough, or it contradicts what is known.
    """
    # two who ask the same stranger at once: the second waits here
    workspace = session.exec(
        select(Workspace).where(Workspace.team_id == team_id).with_for_update()
    ).one()
    if known := person_of(session, team_id=team_id, slack_user_id=colleague.slack_user_id):
        return known
    if colleague.email is None:
        raise PassOnRefused(
            "Slack does not give Vigil an email address for this person."
            " Ask your partnership’s lead to have them added, then pass it on again."
        )
    email = colleague.email.casefold()
    taken = select(Person.id).where(Person.workspace_id == workspace.id, Person.email == email)
    if session.exec(taken).first() is not None:
        raise PassOnRefused(
            "Vigil knows this person’s email address under another Slack account."
            " Ask your administrator to correct the roster."
        )
    person = Person(
        workspace_id=id_of(workspace),
        slack_user_id=colleague.slack_user_id,
        email=email,
        name=colleague.name,
    )
    session.add(person)
    session.flush()
    return person


def invite(
    session: Session, person: Person, instead_of: Post, *, by: int, until: date, now: datetime
) -> int:
    """The post that says that they are asked; one for all who ask them about that partner at once."""
    today = now.astimezone(LONDON).date()
    invited = session.exec(
        select(Post).where(
            Post.person_id == person.id,
            Post.partner_id == instead_of.partner_id,
            Post.kind == PostKind.INVITED,
            *in_force(Post, today),
        )
    ).first()
    if invited is None:
        invited = Post(
            person_id=id_of(person),
            kind=PostKind.INVITED,
            partner_id=instead_of.partner_id,
            valid_from=today,
            added_by=by,
        )
    invited.valid_to = max(until, invited.valid_to or until)
    session.add(invited)
    session.flush()
    return id_of(invited)

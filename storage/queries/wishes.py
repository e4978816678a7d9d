"""When and how often people wish to be reminded: reading it, and keeping what somebody says."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from storage.errors import NotYours, VigilError
from storage.queries.people import known_access_of
from storage.tables import Person, PlanRequest, Post, Prompt, id_of
from storage.vocabulary import PromptState, Reason, Reminding
from storage.wishes import AS_USUAL, HOURS, ZONES, Wishes


def wishes_of(person: Person) -> Wishes:
    """One person's."""
    return Wishes(hour=person.hour, reminding=Reminding(person.reminding), zone=person.zone)


def unusual_wishes(session: Session) -> defaultdict[int, Wishes]:
    """The wishes of each person (by id); who has said nothing is reminded as usual."""
    query = select(Person).where(
        or_(
            col(Person.hour) != AS_USUAL.hour,
            col(Person.reminding) != AS_USUAL.reminding,
            col(Person.zone) != AS_USUAL.zone,
        )
    )
    found: defaultdict[int, Wishes] = defaultdict(lambda: AS_USUAL)
    found.update({id_of(person): wishes_of(person) for person in session.exec(query)})
    return found


def own_wishes(session: Session, *, team_id: str, slack_user_id: str, now: datetime) -> Wishes:
    """What this Slack user has said, or what is usual. Raises NotYours for a stranger."""
    return wishes_of(_person(session, team_id, slack_user_id, now))


def keep_wishes(
    session: Session, *, team_id: str, slack_user_id: str, wishes: Wishes, now: datetime
) -> None:
    """Remind this Slack user so from now on; the same again changes nothing. What they had less of is not made up.

    Raises:
        NotYours: they are a stranger.
        VigilError: this is no hour or zone that can be chosen.
    """
    person = _person(session, team_id, slack_user_id, now)
    before = wishes_of(person)
    if wishes == before:
        return
    if wishes.hour not in HOURS or wishes.zone not in {*ZONES, before.zone}:
        raise VigilError("Reminders can come from 9am to 4pm, in one of the time zones listed.")
    person.hour, person.reminding, person.zone = wishes.hour, wishes.reminding, wishes.zone
    session.add_all([person, PlanRequest(cause="wishes")])
    posts = select(Post.id).where(Post.person_id == person.id)
    session.exec(
        update(Prompt)
        .where(
            col(Prompt.post_id).in_(posts),
            col(Prompt.state).in_((PromptState.SKIPPED, PromptState.CANCELLED)),
            col(Prompt.reason) == Reason.LESS_OFTEN,
            col(Prompt.planned_for) <= now,
        )
        .values(reason=Reason.OVERTAKEN)
    )


def _person(session: Session, team_id: str, slack_user_id: str, now: datetime) -> Person:
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    if not access.has_posts:
        raise NotYours(
            "You hold no post at present, so nothing is sent to you. Ask your partnership’s lead to add you."
        )
    return session.get_one(Person, access.person_id)

"""When people are away: said by themselves, or by a lead for who answers in their partnership."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.errors import NotYours, VigilError
from storage.queries.people import known_access_of, take_turns
from storage.queries.validity import in_force
from storage.read_models import Access, Away, AwayForm
from storage.tables import Absence, Partner, Person, PlanRequest, Post, Prompt
from storage.vocabulary import ANSWERING, PromptState

#: Nobody plans an absence longer ahead, or for longer; a leaver's post ends instead.
_MOST_DAYS = 366


class AwayRefused(VigilError):
    """These are no days on which somebody can be away; `at` is 'first_day' or 'last_day'."""

    def __init__(self, sentence: str, *, at: str) -> None:
        super().__init__(sentence)
        self.at = at


def absences(
    session: Session, *, people: Collection[int] | None = None
) -> dict[int, list[tuple[date, date]]]:
    """The first and last days on which each person is away, in order; of these people only, where some are named."""
    query = (
        select(Absence)
        .where(col(Absence.withdrawn_at).is_(None))
        .order_by(col(Absence.first_day), col(Absence.last_day))
    )
    if people is not None:
        query = query.where(col(Absence.person_id).in_(people))
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for absence in session.exec(query):
        found[absence.person_id].append((absence.first_day, absence.last_day))
    return found


def away_form(
    session: Session, *, team_id: str, slack_user_id: str, person_id: int | None, now: datetime
) -> AwayForm:
    """Whom this Slack user may say to be away, and when they are: themselves, or who answers where they lead.

    `person_id` is who is to be shown first; without one, they themselves.

    Raises:
        NotYours: they are a stranger, or do not lead where that person answers.
    """
    access = known_access_of(session, team_id=team_id, slack_user_id=slack_user_id, now=now)
    people = _people_of(session, access, on=now.astimezone(LONDON).date())
    chosen = access.person_id if person_id is None else person_id
    if chosen not in people:
        raise NotYours(
            "Only the person themselves or their partnership’s lead can say that they are away."
        )
    away = absences(session, people=people)
    today = now.astimezone(LONDON).date()
    return AwayForm(
        now=now,
        person_id=chosen,
        people=people,
        own_id=access.person_id,
        away=tuple(
            Away(person_id=person, first_day=first, last_day=last)
            for person, days in away.items()
            for first, last in days
            if last >= today
        ),
    )


def set_away(
    session: Session,
    *,
    team_id: str,
    slack_user_id: str,
    away: Away,
    now: datetime,
) -> None:
    """Keep that a person is away on these days; the same again changes nothing. Days that overlap become one.

    Raises:
        NotYours: as `away_form`.
        AwayRefused: the days are over, the wrong way round, or too many.
    """
    form = away_form(
        session, team_id=team_id, slack_user_id=slack_user_id, person_id=away.person_id, now=now
    )
    _check(away.first_day, away.last_day, today=now.astimezone(LONDON).date())
    take_turns(session, away.person_id)
    standing = session.exec(
        select(Absence).where(
            Absence.person_id == away.person_id, col(Absence.withdrawn_at).is_(None)
        )
    ).all()
    touching = [
        each
        for each in standing
        if each.first_day <= away.last_day and away.first_day <= each.last_day
    ]
    if any(
        each.first_day <= away.first_day and away.last_day <= each.last_day for each in touching
    ):
        return
    for each in touching:
        each.withdrawn_at = now
        session.add(each)
    session.add(
        Absence(
            person_id=away.person_id,
            first_day=min([away.first_day, *(each.first_day for each in touching)]),
            last_day=max([away.last_day, *(each.last_day for each in touching)]),
            set_by=form.own_id,
            set_at=now,
        )
    )
    _replan(session, away.person_id)


def come_back(
    session: Session, *, team_id: str, slack_user_id: str, person_id: int, now: datetime
) -> AwayForm:
    """The person is there again from today: absences that are not over are withdrawn. Gives what is left.

    Raises as `away_form`.
    """
    form = away_form(
        session, team_id=team_id, slack_user_id=slack_user_id, person_id=person_id, now=now
    )
    session.exec(
        update(Absence)
        .where(
            col(Absence.person_id) == person_id,
            col(Absence.withdrawn_at).is_(None),
            col(Absence.last_day) >= now.astimezone(LONDON).date(),
        )
        .values(withdrawn_at=now)
    )
    _replan(session, person_id)
    left = tuple(away for away in form.away if away.person_id != person_id)
    return replace(form, person_id=form.own_id, away=left)


def _people_of(session: Session, access: Access, *, on: date) -> dict[int, str]:
    """The person themselves, and all who answer in the partnerships that they lead."""
    query = (
        select(Person.id, Person.name)
        .join(Post, col(Post.person_id) == col(Person.id))
        .join(Partner, col(Partner.id) == col(Post.partner_id))
        .where(
            col(Partner.partnership_id).in_(access.leads),
            col(Post.kind).in_(ANSWERING),
            *in_force(Post, on),
        )
        .order_by(col(Person.name))
    )
    found = {person_id: name for person_id, name in session.exec(query) if person_id is not None}
    return {access.person_id: access.name} | found


def _check(first_day: date, last_day: date, *, today: date) -> None:
    if last_day < first_day:
        raise AwayRefused("The last day is before the first. Choose a later one.", at="last_day")
    if last_day < today:
        raise AwayRefused("These days are over. Choose a last day from today on.", at="last_day")
    if (first_day - today).days > _MOST_DAYS:
        raise AwayRefused("This is more than a year ahead. Choose an earlier day.", at="first_day")
    if (last_day - first_day).days > _MOST_DAYS:
        raise AwayRefused(
            "This is more than a year. If the post has ended, tell your administrator.",
            at="last_day",
        )


def _replan(session: Session, person_id: int) -> None:
    """What was put off to the end of an absence is looked at anew."""
    posts = select(Post.id).where(Post.person_id == person_id)
    session.exec(
        update(Prompt)
        .where(
            col(Prompt.post_id).in_(posts),
            col(Prompt.state) == PromptState.PLANNED,
            col(Prompt.due_at) > col(Prompt.planned_for),
        )
        .values(due_at=col(Prompt.planned_for))
    )
    session.add(PlanRequest(cause="absence"))

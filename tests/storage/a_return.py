"""Somebody drafts, sends and signs the full return of Birmingham, with the fewest words."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import col, select

from storage.database import Database
from storage.queries.people import access_of
from storage.queries.replies import Refused
from storage.queries.return_drafts import Unfinished, keep_draft, pass_on
from storage.queries.return_signatures import SentAgain, sign_return
from storage.queries.returns import ReturnAsker, returns_seen
from storage.read_models import ReturnForm, ReturnStanding, ReturnToSign, Submission
from storage.tables import ReturnDraft
from storage.vocabulary import PostKind
from tests.bot.views.returns import ASKS, WHOLE
from tests.factories import TEAM, facilitator, lead, london, make_review, partner_id, post

AT = london(2026, 9, 14, 10)
LATER = AT + timedelta(hours=1)
OVER = london(2027, 1, 1, 9)
POLICE, COUNCIL = "West Midlands Police", "Birmingham council"
HEALTH = "Birmingham and Solihull Integrated Care Board"
#: Each screen's answers.
SCREENS = [
    {each.ref: WHOLE[each.ref] for each in ASKS.asked_on(number, WHOLE) if each.ref in WHOLE}
    for number in (1, 2, 3)
]
TICK = {"OF18": ["yes"]}
ALL_SCREENS = [*SCREENS[:2], SCREENS[2] | TICK]
ADDED = {"U1": "all", "U2": "mostly", "U3": "waiting_list"}


def make_birmingham(database: Database) -> None:
    """A respondent in each sector, a deputy, two leads, an observer and a facilitator; the review is open."""
    make_review(
        database,
        post("U1"),
        post("U2", sector="local_government"),
        post("U3", sector="health"),
        post("U4", PostKind.DEPUTY),
        post("U5", PostKind.OBSERVER, sector=None),
        lead("U8"),
        lead("U9"),
        facilitator("U7"),
    )


def asker(user: str = "U9", partnership: int = 1) -> ReturnAsker:
    return ReturnAsker(team_id=TEAM, slack_user_id=user, campaign_id=1, partnership_id=partnership)


def submission(answers: dict[str, Any], *, key: str | None = None, **more: Any) -> Submission:
    held = {"asked": frozenset(answers), "audience": None, "key": key or uuid4().hex}
    return Submission(**{"answers": answers, **held} | more)


def keep(database, answers, screen=1, *, user="U9", at=AT, **more) -> Refused | ReturnForm:
    return database.write_now(
        keep_draft,
        asker=asker(user),
        screen=screen,
        submission=submission(answers, **more),
        now=at,
        must_answer=False,
    )


def give(
    database, answers, screen, *, user="U9", at=AT, **more
) -> Refused | Unfinished | ReturnForm:
    return database.write_now(
        pass_on,
        asker=asker(user),
        screen=screen,
        submission=submission(answers, **more),
        now=at,
    )


def send(database, *, at=AT, user="U9", key=None, **changes) -> ReturnForm:
    """All three screens, with these answers instead."""
    for number, answers in enumerate(ALL_SCREENS, start=1):
        own = {ref: given for ref, given in changes.items() if ref in answers}
        sent = give(database, answers | own, number, at=at, user=user, key=key)
        assert isinstance(sent, ReturnForm)
    return sent


def sign(
    database, user="U1", body=POLICE, *, revision=1, at=LATER, key=None, answer=None
) -> Refused | SentAgain | ReturnToSign:
    answers = {"OF13": answer or ADDED.get(user, "all")} | TICK
    return database.write_now(
        sign_return,
        asker=asker(user),
        partner_id=database.read_now(partner_id, body),
        revision=revision,
        submission=submission(answers, key=key),
        now=at,
    )


def sign_all(database, revision=1) -> None:
    for user, body in (("U1", POLICE), ("U2", COUNCIL), ("U3", HEALTH)):
        assert isinstance(sign(database, user, body, revision=revision), ReturnToSign)


def standing(database, user="U9", at=LATER) -> ReturnStanding:
    def look(session):
        access = access_of(session, team_id=TEAM, slack_user_id=user, now=at)
        [seen] = returns_seen(session, access=access, now=at)
        return seen.standing

    return database.read_now(look)


def rows(database, table) -> list[Any]:
    order = table.participation_id if table is ReturnDraft else table.id
    return list(database.read_now(lambda s: s.exec(select(table).order_by(col(order))).all()))

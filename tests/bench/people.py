"""Respondents all over England, whose conversations with the bot are known."""

from datetime import date
from itertools import cycle, islice

from sqlalchemy import update
from sqlmodel import Session, col, func

from storage.areas import all_partnerships
from storage.database import Database
from storage.queries.roster import RosterPost
from storage.tables import Person
from storage.vocabulary import PostKind
from tests.bench.stand_in import user_id
from tests.factories import OPENING, make_roster


def respondents(people: int) -> list[RosterPost]:
    """So many, dealt out to all bodies in turn; one post each."""
    today = OPENING.date()
    bodies = [
        (partnership, body)
        for partnership in all_partnerships(today)
        for body in partnership.bodies_on(today)
    ]
    return [
        RosterPost(
            slack_user_id=user_id(number),
            email=f"{user_id(number).lower()}@partners.example",
            name=f"Respondent {number}",
            kind=PostKind.RESPONDENT,
            partnership=partnership,
            sector_key=body.sector_key,
            body=body.body,
            region=None,
            valid_from=date(2026, 9, 1),
            valid_to=None,
        )
        for number, (partnership, body) in enumerate(islice(cycle(bodies), people))
    ]


def make_respondents(database: Database, people: int) -> None:
    """Store them, and that each has talked with the bot."""
    make_roster(database, *respondents(people))
    database.write_now(_know_channels)


def _know_channels(session: Session) -> None:
    channel = "D" + func.substr(col(Person.slack_user_id), 2)
    session.exec(update(Person).values(dm_channel=channel))

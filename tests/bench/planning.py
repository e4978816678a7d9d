"""How long planning takes for all England: `python -m tests.bench.planning`.

A whole school year, both campaigns, every partnership of the reference data with respondents for each body; in a
SQLite file, measured in one run. Planning again, with nothing to change, is the hourly case.
"""

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlmodel import Session, col, func, select

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.areas import all_partnerships
from storage.database import Database
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.roster import RosterPost
from storage.tables import Prompt
from storage.upgrade import upgrade
from storage.vocabulary import PostKind
from tests.factories import OPENING, make_roster

TODAY = date(2026, 9, 7)
#: Respondents for each body: one, and as many as make 24,000 prompts.
RESPONDENTS = (1, 3)
FIRST_AIM, AGAIN_AIM = 5.0, 1.0


def respondents(each: int) -> list[RosterPost]:
    """So many respondents for each body that stands today."""
    return [
        RosterPost(
            slack_user_id=f"U{number}N{body_number}N{place}",
            email=f"u{number}.{body_number}.{place}@partners.example",
            name=f"Respondent {number}.{body_number}.{place}",
            kind=PostKind.RESPONDENT,
            partnership=partnership,
            sector_key=body.sector_key,
            body=body.body,
            region=None,
            valid_from=date(2026, 9, 1),
            valid_to=None,
        )
        for place, partnership in enumerate(all_partnerships(TODAY))
        for body_number, body in enumerate(partnership.bodies_on(TODAY))
        for number in range(each)
    ]


def make_england(database: Database, each: int) -> None:
    """Everybody's posts, and both campaigns of the year opened for all; nothing planned yet."""
    make_roster(database, *respondents(each))
    database.write_now(keep_definitions, definitions=load_campaigns(), now=OPENING)
    for definition in load_campaigns():
        database.write_now(
            open_campaign, key=definition.key, year=2026, partnership=None, now=OPENING
        )


def prompts(session: Session) -> int:
    """How many prompts are stored."""
    return session.exec(select(func.count(col(Prompt.id)))).one()


def timed_plan(database: Database) -> tuple[float, bool]:
    """How many seconds planning took, and whether it wrote anything."""
    began = perf_counter()
    changes = plan_now(database, now=OPENING)
    return perf_counter() - began, bool(changes)


def measure(folder: Path, each: int) -> None:
    database = Database(f"sqlite:///{folder}/{each}.sqlite")
    upgrade(database)
    make_england(database, each)
    first, _ = timed_plan(database)
    again, wrote = timed_plan(database)
    stored = database.read_now(prompts)
    database.dispose()
    sys.stdout.write(
        f"planning a year of England, {stored:,} prompts: {first:.2f} s into an empty database"
        f" (aim {FIRST_AIM:.0f}), {again:.2f} s again with {'something' if wrote else 'nothing'} written"
        f" (aim {AGAIN_AIM:.0f})\n"
    )


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        for respondents_each in RESPONDENTS:
            measure(Path(made), respondents_each)

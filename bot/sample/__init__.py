"""The sample: one real partnership, Birmingham's, with people named by role, in a workspace of its own.

It begins at 8:55am on Monday 7 September 2026 with the October review just opened.
"""

import csv
from datetime import datetime
from pathlib import Path

from bot.manifest import APP_NAME, BOT_SCOPES, COMMANDS
from bot.workspace.people import Command, Team, WorkspacePerson
from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from jobs.roster import read_roster
from storage.clock import LONDON
from storage.database import Database
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.roster import apply_roster
from storage.upgrade import upgrade

ROSTER = Path(__file__).with_name("roster.csv")
STARTS_AT = datetime(2026, 9, 7, 8, 55, tzinfo=LONDON)
TEAM_ID, TEAM_NAME = "T0SAMPLE", "Safeguarding partners (sample)"
#: Somebody who is in the workspace and on no roster.
STRANGER = WorkspacePerson(
    user_id="U0STRANGER",
    name="Somebody new, not on the roster",
    email="somebody.new@birmingham.example",
)


def sample_team() -> Team:
    """The workspace in which the sample's people are, with tokens that no Slack would issue."""
    with ROSTER.open(encoding="utf-8", newline="") as file:
        people = tuple(
            WorkspacePerson(
                user_id=row["slack_user_id"],
                name=row["name"],
                email=row["email"],
                title=row["post"],
            )
            for row in csv.DictReader(file)
        )
    return Team(
        team_id=TEAM_ID,
        name=TEAM_NAME,
        bot_token="xoxb-local-sample",  # noqa: S106 - made up, and good for the local workspace alone
        app_token="xapp-local-sample",  # noqa: S106
        signing_secret="local-sample",  # noqa: S106
        bot_user_id="U0VIGIL",
        app_name=APP_NAME,
        scopes=frozenset(BOT_SCOPES),
        commands=tuple(
            Command(
                command=str(command["command"]),
                description=str(command["description"]),
                usage_hint=str(command["usage_hint"]),
            )
            for command in COMMANDS
        ),
        people=(*people, STRANGER),
    )


def make_sample(database: Database, *, now: datetime) -> None:
    """Fill an empty database: schema, roster, the open October review, and its plan."""
    upgrade(database)
    posts = read_roster(ROSTER, today=now.astimezone(LONDON).date(), known_emails={})
    database.write_now(apply_roster, team_id=TEAM_ID, posts=posts, today=now.date(), now=now)
    database.write_now(keep_definitions, definitions=load_campaigns(), now=now)
    database.write_now(
        open_campaign, key="october-review", year=now.year, partnership=None, now=now
    )
    plan_now(database, now=now)

"""The sample: scenes from real areas, with people named by role, in a workspace of its own.

The first of them begins at 8:55am on Monday 7 September 2026 in Birmingham, with the October review just opened.
"""

from dataclasses import replace
from datetime import datetime

from bot.sample.birmingham import FIRST_DAY, ROSTER, SILENT_PARTNER, SUMMER, THREE_DAYS_BEFORE
from bot.sample.england import ENGLAND
from bot.sample.london import MANY_DUTIES
from bot.sample.people import STRANGER, TEAM_ID, TEAM_NAME, team_of
from bot.sample.scene import Said, Scene, fill, say
from bot.workspace.people import Team
from storage.database import Database

SCENES = {
    scene.key: scene
    for scene in (
        FIRST_DAY,
        THREE_DAYS_BEFORE,
        SILENT_PARTNER,
        SUMMER,
        MANY_DUTIES,
        ENGLAND,
    )
}
STARTS_AT = FIRST_DAY.opens_at

__all__ = [
    "FIRST_DAY",
    "ROSTER",
    "SCENES",
    "STARTS_AT",
    "STRANGER",
    "TEAM_ID",
    "TEAM_NAME",
    "Said",
    "Scene",
    "fill",
    "make_sample",
    "sample_team",
    "say",
    "team_of",
]


def sample_team() -> Team:
    """The workspace of the first scene."""
    return team_of(FIRST_DAY.posts())


def make_sample(database: Database, *, now: datetime) -> None:
    """Fill an empty database with the first scene, begun at `now`."""
    fill(database, replace(FIRST_DAY, begins_at=now))

"""What a scene is: a prepared situation, told as data; filling a database with it, and playing what came before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.sample.people import TEAM_ID
from bot.workspace.people import SceneCard, Step
from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.answers import Answers
from storage.calendar_models import GivenDates
from storage.clock import LONDON
from storage.database import Database
from storage.errors import VigilError
from storage.queries.board import Scope, standings
from storage.queries.campaigns import keep_definitions, open_campaign, school_year
from storage.queries.replies import Refused, Replier, submit
from storage.queries.roster import RosterPost, apply_roster
from storage.queries.term_dates import give
from storage.read_models import Submission
from storage.upgrade import upgrade
from storage.vocabulary import Audience, Certainty


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody replied for a body before the visitor comes in; `at` has a zone."""

    at: datetime
    user: str
    body: str
    answers: Answers
    audience: Audience = Audience.FACILITATORS


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The story begins at `begins_at`, and the visitor comes in at `opens_at`, as `you`."""

    key: str
    title: str
    summary: str
    begins_at: datetime
    opens_at: datetime
    posts: Callable[[], list[RosterPost]]
    you: str
    steps: tuple[Step, ...]
    campaign: str = "october-review"
    said: tuple[Said, ...] = ()
    dates: tuple[GivenDates, ...] = ()

    @property
    def card(self) -> SceneCard:
        """What the workspace's page tells of it."""
        return SceneCard(
            key=self.key, title=self.title, summary=self.summary, you=self.you, steps=self.steps
        )


def fill(database: Database, scene: Scene) -> None:
    """Fill an empty database: schema, roster, term dates, the open campaign, and its plan."""
    now = scene.begins_at
    today = now.astimezone(LONDON).date()
    upgrade(database)
    database.write_now(apply_roster, team_id=TEAM_ID, posts=scene.posts(), today=today, now=now)
    database.write_now(keep_definitions, definitions=load_campaigns(), now=now)
    database.write_now(
        give, dates=scene.dates, certainty=Certainty.COUNCIL, said_by="the sample", now=now
    )
    database.write_now(
        open_campaign, key=scene.campaign, year=school_year(now), partnership=None, now=now
    )
    plan_now(database, now=now)


def say(session: Session, *, said: Said, now: datetime) -> None:
    """Store a reply as its form would, in the round that is being asked.

    Raises:
        VigilError: the body is asked nothing then, or the form does not take the answers.
    """
    today = now.astimezone(LONDON).date()
    rows = standings(session, scope=Scope(), as_of=now)
    asked = [row for row in rows if row.body == said.body and row.late_until >= today]
    if not asked:
        raise VigilError(f"Nothing is asked of {said.body} at {now.isoformat()}.")
    row = min(asked, key=lambda row: (row.deadline_day < today, row.deadline_day))
    replier = Replier(
        team_id=TEAM_ID,
        slack_user_id=said.user,
        round_id=row.round_id,
        partner_id=row.partner_id,
    )
    key = f"scene: {said.user} {said.at.isoformat()}"
    submission = Submission(answers=said.answers, audience=said.audience, key=key)
    answer = submit(session, replier=replier, submission=submission, now=now)
    if isinstance(answer, Refused):
        raise VigilError(f"The reply of {said.user} does not fit its form: {answer.mistakes}.")

"""What tests put into a database: plain functions with the fewest words. People are named by role."""

from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session, select

from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from storage.area_names import find_area
from storage.areas import partnership_of
from storage.clock import LONDON
from storage.database import Database
from storage.queries.campaigns import keep_definitions, open_campaign
from storage.queries.replies import Refused, Replier, Stored, submit
from storage.queries.roster import RosterPost, apply_roster
from storage.read_models import Submission
from storage.tables import Participation, Partner, Person, Round
from storage.vocabulary import Audience, PostKind

TEAM = "T0TEST"
#: The Monday on which the sample begins.
OPENING = datetime(2026, 9, 7, 8, 55, tzinfo=LONDON)


def post(
    user: str,
    kind: PostKind = PostKind.RESPONDENT,
    *,
    area: str | None = "Birmingham",
    sector: str | None = "police",
    body: str | None = None,
    region: str | None = None,
    starts: date | None = date(2026, 9, 1),
    ends: date | None = None,
    name: str | None = None,
) -> RosterPost:
    """One row of a roster."""
    found = find_area(area) if area else None
    partnership = partnership_of(found, on=starts or OPENING.date()) if found else None
    if partnership is not None and kind in {PostKind.RESPONDENT, PostKind.DEPUTY}:
        standing = partnership.bodies_on(starts or OPENING.date())
        body = body or next(each.body for each in standing if each.sector_key == sector)
    return RosterPost(
        slack_user_id=user,
        email=f"{user.lower()}@partners.example",
        name=name or f"{kind.capitalize()} {user}",
        kind=kind,
        partnership=None if kind in {PostKind.FACILITATOR, PostKind.ADMINISTRATOR} else partnership,
        sector_key=sector
        if kind in {PostKind.RESPONDENT, PostKind.DEPUTY, PostKind.FACILITATOR}
        else None,
        body=body,
        region=region,
        valid_from=starts,
        valid_to=ends,
    )


def lead(user: str, area: str = "Birmingham", **more) -> RosterPost:
    """A partnership's lead."""
    return post(user, PostKind.LEAD, area=area, **more)


def facilitator(user: str, sector: str = "police", region: str | None = None, **more) -> RosterPost:
    """A sector's facilitator."""
    return post(user, PostKind.FACILITATOR, area=None, sector=sector, region=region, **more)


def make_roster(database: Database, *posts: RosterPost, now: datetime = OPENING) -> None:
    """Store a roster."""
    today = now.astimezone(LONDON).date()
    database.write_now(apply_roster, team_id=TEAM, posts=posts, today=today, now=now)


def open_review(database: Database, *, now: datetime = OPENING) -> None:
    """Open the October review for everybody, and plan it."""
    database.write_now(keep_definitions, definitions=load_campaigns(), now=now)
    database.write_now(open_campaign, key="october-review", year=2026, partnership=None, now=now)
    plan_now(database, now=now)


def make_review(database: Database, *posts: RosterPost, now: datetime = OPENING) -> None:
    """A roster and the open October review."""
    make_roster(database, *posts, now=now)
    open_review(database, now=now)


def london(*when: int) -> datetime:
    """A wall time in London."""
    return datetime(*when, tzinfo=LONDON)


def partner_id(session: Session, body: str) -> int:
    """The partner with that body."""
    return session.exec(select(Partner.id).where(Partner.body == body)).one() or 0


def round_id(session: Session) -> int:
    """The only round."""
    return session.exec(select(Round.id)).one() or 0


def person_id(session: Session, user: str) -> int:
    """The person with that Slack id."""
    return session.exec(select(Person.id).where(Person.slack_user_id == user)).one() or 0


#: The quick status, short of done and done.
UNDER_WAY = {"OQ1": "under_way", "OQ2": "on_track", "OQ4": "drafting"}
DONE = {"OQ1": "signed_off", "OQ2": "already_done", "OQ4": "shared"}


def replier_for(database: Database, user: str, body: str = "West Midlands Police") -> Replier:
    """Somebody at the form of the only partner with that body."""

    def find(session: Session) -> Replier:
        partner = session.exec(select(Partner).where(Partner.body == body)).one()
        asked = (
            select(Round.id)
            .join(Participation)
            .where(Participation.partnership_id == partner.partnership_id)
        )
        return Replier(
            team_id=TEAM,
            slack_user_id=user,
            round_id=session.exec(asked).one() or 0,
            partner_id=partner.id or 0,
        )

    return database.read_now(find)


def reply(
    database: Database,
    user: str,
    answers: dict[str, str | list[str]] = UNDER_WAY,
    *,
    body: str = "West Midlands Police",
    at: datetime = OPENING,
    audience: Audience = Audience.FACILITATORS,
    key: str | None = None,
) -> Stored | Refused:
    """What a person sends for the only partner with that body; each call another press."""
    replier = replier_for(database, user, body)
    submission = Submission(answers=answers, audience=audience, key=key or uuid4().hex)
    return database.write_now(submit, replier=replier, submission=submission, now=at)

"""Who is in the sample's workspace. Nobody in it is, or stands for, a person: all are named by role."""

import re
from collections import defaultdict
from collections.abc import Iterable

from bot.manifest import APP_NAME, BOT_SCOPES, COMMANDS
from bot.workspace.people import Command, Team, WorkspacePerson
from storage.areas import ReferencePartnership
from storage.queries.roster import RosterPost
from storage.vocabulary import ANSWERING, PostKind

TEAM_ID, TEAM_NAME = "T0SAMPLE", "Safeguarding partners (sample)"
#: Somebody who is in the workspace and on no roster.
STRANGER = WorkspacePerson(
    user_id="U0STRANGER",
    name="Somebody new, not on the roster",
    email="somebody.new@birmingham.example",
)
_TITLES = {
    PostKind.LEAD: "Leads the partnership",
    PostKind.OBSERVER: "Reads the partnership’s replies",
    PostKind.FACILITATOR: "Reads the weekly digest",
    PostKind.ADMINISTRATOR: "Looks after Vigil",
}


def team_of(posts: Iterable[RosterPost]) -> Team:
    """The workspace of those who hold these posts, with tokens that no Slack would issue."""
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
        people=(*_people(posts), STRANGER),
    )


def _people(posts: Iterable[RosterPost]) -> list[WorkspacePerson]:
    held: dict[str, list[RosterPost]] = defaultdict(list)
    for post in posts:
        held[post.slack_user_id].append(post)
    return [
        WorkspacePerson(
            user_id=user, name=theirs[0].name, email=theirs[0].email, title=_title(theirs)
        )
        for user, theirs in held.items()
    ]


def _title(posts: list[RosterPost]) -> str:
    first = posts[0]
    if first.kind not in ANSWERING:
        return _TITLES[first.kind]
    many = f" in {len(posts)} partnerships" if len(posts) > 1 else ""
    return f"Answers for {first.body}{many}"


def respondent(
    user: str, name: str, partnership: ReferencePartnership, sector: str, body: str
) -> RosterPost:
    """Somebody who answers for a body in one partnership."""
    return _post(user, name, PostKind.RESPONDENT, partnership=partnership, sector=sector, body=body)


def lead(user: str, name: str, partnership: ReferencePartnership) -> RosterPost:
    """Somebody who leads a partnership."""
    return _post(user, name, PostKind.LEAD, partnership=partnership)


def facilitator(user: str, name: str, sector: str, region: str | None = None) -> RosterPost:
    """Somebody who works with a sector, in one region or in all England."""
    return _post(user, name, PostKind.FACILITATOR, sector=sector, region=region)


def slug(words: str) -> str:
    """Words as Slack's ids are written: capitals and digits."""
    return re.sub(r"[^A-Z0-9]", "", words.upper())


def _post(  # noqa: PLR0913 - as many as a post has columns
    user: str,
    name: str,
    kind: PostKind,
    *,
    partnership: ReferencePartnership | None = None,
    sector: str | None = None,
    body: str | None = None,
    region: str | None = None,
) -> RosterPost:
    return RosterPost(
        slack_user_id=user,
        email=f"{user.lower()}@sample.example",
        name=name,
        kind=kind,
        partnership=partnership,
        sector_key=sector,
        body=body,
        region=region,
        valid_from=None,
        valid_to=None,
    )

"""Who and what a workspace has: the arguments of `LocalWorkspace`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class WorkspacePerson:
    user_id: str
    name: str
    email: str
    title: str = ""
    deleted: bool = False
    #: Another app, or a member of another organisation: chosen in menus, and nobody to be.
    is_bot: bool = False
    is_stranger: bool = False


@dataclass(frozen=True, kw_only=True)
class Command:
    command: str
    description: str
    usage_hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Team:
    """One workspace with one app installed in it.

    With a `request_url` the app is called over signed HTTP; without one, over Socket Mode.
    """

    team_id: str
    name: str
    bot_token: str
    app_token: str
    signing_secret: str
    bot_user_id: str
    app_name: str
    scopes: frozenset[str]
    commands: tuple[Command, ...]
    people: tuple[WorkspacePerson, ...]
    request_url: str | None = None

    @property
    def app_id(self) -> str:
        return f"A{self.team_id[1:]}"

    @property
    def bot_id(self) -> str:
        return f"B{self.bot_user_id[1:]}"

    @property
    def domain(self) -> str:
        return "".join(c if c.isalnum() else "-" for c in self.name.lower()).strip("-")


@dataclass(frozen=True, kw_only=True)
class StoryLine:
    """Something that is to come or has happened, in plain words, and those whom it is about.

    `people` are names with user ids; `more` counts those who are not named. What will not happen is not `real`.
    """

    at: datetime
    what: str
    people: tuple[tuple[str, str], ...] = ()
    more: int = 0
    real: bool = True


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a scene's guide: what to do, and who to be for it where that matters."""

    text: str
    user: str = ""


@dataclass(frozen=True, kw_only=True)
class SceneCard:
    """A prepared situation that can be opened, and the person to open it as."""

    key: str
    title: str
    summary: str
    you: str
    steps: tuple[Step, ...] = ()


class Stage(Protocol):
    """Prepared situations; handed in by whoever can put them on."""

    @property
    def cards(self) -> Sequence[SceneCard]: ...

    @property
    def current(self) -> str:
        """The key of the one that is on."""

    @property
    def performance(self) -> int:
        """How many have been opened so far; each begins anew."""

    async def open(self, key: str) -> None:
        """Puts a situation in the place of what is there, from its beginning."""


class Panel(Protocol):
    """A look at what is planned, and the clock's controls; handed in by whoever starts both."""

    @property
    def speed(self) -> float: ...

    def now(self) -> datetime: ...

    def run_at(self, speed: float) -> None: ...

    async def coming(self, limit: int) -> Sequence[StoryLine]:
        """What comes next, soonest first."""

    async def happened(self, limit: int) -> Sequence[StoryLine]:
        """What has happened, the latest first."""

    async def move_to(self, instant: datetime) -> None:
        """Moves the clock forward; raises ValueError with a plain sentence."""

    async def move_to_next(self) -> None: ...


def refuse_real_tokens(teams: Sequence[Team]) -> None:
    """A real token here would mean that a live bot had been pointed at a stand-in.

    Raises:
        ValueError: a token is not one of the made-up kind, or two teams share one.
    """
    seen: set[str] = set()
    for team in teams:
        pairs = ((team.bot_token, "xoxb-local-"), (team.app_token, "xapp-local-"))
        for token, beginning in pairs:
            if not token.startswith(beginning):
                raise ValueError(
                    f"The local workspace only takes made-up tokens: the one for {team.name} "
                    f"must begin with {beginning}."
                )
            if token in seen:
                raise ValueError(f"Two workspaces share a token; {team.name} needs its own.")
            seen.add(token)
    if len({team.team_id for team in teams}) < len(teams) or not teams:
        raise ValueError("Each workspace needs a team id of its own, and there must be one.")

"""`vigil run` and `vigil workspace`."""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.logs import start_logging
from bot.sample import FIRST_DAY, SCENES, sample_team
from bot.service import Connection, Service, port_taken, until_asked_to_stop
from bot.service import run as run_service
from bot.settings import Mode, Settings, SettingsRefused, load_settings
from bot.stage import SampleStage, run_sample
from bot.workspace import LocalWorkspace
from storage.clock import LONDON, Clock
from storage.database import Database
from storage.errors import VigilError

SAMPLE_DATABASE = Path("vigil-sample.sqlite")


def run(
    *,
    start_at: Annotated[
        str | None, typer.Option(help="Begin the story then, in London: 2026-09-07T08:55.")
    ] = None,
    scene: Annotated[
        str | None, typer.Option(help=f"Without Slack tokens, begin with: {', '.join(SCENES)}.")
    ] = None,
    speed: Annotated[float, typer.Option(help="Seconds of story in one real second.", min=0)] = 1.0,
) -> None:
    """The bot. Without Slack tokens: a sample, with a local workspace to try it in."""
    settings = load_settings()
    start_logging(settings.log_level)
    clock_given = start_at is not None or speed != 1.0
    if settings.mode is Mode.SAMPLE:
        _run_sample(settings, _scene(scene, start_at), _instant(start_at), speed)
        return
    if scene is not None:
        raise SettingsRefused(
            "--scene is for the sample. Take SLACK_BOT_TOKEN out to try it: real people live in no scene."
        )
    if clock_given and settings.is_slack_itself:
        raise SettingsRefused(
            "--start-at and --speed are for the local workspace: real people live in real time."
        )
    clock = Clock(start=_instant(start_at), speed=speed)
    service = Service(
        connection=_connection(settings),
        database=Database(settings.database_url),
        clock=clock,
        health=_health(settings),
    )
    asyncio.run(
        run_service(
            service, ready=lambda: print("Vigil is running. Press Ctrl+C to stop it.", flush=True)
        )
    )


def _instant(words: str | None) -> datetime | None:
    try:
        return None if words is None else datetime.fromisoformat(words).replace(tzinfo=LONDON)
    except ValueError:
        raise VigilError(f"--start-at is {words!r}. Write it as 2026-09-07T08:55.") from None


def _connection(settings: Settings) -> Connection:
    return Connection(
        bot_token=_secret(settings.bot_token) or "",
        app_token=_secret(settings.app_token),
        signing_secret=_secret(settings.signing_secret),
        api_url=settings.api_url,
        host=settings.host,
        port=settings.port,
    )


def _health(settings: Settings) -> tuple[str, int] | None:
    return (settings.health_host, settings.health_port) if settings.answers_health else None


def _secret(token: SecretStr | None) -> str | None:
    return None if token is None else token.get_secret_value()


def _run_sample(settings: Settings, scene: str, start_at: datetime | None, speed: float) -> None:
    if settings.given_database_url is not None:
        raise SettingsRefused(
            "DATABASE_URL is set and SLACK_BOT_TOKEN is not. The sample has a database of its own: a real outbox"
            " must never drain into it. Set the Slack tokens, or take DATABASE_URL out to try the sample."
        )
    scenes = SCENES
    if start_at is not None:
        first = replace(FIRST_DAY, begins_at=start_at, opens_at=start_at)
        scenes = {**SCENES, first.key: first}
    # Weeks pass in a moment here: Slack's limits, which are real time, would make the story wait for minutes.
    workspace = LocalWorkspace(teams=[sample_team()], clock=Clock(), rate_limits=False)
    stage = SampleStage(
        workspace=workspace,
        scenes=scenes,
        path=SAMPLE_DATABASE,
        speed=speed,
        health=_health(settings),
    )

    def ready() -> None:
        print(
            f"Vigil is running with its sample. Open {workspace.url}\nPress Ctrl+C to stop it.",
            flush=True,
        )

    asyncio.run(
        run_sample(workspace=workspace, stage=stage, scene=scene, port=settings.port, ready=ready)
    )


def _scene(name: str | None, start_at: str | None) -> str:
    """The key of the scene to begin with. Raises VigilError."""
    if name is None:
        return FIRST_DAY.key
    if name not in SCENES:
        raise VigilError(f"--scene is {name!r}. The scenes are: {', '.join(SCENES)}.")
    if start_at is not None and name != FIRST_DAY.key:
        raise VigilError(
            f"--start-at is for the scene {FIRST_DAY.key}; the others have a time of their own. Leave one of the two out."
        )
    return name


def workspace() -> None:
    """Only the local workspace, for another bot or another process to connect to."""
    settings = load_settings()
    start_logging(settings.log_level)
    team = sample_team()
    local = LocalWorkspace(teams=[team], clock=Clock())

    async def start() -> None:
        try:
            await local.start(port=settings.port)
        except OSError:
            raise port_taken(settings.port) from None

    def ready() -> None:
        print(
            f"The local workspace is at {local.url}\n"
            f"SLACK_API_URL={local.api_url} SLACK_BOT_TOKEN={team.bot_token} SLACK_APP_TOKEN={team.app_token}",
            flush=True,
        )

    asyncio.run(until_asked_to_stop(start, local.stop, ready=ready))

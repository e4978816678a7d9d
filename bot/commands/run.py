"""`vigil run` and `vigil workspace`."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.logs import start_logging
from bot.sample import STARTS_AT, make_sample, sample_team
from bot.service import Connection, Service, port_taken, run_sample, until_asked_to_stop
from bot.service import run as run_service
from bot.settings import Mode, Settings, SettingsRefused, load_settings
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
    speed: Annotated[float, typer.Option(help="Seconds of story in one real second.", min=0)] = 1.0,
) -> None:
    """The bot. Without Slack tokens: a sample, with a local workspace to try it in."""
    settings = load_settings()
    start_logging(settings.log_level)
    clock_given = start_at is not None or speed != 1.0
    if settings.mode is Mode.SAMPLE:
        clock = Clock(start=_instant(start_at) or STARTS_AT, speed=speed)
        _run_sample(settings, clock)
        return
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


def _run_sample(settings: Settings, clock: Clock) -> None:
    if settings.given_database_url is not None:
        raise SettingsRefused(
            "DATABASE_URL is set and SLACK_BOT_TOKEN is not. The sample has a database of its own: a real outbox"
            " must never drain into it. Set the Slack tokens, or take DATABASE_URL out to try the sample."
        )
    team = sample_team()
    workspace = LocalWorkspace(teams=[team], clock=clock)

    def service() -> Service:
        for path in SAMPLE_DATABASE.parent.glob(f"{SAMPLE_DATABASE.name}*"):
            path.unlink()
        database = Database(f"sqlite:///{SAMPLE_DATABASE}")
        make_sample(database, now=clock.now())
        connection = Connection(
            bot_token=team.bot_token,
            app_token=team.app_token,
            signing_secret=None,
            api_url=workspace.api_url,
        )
        return Service(
            connection=connection, database=database, clock=clock, health=_health(settings)
        )

    def ready() -> None:
        print(
            f"Vigil is running with its sample. Open {workspace.url}\nPress Ctrl+C to stop it.",
            flush=True,
        )

    asyncio.run(run_sample(workspace=workspace, port=settings.port, service=service, ready=ready))


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

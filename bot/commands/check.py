"""`vigil check` and `vigil manifest`."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import typer
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.commands.common import AsJson, print_json
from bot.manifest import BOT_SCOPES, manifest
from bot.settings import Mode, Settings, load_settings
from storage.clock import machine_now
from storage.database import Database
from storage.errors import DatabaseRefused
from storage.queries.people import workspace_id

_CLOCK_TOLERANCE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at: whether it is right, and what to do if not."""

    what: str
    is_right: bool
    words: str


def check(*, as_json: AsJson = False) -> None:
    """What is configured, what is missing, whether tokens, scopes, database and clock are right, and what to do."""
    settings = load_settings()
    findings = [_database(settings), *asyncio.run(_slack(settings))]
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            print(f"{'Right' if finding.is_right else 'To do'}: {finding.what}: {finding.words}")
    if not all(finding.is_right for finding in findings):
        raise typer.Exit(1)


def _database(settings: Settings) -> Finding:
    try:
        database = Database(settings.database_url)
        database.check()
    except DatabaseRefused as error:
        return Finding(what="database", is_right=False, words=str(error))
    return Finding(
        what="database", is_right=True, words="it answers and has this version’s schema."
    )


async def _slack(settings: Settings) -> list[Finding]:
    if settings.mode is Mode.SAMPLE or settings.bot_token is None:
        words = "no tokens are set, so vigil run starts the sample. README says how to make the Slack app."
        return [Finding(what="Slack", is_right=True, words=words)]
    client = AsyncWebClient(
        token=settings.bot_token.get_secret_value(), base_url=settings.api_url, retry_handlers=[]
    )
    try:
        answer = await client.auth_test()
    except SlackApiError as refusal:
        words = f"Slack refuses it ({refusal.response['error']}). Copy it again from ‘OAuth & Permissions’."
        return [Finding(what="SLACK_BOT_TOKEN", is_right=False, words=words)]
    except (SlackClientError, OSError):
        words = f"nothing answers at {settings.api_url}. Check SLACK_API_URL and the network."
        return [Finding(what="Slack", is_right=False, words=words)]
    _keep_workspace(settings, answer)
    found = [
        Finding(
            what="SLACK_BOT_TOKEN",
            is_right=True,
            words=f"it is for the workspace {answer['team']}.",
        ),
        _scopes(answer),
        _clock(answer, machine_now()),
    ]
    if settings.app_token is not None:
        found.append(await _app_token(client, settings.app_token))
    return found


def _keep_workspace(settings: Settings, answer: AsyncSlackResponse) -> None:
    """So that a roster can be imported before the bot has run."""
    try:
        database = Database(settings.database_url)
        database.check()
    except DatabaseRefused:
        return
    database.write_now(workspace_id, team_id=str(answer["team_id"]), name=str(answer["team"]))


def _scopes(answer: AsyncSlackResponse) -> Finding:
    granted = set(answer.headers.get("x-oauth-scopes", "").replace(" ", "").split(","))
    missing = [scope for scope in BOT_SCOPES if scope not in granted]
    if missing:
        words = f"missing {', '.join(missing)}. Paste vigil manifest into the app’s manifest, and reinstall it."
        return Finding(what="scopes", is_right=False, words=words)
    return Finding(what="scopes", is_right=True, words="all that Vigil needs are granted.")


def _clock(answer: AsyncSlackResponse, here: datetime) -> Finding:
    there = answer.headers.get("date")
    if there is None:
        return Finding(what="clock", is_right=True, words="Slack gave no time to compare with.")
    apart = abs(here - parsedate_to_datetime(there))
    if apart > _CLOCK_TOLERANCE:
        words = f"it is {apart.total_seconds():.0f} seconds from Slack’s. Set this machine’s clock by a time server."
        return Finding(what="clock", is_right=False, words=words)
    return Finding(what="clock", is_right=True, words="it agrees with Slack’s.")


async def _app_token(client: AsyncWebClient, token: SecretStr) -> Finding:
    try:
        await client.apps_connections_open(app_token=token.get_secret_value())
    except SlackApiError as refusal:
        words = (
            f"Slack refuses it ({refusal.response['error']}). It needs the scope connections:write."
        )
        return Finding(what="SLACK_APP_TOKEN", is_right=False, words=words)
    return Finding(what="SLACK_APP_TOKEN", is_right=True, words="Socket Mode can connect.")


def print_manifest() -> None:
    """The Slack app manifest, to paste into 'Create app from manifest'."""
    print(json.dumps(manifest(), indent=2, ensure_ascii=False))

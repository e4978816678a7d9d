"""The composition root: everything that runs is made and joined here, and nowhere else."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import build_app
from bot.panel import StoryPanel
from bot.sender import SlackSender
from bot.settings import SettingsRefused
from bot.vigil import Vigil
from bot.workspace import LocalWorkspace
from jobs.campaign_files import load_campaigns
from jobs.contents import offer as look_ahead
from jobs.dispatch import Dispatch
from jobs.heartbeat import Heartbeat
from jobs.phrases import understand
from jobs.sending import SEND_TIMEOUT_SECONDS
from storage.clock import Clock
from storage.database import Database
from storage.queries.people import workspace_id


@dataclass(frozen=True, kw_only=True)
class Connection:
    """How to reach Slack. With an app token over Socket Mode, else over HTTP on `host` and `port`."""

    bot_token: str
    app_token: str | None
    signing_secret: str | None
    api_url: str
    host: str = "127.0.0.1"
    port: int = 8080


class Service:
    """The running bot of one workspace."""

    def __init__(
        self,
        *,
        connection: Connection,
        database: Database,
        clock: Clock,
        send_timeout: float = SEND_TIMEOUT_SECONDS,
    ) -> None:
        """`send_timeout`: how long a call of Slack may take (seconds)."""
        self._connection = connection
        self._database = database
        self._clock = clock
        self._send_timeout = send_timeout
        self._running = AsyncExitStack()
        self.panel: StoryPanel | None = None

    async def start(self) -> None:
        """Connect, and begin to plan and send.

        Raises:
            DatabaseRefused: the database does not answer or is not at this version's schema.
            SettingsRefused: Slack refuses the tokens, or the port is taken.
        """
        self._database.check()
        session = await self._running.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._send_timeout))
        )
        client = AsyncWebClient(
            token=self._connection.bot_token,
            base_url=self._connection.api_url,
            session=session,
            retry_handlers=[],  # a retried post is a second message; the outbox retries
        )
        team_id = await self._register(client)
        sender = SlackSender({team_id: client})
        dispatch = Dispatch(
            database=self._database,
            sender=sender,
            clock=self._clock,
            team_id=team_id,
            send_timeout=self._send_timeout,
        )
        heartbeat = Heartbeat(
            database=self._database,
            dispatch=dispatch,
            clock=self._clock,
            definitions=load_campaigns(),
        )
        vigil = Vigil(
            database=self._database,
            clock=self._clock,
            wake=heartbeat.wake,
            look_ahead=look_ahead,
            understand=understand,
        )
        app = build_app(client=client, vigil=vigil, signing_secret=self._connection.signing_secret)
        await self._listen(app)
        self.panel = StoryPanel(clock=self._clock, database=self._database, heartbeat=heartbeat)
        heartbeat.start()
        self._running.push_async_callback(heartbeat.stop)
        heartbeat.wake()

    async def _register(self, client: AsyncWebClient) -> str:
        """See that Slack takes the token, and keep the workspace and this year's campaigns."""
        try:
            found = await client.auth_test()
        except SlackApiError as refusal:
            raise SettingsRefused(
                f"SLACK_BOT_TOKEN: Slack refuses it ({refusal.response['error']})."
                " Copy it again from Slack’s ‘OAuth & Permissions’ page; after reinstalling the app it is a new one."
            ) from None
        except aiohttp.ClientError:
            raise SettingsRefused(
                f"SLACK_API_URL: nothing answers at {self._connection.api_url}. Check the address and the network."
            ) from None
        team_id = str(found["team_id"])
        await self._database.write(workspace_id, team_id=team_id, name=str(found["team"]))
        return team_id

    async def _listen(self, app: AsyncApp) -> None:
        if self._connection.app_token is None:
            await self._listen_over_http(app)
            return
        handler = AsyncSocketModeHandler(app, self._connection.app_token)
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
        except SlackApiError as refusal:
            raise SettingsRefused(
                f"SLACK_APP_TOKEN: Slack refuses it ({refusal.response['error']})."
                " Copy it again from Slack’s ‘Basic information’ page; it needs the scope connections:write."
            ) from None
        self._running.push_async_callback(handler.close_async)

    async def _listen_over_http(self, app: AsyncApp) -> None:
        runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
        await runner.setup()
        self._running.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, self._connection.host, self._connection.port).start()
        except OSError:
            raise port_taken(self._connection.port) from None

    async def stop(self) -> None:
        """Finish what is being sent, and disconnect."""
        await self._running.aclose()


def port_taken(port: int) -> SettingsRefused:
    """The one sentence for a port that something else listens on."""
    return SettingsRefused(
        f"VIGIL_PORT: something else listens on port {port} already. Stop it, or set VIGIL_PORT to another number."
    )


async def run_sample(
    *,
    workspace: LocalWorkspace,
    port: int,
    service: Callable[[], Service],
    ready: Callable[[], None],
) -> None:
    """The local workspace and the bot in it, until the process is asked to stop."""
    try:
        await workspace.start(port=port)
    except OSError:
        raise port_taken(port) from None
    try:
        running = service()
        await run(running, ready=lambda: _join(workspace, running, ready))
    finally:
        await workspace.stop()


def _join(workspace: LocalWorkspace, service: Service, ready: Callable[[], None]) -> None:
    workspace.panel = service.panel
    ready()


async def run(service: Service, *, ready: Callable[[], None]) -> None:
    """The bot, until the process is asked to stop."""
    await until_asked_to_stop(service.start, service.stop, ready=ready)


async def until_asked_to_stop(
    start: Callable[[], Awaitable[None]],
    stop: Callable[[], Awaitable[None]],
    *,
    ready: Callable[[], None],
) -> None:
    """Start, wait for Ctrl+C or SIGTERM, and stop, whatever happens."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, asked.set)
    try:
        await start()
        ready()
        await asked.wait()
    finally:
        await stop()

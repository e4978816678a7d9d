"""The composition root: everything that runs is made and joined here, and nowhere else."""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import last_moment
from bot.app import build_app
from bot.deliveries import Deliveries
from bot.health import Health
from bot.panel import StoryPanel
from bot.sender import SlackSender
from bot.settings import SettingsRefused
from bot.socket_mode import SocketConnection
from bot.vigil import Vigil
from jobs.campaign_files import load_campaigns
from jobs.contents import offer as look_ahead
from jobs.dispatch import Dispatch
from jobs.heartbeat import Heartbeat
from jobs.pace import Pace
from jobs.phrases import understand
from jobs.sending import SEND_TIMEOUT_SECONDS
from storage.clock import Clock
from storage.database import Database
from storage.queries.people import workspace_id

log = logging.getLogger("vigil.service")

#: Whoever pressed or typed is told within that time that the database does not answer: Slack waits for 3 seconds.
_ANSWERS_WITHIN: Final = 2.5
#: What is being answered when the bot stops gets so many seconds more, after what is being sent had its own.
_FINISHES_WITHIN: Final = 1.0
#: A process that was asked to stop ends by then, whatever hangs (seconds).
_STOPS_WITHIN: Final = 9.8


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
        health: tuple[str, int] | None = None,
        send_timeout: float = SEND_TIMEOUT_SECONDS,
        pace: Pace | None = None,
    ) -> None:
        """`health`: the host and port that answer how it is. `send_timeout`: how long a call of Slack may take (seconds).

        `pace`: Slack's own, unless told.
        """
        self._connection = connection
        self._database = database
        self._clock = clock
        self._health = health
        self._send_timeout = send_timeout
        self._pace = pace
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
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._send_timeout),
                trace_configs=[last_moment.watching()],
            )
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
            pace=self._pace,
        )
        heartbeat = Heartbeat(
            database=self._database,
            dispatch=dispatch,
            clock=self._clock,
            definitions=load_campaigns(),
        )
        vigil = Vigil(
            database=self._database.answering_within(_ANSWERS_WITHIN),
            clock=self._clock,
            wake=heartbeat.wake,
            plan=heartbeat.plan_at_once,
            look_ahead=look_ahead,
            understand=understand,
        )
        deliveries = Deliveries()
        app = build_app(
            client=client,
            vigil=vigil,
            deliveries=deliveries,
            signing_secret=self._connection.signing_secret,
        )
        socket = await self._listen(app)
        self._running.push_async_callback(deliveries.finish, within=_FINISHES_WITHIN)
        health = Health(
            team_id=team_id,
            database=self._database,
            clock=self._clock,
            dispatch=dispatch,
            heartbeat=heartbeat,
            socket=socket,
        )
        if self._health is not None:
            await self._serve(health.app(), *self._health, setting="VIGIL_HEALTH_PORT")
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
        except (aiohttp.ClientError, TimeoutError):
            raise self._nothing_answers() from None
        team_id = str(found["team_id"])
        await self._database.write(workspace_id, team_id=team_id, name=str(found["team"]))
        return team_id

    async def _listen(self, app: AsyncApp) -> SocketConnection | None:
        if self._connection.app_token is None:
            where = self._connection
            await self._serve(
                app.web_app(path="/slack/events"), where.host, where.port, setting="VIGIL_PORT"
            )
            return None
        socket = SocketConnection(app, self._connection.app_token)
        self._running.push_async_callback(socket.close)
        try:
            await socket.open()
        except SlackApiError as refusal:
            raise SettingsRefused(
                f"SLACK_APP_TOKEN: Slack refuses it ({refusal.response['error']})."
                " Copy it again from Slack’s ‘Basic information’ page; it needs the scope connections:write."
            ) from None
        except (aiohttp.ClientError, TimeoutError):
            raise self._nothing_answers() from None
        return socket

    def _nothing_answers(self) -> SettingsRefused:
        return SettingsRefused(
            f"SLACK_API_URL: nothing answers at {self._connection.api_url}. Check the address and the network."
        )

    async def _serve(self, app: web.Application, host: str, port: int, *, setting: str) -> None:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_FINISHES_WITHIN)
        await runner.setup()
        self._running.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            raise port_taken(port, setting) from None

    async def stop(self) -> None:
        """Finish what is being sent and answered, and disconnect."""
        await self._running.aclose()


def port_taken(port: int, setting: str = "VIGIL_PORT") -> SettingsRefused:
    """The one sentence for a port that something else listens on."""
    return SettingsRefused(
        f"{setting}: something else listens on port {port} already. Stop it, or set {setting} to another number."
    )


async def run(service: Service, *, ready: Callable[[], None]) -> None:
    """The bot, until the process is asked to stop."""
    await until_asked_to_stop(service.start, service.stop, ready=ready)


async def until_asked_to_stop(
    start: Callable[[], Awaitable[None]],
    stop: Callable[[], Awaitable[None]],
    *,
    ready: Callable[[], None],
) -> None:
    """Start, wait for Ctrl+C or SIGTERM, and stop, whatever happens; asking twice is no different."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, _begin_to_stop, asked)
    starting = asyncio.ensure_future(start())
    waiting = asyncio.ensure_future(asked.wait())
    try:
        await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            ready()
            await waiting
        else:
            starting.cancel()
            with suppress(asyncio.CancelledError):
                await starting
    finally:
        waiting.cancel()
        await stop()


def _begin_to_stop(asked: asyncio.Event) -> None:
    if asked.is_set():
        return
    asked.set()
    last = Timer(_STOPS_WITHIN, _end_at_once)
    last.daemon = True
    last.start()


def _end_at_once() -> None:
    """A thread that hangs, as one that waits for a database, would keep the process for as long."""
    log.error("stopped before everything had ended")
    os._exit(1)

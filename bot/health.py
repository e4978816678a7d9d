"""How the bot is, for those who watch it: /health, /ready and /metrics. Ids and counts, never words or tokens."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.socket_mode import SocketConnection
from jobs.dispatch import Dispatch
from jobs.heartbeat import Heartbeat
from jobs.measures import REGISTRY, show_queue
from storage.clock import Clock, machine_now
from storage.database import Database
from storage.errors import DatabaseAway
from storage.queries.queue import answers, queue
from storage.vocabulary import UNSETTLED

#: Beats are seconds apart, and one that finds the database away ends within seconds too.
STUCK_AFTER: Final = timedelta(minutes=2)
#: Whoever asks waits for the database no longer than this (seconds).
_PATIENCE: Final = 2.0
_OK, _UNAVAILABLE = 200, 503


@dataclass(frozen=True, kw_only=True)
class Health:
    """What is asked of the parts that run. `socket` is None over HTTP."""

    team_id: str
    database: Database
    clock: Clock
    dispatch: Dispatch
    heartbeat: Heartbeat
    socket: SocketConnection | None
    stuck_after: timedelta = STUCK_AFTER

    def app(self) -> web.Application:
        """The three addresses."""
        app = web.Application()
        app.router.add_get("/health", self._health)
        app.router.add_get("/ready", self._ready)
        app.router.add_get("/metrics", self._metrics)
        return app

    async def _health(self, _request: web.Request) -> web.Response:
        """503 only where a restart would help: nothing beats any more."""
        stuck = machine_now() - self.heartbeat.last_beat > self.stuck_after
        body = self._state() | {"stuck": stuck}
        return web.json_response(body, status=_UNAVAILABLE if stuck else _OK)

    async def _ready(self, _request: web.Request) -> web.Response:
        """503 with the reasons where work would fail at present."""
        reasons = []
        if not await self._database_answers():
            reasons.append("the database does not answer")
        if self.dispatch.token_refused is not None:
            reasons.append(f"Slack refuses the token ({self.dispatch.token_refused})")
        if self.socket is not None and not await self.socket.is_up():
            reasons.append("the Socket Mode connection is down")
        body = {"ready": not reasons, "reasons": reasons}
        return web.json_response(body, status=_UNAVAILABLE if reasons else _OK)

    async def _metrics(self, _request: web.Request) -> web.Response:
        await self._read_queue()
        headers = {"Content-Type": CONTENT_TYPE_LATEST}
        return web.Response(body=generate_latest(REGISTRY), headers=headers)

    def _state(self) -> dict[str, Any]:
        database_since = self.database.away_since
        socket_since = None if self.socket is None else self.socket.down_since
        refused = self.dispatch.token_refused
        beat_since = self.heartbeat.failing_since
        works = not (database_since or socket_since or refused or beat_since)
        return {
            "works": works,
            "database": {"works": database_since is None, "failing_since": _iso(database_since)},
            "slack": {
                "works": socket_since is None and refused is None,
                "over": "HTTP" if self.socket is None else "Socket Mode",
                "token_refused": refused,
                "failing_since": _iso(socket_since),
            },
            "beat": {
                "works": beat_since is None,
                "last": _iso(self.heartbeat.last_beat),
                "failing_since": _iso(beat_since),
            },
        }

    async def _database_answers(self) -> bool:
        try:
            return await self.database.answering_within(_PATIENCE).read(answers)
        except DatabaseAway:
            return False

    async def _read_queue(self) -> None:
        now = self.clock.now()
        try:
            found = await self.database.answering_within(_PATIENCE).read(
                queue, team_id=self.team_id, now=now
            )
        except DatabaseAway:
            unsettled = dict.fromkeys(UNSETTLED, math.nan)
            show_queue(due=math.nan, age=math.nan, unsettled=unsettled, answers=False)
            return
        oldest = now if found.oldest_due_at is None else found.oldest_due_at
        age = (now - oldest).total_seconds()
        show_queue(due=found.due, age=age, unsettled=found.unsettled, answers=True)


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="seconds")
